"""Counts of few persons, and groups that are nearly all, or none, in one category."""

from collections.abc import Iterator

from transforms.inspection.rules.figures import figure, persons
from transforms.inspection.tables import words
from transforms.inspection.tables.model import Cell, Hit, Inspection, Severity, Table
from transforms.inspection.tables.structure import Sum, sums

GROUP_SHARE = 0.9
"""ESSnet guidelines 2015 and ABS DataLab: no category holds 90 per cent or more of a group."""


def small_counts(inspection: Inspection) -> Iterator[Hit]:
    """Printed counts of 1 to threshold - 1 persons, in total rows alike."""
    for table in inspection.aggregates:
        for cell in table.person_counts():
            if inspection.is_small(cell.count):
                reveals = f"{persons(cell.count or 0)}, minder dan {inspection.threshold}."
                safe = f"<{inspection.threshold} of leeg laten, samen met ten minste een andere cel van rij en kolom."
                yield Hit(table.name, table.row_name(cell.row), cell.column, Severity.HIGH, reveals, safe)


def group_disclosures(inspection: Inspection) -> Iterator[Hit]:
    """Groups of at least the threshold of which nearly all, or nobody, is in one category."""
    for table in inspection.aggregates:
        worst: dict[tuple[int, str], Hit] = {}
        for one in sums(table):
            for hit_cell, hit in _of_group(inspection, table, one):
                place = (hit_cell.row, hit_cell.column)
                known = worst.get(place)
                if known is None or (known.severity is Severity.LOW and hit.severity is not Severity.LOW):
                    worst[place] = hit
        yield from worst.values()


def _of_group(inspection: Inspection, table: Table, one: Sum) -> Iterator[tuple[Cell, Hit]]:
    declared = table.sensitive.get(one.dimension)
    if declared is False:
        return
    whole, is_sensitive = one.total.count, declared or words.is_sensitive(one.attribute)
    if whole is None or whole < inspection.threshold or len(one.parts) < 2 or not one.is_confirmed:
        return
    # A distribution by itself is of everybody; only what is sensitive and true of nearly all of them is told.
    if not one.is_cross and not is_sensitive:
        return
    for part in one.parts:
        count = part.count
        if count is None or not (count == 0 or count >= GROUP_SHARE * whole):
            continue
        if count == 0 and (not one.is_cross or _is_empty_category(table, part)):
            continue
        who = "Niemand" if count == 0 else f"{figure(count)} ({100 * count / whole:.0f} %)"
        is_told_of_all = bool(count) and one.is_cross
        severity = (Severity.HIGH if is_told_of_all else Severity.MEDIUM) if is_sensitive else Severity.LOW
        each = "ieder" if count in (0, whole) else "bijna ieder"
        reveals = f"{who} van een groep van {persons(whole)} valt in deze categorie; dat geldt voor {each} van hen."
        safe = "Categorieën of groepen samenvoegen, of de rij leeg laten samen met ten minste een andere."
        yield part, Hit(table.name, table.row_name(part.row), part.column, severity, reveals, safe)


def _is_empty_category(table: Table, cell: Cell) -> bool:
    """Whether nobody at all is in the category or the group, which says nothing of a person."""
    column = [other.count for other in table.person_counts() if other.column == cell.column]
    row = [other.count for other in table.in_row(cell.row) if other.is_person_count]
    return not any(column) or not any(row)
