"""Which numbers of a table add up to which others: totals, subtotals, rows and columns.

A total is found by its name, and its parts by trying what stands around it: the parts that
the printed numbers confirm are taken; without a complete line the nearest are presumed.
A line in which parts exceed their total refutes a guess (persons may be in two categories).
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
        attribute: Words of the axis, to tell whether it is sensitive.
        dimension: The column that is the axis; empty if the columns are.
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
"""With so many counts that are all multiples of five, a table is taken for rounded."""

Line = Mapping[int, Cell]
"""The cells along one axis, by position of their label."""


def sums(table: Table) -> list[Sum]:
    """Every sum of counts of persons in a table."""
    counts = [cell for cell in table.person_counts() if cell.value is None or cell.count is not None]
    found: list[Sum] = []
    for labels, lines, attribute, dimension in _axes(table, counts):
        for total, parts, is_confirmed in _structures(labels, lines):
            for line in lines:
                if total in line and _fits(line, total, parts):
                    present = tuple(line[part] for part in parts if part in line)
                    found.append(Sum(line[total], present, is_confirmed, len(lines) > 1, attribute, dimension))
    return [one for one in found if one.parts]


def is_rounded(table: Table) -> bool:
    """Whether all counts are multiples of five, and enough of them to believe that they were rounded."""
    counts = [cell.count for cell in table.person_counts() if cell.count]
    return len(counts) >= _ROUNDED_VALUES and all(count % 5 == 0 for count in counts)


def _axes(table: Table, counts: Sequence[Cell]) -> Iterator[tuple[list[str], list[Line], str, str]]:
    """Per axis its labels, its lines, what it is called and its column: columns, and every dimension of the rows."""
    names = [column.name for column in table.columns]
    columns: dict[int, dict[int, Cell]] = {}
    for cell in counts:
        columns.setdefault(cell.row, {})[names.index(cell.column)] = cell
    yield names, list(columns.values()), " ".join((*names, *_told_of_columns(table))), ""
    if len(table.dimensions) == 1:
        rows: dict[str, dict[int, Cell]] = {}
        for cell in counts:
            rows.setdefault(cell.column, {})[cell.row] = cell
        labels = [_label(table, row) for row in range(len(table.labels))]
        yield labels, list(rows.values()), " ".join((table.dimensions[0], *table.texts)), table.dimensions[0]
        return
    for dimension in table.dimensions:
        yield *_dimension_axis(table, dimension, counts), dimension


def _told_of_columns(table: Table) -> tuple[str, ...]:
    """Words besides the headers that tell of the attribute in the columns.

    The title, unless the sensitive attribute is the one of the rows; health is sensitive both ways.
    """
    told = (table.dimensions[0], *table.texts)
    if words.is_about_health(*told):
        return told
    return () if words.is_sensitive(*told) else (table.title,)


def _label(table: Table, row: int) -> str:
    """The words of a row that says total by its key or by its label."""
    parts = [str(part or "") for part in table.frame.row(row)[:3]]
    return next((part for part in parts if words.is_bare_total(part)), next(filter(words.is_total, parts), parts[0]))


def _dimension_axis(table: Table, dimension: str, counts: Sequence[Cell]) -> tuple[list[str], list[Line], str]:
    others = [name for name in table.dimensions if name != dimension]
    levels = [str(level or "") for level in table.frame[dimension]]
    labels = list(dict.fromkeys(levels))
    rests = list(table.frame.select(others).iter_rows())
    lines: dict[tuple[object, ...], dict[int, Cell]] = {}
    for cell in counts:
        lines.setdefault((cell.column, *rests[cell.row]), {})[labels.index(levels[cell.row])] = cell
    return labels, list(lines.values()), " ".join((dimension, *labels))


def _structures(labels: Sequence[str], lines: Sequence[Line]) -> Iterator[tuple[int, list[int], bool]]:
    """Total, parts and whether they are confirmed, as positions of labels."""
    used = sorted({place for line in lines for place in line})
    totals = [place for place in used if words.is_total(labels[place])]
    for total in totals:
        tried = [parts for parts in _candidates(total, used, totals, labels) if parts]
        scored = [(_support(lines, total, parts), parts) for parts in tried if not _is_refuted(lines, total, parts)]
        if not scored:
            continue
        support, parts = max(scored, key=lambda one: one[0])
        if support or _may_be_presumed(total, totals, used, labels):
            yield total, parts, support > 0
    for first in used:
        parts = _parts_of(first, used, labels)
        if parts and not _is_refuted(lines, first, parts):
            yield first, parts, False


def _candidates(total: int, used: Sequence[int], totals: Sequence[int], labels: Sequence[str]) -> Iterator[list[int]]:
    """What a total may add up: the block above it, all above it, the subtotals above it, the block below, all."""
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
    """Totals that stand together (pwet_totaal, wmo_totaal, totaal) are not blocks; only the bare one is clear."""
    if words.is_bare_total(labels[total]):
        return True
    places = [used.index(other) for other in totals if not words.is_bare_total(labels[other])]
    return all(later - former > 1 for former, later in pairwise(places))


def _parts_of(first: int, used: Sequence[int], labels: Sequence[str]) -> list[int]:
    """The run of 'waarvan ...' behind a row."""
    parts: list[int] = []
    if words.is_part_of(labels[first]):
        return parts
    for place in used[used.index(first) + 1 :]:
        if not words.is_part_of(labels[place]):
            break
        parts.append(place)
    return parts


def _is_complete(line: Line, total: int, parts: Sequence[int]) -> bool:
    return total in line and all(place in line and line[place].count is not None for place in (total, *parts))


def _fits(line: Line, total: int, parts: Sequence[int]) -> bool:
    whole = line[total].count
    return whole is None or sum(line[part].count or 0 for part in parts if part in line) <= whole


def _support(lines: Sequence[Line], total: int, parts: Sequence[int]) -> int:
    """In how many complete lines the parts make the total, all of it zeros left out."""
    return sum(
        _is_complete(line, total, parts)
        and line[total].count == sum(line[part].count or 0 for part in parts)
        and bool(line[total].count)
        for line in lines
    )


def _is_refuted(lines: Sequence[Line], total: int, parts: Sequence[int]) -> bool:
    """Whether parts exceed the total, in more than half as many lines as confirm them."""
    against = sum(total in line and not _fits(line, total, parts) for line in lines)
    return 2 * against > _support(lines, total, parts)
