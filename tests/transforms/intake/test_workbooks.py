"""Sheets of a workbook as records: places, kinds of cells, and a count of rows by other code."""

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from pia.checks.lines import count_sheet_rows
from transforms.intake.text_files import Record
from transforms.intake.workbooks import WorkbookUnreadable, sheet_names, sheet_records, write_workbook


def _workbook() -> bytes:
    """A workbook as people make them: a title over several columns, an empty row, kinds of cells, a hidden sheet."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        percent = book.add_format({"num_format": "0%"})
        first, hidden = book.add_worksheet("Eerste & laatste"), book.add_worksheet("Verborgen")
        hidden.hide()
        first.merge_range(2, 0, 2, 3, "Titel")
        first.write_row(4, 0, ["bsn", "dag", "bedrag", "deel", "formule", "tekst"])
        first.write_number(5, 0, 99990007)
        first.write_datetime(5, 1, datetime(2019, 4, 1), day)  # noqa: DTZ001 - a cell has no zone
        first.write_number(5, 2, 1234.56)
        first.write_number(5, 3, 0.45, percent)
        first.write_formula(5, 4, "=1/3", None, 0.3333333333333333)
        first.write_string(5, 5, "een\r\ntwee")
        first.write_string(7, 0, "1234.56")
        first.write_number(7, 2, 100)
        first.write_formula(7, 4, "=NA()", None, "#N/A")
        first.write_string(7, 5, "=1+1")
        first.write_formula(8, 4, "=NA()", None, "#N/A")
        first.write_string(9, 5, " ")
        first.write_blank(10, 0, None, day)
    return buffer.getvalue()


def test_rows_have_their_numbers_and_cells_are_as_we_ask_them() -> None:
    filled = [row for row in sheet_records(_workbook(), "") if not row.is_empty]
    assert filled == [
        Record(3, ["Titel", "", "", "", "", ""]),
        Record(5, ["bsn", "dag", "bedrag", "deel", "formule", "tekst"]),
        Record(6, ["99990007", "2019-04-01", "1234,56", "0,45", "0,333333", "een twee"]),
        Record(8, ["1234.56", "", "100", "", "", "=1+1"]),
    ]
    assert sheet_names(_workbook()) == ["Eerste & laatste", "Verborgen"]


def test_the_rows_of_a_sheet_are_counted_without_the_reader() -> None:
    assert count_sheet_rows(_workbook(), "") == count_sheet_rows(_workbook(), "Eerste & laatste") == 4
    assert count_sheet_rows(_workbook(), "Verborgen") == 0


TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=4) | st.sampled_from(
    ["", " ", "0", "&amp;", "<"]
)


@given(st.lists(st.lists(TEXTS, min_size=1, max_size=4), max_size=6))
def test_what_is_written_is_read_and_counted(rows: Sequence[Sequence[str]]) -> None:
    """With other rows on the sheets before and behind it."""
    sheet = [Record(number, list(cells)) for number, cells in enumerate(rows, start=1)]
    other = [Record(1, ["x"]), Record(2, ["y"])]
    content = write_workbook({"Een": other, "Twee": sheet, "Drie": other})
    read = [row for row in sheet_records(content, "Twee") if not row.is_empty] if any(map(any, rows)) else []
    width = max(map(len, rows), default=0)
    filled = [Record(row.line, [*row.cells, *[""] * (width - len(row.cells))]) for row in sheet if not row.is_empty]
    assert [(row.line, "".join(row.cells)) for row in read] == [(row.line, "".join(row.cells)) for row in filled]
    assert count_sheet_rows(content, "Twee") == len(filled)
    assert write_workbook({"Een": other, "Twee": sheet, "Drie": other}) == content


def test_a_row_that_the_reader_loses_is_counted() -> None:
    """Whatever a library makes of it: the rows are those of the part itself."""
    with zipfile.ZipFile(io.BytesIO(_workbook())) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    row = b'<row r="20"><c r="A20" t="inlineStr"><is><t>999990019</t></is></c></row></sheetData>'
    parts[sheet] = parts[sheet].replace(b"</sheetData>", row)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as book:
        for name, part in parts.items():
            book.writestr(name, part)
    assert count_sheet_rows(buffer.getvalue(), "") == 5
    assert [row.line for row in sheet_records(buffer.getvalue(), "") if not row.is_empty][-1] == 20


@pytest.mark.parametrize(
    ("content", "sheet"), [(_workbook(), "Anders"), (_workbook()[:-100], ""), (b"PK\x03\x04 geheim", "")]
)
def test_what_cannot_be_read_is_refused_without_a_word_of_it(content: bytes, sheet: str) -> None:
    with pytest.raises(WorkbookUnreadable) as refused:
        sheet_records(content, sheet)
    assert not any(word in refused.value.problem for word in ("Anders", "geheim"))
    assert refused.value.__context__ is None
