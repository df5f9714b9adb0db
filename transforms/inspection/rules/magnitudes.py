"""Statistics of a quantity: extremes, small bases, and dominant contributors."""

from collections.abc import Iterator
from dataclasses import dataclass

from transforms.inspection.rules.figures import figure, persons
from transforms.inspection.rules.ratios import subject
from transforms.inspection.tables import words
from transforms.inspection.tables.model import Cell, Column, Hit, Inspection, Severity, Statistic, Subject, Table
from transforms.inspection.tables.words import word_set

DOMINANT_SHARE = 0.5
"""ESSnet guidelines 2015 and ABS DataLab: the largest contributor has no more than half of a total."""


@dataclass(frozen=True)
class Group:
    """The statistics of one quantity in one row.

    Attributes:
        persons: Number of contributors; None if the row does not give it.
        is_few: The row gives it as '<10'.
    """

    row: int
    persons: int | None
    is_few: bool
    mean: Cell | None
    low: Cell | None
    high: Cell | None
    total: Cell | None


def extremes(inspection: Inspection) -> Iterator[Hit]:
    """Yield minima and maxima: each is the value of one person."""
    for table in inspection.aggregates:
        for cell in [*table.of(Statistic.MINIMUM), *table.of(Statistic.MAXIMUM)]:
            if cell.value is None or not _is_of_persons(table, cell):
                continue
            name, safe = _EXTREMES[cell.statistic]
            column = table.column(cell.column)
            base = _contributors(table, cell.row, column)[0]
            severity = Severity.HIGH if inspection.is_small(base) else Severity.MEDIUM
            reveals = f"Het {name} {figure(cell.value)} is de waarde van een persoon."
            yield Hit(table.name, table.row_name(cell.row), cell.column, severity, reveals, safe)


_EXTREMES = {
    Statistic.MINIMUM: ("minimum", "P5 (bij 200 of meer personen P1) in plaats van het minimum, of leeg laten."),
    Statistic.MAXIMUM: ("maximum", "P95 (bij 200 of meer personen P99) in plaats van het maximum, of leeg laten."),
}


def few_contributors(inspection: Inspection) -> Iterator[Hit]:
    """Yield means and sums of fewer persons than the threshold.

    Of two or three persons all values may follow.
    """
    for table in inspection.aggregates:
        for group in _groups(table):
            is_few = inspection.is_small(group.persons) or group.is_few
            cells = [cell for cell in (group.mean, group.total) if cell and cell.value is not None]
            if is_few and cells:
                yield _few(table, cells[0], _derived_values(group), group.persons)
            elif is_few and group.low and group.high and group.persons == 2:
                yield _few(table, group.low, _derived_values(group), 2)


def _few(table: Table, cell: Cell, followed: str, count: int | None) -> Hit:
    """Return the finding about a statistic of few persons."""
    base = "te weinig personen" if count is None else persons(count)
    word = {Statistic.MEAN: "gemiddelde", Statistic.SUM: "totaal"}.get(cell.statistic, "getal")
    reveals = followed or f"Het {word} {figure(cell.value or 0)} gaat over {base}."
    safe = "Het hele kenmerk voor deze groep leeg laten, of de groep met een andere samenvoegen tot genoeg personen."
    return Hit(table.name, table.row_name(cell.row), cell.column, Severity.HIGH, reveals, safe)


def _derived_values(group: Group) -> str:
    """Return the values that follow exactly from mean and extremes of one, two or three persons.

    '' if they do not.
    """
    mean, low, high = (cell.value if cell else None for cell in (group.mean, group.low, group.high))
    if mean is None and group.total and group.total.value is not None and group.persons:
        mean = group.total.value / group.persons
    if group.persons == 1 and mean is not None:
        return f"Het gemiddelde van 1 persoon is zijn waarde: {figure(mean)}."
    if group.persons == 2:
        if low is None and high is not None and mean is not None:
            low = 2 * mean - high
        if high is None and low is not None and mean is not None:
            high = 2 * mean - low
        is_derived = low is not None and high is not None
        return f"Van 2 personen volgen beide waarden: {figure(low or 0)} en {figure(high or 0)}." if is_derived else ""
    if group.persons == 3 and mean is not None and low is not None and high is not None:
        middle = 3 * mean - low - high
        return f"Van 3 personen volgen alle drie de waarden: {figure(low)}, {figure(middle)} en {figure(high)}."
    return ""


def dominance(inspection: Inspection) -> Iterator[Hit]:
    """Yield sums of which the maximum is more than half.

    The value of that person is then known to within the sum of the others.
    """
    for table in inspection.aggregates:
        for group in _groups(table):
            if group.high is None or group.high.value is None or group.total is None or not group.total.value:
                continue
            share = group.high.value / group.total.value
            if group.persons != 1 and DOMINANT_SHARE < share <= 1 and _is_of_persons(table, group.high):
                reveals = f"De grootste ({figure(group.high.value)}) is {100 * share:.0f} % van het totaal "
                reveals += f"{figure(group.total.value)}."
                safe = "Het totaal leeg laten, samen met ten minste een andere cel, of de groep samenvoegen."
                yield Hit(table.name, table.row_name(group.row), group.total.column, Severity.HIGH, reveals, safe)


def _groups(table: Table) -> Iterator[Group]:
    """Yield the statistics of persons per row and quantity; words of the headers tell which columns belong together."""
    for row in range(len(table.labels)):
        cells = [cell for cell in table.in_row(row) if cell.statistic in _QUANTITIES and _is_of_persons(table, cell)]
        for quantity in dict.fromkeys(_quantity(cell) for cell in cells):
            same_quantity = [cell for cell in cells if _quantity(cell) in (quantity, "")] if quantity else cells
            if quantity or all(not _quantity(cell) for cell in cells):
                yield _group(table, row, same_quantity)


def _group(table: Table, row: int, cells: list[Cell]) -> Group:
    """Return the statistics of one quantity in one row."""
    by = {cell.statistic: cell for cell in reversed(cells)}
    bases = [_contributors(table, row, table.column(cell.column)) for cell in cells]
    count, is_few = next((base for base in bases if base[0] is not None or base[1]), (None, False))
    chosen = (by.get(kind) for kind in (Statistic.MEAN, Statistic.MINIMUM, Statistic.MAXIMUM, Statistic.SUM))
    mean, low, high, total = chosen
    return Group(row, count, is_few, mean, low, high, total)


_QUANTITIES = (Statistic.MEAN, Statistic.MINIMUM, Statistic.MAXIMUM, Statistic.SUM)
_STATISTIC_WORDS = word_set(
    "gem gemiddeld gemiddelde mean avg average mediaan median laag laagste min minimum minimaal lowest "
    "hoog hoogste max maximum maximaal highest grootste som sum totaal totaalbedrag total"
)


def _quantity(cell: Cell) -> str:
    """Return the words that name a quantity.

    gem_loonwaarde and max_loonwaarde have the same; laag and hoog have none.
    """
    return " ".join(word for word in words.tokens(cell.column) if word not in _STATISTIC_WORDS)


def _is_of_persons(table: Table, cell: Cell) -> bool:
    """Return whether a statistic is of persons.

    A declared one is unless something contradicts it; a guessed one only if something says so.
    """
    kind = subject(table, cell)
    return kind is Subject.PERSONS or (kind is Subject.UNKNOWN and bool(_has_declared_base(table, cell)))


def _has_declared_base(table: Table, cell: Cell) -> bool:
    """Return whether a declaration, or the row, says what a statistic is of."""
    column = table.column(cell.column)
    if column is None:
        return False
    return column.denominator is not None or column.is_declared or cell.statistic is not column.statistic


def _contributors(table: Table, row: int, column: Column | None) -> tuple[int | None, bool]:
    """Return the number of persons of a statistic, and whether the row only says that they are few."""
    denominator = column.denominator if column else None
    if isinstance(denominator, float):
        return round(denominator), False
    counts = [cell for cell in table.in_row(row) if cell.is_person_count]
    named = [cell for cell in counts if cell.column == denominator]
    generic = [cell for cell in counts if words.has_generic(cell.column)]
    base = next(iter(named or generic or (counts if len(counts) == 1 else [])), None)
    return (base.count, base.below is not None) if base else (None, False)
