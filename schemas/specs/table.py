"""The shape of an output table: persons counted over the levels of its dimensions."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from schemas.specs.dimension import LATER, Dimension
from schemas.specs.disclosure import SUPPRESSED, DisclosureProfile


@dataclass(frozen=True)
class TableSpec:
    """One output table: persons counted over the levels of its dimensions.

    Attributes:
        id: The order of publication: `T` and two digits for counts, `K` and two digits for sums
            (`schemas.tables.sums`), `V` and six hex digits for what a researcher asked (`schemas.specs.question`).
        title, question, caveats: In both languages (`Text`) where a report shows them; a table of somebody else's file
            and one that the ledger holds have names only.
        population: Dimension and level that fix who is counted; empty is everybody.
            A population is a cell of another table, so disclosure control knows its total.
        only_exact: Rounded releases go without it: a breakdown of other tables, most of it by coarser levels.
        focus: Level of the second dimension that a chart shows alone; empty is the total.
    """

    id: str
    title: str
    question: str
    dimensions: tuple[Dimension, ...]
    population: tuple[tuple[Dimension, str], ...] = ()
    caveats: tuple[str, ...] = ()
    disclosure: DisclosureProfile = SUPPRESSED
    only_exact: bool = field(default=False, metadata={LATER: True})
    focus: str = field(default="", metadata={LATER: True})

    @property
    def slug(self) -> str:
        return "_x_".join(dimension.name for dimension in self.dimensions)

    @property
    def texts(self) -> Iterator[str]:
        """Every text of it that a report shows."""
        yield from (self.title, self.question, *self.caveats)
        for dimension in (*self.dimensions, *(dimension for dimension, _ in self.population)):
            yield from (dimension.title, *(dimension.label(level) for level in dimension.levels))
