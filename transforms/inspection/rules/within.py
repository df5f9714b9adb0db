"""Counts that follow from their own table: total minus parts, and all sums of the table together."""

from collections.abc import Iterator, Sequence

from transforms.inspection.rules.bounds import Bounds, Place, bounds
from transforms.inspection.rules.figures import figure, persons
from transforms.inspection.tables import words
from transforms.inspection.tables.model import Cell, Hit, Inspection, Severity, Table
from transforms.inspection.tables.structure import Sum, is_rounded, sums

_SAFE = "Leeg laten samen met ten minste een andere cel van dezelfde rij en kolom, of op tientallen afronden."


def differences_within(inspection: Inspection) -> Iterator[Hit]:
    """Withheld counts, and rests that are not in the table at all, that must be 1 to threshold - 1."""
    for table in inspection.aggregates:
        found = sums(table)
        solved = _solved(found)
        for place, bound in solved.items():
            hit = _withheld(inspection, table, place, bound, found)
            if hit:
                yield hit
        if not is_rounded(table):
            yield from _rests(inspection, table, found)
        yield from _unclosed_lists(inspection, table, {cell.row for one in found for cell in (one.total, *one.parts)})


def _solved(found: Sequence[Sum]) -> dict[Place, Bounds]:
    """Bounds without belief in '<10', narrowed to one number where that belief leaves only one."""
    usable = [one for one in found if one.blanks or one.total.value is None]
    # A rest that is not in the table must not be pressed into its blank cells.
    free = bounds(usable, {})
    below = {
        (cell.row, cell.column): cell.below
        for one in usable
        for cell in (one.total, *one.parts)
        if cell.value is None and cell.below is not None
    }
    believed = bounds(usable, below) if below else {}
    exact = {place: bound for place, bound in believed.items() if bound.low == bound.high}
    return free | exact


def _withheld(inspection: Inspection, table: Table, place: Place, bound: Bounds, found: Sequence[Sum]) -> Hit | None:
    """A blank cell that must be small; 0 to 9 counts, as a zero would have been printed."""
    if not inspection.is_small(bound.high):
        return None
    if bound.low == bound.high:
        reveals = f"{_subtraction(place, found)}{persons(bound.low)}: de lege cel volgt uit het totaal."
        return _hit(table, *place, Severity.HIGH, reveals)
    reveals = f"De lege cel ligt tussen {figure(bound.low)} en {persons(bound.high)}, uit rijen en kolommen samen."
    return _hit(table, *place, Severity.MEDIUM, reveals)


def _subtraction(place: Place, found: Sequence[Sum]) -> str:
    """'13 - 5 - 1 = ' if one sum suffices, else ''."""
    for one in found:
        if [(cell.row, cell.column) for cell in one.blanks] == [place] and one.total.count is not None:
            return _minus(one)
    return ""


def _minus(one: Sum) -> str:
    numbers = [one.total.count or 0, *(part.count for part in one.parts if part.count)]
    shown = numbers if len(numbers) <= 8 else [numbers[0], sum(numbers[1:])]
    return " - ".join(map(figure, shown)) + " = "


def _rests(inspection: Inspection, table: Table, found: Sequence[Sum]) -> Iterator[Hit]:
    """A total that is a few more than all of its printed parts, none of them blank."""
    for one in found:
        if one.blanks or one.rest is None or not inspection.is_small(one.rest):
            continue
        if any(inspection.is_small(part.count) for part in one.parts) and one.is_confirmed:
            continue  # a sum that is a little off in a table that is not safe anyway
        reveals = f"{_minus(one)}{persons(one.rest)} buiten de genoemde delen."
        severity = Severity.HIGH if len(one.parts) == 1 else Severity.MEDIUM
        yield _hit(table, one.total.row, one.total.column, severity, reveals)


def _unclosed_lists(inspection: Inspection, table: Table, used: set[int]) -> Iterator[Hit]:
    """A blank at the end of a block of a list, where an earlier number is known to be what the block adds up to.

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
            one = Sum(fitting[-1], tuple(block), False, False, "") if fitting else None
            if one and inspection.is_small(one.rest):
                yield _hit(table, cell.row, cell.column, Severity.MEDIUM, f"{_minus(one)}{persons(one.rest or 0)}.")


def _parents(cells: Sequence[Cell]) -> list[Cell]:
    """Numbers that the next two or more numbers add up to exactly; no number is part of two."""
    found: list[Cell] = []
    taken: set[int] = set()
    for place, cell in enumerate(cells):
        total = 0
        for reached in range(place + 1, len(cells)):
            part = cells[reached].count
            if part is None or reached in taken or not cell.count:
                break
            total += part
            if total >= cell.count:
                if total == cell.count and reached > place + 1:
                    found.append(cell)
                    taken.update(range(place + 1, reached + 1))
                break
    return found


def _closes(table: Table, cells: Sequence[Cell], place: int) -> bool:
    return place == len(cells) - 1 or words.is_rest(table.texts[cells[place].row])


def _block(table: Table, cells: Sequence[Cell], place: int) -> list[Cell]:
    """The numbers right before a blank that are named in its manner: no classes such as 'met 4-8 uur'."""
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
