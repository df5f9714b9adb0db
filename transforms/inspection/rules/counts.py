"""Small counts, and groups nearly all or none in one category."""

from collections.abc import Iterator

from schemas.profiles import STANDAARD
from transforms.disclosure.counts.groups import is_most
from transforms.inspection.rules.figures import figure, persons
from transforms.inspection.tables import words
from transforms.inspection.tables.model import Cell, Hit, Inspection, Severity, Table
from transforms.inspection.tables.structure import Sum, sums


def small_counts(inspection: Inspection) -> Iterator[Hit]:
    """Yield printed counts of 1 to threshold - 1 persons, in total rows alike."""
    for table in inspection.aggregates:
        for cell in table.person_counts():
            if inspection.is_small(cell.count):
                reveals = f"{persons(cell.count or 0)}, minder dan {inspection.threshold}."
                safe = f"<{inspection.threshold} of leeg laten, samen met ten minste een andere cel van rij en kolom."
                yield Hit(table.name, table.row_name(cell.row), cell.column, Severity.HIGH, reveals, safe)


def group_disclosures(inspection: Inspection) -> Iterator[Hit]:
    """Yield groups of at least the threshold of which nearly all, or none, are in one category."""
    for table in inspection.aggregates:
        worst: dict[tuple[int, str], Hit] = {}
        for group in sums(table):
            for hit_cell, hit in _of_group(inspection, table, group):
                place = (hit_cell.row, hit_cell.column)
                earlier = worst.get(place)
                if earlier is None or (earlier.severity is Severity.LOW and hit.severity is not Severity.LOW):
                    worst[place] = hit
        yield from worst.values()


def _of_group(inspection: Inspection, table: Table, group: Sum) -> Iterator[tuple[Cell, Hit]]:
    """Yield the parts of one sum that disclose something about its group."""
    declared = table.sensitive.get(group.dimension)
    if declared is False:
        return
    size, is_sensitive = group.total.count, declared or words.is_sensitive(group.attribute)
    if size is None or size < inspection.threshold or len(group.parts) < 2 or not group.is_confirmed:
        return
    # A distribution by itself is of everybody: it is reported only if sensitive and nearly all are in one category.
    if not group.is_cross and not is_sensitive:
        return
    for part in group.parts:
        count = part.count
        if count is None or not (count == 0 or is_most(count, size, STANDAARD.group_pct)):
            continue
        if count == 0 and (not group.is_cross or _is_empty_category(table, part)):
            continue
        subject = "Niemand" if count == 0 else f"{figure(count)} ({100 * count / size:.0f} %)"
        is_told_of_all = bool(count) and group.is_cross
        severity = (Severity.HIGH if is_told_of_all else Severity.MEDIUM) if is_sensitive else Severity.LOW
        everyone = "ieder" if count in (0, size) else "bijna ieder"
        reveals = (
            f"{subject} van een groep van {persons(size)} valt in deze categorie; dat geldt voor {everyone} van hen."
        )
        safe = "Categorieën of groepen samenvoegen, of de rij leeg laten samen met ten minste een andere."
        yield part, Hit(table.name, table.row_name(part.row), part.column, severity, reveals, safe)


def _is_empty_category(table: Table, cell: Cell) -> bool:
    """Return whether a category or a group is empty altogether, which discloses nothing."""
    column = [other.count for other in table.person_counts() if other.column == cell.column]
    row = [other.count for other in table.in_row(cell.row) if other.is_person_count]
    return not any(column) or not any(row)
