"""The shape of a table of sums, and what sums and means are held to."""

from dataclasses import dataclass, replace
from functools import cached_property

from schemas.errors import DisclosureFailure
from schemas.specs.table import TableSpec
from schemas.text import Text

MINIMUM_CONTRIBUTORS = 10
"""CBS microdata rules and ABS DataLab, rule of 10; nothing lowers it."""

MONEY_CONTRIBUTORS = 100
"""CBS microdata rules for income and wealth: 100 persons or more."""

MAXIMUM_DOMINANCE_PCT = 50
"""CBS microdata rules and ESSnet guidelines (2015): the largest contributor has half at most.
For income and wealth CBS says 30: a profile may be stricter."""

MINIMUM_P_PCT = 10
"""p %-rule, Hundepool et al., Statistical Disclosure Control (2012), section 4.2; 10 as in the issue."""

GROOTSTE, TWEEDE, SOM = "grootste", "tweede", "som"
"""Largest and second largest contribution of a person to a cell, and the true sum; only in Summed."""

GEMIDDELDE = "gemiddelde"


@dataclass(frozen=True)
class SumProfile:
    """What the sums of one measure are held to; its numbers stand in the PIA.

    Attributes:
        money: The measure is an amount of money.
        contributors: Persons with a non-zero amount in a published sum, at least.
        dominance_pct: Share (0-100) of the largest contributor above which a sum is not published.
        p_pct: The second largest contributor may not know the largest one's amount within this
            share (0-100) of it.
        interval_pct: Share (0-100) of a suppressed sum that an attacker must leave open above it,
            and again below it.
        reason: Why fewer than 100 contributors do for money, as the PIA has it.

    Raises:
        DisclosureFailure: A number is weaker than the rules allow, or the reason is missing.
    """

    money: bool = True
    contributors: int = MONEY_CONTRIBUTORS
    dominance_pct: int = MAXIMUM_DOMINANCE_PCT
    p_pct: int = MINIMUM_P_PCT
    interval_pct: int = MINIMUM_P_PCT
    reason: str = ""

    def __post_init__(self) -> None:
        if self.contributors < MINIMUM_CONTRIBUTORS:
            raise DisclosureFailure(f"a sum needs {MINIMUM_CONTRIBUTORS} contributors or more")
        if self.money and self.contributors < MONEY_CONTRIBUTORS and not self.reason.strip():
            raise DisclosureFailure(f"fewer than {MONEY_CONTRIBUTORS} contributors to a sum of money need a reason")
        if not 0 < self.dominance_pct <= MAXIMUM_DOMINANCE_PCT:
            raise DisclosureFailure(f"one contributor may have {MAXIMUM_DOMINANCE_PCT} % of a sum at most")
        if not (MINIMUM_P_PCT <= self.p_pct <= 100 and MINIMUM_P_PCT <= self.interval_pct <= 100):
            raise DisclosureFailure(f"a sum must stay open by {MINIMUM_P_PCT} to 100 %")


MONEY = SumProfile()
OTHER = SumProfile(money=False, contributors=MINIMUM_CONTRIBUTORS)
"""Hours, loonwaarde: what is not money."""


@dataclass(frozen=True, kw_only=True)
class Amount:
    """An amount of money per person that tables add up; its tables are protected together.

    Attributes:
        column: Of the rows of `transforms.persons.costs`, in eurocent.
    """

    id: str
    title: Text
    column: str
    profile: SumProfile


@dataclass(frozen=True)
class SumSpec:
    """One output table of sums: an amount over the cells of a table of counts.

    The counts are of the contributors themselves (their population), so that a reader sees how
    many persons are behind a sum, and a mean is per person who has an amount.

    Attributes:
        id: `K` and two digits; the order of publication.
        counted: Table of the persons who have the amount, over the same cells.
    """

    id: str
    title: Text
    question: Text
    amount: Amount
    counted: TableSpec
    caveats: tuple[Text, ...] = ()

    @cached_property
    def table(self) -> TableSpec:
        """The cells of the sums. A person is in several categories, but a euro is in one: amounts add up."""
        dimensions = tuple(replace(dimension, multiple=False) for dimension in self.counted.dimensions)
        return TableSpec(self.id, self.title, self.question, dimensions, self.counted.population, self.caveats)
