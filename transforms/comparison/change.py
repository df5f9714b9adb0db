"""What changed in a table between two peildata, as far as the released values prove it."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

import polars as pl

from schemas.names import HIGH, LOW, STATUS, SUPPRESSED, VALUE
from schemas.specs import TableSpec
from schemas.states import Released
from transforms.disclosure.model.solver import UNBOUNDED
from transforms.released.content import Cells, Levels, cells_of, published_value

BEFORE, AFTER = "before", "after"
CHANGE, CHANGE_LOW, CHANGE_HIGH = "change", "change_low", "change_high"
COLUMNS = (
    f"{VALUE}_{BEFORE}", f"{STATUS}_{BEFORE}", f"{VALUE}_{AFTER}", f"{STATUS}_{AFTER}",
    CHANGE, CHANGE_LOW, CHANGE_HIGH, STATUS,
)  # fmt: skip
"""Columns after those of the dimensions, in the order of publication."""


class Outcome(Enum):
    """What two releases prove of a count: the lowest and highest possible change decide, not the difference."""

    MORE = "meer"
    FEWER = "minder"
    EQUAL = "gelijk"
    UNPROVEN = "niet_aantoonbaar"
    HIDDEN = "niet_gepubliceerd"


@dataclass(frozen=True)
class Change:
    """The change of one cell.

    Attributes:
        difference: Of the published values; None where one of them is not a published number.
        low, high: What anyone can compute: the lowest later minus the highest earlier count, and the
            reverse; None where nothing bounds it.
    """

    difference: int | None
    low: int | None
    high: int | None
    outcome: Outcome

    @property
    def is_proven(self) -> bool:
        return self.outcome in {Outcome.MORE, Outcome.FEWER}

    @property
    def least(self) -> int:
        """At least so many more, or fewer; 0 if no change is proven."""
        if self.outcome is Outcome.MORE:
            return self.low or 0
        return -(self.high or 0) if self.outcome is Outcome.FEWER else 0


@dataclass(frozen=True, eq=False)
class Changed:
    """One table at two peildata.

    Attributes:
        frame: A row per cell in declared order: a column per dimension, then COLUMNS.
        before, after: The released counts by level.
        changes: By level.
    """

    spec: TableSpec
    frame: pl.DataFrame
    before: Cells
    after: Cells
    changes: dict[Levels, Change]

    def __iter__(self) -> Iterator[Change]:
        return iter(self.changes.values())

    def __getitem__(self, levels: Levels) -> Change:
        return self.changes[levels]

    def number(self, outcome: Outcome) -> int:
        """Return how many cells came out so."""
        return sum(change.outcome is outcome for change in self)


def compare_tables(before: Released, after: Released, *, thresholds: tuple[int, int]) -> Changed:
    """Compare a table at two peildata.

    Both hold the same cells in the same order: verification has made sure of that.

    Args:
        thresholds: The smallest published count of each release.
    """
    names = [dimension.name for dimension in after.spec.dimensions]
    frame = pl.concat(
        [before.frame.select(names), _named(before, BEFORE), _named(after, AFTER)], how="horizontal"
    ).with_columns(_change(), *_bounds())
    frame = frame.with_columns(_outcome()).select(*names, *COLUMNS)
    rows = frame.select(*names, CHANGE, CHANGE_LOW, CHANGE_HIGH, STATUS).iter_rows()
    changes = {row[:-4]: Change(row[-4], row[-3], row[-2], Outcome(row[-1])) for row in rows}
    return Changed(after.spec, frame, cells_of(before, thresholds[0]), cells_of(after, thresholds[1]), changes)


def _named(released: Released, moment: str) -> pl.DataFrame:
    return released.frame.select(published_value(), STATUS, LOW, HIGH).select(pl.all().name.suffix(f"_{moment}"))


def _change() -> pl.Expr:
    return (pl.col(f"{VALUE}_{AFTER}") - pl.col(f"{VALUE}_{BEFORE}")).alias(CHANGE)


def _bounds() -> tuple[pl.Expr, pl.Expr]:
    """Return the lowest and the highest change; null where the count that it needs has no upper bound."""
    low, high = pl.col(f"{LOW}_{AFTER}"), pl.col(f"{HIGH}_{AFTER}")
    lowest, highest = pl.col(f"{LOW}_{BEFORE}"), pl.col(f"{HIGH}_{BEFORE}")
    return (
        pl.when(highest < UNBOUNDED).then(low - highest).alias(CHANGE_LOW),
        pl.when(high < UNBOUNDED).then(high - lowest).alias(CHANGE_HIGH),
    )


def _outcome() -> pl.Expr:
    """Return the outcome of a change.

    It is hidden if a count is suppressed on either day, even where the bounds would prove something.
    """
    hidden = (pl.col(f"{STATUS}_{BEFORE}") == SUPPRESSED) | (pl.col(f"{STATUS}_{AFTER}") == SUPPRESSED)
    low, high = pl.col(CHANGE_LOW), pl.col(CHANGE_HIGH)
    return (
        pl.when(hidden)
        .then(pl.lit(Outcome.HIDDEN.value))
        .when(low > 0)
        .then(pl.lit(Outcome.MORE.value))
        .when(high < 0)
        .then(pl.lit(Outcome.FEWER.value))
        .when((low == 0) & (high == 0))
        .then(pl.lit(Outcome.EQUAL.value))
        .otherwise(pl.lit(Outcome.UNPROVEN.value))
        .alias(STATUS)
    )
