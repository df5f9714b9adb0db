"""A released table as CSV: a code and a label per dimension, then value, status, and what anyone can compute."""

import polars as pl

from schemas.names import HIGH, LOW, STATUS
from schemas.specs import Dimension
from schemas.states import Released
from transforms.present.content import published_value


def label_column(dimension: Dimension) -> str:
    return f"{dimension.name}_label"


def table_csv(released: Released) -> bytes:
    """The cells in declared order: UTF-8, LF, comma; a suppressed value is empty, never 0."""
    axes = [column for dimension in released.spec.dimensions for column in _code_and_label(dimension)]
    cells = released.frame.select(*axes, published_value(), pl.col(STATUS), pl.col(LOW), pl.col(HIGH))
    return cells.write_csv(line_terminator="\n").encode()


def _code_and_label(dimension: Dimension) -> tuple[pl.Expr, pl.Expr]:
    labels = {level: dimension.label(level) for level in dimension.levels}
    code = pl.col(dimension.name)
    # Strict: a level that nobody declared stops the release.
    return code, code.replace_strict(labels, return_dtype=pl.String).alias(label_column(dimension))
