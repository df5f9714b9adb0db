"""A release that is safe together with all that were published before it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from schemas.errors import Contradiction, DisclosureFailure, TooExact, UnsafeOverTime
from schemas.specs import Method, Profile, TableSpec
from schemas.states import Counted, Released
from transforms.disclosure.counts.audit import attack_release, judge
from transforms.disclosure.model.cells import true_counts
from transforms.disclosure.model.joint import Key
from transforms.disclosure.model.system import build
from transforms.disclosure.over_time.history import History, Publication
from transforms.disclosure.over_time.over_time import Earlier, OverTime, audit_over_time, bounds_from_history
from transforms.disclosure.over_time.together import common_key, identity, names
from transforms.disclosure.suppression.job import ONLY_TABLES, OtherReleases, SameFile
from transforms.disclosure.suppression.progress import Watch, keep_going
from transforms.disclosure.suppression.protect import Protected, protect, with_intervals
from transforms.disclosure.suppression.same_persons import SamePersons
from transforms.disclosure.suppression.task import EFFORT

_BASES = (10, 20, 50, 100)
"""Bases that are tried for the advice when a release cannot be made safe as it is declared."""

Naming = Callable[[Sequence[Released]], str]


@dataclass(frozen=True)
class Occasion:
    """Persons and day that a new release counts.

    Attributes:
        peildatum: Reference date; None if there is none.
        population: Name of the population; empty is everybody.
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
        """Return whether a release counts the same persons."""
        return other.peildatum is not None and other.persons == (self.peildatum, self.population)

    @property
    def empty(self) -> Publication:
        """A release of these persons without tables."""
        return Publication("", self.peildatum, self.population, (), 0, self.contains, disjoint=self.disjoint)


@dataclass(frozen=True, eq=False)
class NextRelease:
    """A protected release as the ledger has it, and what it adds."""

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
    file: SameFile = ONLY_TABLES,
    watch: Watch = keep_going,
) -> NextRelease:
    """Protect tables so that they reveal no small number, by themselves or with earlier releases.

    Args:
        again: The tables of `same_day`, counted again, if there are any: their published counts stay
            published, and their blank counts stay blank.
        file: As `protect` takes it. Households are judged within this release, and not in what it tells of changes.
        watch: Called with the progress of the search for blank cells; may end it.

    Raises:
        TooExact: See `require_rounded`; no count was looked at.
        UnsafeOverTime: With earlier releases, the tables would prove that some, but few, persons
            joined or left; the error says which rounding would be safe.
        UnknownCategory, DisclosureFailure: As `protect`, or releases contradict each other.
        DeliveriesDiffer, DeclarationsDiffer, MethodsDiffer: The tables do not go with what was published of the
            same persons.
    """
    try:
        return make_next(counted, profile, history, occasion, effort, again=again, file=file, watch=watch)
    except DisclosureFailure as error:
        problem = error.problem
    if not history.publications:
        raise DisclosureFailure(problem)
    raise UnsafeOverTime(problem, _safe_base(counted, profile, history, occasion, file))


def same_day(history: History, occasion: Occasion) -> tuple[Released, ...]:
    """Return the tables of earlier releases of this population and peildatum, in order of publication."""
    return tuple(
        table for publication in history.publications if occasion.is_same(publication) for table in publication.tables
    )


def make_next(
    counted: Sequence[Counted],
    profile: Profile,
    history: History,
    occasion: Occasion,
    effort: float = EFFORT,
    *,
    again: Sequence[Counted] = (),
    file: SameFile = ONLY_TABLES,
    watch: Watch = keep_going,
) -> NextRelease:
    """Protect tables as `protect_next` does, without advice on rounding.

    Raises:
        As `protect_next`, with `DisclosureFailure` in place of advice on a safe rounding.
    """
    require_rounded([table.spec for table in counted], profile.threshold, history, occasion)
    before = SamePersons(same_day(history, occasion), tuple(again)) if again else SamePersons()
    before.require_declared(table.spec for table in counted)
    specs = [*before.specs, *(table.spec for table in counted)]
    past = bounds_from_history(specs, history)
    # A release of the same persons is not an earlier file: both are attacked as one.
    other_names = {other.release for other in _other_releases(history, occasion)}
    earlier = [moment.intervals for moment in past if not other_names.isdisjoint(moment.releases)]
    others = OtherReleases(earlier, _withheld_keys([table.spec for table in counted], history, occasion))
    truth = true_counts(build(specs), [*again, *counted])
    perhaps_same = [
        moment for moment in past if moment.population == occasion.population and _is_compatible(truth, moment)
    ]
    same = {name for moment in perhaps_same for name in moment.releases}
    protected = protect(counted, profile, effort, others=others, before=before, file=file, watch=watch)
    publication = _publication(protected.released, profile, occasion)
    _require_safe_as_one(publication, [other for other in history.publications if other.release in same], profile)
    return NextRelease(protected, publication, audit_over_time(publication, history, profile))


def require_rounded(specs: Sequence[TableSpec], threshold: int, history: History, occasion: Occasion) -> None:
    """Raise unless tables may be as exact as they are declared, whatever their counts are.

    Beside an earlier count of perhaps the same persons, an exact count shows how many came or left, and a blank in
    its place shows that few did. So the decision rests on what is public: whom the releases count, and by which
    columns (simulatable auditing: Kenthapadi, Mishra and Nissim, PODS 2005; Nabar et al., VLDB 2006). Counts that are
    rounded to the threshold or more hardly move when persons do.

    Raises:
        TooExact: A table that is not rounded so shares a column with an earlier release of another day; or a
            release of another population or without a day is not declared to count nobody of these persons.
    """
    used = {
        dimension.name: identity(dimension)
        for spec in specs
        if not _is_coarse(spec, threshold)
        for dimension in spec.dimensions
    }
    for other in _other_releases(history, occasion):
        earlier = names(table.spec for table in other.tables).values()
        # The persons of one population may be a cell of the other; without a peildatum they may be the same persons.
        is_comparable = other.population == occasion.population and None not in {occasion.peildatum, other.peildatum}
        if shared := sorted(name for name, axis in used.items() if axis in earlier or not is_comparable):
            raise TooExact(shared, threshold)


def _is_coarse(spec: TableSpec, threshold: int) -> bool:
    """Return whether a table is rounded to the threshold or more."""
    return spec.disclosure.method == Method.ROUND and spec.disclosure.base >= threshold


def _other_releases(history: History, occasion: Occasion) -> list[Publication]:
    """Return earlier releases of another day or population that may count some of the same persons."""
    return [
        publication
        for publication in history.publications
        if not (occasion.is_same(publication) or publication.is_apart(occasion.empty))
    ]


def _withheld_keys(specs: Sequence[TableSpec], history: History, occasion: Occasion) -> frozenset[Key]:
    """Return the counts of exact tables that an earlier release shows as well.

    Of tables by other columns these are the counts of everybody. They are blank whether they changed or not, so that a
    blank tells nothing.
    """
    exact = [spec for spec in specs if spec.disclosure.method == Method.SUPPRESS]
    if not exact or not (
        earlier := [table.spec for publication in _other_releases(history, occasion) for table in publication.tables]
    ):
        return frozenset()
    identities = names(earlier)
    counted_before = {common_key(key, identities) for spec in earlier for key in build([spec]).keys}
    identities_now = names(exact)
    return frozenset(key for key in build(exact).keys if common_key(key, identities_now) in counted_before)


def _is_compatible(truth: Sequence[int], earlier: Earlier) -> bool:
    """Return whether an earlier release without a peildatum may have counted the persons of this file."""
    return earlier.peildatum is None and all(
        interval.low <= true <= interval.high for true, interval in zip(truth, earlier.intervals, strict=True)
    )


def _require_safe_as_one(new: Publication, earlier: Sequence[Publication], profile: Profile) -> None:
    """Attack releases that may have counted the same persons as one; raises `DisclosureFailure`."""
    profile = replace(profile, public=())  # the statistics of others are of one day
    for publication in earlier:
        if publication.release != new.release:
            tables = [*publication.tables, *new.tables]
            try:
                attack = attack_release(tables, profile)
            except Contradiction:
                continue
            judge(with_intervals(tables, attack), attack, profile)


def _publication(released: tuple[Released, ...], profile: Profile, occasion: Occasion) -> Publication:
    """Return the release as the ledger has it."""
    return replace(occasion.empty, release=occasion.name(released), tables=released, threshold=profile.threshold)


def _safe_base(
    counted: Sequence[Counted], profile: Profile, history: History, occasion: Occasion, file: SameFile
) -> int | None:
    """Return the finest rounding that would be safe now; None if none is, or beside a release of the same persons."""
    if same_day(history, occasion):
        return None
    for base in (base for base in _BASES if base >= profile.threshold):
        tables = [rounded_to(table, base) for table in counted]
        try:
            make_next(tables, profile, history, occasion, 0.0, file=file)
        except DisclosureFailure:
            continue
        return base
    return None


def rounded_to(counted: Counted, base: int) -> Counted:
    """Declare the same counts as rounded to a base."""
    disclosure = replace(counted.spec.disclosure, method=Method.ROUND, base=base, steady=True)
    return replace(counted, spec=replace(counted.spec, disclosure=disclosure))
