"""The only door from Counted to Released."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

import numpy as np
import polars as pl

from schemas.errors import DisclosureFailure, PublicFiguresDiffer
from schemas.names import AANTAL, BELOW, HIGH, LOW, PUBLISHED, STATUS, SUPPRESSED, VALUE
from schemas.profiles import MINIMUM_HOUSEHOLDS
from schemas.specs import Method, Profile, TableSpec
from schemas.states import Counted, Released
from transforms.disclosure.counts.attack import Attack
from transforms.disclosure.counts.audit import Audit, attack_release, judge
from transforms.disclosure.counts.elsewhere import PublicFigures
from transforms.disclosure.counts.households import Households
from transforms.disclosure.counts.records import NO_RECORDS, Records
from transforms.disclosure.counts.rules import (
    Demand,
    demands,
    prices,
    reasons,
    sensitive_counts,
    unmoved_demands,
)
from transforms.disclosure.model.cells import labels, true_counts
from transforms.disclosure.model.interval import Interval
from transforms.disclosure.model.joint import Key
from transforms.disclosure.model.program import Counts
from transforms.disclosure.model.system import System, build, with_slack
from transforms.disclosure.rounding.rounding import controlled_rounding
from transforms.disclosure.suppression.progress import Watch, keep_going
from transforms.disclosure.suppression.same_persons import SamePersons
from transforms.disclosure.suppression.suppress import suppress
from transforms.disclosure.suppression.task import EFFORT, Suppression, Task

COMPLEMENTARY = ("aanvullend", "met dit aantal zou een andere lege cel te berekenen zijn")
WITHHELD = ("eerder", "een eerdere uitgifte telt dit ook; het verschil zou verraden wie erbij kwam of wegging")
FEW_HOUSEHOLDS = ("huishoudens", f"1 tot en met {MINIMUM_HOUSEHOLDS - 1} huishoudens")
UNROUNDABLE = ("afronding", "er is geen veelvoud dat veilig is naast de andere aantallen")


@dataclass(frozen=True)
class OtherReleases:
    """Earlier releases of other persons or another day.

    Attributes:
        earlier: Interval of every count per release (`over_time.bounds_from_history`), latest last.
        withheld: Counts that are blank whatever their value is; they may be unchanged.
    """

    earlier: Sequence[Sequence[Interval]] = ()
    withheld: Collection[Key] = ()


@dataclass(frozen=True, eq=False)
class SameFile:
    """What else is counted in the file of the tables.

    Attributes:
        households: The same tables, in which `aantal` counts households, if these are declared.
        public: The cells of `Profile.public`, in the same order.
        persons: Everybody, a row each with a column per dimension, if the profile lets them be attackers; else None.
    """

    households: Sequence[Counted] = ()
    public: Sequence[Counted] = ()
    persons: pl.DataFrame | None = field(default=None, repr=False)


ONLY_TABLES = SameFile()
"""Nothing else is counted."""


@dataclass(frozen=True, eq=False)
class Protected:
    """A protected release with confidential facts for the officer.

    Attributes:
        released: The tables in the order given.
        audit: Result of the attack on it, together with earlier releases of the same persons.
        suppression: Its pattern and cost, with the proven bound on the cost of any safe pattern.
        explanation: A row per suppressed cell: `tabel` (id), `cel` (labels of its levels),
            `regel` and `reden` (why it is blank, in Dutch), `laag` and `hoog` (bounds of the
            attacker). Together with the release, `regel` reveals small counts: confidential.
    """

    released: tuple[Released, ...]
    audit: Audit
    suppression: Suppression
    explanation: pl.DataFrame = field(repr=False)


def protect(
    counted: Sequence[Counted],
    profile: Profile,
    effort: float = EFFORT,
    *,
    others: OtherReleases = OtherReleases(),
    before: SamePersons | None = None,
    file: SameFile = ONLY_TABLES,
    watch: Watch = keep_going,
) -> Protected:
    """Suppress or round what must be, attack the result, and only then let it out.

    Args:
        counted: All tables of one release; a table by itself is no safer than its neighbours.
        profile: Threshold and minimum width, and the statistics of others.
        others: Releases of other persons or another day. The audit over time is the caller's.
        before: Tables published of the same persons; attacked with these tables as one release.
        file: What else is counted in the file.
        effort: Work after which the search for a cheaper pattern stops (`suppress`).
        watch: Called with the progress of that search; may end it.

    Returns:
        The tables: dimensions, `value` (Int64, null if suppressed), `status` (`A` or `Q`; it does not
        tell which suppressed counts are small), `low` and `high` (the interval that anyone can compute, with
        the tables of `before`);
        and the result of the attack on them.

    Raises:
        UnknownCategory: A cell has a level that its dimension does not declare.
        DisclosureFailure: The tables contradict each other or cannot be protected.
        DeliveriesDiffer, MethodsDiffer: They do not go with what was published of the same persons.
        PublicFiguresDiffer: The file has other counts than a statistic of others allows for.
    """
    job = _job(counted, profile, before or SamePersons(), others, file)
    multiples = _multiples(job)
    suppression = suppress(_task(job, multiples), effort, watch)
    hidden = _release(job, suppression.counts, multiples)
    everything = (*job.before.released, *hidden)
    attack = attack_release(everything, profile)
    _require_truth(attack, job.truth)
    _require_households(attack, job)
    _require_nothing_for_insiders(attack, job.records)
    released = with_intervals(everything, attack)[len(job.before.released) :]
    audit = judge(released, attack, profile, job.before.released)
    unroundable = {place: UNROUNDABLE for place, key in enumerate(job.system.keys) if multiples.get(key, 0) is None}
    why = unroundable | reasons(job.system, job.specs, job.truth, profile)
    why |= {int(place): FEW_HOUSEHOLDS for place in np.flatnonzero(job.households.few()) if place not in why}
    why |= {place: WITHHELD for place, key in enumerate(job.system.keys) if key in job.others.withheld}
    explanation = _explanation(hidden, attack, why)
    own = frozenset(place for places in job.new_system.places for place in places)
    suppression = replace(suppression, counts=suppression.counts & own)
    return Protected(released, audit, suppression, explanation)


@dataclass(frozen=True)
class _Job:
    """All tables to protect as one system.

    Those of the release, and those that were published of the same persons.

    Attributes:
        specs: Declarations of all tables: first those published before, then the new ones.
        counted: The new tables.
    """

    system: System
    specs: list[TableSpec]
    counted: Sequence[Counted]
    truth: Counts
    profile: Profile
    before: SamePersons
    others: OtherReleases
    households: Households
    public: PublicFigures
    records: Records

    @property
    def new_system(self) -> System:
        """The system as the new tables show it."""
        return replace(self.system, places=self.system.places[len(self.before.released) :])

    @property
    def shown(self) -> frozenset[int]:
        """Counts that a table of ours shows; the others are of statistics only."""
        return frozenset(place for places in self.system.places for place in places)


def _job(
    counted: Sequence[Counted], profile: Profile, before: SamePersons, others: OtherReleases, file: SameFile
) -> _Job:
    """Return the job, after checking that the tables go with what was published of the same persons."""
    before.require_counted(profile.threshold)
    before.require_method((table.spec for table in counted), profile.threshold)
    specs = [*before.specs, *(table.spec for table in counted)]
    specs_beside = [*specs, *(statistic.spec for statistic in profile.public)]
    everything = with_slack(build(specs_beside))
    truth = np.array(true_counts(everything, [*before.counted, *counted, *file.public]), dtype=np.int64)
    _require_public(everything, profile, truth)
    system = replace(everything, places=everything.places[: len(specs)])
    figures = PublicFigures(system, profile)
    records = _records(system, specs_beside, file.persons, profile, truth)
    households = Households(system, file.households)
    return _Job(system, specs, counted, truth, profile, before, others, households, figures, records)


def _records(
    system: System, specs: Sequence[TableSpec], persons: pl.DataFrame | None, profile: Profile, truth: Counts
) -> Records:
    """Return the records that attackers may have.

    Raises `DisclosureFailure` if nobody says who is in the file, or the tables count others.
    """
    if not profile.pooled:
        return NO_RECORDS
    if persons is None:
        raise DisclosureFailure("what people in the file know cannot be judged: it is not said who they are")
    records = Records.of(system, specs, persons, profile.pooled)
    hidden = records.hidden
    if [hidden[list(columns)].sum() for columns in system.sums] != truth.tolist():
        raise DisclosureFailure("the tables do not count the persons who are said to be in the file")
    return records


def _require_public(system: System, profile: Profile, truth: Counts) -> None:
    """Raise `PublicFiguresDiffer` unless every figure of others may be of this file."""
    differing = {}
    for statistic, places in zip(
        profile.public, system.places[len(system.places) - len(profile.public) :], strict=True
    ):
        bounds = [(truth[place], *bound) for place, bound in zip(places, statistic.bounds, strict=True) if bound]
        if outside := sum(not low <= true <= high for true, low, high in bounds):
            differing[statistic.title] = (outside, len(bounds))
    if differing:
        raise PublicFiguresDiffer(differing)


def _multiples(job: _Job) -> Mapping[Key, int | None]:
    """Return the multiple per count of the rounded tables; None if a count has no safe multiple."""
    specs = [spec for spec in job.specs if _base(spec)]
    bases = {_base(spec) for spec in specs}
    if len(bases) > 1:
        raise DisclosureFailure("tables of one release are rounded to different bases")
    if not specs:
        return {}
    system = build(specs)
    position = {key: place for place, key in enumerate(job.system.keys)}
    truth = [int(job.truth[position[key]]) for key in system.keys]
    past = [[intervals[position[key]] for key in system.keys] for intervals in job.others.earlier]
    published = job.before.values_by_key()
    published_places = {place: published[key] for place, key in enumerate(system.keys) if key in published}
    rounded = controlled_rounding(
        system,
        truth,
        base=bases.pop(),
        earlier=past,
        threshold=job.profile.threshold,
        published=published_places,
        elsewhere=[job.public.interval(position[key]) for key in system.keys]
        if job.profile.public or system.occupied
        else (),
        steady=any(spec.disclosure.steady for spec in specs),
    )
    if rounded.given_away:
        raise DisclosureFailure(
            f"{len(rounded.given_away)} counts have no multiple that is safe beside earlier ones; a blank would say so"
        )
    return dict(zip(system.keys, rounded.values, strict=True))


def _task(job: _Job, multiples: Mapping[Key, int | None]) -> Task:
    """Return the search task: what to suppress beside what is rounded.

    A count that only rounded tables show is not in question.
    """
    system, specs, truth, profile = job.system, job.specs, job.truth, job.profile
    exact = {place for spec, places in zip(specs, system.places, strict=True) for place in places if not _base(spec)}
    reach = max(spec.disclosure.reach for spec in specs)
    low, high = truth.astype(np.float64), truth.astype(np.float64)
    for place, key in enumerate(system.keys):
        multiple = multiples.get(key)
        if place not in exact and multiple is not None:
            low[place], high[place] = max(0, multiple - reach), multiple + reach
    shown = job.shown
    for place in set(range(len(truth))) - shown:
        low[place], high[place] = job.public.elsewhere.low[place], job.public.elsewhere.high[place]
    is_rounded = high > low
    published = job.before.values_by_key()
    public = frozenset(
        place for place, key in enumerate(system.keys) if published.get(key) is not None or place not in shown
    )
    withheld = [place for place, key in enumerate(system.keys) if key in job.others.withheld]
    blank = {place for place, key in enumerate(system.keys) if multiples.get(key, 0) is None}
    blank |= {place for place, key in enumerate(system.keys) if published.get(key, 0) is None}
    blank.update(withheld)
    sensitive = (sensitive_counts(system, specs, truth, profile) | job.households.few()) & ~is_rounded
    sensitive[sorted(set(range(len(truth))) - shown)] = False
    sensitive[sorted(blank)] = True
    # No pattern can meet a demand on counts that are rounded already; the audit judges it.
    requirements = [
        demand
        for demand in (
            *demands(system, specs, truth, profile),
            *job.households.demands(specs, truth, profile.threshold),
        )
        if not all(is_rounded[count] for count, _ in demand.form)
    ]
    # Nor can it leave more than the statistics of others do.
    requirements = [Demand(demand.form, min(demand.least, job.public.highest(demand.form))) for demand in requirements]
    wanted = [*requirements, *unmoved_demands(withheld, truth, job.others.earlier)]
    specs_shown = [table.spec for table in job.counted]
    return Task(
        system,
        truth,
        prices(job.new_system, specs_shown, truth),
        sensitive,
        wanted,
        profile,
        low,
        high,
        public,
        job.public.elsewhere if profile.public or system.occupied else None,
        job.records,
    )


def _base(spec: TableSpec) -> int:
    """Return the base of a rounded table, 0 for another one."""
    return spec.disclosure.base if spec.disclosure.method == Method.ROUND else 0


def _require_truth(attack: Attack, truth: Counts) -> None:
    """Refuse an attack that excludes a true count: it cannot be trusted."""
    for count, interval in attack.intervals.items():
        if not interval.low <= truth[count] <= interval.high:
            raise DisclosureFailure("the attack excludes the truth, so it cannot be trusted")


def _require_nothing_for_insiders(attack: Attack, records: Records) -> None:
    """Refuse a release in which people in the file learn more than it tells anybody."""
    if any(chain.from_iterable(map(attack.narrow_for, records.insiders()))):
        raise DisclosureFailure("somebody who knows his own record could prove a small count of others")


def _require_households(attack: Attack, job: _Job) -> None:
    """Refuse a number, or what is left of a group without it, that is told of few households."""
    shown = set(np.flatnonzero(job.households.few()).tolist()) - attack.suppressed
    demands = job.households.demands(job.specs, job.truth, job.profile.threshold)
    if shown or any(attack.interval(demand.form).high < demand.least for demand in demands):
        raise DisclosureFailure("a number is told of fewer households than are needed")


def _explanation(hidden: Sequence[Released], attack: Attack, why: Mapping[int, tuple[str, str]]) -> pl.DataFrame:
    """Return a row per blank cell of the last tables of an attack: why it is blank."""
    cells = []
    for table, places in zip(hidden, attack.system.places[-len(hidden) :], strict=True):
        for cell, place, status in zip(labels(table.spec), places, table.frame.get_column(STATUS), strict=True):
            if status == SUPPRESSED:
                interval = attack.interval_of(place)
                cells.append((table.spec.id, cell, *why.get(place, COMPLEMENTARY), interval.low, interval.high))
    text = dict.fromkeys(("tabel", "cel", "regel", "reden"), pl.String)
    return pl.DataFrame(cells, schema={**text, "laag": pl.Int64, "hoog": pl.Int64}, orient="row")


def _release(job: _Job, suppressed: frozenset[int], multiples: Mapping[Key, int | None]) -> tuple[Released, ...]:
    """Return the new tables without suppressed counts, rounded where declared.

    `low` and `high` are not yet those of the attacker.
    """
    released = []
    for table, places in zip(job.counted, job.new_system.places, strict=True):
        counts = table.frame.get_column(AANTAL).to_list()
        if _base(table.spec):
            counts = [multiples[job.system.keys[place]] for place in places]
        values = [None if place in suppressed else value for place, value in zip(places, counts, strict=True)]
        released.append(Released(_cells(table, values, job.profile), table.spec))
    return tuple(released)


def _cells(counted: Counted, values: Sequence[int | None], profile: Profile) -> pl.DataFrame:
    """Return the frame of a table: levels, value, status, and the value as both bounds."""
    names = [dimension.name for dimension in counted.spec.dimensions]
    counts = pl.Series(values, dtype=pl.Int64)
    # Without rounding only a true zero is below the threshold, and it is shown.
    is_below = (counts < profile.threshold) if _base(counted.spec) else pl.Series([False] * len(counts))
    status = pl.when(counts.is_null()).then(pl.lit(SUPPRESSED)).when(is_below).then(pl.lit(BELOW))
    value = pl.when(~is_below).then(counts)
    columns = {VALUE: value, STATUS: status.otherwise(pl.lit(PUBLISHED)), LOW: value, HIGH: value}
    return counted.frame.select(*names, **columns)


def with_intervals(released: Sequence[Released], attack: Attack) -> tuple[Released, ...]:
    """Return the tables with the intervals of an attack in `low` and `high`."""
    return tuple(
        Released(_with_intervals(table.frame, [attack.interval_of(place) for place in places]), table.spec)
        for table, places in zip(released, attack.system.places, strict=True)
    )


def _with_intervals(frame: pl.DataFrame, intervals: Sequence[Interval]) -> pl.DataFrame:
    low = pl.Series(LOW, [interval.low for interval in intervals], dtype=pl.Int64)
    high = pl.Series(HIGH, [interval.high for interval in intervals], dtype=pl.Int64)
    return frame.with_columns(low, high)
