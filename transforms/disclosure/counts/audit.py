"""Whether a release keeps its promises, judged from outside: it reads nothing but the release."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from schemas.errors import DisclosureFailure
from schemas.names import HIGH, LOW, STATUS, SUPPRESSED
from schemas.specs import Method, Profile
from schemas.states import Released
from transforms.disclosure.counts.attack import Attack, is_narrow
from transforms.disclosure.counts.known import with_method
from transforms.disclosure.counts.rules import Share, complements, groups, most, nested_counts
from transforms.disclosure.model.cells import require_status
from transforms.disclosure.model.interval import Interval


@dataclass(frozen=True)
class Audit:
    """What an attacker is left with.

    Attributes:
        cells: Cells of all tables; a margin that two tables share is two cells.
        suppressed: Those without a value.
        lowest_high: The lowest upper bound of a suppressed cell; from outside nobody can
            tell which suppressed cells are small, so none may be provably small.
        narrowest: The smallest difference between upper and lower bound of a suppressed cell.
        provably_small: Rounded counts of which it can be proven that they are 1 to threshold - 1;
            none if twice the base is larger than the threshold.
        solved: Linear and integer programs that it took.
    """

    cells: int
    suppressed: int
    lowest_high: float | None
    narrowest: float | None
    provably_small: int
    solved: int


_NOTHING = Interval(0, 0)
"""A suppressed count that another table shows."""


def audit(released: Sequence[Released], profile: Profile) -> Audit:
    """Judge the tables of one release together.

    Raises:
        UnknownCategory: A cell has a level that its dimension does not declare.
        DisclosureFailure: A value below the threshold is published, statuses and values do
            not go together, published values contradict each other, or it can be proven that
            a suppressed cell is below the threshold or within less than the minimum width,
            that all but a few persons of a table, or of a count that holds another, are in one
            cell, or that (nearly) all or none of a group are in one category of a sensitive dimension.
    """
    return judge(released, attack_release(released, profile), profile)


def attack_release(released: Sequence[Released], profile: Profile) -> Attack:
    """The attack on tables that are sound by themselves; raises as `audit`."""
    found = Attack(released, profile)
    for table in released:
        require_status(table, profile.threshold)
    return found


def judge(released: Sequence[Released], found: Attack, profile: Profile) -> Audit:
    """Hold the intervals of an attack against the profile; raises as `audit`."""
    intervals = [found.intervals.get(count, _NOTHING) for count in sorted(found.suppressed)]
    exact = sum(interval.width == 0 for interval in intervals)
    small = sum(interval.high < profile.threshold for interval in intervals)
    narrow = sum(is_narrow(interval, profile) for interval in intervals)
    if narrow:
        raise DisclosureFailure(
            f"{exact} suppressed counts can be derived, {small} are provably small and {narrow} narrowly bounded"
        )
    small = _provably_small(released, found, profile)
    _require_intervals(released, found)
    _judge_shares(released, found, profile)
    return Audit(
        cells=sum(table.frame.height for table in released),
        suppressed=sum(table.frame.filter(pl.col(STATUS) == SUPPRESSED).height for table in released),
        lowest_high=min((float(interval.high) for interval in intervals), default=None),
        narrowest=min((float(interval.width) for interval in intervals), default=None),
        provably_small=small,
        solved=found.solved,
    )


def _require_intervals(released: Sequence[Released], found: Attack) -> None:
    """The intervals that a release states are those that anyone can compute: no more, and no less."""
    known = [found.known(count) for count in range(len(found.system.keys))]
    for table, places in zip(released, found.system.places, strict=True):
        stated = table.frame.select(LOW, HIGH).rows()
        if stated != [(known[place].low, known[place].high) for place in places]:
            raise DisclosureFailure(f"{table.spec.id} states other intervals than follow from the tables")


def _judge_shares(released: Sequence[Released], found: Attack, profile: Profile) -> None:
    known = [found.known(count) for count in range(len(found.system.keys))]
    specs = [table.spec for table in released]
    nobody = [count for count, interval in enumerate(known) if interval.high == 0]
    # A rounded count is a base off by itself, so that its difference with another one is no count of persons.
    rounded = found.intervals.keys() - found.suppressed
    inside = (one for one in nested_counts(found.system, nobody) if rounded.isdisjoint((one.part, one.group)))
    shares = dict.fromkeys((*complements(found.system, specs), *inside))
    rest = sum(_is_rest_small(share, known, found, profile) for share in shares)
    if rest:
        raise DisclosureFailure(f"of {rest} cells it can be proven that few persons of a larger count are not in it")
    whole = sum(_is_disclosed(share, known, found, profile) for share in groups(found.system, specs))
    if whole:
        raise DisclosureFailure(f"{whole} groups are provably (nearly) all, or none, in one category")


def _provably_small(released: Sequence[Released], found: Attack, profile: Profile) -> int:
    """Rounded counts that are provably 1 to threshold - 1; refused where the base promises that there are none."""
    rounded = found.intervals.keys() - found.suppressed
    small = sum(
        found.intervals[count].low >= 1 and found.intervals[count].high < profile.threshold for count in rounded
    )
    bases = {table.spec.disclosure.base for table in with_method(released, Method.ROUND)}
    if small and all(2 * base > profile.threshold for base in bases):
        raise DisclosureFailure(f"{small} rounded counts are provably small")
    return small


def _is_rest_small(share: Share, known: Sequence[Interval], found: Attack, profile: Profile) -> bool:
    """Whether the rest of a table is provably 1 to threshold - 1; a program only if intervals and files leave doubt."""
    part, group = known[share.part], known[share.group]
    if group.high - part.low < 1 or group.low - part.high >= profile.threshold:
        return False
    if part.width == group.width == 0:
        return 1 <= group.low - part.low < profile.threshold
    form = ((share.group, 1), (share.part, -1))
    seen = found.seen(form)
    if np.any((seen < 1) | (seen >= profile.threshold)):
        return False
    rest = found.interval(form)
    return rest.low >= 1 and rest.high < profile.threshold


def _is_disclosed(share: Share, known: Sequence[Interval], found: Attack, profile: Profile) -> bool:
    """Whether nobody, or nearly everybody, of a group is provably in the part."""
    part, group = known[share.part], known[share.group]
    is_large = group.low >= profile.threshold
    if part.high == 0:
        return is_large or (share.zeros and group.low >= 1)
    if not is_large or 100 * part.high < profile.group_pct * group.low:
        return False
    form = most(share, profile)
    return not np.any(found.seen(form) > 0) and found.interval(form).high <= 0
