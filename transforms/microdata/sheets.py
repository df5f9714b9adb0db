"""Sheets of an XLSX workbook as text.

A workbook that is too large is refused before it is opened.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

import fastexcel
import polars as pl

from schemas.errors import MicrodataUnreadable

ZIP, OLD_OR_ENCRYPTED = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
"""First bytes of an XLSX file, and of one with a password or an old XLS file."""

MAXIMUM_BYTES = 1024 * 1024 * 1024
"""Most bytes of all parts of a workbook, unpacked."""

MAXIMUM_CELLS = 20_000_000
"""Most cells of a sheet, empty ones included: a reader makes room for every cell up to the last row and column."""

_WORKBOOK = "xl/workbook.xml"
_CHUNK, _OVERLAP = 1024 * 1024, 64
_CELL = re.compile(rb"""\br=["']([A-Za-z]{1,3})([0-9]{1,9})["']""")
_MIDNIGHT = r"^([0-9]{4}-[0-9]{2}-[0-9]{2}) 00:00:00(\.0+)?$"


def read_sheet(content: bytes, sheet: str) -> pl.DataFrame:
    """Read the cells of a sheet as text, without empty rows and columns.

    Args:
        content: The whole workbook.
        sheet: Name; '' is the first sheet.

    Returns:
        String columns without names of their own, the header in the first row; whole numbers without decimals, days
        as 2024-03-01, an empty cell null. In a sheet of one column empty cells among the others stay.

    Raises:
        MicrodataUnreadable: It is no XLSX, too large, or has no such sheet.
    """
    _require_room(content)
    cells = _cells(content, sheet)
    if cells is None:
        raise MicrodataUnreadable("is a workbook that is damaged, or has no sheet of that name")
    cells = cells.select(column for column in cells if column.null_count() < len(column))
    if cells.width == 1:
        filled = cells.to_series().is_not_null().arg_true()
        return cells.slice(int(filled[0]), int(filled[-1] - filled[0]) + 1)
    return cells.filter(~pl.all_horizontal(pl.all().is_null())) if cells.width else cells


def _cells(content: bytes, sheet: str) -> pl.DataFrame | None:
    """Return the cells of a sheet; None if the library cannot read it, as its error may quote cells."""
    try:
        book = fastexcel.read_excel(content)
        name = sheet or book.sheet_names[0]
        read: pl.DataFrame = book.load_sheet(name, header_row=None, dtypes="string").to_polars()
    except BaseException as error:  # a panic of the library is no `Exception`
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        return None
    return read.select(pl.all().str.replace(_MIDNIGHT, "${1}"))


def _require_room(content: bytes) -> None:
    """Raise `MicrodataUnreadable` unless a file is XLSX and of a sane size when unpacked."""
    problem = ""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            if _WORKBOOK not in book.namelist():
                problem = "is a packed file, but no XLSX workbook"
            elif sum(part.file_size for part in book.infolist()) > MAXIMUM_BYTES:
                problem = "is a workbook that is too large when unpacked"
            elif any(rows * columns > MAXIMUM_CELLS for rows, columns in _sizes(book)):
                problem = "is a workbook with a sheet that is too large, perhaps by a single cell far from the others"
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, OSError):
        problem = "is a damaged workbook"
    if problem:
        raise MicrodataUnreadable(problem)


def _sizes(book: zipfile.ZipFile) -> Iterator[tuple[int, int]]:
    """Yield the last row and column of every part with cells, from their addresses."""
    for part in book.infolist():
        if not part.filename.lower().endswith(".xml"):
            continue
        rows = columns = 0
        with book.open(part) as unpacked:
            tail = b""
            while chunk := unpacked.read(_CHUNK):
                addresses = _CELL.findall(tail + chunk)
                tail = chunk[-_OVERLAP:]
                rows = max(rows, *(int(row) for _, row in addresses), 0)
                columns = max(columns, *map(_column, {column for column, _ in addresses}), 0)
        yield rows, columns


def _column(letters: bytes) -> int:
    """Return the number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = 26 * number + letter - ord("A") + 1
    return number
