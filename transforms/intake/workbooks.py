"""Sheets of an XLSX workbook as text.

A workbook that is too large is refused before it is opened.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Literal

import fastexcel
import polars as pl
from xlsxwriter import Workbook

from transforms.intake.text_files import Record

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
_LONG_NUMBER = r"^-?[0-9]+\.[0-9]{7,}$"
"""The outcome of a formula, which is a binary fraction: 1234.5600000000001."""
_DIGITS = 6
_LINE_BREAKS = r"\s*[\r\n]+\s*"
_TEXT_ONLY = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_NO_CLOCK = datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook has no zone


class WorkbookUnreadable(Exception):
    """A file that is no workbook that can be read, or lacks a sheet."""

    def __init__(self, problem: str) -> None:
        self.problem = problem
        super().__init__(problem)


def is_workbook(content: bytes) -> bool:
    """Return whether a file begins as a workbook does; it may be another packed file."""
    return content.startswith(ZIP)


def sheet_names(content: bytes) -> list[str]:
    """Return the names of the sheets of a workbook, in order, hidden ones too.

    Raises:
        WorkbookUnreadable: It is no XLSX, or too large.
    """
    require_room(content)
    return list(_opened(content).sheet_names)


def sheet_cells(content: bytes, sheet: str, *, from_the_top: bool) -> pl.DataFrame:
    """Return the cells of a sheet as text: formulas by their last outcome, whole numbers without decimals.

    Args:
        content: The whole workbook.
        sheet: Name; '' is the first sheet.
        from_the_top: Keep the empty rows above the first cell, so that rows are numbered as in the sheet.

    Returns:
        String columns without names of their own; days as 2024-03-01, an empty cell or an error of a formula null.

    Raises:
        WorkbookUnreadable: It is no XLSX, too large, or has no such sheet.
    """
    return _loaded(content, sheet, "string", 0 if from_the_top else None).select(
        pl.all().str.replace(_MIDNIGHT, "${1}")
    )


def _loaded(content: bytes, sheet: str, kind: Literal["string", "boolean"], skipped: int | None) -> pl.DataFrame:
    """Return the cells of a sheet as one type, null where a cell is not; raises as `sheet_cells`."""
    require_room(content)
    book = _opened(content)
    try:
        name = sheet or book.sheet_names[0]
        read: pl.DataFrame = book.load_sheet(name, header_row=None, dtypes=kind, skip_rows=skipped).to_polars()
    except BaseException as error:  # a panic of the library is no `Exception`, and its errors may quote cells
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
    else:
        return read
    raise WorkbookUnreadable("is a workbook that is damaged, or has no sheet of that name")


def sheet_records(content: bytes, sheet: str) -> Sequence[Record]:
    """Return the rows of a sheet as records, by their numbers in the sheet; an empty cell is an empty text.

    A line break in a cell is a space: a record is a line. A number, which a workbook keeps apart from text, is written
    as we ask it, with a decimal comma; one with more decimals than anybody types is rounded.

    Raises:
        WorkbookUnreadable: As `sheet_cells`.
    """
    return _records(content, sheet)


@lru_cache(maxsize=8)
def _records(content: bytes, sheet: str) -> tuple[Record, ...]:
    """Return the records of a sheet, remembered: the mappings of a work folder all look at every workbook."""
    texts = sheet_cells(content, sheet, from_the_top=True)
    # Only a number can be taken for yes or no as well; a text that looks like one cannot.
    numbers = _loaded(content, sheet, "boolean", 0).select(pl.all().is_not_null())
    cells = pl.DataFrame([_as_written(texts[name], numbers[name]) for name in texts.columns])
    return tuple(Record(number, list(row)) for number, row in enumerate(cells.iter_rows(), start=1))


def _as_written(texts: pl.Series, is_number: pl.Series) -> pl.Series:
    """Return a column of a sheet as text."""
    text, name = pl.col(texts.name), texts.name
    rounded = text.cast(pl.Float64, strict=False).round(_DIGITS).cast(pl.String).str.replace(r"\.0$", "")
    number = pl.when(text.str.contains(_LONG_NUMBER)).then(rounded).otherwise(text).str.replace(".", ",", literal=True)
    written = pl.when(pl.lit(is_number)).then(number).otherwise(text.str.replace_all(_LINE_BREAKS, " "))
    return texts.to_frame().select(written.fill_null("").alias(name)).to_series()


def write_workbook(sheets: Mapping[str, Sequence[Record]]) -> bytes:
    """Return a workbook of which `sheet_records` gives these records; all cells are text, and there is no clock."""
    buffer = io.BytesIO()
    with Workbook(buffer, _TEXT_ONLY) as book:
        book.set_properties({"created": _NO_CLOCK})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for line, cells in rows:
                for place, cell in enumerate(cells):
                    if cell:
                        sheet.write_string(line - 1, place, cell)
    return buffer.getvalue()


def _opened(content: bytes) -> fastexcel.ExcelReader:
    """Return a workbook opened; raise `WorkbookUnreadable` if the library cannot, as its error may quote cells."""
    try:
        return fastexcel.read_excel(content)
    except BaseException as error:  # a panic of the library is no `Exception`
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
    raise WorkbookUnreadable("is a damaged workbook")


def require_room(content: bytes) -> None:
    """Raise `WorkbookUnreadable` unless a file is XLSX and of a sane size when unpacked."""
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
        raise WorkbookUnreadable(problem)


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
