"""Files of persons as CSV, XLSX and Parquet: the content says which, and what cannot be read is refused."""

import io
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from flows.commands.protection.command import protect
from schemas.errors import MicrodataUnreadable
from tests.oracles.shape import microdata
from transforms.intake import sheet_parts, workbooks
from transforms.microdata.persons_file import read_microdata, strip_spaces

SECRET = "GEHEIM"


def _workbook(*named: tuple[str, list[list[object]]]) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        for name, rows in named:
            sheet = book.add_worksheet(name)
            for place, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, date):
                        sheet.write_datetime(place, column, cell, day)
                    elif cell is not None:
                        sheet.write(place, column, cell)
    return buffer.getvalue()


def _parquet(frame: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    frame.write_parquet(buffer)
    return buffer.getvalue()


def test_cells_of_a_workbook_read_as_they_were_typed() -> None:
    rows = [
        [None, "a", "b", "c ", "d"],
        [None, 5, 5.5, "05", date(2024, 3, 1)],
        [None],
        [None, 12345678901, True, " x", datetime(2024, 3, 1, 12, 30)],  # noqa: DTZ001 - a cell has no zone
        [None, None, None, "y"],
    ]
    frame = read_microdata(_workbook(("Blad", [[], *rows])))
    assert frame.columns == ["a", "b", "c", "d"]
    assert frame.rows() == [
        ("5", "5.5", "05", "2024-03-01"),
        ("12345678901", "true", " x", "2024-03-01 12:30:00"),
        (None, None, "y", None),
    ]


def test_a_sheet_is_the_first_or_the_one_that_is_named() -> None:
    content = _workbook(("Een", [["a"], ["1"]]), ("Twee", [["b"], ["2"]]))
    assert read_microdata(content).to_dict(as_series=False) == {"a": ["1"]}
    assert read_microdata(content, "Twee").to_dict(as_series=False) == {"b": ["2"]}


def test_an_empty_cell_in_a_sheet_of_one_column_is_a_person() -> None:
    content = _workbook(("Een", [["wijk"], ["A"], [None], ["B"]]))
    assert read_microdata(content).get_column("wijk").to_list() == ["A", None, "B"]


def test_columns_of_parquet_read_as_they_were_typed() -> None:
    frame = pl.DataFrame(
        {
            "whole": [1, None, 3],
            "pandas": [5.0, float("nan"), 2.5],
            "small": pl.Series([0.1, 1e20, -4.0], dtype=pl.Float32),
            "bedrag": pl.Series(["1.50", "2.00", None]).cast(pl.Decimal(10, 4)),
            "dag": [date(2024, 3, 1), None, None],
            "moment": [datetime(2024, 3, 1), datetime(2024, 3, 1, 12, 30), None],  # noqa: DTZ001 - as pandas writes it
            "uur": [time(1, 2), None, None],
            "wijk": pl.Series(["x", "y", "x "], dtype=pl.Categorical),
            "niets": [None, None, None],
        }
    )
    read = read_microdata(_parquet(frame))
    assert set(read.dtypes) == {pl.String}
    assert read.to_dict(as_series=False) == {
        "whole": ["1", None, "3"],
        "pandas": ["5", None, "2.5"],
        "small": ["0.1", "1e+20", "-4"],
        "bedrag": ["1.5", "2", None],
        "dag": ["2024-03-01", None, None],
        "moment": ["2024-03-01", "2024-03-01 12:30:00", None],
        "uur": ["01:02:00", None, None],
        "wijk": ["x", "y", "x "],
        "niets": [None, None, None],
    }


def test_the_tables_do_not_depend_on_the_kind_of_file_or_its_name(tmp_path: Path) -> None:
    frame = pl.DataFrame(microdata(0))
    rows = [list(frame.columns), *map(list, frame.rows())]
    content = {
        "csv": frame.write_csv(separator=";").encode(),
        "xlsx": _workbook(("Blad", rows)),
        "parquet": _parquet(frame),
    }
    assert strip_spaces(read_microdata(content["csv"])).equals(strip_spaces(read_microdata(content["xlsx"])))
    for kind, one in content.items():
        (tmp_path / f"{kind}.dat").write_bytes(one)
        protect(tmp_path / f"{kind}.dat", by=["wijk,leeftijd"], out=tmp_path / kind)
    made = {(tmp_path / kind / "wijk_x_leeftijd.csv").read_bytes() for kind in content}
    assert len(made) == 1


def _packed(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as book:
        for name, part in parts.items():
            book.writestr(name, part)
    return buffer.getvalue()


def _far(address: bytes) -> bytes:
    """A workbook with one cell more, far from the others; it must not reach the reader, which would make room."""
    with zipfile.ZipFile(io.BytesIO(_workbook(("Blad", [["a"], ["1"]])))) as book:
        parts = {part: book.read(part) for part in book.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    cell = b'<row r="9"><c r="' + address + b'"><v>1</v></c></row></sheetData>'
    return _packed(parts | {sheet: parts[sheet].replace(b"</sheetData>", cell)})


DAY = pl.DataFrame({"a": [SECRET]})
UNREADABLE = {
    "an old workbook": workbooks.OLD_OR_ENCRYPTED + SECRET.encode(),
    "a zip of something": _packed({"a.csv": SECRET.encode()}),
    "a damaged zip": workbooks.ZIP + SECRET.encode(),
    "half a workbook": _workbook(("Blad", [["a"], [SECRET]]))[:-200],
    "a workbook without a workbook": _packed({"xl/workbook.xml": SECRET.encode()}),
    "a far cell": _far(b"XFD1048576"),
    "an empty workbook": _workbook(("Blad", [])),
    "a header only": _workbook(("Blad", [["a", "b"]])),
    "a header twice": _workbook(("Blad", [["a", "a"], [SECRET, "1"]])),
    "a column without a header": _workbook(("Blad", [["a"], ["1", SECRET]])),
    "half a Parquet file": _parquet(DAY)[:-20],
    "lists in Parquet": _parquet(pl.DataFrame({"a": [[SECRET]]})),
    "bytes in Parquet": _parquet(pl.DataFrame({"a": [SECRET.encode()]})),
    "Parquet without rows": _parquet(DAY.clear()),
    "an empty file": b"",
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_refused_without_a_value(name: str) -> None:
    with pytest.raises(MicrodataUnreadable) as caught:
        read_microdata(UNREADABLE[name])
    assert SECRET not in str(caught.value)
    assert caught.value.__context__ is None


@pytest.mark.parametrize("content", [_workbook(("Een", [["a"], ["1"]])), b"a\n1\n", _parquet(DAY)])
def test_a_sheet_that_is_not_there_is_refused(content: bytes) -> None:
    with pytest.raises(MicrodataUnreadable, match="sheet"):
        read_microdata(content, "Twee")


@pytest.mark.parametrize("limit", ["MAXIMUM_BYTES", "MAXIMUM_CELLS"])
def test_a_workbook_that_is_too_large_is_not_opened(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    content = _workbook(("Blad", [["a", "b"], ["1", "2"]]))
    monkeypatch.setattr(sheet_parts, limit, 3)
    monkeypatch.setattr(workbooks.fastexcel, "read_excel", lambda _: pytest.fail("it was opened"))
    with pytest.raises(MicrodataUnreadable, match="too large"):
        read_microdata(content)
