"""What M11 finds inside compressed files: a value of a person hidden where nobody reads it as text."""

import io
import zipfile
import zlib

import polars as pl
import pytest
import typst
import xlsxwriter

from pia.checks.packed import unpack
from pia.evidence import Evidence, KeyCustody
from pia.measures import MEASURES
from schemas.profiles import STANDAARD
from tests.builders.sample import KEY, PEILDATUM

BSN = "999990019"
PSEUDONYM = "p0865y2019_AAAAAAAAAAAAAAAAAAAAAA"


def workbook(value: str) -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        book.add_worksheet().write(0, 0, value)
    return made.getvalue()


def parquet(value: str) -> bytes:
    made = io.BytesIO()
    pl.DataFrame({"a": ["x", value]}).write_parquet(made, compression="gzip", statistics=False)
    return made.getvalue()


def archive(value: str) -> bytes:
    """A workbook in an archive."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("map/tabellen.xlsx", workbook(value))
    return made.getvalue()


def attachment(value: str) -> bytes:
    """A stream that no page shows."""
    return b"%PDF-1.7\n1 0 obj <</Length 9>> stream\n" + zlib.compress(value.encode()) + b"\nendstream endobj"


def page(value: str) -> bytes:
    """Text on a page, which a PDF holds as numbers of glyphs."""
    return typst.compile(f"Een regel met {value} erin.".encode(), font_paths=[])


HIDDEN = (workbook, parquet, archive, attachment, page)


@pytest.mark.parametrize("value", [BSN, PSEUDONYM])
@pytest.mark.parametrize("hide", HIDDEN, ids=lambda hide: hide.__name__)
def test_a_value_is_found_wherever_it_is_packed(hide, value: str) -> None:
    content = hide(value)
    assert value.encode() not in content
    assert any(value.encode() in piece for piece in unpack(content))


def evidence(content: bytes) -> Evidence:
    """A run of which only this file counts."""
    return Evidence(
        profile=STANDAARD, peildatum=PEILDATUM, today=PEILDATUM, sources=(), delivered=(), counts=(), staged={},
        stored={}, pseudonym_prefix=KEY.prefix, residents=0, released=(), files={"tabellen.xlsx": content},
        custody=KeyCustody(0o600, is_inside_output=False),
    )  # fmt: skip


@pytest.mark.parametrize("value", [BSN, PSEUDONYM])
@pytest.mark.parametrize("hide", HIDDEN, ids=lambda hide: hide.__name__)
def test_the_measure_sees_it(hide, value: str) -> None:
    m11 = next(one for one in MEASURES if one.id == "M11")
    assert m11.check(evidence(hide("niets"))).observation.startswith("0 pseudoniemen")
    assert not m11.check(evidence(hide(value))).observation.startswith("0 pseudoniemen")


def test_plain_files_are_themselves_only() -> None:
    assert list(unpack(b"a,b\n1,2\n")) == [b"a,b\n1,2\n"]
