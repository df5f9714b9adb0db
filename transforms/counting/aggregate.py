"""Counts and sums of persons per declared cell of a table, zeros included."""

import polars as pl

from schemas.errors import UnknownCategory
from schemas.names import AANTAL, HUISHOUDEN, LEVERANCIER, PERSOON_ID
from schemas.specs import Dimension, TableSpec
from schemas.specs.sums import SumSpec
from schemas.states import Counted, Pseudonymised, Summed
from transforms.disclosure.sums.magnitude import sums


def count(personen: Pseudonymised, spec: TableSpec) -> Counted:
    """Count persons per cell of a table: all categories, subtotals and totals of all dimensions.

    Args:
        personen: A row per person of `transforms.persons.derive.derive`.
        spec: Declaration of the table.

    Returns:
        A row per declared cell, first dimension slowest: the level of each dimension (String)
        and `aantal` (Int64, distinct persons).

    Raises:
        UnknownCategory: A person has a value that is not in a closed list, or none at all.
    """
    return count_records(personen.frame, spec)


def count_households(personen: Pseudonymised, spec: TableSpec) -> Counted:
    """Count households per cell, as `count` counts persons: a cell has every household of somebody in it."""
    return count_records(personen.frame.with_columns(pl.col(HUISHOUDEN).alias(PERSOON_ID)), spec)


def count_records(frame: pl.DataFrame, spec: TableSpec) -> Counted:
    """Count as `count` does, in any frame with `persoon_id` and a column per dimension.

    The command `protect` counts files of others with it.
    """
    for dimension, level in spec.population:
        frame = frame.filter(pl.col(dimension.name).is_in(dimension.parts(level)))
    grid = pl.DataFrame({"_order": [0]})
    for dimension in spec.dimensions:
        _require_closed(frame, dimension, spec)
        parts = _levels(dimension)
        values = frame.explode(dimension.name) if dimension.multiple else frame
        frame = values.join(parts, left_on=dimension.name, right_on="_part").drop(dimension.name)
        frame = frame.rename({"_level": dimension.name})
        grid = grid.join(pl.DataFrame({dimension.name: dimension.levels}), how="cross")
    names = [dimension.name for dimension in spec.dimensions]
    counts = frame.group_by(names).agg(pl.col(PERSOON_ID).n_unique().cast(pl.Int64).alias(AANTAL))
    cells = grid.with_columns(_order=pl.int_range(pl.len())).join(counts, on=names, how="left").sort("_order")
    return Counted(cells.select(*names, pl.col(AANTAL).fill_null(0)), spec)


def sum_amounts(rows: Pseudonymised, spec: SumSpec, contributor: str = PERSOON_ID) -> Summed:
    """Add up amounts per person: every declared cell with contributors, sum and two largest; confidential.

    Args:
        rows: A row per person and kind, with the columns of the person.
        spec: Declaration of the table.
        contributor: Column of whose rows are one contribution: the person, or `HUISHOUDEN`.

    Raises:
        UnknownCategory, DisclosureFailure: See `transforms.disclosure.sums.magnitude.sums`.
    """
    return Summed(sums(rows.frame, spec.table, spec.amount.column, contributor), spec.table)


def sum_without_suppliers(rows: Pseudonymised, invoices: Pseudonymised, spec: SumSpec) -> dict[str, Summed]:
    """Add up what is left of amounts for each supplier, who knows his own invoices.

    Args:
        rows: A row per person and kind, as for `sum_amounts`.
        invoices: A row per person, kind and supplier with the part of the amount that he was paid.
        spec: Declaration of the table.

    Returns:
        By supplier, in order, the figures of `sum_amounts` without his part. Confidential.

    Raises:
        UnknownCategory, DisclosureFailure: See `transforms.disclosure.sums.magnitude.sums`.
    """
    amount, paid = spec.amount.column, "_paid"
    own = invoices.frame.rename({amount: paid})
    keys = [name for name in own.columns if name not in {LEVERANCIER, paid}]
    remainder = (pl.col(amount) - pl.col(paid).fill_null(0)).clip(lower_bound=0)
    return {
        supplier: Summed(
            sums(
                rows.frame.join(part.drop(LEVERANCIER), on=keys, how="left").with_columns(remainder.alias(amount)),
                spec.table,
                amount,
                PERSOON_ID,
            ),
            spec.table,
        )
        for (supplier,), part in own.partition_by(LEVERANCIER, as_dict=True, maintain_order=True).items()
    }


def _levels(dimension: Dimension) -> pl.DataFrame:
    """Return a row per level of a dimension and category in it."""
    pairs = [(level, part) for level in dimension.levels for part in dimension.parts(level)]
    return pl.DataFrame(pairs, schema={"_level": pl.String, "_part": pl.String}, orient="row")


def _require_closed(frame: pl.DataFrame, dimension: Dimension, spec: TableSpec) -> None:
    """Raise `UnknownCategory` if a row has a value outside the closed list, or none."""
    values = frame.get_column(dimension.name)
    categories = values.explode() if dimension.multiple else values
    if not categories.is_in(dimension.codes.values).fill_null(False).all():
        raise UnknownCategory(spec.id, dimension.name)
