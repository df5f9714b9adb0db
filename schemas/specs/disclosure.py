"""The shape of what disclosure control does with a table."""

from dataclasses import dataclass, field
from enum import Enum

from schemas.specs.dimension import LATER, Dimension


class Weight(Enum):
    """What it costs a reader that a cell is blank; the search spends as little as it can."""

    CELLS = "elke cel telt even zwaar"
    COUNT = "naar het aantal personen"
    LOG = "naar de logaritme van het aantal personen"


class Method(Enum):
    """How a table is made safe."""

    SUPPRESS = "onderdrukken"
    ROUND = "afronden"


@dataclass(frozen=True)
class DisclosureProfile:
    """How disclosure control treats one table; its numbers stand in the PIA.

    Attributes:
        method: Leave out what is small and what would give it away, or round everything.
        base: What rounded counts are multiples of. With base 5 a count can be provably from 1
            to 9; with base 10 none can (`transforms.disclosure.rounding.rounding`).
        weight: What a blank cell costs.
        margin_factor: How many times dearer a total by one dimension at most is than a cell
            inside: it is what most readers come for.
        totals: Subtotals that count as totals in that.
        sensitive: Dimensions of which a category says something that nobody may learn of a
            whole group (group disclosure, ESSnet guidelines 2015, 'class disclosure').
        only: Name of a sensitive dimension and one of its categories, which then are the only ones that nobody may
            learn; without any, they are all categories but the unknown one.
        zeros: Nobody in a category of a sensitive dimension is a disclosure in a group of any size.
        steady: Rounded beside other releases. A count that is a multiple itself may then go to the next one, so that
            none is left blank because of what it was before: a blank would tell that.
    """

    method: Method = Method.SUPPRESS
    base: int = 10
    weight: Weight = Weight.CELLS
    margin_factor: int = 3
    totals: tuple[str, ...] = ()
    sensitive: tuple[Dimension, ...] = ()
    zeros: bool = False
    steady: bool = field(default=False, metadata={LATER: True})
    only: tuple[tuple[str, str], ...] = field(default=(), metadata={LATER: True})

    @property
    def reach(self) -> int:
        """Most that a published count is off the true one."""
        if self.method == Method.SUPPRESS:
            return 0
        return self.base if self.steady else self.base - 1


SUPPRESSED = DisclosureProfile()
"""How a table is treated that declares nothing of its own."""
