"""From Counted to Released: the only door."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import polars as pl

from schemas.errors import DisclosureFailure
from schemas.names import AANTAL, BELOW, HIGH, LOW, PUBLISHED, STATUS, SUPPRESSED, VALUE
from schemas.specs import Method, Profile, TableSpec
from schemas.states import Counted, Released
from transforms.disclosure.counts.attack import Attack
from transforms.disclosure.counts.audit import Audit, attack_release, judge
from transforms.disclosure.counts.progress import Watch, unwatched
from transforms.disclosure.counts.rules import OWN_RECORD, demands, prices, reasons, sensitive_counts, unmoved_demands
from transforms.disclosure.counts.same_persons import SamePersons
from transforms.disclosure.counts.suppress import suppress
from transforms.disclosure.counts.task import EFFORT, Suppression, Task
from transforms.disclosure.model.cells import labels, true_counts
from transforms.disclosure.model.interval import Interval
from transforms.disclosure.model.joint import Key
from transforms.disclosure.model.program import Counts
from transforms.disclosure.model.system import System, build
from transforms.disclosure.rounding.rounding import controlled_rounding

COMPLEMENTARY = ("aanvullend", "met dit aantal zou een andere lege cel te berekenen zijn")
WITHHELD = ("eerder", "een eerdere uitgifte telt dit ook; het verschil zou verraden wie erbij kwam of wegging")
UNROUNDABLE = ("afronding", "er is geen veelvoud dat veilig is naast de andere aantallen")


@dataclass(frozen=True)
class Beside:
    """What a release is published beside: releases of other persons or another day.

    Attributes:
        earlier: Per release what it leaves of every count (`over_time.bounds_from_history`), latest last.
        withheld: Counts that are blank whatever they are, and may be what they were before.
    """

    earlier: Sequence[Sequence[Interval]] = ()
    withheld: Collection[Key] = ()


@dataclass(frozen=True, eq=False)
class Protected:
    """A protected release with what the officer may know of it.

    Attributes:
        released: The tables in the order given.
        audit: What an attacker is left with.
        suppression: What it cost, and the proven bound on what it could have cost.
        explanation: A row per suppressed cell: `tabel` (id), `cel` (labels of its levels),
            `regel` and `reden` (why it is blank, in Dutch), `laag` and `hoog` (bounds of the
            attacker). Together with the release, `regel` reveals small counts: confidential.
        together: What an attacker is left with who has earlier releases of the same persons, too;
            None if there are none.
    """

    released: tuple[Released, ...]
    audit: Audit
    suppression: Suppression
    explanation: pl.DataFrame = field(repr=False)
    together: Audit | None = None


def protect(
    counted: Sequence[Counted],
    profile: Profile,
    effort: float = EFFORT,
    *,
    beside: Beside = Beside(),
    before: SamePersons | None = None,
    watch: Watch = unwatched,
) -> Protected:
    """Suppress or round what must be, attack the result, and only then let it out.

    Args:
        counted: All tables of one release; a table apart is no safer than its neighbours.
        profile: Threshold and minimum width.
        beside: Releases of other persons or another day. The audit over time is the caller's.
        before: What was published of the same persons: attacked with these tables as one release.
        effort: Work after which the search for a cheaper pattern stops (`suppress`).
        watch: Is told how far that search is, and may end it.

    Returns:
        The tables: dimensions, `value` (Int64, null if suppressed), `status` (`A` or `Q`; which
        suppressed counts are small is not told), `low` and `high` (what anyone can compute);
        and what the attack on them found.

    Raises:
        UnknownCategory: A cell has a level that its dimension does not declare.
        DisclosureFailure: The tables contradict each other or cannot be protected.
        DeliveriesDiffer, MethodsDiffer: They do not go with what was published of the same persons.
    """
    job = _job(counted, profile, before or SamePersons(), beside)
    multiples = _rounded(job)
    found = suppress(_task(job, multiples), effort, watch)
    hidden = _release(job, found.counts, multiples)
    everything = (*job.before.released, *hidden)
    attack = attack_release(everything, profile)
    _require_truth(attack, job.truth)
    if profile.own_record:
        _require_own_record(attack, job.truth)
    together = judge(with_intervals(everything, attack), attack, profile)
    held = {place: UNROUNDABLE for place, key in enumerate(job.system.keys) if multiples.get(key, 0) is None}
    why = held | reasons(job.system, job.specs, job.truth, profile)
    why |= {place: WITHHELD for place, key in enumerate(job.system.keys) if key in job.beside.withheld}
    explanation = _explanation(hidden, attack, why)
    if not job.before.released:
        return Protected(with_intervals(hidden, attack), together, found, explanation)
    # A release states what follows from itself, so that it can be verified by itself.
    alone = attack_release(hidden, profile)
    released = with_intervals(hidden, alone)
    found = replace(found, counts=found.counts & frozenset(place for places in job.own.places for place in places))
    return Protected(released, judge(released, alone, profile), found, explanation, together)


@dataclass(frozen=True)
class _Job:
    """What is to be made safe: all tables of a release, and those of the same persons before it, as one system.

    Attributes:
        specs: Of all tables; those of before come first.
        counted: The new tables.
    """

    system: System
    specs: list[TableSpec]
    counted: Sequence[Counted]
    truth: Counts
    profile: Profile
    before: SamePersons
    beside: Beside

    @property
    def own(self) -> System:
        """The system as the new tables show it."""
        return replace(self.system, places=self.system.places[len(self.before.released) :])


def _job(counted: Sequence[Counted], profile: Profile, before: SamePersons, beside: Beside) -> _Job:
    before.require_counted(profile.threshold)
    before.require_method((table.spec for table in counted), profile.threshold)
    specs = [*before.specs, *(table.spec for table in counted)]
    system = build(specs)
    truth = np.array(true_counts(system, [*before.counted, *counted]), dtype=np.int64)
    return _Job(system, specs, counted, truth, profile, before, beside)


def _rounded(job: _Job) -> Mapping[Key, int | None]:
    """The multiple per count of the tables that are rounded; None for one that has no safe multiple."""
    specs = [spec for spec in job.specs if _base(spec)]
    bases = {_base(spec) for spec in specs}
    if len(bases) > 1:
        raise DisclosureFailure("tables of one release are rounded to different bases")
    if not specs:
        return {}
    own = build(specs)
    position = {key: place for place, key in enumerate(job.system.keys)}
    truth = [int(job.truth[position[key]]) for key in own.keys]
    past = [[intervals[position[key]] for key in own.keys] for intervals in job.beside.earlier]
    published = job.before.published()
    given = {place: published[key] for place, key in enumerate(own.keys) if key in published}
    rounded = controlled_rounding(
        own,
        truth,
        base=bases.pop(),
        earlier=past,
        threshold=job.profile.threshold,
        given=given,
        steady=any(spec.disclosure.steady for spec in specs),
    )
    if rounded.given_away:
        raise DisclosureFailure(
            f"{len(rounded.given_away)} counts have no multiple that is safe beside earlier ones; a blank would say so"
        )
    return dict(zip(own.keys, rounded.values, strict=True))


def _task(job: _Job, multiples: Mapping[Key, int | None]) -> Task:
    """What is to be suppressed, given what is rounded: a count that only rounded tables show is not in question."""
    system, specs, truth, profile = job.system, job.specs, job.truth, job.profile
    exact = {place for spec, places in zip(specs, system.places, strict=True) for place in places if not _base(spec)}
    reach = max(spec.disclosure.reach for spec in specs)
    low, high = truth.astype(np.float64), truth.astype(np.float64)
    for place, key in enumerate(system.keys):
        multiple = multiples.get(key)
        if place not in exact and multiple is not None:
            low[place], high[place] = max(0, multiple - reach), multiple + reach
    given = high > low
    published = job.before.published()
    public = frozenset(place for place, key in enumerate(system.keys) if published.get(key) is not None)
    withheld = [place for place, key in enumerate(system.keys) if key in job.beside.withheld]
    held = {place for place, key in enumerate(system.keys) if multiples.get(key, 0) is None}
    held |= {place for place, key in enumerate(system.keys) if published.get(key, 0) is None}
    held.update(withheld)
    sensitive = sensitive_counts(system, specs, truth, profile) & ~given
    sensitive[sorted(held)] = True
    # No pattern can meet a demand on counts that are rounded already; the audit judges it.
    asked = [one for one in demands(system, specs, truth, profile) if not all(given[count] for count, _ in one.form)]
    wanted = [*asked, *unmoved_demands(withheld, truth, job.beside.earlier)]
    own = [table.spec for table in job.counted]
    return Task(system, truth, prices(job.own, own, truth), sensitive, wanted, profile, low, high, public)


def _base(spec: TableSpec) -> int:
    return spec.disclosure.base if spec.disclosure.method == Method.ROUND else 0


def _require_truth(attack: Attack, truth: Counts) -> None:
    for count, interval in attack.intervals.items():
        if not interval.low <= truth[count] <= interval.high:
            raise DisclosureFailure("the attack excludes the truth, so it cannot be trusted")


def _require_own_record(attack: Attack, truth: Counts) -> None:
    """Who is in a cell of one or two himself must not learn more about others."""
    cells = [count for count in attack.intervals if 1 <= truth[count] <= OWN_RECORD]
    if attack.own_record(cells):
        raise DisclosureFailure("somebody in a small cell could prove a small count of others")


def _explanation(hidden: Sequence[Released], found: Attack, why: Mapping[int, tuple[str, str]]) -> pl.DataFrame:
    """Per blank cell of the last tables of an attack why it is blank."""
    cells = []
    for table, places in zip(hidden, found.system.places[-len(hidden) :], strict=True):
        for cell, place, status in zip(labels(table.spec), places, table.frame.get_column(STATUS), strict=True):
            if status == SUPPRESSED:
                interval = found.known(place)
                cells.append((table.spec.id, cell, *why.get(place, COMPLEMENTARY), interval.low, interval.high))
    text = dict.fromkeys(("tabel", "cel", "regel", "reden"), pl.String)
    return pl.DataFrame(cells, schema={**text, "laag": pl.Int64, "hoog": pl.Int64}, orient="row")


def _release(job: _Job, suppressed: frozenset[int], multiples: Mapping[Key, int | None]) -> tuple[Released, ...]:
    """The new tables without the suppressed counts, rounded where declared; what can be computed is not known yet."""
    released = []
    for table, places in zip(job.counted, job.own.places, strict=True):
        shown = table.frame.get_column(AANTAL).to_list()
        if _base(table.spec):
            shown = [multiples[job.system.keys[place]] for place in places]
        values = [None if place in suppressed else value for place, value in zip(places, shown, strict=True)]
        released.append(Released(_cells(table, values, job.profile), table.spec))
    return tuple(released)


def _cells(counted: Counted, values: Sequence[int | None], profile: Profile) -> pl.DataFrame:
    names = [dimension.name for dimension in counted.spec.dimensions]
    shown = pl.Series(values, dtype=pl.Int64)
    # Without rounding nothing is below the threshold but a true zero, which is shown.
    is_below = (shown < profile.threshold) if _base(counted.spec) else pl.Series([False] * len(shown))
    status = pl.when(shown.is_null()).then(pl.lit(SUPPRESSED)).when(is_below).then(pl.lit(BELOW))
    value = pl.when(~is_below).then(shown)
    columns = {VALUE: value, STATUS: status.otherwise(pl.lit(PUBLISHED)), LOW: value, HIGH: value}
    return counted.frame.select(*names, **columns)


def with_intervals(released: Sequence[Released], found: Attack) -> tuple[Released, ...]:
    """The tables with what an attack on them found, in `low` and `high`."""
    return tuple(
        Released(_with_intervals(table.frame, [found.known(place) for place in places]), table.spec)
        for table, places in zip(released, found.system.places, strict=True)
    )


def _with_intervals(frame: pl.DataFrame, intervals: Sequence[Interval]) -> pl.DataFrame:
    low = pl.Series(LOW, [interval.low for interval in intervals], dtype=pl.Int64)
    high = pl.Series(HIGH, [interval.high for interval in intervals], dtype=pl.Int64)
    return frame.with_columns(low, high)
