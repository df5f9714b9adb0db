"""A release that is safe together with all that were published before it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from schemas.errors import Contradiction, DisclosureFailure, UnsafeOverTime
from schemas.specs import Method, Profile
from schemas.states import Counted, Released
from transforms.disclosure.audit import attack_checked, judge
from transforms.disclosure.cells import true_counts
from transforms.disclosure.history import History, Publication
from transforms.disclosure.joint import Key
from transforms.disclosure.over_time import Earlier, OverTime, audit_over_time, bounds_from_history, compare
from transforms.disclosure.progress import Watch, unwatched
from transforms.disclosure.protect import Protected, protect, with_intervals
from transforms.disclosure.same_persons import SamePersons
from transforms.disclosure.system import build
from transforms.disclosure.task import EFFORT

_BASES = (5, 10, 20, 50)
"""Bases that are tried for the advice when a release cannot be made safe as it is declared."""

_TRIES = 5
"""A proof about a blank cell rests on its neighbours, so that blanking it better may show another one."""

Naming = Callable[[Sequence[Released]], str]


@dataclass(frozen=True)
class Occasion:
    """Whom and when a release counts.

    Attributes:
        peildatum: Reference date; None if there is none.
        population: Name of who is counted; empty is everybody.
        contains: Releases of which every person is counted here, too, in the same cells.
        name: Names the release after its tables.
    """

    name: Naming
    peildatum: date | None = None
    population: str = ""
    contains: frozenset[str] = frozenset()


@dataclass(frozen=True, eq=False)
class NextRelease:
    """A protected release, as the ledger has it, and what it adds to earlier ones."""

    protected: Protected
    publication: Publication
    over_time: OverTime


def protect_next(
    counted: Sequence[Counted],
    profile: Profile,
    history: History,
    occasion: Occasion,
    effort: float = EFFORT,
    *,
    again: Sequence[Counted] = (),
    watch: Watch = unwatched,
) -> NextRelease:
    """Protect tables so that neither they nor what was published before give a small number away.

    Args:
        again: The tables of `same_day`, counted again, if there are any: what they published stays
            published, and what they left blank stays blank.
        watch: Is told how far the search for blank cells is, and may end it; with earlier releases there may be
            several in a row.

    Raises:
        UnsafeOverTime: With earlier releases, the tables would prove that some, but few, persons
            joined or left; the error says which rounding would be safe.
        UnknownCategory, DisclosureFailure: As `protect`, or releases contradict each other.
        DeliveriesDiffer, DeclarationsDiffer, MethodsDiffer: The tables do not go with what was published of the
            same persons.
    """
    try:
        return make_next(counted, profile, history, occasion, effort, again=again, watch=watch)
    except DisclosureFailure as error:
        problem = error.problem
    if not history.publications:
        raise DisclosureFailure(problem)
    raise UnsafeOverTime(problem, _safe_base(counted, profile, history, occasion))


def same_day(history: History, occasion: Occasion) -> tuple[Released, ...]:
    """The tables of earlier releases of this population and peildatum, in order of publication."""
    return tuple(
        table
        for one in history.publications
        if one.peildatum and (one.peildatum, one.population) == (occasion.peildatum, occasion.population)
        for table in one.tables
    )


def make_next(
    counted: Sequence[Counted],
    profile: Profile,
    history: History,
    occasion: Occasion,
    effort: float = EFFORT,
    *,
    again: Sequence[Counted] = (),
    watch: Watch = unwatched,
) -> NextRelease:
    """As `protect_next`, without advice: what is provable beside earlier releases is watched in the next try.

    Raises:
        As `protect_next`, with `DisclosureFailure` where that would look for a rounding that is safe.
    """
    before = SamePersons(same_day(history, occasion), tuple(again)) if again else SamePersons()
    before.require_declared(table.spec for table in counted)
    specs = [*before.specs, *(table.spec for table in counted)]
    past = bounds_from_history(specs, history)
    # Another release of the same persons is no earlier file: both are attacked as one.
    others = [
        one.intervals
        for one in past
        if one.peildatum is None or (one.peildatum, one.population) != (occasion.peildatum, occasion.population)
    ]
    truth = true_counts(build(specs), [*again, *counted])
    same = {
        name for one in past if one.population == occasion.population and _fits(truth, one) for name in one.releases
    }
    watched: frozenset[Key] = frozenset()
    for _ in range(_TRIES):
        protected = protect(counted, profile, effort, others, watched, before=before, watch=watch)
        publication = _publication(protected.released, profile, occasion)
        found = compare(publication, history, profile)
        more = watched | {change.key for change in found.breaches}
        if more == watched:
            break
        watched = more
    _require_safe_as_one(publication, [one for one in history.publications if one.release in same], profile)
    return NextRelease(protected, publication, audit_over_time(publication, history, profile))


def _fits(truth: Sequence[int], earlier: Earlier) -> bool:
    """Whether an earlier release without a peildatum may have counted the persons of this file."""
    return earlier.peildatum is None and all(
        interval.low <= true <= interval.high for true, interval in zip(truth, earlier.intervals, strict=True)
    )


def _require_safe_as_one(new: Publication, earlier: Sequence[Publication], profile: Profile) -> None:
    """Releases that may have counted the same persons are attacked as one; raises `DisclosureFailure`."""
    for one in earlier:
        if one.release != new.release:
            tables = [*one.tables, *new.tables]
            try:
                found = attack_checked(tables, profile)
            except Contradiction:
                continue
            judge(with_intervals(tables, found), found, profile)


def _publication(released: tuple[Released, ...], profile: Profile, occasion: Occasion) -> Publication:
    name, peildatum, population = occasion.name(released), occasion.peildatum, occasion.population
    return Publication(name, peildatum, population, released, profile.threshold, occasion.contains)


def _safe_base(counted: Sequence[Counted], profile: Profile, history: History, occasion: Occasion) -> int | None:
    """The finest rounding that would be safe now, if any is."""
    for base in _BASES:
        tables = [rounded_to(table, base) for table in counted]
        try:
            make_next(tables, profile, history, occasion, 0.0)
        except DisclosureFailure:
            continue
        return base
    return None


def rounded_to(counted: Counted, base: int) -> Counted:
    """The same counts, to be rounded."""
    disclosure = replace(counted.spec.disclosure, method=Method.ROUND, base=base)
    return replace(counted, spec=replace(counted.spec, disclosure=disclosure))
