"""A released table as CSV and Parquet: a code and a label per dimension, value, status, and what anyone can compute."""

import io
from collections.abc import Sequence

import polars as pl

from schemas.names import HIGH, LOW, STATUS, VALUE
from schemas.specs import Dimension, TableSpec
from schemas.specs.sums import GEMIDDELDE
from schemas.states import Released, ReleasedSums
from transforms.disclosure.sums.magnitude import means
from transforms.released.content import published_value

INWONERS = "inwoners"
"""Published number of persons behind a sum."""

COUNT_COLUMNS = (VALUE, STATUS, LOW, HIGH)
SUM_COLUMNS = (*COUNT_COLUMNS, GEMIDDELDE, INWONERS)
"""Columns after those of the dimensions, in the order of publication."""

EURO = pl.Decimal(18, 2)
"""Type of an amount in euros."""


def label_column(dimension: Dimension) -> str:
    return f"{dimension.name}_label"


def shown_cells(released: Released) -> pl.DataFrame:
    """Return the cells in declared order, as all files of a release show them; suppressed values are null, never 0."""
    return with_labels(released.frame.with_columns(published_value()), released.spec)


def shown_sums(released: ReleasedSums, counted: Released) -> pl.DataFrame:
    """As `shown_cells`, in euros (Decimal), with the mean of the persons who have an amount and their number."""
    mean = means(released, counted).get_column(GEMIDDELDE)
    persons = counted.frame.select(published_value().alias(INWONERS)).to_series()
    cells = released.frame.with_columns(published_value(), mean, persons)
    amounts = cells.with_columns(euros(name) for name in (VALUE, LOW, HIGH, GEMIDDELDE))
    return with_labels(amounts, released.spec, SUM_COLUMNS)


def euros(name: str) -> pl.Expr:
    """Eurocent as euros, exactly."""
    cents, sign = pl.col(name).abs(), pl.when(pl.col(name) < 0).then(pl.lit("-")).otherwise(pl.lit(""))
    rest = (cents % 100).cast(pl.String).str.zfill(2)
    return pl.concat_str(sign, cents // 100, pl.lit("."), rest).cast(EURO).alias(name)


def cents(euros: pl.Expr) -> pl.Expr:
    """Convert an amount as it stands in a CSV file to eurocents, as Int64; null for anything else."""
    written = pl.when(euros.str.contains(r"^[0-9]+\.[0-9]{2}$")).then(euros)
    return written.str.replace(".", "", literal=True).cast(pl.Int64, strict=False)


def with_labels(cells: pl.DataFrame, spec: TableSpec, columns: Sequence[str] = COUNT_COLUMNS) -> pl.DataFrame:
    """Return cells with the label of every code beside it, and their columns in the order of publication."""
    axes = [column for dimension in spec.dimensions for column in _code_and_label(dimension)]
    return cells.select(*axes, *columns)


def csv_of(cells: pl.DataFrame) -> bytes:
    """UTF-8, LF, comma; null is empty."""
    return cells.write_csv(line_terminator="\n").encode()


def parquet_of(cells: pl.DataFrame, metadata: dict[str, str]) -> bytes:
    """Return cells as Parquet, without a clock and not compressed.

    Columns keep their types: text is String, counts are Int64, euros are Decimal.

    Args:
        metadata: What the file says of itself, in its key-value metadata.
    """
    file = io.BytesIO()
    cells.write_parquet(file, compression="uncompressed", metadata=metadata)
    return file.getvalue()


def table_csv(released: Released) -> bytes:
    """Return a released table as CSV."""
    return csv_of(shown_cells(released))


def table_parquet(released: Released, *, title: str) -> bytes:
    """Return a released table as Parquet.

    Args:
        title: Title of the release.
    """
    return parquet_of(shown_cells(released), about(released.spec, title))


def about(spec: TableSpec, title: str) -> dict[str, str]:
    """Return the metadata of the Parquet file of a table."""
    return {"title": f"{title}: {spec.title}", "table": spec.id}


def _code_and_label(dimension: Dimension) -> tuple[pl.Expr, pl.Expr]:
    labels = {level: dimension.label(level) for level in dimension.levels}
    code = pl.col(dimension.name)
    # Strict: a level that nobody declared stops the release.
    return code, code.replace_strict(labels, return_dtype=pl.String).alias(label_column(dimension))
