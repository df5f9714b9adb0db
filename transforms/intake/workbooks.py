"""Sheets of an XLSX workbook as text: calamine reads the cells, and `sheet_parts` says before which there are."""

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Literal

import fastexcel
import polars as pl
from xlsxwriter import Workbook
from xlsxwriter.exceptions import XlsxWriterException

from transforms.intake.sheet_parts import SheetFacts, WorkbookUnreadable, facts_of
from transforms.intake.text_files import Record

ZIP, OLD_OR_ENCRYPTED = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
"""First bytes of an XLSX file, and of one with a password or an old XLS file."""

_MIDNIGHT = r"^([0-9]{4}-[0-9]{2}-[0-9]{2}) 00:00:00(\.0+)?$"
_NO_DAY = r"^1899-12-3[01](?: ([0-9:]{8})(\.0+)?)?$"
"""A time without a day; midnight has none left."""
_LONG_NUMBER = r"^-?[0-9]+\.[0-9]{7,}$"
"""The outcome of a formula, which is a binary fraction: 1234.5600000000001."""
_DIGITS = 6
_LINE_BREAKS = r"\s*[\r\n]+\s*"
LOST = "?"
"""What stands for a cell that holds something without a text: an error, a formula without outcome, a day of no
calendar."""
_ROW, _TEXT = "rij", "tekst"
_TEXT_ONLY = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_NO_CLOCK = datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook has no zone


def is_workbook(content: bytes) -> bool:
    """Return whether a file begins as a workbook does; it may be another packed file."""
    return content.startswith(ZIP)


def sheet_names(content: bytes) -> list[str]:
    """Return the names of the sheets with cells of a workbook, in order, hidden ones too.

    Raises:
        WorkbookUnreadable: As `facts_of`.
    """
    return list(facts_of(content).sheets)


def _name_of(content: bytes, sheet: str) -> str:
    """Return the name of a sheet, of which '' is the first with cells; raises `WorkbookUnreadable`."""
    names = sheet_names(content)
    name = sheet or next(iter(names), "")
    if name not in names:
        raise WorkbookUnreadable("is a workbook without a sheet of that name")
    return name


def sheet_facts(content: bytes, sheet: str) -> tuple[SheetFacts, bool]:
    """Return what a sheet holds, and whether its days are counted from 1904; '' is the first sheet.

    Raises:
        WorkbookUnreadable: As `facts_of`, or there is no such sheet.
    """
    facts = facts_of(content)
    return facts.sheets[_name_of(content, sheet)], facts.from_1904


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
    return _loaded(content, _name_of(content, sheet), "string", 0 if from_the_top else None).select(
        pl.all().str.replace(_MIDNIGHT, "${1}")
    )


def _loaded(content: bytes, name: str, kind: Literal["string", "boolean"], skipped: int | None) -> pl.DataFrame:
    """Return the cells of a sheet as one type, null where a cell is not; raises as `sheet_cells`."""
    try:
        book = fastexcel.read_excel(content)
        read: pl.DataFrame = book.load_sheet(name, header_row=None, dtypes=kind, skip_rows=skipped).to_polars()
    except BaseException as error:  # a panic of the library is no `Exception`, and its errors may quote cells
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
    else:
        return read
    raise WorkbookUnreadable("is a workbook that is damaged, or has no sheet of that name")


def sheet_records(content: bytes, sheet: str) -> Sequence[Record]:
    """Return the rows of a sheet that hold something as records, by their numbers; an empty cell is an empty text.

    A line break in a cell is a space: a record is a line. A number, which a workbook keeps apart from text, is written
    as we ask it, with a decimal comma; one with more decimals than anybody types is rounded. A cell that holds
    something of which no text is known is `?`, which no rule takes for a value: it is never read as empty.

    Raises:
        WorkbookUnreadable: As `sheet_cells`.
    """
    return _records(content, sheet)


@lru_cache(maxsize=8)
def _records(content: bytes, sheet: str) -> tuple[Record, ...]:
    """Return the records of a sheet, remembered: the mappings of a work folder all look at every workbook."""
    facts, _ = sheet_facts(content, sheet)
    if not facts.filled:
        return ()
    name = _name_of(content, sheet)
    texts = _loaded(content, name, "string", 0)
    # Only a number can be taken for yes or no as well; a text that looks like one cannot.
    numbers = _loaded(content, name, "boolean", 0).select(pl.all().is_not_null())
    cells = pl.DataFrame([_as_written(texts[name], numbers[name]) for name in texts.columns])
    has_text, is_filled = pl.any_horizontal(pl.all().str.strip_chars() != ""), pl.col(_ROW).is_in(list(facts.filled))
    rows = cells.select(pl.int_range(1, pl.len() + 1).alias(_ROW), has_text.alias(_TEXT), pl.all())
    if rows.filter(pl.col(_TEXT) & ~is_filled).height:
        raise WorkbookUnreadable("is a workbook of which two readers do not see the same rows")
    read = {row: list(filled) for row, *filled in rows.filter(is_filled).drop(_TEXT).iter_rows()}
    before = [""] * _columns_before(read, facts)
    width = max(facts.last_column, len(before) + cells.width)
    records = [Record(row, [*before, *read.get(row, [])]) for row in facts.filled]
    for record in records:
        record.cells.extend([""] * (width - len(record.cells)))
        _mark_lost(record.cells, facts.filled[record.line])
    return tuple(records)


def _columns_before(read: Mapping[int, Sequence[str]], facts: SheetFacts) -> int:
    """Return how many empty columns the reader left out in front: such that every text is of a cell that is filled.

    Raises `WorkbookUnreadable` if there is no such number.
    """
    for start in sorted({1, *facts.starts}, reverse=True):
        if all(
            {start + place for place, cell in enumerate(cells) if cell.strip()} <= {*facts.filled[row]}
            for row, cells in read.items()
        ):
            return start - 1
    raise WorkbookUnreadable("is a workbook of which two readers do not see the same cells")


def _mark_lost(cells: list[str], filled: Sequence[int]) -> None:
    """Mark the cells of a row that hold something and have no text."""
    for column in filled:
        cells[column - 1] = cells[column - 1] if cells[column - 1].strip() else LOST


def _as_written(texts: pl.Series, is_number: pl.Series) -> pl.Series:
    """Return a column of a sheet as text."""
    text, name = pl.col(texts.name), texts.name
    rounded = text.cast(pl.Float64, strict=False).round(_DIGITS).cast(pl.String).str.replace(r"\.0$", "")
    number = pl.when(text.str.contains(_LONG_NUMBER)).then(rounded).otherwise(text).str.replace(".", ",", literal=True)
    day = text.str.replace(_NO_DAY, "${1}").str.replace(_MIDNIGHT, "${1}")
    timed = pl.when(text.str.contains(_NO_DAY) & (day == "")).then(pl.lit("00:00:00")).otherwise(day)
    written = pl.when(pl.lit(is_number)).then(number).otherwise(timed.str.replace_all(_LINE_BREAKS, " "))
    return texts.to_frame().select(written.fill_null("").alias(name)).to_series()


def write_workbook(sheets: Mapping[str, Sequence[Record]]) -> bytes:
    """Return a workbook of which `sheet_records` gives these records; all cells are text, and there is no clock.

    Raises:
        WorkbookUnreadable: A sheet cannot have that name, or a cell is too long to be written.
    """
    buffer = io.BytesIO()
    try:
        with Workbook(buffer, _TEXT_ONLY) as book:
            book.set_properties({"created": _NO_CLOCK})
            for name, rows in sheets.items():
                sheet = book.add_worksheet(name)
                for line, cells in rows:
                    for place, cell in enumerate(cells):
                        if cell:
                            sheet.write_string(line - 1, place, cell)
        content = buffer.getvalue()
        if all(_same(sheet_records(content, name), rows) for name, rows in sheets.items()):
            return content
    except XlsxWriterException:
        pass  # raised below, without what it quotes
    raise WorkbookUnreadable("is a workbook that cannot be written again")


def _same(read: Sequence[Record], rows: Sequence[Record]) -> bool:
    """Return whether rows that were read are those that were written, but for empty ones and empty ends."""
    filled = [row for row in rows if not row.is_empty]
    return len(read) == len(filled) and all(
        one.line == other.line and _without_end(one.cells) == _without_end(other.cells)
        for one, other in zip(read, filled, strict=True)
    )


def _without_end(cells: Sequence[str]) -> list[str]:
    last = max((place for place, cell in enumerate(cells, start=1) if cell.strip()), default=0)
    return [cell if cell.strip() else "" for cell in cells[:last]]
