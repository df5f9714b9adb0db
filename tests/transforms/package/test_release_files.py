"""What a release shows, and what it may not show."""

import csv
import hashlib
import io
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from itertools import product

import frictionless
import polars as pl
import pytest
from pypdf import PdfReader

from schemas.profiles import DEMO, STANDAARD
from schemas.states import Released
from schemas.tables import TABLES
from tests.builders.content import content_of, released_of
from tests.oracles.page import Page
from transforms.package.files import ReleaseContent, file_names, release_files, stem
from transforms.report.pdf import report_pdf
from transforms.report.report import report_html
from transforms.report.story import story


@pytest.fixture(scope="module")
def content() -> ReleaseContent:
    return content_of()


@pytest.fixture(scope="module")
def files(content) -> dict[str, bytes]:
    return release_files(content)


def _cells(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode())))


def test_a_release_has_a_file_per_table_and_a_descriptor(files):
    tables = [f"DEMO_{stem(table)}.{kind}" for table in TABLES for kind in ("csv", "parquet", "svg")]
    reports = [f"DEMO_{name}.{kind}" for name in ("rapport_nl", "report_en") for kind in ("html", "pdf")]
    assert [*tables, *reports] == list(files)[: len(tables) + len(reports)]
    assert list(files) == list(file_names(DEMO, TABLES))
    assert "DEMO_T03_trede_x_regeling.csv" in tables


def test_equal_content_gives_equal_bytes(files):
    assert release_files(content_of()) == files


def test_another_process_makes_the_same_bytes(files):
    """Publication and `verify` make every file again, in another process and on another day."""
    code = "import json; from hashlib import sha256; from tests.builders.content import content_of\n"
    code += "from transforms.package.files import release_files\n"
    code += "print(json.dumps({name: sha256(data).hexdigest() for name, data in release_files(content_of()).items()}))"
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland", "LC_ALL": "C"}
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=environment).stdout
    assert json.loads(made) == {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}


def test_a_suppressed_cell_is_empty_in_csv(files):
    cells = [cell for name, data in files.items() if name.endswith(".csv") for cell in _cells(data)]
    assert all((cell["value"] == "") == (cell["status"] == "Q") for cell in cells)
    for cell in cells:
        assert (cell["low"], cell["high"]) == (("0", "14") if cell["status"] == "Q" else (cell["value"],) * 2)


def test_csv_keeps_every_cell_in_declared_order_with_its_label(files):
    for table in TABLES:
        cells = _cells(files[f"DEMO_{stem(table)}.csv"])
        levels = [tuple(cell[dimension.name] for dimension in table.dimensions) for cell in cells]
        assert levels == list(product(*(dimension.levels for dimension in table.dimensions)))
        for cell in cells:
            for dimension in table.dimensions:
                assert cell[f"{dimension.name}_label"] == dimension.label(cell[dimension.name])


def test_csv_is_plain_and_no_cell_is_a_formula(files):
    for name in (name for name in files if name.endswith(".csv")):
        assert b"\r" not in files[name]
        assert files[name].endswith(b"\n")
        for row in csv.reader(io.StringIO(files[name].decode())):
            assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)


def test_a_count_left_beside_status_q_is_shown_nowhere(files):
    """The status decides, so a slip in disclosure control does not reach a reader here."""
    slip = pl.col("value").fill_null(987654)
    slips = tuple(Released(table.frame.with_columns(slip), table.spec) for table in content_of().released)
    assert release_files(content_of(tables=slips)) == files


def test_a_suppressed_cell_shows_no_number_in_the_report(files):
    cells = Page(files["DEMO_rapport_nl.html"].decode()).cells
    blank = [text for classes, text in cells if "leeg" in classes]
    assert set(blank) == {"•niet gepubliceerd"}
    assert not any("gepubliceerd" in text for classes, text in cells if "leeg" not in classes)
    suppressed = sum((table.frame["status"] == "Q").sum() for table in content_of().released)
    shares = sum((released_of(table.id).frame["status"] == "Q").sum() for table in TABLES if len(table.dimensions) == 1)
    assert len(blank) == suppressed + shares


def test_the_report_is_one_accessible_file(files):
    html = files["DEMO_rapport_nl.html"].decode()
    page = Page(html)
    assert page.open == []
    assert page.headings[0] == 1
    assert page.headings.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in zip(page.headings, page.headings[1:], strict=False))
    tags = [tag for tag, _ in page.tags]
    assert {"header", "nav", "main", "footer"} <= set(tags)
    assert tags.count("caption") == tags.count("table") == len(TABLES) + 2
    assert all("scope" in attributes for tag, attributes in page.tags if tag == "th")
    assert ("html", {"lang": "nl"}) in page.tags
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert not {"script", "link", "img", "iframe", "object"} & set(tags)
    assert not re.search(r"(src|href)=\"(?!#)|@import|url\((?!#|&quot;#|\"#)", html)


def test_every_question_and_every_label_stands_in_the_report(files):
    text = Page(files["DEMO_rapport_nl.html"].decode()).text
    for table in TABLES:
        assert table.question in text
        assert all(caveat in text for caveat in table.caveats)
        for dimension in table.dimensions:
            assert all(dimension.label(level) in text for level in dimension.levels)


def test_demo_is_stamped_everywhere_if_and_only_if_it_is_a_demo(files):
    shown = {name: data for name, data in files.items() if not name.endswith((".csv", ".xlsx", ".zip", ".pdf"))}
    assert all(b"DEMO" in data for data in shown.values())
    assert all(b"DEMO" in pdf_text(data) for name, data in files.items() if name.endswith(".pdf"))
    assert all(name.startswith("DEMO_") for name in files if name not in {"datapackage.json", "SHA256SUMS"})
    assert b"<title>DEMO: " in files["DEMO_rapport_nl.html"]
    assert json.loads(files["datapackage.json"])["name"].startswith("demo-")
    for name, data in release_files(content_of(STANDAARD)).items():
        assert "demo" not in name.lower()
        # The class names of the style sheet are no words to a reader.
        shown = pdf_text(data) if name.endswith(".pdf") else data
        assert b"demo" not in shown.lower().split(b"</style>")[-1].replace(b'"demo": false', b"")


def pdf_text(data: bytes) -> bytes:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).encode()


def test_frictionless_validates_the_package(files, tmp_path):
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    report = frictionless.Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "message"])
    assert len(report.tasks) == len(files) - 2, "all but the descriptor and the hashes"


def test_the_package_describes_every_level(files):
    package = json.loads(files["datapackage.json"])
    assert "te bevestigen" in package["description"]
    tables = [resource for resource in package["resources"] if "schema" in resource]
    for resource, table in zip(tables, TABLES, strict=True):
        fields = {field["name"]: field for field in resource["schema"]["fields"]}
        assert resource["schema"]["missingValues"] == [""]
        for dimension in table.dimensions:
            pairs = [(category["value"], category["label"]) for category in fields[dimension.name]["categories"]]
            assert pairs == [(level, dimension.label(level)) for level in dimension.levels]


def test_the_reports_escape_what_they_are_given(content):
    odd = content_of(replace(DEMO, gemeente="<b>#panic()"))
    page = report_html(story(odd, "nl"))
    assert b"<b>" not in page
    assert b"&lt;b&gt;#panic()" in page
    assert "<b>#panic()" in PdfReader(io.BytesIO(report_pdf(story(odd, "nl")))).pages[0].extract_text()
