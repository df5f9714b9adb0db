"""Delivered bytes: what is refused, with which error, and that no message shows a value."""

from collections.abc import Callable, Mapping

import pytest

from schemas.errors import (
    DeliveryEmpty,
    DeliveryError,
    UnknownColumn,
    UnreadableRows,
    WrongColumns,
    WrongEncoding,
    WrongSeparator,
)
from schemas.sources.participatieladder import SOURCE
from transforms.delivery import read_delivery, unregistered_columns

HEADER = ";".join(SOURCE.headers)
ROW = "0865;999990019;4;01-03-2019;Zoë Ångström;zegt: geheim"


def file_of(*lines: str, encoding: str = "cp1252") -> bytes:
    return "\r\n".join([*lines, ""]).encode(encoding)


def test_leading_zero_of_a_bsn_survives() -> None:
    frame = read_delivery(file_of(HEADER, ROW.replace("999990019", "010002546")), SOURCE)
    assert frame["bsn"].to_list() == ["010002546"]


def test_diacritics_semicolons_and_line_numbers() -> None:
    frame = read_delivery(file_of(HEADER, ROW.replace("zegt: geheim", '"een; twee"'), ROW), SOURCE)
    assert frame["beoordelaar"].to_list() == ["Zoë Ångström"] * 2
    assert frame["opmerkingen"].to_list() == ["een; twee", "zegt: geheim"]
    assert frame["regel_nummer"].to_list() == [2, 3]


def test_a_file_with_bare_carriage_returns_is_read() -> None:
    content = file_of(HEADER, ROW).replace(b"\r\n", b"\r")
    assert read_delivery(content, SOURCE).height == 1
    assert unregistered_columns(content, SOURCE) == 0


def test_empty_and_blank_cells_are_null() -> None:
    assert read_delivery(file_of(HEADER, "0865;999990019;4; ;;"), SOURCE)["meting_datum"].to_list() == [None]


BROKEN: Mapping[str, tuple[bytes, type[Exception]]] = {
    "empty": (b"", DeliveryEmpty),
    "blank": (b" \r\n \r\n", DeliveryEmpty),
    "header only": (file_of(HEADER), DeliveryEmpty),
    "commas": (file_of(HEADER.replace(";", ","), ROW.replace(";", ",")), WrongSeparator),
    "tabs": (file_of(HEADER.replace(";", "\t"), ROW.replace(";", "\t")), WrongSeparator),
    "utf-8": (file_of(HEADER, ROW, encoding="utf-8"), WrongEncoding),
    "utf-8 with mark": (file_of(HEADER, ROW, encoding="utf-8-sig"), WrongEncoding),
    "utf-8 and cp1252 glued together": (
        file_of(HEADER, ROW, encoding="utf-8") + file_of(ROW),
        WrongEncoding,
    ),
    "utf-16": (file_of(HEADER, ROW, encoding="utf-16"), WrongEncoding),
    "byte that cp1252 lacks": (file_of(HEADER, ROW) + b"\x81", WrongEncoding),
    "extra column": (file_of(HEADER + ";Telefoon", ROW + ";0612345678"), UnknownColumn),
    "renamed column": (file_of(HEADER.replace("Trede", "Geheim"), ROW), UnknownColumn),
    "no header": (file_of(ROW, ROW), UnknownColumn),
    "swapped columns": (file_of(HEADER.replace("Trede;DatumMeting", "DatumMeting;Trede"), ROW), WrongColumns),
    "missing column": (file_of(HEADER.removesuffix(";Toelichting"), ROW), WrongColumns),
    "doubled column": (file_of(HEADER + ";Trede", ROW + ";4"), WrongColumns),
    "short row": (file_of(HEADER, ROW, "0865;999990019;4"), UnreadableRows),
    "long row": (file_of(HEADER, ROW + ";meer"), UnreadableRows),
    "unclosed quote": (file_of(HEADER, ROW.replace("zegt", '"zegt'), ROW), UnreadableRows),
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


def test_every_error_of_a_delivery_has_an_exit_code_of_its_own() -> None:
    def descendants(kind: type) -> list[type]:
        return [one for child in kind.__subclasses__() for one in (child, *descendants(child))]

    from schemas.errors import BestandsanalyseError, InspectionError

    codes = [
        kind.exit_code for kind in descendants(BestandsanalyseError) if kind not in {DeliveryError, InspectionError}
    ]
    assert len(codes) == len(set(codes))
    assert not {0, 1, 2} & set(codes)


@pytest.mark.parametrize(
    ("change", "expected"), [(lambda h: h, 0), (lambda h: h + ";Telefoon", 1), (lambda h: h.lower(), 6)]
)
def test_the_pia_counts_unregistered_columns_by_itself(change: Callable[[str], str], expected: int) -> None:
    assert unregistered_columns(file_of(change(HEADER), ROW), SOURCE) == expected
