"""A release that is safe together with all that were published before it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from schemas.errors import Contradiction, DisclosureFailure, TooExact, UnsafeOverTime
from schemas.specs import Method, Profile, TableSpec
from schemas.states import Counted, Released
from transforms.disclosure.counts.audit import attack_release, judge
from transforms.disclosure.counts.progress import Watch, unwatched
from transforms.disclosure.counts.protect import Beside, Protected, protect, with_intervals
from transforms.disclosure.counts.same_persons import SamePersons
from transforms.disclosure.counts.task import EFFORT
from transforms.disclosure.model.cells import true_counts
from transforms.disclosure.model.joint import Key
from transforms.disclosure.model.system import build
from transforms.disclosure.over_time.history import History, Publication
from transforms.disclosure.over_time.over_time import Earlier, OverTime, audit_over_time, bounds_from_history
from transforms.disclosure.over_time.together import common_key, identity, names

_BASES = (10, 20, 50, 100)
"""Bases that are tried for the advice when a release cannot be made safe as it is declared."""

Naming = Callable[[Sequence[Released]], str]


@dataclass(frozen=True)
class Occasion:
    """Whom and when a release counts.

    Attributes:
        peildatum: Reference date; None if there is none.
        population: Name of who is counted; empty is everybody.
        contains: Releases of which every person is counted here, too, in the same cells.
        disjoint: Populations of which nobody is counted here.
        name: Names the release after its tables.
    """

    name: Naming
    peildatum: date | None = None
    population: str = ""
    contains: frozenset[str] = frozenset()
    disjoint: frozenset[str] = frozenset()

    def is_same(self, other: Publication) -> bool:
        """Whether a release counts the same persons."""
        return other.peildatum is not None and (other.peildatum, other.population) == (self.peildatum, self.population)

    @property
    def empty(self) -> Publication:
        """A release of these persons without tables."""
        return Publication("", self.peildatum, self.population, (), 0, self.contains, disjoint=self.disjoint)


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
        watch: Is told how far the search for blank cells is, and may end it.

    Raises:
        TooExact: See `require_rounded`; no count was looked at.
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
    return tuple(table for one in history.publications if occasion.is_same(one) for table in one.tables)


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
    """As `protect_next`, without advice.

    Raises:
        As `protect_next`, with `DisclosureFailure` where that would look for a rounding that is safe.
    """
    require_rounded([table.spec for table in counted], profile.threshold, history, occasion)
    before = SamePersons(same_day(history, occasion), tuple(again)) if again else SamePersons()
    before.require_declared(table.spec for table in counted)
    specs = [*before.specs, *(table.spec for table in counted)]
    past = bounds_from_history(specs, history)
    # Another release of the same persons is no earlier file: both are attacked as one.
    others = {one.release for one in _others(history, occasion)}
    earlier = [one.intervals for one in past if not others.isdisjoint(one.releases)]
    beside = Beside(earlier, _withheld([table.spec for table in counted], history, occasion))
    truth = true_counts(build(specs), [*again, *counted])
    same = {
        name for one in past if one.population == occasion.population and _fits(truth, one) for name in one.releases
    }
    protected = protect(counted, profile, effort, beside=beside, before=before, watch=watch)
    publication = _publication(protected.released, profile, occasion)
    _require_safe_as_one(publication, [one for one in history.publications if one.release in same], profile)
    return NextRelease(protected, publication, audit_over_time(publication, history, profile))


def require_rounded(specs: Sequence[TableSpec], threshold: int, history: History, occasion: Occasion) -> None:
    """Return if tables may be as exact as they are declared, whatever their counts are.

    Beside an earlier count of perhaps the same persons, an exact one shows who came or left, and a blank in its
    place that few did. So the decision rests on what is public: whom the releases count, and by which columns
    (simulatable auditing: Kenthapadi, Mishra and Nissim, PODS 2005; Nabar et al., VLDB 2006). Counts that are rounded
    to the threshold or more hardly move when persons do.

    Raises:
        TooExact: A table that is not rounded to that shares a column with an earlier release of another day, or
            there is one of another population or of no day, of which it is not said that it counts nobody of these.
    """
    used = {one.name: identity(one) for spec in specs if not _is_coarse(spec, threshold) for one in spec.dimensions}
    for one in _others(history, occasion):
        earlier = names(table.spec for table in one.tables).values()
        # The persons of one population may be a cell of the other, and without a peildatum they may be the very same.
        is_comparable = one.population == occasion.population and None not in {occasion.peildatum, one.peildatum}
        if shared := sorted(name for name, axis in used.items() if axis in earlier or not is_comparable):
            raise TooExact(shared, threshold)


def _is_coarse(spec: TableSpec, threshold: int) -> bool:
    return spec.disclosure.method == Method.ROUND and spec.disclosure.base >= threshold


def _others(history: History, occasion: Occasion) -> list[Publication]:
    """Earlier releases of another day or population that may count some of the same persons."""
    return [one for one in history.publications if not (occasion.is_same(one) or one.is_apart(occasion.empty))]


def _withheld(specs: Sequence[TableSpec], history: History, occasion: Occasion) -> frozenset[Key]:
    """Counts of exact tables that an earlier release has as well: of tables by other columns, those of everybody.

    They are blank whether they changed or not, so that a blank tells nothing.
    """
    exact = [spec for spec in specs if spec.disclosure.method == Method.SUPPRESS]
    if not exact or not (earlier := [table.spec for one in _others(history, occasion) for table in one.tables]):
        return frozenset()
    identities = names(earlier)
    known = {common_key(key, identities) for spec in earlier for key in build([spec]).keys}
    own = names(exact)
    return frozenset(key for key in build(exact).keys if common_key(key, own) in known)


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
                found = attack_release(tables, profile)
            except Contradiction:
                continue
            judge(with_intervals(tables, found), found, profile)


def _publication(released: tuple[Released, ...], profile: Profile, occasion: Occasion) -> Publication:
    return replace(occasion.empty, release=occasion.name(released), tables=released, threshold=profile.threshold)


def _safe_base(counted: Sequence[Counted], profile: Profile, history: History, occasion: Occasion) -> int | None:
    """The finest rounding that would be safe now, if any is; none beside a release of the same persons."""
    if same_day(history, occasion):
        return None
    for base in (base for base in _BASES if base >= profile.threshold):
        tables = [rounded_to(table, base) for table in counted]
        try:
            make_next(tables, profile, history, occasion, 0.0)
        except DisclosureFailure:
            continue
        return base
    return None


def rounded_to(counted: Counted, base: int) -> Counted:
    """The same counts, to be rounded."""
    disclosure = replace(counted.spec.disclosure, method=Method.ROUND, base=base, steady=True)
    return replace(counted, spec=replace(counted.spec, disclosure=disclosure))
