"""Sums and means of an amount beside the counts of `protect`."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from flows.commands.protection.protected_tables import Json, sums_audit
from schemas.specs import TableSpec
from schemas.specs.sums import GEMIDDELDE, SumProfile
from schemas.states import ReleasedSums, Summed
from transforms.disclosure import Protected
from transforms.disclosure.sums.magnitude import means, negate, protect_sums, sums
from transforms.microdata.persons_file import EMPTY


@dataclass(frozen=True)
class Measure:
    """A column to be summed, per person and household of other columns, and what its sums are held to."""

    column: str
    person: str | None
    household: str | None
    profile: SumProfile


@dataclass(frozen=True)
class ProtectedAmounts:
    """Protected sums, each with its means, and what is said of them in the audit."""

    tables: Sequence[tuple[ReleasedSums, pl.DataFrame]]
    audit: Json


def make_sums(frame: pl.DataFrame, measure: Measure, protected: Protected) -> ProtectedAmounts:
    """Protect sums, and make the means that published sums and counts give.

    Amounts that are all 0 or less are added up without their sign. An empty amount is unknown: there is no mean then,
    as nobody is told of how many persons the amount is known.
    """
    specs = [table.spec for table in protected.released]
    amount = pl.col(measure.column)
    is_negative = bool((frame.get_column(measure.column) < 0).any())
    frame = frame.with_columns(pl.col(column_names(specs)).fill_null(EMPTY), amount.abs())
    summed = [Summed(sums(frame, spec, measure.column, measure.person), spec) for spec in specs]
    by_household = (
        [Summed(sums(frame, spec, measure.column, measure.household), spec) for spec in specs]
        if measure.household
        else []
    )
    protected_sums = protect_sums(summed, protected.released, measure.profile, by_household=by_household)
    unknown = frame.get_column(measure.column).null_count()
    pairs = [
        (table, means(table, counts)) for table, counts in zip(protected_sums.released, protected.released, strict=True)
    ]
    if unknown:
        pairs = [(table, mean.with_columns(pl.lit(None, pl.Int64).alias(GEMIDDELDE))) for table, mean in pairs]
    if is_negative:
        pairs = [(negate(table), mean.with_columns(-pl.col(GEMIDDELDE))) for table, mean in pairs]
    return ProtectedAmounts(pairs, sums_audit(protected_sums, measure.column, unknown))


def column_names(specs: Sequence[TableSpec]) -> list[str]:
    """Return the names of all columns that tables count by."""
    return list(dict.fromkeys(dimension.name for spec in specs for dimension in spec.dimensions))
