"""What several releases prove together about who came and who left.

Whoever subtracts two releases sees changes. Nobody may be able to prove of any cell that at
least one and fewer than threshold persons joined it, or left it. Two models, because a proof
of ten in one may be a proof of three in the other:

cell     somebody joins a cell who is in it now and was not then, wherever he was;
person   nobody changes category: who joins a cell joined the population, and is in every cell
         of his categories. Categories of which a person has several do change.

The attacker knows all tables of all releases. Releases that do not contain each other's
persons tell nothing more about a pair than its own tables do: between two dates everybody may
have left and others come. Releases that do are solved together.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from schemas.errors import DisclosureFailure
from schemas.specs import Profile, TableSpec
from transforms.disclosure.counts.attack import is_narrow
from transforms.disclosure.counts.audit import attack_release, judge
from transforms.disclosure.counts.protect import with_intervals
from transforms.disclosure.model.interval import Interval
from transforms.disclosure.model.joint import Key
from transforms.disclosure.model.solver import CAP
from transforms.disclosure.model.system import build
from transforms.disclosure.over_time.changes import Bound, Change, Pair
from transforms.disclosure.over_time.history import History, Moment, Publication, Timeline
from transforms.disclosure.over_time.together import common_key, is_possible, names


@dataclass(frozen=True)
class Narrowed:
    """A suppressed cell that a release which contains, or is contained, bounds too narrowly."""

    release: str
    table: str
    cell: str
    interval: Interval


@dataclass(frozen=True)
class OverTime:
    """What a release adds to what earlier ones prove.

    Attributes:
        pairs: Pairs of moments that were attacked.
        changes: Every proven change, also of threshold persons and more.
        breaches: Those of fewer.
        narrowed: Suppressed cells that are not protected any more.
        solved: Linear and integer programs that it took, apart from those on earlier releases.
    """

    pairs: int
    changes: tuple[Change, ...]
    breaches: tuple[Change, ...]
    narrowed: tuple[Narrowed, ...]
    solved: int


@dataclass(frozen=True)
class Earlier:
    """What releases of one population and peildatum leave of the counts that are asked for.

    Attributes:
        intervals: Per count, in order of `system.build`. A count that those releases do not
            show has the interval that follows from what they do show.
    """

    releases: tuple[str, ...]
    peildatum: date | None
    population: str
    intervals: tuple[Interval, ...]


def changes(earlier: Publication, later: Publication) -> list[Change]:
    """All changes that two releases prove, in order of the cells of the later one.

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
        new: A release of the same name in the history is taken to be this one.

    Raises:
        UnknownCategory: A table is not as declared.
        DisclosureFailure: A table is not as declared, releases contradict each other or too many
            dimensions link them, the solver gave no proven answer, or releases that count the
            same persons are not safe as one release.
    """
    timeline = history.timeline(new)
    own = timeline.position(new.release)
    if len(timeline.moments[own]) > 1:
        _require_one(timeline.moments[own], profile)
    places = list(_pairs(timeline, timeline.linked(own)))
    pairs = [Pair(timeline, *one, enough=profile.threshold) for one in places]
    found = tuple(change for pair in pairs for change in pair.changes())
    found += tuple(change for one in places for change in _of_multiples(timeline, *one, profile.threshold))
    return OverTime(
        pairs=len(pairs),
        changes=found,
        breaches=tuple(change for change in found if change.is_small(profile.threshold)),
        narrowed=tuple(_narrowed(timeline, timeline.linked(own), profile)),
        solved=sum(pair.solved for pair in pairs),
    )


def _of_multiples(timeline: Timeline, earlier: int, later: int, threshold: int) -> Iterator[Change]:
    """Small changes that two steady values prove, count by count, if both are less than a base off the truth.

    They mostly are. All tables together are held against what is certain: no more than a base.
    """
    known = [_less_than_a_base_off(timeline, moment) for moment in (earlier, later)]
    first, second = (" + ".join(one.release for one in timeline.moments[moment]) for moment in (earlier, later))
    cells = {cell.common: cell for one in timeline.moments[later] for cell in timeline.facts[one].cells}
    for key in known[0].keys() & known[1].keys() & cells.keys():
        (low, high), (least, most) = known[0][key], known[1][key]
        joined, left = (Bound(max(0, bound), None) for bound in (least - high, low - most))
        change = Change(first, second, cells[key].table, cells[key].label, cells[key].key, joined, left)
        if change.is_small(threshold):
            yield change


def _less_than_a_base_off(timeline: Timeline, moment: int) -> dict[Key, tuple[int, int]]:
    """Per count that a steady table of a moment shows, what its multiple says if it is less than a base off."""
    found = {}
    for publication in timeline.moments[moment]:
        bases = [table.spec.disclosure.base for table in publication.tables if table.spec.disclosure.steady]
        for key, (low, high) in timeline.facts[publication].known.items() if bases else ():
            value = round(high) - bases[0]
            if low < high < CAP and value >= publication.threshold:
                found[key] = max(0, value - bases[0] + 1), value + bases[0] - 1
    return found


def audit_over_time(new: Publication, history: History, profile: Profile) -> OverTime:
    """As `compare`, but nothing may be proven.

    Raises:
        UnknownCategory, DisclosureFailure: As `compare`; and if a change of fewer than threshold
            persons, or a suppressed count, is given away.
    """
    found = compare(new, history, profile)
    if found.breaches:
        raise DisclosureFailure(
            f"it can be proven with earlier releases that at least one and fewer than {profile.threshold} persons came "
            f"or left, in {len(found.breaches)} cells"
        )
    if found.narrowed:
        raise DisclosureFailure(f"with earlier releases, {len(found.narrowed)} suppressed counts are narrowly bounded")
    return found


def bounds_from_history(specs: Sequence[TableSpec], history: History) -> tuple[Earlier, ...]:
    """What earlier releases leave of the counts of new tables, for who must choose what to publish.

    Publishing that a count lies in [l, h] proves that somebody joined the cell if l is above
    the highest value of some earlier interval, and that somebody left it if h is below the
    lowest (cell model; `compare` judges the person model, too).

    Args:
        specs: The new tables. Their values are not used, so they tell nothing of the new release.

    Returns:
        One per earlier moment, in order of publication; whoever publishes for one of them
        leaves it out.

    Raises:
        UnknownCategory, DisclosureFailure: As `compare`.
    """
    system, identities = build(specs), names(specs)
    keys = [common_key(key, identities) for key in system.keys]
    timeline = history.timeline()
    return tuple(_earlier(timeline, moment, specs, keys) for moment in range(len(timeline.moments)))


def _earlier(timeline: Timeline, moment: int, specs: Sequence[TableSpec], keys: Sequence[Key]) -> Earlier:
    publications = timeline.moments[moment]
    outlook = timeline.outlook(moment, timeline.specs(timeline.linked(moment), specs))
    intervals = tuple(outlook.interval(publications, key) if is_possible(key) else Interval(0, 0) for key in keys)
    names = tuple(publication.release for publication in publications)
    return Earlier(names, publications[0].peildatum, publications[0].population, intervals)


def _pairs(timeline: Timeline, touched: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Every pair that may share persons and about which the new release tells: the part, or the older one, first."""
    for one, other in product(touched, range(len(timeline.moments))):
        is_apart = any(a.is_apart(b) for a, b in product(timeline.moments[one], timeline.moments[other]))
        if (other not in touched or one < other) and not is_apart:
            yield _in_order(timeline, one, other)


def _in_order(timeline: Timeline, one: int, other: int) -> tuple[int, int]:
    if timeline.contains(one, other) or timeline.contains(other, one):
        return (other, one) if timeline.contains(one, other) else (one, other)
    dates = timeline.moments[one][0].peildatum, timeline.moments[other][0].peildatum
    if dates[0] and dates[1] and dates[0] != dates[1]:
        return (one, other) if dates[0] < dates[1] else (other, one)
    return min(one, other), max(one, other)


def _require_one(moment: Moment, profile: Profile) -> None:
    """Judge releases that count the same persons as one, with the intervals that they leave together."""
    tables = [table for publication in moment for table in publication.tables]
    found = attack_release(tables, profile)
    judge(with_intervals(tables, found), found, profile)


def _narrowed(timeline: Timeline, linked: Sequence[int], profile: Profile) -> Iterator[Narrowed]:
    """Suppressed cells of releases that contain each other; a release by itself has its own audit."""
    specs = timeline.specs(linked)
    for moment in linked if len(linked) > 1 else ():
        outlook = timeline.outlook(moment, specs)
        for publication in timeline.moments[moment]:
            for cell in timeline.facts[publication].cells:
                if timeline.stated[moment][cell.common] == (0.0, CAP):
                    interval = outlook.interval(timeline.moments[moment], cell.common)
                    if is_narrow(interval, profile):
                        yield Narrowed(publication.release, cell.table, cell.label, interval)
