"""Whether a release keeps its promises, judged from outside: it reads nothing but the release."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from schemas.errors import DisclosureFailure
from schemas.names import STATUS, SUPPRESSED, VALUE
from schemas.specs import Profile
from schemas.states import Released
from transforms.disclosure.attack import Attack, attack
from transforms.disclosure.cells import require_status


@dataclass(frozen=True)
class Audit:
    """What an attacker is left with.

    Attributes:
        cells: Cells of all tables; a margin that two tables share is two cells.
        suppressed: Those without a value.
        lowest_high: The lowest upper bound of a suppressed cell; from outside nobody can
            tell which suppressed cells are small, so none may be provably small.
        narrowest: The smallest difference between upper and lower bound of a suppressed cell.
        solved: Linear and integer programs that it took.
    """

    cells: int
    suppressed: int
    lowest_high: float | None
    narrowest: float | None
    solved: int


def audit(released: Sequence[Released], profile: Profile) -> Audit:
    """Judge the tables of one release together.

    Raises:
        UnknownCategory: A cell has a level that its dimension does not declare.
        DisclosureFailure: A value below the threshold is published, statuses and values do
            not go together, published values contradict each other, or a suppressed cell is
            provably exact or provably below the threshold.
    """
    return judge(released, attack_checked(released, profile), profile)


def attack_checked(released: Sequence[Released], profile: Profile) -> Attack:
    """The attack on tables that are sound by themselves; raises as `audit`."""
    found = attack(released)
    for table in released:
        require_status(table)
        if table.frame.get_column(VALUE).is_between(1, profile.threshold - 1).any():
            raise DisclosureFailure(f"{table.spec.id} publishes a count below the threshold")
    return found


def judge(released: Sequence[Released], found: Attack, profile: Profile) -> Audit:
    """Hold the intervals of an attack against the profile; raises as `audit`."""
    intervals = found.intervals.values()
    exact = sum(interval.high == interval.low for interval in intervals)
    narrow = sum(interval.high - interval.low < profile.minimum_width for interval in intervals)
    small = sum(interval.high < profile.threshold for interval in intervals)
    if exact or narrow or small:
        raise DisclosureFailure(
            f"{exact} suppressed counts can be derived, {narrow} are narrowly bounded and {small} are provably small"
        )
    return Audit(
        cells=sum(table.frame.height for table in released),
        suppressed=sum(table.frame.filter(pl.col(STATUS) == SUPPRESSED).height for table in released),
        lowest_high=min((float(interval.high) for interval in intervals), default=None),
        narrowest=min((float(interval.high - interval.low) for interval in intervals), default=None),
        solved=found.solved,
    )
