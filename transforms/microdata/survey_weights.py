"""Weighted counts of a sample beside protected counts of persons.

Thresholds and blanks are about persons. A weighted count of a cell with a blank inside would undo them: an attacker who
knows the weights (often the same for everybody in a neighbourhood, so that published cells show them) has a second
equation over the blank cells, and from two equations follow the two blank counts of a row. So persons are divided into
groups by the columns that all tables have in common, and a weighted count is published only where it adds up groups
without a single blank cell: in those, every cell of every table is published, and the others have no part in it.
Weights that are all equal say nothing beyond the counts, and are published wherever the count is.
"""

from collections.abc import Sequence
from itertools import product

import polars as pl

from schemas.errors import UnknownDimension, UnusableColumn
from schemas.names import PERSOON_ID, PUBLISHED, STATUS
from schemas.specs import TOTAAL, TableSpec
from schemas.specs.sums import SOM
from schemas.states import Released
from transforms.disclosure.sums.magnitude import sums
from transforms.microdata.persons_file import persons

_WEIGHT = r"^[0-9]{1,6}([.,][0-9]{1,30})?$"
_UNIT = 1_000_000
"""Weights are added up in whole millionths, so that the order of rows does not matter; a million persons fit."""


def weighted_persons(frame: pl.DataFrame, names: Sequence[str], column: str, person: str | None) -> pl.DataFrame:
    """Return records as `persons` does, with the weight of each in millionths (Int64).

    Raises:
        UnknownDimension, UnusableColumn: As `persons`, or a weight is missing, negative or no number.
    """
    if column not in frame.columns:
        raise UnknownDimension(column)
    if column in names:
        raise UnusableColumn(column, "is to be counted by, and cannot be a weight as well")
    text = frame.get_column(column)
    if not text.str.contains(_WEIGHT).fill_null(value=False).all():
        raise UnusableColumn(column, "holds something else than weights of 0 or more, below a million, in every row")
    records = persons(frame, [*names, column], person)
    number = pl.col(column).str.replace(",", ".", literal=True).cast(pl.Float64)
    return records.with_columns((number * _UNIT).round().cast(pl.Int64))


def weighted_counts(records: pl.DataFrame, column: str, released: Sequence[Released]) -> list[pl.Series]:
    """Return weighted counts per table, rounded to whole, by row; null where withheld.

    Args:
        records: Result of `weighted_persons`.
        released: All tables of the run, protected.
    """
    is_equal = records.get_column(column).n_unique() <= 1
    common = _common_columns([table.spec for table in released])
    blank = set() if is_equal else {group for table in released for group in _groups_with_a_blank(table, common)}
    return [_publishable(table, _weighted_counts_of(records, column, table.spec), common, blank) for table in released]


def _weighted_counts_of(records: pl.DataFrame, column: str, spec: TableSpec) -> pl.Series:
    """Return the weighted counts of one table, rounded to whole."""
    return (sums(records, spec, column, PERSOON_ID).get_column(SOM) + _UNIT // 2) // _UNIT


def _common_columns(specs: Sequence[TableSpec]) -> list[str]:
    """Return the columns that all tables have, in order of the first one."""
    names = [{dimension.name for dimension in spec.dimensions} for spec in specs]
    return [
        dimension.name for dimension in specs[0].dimensions if all(dimension.name in own_names for own_names in names)
    ]


def _groups_with_a_blank(table: Released, common: Sequence[str]) -> set[tuple[str, ...]]:
    """Return the groups with a blank cell of this table, and every total that adds them up."""
    blank = table.frame.filter(pl.col(STATUS) != PUBLISHED)
    groups = set(blank.select(common).rows()) if common else {()} if blank.height else set()
    return {total for group in groups for total in product(*((level, TOTAAL) for level in group))}


def _publishable(table: Released, weighted: pl.Series, common: Sequence[str], blank: set[tuple[str, ...]]) -> pl.Series:
    """Return the weighted counts of published cells in groups without a blank; null elsewhere."""
    groups = table.frame.select(common).rows() if common else [()] * table.frame.height
    counts = [
        value if status == PUBLISHED and group not in blank else None
        for value, status, group in zip(weighted, table.frame.get_column(STATUS), groups, strict=True)
    ]
    return pl.Series(counts, dtype=pl.Int64)
