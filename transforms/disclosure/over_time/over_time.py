"""Joiners and leavers that several releases prove together.

Subtracting two releases shows changes. Nobody may be able to prove of any cell that at least one and fewer than
threshold persons joined it, or left it. There are two models, because a proof of ten in one may be a proof of three in
the other:

cell: somebody joins a cell who is in it now and was not then, wherever he was;

person: nobody changes category, so that somebody who joins a cell joined the population, and is in every cell of his
categories. Categories of which a person has several do change.

The attacker knows all tables of all releases. Releases that do not contain each other's persons tell nothing more about
a pair than its own tables do: between two dates everybody may have left and others come. Releases that do are solved
together.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product

from schemas.errors import DisclosureFailure
from schemas.specs import Profile, TableSpec
from transforms.disclosure.counts.attack import is_narrow
from transforms.disclosure.counts.audit import attack_release, judge
from transforms.disclosure.model.interval import Interval
from transforms.disclosure.model.joint import Key
from transforms.disclosure.model.solver import CAP
from transforms.disclosure.model.system import build
from transforms.disclosure.over_time.changes import Bound, Change, Pair
from transforms.disclosure.over_time.history import History, Moment, Publication, Timeline
from transforms.disclosure.over_time.together import common_key, is_possible, names
from transforms.disclosure.suppression.protect import with_intervals


@dataclass(frozen=True)
class Narrowed:
    """A suppressed cell that a linked release bounds too narrowly.

    Linked: it contains the release of the cell, or is contained in it.
    """

    release: str
    table: str
    cell: str
    interval: Interval


@dataclass(frozen=True)
class OverTime:
    """Changes and narrow cells that a release adds to earlier ones.

    Attributes:
        pairs: Number of pairs of moments that were attacked.
        changes: Every proven change, also of threshold persons and more.
        breaches: The proven changes of fewer persons.
        narrowed: Suppressed cells that are no longer protected.
        solved: Number of linear and integer programs solved, without those on earlier releases.
    """

    pairs: int
    changes: tuple[Change, ...]
    breaches: tuple[Change, ...]
    narrowed: tuple[Narrowed, ...]
    solved: int


@dataclass(frozen=True)
class Earlier:
    """Intervals that releases of one population and peildatum leave.

    Attributes:
        intervals: Per count, in order of `system.build`. A count that those releases do not
            show has the interval that follows from what they do show.
    """

    releases: tuple[str, ...]
    peildatum: date | None
    population: str
    intervals: tuple[Interval, ...]


def changes(earlier: Publication, later: Publication) -> list[Change]:
    """Return all changes that two releases prove, in order of the cells of the later one.

    Returns:
        Nothing for two releases of the same persons.

    Raises:
        UnknownCategory, DisclosureFailure: See `compare`.
    """
    timeline = History([earlier]).timeline(later)
    return Pair(timeline, *_in_order(timeline, 0, 1)).changes() if len(timeline.moments) > 1 else []


def compare(new: Publication, history: History, profile: Profile) -> OverTime:
    """Attack a new release together with all earlier ones.

    Args:
        new: Replaces a release of the same name in the history.

    Raises:
        UnknownCategory: A table is not as declared.
        DisclosureFailure: A table is not as declared, releases contradict each other or too many
            dimensions link them, the solver gave no proven answer, or releases that count the
            same persons are not safe as one release.
    """
    timeline = history.timeline(new)
    moment = timeline.position(new.release)
    if len(timeline.moments[moment]) > 1:
        _require_safe_as_one(timeline.moments[moment], profile)
    places = list(_pairs(timeline, timeline.linked_moments(moment)))
    pairs = [Pair(timeline, *pair, enough=profile.threshold) for pair in places]
    proven = tuple(change for pair in pairs for change in pair.changes())
    proven += tuple(change for pair in places for change in _changes_of_multiples(timeline, *pair, profile.threshold))
    return OverTime(
        pairs=len(pairs),
        changes=proven,
        breaches=tuple(change for change in proven if change.is_small(profile.threshold)),
        narrowed=tuple(_narrowed_cells(timeline, timeline.linked_moments(moment), profile)),
        solved=sum(pair.solved for pair in pairs),
    )


def _changes_of_multiples(timeline: Timeline, earlier: int, later: int, threshold: int) -> Iterator[Change]:
    """Yield small changes proven by two steady values that are less than a base off the truth.

    Most values are. For all tables together only the certain limit is used: no more than a base.
    """
    intervals = [_intervals_of_multiples(timeline, moment) for moment in (earlier, later)]
    first, second = (
        " + ".join(publication.release for publication in timeline.moments[moment]) for moment in (earlier, later)
    )
    cells = {cell.common: cell for publication in timeline.moments[later] for cell in timeline.facts[publication].cells}
    for key in intervals[0].keys() & intervals[1].keys() & cells.keys():
        (low, high), (least, most) = intervals[0][key], intervals[1][key]
        joined, left = (Bound(max(0, bound), None) for bound in (least - high, low - most))
        change = Change(first, second, cells[key].table, cells[key].label, cells[key].key, joined, left)
        if change.is_small(threshold):
            yield change


def _intervals_of_multiples(timeline: Timeline, moment: int) -> dict[Key, tuple[int, int]]:
    """Return the interval of each steady multiple of a moment, if it is less than a base off the truth."""
    intervals = {}
    for publication in timeline.moments[moment]:
        bases = [table.spec.disclosure.base for table in publication.tables if table.spec.disclosure.steady]
        for key, (low, high) in timeline.facts[publication].known.items() if bases else ():
            value = round(high) - bases[0]
            if low < high < CAP and value >= publication.threshold:
                intervals[key] = max(0, value - bases[0] + 1), value + bases[0] - 1
    return intervals


def audit_over_time(new: Publication, history: History, profile: Profile) -> OverTime:
    """Compare as `compare` does, and refuse a release that proves a small change.

    Raises:
        UnknownCategory, DisclosureFailure: As `compare`; and if a change of fewer than threshold
            persons, or a suppressed count, is given away.
    """
    over_time = compare(new, history, profile)
    if over_time.breaches:
        raise DisclosureFailure(
            f"it can be proven with earlier releases that at least one and fewer than {profile.threshold} persons came "
            f"or left, in {len(over_time.breaches)} cells"
        )
    if over_time.narrowed:
        raise DisclosureFailure(
            f"with earlier releases, {len(over_time.narrowed)} suppressed counts are narrowly bounded"
        )
    return over_time


def bounds_from_history(specs: Sequence[TableSpec], history: History) -> tuple[Earlier, ...]:
    """Return the intervals that earlier releases leave of the counts of new tables.

    They serve the choice of what to publish. Publishing that a count lies in [l, h] proves that somebody joined the
    cell if l is above the highest value of some earlier interval, and that somebody left it if h is below the lowest
    (cell model; `compare` judges the person model, too).

    Args:
        specs: The new tables. Their values are not used, so the result reveals nothing of the new release.

    Returns:
        One per earlier moment, in order of publication. A caller that publishes for one of these moments
        must leave it out.

    Raises:
        UnknownCategory, DisclosureFailure: As `compare`.
    """
    system, identities = build(specs), names(specs)
    keys = [common_key(key, identities) for key in system.keys]
    timeline = history.timeline()
    return tuple(_earlier(timeline, moment, specs, keys) for moment in range(len(timeline.moments)))


def _earlier(timeline: Timeline, moment: int, specs: Sequence[TableSpec], keys: Sequence[Key]) -> Earlier:
    """Return what one earlier moment leaves of these counts."""
    publications = timeline.moments[moment]
    outlook = timeline.outlook(moment, timeline.specs(timeline.linked_moments(moment), specs))
    intervals = tuple(outlook.interval(publications, key) if is_possible(key) else Interval(0, 0) for key in keys)
    names = tuple(publication.release for publication in publications)
    return Earlier(names, publications[0].peildatum, publications[0].population, intervals)


def _pairs(timeline: Timeline, touched: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the pairs to attack: those that may share persons, and that the new release bears on.

    The part, or the older one, comes first.
    """
    for first, second in product(touched, range(len(timeline.moments))):
        is_apart = any(a.is_apart(b) for a, b in product(timeline.moments[first], timeline.moments[second]))
        if (second not in touched or first < second) and not is_apart:
            yield _in_order(timeline, first, second)


def _in_order(timeline: Timeline, first: int, second: int) -> tuple[int, int]:
    """Order two moments: the part, the older one, or the one published first, comes first."""
    if timeline.contains(first, second) or timeline.contains(second, first):
        return (second, first) if timeline.contains(first, second) else (first, second)
    dates = timeline.moments[first][0].peildatum, timeline.moments[second][0].peildatum
    if dates[0] and dates[1] and dates[0] != dates[1]:
        return (first, second) if dates[0] < dates[1] else (second, first)
    return min(first, second), max(first, second)


def _require_safe_as_one(moment: Moment, profile: Profile) -> None:
    """Judge releases that count the same persons as one, with the intervals that they leave together.

    Without the statistics of others, which are of one day: a release is attacked with them, and with all earlier ones
    of its persons, when it is made. The caller sees to it that no other came in between.
    """
    profile = replace(profile, public=())
    tables = [table for publication in moment for table in publication.tables]
    attack = attack_release(tables, profile)
    judge(with_intervals(tables, attack), attack, profile)


def _narrowed_cells(timeline: Timeline, linked: Sequence[int], profile: Profile) -> Iterator[Narrowed]:
    """Yield suppressed cells of linked releases that are narrow together.

    A release by itself has its own audit.
    """
    specs = timeline.specs(linked)
    for moment in linked if len(linked) > 1 else ():
        outlook = timeline.outlook(moment, specs)
        for publication in timeline.moments[moment]:
            for cell in timeline.facts[publication].cells:
                if timeline.stated[moment][cell.common] == (0.0, CAP):
                    interval = outlook.interval(timeline.moments[moment], cell.common)
                    if is_narrow(interval, profile):
                        yield Narrowed(publication.release, cell.table, cell.label, interval)
