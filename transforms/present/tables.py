"""A released table as CSV and Parquet: a code and a label per dimension, value, status, and what anyone can compute."""

import io

import polars as pl

from schemas.names import HIGH, LOW, STATUS, VALUE
from schemas.specs import Dimension, TableSpec
from schemas.states import Released
from transforms.present.content import published_value


def label_column(dimension: Dimension) -> str:
    return f"{dimension.name}_label"


def shown(released: Released) -> pl.DataFrame:
    """The cells in declared order, as every file of a release shows them; a suppressed value is null, never 0."""
    return with_labels(released.frame.with_columns(published_value()), released.spec)


def with_labels(cells: pl.DataFrame, spec: TableSpec) -> pl.DataFrame:
    """Cells with the label of every code beside it, and their columns in the order of publication."""
    axes = [column for dimension in spec.dimensions for column in _code_and_label(dimension)]
    return cells.select(*axes, pl.col(VALUE, STATUS, LOW, HIGH))


def csv_of(cells: pl.DataFrame) -> bytes:
    """UTF-8, LF, comma; null is empty."""
    return cells.write_csv(line_terminator="\n").encode()


def parquet_of(cells: pl.DataFrame, about: dict[str, str]) -> bytes:
    """The same cells with their types: text is String, counts are Int64. No clock in it, and not compressed.

    Args:
        about: What the file says of itself, in its key-value metadata.
    """
    file = io.BytesIO()
    cells.write_parquet(file, compression="uncompressed", metadata=about)
    return file.getvalue()


def table_csv(released: Released) -> bytes:
    """A released table as CSV."""
    return csv_of(shown(released))


def table_parquet(released: Released, *, title: str) -> bytes:
    """A released table as Parquet.

    Args:
        title: Of the release.
    """
    return parquet_of(shown(released), {"title": f"{title}: {released.spec.title}", "table": released.spec.id})


def _code_and_label(dimension: Dimension) -> tuple[pl.Expr, pl.Expr]:
    labels = {level: dimension.label(level) for level in dimension.levels}
    code = pl.col(dimension.name)
    # Strict: a level that nobody declared stops the release.
    return code, code.replace_strict(labels, return_dtype=pl.String).alias(label_column(dimension))
