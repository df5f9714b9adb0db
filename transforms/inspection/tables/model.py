"""An inspected table: text frame, description, and cells."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import polars as pl

Json = Mapping[str, Any]


class Subject(Enum):
    """Object of a count or statistic: persons, things or unknown."""

    PERSONS = "personen"
    THINGS = "iets anders dan personen"
    UNKNOWN = "onbekend"


class Statistic(Enum):
    """Kind of number in a column."""

    COUNT = "count"
    PERCENTAGE = "percentage"
    SUM = "sum"
    MEAN = "mean"
    MINIMUM = "minimum"
    MAXIMUM = "maximum"
    OTHER = "other"
    TEXT = "text"


class Override(Enum):
    """By what a row may change the kind of its numbers."""

    NOTHING = 0
    UNIT = 1
    NAME = 2


class Severity(Enum):
    """How certain and how harmful a finding is."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True)
class Given:
    """A table as its maker gave it.

    Attributes:
        name: File name without extension; with the sheet behind it if a workbook has more than one.
        frame: String columns in file order; an empty cell is null. The first column names the row.
        resource: The table's part of datapackage.json; empty without one.
    """

    name: str
    frame: pl.DataFrame
    resource: Json = field(default_factory=dict)


@dataclass(frozen=True)
class Column:
    """A number column as it is read.

    Attributes:
        subject: Object of its numbers; a row may override it.
        override: Part of a row by which it may override the subject.
        denominator: A column of the same table, or a number, that is the base of a percentage or mean.
        is_declared: Its statistic is declared in the data package.
    """

    name: str
    statistic: Statistic
    subject: Subject
    override: Override = Override.NOTHING
    denominator: str | float | None = None
    is_declared: bool = False


@dataclass(frozen=True)
class Cell:
    """One cell of a number column.

    Attributes:
        row: Position from 0.
        value: None if it holds no number: empty, '.', 'x', '<10'.
        decimals: Digits behind the decimal sign as printed.
        below: The bound of '<10', None otherwise.
    """

    row: int
    column: str
    value: float | None
    decimals: int
    below: int | None
    statistic: Statistic
    subject: Subject

    @property
    def is_person_count(self) -> bool:
        return self.statistic is Statistic.COUNT and self.subject is Subject.PERSONS

    @property
    def count(self) -> int | None:
        """The number if it is whole and not negative."""
        if self.value is None or self.value < 0 or self.value != round(self.value):
            return None
        return round(self.value)


@dataclass(frozen=True)
class Table:
    """A table as it is read.

    Attributes:
        labels: Name per row: the first column, or all dimensions of a long table.
        texts: All words per row, normalised, to recognise a subject or a total.
        dimensions: Text columns whose combination names a row; one, unless the table is long.
        cells: By row and column; number columns only.
        is_personal: One row is one person, so that no value of it may be repeated.
        is_named_personally: Its labels may be values of persons; rows are numbered instead.
        sensitive: Declared per dimension: may a whole group be known to be in one of its categories
            (false), or not (true). A dimension without declaration is absent.
        meanings: Declared labels of the categories per row; empty unless every dimension has them.
    """

    name: str
    title: str
    population: str
    frame: pl.DataFrame
    columns: tuple[Column, ...]
    labels: tuple[str, ...]
    texts: tuple[str, ...]
    dimensions: tuple[str, ...]
    cells: Mapping[tuple[int, str], Cell]
    is_personal: bool = False
    is_named_personally: bool = False
    sensitive: Mapping[str, bool] = field(default_factory=dict)
    meanings: tuple[str, ...] = ()

    def meaning(self, row: int) -> str:
        """Return the declared meaning of the categories of a row; '' if there is none."""
        return self.meanings[row] if self.meanings else ""

    def row_name(self, row: int) -> str:
        """Return the name of a row in a finding: its label, or its number from 1 if the label may be a value."""
        return str(row + 1) if self.is_named_personally or self.is_personal else self.labels[row]

    def column(self, name: str) -> Column | None:
        """Return a number column by name; None if there is none."""
        return next((column for column in self.columns if column.name == name), None)

    def in_row(self, row: int) -> list[Cell]:
        """Return the cells of a row."""
        return [self.cells[row, column.name] for column in self.columns if (row, column.name) in self.cells]

    def of(self, statistic: Statistic) -> Iterator[Cell]:
        """Yield the cells of one statistic."""
        return (cell for cell in self.cells.values() if cell.statistic is statistic)

    def person_counts(self) -> Iterator[Cell]:
        """Yield the cells that count persons."""
        return (cell for cell in self.cells.values() if cell.is_person_count)


@dataclass(frozen=True)
class Inspection:
    """Everything that is judged together.

    Attributes:
        threshold: The smallest count of persons that may be published (0 may be, too).
    """

    tables: tuple[Table, ...]
    threshold: int

    @property
    def aggregates(self) -> tuple[Table, ...]:
        return tuple(table for table in self.tables if not table.is_personal)

    def is_small(self, value: float | None) -> bool:
        """Return whether a number is 1 to threshold - 1."""
        return value is not None and 1 <= value < self.threshold


@dataclass(frozen=True)
class Hit:
    """What a rule found, without the name of the rule."""

    table: str
    row: str
    column: str
    severity: Severity
    reveals: str
    safe: str


@dataclass(frozen=True)
class Finding:
    """One finding, in the order and names of the JSON output."""

    table: str
    row: str
    column: str
    rule: str
    severity: str
    reveals: str
    safe: str
