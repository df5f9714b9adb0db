"""The shape of a source: a kind of delivery, its columns and the rules for its rows."""

from dataclasses import dataclass, field

import polars as pl

from schemas.specs.field import Field, Treatment
from schemas.text import Text


@dataclass(frozen=True)
class Column:
    """A field as one delivery names it.

    Attributes:
        required: Every row has a value, if the analysis reads it.
        optional: The delivery may leave the whole column out.
    """

    header: str
    field: Field
    required: bool = True
    optional: bool = False

    @property
    def may_be_absent(self) -> bool:
        """Whether a delivery need not have the column: what is not read is better not there (AVG art. 5 lid 1 c)."""
        return self.optional or self.field.treatment is Treatment.UNREAD


@dataclass(frozen=True, eq=False, kw_only=True)
class Rule:
    """A row rule of a contract: a name, a Dutch text and an expression that is true when a row is good.

    Attributes:
        column: The field that the steward should look at.
        valid: Boolean expression over the typed columns. Null counts as a breach.
        limit_pct: Share of rows (0-100) that may break it before the run stops.
    """

    id: str
    column: str
    text: str
    valid: pl.Expr = field(repr=False)
    limit_pct: float = 5.0


@dataclass(frozen=True, eq=False)
class SourceSpec:
    """One kind of delivery: a file with these columns in this order.

    Attributes:
        grain: What one row is, in Dutch.
        key: Fields that name what a row is about: unequal rows with the same key are versions of one thing.
        order: Fields that say which version is the latest; the first one decides first.
        closing: Fields in which a row may differ from the version that it closes; the first one is its end.
        aside: Fields in which rows may differ and still be repeats or versions of each other; the first line counts.
        amount: Field of which `levering.toml` may give the sum over all rows, debit and credit alike.
        excluded: True for a row that may not be read: it is counted, and written nowhere.
    """

    id: str
    file_name: str
    title: Text
    grain: str
    columns: tuple[Column, ...]
    key: tuple[Field, ...]
    order: tuple[Field, ...] = ()
    closing: tuple[Field, ...] = ()
    aside: tuple[Field, ...] = ()
    rules: tuple[Rule, ...] = ()
    amount: Field | None = None
    excluded: pl.Expr | None = field(default=None, repr=False)

    @property
    def headers(self) -> tuple[str, ...]:
        return tuple(column.header for column in self.columns)

    @property
    def fields(self) -> tuple[Field, ...]:
        return tuple(column.field for column in self.columns)

    def header_of(self, name: str) -> str:
        """Return the header of the column with the field of this name; the name itself if no column has it."""
        return next((column.header for column in self.columns if column.field.name == name), name)

    @property
    def read(self) -> tuple[Column, ...]:
        """The columns that the analysis reads."""
        return tuple(column for column in self.columns if column.field.treatment is not Treatment.UNREAD)
