"""Counts that follow from two tables of the same or of nested populations: 131 - 123 = 8."""

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
    """Same-named counts of two tables that differ by 1 to threshold - 1, and totals of one population."""
    for left, right in combinations(inspection.aggregates, 2):
        if _are_other_years(left, right):
            continue
        matches = _matches(left, right)
        if _are_nested(left, right, matches):
            yield from _apart(inspection, left, right, matches)
        for whole, parts in ((left, right), (right, left)):
            yield from _row_sums(inspection, whole, parts)
            yield from _split_rows(inspection, whole, parts)


def _apart(inspection: Inspection, left: Table, right: Table, matches: Sequence[Match]) -> Iterator[Hit]:
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
    """Visible counts of persons under the same names; a single count column matches any other single one."""
    one, other = _named(left), _named(right)
    matches = [Match(key, one[key], other[key]) for key in one if key in other]
    return [match for match in matches if not _mean_otherwise(left, right, match)]


def _mean_otherwise(left: Table, right: Table, match: Match) -> bool:
    """Two data packages declare the same code with other labels: '1-2' is a rung here and years there."""
    meanings = (left.meaning(match.left.row), right.meaning(match.right.row))
    return all(meanings) and len(set(map(words.normalise, meanings))) > 1


def _named(table: Table) -> Mapping[Key, Cell]:
    """Counts by normalised row and column; names that occur twice in a table name nothing."""
    counts = [cell for cell in table.person_counts() if cell.count is not None]
    columns = {cell.column for cell in counts}
    found: dict[Key, list[Cell]] = {}
    for cell in counts:
        column = "" if len(columns) == 1 else words.normalise(cell.column)
        found.setdefault((words.normalise(table.labels[cell.row]), column), []).append(cell)
    return {key: cells[0] for key, cells in found.items() if len(cells) == 1 and key[0]}


def _are_nested(left: Table, right: Table, matches: Sequence[Match]) -> bool:
    """Whether one population can lie in the other: nowhere more in the smaller one, and evidence that they share.

    Evidence is a declared population that is the same, the same dimension with some equal or
    some proper row in common; a total alone ('Totaal' 45 and 48) is none.
    """
    differences = [match.difference for match in matches]
    if not differences or (min(differences) < 0 < max(differences)) or _are_apart(left, right, differences):
        return False
    return _is_same_population(left, right) or any(not match.is_total for match in matches)


_NESTED = words.word_set("zonder exclusief excl behalve minus met inclusief incl waarvan alle allen totaal")


def _are_apart(left: Table, right: Table, differences: Sequence[int]) -> bool:
    """Two declared populations that neither share a number nor say that one is part of the other."""
    one, other = (set(words.tokens(table.population)) for table in (left, right))
    is_told = one <= other or other <= one or bool((one | other) & _NESTED) or 0 in differences
    return bool(one) and bool(other) and not is_told


def _is_same_population(left: Table, right: Table) -> bool:
    return bool(left.population) and words.normalise(left.population) == words.normalise(right.population)


def _are_other_years(left: Table, right: Table) -> bool:
    """Tables that name years, and not one year in common: what differs came or left."""
    one = words.periods((left.name, left.title, left.population))
    other = words.periods((right.name, right.title, right.population))
    return bool(one) and bool(other) and not one & other


def _row_sums(inspection: Inspection, whole: Table, parts: Table) -> Iterator[Hit]:
    """A total in one table against the sum of all categories that the other prints, without a total of its own."""
    total = _total_of(whole)
    printed = list(parts.person_counts())
    if total is None or not _is_same_population(whole, parts) or len({cell.column for cell in printed}) != 1:
        return
    is_split = len(printed) > 1 and not any(words.is_total(parts.texts[cell.row]) for cell in printed)
    rest = (total.count or 0) - sum(cell.count or 0 for cell in printed)
    if is_split and inspection.is_small(rest):
        reveals = f"{figure(total.count or 0)} - {figure((total.count or 0) - rest)} = {persons(rest)} "
        reveals += f"buiten de categorieen van tabel {parts.name}."
        yield Hit(whole.name, whole.row_name(total.row), total.column, Severity.HIGH, reveals, _SAFE)


def _split_rows(inspection: Inspection, whole: Table, parts: Table) -> Iterator[Hit]:
    """Rows that one table counts, and another splits over columns without a total of its own."""
    counted = {key[0]: cell for key, cell in _named(whole).items() if not key[1] or words.is_total(key[1])}
    split: dict[str, list[Cell]] = {}
    for cell in parts.person_counts():
        split.setdefault(words.normalise(parts.labels[cell.row]), []).append(cell)
    common = [label for label in counted if len(split.get(label, ())) > 1]
    is_open = not any(words.is_total(column.name) for column in parts.columns)
    rests = {label: (counted[label].count or 0) - sum(cell.count or 0 for cell in split[label]) for label in common}
    if not is_open or len(common) < 2 or min(rests.values()) < 0 or whole.dimensions[0] != parts.dimensions[0]:
        return
    for label, rest in rests.items():
        if inspection.is_small(rest):
            cell, known = counted[label], (counted[label].count or 0) - rest
            reveals = f"{figure(known + rest)} - {figure(known)} = {persons(rest)} "
            reveals += f"buiten wat tabel {parts.name} van deze rij laat zien."
            yield Hit(whole.name, whole.row_name(cell.row), cell.column, Severity.HIGH, reveals, _SAFE)


def _total_of(table: Table) -> Cell | None:
    totals = [cell for cell in table.person_counts() if words.is_total(table.texts[cell.row]) and cell.count]
    return totals[0] if len(totals) == 1 else None
