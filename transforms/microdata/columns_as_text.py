"""Columns of a Parquet file as the text that a person would have typed."""

import io

import polars as pl

from schemas.errors import MicrodataUnreadable
from transforms.intake.sheet_parts import MAXIMUM_CELLS

PARQUET = b"PAR1"
"""First bytes of a Parquet file."""

_WHOLE = 2.0**53
"""Up to this number floating point distinguishes all whole numbers."""


def read_parquet(content: bytes) -> pl.DataFrame:
    """Read a Parquet file as String columns.

    5 and not 5.0, 2024-03-01 for a day and for its midnight, NaN as null.

    Raises:
        MicrodataUnreadable: It is damaged, encrypted or too large, or a column holds no single values.
    """
    problem = "is a Parquet file that is damaged or encrypted"
    try:
        lazy = pl.scan_parquet(io.BytesIO(content))
        schema = lazy.collect_schema()
        if any(kind.is_nested() or kind in {pl.Binary, pl.Object} for kind in schema.dtypes()):
            problem = "has a column with lists, records or bytes in the place of single values"
        elif lazy.select(pl.len()).collect().item() * len(schema) > MAXIMUM_CELLS:
            problem = "is too large"
        else:
            return lazy.select(_text(name, kind) for name, kind in schema.items()).collect()
    except BaseException as error:  # a panic of the library is no `Exception`, and its text may quote values
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
    raise MicrodataUnreadable(problem)


def _text(name: str, kind: pl.DataType) -> pl.Expr:
    """Return a column as text."""
    column = pl.col(name)
    if kind.is_float():
        number = column.cast(pl.Float64).fill_nan(None)
        is_whole = (number == number.round()) & (number.abs() <= _WHOLE)
        integer = number.cast(pl.Int64, strict=False).cast(pl.String)
        return pl.when(is_whole).then(integer).otherwise(column.fill_nan(None).cast(pl.String))
    if kind.is_decimal():
        return _shortest(column.cast(pl.String))
    if isinstance(kind, pl.Datetime):
        return _shortest(column.dt.to_string("%Y-%m-%d %H:%M:%S%.f")).str.strip_suffix(" 00:00:00")
    return column.dt.to_string("iso") if isinstance(kind, pl.Duration) else column.cast(pl.String)


def _shortest(number: pl.Expr) -> pl.Expr:
    """Return a number without zeros at the end of its fraction."""
    return number.str.replace(r"(\.[0-9]*?)0+$", "${1}").str.strip_suffix(".")
