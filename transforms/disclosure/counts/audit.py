"""Audit of a release from outside: it reads nothing but the release."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from schemas.errors import DisclosureFailure
from schemas.names import HIGH, LOW, STATUS, SUPPRESSED
from schemas.specs import Method, Profile
from schemas.states import Released
from transforms.disclosure.counts.attack import Attack
from transforms.disclosure.counts.known import with_method
from transforms.disclosure.counts.rules import Share, complements, groups, most, nested_counts
from transforms.disclosure.model.cells import require_status
from transforms.disclosure.model.interval import Interval


@dataclass(frozen=True)
class Audit:
    """Result of an attack on a release, together with earlier releases of the same persons if there are any.

    Attributes:
        cells: Cells of all tables of the release; a margin that two tables share is two cells.
        suppressed: Those without a value.
        lowest_high: The lowest upper bound of a suppressed cell; from outside nobody can
            tell which suppressed cells are small, so none may be provably small.
        narrowest: The smallest difference between upper and lower bound of a suppressed cell.
        told_elsewhere: Suppressed counts that statistics of others alone tell more closely than the profile promises.
            The release adds nothing to what they tell; the bounds above are of the other suppressed counts.
        provably_small: Rounded counts of which it can be proven that they are 1 to threshold - 1;
            none if twice the base is larger than the threshold.
        solved: Number of linear and integer programs solved.
    """

    cells: int
    suppressed: int
    lowest_high: float | None
    narrowest: float | None
    provably_small: int
    solved: int
    told_elsewhere: int = 0


def audit(released: Sequence[Released], profile: Profile, earlier: Sequence[Released] = ()) -> Audit:
    """Judge the tables of one release together.

    Args:
        earlier: Tables published before of the same persons, which are attacked with them.

    Raises:
        UnknownCategory: A cell has a level that its dimension does not declare.
        DisclosureFailure: A value below the threshold is published, statuses and values do
            not go together, published values contradict each other, or it can be proven that
            a suppressed cell is below the threshold or within less than the minimum width,
            that all but a few persons of a table, or of a count that holds another, are in one
            cell, or that (nearly) all or none of a group are in one category of a sensitive dimension.
    """
    return judge(released, attack_release((*earlier, *released), profile), profile, earlier)


def attack_release(released: Sequence[Released], profile: Profile) -> Attack:
    """Attack tables that are sound by themselves; raises as `audit`."""
    attack = Attack(released, profile)
    for table in released:
        require_status(table, profile.threshold)
    return attack


def judge(released: Sequence[Released], attack: Attack, profile: Profile, earlier: Sequence[Released] = ()) -> Audit:
    """Hold the intervals of an attack on earlier tables and those of a release against the profile; raises as `audit`.

    The intervals that earlier tables state are not compared: this release may narrow them.
    """
    broken = [
        attack.interval_of(count)
        for count in attack.suppressed
        if attack.limits.is_broken(count, attack.interval_of(count))
    ]
    exact = sum(interval.width == 0 for interval in broken)
    small = sum(interval.high < profile.threshold for interval in broken)
    if broken:
        raise DisclosureFailure(
            f"{exact} suppressed counts can be derived, {small} are provably small and {len(broken)} narrowly bounded"
        )
    is_told = attack.public.elsewhere.is_told(profile)
    intervals = [attack.interval_of(count) for count in attack.suppressed if not is_told[count]]
    everything = (*earlier, *released)
    small = _provably_small(everything, attack, profile)
    _require_intervals(released, attack)
    _require_no_disclosure(everything, attack, profile)
    return Audit(
        cells=sum(table.frame.height for table in released),
        suppressed=sum(table.frame.filter(pl.col(STATUS) == SUPPRESSED).height for table in released),
        lowest_high=min((float(interval.high) for interval in intervals), default=None),
        narrowest=min((float(interval.width) for interval in intervals), default=None),
        provably_small=small,
        solved=attack.solved,
        told_elsewhere=sum(bool(is_told[count]) for count in own_blanks(released, attack)),
    )


def _require_intervals(released: Sequence[Released], attack: Attack) -> None:
    """Refuse a release whose stated intervals differ from those that anyone can compute."""
    intervals = [attack.interval_of(count) for count in range(len(attack.system.keys))]
    for table, places in zip(released, places_of(released, attack), strict=True):
        stated = table.frame.select(LOW, HIGH).rows()
        if stated != [(intervals[place].low, intervals[place].high) for place in places]:
            raise DisclosureFailure(f"{table.spec.id} states other intervals than follow from the tables")


def places_of(released: Sequence[Released], attack: Attack) -> tuple[tuple[int, ...], ...]:
    """Return the counts of the last tables of an attack, per table and row."""
    return attack.system.places[len(attack.system.places) - len(released) :]


def own_blanks(released: Sequence[Released], attack: Attack) -> frozenset[int]:
    """Return the blank counts of the last tables of an attack."""
    return attack.suppressed & frozenset(place for places in places_of(released, attack) for place in places)


def require_within(released: Sequence[Released], attack: Attack) -> None:
    """Refuse a release that states wider intervals than the tables that are at hand leave, or narrower than it may.

    What it states follows from more than is at hand, so it is held to the limits itself.
    """
    for table, places in zip(released, places_of(released, attack), strict=True):
        for (low, high), place in zip(table.frame.select(LOW, HIGH).iter_rows(), places, strict=True):
            interval = attack.interval_of(place)
            if low is None or high is None or not interval.low <= low <= high <= interval.high:
                raise DisclosureFailure(f"{table.spec.id} states wider intervals than follow from the tables")
            if place in attack.suppressed and attack.limits.is_broken(place, Interval(low, high)):
                raise DisclosureFailure(f"{table.spec.id} states narrower intervals of blank cells than it may leave")


def _require_no_disclosure(released: Sequence[Released], attack: Attack, profile: Profile) -> None:
    """Refuse small differences between counts, and groups that are (nearly) all or none in one category."""
    intervals = [attack.interval_of(count) for count in range(len(attack.system.keys))]
    specs = [table.spec for table in released]
    nobody = [count for count, interval in enumerate(intervals) if interval.high == 0]
    # A rounded count is up to a base off, so its difference with another one is no count of persons.
    exact = (
        share for share in nested_counts(attack.system, nobody) if attack.inexact.isdisjoint((share.part, share.group))
    )
    shares = dict.fromkeys((*complements(attack.system, specs), *exact))
    small = sum(_is_difference_small(share, intervals, attack, profile) for share in shares)
    if small:
        raise DisclosureFailure(f"of {small} cells it can be proven that few persons of a larger count are not in it")
    disclosed = sum(_is_disclosed(share, intervals, attack, profile) for share in groups(attack.system, specs))
    if disclosed:
        raise DisclosureFailure(f"{disclosed} groups are provably (nearly) all, or none, in one category")


def _provably_small(released: Sequence[Released], attack: Attack, profile: Profile) -> int:
    """Count rounded counts that are provably below the threshold but not zero, and not by statistics of others alone.

    Such a count is refused where the base promises that there is none.
    """
    public = attack.public.elsewhere
    small = sum(
        attack.intervals[count].low >= 1 and attack.intervals[count].high < profile.threshold
        for count in attack.rounded
        if not (public.least[count] >= 1 and public.most[count] < profile.threshold)
    )
    bases = {table.spec.disclosure.base for table in with_method(released, Method.ROUND)}
    if small and all(2 * base > profile.threshold for base in bases):
        raise DisclosureFailure(f"{small} rounded counts are provably small")
    return small


def _is_difference_small(share: Share, intervals: Sequence[Interval], attack: Attack, profile: Profile) -> bool:
    """Return whether group less part is provably 1 to threshold - 1.

    A program runs only if intervals and files leave doubt.
    """
    part, group = intervals[share.part], intervals[share.group]
    if group.high - part.low < 1 or group.low - part.high >= profile.threshold:
        return False
    form = ((share.group, 1), (share.part, -1))
    values = attack.values_in_files(form)
    if np.any((values < 1) | (values >= profile.threshold)):
        return False
    is_exact = part.width == group.width == 0
    difference = Interval(group.low - part.high, group.high - part.low) if is_exact else attack.interval(form)
    if difference.low < 1 or difference.high >= profile.threshold:
        return False
    public = attack.public
    is_told = public.lowest(form) == difference.low and public.highest(form) == difference.high
    return not is_told  # by statistics of others alone: then the release adds nothing


def _is_disclosed(share: Share, intervals: Sequence[Interval], attack: Attack, profile: Profile) -> bool:
    """Return whether nobody, or nearly everybody, of a group is provably in the part."""
    part, group = intervals[share.part], intervals[share.group]
    is_large = group.low >= profile.threshold
    if part.high == 0:
        return is_large or (share.zeros and group.low >= 1)
    if not is_large or 100 * part.high < profile.group_pct * group.low:
        return False
    form = most(share, profile)
    if np.any(attack.values_in_files(form) > 0) or attack.interval(form).high > 0:
        return False
    return attack.public.highest(form) > 0  # else the statistics of others say so already
