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
from transforms.intake.sheet_parts import WorkbookUnreadable
from transforms.intake.text_files import Record
from transforms.intake.workbooks import sheet_names, sheet_records, write_workbook


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
        Record(8, ["1234.56", "", "100", "", "?", "=1+1"]),
        Record(9, ["", "", "", "", "?", ""]),
    ]
    assert sheet_names(_workbook()) == ["Eerste & laatste", "Verborgen"]


def test_the_rows_of_a_sheet_are_counted_without_the_reader() -> None:
    assert count_sheet_rows(_workbook(), "") == count_sheet_rows(_workbook(), "Eerste & laatste") == 5
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
    assert count_sheet_rows(buffer.getvalue(), "") == 6
    assert [row.line for row in sheet_records(buffer.getvalue(), "") if not row.is_empty][-1] == 20


@pytest.mark.parametrize(
    ("content", "sheet"), [(_workbook(), "Anders"), (_workbook()[:-100], ""), (b"PK\x03\x04 geheim", "")]
)
def test_what_cannot_be_read_is_refused_without_a_word_of_it(content: bytes, sheet: str) -> None:
    with pytest.raises(WorkbookUnreadable) as refused:
        sheet_records(content, sheet)
    assert not any(word in refused.value.problem for word in ("Anders", "geheim"))
    assert refused.value.__context__ is None


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1">'
    '<border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0"/>'
    '<xf numFmtId="14"/><xf numFmtId="21"/><xf numFmtId="9"/></cellXfs></styleSheet>'
)


def _handmade(rows: str, *, strings: str = "", behind: str = "", book: str = "", head: str = "") -> bytes:
    """A workbook of one sheet, with its XML as it is given; style 1 is a day, 2 a time, 3 a percentage."""
    package = "http://schemas.openxmlformats.org/package/2006"
    kinds = (("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml"))
    relations = [
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate((*kinds, ("officeDocument", "xl/workbook.xml")), start=1)
    ]
    sheets = '<sheets><sheet name="Blad" sheetId="1" r:id="rId1"/></sheets>'
    xml = '<Default Extension="xml" ContentType="application/xml"/>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">{xml}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships">{relations[-1]}</Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{book}{sheets}</workbook>',
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{package}/relationships">{"".join(relations[:-1])}</Relationships>'
        ),
        "xl/worksheets/sheet1.xml": (
            f'{head}<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData>{behind}</worksheet>'
        ),
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{strings}</sst>',
        "xl/styles.xml": _STYLES,
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    return buffer.getvalue()


def _cells(rows: str, **parts: str) -> list[list[str]]:
    content = _handmade(rows, **parts)
    records = sheet_records(content, "")
    assert count_sheet_rows(content, "") == len(records)
    return [record.cells for record in records]


_TEXT = '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>'


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A2" t="e"><v>#N/A</v></c>',
        '<c r="A2"><f>DATE(2019,5,31)</f></c>',
        '<c r="A2" s="1"><f>EDATE(B2,3)</f><v/></c>',
        '<c r="A2" s="1"><v>999900043</v></c>',
        '<c r="A2" s="1"><v>9.9E9</v></c>',
    ],
    ids=[
        "an error",
        "a formula without an outcome",
        "one as openpyxl writes it",
        "a number of no calendar",
        "a day of no calendar",
    ],
)
def test_a_cell_that_holds_something_is_never_read_as_empty(cell: str) -> None:
    assert _cells(f'{_TEXT}<row r="2">{cell}</row>') == [["a"], ["?"]]


def test_times_and_percentages_and_days_of_either_calendar() -> None:
    row = (
        '<row r="2"><c r="A2" s="2"><v>0.4375</v></c><c r="B2" s="2"><v>0</v></c><c r="C2" s="3"><v>0.45</v></c></row>'
    )
    assert _cells(row) == [["10:30:00", "00:00:00", "0,45"]]
    day = '<row r="2"><c r="A2" s="1"><v>43525</v></c></row>'
    assert _cells(day) == [["2019-03-01"]]
    assert _cells(day, book='<workbookPr date1904="1"/>') == [["2023-03-02"]]


def test_texts_are_those_of_the_cell_however_they_are_stored() -> None:
    strings = (
        "<si /><si><t>b</t></si><si><rPh><t>klank</t></rPh></si>"
        "<si><r><t>c</t></r><r><t>d</t></r><rPh><t>x</t></rPh></si>"
    )
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>{n - 1}</v></c></row>' for n in range(1, 5))
    assert _cells(rows, strings=strings) == [["b"], ["cd"]]
    escaped = '<row r="1"><c r="A1" t="inlineStr"><is><t>_x000D_</t></is></c></row>'
    assert _cells(escaped + _TEXT.replace("1", "2")) == [["a"]]
    commented = '<!-- <row r="9"><c r="A9"><v>1</v></c></row> -->'
    assert _cells(_TEXT + commented, behind=f"<extLst><ext>{_TEXT}</ext></extLst>") == [["a"]]


ODD = {
    "a row twice": {"rows": _TEXT + _TEXT},
    "a cell twice": {"rows": '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>'},
    "a cell of another row": {"rows": '<row r="1"><c r="A1"><v>1</v></c><c r="B4"><v>2</v></c></row>'},
    "cells out of order": {"rows": '<row r="1"><c r="C1"><v>1</v></c><c r="B1"><v>2</v></c></row>'},
    "a cell far away": {"rows": '<row r="1"><c r="XFD1"><v>1</v></c></row><row r="1048576"><c><v>1</v></c></row>'},
    "a DTD": {"rows": _TEXT, "head": '<!DOCTYPE x [<!ENTITY a "b">]>'},
    "no end": {"rows": "<row>" * 9},
}  # fmt: skip


@pytest.mark.parametrize("case", ODD)
def test_a_sheet_that_two_readers_could_read_otherwise_is_refused(case: str) -> None:
    content = _handmade(**ODD[case])
    for read in (sheet_records, count_sheet_rows):
        with pytest.raises(WorkbookUnreadable):
            read(content, "")


def test_what_would_be_slow_to_search_is_read_once() -> None:
    """Rows without end in a comment: half a million signs in which a row begins and none ends."""
    assert _cells(_TEXT + f"<!-- {'<row ' * 100_000} -->") == [["a"]]


def test_cells_have_the_columns_of_the_sheet_wherever_it_begins() -> None:
    rows = (
        '<row r="3"><c r="B3" t="inlineStr"><is><t>a</t></is></c><c r="D3"><v>7</v></c></row>'
        '<row r="4"><c r="B4" t="e"><v>#REF!</v></c><c r="C4"><v>8</v></c></row>'
    )
    assert _cells(rows) == [["", "a", "", "7"], ["", "?", "8", ""]]
    blank_first = '<row r="5"><c r="A5" t="inlineStr"><is><t> </t></is></c></row>'
    assert _cells(rows + blank_first) == [["", "a", "", "7"], ["", "?", "8", ""]]


def test_what_programs_write_around_cells_is_nothing() -> None:
    """The last row of LibreOffice, a non-breaking space, a text that a formula made empty, and one cell over others."""
    assert _cells(f'{_TEXT}<row r="1048576" ht="12.8"/>') == [["a"]]
    nothing = '<c r="B1" t="inlineStr"><is><t>\u00a0</t></is></c><c r="C1" t="str"><f>""</f><v></v></c>'
    assert [cells[0] for cells in _cells(_TEXT.replace("</row>", f"{nothing}</row>"))] == ["a"]
    merges = "<mergeCells>" + '<mergeCell ref="A1:A4999999"/>' * 1_000 + "</mergeCells>"
    assert _cells(_TEXT, behind=merges) == [["a"]]


def test_the_first_sheet_is_the_first_with_cells() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        chart = book.add_chart({"type": "bar"})
        sheet = book.add_chartsheet("Grafiek")
        book.add_worksheet("Data").write_row(0, 0, ["a", "b"])
        chart.add_series({"values": "=Data!$A$1:$B$1"})
        sheet.set_chart(chart)
    assert sheet_names(buffer.getvalue()) == ["Data"]
    assert [record.cells for record in sheet_records(buffer.getvalue(), "")] == [["a", "b"]]


def test_a_damaged_part_is_refused_however_it_is_packed() -> None:
    with zipfile.ZipFile(io.BytesIO(_workbook())) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    for method in (zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", method) as book:
            for name, part in parts.items():
                book.writestr(name, part)
            place = book.getinfo("xl/workbook.xml").header_offset
        content = bytearray(buffer.getvalue())
        content[place + 60 : place + 80] = bytes(20)
        with pytest.raises(WorkbookUnreadable):
            sheet_records(bytes(content), "")
