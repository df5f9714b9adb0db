"""Counts that follow from two tables by subtraction: 131 - 123 = 8.

The two tables count the same or nested populations.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from transforms.inspection.rules.figures import figure, persons
from transforms.inspection.tables import words
from transforms.inspection.tables.model import Cell, Hit, Inspection, Severity, Table

_SAFE = "Een van beide getallen leeg laten, samen met ten minste een andere cel, of beide op tientallen afronden."
Key = tuple[str, str]
"""Row and column, normalised."""


@dataclass(frozen=True)
class Match:
    """A count that two tables print of the same row and column."""

    key: Key
    left: Cell
    right: Cell

    @property
    def difference(self) -> int:
        return (self.left.count or 0) - (self.right.count or 0)

    @property
    def is_total(self) -> bool:
        return words.is_total(self.key[0])


def differences_between(inspection: Inspection) -> Iterator[Hit]:
    """Yield counts of the same name in two tables that differ by 1 to threshold - 1.

    Also totals of one table beside the parts of another.
    """
    for left, right in combinations(inspection.aggregates, 2):
        if _are_other_years(left, right):
            continue
        matches = _matches(left, right)
        if _are_nested(left, right, matches):
            yield from _differences(inspection, left, right, matches)
        for whole, parts in ((left, right), (right, left)):
            yield from _row_sums(inspection, whole, parts)
            yield from _split_rows(inspection, whole, parts)


def _differences(inspection: Inspection, left: Table, right: Table, matches: Sequence[Match]) -> Iterator[Hit]:
    """Yield the matching counts of nested tables with a small difference."""
    severity = Severity.HIGH if _is_same_population(left, right) else Severity.MEDIUM
    for match in matches:
        low, high = sorted((match.left.count or 0, match.right.count or 0))
        # A count that is small itself is the finding of another rule.
        if low >= inspection.threshold and inspection.is_small(high - low):
            table, cell = (left, match.left) if match.left.count == high else (right, match.right)
            other = right if table is left else left
            reveals = f"{figure(high)} - {figure(low)} = {persons(high - low)} (verschil met tabel {other.name})."
            yield Hit(table.name, table.row_name(cell.row), cell.column, severity, reveals, _SAFE)


def _matches(left: Table, right: Table) -> list[Match]:
    """Return visible counts of persons under the same names.

    A single count column matches any other single one.
    """
    left_counts, right_counts = _counts_by_name(left), _counts_by_name(right)
    matches = [Match(key, left_counts[key], right_counts[key]) for key in left_counts if key in right_counts]
    return [match for match in matches if not _have_other_meanings(left, right, match)]


def _have_other_meanings(left: Table, right: Table, match: Match) -> bool:
    """Return whether two data packages give one code different labels.

    '1-2' is a rung in one table and years in the other.
    """
    meanings = (left.meaning(match.left.row), right.meaning(match.right.row))
    return all(meanings) and len(set(map(words.normalise, meanings))) > 1


def _counts_by_name(table: Table) -> Mapping[Key, Cell]:
    """Return counts by normalised row and column, without names that occur twice."""
    counts = [cell for cell in table.person_counts() if cell.count is not None]
    columns = {cell.column for cell in counts}
    cells_by_name: dict[Key, list[Cell]] = {}
    for cell in counts:
        column = "" if len(columns) == 1 else words.normalise(cell.column)
        cells_by_name.setdefault((words.normalise(table.labels[cell.row]), column), []).append(cell)
    return {key: cells[0] for key, cells in cells_by_name.items() if len(cells) == 1 and key[0]}


def _are_nested(left: Table, right: Table, matches: Sequence[Match]) -> bool:
    """Return whether one population can lie in the other.

    No count may be larger in the smaller one, and there must be evidence that they share persons: a declared population
    that is the same, or the same dimension with some equal or some proper row in common. A total alone ('Totaal' 45 and
    48) is no evidence.
    """
    differences = [match.difference for match in matches]
    if not differences or (min(differences) < 0 < max(differences)) or _are_apart(left, right, differences):
        return False
    return _is_same_population(left, right) or any(not match.is_total for match in matches)


_NESTED = words.word_set("zonder exclusief excl behalve minus met inclusief incl waarvan alle allen totaal")


def _are_apart(left: Table, right: Table, differences: Sequence[int]) -> bool:
    """Return whether two declared populations share no number and neither is said to be part of the other."""
    left_words, right_words = (set(words.tokens(table.population)) for table in (left, right))
    is_related = (
        left_words <= right_words
        or right_words <= left_words
        or bool((left_words | right_words) & _NESTED)
        or 0 in differences
    )
    return bool(left_words) and bool(right_words) and not is_related


def _is_same_population(left: Table, right: Table) -> bool:
    """Return whether two tables declare the same population."""
    return bool(left.population) and words.normalise(left.population) == words.normalise(right.population)


def _are_other_years(left: Table, right: Table) -> bool:
    """Return whether both tables name years, and none in common.

    A difference then shows who came or left.
    """
    left_years = words.periods((left.name, left.title, left.population))
    right_years = words.periods((right.name, right.title, right.population))
    return bool(left_years) and bool(right_years) and not left_years & right_years


def _row_sums(inspection: Inspection, whole: Table, parts: Table) -> Iterator[Hit]:
    """Yield a total in one table that is a few more than all categories of the other.

    The other table prints no total of its own.
    """
    total = _total_of(whole)
    printed = list(parts.person_counts())
    if total is None or not _is_same_population(whole, parts) or len({cell.column for cell in printed}) != 1:
        return
    is_split = len(printed) > 1 and not any(words.is_total(parts.texts[cell.row]) for cell in printed)
    remainder = (total.count or 0) - sum(cell.count or 0 for cell in printed)
    if is_split and inspection.is_small(remainder):
        reveals = f"{figure(total.count or 0)} - {figure((total.count or 0) - remainder)} = {persons(remainder)} "
        reveals += f"buiten de categorieen van tabel {parts.name}."
        yield Hit(whole.name, whole.row_name(total.row), total.column, Severity.HIGH, reveals, _SAFE)


def _split_rows(inspection: Inspection, whole: Table, parts: Table) -> Iterator[Hit]:
    """Yield rows of one table that are a few more than the columns over which the other splits them."""
    counted = {key[0]: cell for key, cell in _counts_by_name(whole).items() if not key[1] or words.is_total(key[1])}
    split: dict[str, list[Cell]] = {}
    for cell in parts.person_counts():
        split.setdefault(words.normalise(parts.labels[cell.row]), []).append(cell)
    common = [label for label in counted if len(split.get(label, ())) > 1]
    is_open = not any(words.is_total(column.name) for column in parts.columns)
    remainders = {
        label: (counted[label].count or 0) - sum(cell.count or 0 for cell in split[label]) for label in common
    }
    if not is_open or len(common) < 2 or min(remainders.values()) < 0 or whole.dimensions[0] != parts.dimensions[0]:
        return
    for label, remainder in remainders.items():
        if inspection.is_small(remainder):
            cell, shown = counted[label], (counted[label].count or 0) - remainder
            reveals = f"{figure(shown + remainder)} - {figure(shown)} = {persons(remainder)} "
            reveals += f"buiten wat tabel {parts.name} van deze rij laat zien."
            yield Hit(whole.name, whole.row_name(cell.row), cell.column, Severity.HIGH, reveals, _SAFE)


def _total_of(table: Table) -> Cell | None:
    """Return the only total of a table; None if there are several or none."""
    totals = [cell for cell in table.person_counts() if words.is_total(table.texts[cell.row]) and cell.count]
    return totals[0] if len(totals) == 1 else None
