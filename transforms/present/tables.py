"""A released table as CSV: a code and a label per dimension, then value, status, and what anyone can compute."""

import polars as pl

from schemas.magnitude import GEMIDDELDE, ReleasedSums
from schemas.names import HIGH, LOW, STATUS, VALUE
from schemas.specs import Dimension
from schemas.states import Released
from transforms.disclosure.magnitude import means
from transforms.present.content import published_value

INWONERS = "inwoners"
"""Published number of persons behind a sum."""


def label_column(dimension: Dimension) -> str:
    return f"{dimension.name}_label"


def table_csv(released: Released) -> bytes:
    """The cells in declared order: UTF-8, LF, comma; a suppressed value is empty, never 0."""
    axes = [column for dimension in released.spec.dimensions for column in _code_and_label(dimension)]
    cells = released.frame.select(*axes, published_value(), pl.col(STATUS), pl.col(LOW), pl.col(HIGH))
    return cells.write_csv(line_terminator="\n").encode()


def sum_csv(released: ReleasedSums, counted: Released) -> bytes:
    """As `table_csv`, in euros with two decimals, with the persons who have an amount and the mean of those."""
    axes = [column for dimension in released.spec.dimensions for column in _code_and_label(dimension)]
    mean = means(released, counted).get_column(GEMIDDELDE)
    persons = counted.frame.select(published_value().alias(INWONERS)).to_series()
    cells = released.frame.with_columns(published_value(), mean, persons)
    amounts = [_euros(name) for name in (VALUE, LOW, HIGH, GEMIDDELDE)]
    shown = cells.select(*axes, amounts[0], STATUS, *amounts[1:], INWONERS)
    return shown.write_csv(line_terminator="\n").encode()


def _euros(name: str) -> pl.Expr:
    """Eurocent as euros with a decimal point. Nine digits in a row could be taken for a BSN, as text or by chance."""
    cents = pl.col(name)
    whole, rest = (cents // 100).cast(pl.String), (cents % 100).cast(pl.String).str.zfill(2)
    return pl.concat_str(whole, rest, separator=".").alias(name)


def cents(euros: pl.Expr) -> pl.Expr:
    """The eurocent of what `sum_csv` wrote, as Int64; null for anything else."""
    written = pl.when(euros.str.contains(r"^[0-9]+\.[0-9]{2}$")).then(euros)
    return written.str.replace(".", "", literal=True).cast(pl.Int64, strict=False)


def _code_and_label(dimension: Dimension) -> tuple[pl.Expr, pl.Expr]:
    labels = {level: dimension.label(level) for level in dimension.levels}
    code = pl.col(dimension.name)
    # Strict: a level that nobody declared stops the release.
    return code, code.replace_strict(labels, return_dtype=pl.String).alias(label_column(dimension))
