"""A given frame with its description to a Table: every number cell with its statistic and subject."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from transforms.inspection.tables import words
from transforms.inspection.tables.columns import Layout, by_unit, columns, layout
from transforms.inspection.tables.model import Cell, Column, Given, Override, Statistic, Subject, Table
from transforms.inspection.tables.numerals import bound, numeral
from transforms.inspection.tables.personal import is_named_personally, is_personal

_OVERRIDABLE = (Statistic.COUNT, Statistic.OTHER)


def read_table(given: Given) -> Table:
    """Read a given table.

    Args:
        given: Grain: one row per row of the file. Null is an empty cell.

    Returns:
        The table; a column that is no number column has no cells.
    """
    of = layout(given)
    told = columns(of)
    dimensions = _dimensions(of)
    rows = list(given.frame.select(dimensions).iter_rows())
    labels = tuple(" / ".join(str(part or "") for part in row) for row in rows)
    texts = tuple(" ".join(str(part or "") for part in row) for row in given.frame.select(of.texts).iter_rows())
    names = _row_names(of)
    cells = {(cell.row, cell.column): cell for column in told for cell in _cells(column, of, names)}
    cells |= _scaled(cells, [column.name for column in told])
    table = Table(
        given.name, of.title, str(given.resource.get("population") or ""), given.frame, told, labels, texts, dimensions,
        cells, sensitive=_sensitive(of), meanings=tuple(_meaning(of, dimensions, row) for row in rows),
    )  # fmt: skip
    personal = is_personal(table)
    return replace(table, is_personal=personal, is_named_personally=personal or is_named_personally(table))


def _sensitive(of: Layout) -> dict[str, bool]:
    told = ((name, declared.get("sensitive")) for name, declared in of.fields.items())
    return {name: is_sensitive for name, is_sensitive in told if isinstance(is_sensitive, bool)}


def _meaning(of: Layout, dimensions: Sequence[str], row: Sequence[object]) -> str:
    """The declared labels of the categories of a row; nothing if one of them is not declared."""
    told = [_declared(of, name).get(str(value)) for name, value in zip(dimensions, row, strict=True)]
    return " / ".join(filter(None, told)) if all(told) else ""


def _declared(of: Layout, name: str) -> dict[str, str]:
    categories = of.fields.get(name, {}).get("categories")
    listed = categories if isinstance(categories, list) else []
    return {str(one.get("value")): str(one.get("label") or "") for one in listed if isinstance(one, dict)}


def _scaled(cells: Mapping[tuple[int, str], Cell], names: Sequence[str]) -> dict[tuple[int, str], Cell]:
    """Percentages that were printed as fractions of 1, as workbooks hold them, times 100."""
    found: dict[tuple[int, str], Cell] = {}
    for name in names:
        own = {
            place: cell
            for place, cell in cells.items()
            if place[1] == name and cell.statistic is Statistic.PERCENTAGE and cell.value is not None
        }
        if own and _are_fractions(own, cells):
            for place, cell in own.items():
                found[place] = replace(cell, value=100 * (cell.value or 0.0), decimals=max(0, cell.decimals - 2))
    return found


def _are_fractions(own: Mapping[tuple[int, str], Cell], cells: Mapping[tuple[int, str], Cell]) -> bool:
    """Whether shares are of 1: none is more, and a column (with its total) or a row of them adds up to it.

    0,3 by itself may be 0,3 %.
    """
    column = [cell.value or 0.0 for cell in own.values()]
    shares = [cell for cell in cells.values() if cell.statistic is Statistic.PERCENTAGE and cell.value is not None]
    row = [cell.value or 0.0 for cell in shares if cell.row == next(iter(own))[0]]
    is_whole = any(
        len(some) > 1 and abs(sum(some) - whole) < 0.03 for some, whole in ((column, 1), (column, 2), (row, 1))
    )
    return max(column) <= 1 and is_whole


def _row_names(of: Layout) -> list[tuple[str, ...]]:
    return [tuple(str(part or "") for part in row) for row in of.given.frame.select(of.texts).iter_rows()]


def _cells(column: Column, of: Layout, names: Sequence[tuple[str, ...]]) -> list[Cell]:
    units = of.values(of.unit) if of.unit else [None] * len(names)
    statistics = of.values(of.statistic) if of.statistic else [None] * len(names)
    return [
        _cell(place, column, of.decimal, _in_row(column, names[place[0]], units[place[0]], statistics[place[0]]))
        for place in enumerate(of.values(column.name))
    ]


def _cell(place: tuple[int, str | None], column: Column, decimal: str, kind: tuple[Statistic, Subject]) -> Cell:
    row, text = place
    printed = numeral(text, decimal)
    statistic, subject = kind
    if printed and printed.is_percentage and statistic in _OVERRIDABLE:
        statistic = Statistic.PERCENTAGE
    value, decimals = (printed.value, printed.decimals) if printed else (None, 0)
    return Cell(row, column.name, value, decimals, bound(text), statistic, subject)


def _in_row(
    column: Column, names: tuple[str, ...], unit: str | None, statistic: str | None
) -> tuple[Statistic, Subject]:
    """Statistic and subject of one cell: the row's unit goes before the column, its name behind it."""
    declared = words.statistic_declared(statistic)
    if column.override is Override.NOTHING:
        own = words.subject_of(unit)
        is_told = column.subject is Subject.UNKNOWN and not words.is_measure(unit)
        named = _row_statistic(names[0]) if column.statistic is Statistic.OTHER else None
        return declared or named or column.statistic, own if is_told else column.subject
    if not words.is_generic(unit) and column.statistic in _OVERRIDABLE:
        told, subject = by_unit(str(unit))
        return declared or told, subject
    if column.override is Override.NAME and column.statistic in _OVERRIDABLE:
        told, subject = _by_name(column, names)
        return declared or told, subject
    return declared or column.statistic, column.subject


def _by_name(column: Column, names: tuple[str, ...]) -> tuple[Statistic, Subject]:
    """'Ingezette uren' in a column of persons, 'Aantal inwoners' in a column of anything."""
    for name in names:
        named = _row_statistic(name)
        if named:
            return named, column.subject
        told = words.row_subject(name)
        if told is Subject.THINGS or (told is Subject.PERSONS and column.subject is Subject.UNKNOWN):
            return Statistic.COUNT, told
    return column.statistic, column.subject


def _row_statistic(name: str) -> Statistic | None:
    """'Gemiddelde leeftijd', 'Minimum'; 'laagste inkomens' may be a class."""
    leading = next(iter(words.tokens(name)), "")
    named = words.statistic_named(leading)
    is_sure = named in (Statistic.PERCENTAGE, Statistic.MEAN) or leading in ("minimum", "maximum")
    return named if is_sure or len(words.tokens(name)) == 1 else None


def _dimensions(of: Layout) -> tuple[str, ...]:
    """The first column; in a long table, where it repeats, as many text columns as name a row."""
    frame = of.given.frame
    chosen: list[str] = [of.first]
    for name in of.texts[1:]:
        distinct = frame.select(chosen).n_unique()
        if distinct == frame.height:
            break
        if frame.select([*chosen, name]).n_unique() > distinct:
            chosen.append(name)
    return tuple(chosen) if frame.select(chosen).n_unique() == frame.height else (of.first,)
