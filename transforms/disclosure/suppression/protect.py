"""The only door from Counted to Released."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

import numpy as np
import polars as pl

from schemas.errors import DisclosureFailure
from schemas.names import AANTAL, BELOW, HIGH, LOW, PUBLISHED, STATUS, SUPPRESSED, VALUE
from schemas.profiles import MINIMUM_HOUSEHOLDS
from schemas.specs import Profile
from schemas.states import Counted, Released
from transforms.disclosure.counts.attack import Attack
from transforms.disclosure.counts.audit import Audit, attack_release, judge
from transforms.disclosure.counts.records import Records
from transforms.disclosure.counts.rules import reasons
from transforms.disclosure.model.cells import labels
from transforms.disclosure.model.interval import Interval
from transforms.disclosure.model.joint import Key
from transforms.disclosure.model.program import Counts
from transforms.disclosure.suppression.job import (
    NO_OTHERS,
    ONLY_TABLES,
    Job,
    OtherReleases,
    SameFile,
    base_of,
    job_of,
    multiples_of,
    task_of,
)
from transforms.disclosure.suppression.progress import Watch, keep_going
from transforms.disclosure.suppression.same_persons import SamePersons
from transforms.disclosure.suppression.suppress import suppress
from transforms.disclosure.suppression.task import EFFORT, Suppression

COMPLEMENTARY = ("aanvullend", "met dit aantal zou een andere lege cel te berekenen zijn")
WITHHELD = ("eerder", "een eerdere uitgifte telt dit ook; het verschil zou verraden wie erbij kwam of wegging")
FEW_HOUSEHOLDS = ("huishoudens", f"1 tot en met {MINIMUM_HOUSEHOLDS - 1} huishoudens")
UNROUNDABLE = ("afronding", "er is geen veelvoud dat veilig is naast de andere aantallen")


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
    others: OtherReleases = NO_OTHERS,
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
    job = job_of(counted, profile, before or SamePersons(), others, file)
    multiples = multiples_of(job)
    suppression = suppress(task_of(job, multiples), effort, watch)
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
    why |= {int(place): FEW_HOUSEHOLDS for place in np.flatnonzero(job.of_few_households) if place not in why}
    why |= {place: WITHHELD for place, key in enumerate(job.system.keys) if key in job.others.withheld}
    explanation = _explanation(hidden, attack, why)
    own = frozenset(place for places in job.new_system.places for place in places)
    suppression = replace(suppression, counts=suppression.counts & own)
    return Protected(released, audit, suppression, explanation)


def _require_truth(attack: Attack, truth: Counts) -> None:
    """Refuse an attack that excludes a true count: it cannot be trusted."""
    for count, interval in attack.intervals.items():
        if not interval.low <= truth[count] <= interval.high:
            raise DisclosureFailure("the attack excludes the truth, so it cannot be trusted")


def _require_nothing_for_insiders(attack: Attack, records: Records) -> None:
    """Refuse a release in which people in the file learn more than it tells anybody."""
    if any(chain.from_iterable(map(attack.narrow_for, records.insiders()))):
        raise DisclosureFailure("somebody who knows his own record could prove a small count of others")


def _require_households(attack: Attack, job: Job) -> None:
    """Refuse a number of few households, and that what is left of one without another is told to be of few.

    A rounded count of which nobody can prove that it holds anybody is not told. What is left is not told as long as it
    may be much more, or its ends are as far apart as those of a blank count.
    """
    few = set(np.flatnonzero(job.of_few_households).tolist()) - attack.suppressed
    if any(attack.interval_of(place).low >= 1 for place in few):
        raise DisclosureFailure("a number is told of fewer households than are needed; merge categories")
    for form, rest in job.household_rests.items():
        interval = attack.interval(form)
        most = min(rest + job.profile.threshold, job.public.highest(form))
        if interval.high < most and interval.width < job.profile.minimum_width:
            raise DisclosureFailure("what is left of a number without another one is told of too few households")


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


def _release(job: Job, suppressed: frozenset[int], multiples: Mapping[Key, int | None]) -> tuple[Released, ...]:
    """Return the new tables without suppressed counts, rounded where declared.

    `low` and `high` are not yet those of the attacker.
    """
    released = []
    for table, places in zip(job.counted, job.new_system.places, strict=True):
        counts = table.frame.get_column(AANTAL).to_list()
        if base_of(table.spec):
            counts = [multiples[job.system.keys[place]] for place in places]
        values = [None if place in suppressed else value for place, value in zip(places, counts, strict=True)]
        released.append(Released(_cells(table, values, job.profile), table.spec))
    return tuple(released)


def _cells(counted: Counted, values: Sequence[int | None], profile: Profile) -> pl.DataFrame:
    """Return the frame of a table: levels, value, status, and the value as both bounds."""
    names = [dimension.name for dimension in counted.spec.dimensions]
    counts = pl.Series(values, dtype=pl.Int64)
    # Without rounding only a true zero is below the threshold, and it is shown.
    is_below = (counts < profile.threshold) if base_of(counted.spec) else pl.Series([False] * len(counts))
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
