"""A release that is safe together with all that were published before it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from schemas.errors import DisclosureFailure, UnsafeOverTime
from schemas.specs import Method, Profile
from schemas.states import Counted, Released
from transforms.disclosure.history import History, Publication
from transforms.disclosure.over_time import OverTime, audit_over_time, bounds_from_history
from transforms.disclosure.protect import Protected, protect
from transforms.disclosure.task import EFFORT

_BASES = (5, 10, 20, 50)
"""Bases that are tried for the advice when a release cannot be made safe as it is declared."""

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
    counted: Sequence[Counted], profile: Profile, history: History, occasion: Occasion, effort: float = EFFORT
) -> NextRelease:
    """Protect tables so that neither they nor what was published before give a small number away.

    Raises:
        UnsafeOverTime: With earlier releases, the tables would prove that some, but few, persons
            joined or left; the error says which rounding would be safe.
        UnknownCategory, DisclosureFailure: As `protect`, or releases contradict each other.
    """
    try:
        return _next(counted, profile, history, occasion, effort)
    except DisclosureFailure as error:
        problem = error.problem
    if not history.publications:
        raise DisclosureFailure(problem)
    raise UnsafeOverTime(problem, _safe_base(counted, profile, history, occasion))


def _next(
    counted: Sequence[Counted], profile: Profile, history: History, occasion: Occasion, effort: float
) -> NextRelease:
    specs = [table.spec for table in counted]
    # Another release of the same persons is no earlier file: both are attacked as one.
    others = [
        one.intervals
        for one in bounds_from_history(specs, history)
        if one.peildatum is None or (one.peildatum, one.population) != (occasion.peildatum, occasion.population)
    ]
    protected = protect(counted, profile, effort, others)
    publication = Publication(
        occasion.name(protected.released),
        occasion.peildatum,
        occasion.population,
        protected.released,
        profile.threshold,
        occasion.contains,
    )
    return NextRelease(protected, publication, audit_over_time(publication, history, profile))


def _safe_base(counted: Sequence[Counted], profile: Profile, history: History, occasion: Occasion) -> int | None:
    """The finest rounding that would be safe now, if any is."""
    for base in _BASES:
        tables = [rounded_to(table, base) for table in counted]
        try:
            _next(tables, profile, history, occasion, 0.0)
        except DisclosureFailure:
            continue
        return base
    return None


def rounded_to(counted: Counted, base: int) -> Counted:
    """The same counts, to be rounded."""
    disclosure = replace(counted.spec.disclosure, method=Method.ROUND, base=base)
    return replace(counted, spec=replace(counted.spec, disclosure=disclosure))
