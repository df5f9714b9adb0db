"""Delivered bytes: what is refused, with which error, and that no message shows a value."""

import csv
import io
import os
import re
from collections.abc import Callable, Mapping

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pia.checks.lines import count_rows
from schemas.errors import (
    BestandsanalyseError,
    DeliveryEmpty,
    RowsLost,
    UnknownColumn,
    UnreadableLine,
    WrongColumns,
    WrongEncoding,
    WrongSeparator,
)
from schemas.profiles import STANDAARD
from schemas.sources import SOURCES
from schemas.sources.participatieladder import SOURCE
from tests.builders.sample import PEILDATUM
from transforms.intake.contract import check_contract
from transforms.intake.delivery import (
    BSNS,
    blank_unread_cells,
    drop_lines,
    read_delivery,
    require_all_rows,
    unregistered_columns,
)
from transforms.intake.text_files import decode_text, records

HEADER = ";".join(SOURCE.headers)
ROW = "0865;999990019;4;01-03-2019;Zoë Ångström;zegt: geheim"


def file_of(*lines: str, encoding: str = "cp1252") -> bytes:
    return "\r\n".join([*lines, ""]).encode(encoding)


def test_leading_zero_of_a_bsn_survives() -> None:
    frame = read_delivery(file_of(HEADER, ROW.replace("999990019", "010002546")), SOURCE).frame
    assert frame["bsn"].to_list() == ["010002546"]


def test_diacritics_semicolons_and_line_numbers() -> None:
    source = next(source for source in SOURCES if source.id == "trajecten")
    row = "0865;999990019;LKS;;{};01-03-2019;;;;;;"
    lines = [";".join(source.headers), row.format('"Zoë; Ångström"'), "", row.format('"Zoë ""Å"""')]
    frame = read_delivery(file_of(*lines), source).frame
    assert frame["aanbieder"].to_list() == ["Zoë; Ångström", 'Zoë "Å"']
    assert frame["regel_nummer"].to_list() == [2, 4]


def test_a_file_with_bare_carriage_returns_is_read() -> None:
    content = file_of(HEADER, ROW).replace(b"\r\n", b"\r")
    assert read_delivery(content, SOURCE).frame.height == 1
    assert unregistered_columns(content, SOURCE) == 0


def test_empty_and_blank_cells_are_null() -> None:
    assert read_delivery(file_of(HEADER, "0865;999990019;4; ;;"), SOURCE).frame["meting_datum"].to_list() == [None]


BROKEN: Mapping[str, tuple[bytes, type[Exception]]] = {
    "empty": (b"", DeliveryEmpty),
    "blank": (b" \r\n \r\n", DeliveryEmpty),
    "header only": (file_of(HEADER), DeliveryEmpty),
    "commas": (file_of(HEADER.replace(";", ","), ROW.replace(";", ",")), WrongSeparator),
    "tabs": (file_of(HEADER.replace(";", "\t"), ROW.replace(";", "\t")), WrongSeparator),
    "utf-8 and cp1252 glued together": (
        file_of(HEADER, ROW, encoding="utf-8") + file_of(ROW),
        WrongEncoding,
    ),
    "workbook": (b"PK\x03\x04" + b"\x00" * 40, WrongEncoding),
    "utf-16": (file_of(HEADER, ROW, encoding="utf-16"), WrongEncoding),
    "byte that cp1252 lacks": (file_of(HEADER, ROW) + b"\x81", WrongEncoding),
    "extra column": (file_of(HEADER + ";Telefoon", ROW + ";0612345678"), UnknownColumn),
    "renamed column": (file_of(HEADER.replace("Trede", "Geheim"), ROW), UnknownColumn),
    "no header": (file_of(ROW, ROW), UnknownColumn),
    "swapped columns": (file_of(HEADER.replace("Trede;DatumMeting", "DatumMeting;Trede"), ROW), WrongColumns),
    "missing column": (file_of(HEADER.replace(";DatumMeting", ""), ROW), WrongColumns),
    "doubled column": (file_of(HEADER + ";Trede", ROW + ";4"), WrongColumns),
    "unclosed quote": (file_of(HEADER, ROW.replace("zegt", '"zegt'), ROW), UnreadableLine),
    "quotes around a line break": (file_of(HEADER, ROW.replace("zegt: geheim", '"geheim'), ROW + '"'), UnreadableLine),
    "something behind a quote": (file_of(HEADER, ROW.replace("zegt: geheim", '"zegt" geheim')), UnreadableLine),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_file_gives_its_own_value_free_error(case: str) -> None:
    content, error = BROKEN[case]
    with pytest.raises(error) as caught:
        read_delivery(content, SOURCE)
    for value in ("999990019", "Zoë", "Ångström", "geheim", "Geheim", "Telefoon", "0612345678"):
        assert value not in str(caught.value)
    assert caught.value.__context__ is None
    assert "Nothing was published" in str(caught.value)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig"])
@pytest.mark.parametrize("above", [(), ("sep=;",), ("", "")])
@pytest.mark.parametrize("end", ["", ";", ";;;"])
def test_what_a_spreadsheet_does_to_a_file_changes_no_row(encoding: str, above: tuple[str, ...], end: str) -> None:
    lines = [*above, HEADER.upper().replace(";", " ; ") + end, ROW + end, ";;;;;" + end, "\x1a"]
    content = file_of(*lines, encoding=encoding)
    frame = read_delivery(content, SOURCE).frame
    assert frame.select("bsn", "trede_code", "meting_datum").rows() == [("999990019", "4", "01-03-2019")]
    assert frame["regel_nummer"].to_list() == [2 + len(above)]
    assert count_rows(content) == 1
    assert unregistered_columns(content, SOURCE) == 0


@pytest.mark.parametrize(
    ("line", "cells", "persons"),
    [
        ("0865;999990019;4", "3/6", ["999990019"]),
        (ROW + ";meer", "7/6", ["999990019"]),
        (ROW + ROW.replace("999990019", "999909459"), "11/6", ["999909459", "999990019"]),  # a line end that was lost
        ("0865,999990019,4,01-03-2019", "1/6", ["999990019"]),
        ("Totaal;;;430", "4/6", []),
    ],
)
def test_a_line_that_does_not_fit_has_its_number_its_cells_and_its_persons(
    line: str, cells: str, persons: list[str]
) -> None:
    content = file_of(HEADER, ROW, line)
    frame = read_delivery(content, SOURCE).frame
    assert frame.select("regel_nummer", "cellen").rows() == [(2, None), (3, cells)]
    assert frame["betrokkenen"][1].to_list() == persons
    assert frame.drop("regel_nummer", "cellen", "betrokkenen").row(1) == (None,) * 4
    again = read_delivery(blank_unread_cells(content, SOURCE), SOURCE).frame
    assert again.equals(frame)


def test_nothing_that_is_not_read_is_kept(sample: Mapping[str, bytes]) -> None:
    for source in SOURCES:
        delivered = read_delivery(sample[source.file_name], source)
        kept = blank_unread_cells(drop_lines(sample[source.file_name], delivered.excluded), source)
        again = read_delivery(kept, source)
        assert again.frame.drop("regel_nummer").equals(delivered.frame.drop("regel_nummer"))
        assert again.excluded == ()
        unread = {column.header for column in source.columns} - {column.header for column in source.read}
        rows = list(csv.DictReader(io.StringIO(kept.decode(), newline=""), delimiter=";"))
        assert {row[header] for row in rows for header in unread} <= {""}


MARKS = ['"', ";", "\r", "\n", "\r\n", '"\n', ';"', '"; "', "\x1a", "\x00", "Totaal", "\ufeff", "999990019", "'", "\t"]


@settings(max_examples=2_000 if os.environ.get("HYPOTHESIS_PROFILE") == "nightly" else 200, deadline=None)
@given(data=st.data())
def test_every_line_of_a_spoilt_delivery_has_a_destiny_or_the_file_is_refused(
    data: st.DataObject, sample: Mapping[str, bytes]
) -> None:
    source = data.draw(st.sampled_from(SOURCES))
    lines = sample[source.file_name].decode("cp1252").split("\r\n")[:25]
    text = "\r\n".join(lines)
    for mark in data.draw(st.lists(st.sampled_from(MARKS), min_size=1, max_size=5)):
        place = data.draw(st.integers(0, len(text)))
        gone = data.draw(st.sampled_from([0, 0, 0, 1, 2, 40]))
        text = text[:place] + mark + text[place + gone :]
    content = text.encode(data.draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16"])))
    refused = None
    try:
        delivered = read_delivery(content, source)
        checked = check_contract(delivered, source, profile=STANDAARD, peildatum=PEILDATUM)
    except BestandsanalyseError as error:
        refused = error
    if refused is not None:
        assert not set(re.findall("[0-9]{7,}", str(refused)))
        return
    require_all_rows(delivered, count_rows(content), source)
    found = [*checked.valid.frame["regel_nummer"], *checked.quarantine.frame["regel_nummer"], *delivered.excluded]
    assert len(found) == len(set(found))
    assert checked.valid.frame.height + checked.quarantine.frame.height + checked.excluded == count_rows(content)
    # Whoever's BSN stands in a cell of its own is found, wherever the cell is.
    held = {bsn for bsns in delivered.frame["betrokkenen"] for bsn in bsns}
    rows = [cells for line, cells in records(decode_text(content), ";") if line not in delivered.excluded]
    known = {row.split(";")[1] for row in lines[1:]}
    written = {cells[1].strip() for cells in rows if len(cells) > 1} & known
    assert held >= {bsn for bsn in written if re.fullmatch("9999[0-9]{5}", bsn) and _passes(bsn)} - _above(rows)


@pytest.mark.parametrize("line", ['""', '"\x1a"', '""""', ' ;""; \t', '"""";\x1a', '"; "'])
def test_a_line_with_nothing_but_marks_is_no_row_to_either_count(line: str) -> None:
    content = file_of(HEADER, line, ROW, line)
    assert read_delivery(content, SOURCE).frame["regel_nummer"].to_list() == [3]
    assert count_rows(content) == 1


def _passes(bsn: str) -> bool:
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(weight * int(digit) for weight, digit in zip(weights, bsn, strict=True)) % 11 == 0


def _above(rows: list[list[str]]) -> set[str]:
    """What stands in the second cell of the header and above."""
    first = next(place for place, cells in enumerate(rows) if any(cell.strip(" \t\x1a") for cell in cells))
    return {cells[1].strip() for cells in rows[: first + 1] if len(cells) > 1}


def test_a_reader_that_loses_a_row_is_stopped() -> None:
    content = file_of(HEADER, ROW, ROW)
    delivered = read_delivery(content, SOURCE)
    lost = delivered.where(pl.int_range(pl.len()) > 0)
    with pytest.raises(RowsLost, match="2 lines below its header, of which 1 were read"):
        require_all_rows(lost, count_rows(content), SOURCE)


@pytest.mark.parametrize(("change", "expected"), [(str, 0), (lambda header: header + ";Telefoon", 1), (str.lower, 0)])
def test_the_pia_counts_unregistered_columns_by_itself(change: Callable[[str], str], expected: int) -> None:
    assert unregistered_columns(file_of(change(HEADER), ROW), SOURCE) == expected


def test_columns_that_are_not_read_may_be_left_out(sample: Mapping[str, bytes]) -> None:
    for source in SOURCES:
        content = sample[source.file_name]
        rows = list(csv.DictReader(io.StringIO(content.decode("cp1252"), newline=""), delimiter=";"))
        read = [column.header for column in source.read if column.header in rows[0]]
        written = io.StringIO(newline="")
        writer = csv.DictWriter(written, read, delimiter=";", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
        whole, bare = (read_delivery(text, source) for text in (content, written.getvalue().encode()))
        assert bare.frame.drop(BSNS).equals(whole.frame.drop(BSNS))
        assert bare.excluded == whole.excluded
        assert unregistered_columns(written.getvalue().encode(), source) == 0
