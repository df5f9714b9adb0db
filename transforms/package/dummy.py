"""Dummy tables: the schema of a release with made-up numbers, so that scripts can be written before access.

Made from the declarations alone: the functions here are not given a single released cell.
"""

import hashlib
from collections.abc import Sequence
from itertools import product

import polars as pl

from schemas.names import BELOW, HIGH, LOW, PUBLISHED, SUPPRESSED, VALUE
from schemas.specs import Method, TableSpec
from schemas.specs.sums import GEMIDDELDE
from transforms.package.archive import zip_files
from transforms.package.tables import COUNT_COLUMNS, INWONERS, SUM_COLUMNS, csv_of, euros, parquet_of, with_labels
from transforms.released.content import stem

_FIRST = 900_000
"""No municipality has so many residents on benefits: nobody takes a dummy count for a real one."""

_SPREAD = 90_000
_BOUND = 10
_README = """DUMMY: verzonnen getallen, gemaakt uit de declaraties van de tabellen en niet uit gegevens.

De bestanden hebben de kolommen, typen, codes, labels en statusletters van de echte uitgifte; alleen DUMMY_ staat voor
de naam. De getallen tellen niet op en betekenen niets. Ze zijn bedoeld om een script mee te schrijven en te proberen.
"""


def dummy_zip(specs: Sequence[TableSpec], sums: Sequence[TableSpec] = ()) -> bytes:
    """CSV and Parquet per table of counts and of sums, stored without compression, in the order of publication."""
    files = {"LEESMIJ.txt": _README.encode()}
    tables = [(spec, dummy_cells(spec)) for spec in specs] + [(spec, dummy_sums(spec)) for spec in sums]
    for spec, cells in tables:
        files[f"DUMMY_{stem(spec)}.csv"] = csv_of(cells)
        files[f"DUMMY_{stem(spec)}.parquet"] = parquet_of(cells, {"title": f"DUMMY: {spec.title}", "table": spec.id})
    return zip_files(files)


def dummy_cells(spec: TableSpec) -> pl.DataFrame:
    """Return every declared cell with a made-up count, drawn from a hash of the table's id and the cell's levels."""
    return with_labels(_cells(spec), spec)


def dummy_sums(spec: TableSpec) -> pl.DataFrame:
    """Return every declared cell with a made-up amount in euros: of one inhabitant, so that the mean is the amount."""
    published = pl.col(VALUE).is_not_null()
    cells = _cells(spec).with_columns(
        pl.col(VALUE).alias(GEMIDDELDE), pl.when(published).then(pl.lit(1, pl.Int64)).alias(INWONERS)
    )
    amounts = cells.with_columns(euros(name) for name in (VALUE, LOW, HIGH, GEMIDDELDE))
    return with_labels(amounts, spec, SUM_COLUMNS)


def _cells(spec: TableSpec) -> pl.DataFrame:
    levels = list(product(*(dimension.levels for dimension in spec.dimensions)))
    rows = [(*cell, *_drawn(spec, cell, place)) for place, cell in enumerate(levels)]
    names = (*(dimension.name for dimension in spec.dimensions), *COUNT_COLUMNS)
    counts = dict.fromkeys((VALUE, LOW, HIGH), pl.Int64)
    return pl.DataFrame(rows, schema={name: counts.get(name, pl.String) for name in names}, orient="row")


def _drawn(spec: TableSpec, cell: tuple[str, ...], place: int) -> tuple[int | None, str, int, int]:
    """Value, status, low and high. Every letter that the table can have occurs among its first cells."""
    number = int.from_bytes(hashlib.sha256("/".join((spec.id, *cell)).encode()).digest()[:8])
    blank = BELOW if spec.disclosure.method == Method.ROUND else SUPPRESSED
    if place % 4 == 1:
        return None, blank, 0, _BOUND - 1 if blank == BELOW else _BOUND + number % _SPREAD
    value = 0 if place % 8 == 2 else _FIRST + number % _SPREAD
    return value, PUBLISHED, value, value
