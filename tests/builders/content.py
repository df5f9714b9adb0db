"""The content of a release: the sample as plain Python counts it, with blanks by a rule; no real disclosure control.

Every table of the register is in it, so that a new one needs nothing here.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cache

import polars as pl

from sample_data.generate import deliveries
from schemas.profiles import DEMO, KWARTAAL, STANDAARD
from schemas.specs import Profile, TableSpec
from schemas.specs.sums import SumSpec
from schemas.states import Released, ReleasedSums
from schemas.tables import TABLES, table_by_id, tables_of
from schemas.tables.sums import SUMS
from tests.builders.sample import PEILDATUM
from tests.oracles.recount import Person, count_persons, population
from transforms.package.files import ReleaseContent

Cell = tuple[str, ...]
BASE = 10
UNKNOWN_HIGH = 14
"""What every blank count is said to be at most."""


@cache
def _persons() -> Sequence[Person]:
    return population(deliveries(), PEILDATUM)


@cache
def counts_of(table_id: str) -> Mapping[Cell, int]:
    """Residents of the sample per declared cell."""
    return count_persons(_persons(), table_by_id(table_id))


def released_of(table_id: str, also_blank: Collection[Cell] = ()) -> Released:
    """A table with blanks: small counts, the smallest beside one that is alone in its line, and what is listed."""
    spec, counts = table_by_id(table_id), counts_of(table_id)
    blank = {*_small(counts), *_beside(spec, counts), *also_blank}
    value = [None if cell in blank else count for cell, count in counts.items()]
    return _table(spec, value, "Q", [count or 0 for count in value], [UNKNOWN_HIGH if v is None else v for v in value])


def _small(counts: Mapping[Cell, int]) -> set[Cell]:
    return {cell for cell, count in counts.items() if 0 < count < STANDAARD.threshold}


def _beside(spec: TableSpec, counts: Mapping[Cell, int]) -> set[Cell]:
    """Per line of categories with one small count, the smallest other count that is not zero."""
    small, found = _small(counts), set()
    for place, dimension in enumerate(spec.dimensions):
        lines = defaultdict(list)
        for cell in counts:
            if cell[place] in dimension.codes.values:
                lines[cell[:place] + cell[place + 1 :]].append(cell)
        for line in lines.values():
            others = [cell for cell in line if counts[cell] and cell not in small]
            if others and len(small.intersection(line)) == 1:
                found.add(min(others, key=counts.__getitem__))
    return found


def _table(
    spec: TableSpec, value: Sequence[int | None], without: str, low: Sequence[int], high: Sequence[int]
) -> Released:
    """A table of these values, cell after cell; `without` is the status of a cell without one."""
    schema = {dimension.name: pl.String for dimension in spec.dimensions}
    frame = pl.DataFrame(list(counts_of(spec.id)), schema=schema, orient="row").with_columns(
        value=pl.Series(value, dtype=pl.Int64),
        status=pl.Series([without if one is None else "A" for one in value]),
        low=pl.Series(low, dtype=pl.Int64),
        high=pl.Series(high, dtype=pl.Int64),
    )
    return Released(frame, spec)


def content_of(profile: Profile = DEMO, tables: Sequence[Released] = ()) -> ReleaseContent:
    """A release of these tables, or of every table."""
    return ReleaseContent(tuple(tables) or tuple(released_of(spec.id) for spec in TABLES), profile, PEILDATUM)


def costed_content(profile: Profile = DEMO) -> ReleaseContent:
    """With amounts: as many times 1.234,56 euro as persons."""
    return replace(content_of(profile), sums=tuple(_sums_of(spec) for spec in SUMS))


def _sums_of(spec: SumSpec) -> ReleasedSums:
    """Blank where the counts are, and for the category with the fewest persons that is shown."""
    frame = released_of(spec.counted.id).frame
    (dimension,) = spec.table.dimensions
    count = pl.col("value")
    is_category = pl.col(dimension.name).is_in(dimension.codes.values) & (count > 0)
    fewest = frame.filter(is_category)["value"].min()
    is_shown = count.is_not_null() & ~(is_category & (count == fewest))
    cents = pl.when(is_shown).then(count * 123456)
    status = pl.when(is_shown).then(pl.lit("A")).otherwise(pl.lit("Q"))
    return ReleasedSums(frame.with_columns(value=cents, status=status, low=cents.fill_null(0), high=cents), spec.table)


def rounded_of(spec: TableSpec) -> Released:
    """A table to the nearest multiples of ten; what becomes 0 and is not reads as fewer than ten."""
    counts = list(counts_of(spec.id).values())
    tens = [(count + BASE // 2) // BASE * BASE for count in counts]
    value = [None if count and not ten else ten for count, ten in zip(counts, tens, strict=True)]
    low, high = [max(0, ten - BASE + 1) for ten in tens], [ten + BASE - 1 for ten in tens]
    return _table(spec, value, "N", low, high)


def rounded_content() -> ReleaseContent:
    profile = replace(KWARTAAL, demo=True)
    return content_of(profile, [rounded_of(spec) for spec in tables_of(profile)])


def nothing_of(table: Released) -> Released:
    """A table of which nothing is published."""
    return Released(table.frame.with_columns(value=pl.lit(None, pl.Int64), status=pl.lit("Q")), table.spec)
