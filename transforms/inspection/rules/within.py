"""Counts that follow from their own table.

By total minus parts, and by all sums of the table together.
"""

from collections.abc import Iterator, Sequence

from transforms.inspection.rules.bounds import Bounds, Place, bounds
from transforms.inspection.rules.figures import figure, persons
from transforms.inspection.tables import words
from transforms.inspection.tables.model import Cell, Hit, Inspection, Severity, Table
from transforms.inspection.tables.structure import Sum, is_rounded, sums

_SAFE = "Leeg laten samen met ten minste een andere cel van dezelfde rij en kolom, of op tientallen afronden."


def differences_within(inspection: Inspection) -> Iterator[Hit]:
    """Yield withheld counts, and remainders outside the table, that must be 1 to threshold - 1."""
    for table in inspection.aggregates:
        table_sums = sums(table)
        bounds_of = _bounds_of_blanks(table_sums)
        for place, bound in bounds_of.items():
            hit = _blank_hit(inspection, table, place, bound, table_sums)
            if hit:
                yield hit
        if not is_rounded(table):
            yield from _remainders(inspection, table, table_sums)
        yield from _unclosed_lists(
            inspection, table, {cell.row for table_sum in table_sums for cell in (table_sum.total, *table_sum.parts)}
        )


def _bounds_of_blanks(table_sums: Sequence[Sum]) -> dict[Place, Bounds]:
    """Return bounds without use of '<10', or the exact number if '<10' leaves only one."""
    usable = [table_sum for table_sum in table_sums if table_sum.blanks or table_sum.total.value is None]
    # A remainder outside the table must not be forced into its blank cells.
    free = bounds(usable, {})
    below = {
        (cell.row, cell.column): cell.below
        for table_sum in usable
        for cell in (table_sum.total, *table_sum.parts)
        if cell.value is None and cell.below is not None
    }
    believed = bounds(usable, below) if below else {}
    exact = {place: bound for place, bound in believed.items() if bound.low == bound.high}
    return free | exact


def _blank_hit(
    inspection: Inspection, table: Table, place: Place, bound: Bounds, table_sums: Sequence[Sum]
) -> Hit | None:
    """Return the finding about a blank cell that must be small.

    0 to 9 is small, as a zero would have been printed.
    """
    if not inspection.is_small(bound.high):
        return None
    if bound.low == bound.high:
        reveals = f"{_subtraction(place, table_sums)}{persons(bound.low)}: de lege cel volgt uit het totaal."
        return _hit(table, *place, Severity.HIGH, reveals)
    reveals = f"De lege cel ligt tussen {figure(bound.low)} en {persons(bound.high)}, uit rijen en kolommen samen."
    return _hit(table, *place, Severity.MEDIUM, reveals)


def _subtraction(place: Place, table_sums: Sequence[Sum]) -> str:
    """Return '13 - 5 - 1 = ' if one sum suffices, else ''."""
    for table_sum in table_sums:
        if [(cell.row, cell.column) for cell in table_sum.blanks] == [place] and table_sum.total.count is not None:
            return _minus(table_sum)
    return ""


def _minus(table_sum: Sum) -> str:
    """Return a total and its printed parts as a subtraction."""
    numbers = [table_sum.total.count or 0, *(part.count for part in table_sum.parts if part.count)]
    terms = numbers if len(numbers) <= 8 else [numbers[0], sum(numbers[1:])]
    return " - ".join(map(figure, terms)) + " = "


def _remainders(inspection: Inspection, table: Table, table_sums: Sequence[Sum]) -> Iterator[Hit]:
    """Yield totals that are a few more than all of their parts, none of them blank."""
    for table_sum in table_sums:
        if table_sum.blanks or table_sum.rest is None or not inspection.is_small(table_sum.rest):
            continue
        if any(inspection.is_small(part.count) for part in table_sum.parts) and table_sum.is_confirmed:
            continue  # a small difference in a sum whose printed parts are small already
        reveals = f"{_minus(table_sum)}{persons(table_sum.rest)} buiten de genoemde delen."
        severity = Severity.HIGH if len(table_sum.parts) == 1 else Severity.MEDIUM
        yield _hit(table, table_sum.total.row, table_sum.total.column, severity, reveals)


def _unclosed_lists(inspection: Inspection, table: Table, used: set[int]) -> Iterator[Hit]:
    """Yield a blank at the end of a block that an earlier number adds up.

    For lists without the word total: 'in traject 13 ... afgerond 5, verlengd 1, rest lopend'.
    """
    for column in table.columns:
        cells = [cell for row in range(len(table.labels)) if (cell := table.cells[row, column.name]).is_person_count]
        parents = _parents(cells)
        for place, cell in enumerate(cells):
            if cell.value is not None or cell.row in used or not _closes(table, cells, place):
                continue
            block = _block(table, cells, place)
            fitting = [parent for parent in parents if parent.row < block[0].row] if len(block) > 1 else []
            table_sum = Sum(fitting[-1], tuple(block), False, False, "") if fitting else None
            if table_sum and inspection.is_small(table_sum.rest):
                yield _hit(
                    table, cell.row, cell.column, Severity.MEDIUM, f"{_minus(table_sum)}{persons(table_sum.rest or 0)}."
                )


def _parents(cells: Sequence[Cell]) -> list[Cell]:
    """Return numbers to which the next two or more numbers add up exactly; no number is part of two."""
    parents: list[Cell] = []
    used: set[int] = set()
    for place, cell in enumerate(cells):
        total = 0
        for reached in range(place + 1, len(cells)):
            part = cells[reached].count
            if part is None or reached in used or not cell.count:
                break
            total += part
            if total >= cell.count:
                if total == cell.count and reached > place + 1:
                    parents.append(cell)
                    used.update(range(place + 1, reached + 1))
                break
    return parents


def _closes(table: Table, cells: Sequence[Cell], place: int) -> bool:
    """Return whether a cell ends its list, by its place or its name."""
    return place == len(cells) - 1 or words.is_rest(table.texts[cells[place].row])


def _block(table: Table, cells: Sequence[Cell], place: int) -> list[Cell]:
    """Return the numbers right before a blank that are named in its manner: no classes such as 'met 4-8 uur'."""
    block: list[Cell] = []
    for earlier in reversed(cells[:place]):
        text = table.texts[earlier.row]
        if earlier.count is None or _has_digit(text) != _has_digit(table.texts[cells[place].row]):
            break
        block.insert(0, earlier)
    return block


def _has_digit(text: str) -> bool:
    return any(sign.isdigit() for sign in text)


def _hit(table: Table, row: int, column: str, severity: Severity, reveals: str) -> Hit:
    return Hit(table.name, table.row_name(row), column, severity, reveals, _SAFE)
