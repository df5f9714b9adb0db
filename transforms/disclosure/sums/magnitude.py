"""Tables of sums and means: from microdata to what may be published.

A published sum is the true one; it is never added up again from what is visible. A mean is made of
a published sum and a published count, and of nothing else. No minimum, maximum or range is made.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from schemas.errors import DisclosureFailure, UnknownCategory
from schemas.names import AANTAL, HIGH, LOW, PUBLISHED, STATUS, SUPPRESSED, VALUE
from schemas.profiles import MINIMUM_HOUSEHOLDS
from schemas.specs import Dimension, TableSpec
from schemas.specs.sums import GEMIDDELDE, GROOTSTE, SOM, TWEEDE, SumProfile
from schemas.states import Released, ReleasedSums, Summed
from transforms.disclosure.model.cells import column_of, merge
from transforms.disclosure.model.system import System, build, rows
from transforms.disclosure.sums.magnitude_audit import SumAttack, SumAudit, judge_sums, most_persons, require_published
from transforms.disclosure.sums.magnitude_rules import Ledger, build_task, part_of
from transforms.disclosure.sums.magnitude_search import suppress_sums
from transforms.disclosure.suppression.task import EFFORT, Suppression

QUANTILES = (5, 10, 25, 50, 75, 90, 95)
MINIMUM_BESIDE = 10
"""Persons on either side of a published quantile, ABS DataLab (quantile rule)."""

_MEASURES: dict[str, type[pl.DataType]] = dict.fromkeys((AANTAL, SOM, GROOTSTE, TWEEDE), pl.Int64)
_INTEGERS = (pl.Int8, pl.Int16, pl.Int32, pl.Int64, pl.UInt8, pl.UInt16, pl.UInt32)
_ROW, _PERSOON = "_row", "_persoon"


@dataclass(frozen=True)
class ProtectedSums:
    """Protected tables with confidential facts for the officer.

    Attributes:
        released: The tables in the order given.
        audit: Result of the attack from outside.
        suppression: Its pattern and cost, with the proven bound on the cost of any safe pattern.
        by_rule: Number of blank cells that break a rule themselves; the others protect these.
        is_total_blank: Whether the sum of everybody is blank.
    """

    released: tuple[ReleasedSums, ...]
    audit: SumAudit
    suppression: Suppression
    by_rule: int
    is_total_blank: bool


def sums(frame: pl.DataFrame, spec: TableSpec, measure: str, person: str | None) -> pl.DataFrame:
    """Return sums per cell of a table: all categories, subtotals and totals of all dimensions.

    Args:
        frame: Microdata: a column per dimension (a list of categories where it is `multiple`).
        spec: Declaration of the table.
        measure: Amount in whole units (eurocent, quarters of an hour). Null is an unknown amount: like 0,
            it adds nothing and makes nobody a contributor.
        person: Column of the person; all rows of a person within a cell are one contribution.
            None if every row is a person.

    Returns:
        A row per declared cell, first dimension slowest: the level of each dimension (String),
        and in Int64 `aantal` (contributors: persons with an amount above 0), `som`, `grootste`
        and `tweede` (largest and second largest contribution; 0 if there is none).

    Raises:
        UnknownCategory: A row has a value that is not in a closed list, or none at all.
        DisclosureFailure: The measure is not in whole units or somewhere negative, a row is
            nobody's, or a dimension is a list although a person has one category, or not a list.
    """
    names = [dimension.name for dimension in spec.dimensions]
    contributions = _contributions(_population(frame, spec), spec, measure, person)
    for dimension in spec.dimensions:
        contributions = _per_level(contributions, dimension, spec)
    per_person = contributions.group_by([*names, _PERSOON]).agg(pl.col(SOM).sum())
    second = pl.when(pl.len() > 1).then(pl.col(SOM).top_k(2).min()).otherwise(0)
    figures = [pl.len().alias(AANTAL), pl.col(SOM).sum(), pl.col(SOM).max().alias(GROOTSTE), second.alias(TWEEDE)]
    cells = pl.DataFrame(list(rows(spec)), schema=dict.fromkeys(names, pl.String), orient="row")
    joined = cells.join(per_person.group_by(names).agg(figures), on=names, how="left", maintain_order="left")
    return joined.select(*names, pl.col(*_MEASURES).cast(pl.Int64).fill_null(0))


def _population(frame: pl.DataFrame, spec: TableSpec) -> pl.DataFrame:
    """Return the rows of the population of a table."""
    used = (*spec.dimensions, *(dimension for dimension, _ in spec.population))
    if not {dimension.name for dimension in used} <= set(frame.columns):
        raise DisclosureFailure(f"{spec.id} adds up over a column that the rows do not have")
    for dimension in used:
        if isinstance(frame.schema[dimension.name], pl.List) != dimension.multiple:
            raise DisclosureFailure(f"{dimension.name} does not hold as many categories per row as declared")
    for dimension, level in spec.population:
        parts, column = dimension.parts(level), pl.col(dimension.name)
        is_in = column.list.eval(pl.element().is_in(parts)).list.any() if dimension.multiple else column.is_in(parts)
        frame = frame.filter(is_in)
    return frame


def _contributions(frame: pl.DataFrame, spec: TableSpec, measure: str, person: str | None) -> pl.DataFrame:
    """Return rows with an amount: dimensions, `som`, person, and the row it came from."""
    if measure not in frame.columns or person not in {None, *frame.columns}:
        raise DisclosureFailure("the rows do not have the amounts, or do not tell whose they are")
    if frame.schema[measure] not in _INTEGERS:
        raise DisclosureFailure("amounts are not in whole units")
    if (frame.get_column(measure) < 0).any():
        raise DisclosureFailure("an amount is negative; settle corrections first")
    if person is not None and frame.get_column(person).has_nulls():
        raise DisclosureFailure("an amount is nobody's")
    for dimension in spec.dimensions:
        values = frame.get_column(dimension.name)
        categories = values.explode() if dimension.multiple else values
        if not categories.is_in(dimension.codes.values).fill_null(False).all():
            raise UnknownCategory(spec.id, dimension.name)
    row = pl.int_range(pl.len()).alias(_ROW)
    whose = row if person is None else pl.col(person)
    names = [dimension.name for dimension in spec.dimensions]
    return frame.select(*names, pl.col(measure).cast(pl.Int64).alias(SOM), whose.alias(_PERSOON), row).filter(
        pl.col(SOM) > 0
    )


def _per_level(contributions: pl.DataFrame, dimension: Dimension, spec: TableSpec) -> pl.DataFrame:
    """Return a row per level in which a contribution counts.

    Once, however many of its categories are in the level.
    """
    pairs = [(level, part) for level in dimension.levels for part in dimension.parts(level)]
    levels = pl.DataFrame(pairs, schema={"_level": pl.String, "_part": pl.String}, orient="row")
    values = contributions.explode(dimension.name) if dimension.multiple else contributions
    joined = values.join(levels, left_on=dimension.name, right_on="_part").drop(dimension.name)
    joined = joined.rename({"_level": dimension.name})
    if not dimension.multiple:
        return joined
    single = [other.name for other in spec.dimensions if not other.multiple]
    return joined.unique([_ROW, dimension.name, *single])


def protect_sums(
    summed: Sequence[Summed],
    counted: Sequence[Released],
    profile: SumProfile,
    effort: float = EFFORT,
    *,
    by_household: Sequence[Summed] = (),
    by_supplier: Sequence[Sequence[Summed]] = (),
) -> ProtectedSums:
    """Suppress what must be, attack the result, and only then let it out.

    Args:
        summed: All tables of sums of one measure in one release.
        counted: The protected counts of the same release; they show or hide the number of
            persons of every sum.
        effort: Work after which the search for a cheaper pattern stops (`suppress`).
        by_household: The same tables, in which a household is one contributor (`sums`), if households are declared.
        by_supplier: For each supplier the same tables without what he was paid, if suppliers are known.

    Returns:
        The tables: dimensions, `value` (Int64, units; null if suppressed), `status` (`A` or `Q`),
        `low` and `high` (Int64: what anyone can compute; `high` is null if nothing bounds it).

    Raises:
        UnknownCategory: A cell has a level that its dimension does not declare.
        DisclosureFailure: The tables contradict each other or the counts, a sum has no count
            beside it, the grand total itself is sensitive, or the tables cannot be protected.
    """
    specs = [table.spec for table in summed]
    system = build(specs)
    ledgers = [_ledger(system, summed, profile, profile.contributors)]
    if by_household:
        ledgers.append(_ledger(system, by_household, profile, MINIMUM_HOUSEHOLDS))
    ledger, persons = ledgers[0], most_persons(counted)
    suppliers = [_ledger(system, rest, profile, profile.contributors) for rest in by_supplier]
    task = build_task(ledgers, specs, persons, suppliers)
    suppression = suppress_sums(task, effort)
    tables = list(zip(summed, ledger.system.places, strict=True))
    is_hidden = [[place in suppression.counts for place in places] for _, places in tables]
    hidden = _hide(summed, is_hidden)
    attack = SumAttack(hidden, persons)
    _require_open(attack, ledger, profile)
    for rest, left in zip(by_supplier, suppliers, strict=True):
        _require_open(SumAttack(_hide(rest, is_hidden), persons), left, profile, zeros=False)
    audit = judge_sums(hidden, attack, persons, profile)
    pairs = zip(hidden, ledger.system.places, strict=True)
    by_rule = sum(int(task.sensitive[list(places)].sum()) for places in ledger.system.places)
    is_total_blank = any(not ledger.system.keys[place] for place in suppression.counts)
    released = tuple(_with_bounds(table, places, attack) for table, places in pairs)
    return ProtectedSums(released, audit, suppression, by_rule, is_total_blank)


def negate(table: ReleasedSums) -> ReleasedSums:
    """Return a table of sums of amounts of which the sign was left out; what bounds a sum below then is its `high`."""
    frame = table.frame
    return ReleasedSums(
        frame.with_columns(-pl.col(VALUE), (-pl.col(HIGH)).alias(LOW), (-pl.col(LOW)).alias(HIGH)), table.spec
    )


def _ledger(system: System, summed: Sequence[Summed], profile: SumProfile, least: int) -> Ledger:
    """Return the true figures of a system.

    Raises `DisclosureFailure` if they contradict each other.
    """
    figures = {
        name: merge(system, [column_of(table.frame, table.spec, name, _MEASURES) for table in summed])
        for name in _MEASURES
    }
    if any(value is None or value < 0 for values in figures.values() for value in values):
        raise DisclosureFailure("a sum is missing or negative")
    aantal, som, grootste, tweede = (np.array(values, dtype=np.int64) for values in figures.values())
    is_alone = (aantal == 1) == ((tweede == 0) & (som > 0))
    is_possible = (tweede <= grootste) & (grootste <= som - tweede) & ((aantal == 0) == (som == 0)) & is_alone
    if not is_possible.all():
        raise DisclosureFailure("sums and contributions contradict each other")
    return Ledger(system, aantal, som, grootste, tweede, profile, least)


def _hide(summed: Sequence[Summed], is_hidden: Sequence[Sequence[bool]]) -> list[ReleasedSums]:
    """Return tables without their hidden sums."""
    status = "_status"
    statuses = [
        pl.Series(status, [SUPPRESSED if hide else PUBLISHED for hide in rows], dtype=pl.String) for rows in is_hidden
    ]
    return [
        ReleasedSums(
            table.frame.with_columns(rows).select(
                *(dimension.name for dimension in table.spec.dimensions),
                pl.when(pl.col(status) == PUBLISHED).then(SOM).alias(VALUE),
                pl.col(status).alias(STATUS),
            ),
            table.spec,
        )
        for table, rows in zip(summed, statuses, strict=True)
    ]


def _require_open(attack: SumAttack, ledger: Ledger, profile: SumProfile, *, zeros: bool = True) -> None:
    """Refuse a suppressed sum that is not open by its share on both sides, in whole units.

    Args:
        attack: What can be computed.
        ledger: The true figures.
        profile: What they are held to.
        zeros: Whether a sum of 0 must be open, too; of a supplier it must not.
    """
    for count, interval in attack.intervals.items():
        som = int(ledger.som[count])
        if not (som or zeros):
            continue
        amount = part_of(som, profile.interval_pct)
        is_high = interval.high is None or interval.high >= som + max(1, amount)
        if not is_high or interval.low > som - amount:
            raise DisclosureFailure("a suppressed sum can be estimated too well")


def _with_bounds(table: ReleasedSums, places: Sequence[int], attack: SumAttack) -> ReleasedSums:
    """Return a table with the attacker's bounds in `low` and `high`."""
    intervals = [attack.intervals.get(place) for place in places]
    low = pl.Series([interval and interval.low for interval in intervals], dtype=pl.Int64)
    high = pl.Series([interval and interval.high for interval in intervals], dtype=pl.Int64)
    bounds = (pl.coalesce(VALUE, low).alias(LOW), pl.coalesce(VALUE, high).alias(HIGH))
    return ReleasedSums(table.frame.with_columns(*bounds), table.spec)


def means(released: ReleasedSums, counted: Released) -> pl.DataFrame:
    """Return means per person, of published sums and published counts only.

    Args:
        released: A protected table of sums.
        counted: The protected table of counts of the same cells.

    Returns:
        A row per cell: its levels and `gemiddelde` (Int64, units per person in the cell, those
        without an amount included; halves up). Null if the sum or the count is suppressed or the count is 0.

    Raises:
        DisclosureFailure: The tables do not have the same cells, or a status is not what it should be.
    """
    names = [dimension.name for dimension in released.spec.dimensions]
    ours, theirs = (_cells_of(table.spec) for table in (released, counted))
    if ours != theirs or not released.frame.select(names).equals(counted.frame.select(names)):
        raise DisclosureFailure("a mean needs a sum and a count of the same cells")
    require_published(counted.frame, counted.spec)
    is_published = (released.frame.get_column(STATUS) == PUBLISHED) & (counted.frame.get_column(STATUS) == PUBLISHED)
    som, aantal = pl.col(VALUE), counted.frame.get_column(VALUE)
    # In whole units: floating point would round large sums.
    mean = pl.when(pl.lit(is_published) & pl.lit(aantal > 0)).then((2 * som + aantal) // (2 * aantal))
    return released.frame.select(*names, mean.alias(GEMIDDELDE))


def _cells_of(spec: TableSpec) -> tuple[object, ...]:
    """Return what defines the cells of a table, without `multiple`.

    A person may be in several categories where his amounts are not.
    """
    return tuple(replace(dimension, multiple=False) for dimension in spec.dimensions), spec.population


def allowed_quantiles(persons: int, threshold: int = MINIMUM_BESIDE) -> tuple[int, ...]:
    """Return the percentages of `QUANTILES` with enough persons strictly below and above; never 0 or 100."""
    return tuple(
        pct for pct in QUANTILES if min(persons * pct // 100, persons * (100 - pct) // 100) >= max(1, threshold)
    )


def require_quantile(persons: int, pct: int, threshold: int = MINIMUM_BESIDE) -> None:
    """Raise `DisclosureFailure` unless a quantile has enough persons on either side."""
    if min(persons * pct // 100, persons * (100 - pct) // 100) < max(1, threshold):
        raise DisclosureFailure(f"a quantile needs {threshold} persons on either side")
