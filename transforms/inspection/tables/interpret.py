"""From a given frame to a Table with statistic and subject per cell."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from transforms.inspection.tables import words
from transforms.inspection.tables.columns import Layout, by_unit, columns, read_layout
from transforms.inspection.tables.model import Cell, Column, Given, Override, Statistic, Subject, Table
from transforms.inspection.tables.numerals import bound, numeral
from transforms.inspection.tables.personal import is_named_personally, is_personal

_OVERRIDABLE = (Statistic.COUNT, Statistic.OTHER)


def read_table(given: Given) -> Table:
    """Read a given table.

    Args:
        given: A row per row of the file; null is an empty cell.

    Returns:
        The table; a column that is no number column has no cells.
    """
    layout = read_layout(given)
    number_columns = columns(layout)
    dimensions = _dimensions(layout)
    rows = list(given.frame.select(dimensions).iter_rows())
    labels = tuple(" / ".join(str(part or "") for part in row) for row in rows)
    texts = tuple(" ".join(str(part or "") for part in row) for row in given.frame.select(layout.texts).iter_rows())
    names = _row_names(layout)
    cells = {(cell.row, cell.column): cell for column in number_columns for cell in _cells(column, layout, names)}
    cells |= _scale_fractions(cells, [column.name for column in number_columns])
    table = Table(
        given.name,
        layout.title,
        str(given.resource.get("population") or ""),
        given.frame,
        number_columns,
        labels,
        texts,
        dimensions,
        cells,
        sensitive=_sensitive(layout),
        meanings=tuple(_meaning_of_row(layout, dimensions, row) for row in rows),
    )
    personal = is_personal(table)
    return replace(table, is_personal=personal, is_named_personally=personal or is_named_personally(table))


def _sensitive(layout: Layout) -> dict[str, bool]:
    """Return the declared sensitivity of dimensions."""
    declarations = ((name, declared.get("sensitive")) for name, declared in layout.fields.items())
    return {name: is_sensitive for name, is_sensitive in declarations if isinstance(is_sensitive, bool)}


def _meaning_of_row(layout: Layout, dimensions: Sequence[str], row: Sequence[object]) -> str:
    """Return the declared labels of the categories of a row; '' if one is not declared."""
    parts_meant = [_declared_labels(layout, name).get(str(value)) for name, value in zip(dimensions, row, strict=True)]
    return " / ".join(filter(None, parts_meant)) if all(parts_meant) else ""


def _declared_labels(layout: Layout, name: str) -> dict[str, str]:
    """Return the declared label per category of a column."""
    categories = layout.fields.get(name, {}).get("categories")
    listed = categories if isinstance(categories, list) else []
    return {
        str(category.get("value")): str(category.get("label") or "")
        for category in listed
        if isinstance(category, dict)
    }


def _scale_fractions(cells: Mapping[tuple[int, str], Cell], names: Sequence[str]) -> dict[tuple[int, str], Cell]:
    """Return percentages printed as fractions of 1, as workbooks hold them, times 100."""
    scaled: dict[tuple[int, str], Cell] = {}
    for name in names:
        shares = {
            place: cell
            for place, cell in cells.items()
            if place[1] == name and cell.statistic is Statistic.PERCENTAGE and cell.value is not None
        }
        if shares and _are_fractions(shares, cells):
            for place, cell in shares.items():
                scaled[place] = replace(cell, value=100 * (cell.value or 0.0), decimals=max(0, cell.decimals - 2))
    return scaled


def _are_fractions(shares_of_column: Mapping[tuple[int, str], Cell], cells: Mapping[tuple[int, str], Cell]) -> bool:
    """Return whether shares are of 1.

    None is more than 1, and a column (with its total) or a row of them adds up to it. A single 0,3 may be 0,3 %.
    """
    column = [cell.value or 0.0 for cell in shares_of_column.values()]
    shares = [cell for cell in cells.values() if cell.statistic is Statistic.PERCENTAGE and cell.value is not None]
    row = [cell.value or 0.0 for cell in shares if cell.row == next(iter(shares_of_column))[0]]
    is_whole = any(
        len(values) > 1 and abs(sum(values) - total) < 0.03 for values, total in ((column, 1), (column, 2), (row, 1))
    )
    return max(column) <= 1 and is_whole


def _row_names(layout: Layout) -> list[tuple[str, ...]]:
    """Return the texts that name each row."""
    return [tuple(str(part or "") for part in row) for row in layout.given.frame.select(layout.texts).iter_rows()]


def _cells(column: Column, layout: Layout, names: Sequence[tuple[str, ...]]) -> list[Cell]:
    """Return the cells of one number column."""
    units = layout.values(layout.unit) if layout.unit else [None] * len(names)
    statistics = layout.values(layout.statistic) if layout.statistic else [None] * len(names)
    return [
        _cell(
            place, column, layout.decimal, _kind_in_row(column, names[place[0]], units[place[0]], statistics[place[0]])
        )
        for place in enumerate(layout.values(column.name))
    ]


def _cell(place: tuple[int, str | None], column: Column, decimal: str, kind: tuple[Statistic, Subject]) -> Cell:
    """Return one cell with the kind that its text and its row give it."""
    row, text = place
    printed = numeral(text, decimal)
    statistic, subject = kind
    if printed and printed.is_percentage and statistic in _OVERRIDABLE:
        statistic = Statistic.PERCENTAGE
    value, decimals = (printed.value, printed.decimals) if printed else (None, 0)
    return Cell(row, column.name, value, decimals, bound(text), statistic, subject)


def _kind_in_row(
    column: Column, names: tuple[str, ...], unit: str | None, statistic: str | None
) -> tuple[Statistic, Subject]:
    """Return statistic and subject of one cell.

    The row's unit goes before the column, its name behind it.
    """
    declared = words.declared_statistic(statistic)
    if column.override is Override.NOTHING:
        unit_subject = words.subject_of(unit)
        is_by_unit = column.subject is Subject.UNKNOWN and not words.is_measure(unit)
        named = _row_statistic(names[0]) if column.statistic is Statistic.OTHER else None
        return declared or named or column.statistic, unit_subject if is_by_unit else column.subject
    if not words.is_generic(unit) and column.statistic in _OVERRIDABLE:
        unit_statistic, subject = by_unit(str(unit))
        return declared or unit_statistic, subject
    if column.override is Override.NAME and column.statistic in _OVERRIDABLE:
        unit_statistic, subject = _kind_by_name(column, names)
        return declared or unit_statistic, subject
    return declared or column.statistic, column.subject


def _kind_by_name(column: Column, names: tuple[str, ...]) -> tuple[Statistic, Subject]:
    """Return the kind by the name of a row.

    'Ingezette uren' in a column of persons, 'Aantal inwoners' in a column of anything.
    """
    for name in names:
        named = _row_statistic(name)
        if named:
            return named, column.subject
        subject = words.row_subject(name)
        if subject is Subject.THINGS or (subject is Subject.PERSONS and column.subject is Subject.UNKNOWN):
            return Statistic.COUNT, subject
    return column.statistic, column.subject


def _row_statistic(name: str) -> Statistic | None:
    """Return the statistic that a row name gives: 'Gemiddelde leeftijd', 'Minimum'.

    'laagste inkomens' may be a class.
    """
    leading = next(iter(words.tokens(name)), "")
    named = words.named_statistic(leading)
    is_sure = named in (Statistic.PERCENTAGE, Statistic.MEAN) or leading in ("minimum", "maximum")
    return named if is_sure or len(words.tokens(name)) == 1 else None


def _dimensions(layout: Layout) -> tuple[str, ...]:
    """Return the columns that name a row.

    The first column; in a long table, where it repeats, as many text columns as are needed.
    """
    frame = layout.given.frame
    chosen: list[str] = [layout.first]
    for name in layout.texts[1:]:
        distinct = frame.select(chosen).n_unique()
        if distinct == frame.height:
            break
        if frame.select([*chosen, name]).n_unique() > distinct:
            chosen.append(name)
    return tuple(chosen) if frame.select(chosen).n_unique() == frame.height else (layout.first,)
