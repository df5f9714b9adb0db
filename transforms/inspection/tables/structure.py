"""Sums within a table: totals, subtotals, rows and columns.

A total is found by its name, and its parts by trying the cells around it: the parts that the printed numbers confirm
are taken; without a complete line the nearest are presumed. A line in which parts exceed their total refutes a guess
(persons may be in two categories).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from transforms.inspection.tables import words
from transforms.inspection.tables.model import Cell, Table


@dataclass(frozen=True)
class Sum:
    """A total and its parts, in one line of the table.

    Attributes:
        is_confirmed: Some complete line with the same structure adds up exactly.
        is_cross: The parts lie along one axis of a table that has a second one.
        attribute: Words of the axis, to judge whether it is sensitive.
        dimension: Column that forms the axis; empty if the columns of the table do.
    """

    total: Cell
    parts: tuple[Cell, ...]
    is_confirmed: bool
    is_cross: bool
    attribute: str
    dimension: str = ""

    @property
    def visible(self) -> int:
        return sum(part.count or 0 for part in self.parts)

    @property
    def blanks(self) -> tuple[Cell, ...]:
        return tuple(part for part in self.parts if part.value is None)

    @property
    def rest(self) -> int | None:
        """The total minus its visible parts; None if the total is withheld."""
        return None if self.total.count is None else self.total.count - self.visible


_ROUNDED_VALUES = 6
"""Number of counts, all multiples of five, from which a table is taken for rounded."""

Line = Mapping[int, Cell]
"""The cells along one axis, by position of their label."""


def sums(table: Table) -> list[Sum]:
    """Return every sum of counts of persons in a table."""
    counts = [cell for cell in table.person_counts() if cell.value is None or cell.count is not None]
    table_sums: list[Sum] = []
    for labels, lines, attribute, dimension in _axes(table, counts):
        for total, parts, is_confirmed in _structures(labels, lines):
            for line in lines:
                if total in line and _fits(line, total, parts):
                    present = tuple(line[part] for part in parts if part in line)
                    table_sums.append(Sum(line[total], present, is_confirmed, len(lines) > 1, attribute, dimension))
    return [table_sum for table_sum in table_sums if table_sum.parts]


def is_rounded(table: Table) -> bool:
    """Return whether all counts are multiples of five, and enough of them to suppose that they were rounded."""
    counts = [cell.count for cell in table.person_counts() if cell.count]
    return len(counts) >= _ROUNDED_VALUES and all(count % 5 == 0 for count in counts)


def _axes(table: Table, counts: Sequence[Cell]) -> Iterator[tuple[list[str], list[Line], str, str]]:
    """Yield the labels, lines, words and column of each axis.

    The axes are the columns, and every dimension of the rows.
    """
    names = [column.name for column in table.columns]
    columns: dict[int, dict[int, Cell]] = {}
    for cell in counts:
        columns.setdefault(cell.row, {})[names.index(cell.column)] = cell
    yield names, list(columns.values()), " ".join((*names, *_column_attribute(table))), ""
    if len(table.dimensions) == 1:
        rows: dict[str, dict[int, Cell]] = {}
        for cell in counts:
            rows.setdefault(cell.column, {})[cell.row] = cell
        labels = [_label(table, row) for row in range(len(table.labels))]
        yield labels, list(rows.values()), " ".join((table.dimensions[0], *table.texts)), table.dimensions[0]
        return
    for dimension in table.dimensions:
        yield *_dimension_axis(table, dimension, counts), dimension


def _column_attribute(table: Table) -> tuple[str, ...]:
    """Return words beside the headers that describe the attribute in the columns.

    The title, unless the sensitive attribute is the one of the rows; health is sensitive both ways.
    """
    rows = (table.dimensions[0], *table.texts)
    if words.is_about_health(*rows):
        return rows
    return () if words.is_sensitive(*rows) else (table.title,)


def _label(table: Table, row: int) -> str:
    """Return the words of a row that say total, in its key or its label; else its first."""
    parts = [str(part or "") for part in table.frame.row(row)[:3]]
    return next((part for part in parts if words.is_bare_total(part)), next(filter(words.is_total, parts), parts[0]))


def _dimension_axis(table: Table, dimension: str, counts: Sequence[Cell]) -> tuple[list[str], list[Line], str]:
    """Return labels, lines and words of one dimension of a long table."""
    other_dimensions = [name for name in table.dimensions if name != dimension]
    levels = [str(level or "") for level in table.frame[dimension]]
    labels = list(dict.fromkeys(levels))
    other_levels = list(table.frame.select(other_dimensions).iter_rows())
    lines: dict[tuple[object, ...], dict[int, Cell]] = {}
    for cell in counts:
        lines.setdefault((cell.column, *other_levels[cell.row]), {})[labels.index(levels[cell.row])] = cell
    return labels, list(lines.values()), " ".join((dimension, *labels))


def _structures(labels: Sequence[str], lines: Sequence[Line]) -> Iterator[tuple[int, list[int], bool]]:
    """Yield total, parts and whether they are confirmed, as positions of labels."""
    used = sorted({place for line in lines for place in line})
    totals = [place for place in used if words.is_total(labels[place])]
    for total in totals:
        tried = [parts for parts in _candidates(total, used, totals, labels) if parts]
        scored = [(_support(lines, total, parts), parts) for parts in tried if not _is_refuted(lines, total, parts)]
        if not scored:
            continue
        support, parts = max(scored, key=lambda candidate: candidate[0])
        if support or _may_be_presumed(total, totals, used, labels):
            yield total, parts, support > 0
    for first in used:
        parts = _parts_of(first, used, labels)
        if parts and not _is_refuted(lines, first, parts):
            yield first, parts, False


def _candidates(total: int, used: Sequence[int], totals: Sequence[int], labels: Sequence[str]) -> Iterator[list[int]]:
    """Yield possible parts of a total.

    The block above it, all above it, the subtotals above it, the block below, all.
    """
    single = [place for place in used if place not in totals and not words.is_part_of(labels[place])]
    earlier = [other for other in totals if other < total]
    later = [other for other in totals if other > total]
    start, stop = max(earlier, default=-1), min(later, default=used[-1] + 1)
    yield [place for place in single if start < place < total]
    yield [place for place in single if place < total]
    yield earlier if len(earlier) > 1 else []
    yield [place for place in single if total < place < stop]
    yield later if len(later) > 1 else []
    yield single


def _may_be_presumed(total: int, totals: Sequence[int], used: Sequence[int], labels: Sequence[str]) -> bool:
    """Return whether the parts of a total may be presumed without a complete line.

    Totals that stand together (pwet_totaal, wmo_totaal, totaal) end no blocks; only the bare one is clear.
    """
    if words.is_bare_total(labels[total]):
        return True
    places = [used.index(other) for other in totals if not words.is_bare_total(labels[other])]
    return all(later - former > 1 for former, later in pairwise(places))


def _parts_of(first: int, used: Sequence[int], labels: Sequence[str]) -> list[int]:
    """Return the rows 'waarvan ...' right behind a row."""
    parts: list[int] = []
    if words.is_part_of(labels[first]):
        return parts
    for place in used[used.index(first) + 1 :]:
        if not words.is_part_of(labels[place]):
            break
        parts.append(place)
    return parts


def _is_complete(line: Line, total: int, parts: Sequence[int]) -> bool:
    """Return whether a line holds a number for the total and each part."""
    return total in line and all(place in line and line[place].count is not None for place in (total, *parts))


def _fits(line: Line, total: int, parts: Sequence[int]) -> bool:
    """Return whether the parts of a line do not exceed its total."""
    size = line[total].count
    return size is None or sum(line[part].count or 0 for part in parts if part in line) <= size


def _support(lines: Sequence[Line], total: int, parts: Sequence[int]) -> int:
    """Count the complete lines in which the parts make the total, without lines of zeros."""
    return sum(
        _is_complete(line, total, parts)
        and line[total].count == sum(line[part].count or 0 for part in parts)
        and bool(line[total].count)
        for line in lines
    )


def _is_refuted(lines: Sequence[Line], total: int, parts: Sequence[int]) -> bool:
    """Return whether parts exceed the total, in more than half as many lines as confirm them."""
    against = sum(total in line and not _fits(line, total, parts) for line in lines)
    return 2 * against > _support(lines, total, parts)
