"""Files of others to frames of text, or a refusal without values."""

import re
from collections.abc import Sequence

import polars as pl

from schemas.errors import EmptyTable, UnreadableTable, WrongTableEncoding
from transforms.intake.text_files import LineUnreadable, NotText, decode_text, records

SEPARATORS = (";", "\t", "|", ",")
_NOTE = re.compile(r"\s*(\*|bron(nen)?\b|noot\b|toelichting:|\d\)|source\b|note\b)", re.IGNORECASE)
_HEADLESS = re.compile(
    r"[^@\s]+@[^@\s]+\.\w+|\d{8,}|\d{1,2}-\d{1,2}-\d{4}|\d{4}-\d\d-\d\d|NL\d\d.*|[1-9]\d{3} ?[A-Z]{2}"
)

Rows = list[list[str]]


def read_csv(content: bytes, name: str, *, separator: str = "") -> pl.DataFrame:
    """Read a CSV file as text columns.

    Args:
        content: The whole file: UTF-8 with or without mark, or Windows-1252.
        separator: As declared; '' takes the separator of the first lines: `;`, else a tab, `|` or a comma.

    Returns:
        A row per record, in file order; String columns, stripped, empty is null.

    Raises:
        EmptyTable, WrongTableEncoding, UnreadableTable: As named.
    """
    if not content.strip():
        raise EmptyTable(name)
    return as_frame(_records(content, separator, name), name)


def as_frame(rows: Rows, name: str) -> pl.DataFrame:
    """Return records as a frame of text; one of the first is the header.

    Notes around the table are left out.

    Raises:
        EmptyTable: There is a header at most.
        UnreadableTable: A row has more cells than the header.
    """
    stripped = [[cell.strip() for cell in row] for row in rows]
    records_kept = _drop_notes([row for row in stripped if any(row)])
    if records_kept and any(_HEADLESS.fullmatch(cell) for cell in records_kept[0]):
        # A first line of values is no header: its values must be judged, and never be shown as names.
        records_kept = [[f"kolom_{place}" for place in range(1, len(records_kept[0]) + 1)], *records_kept]
    if len(records_kept) < 2:
        raise EmptyTable(name)
    width = max(len(records_kept[0]), 1)
    if any(cell for row in records_kept[1:] for cell in row[width:]):
        raise UnreadableTable(name)
    padded = [[cell or None for cell in row[:width]] + [None] * (width - len(row)) for row in records_kept[1:]]
    return pl.DataFrame(padded, schema=dict.fromkeys(_headers(records_kept[0]), pl.String), orient="row")


def _records(content: bytes, separator: str, name: str) -> Rows:
    """Return the cells of a file by line, or raise without any of them."""
    try:
        text = decode_text(content)
        return [record.cells for record in records(text, separator or _separator(text))]
    except NotText as error:
        refused: UnreadableTable = WrongTableEncoding(name, f"file is {error.kind}")
    except LineUnreadable as error:
        refused = UnreadableTable(name, f"file has a quote in line {error.line} that is not closed there")
    except TypeError:  # a declared separator of several characters
        refused = UnreadableTable(name)
    raise refused


def _separator(text: str) -> str:
    """Return the separator that the first lines hold equally often.

    `;` goes first, as a comma is also a decimal sign.
    """
    lines = [line for line in text.splitlines() if line.strip()][:20]
    present = [mark for mark in SEPARATORS if any(mark in line for line in lines)]
    even = [mark for mark in present if len({line.count(mark) for line in lines}) == 1]
    return (even or present or [","])[0]


def _drop_notes(rows: Rows) -> Rows:
    """Drop title lines above the header and footnotes below.

    These are single cells in a table whose rows have more.
    """
    if max((_count_filled(row) for row in rows), default=0) < 2:
        return rows
    first = next(place for place, row in enumerate(rows) if _count_filled(row) > 1)
    last = len(rows)
    while last > first and _count_filled(rows[last - 1]) == 1 and _NOTE.match(rows[last - 1][0]):
        last -= 1
    return rows[first:last]


def _count_filled(row: Sequence[str]) -> int:
    return sum(bool(cell) for cell in row)


def _headers(cells: Sequence[str]) -> list[str]:
    """Return unique names; an empty header is named after its place."""
    names: list[str] = []
    for place, cell in enumerate(cells, start=1):
        name = cell or f"kolom_{place}"
        names.append(name if name not in names else f"{name}_{place}")
    return names
