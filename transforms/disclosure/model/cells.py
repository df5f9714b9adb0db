"""Tables as frames, and their counts as one list.

A frame that is not exactly its declaration is refused: every cell once, in order, with nothing but declared levels.
"""

from collections.abc import Sequence

import polars as pl

from schemas.errors import Contradiction, DisclosureFailure, UnknownCategory
from schemas.names import AANTAL, BELOW, HIGH, LOW, PUBLISHED, STATUS, SUPPRESSED, VALUE
from schemas.specs import Method, TableSpec
from schemas.states import Counted, Released
from transforms.disclosure.model.system import System, rows


def true_counts(system: System, counted: Sequence[Counted]) -> list[int]:
    """Return the true value per count of the system.

    Raises:
        UnknownCategory, DisclosureFailure: A frame is not as declared, or two tables disagree.
    """
    tables = [column_of(table.frame, table.spec, AANTAL, {AANTAL: pl.Int64}) for table in counted]
    merged = merge(system, tables)
    if any(value is None or value < 0 for value in merged):
        raise DisclosureFailure("a count is missing or negative")
    return [value for value in merged if value is not None]


def published_values(system: System, released: Sequence[Released]) -> list[int | None]:
    """Return the value per count that these tables publish; None if none does.

    Raises:
        UnknownCategory, DisclosureFailure: A frame is not as declared, or two tables disagree.
    """
    columns = {VALUE: pl.Int64, STATUS: pl.String, LOW: pl.Int64, HIGH: pl.Int64}
    return merge(system, [column_of(table.frame, table.spec, VALUE, columns) for table in released])


def require_status(released: Released, threshold: int) -> None:
    """Refuse a cell whose value and status disagree, or that is not rounded as its table is.

    Raises:
        DisclosureFailure: A status is missing or unknown, or a value does not go with it.
    """
    status, value = released.frame.get_column(STATUS), released.frame.get_column(VALUE)
    profile = released.spec.disclosure
    allowed = [PUBLISHED, SUPPRESSED, BELOW] if profile.method == Method.ROUND else [PUBLISHED, SUPPRESSED]
    if not status.is_in(allowed).fill_null(False).all():
        raise DisclosureFailure(f"{released.spec.id} has a cell with a missing or unknown status")
    if not ((status == PUBLISHED) == value.is_not_null()).all():
        raise DisclosureFailure(f"{released.spec.id} has a cell whose value contradicts its status")
    if value.is_between(1, threshold - 1).any():
        raise DisclosureFailure(f"{released.spec.id} publishes a count below the threshold")
    if profile.method == Method.ROUND and not ((value >= threshold) & (value % profile.base == 0)).all():
        raise DisclosureFailure(f"{released.spec.id} publishes a count that is not rounded")


def column_of(
    frame: pl.DataFrame, spec: TableSpec, column: str, measures: dict[str, type[pl.DataType]]
) -> list[int | None]:
    """Return one column of a table, refusing a table that is not exactly as declared.

    These columns, and every declared cell once, in order.

    Raises:
        UnknownCategory, DisclosureFailure: It is not.
    """
    names = [dimension.name for dimension in spec.dimensions]
    expected = {**dict.fromkeys(names, pl.String), **measures}
    if list(frame.schema.items()) != list(expected.items()):
        raise DisclosureFailure(f"{spec.id} does not have its declared columns")
    for dimension in spec.dimensions:
        if not frame.get_column(dimension.name).is_in(dimension.levels).fill_null(False).all():
            raise UnknownCategory(spec.id, dimension.name)
    if frame.select(names).rows() != list(rows(spec)):
        raise DisclosureFailure(f"{spec.id} does not hold every declared cell once, in order")
    return frame.get_column(column).to_list()


def merge(system: System, tables: Sequence[Sequence[int | None]]) -> list[int | None]:
    """Return a value per count of the system from the columns of its tables.

    Raises `DisclosureFailure` if two tables disagree.
    """
    merged: list[int | None] = [None] * len(system.keys)
    for places, values in zip(system.places, tables, strict=True):
        for place, value in zip(places, values, strict=True):
            if value is not None and merged[place] not in {None, value}:
                raise Contradiction("two tables give different values for the same count")
            merged[place] = value if value is not None else merged[place]
    return merged


def labels(spec: TableSpec) -> list[str]:
    """Return the text of every cell, in order."""
    pairs = (zip(spec.dimensions, levels, strict=True) for levels in rows(spec))
    return [", ".join(dimension.label(level) for dimension, level in cell) for cell in pairs]
