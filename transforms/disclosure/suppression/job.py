"""What is to be protected: tables as one system, and the search task that follows from them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import polars as pl

from schemas.errors import DisclosureFailure, PublicFiguresDiffer
from schemas.specs import Method, Profile, TableSpec
from schemas.states import Counted
from transforms.disclosure.counts.elsewhere import PublicFigures
from transforms.disclosure.counts.households import Households
from transforms.disclosure.counts.records import NO_RECORDS, Records
from transforms.disclosure.counts.rules import Demand, demands, prices, sensitive_counts, unmoved_demands
from transforms.disclosure.model.cells import true_counts
from transforms.disclosure.model.interval import Interval
from transforms.disclosure.model.joint import Key, Terms
from transforms.disclosure.model.program import Counts
from transforms.disclosure.model.solver import Pattern
from transforms.disclosure.model.system import System, build, with_slack
from transforms.disclosure.rounding.rounding import controlled_rounding
from transforms.disclosure.suppression.same_persons import SamePersons
from transforms.disclosure.suppression.task import Task


@dataclass(frozen=True)
class OtherReleases:
    """Earlier releases of other persons or another day.

    Attributes:
        earlier: Interval of every count per release (`over_time.bounds_from_history`), latest last.
        withheld: Counts left blank because publishing them could show that they did not change.
    """

    earlier: Sequence[Sequence[Interval]] = ()
    withheld: Collection[Key] = ()


NO_OTHERS = OtherReleases()
"""There is none."""


@dataclass(frozen=True, eq=False)
class SameFile:
    """What else is counted in the file of the tables.

    Attributes:
        public: The cells of `Profile.public`, in the same order.
        persons: Everybody, a row each with a column per dimension; None if the profile lets nobody of them be an
            attacker, and households are not declared.
        households: Whose household each of those persons is in, row by row; None if households are not declared.
    """

    public: Sequence[Counted] = ()
    persons: pl.DataFrame | None = field(default=None, repr=False)
    households: pl.Series | None = field(default=None, repr=False)


ONLY_TABLES = SameFile()
"""Nothing else is counted."""


@dataclass(frozen=True)
class Job:
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
    households: Households | None
    public: PublicFigures
    records: Records

    @property
    def new_system(self) -> System:
        """The system as the new tables show it."""
        return replace(self.system, places=self.system.places[len(self.before.released) :])

    @cached_property
    def of_few_households(self) -> Pattern:
        """Which counts of our tables are of enough persons, but of few households."""
        few = np.zeros(len(self.truth), dtype=bool) if self.households is None else self.households.few()
        few[sorted(set(range(len(self.truth))) - self.shown)] = False
        return few

    @cached_property
    def household_rests(self) -> Mapping[Terms, int]:
        """What is left of a count without another one, if of few households, and how many persons those are."""
        if self.households is None:
            return {}
        sensitive = sensitive_counts(self.system, self.specs, self.truth, self.profile)
        # Whether a sensitive count is zero is hidden, too.
        empty = np.flatnonzero((self.truth == 0) & ~sensitive).tolist()
        return {
            ((share.group, 1), (share.part, -1)): int(self.truth[share.group] - self.truth[share.part])
            for share in self.households.rests(empty, self.specs)
        }

    @property
    def shown(self) -> frozenset[int]:
        """Counts that a table of ours shows; the others are of statistics only."""
        return frozenset(place for places in self.system.places for place in places)


def job_of(
    counted: Sequence[Counted], profile: Profile, before: SamePersons, others: OtherReleases, file: SameFile
) -> Job:
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
    households = _households(system, specs_beside, file, profile, truth)
    return Job(system, specs, counted, truth, profile, before, others, households, figures, records)


def _households(
    system: System, specs: Sequence[TableSpec], file: SameFile, profile: Profile, truth: Counts
) -> Households | None:
    """Return the households behind the counts of a system; None if they are not declared.

    Raises `DisclosureFailure` if nobody says who is in the file, or the tables count others.
    """
    if file.households is None:
        return None
    if file.persons is None:
        raise DisclosureFailure("households cannot be judged: it is not said who is in the file")
    return Households(system, specs, file.persons, file.households, truth=truth, threshold=profile.threshold)


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


def multiples_of(job: Job) -> Mapping[Key, int | None]:
    """Return the multiple per count of the rounded tables; None if a count has no safe multiple."""
    specs = [spec for spec in job.specs if base_of(spec)]
    bases = {base_of(spec) for spec in specs}
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


def task_of(job: Job, multiples: Mapping[Key, int | None]) -> Task:
    """Return the search task: what to suppress beside what is rounded.

    Counts that only rounded tables show are never suppressed.
    """
    system, specs, truth, profile = job.system, job.specs, job.truth, job.profile
    exact = {place for spec, places in zip(specs, system.places, strict=True) for place in places if not base_of(spec)}
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
    sensitive = (sensitive_counts(system, specs, truth, profile) | job.of_few_households) & ~is_rounded
    sensitive[sorted(set(range(len(truth))) - shown)] = False
    sensitive[sorted(blank)] = True
    # A demand on rounded counts alone is dropped, as no pattern changes it; the audit judges it.
    requirements = [
        demand
        for demand in (
            *demands(system, specs, truth, profile),
            *(
                Demand(form, rest + profile.threshold)
                for form, rest in job.household_rests.items()
                # Beside a blank count it is not told; the audit judges that.
                if not any(sensitive[count] for count, _ in form)
            ),
        )
        if not all(is_rounded[count] for count, _ in demand.form)
    ]
    # Others are lowered to what the statistics of others leave.
    requirements = [Demand(demand.form, min(demand.least, job.public.highest(demand.form))) for demand in requirements]
    all_demands = [*requirements, *unmoved_demands(withheld, truth, job.others.earlier)]
    specs_shown = [table.spec for table in job.counted]
    return Task(
        system,
        truth,
        prices(job.new_system, specs_shown, truth),
        sensitive,
        all_demands,
        profile,
        low,
        high,
        public,
        job.public.elsewhere if profile.public or system.occupied else None,
        job.records,
    )


def base_of(spec: TableSpec) -> int:
    """Return the base of a rounded table, 0 for another one."""
    return spec.disclosure.base if spec.disclosure.method == Method.ROUND else 0
