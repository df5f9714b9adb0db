"""What a release shows, and what it may not show. The numbers are made up."""

import csv
import hashlib
import io
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from itertools import product

import frictionless
import polars as pl
import pytest
from pypdf import PdfReader

from schemas.profiles import DEMO, STANDAARD
from schemas.specs import TOTAAL, TableSpec
from schemas.specs.sums import SumSpec
from schemas.states import Released, ReleasedSums
from schemas.tables import TABLES, table_by_id
from schemas.tables.sums import SUMS
from transforms.package.files import ReleaseContent, file_names, release_files, stem
from transforms.report.pdf import report_pdf
from transforms.report.report import report_html
from transforms.report.story import story

PEILDATUM = date(2019, 7, 1)
# Persons per combination of categories; the first dimension down, the second across.
PERSONS = {
    "T01": [265, 35, 130],
    "T02": [[40, 2, 5], [96, 11, 22], [70, 10, 25], [59, 12, 28], [0, 0, 50], [0, 0, 0]],
    "T03": [[41, 10, 2], [40, 11, 4], [44, 4, 1], [75, 9, 3], [62, 1, 0], [3, 0, 0], [0, 0, 120]],
    "T04": [[52, 3, 21], [66, 5, 40], [50, 12, 31], [57, 10, 26], [40, 5, 12]],
    "T05": [48, 61, 9, 3, 0, 5, 36, 17, 0, 0, 14, 22, 11, 7, 12, 0, 0, 0],
    "T06": [
        [4, 12, 15, 18, 4, 0],
        [5, 14, 15, 17, 4, 0],
        [5, 16, 13, 12, 3, 0],
        [14, 31, 20, 18, 4, 0],
        [15, 22, 15, 11, 0, 0],
        [2, 1, 0, 0, 0, 0],
        [2, 33, 27, 23, 35, 0],
    ],
    "T07": [[4, 0, 2], [141, 15, 60], [120, 20, 68]],
    "T08": [190, 60, 48, 2],
    "T09": [57, 108, 24, 111],
    "T10": [150, 125, 25],
    "T11": [3, 12, 20, 11, 60, 194],
    "T12": [214, 30, 36, 20],
    "T13": [14, 45, 30, 4, 21, 13, 194],
    "T14": [45, 243, 12],
    "T15": [50, 51, 39, 48, 46, 31, 49, 43, 30, 45, 53, 28, 251],
    "T16": [[60, 2, 12], [31, 6, 14], [17, 3, 23], [8, 1, 9], [1, 0, 3], [148, 23, 69]],
    "T17": {"ja": 117, "nee": 183},
    "T18": {"dagbesteding": 11, "trede_5": 77, "wal_en_schip": 31, "geen": 322},
    "T19": {"geisoleerd": 53, "langdurig": 182, "stapeling": 22, "indicatie": 18, "contact": 4, "geen": 205},
    "T20": [23, 35, 95, 147],
    "T21": [39, 1, 41, 58],
    "T22": [39, 1, 0, 29],
    "T23": [13, 4, 52],
    "T24": [6, 24, 2, 8, 0],
    "T25": [34, 1, 3, 7, 1, 6, 0, 17],
    "T26": [0, 0, 1, 1, 1, 14, 0, 52],
    "T27": [22, 71, 46],
    "T28": [12, 7, 6],
    "T41": [134, 296],
    "T42": [49, 61, 55, 16],
    "T43": [5, 26, 22, 24, 57, 0],
    "T44": [148, 282],
    "T45": [71, 56, 50],
    "T46": [[30, 80, 50, 54, 0, 0], [4, 11, 9, 6, 0, 0], [2, 9, 10, 15, 0, 0], [3, 7, 6, 4, 0, 0]],
    "T47": [
        [2, 4, 5, 3, 0, 0, 0],
        [9, 12, 11, 7, 5, 1, 0],
        [6, 5, 8, 7, 3, 1, 0],
        [1, 1, 1, 1, 0, 0, 0],
        [6, 4, 5, 4, 2, 0, 0],
        [0, 0, 0, 0, 13, 0, 0],
        [30, 30, 28, 64, 41, 1, 0],
    ],
    "T50": [[2, 3, 5, 12, 22, 1, 0], [48, 46, 42, 70, 36, 1, 0], [2, 2, 1, 3, 4, 0, 0]],
    "T52": [[12, 20, 14, 10, 8, 0], [8, 36, 17, 21, 18, 0], [12, 28, 16, 17, 20, 0], [6, 33, 15, 22, 17, 0],
            [0, 17, 16, 22, 25, 0]],
    "T53": [[134, 16, 0], [109, 16, 0], [22, 3, 0]],
    "T54": [[102, 15, 0], [163, 20, 0]],
    "T56": [8, 34, 92],
    "T57": [130, 18, 0],
    "T58": [74, 51, 43, 18, 4, 240],
}  # fmt: skip
# Who is in two categories counts once in the total, per category of the other dimension if there is one.
TOTALS = {
    "T05": 165, "T13": 300, "T15": 430, "T18": 430, "T19": 430, "T42": 134, "T45": 148,
    "T47": [51, 51, 48, 85, 62, 3, 0],
}  # fmt: skip
OTHER = 20
"""In every category of a table without numbers of its own, and in a category that its table has no number of."""

ALSO_SUPPRESSED = {("5", "pwet_totaal"), ("5", "pwet"), ("5", "totaal"), ("<27", "pwet"), ("27-44", "beide")}


def released_of(table_id: str, suppressed: set[tuple[str, ...]] = frozenset(ALSO_SUPPRESSED)) -> Released:
    """A table of PERSONS, with 1 to 9 and what is listed suppressed: no real disclosure control."""
    spec = table_by_id(table_id)
    counts = _by_category(spec)
    rows = []
    for levels in product(*(dimension.levels for dimension in spec.dimensions)):
        count = _count(spec, counts, levels)
        hidden = 0 < count < 10 or levels in suppressed
        rows.append((*levels, None if hidden else count, "Q" if hidden else "A"))
    schema = {dimension.name: pl.String for dimension in spec.dimensions} | {"value": pl.Int64, "status": pl.String}
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    value = pl.col("value")
    return Released(frame.with_columns(low=value.fill_null(0), high=value.fill_null(14)), spec)


def _count(spec: TableSpec, counts: list, levels: tuple[str, ...]) -> int:
    for dimension, level in zip(spec.dimensions, levels, strict=True):
        if dimension.multiple and level == TOTAAL:
            counts = TOTALS.get(spec.id) or _added(counts)
            continue
        positions = [dimension.codes.values.index(part) for part in dimension.parts(level)]
        chosen = [counts[position] for position in positions]
        counts = _added(chosen)
    return counts


def _by_category(spec: TableSpec) -> list:
    """Numbers of the categories of the first dimension, per category of the second if there is one."""
    counts = PERSONS.get(spec.id, {})
    if isinstance(counts, list):
        return counts
    first, *rest = (dimension.codes.values for dimension in spec.dimensions)
    return [counts.get(code, [OTHER] * len(rest[0]) if rest else OTHER) for code in first]


def _added(counts: list) -> list | int:
    return [sum(column) for column in zip(*counts, strict=True)] if isinstance(counts[0], list) else sum(counts)


def content_of(profile=DEMO, tables=None) -> ReleaseContent:
    return ReleaseContent(tables or tuple(released_of(table.id) for table in TABLES), profile, PEILDATUM)


def costed_content(profile=DEMO) -> ReleaseContent:
    """With amounts: as many times 1.234,56 euro as persons, blank where those are and for the largest of K02."""
    return replace(content_of(profile), sums=tuple(_sums_of(spec) for spec in SUMS))


def _sums_of(spec: SumSpec) -> ReleasedSums:
    counted = released_of(spec.counted.id).frame
    (dimension,) = spec.table.dimensions
    shown = pl.col("value").is_not_null() & (pl.col(dimension.name) != "66+")
    cents = pl.when(shown).then(pl.col("value") * 123456)
    status = pl.when(shown).then(pl.lit("A")).otherwise(pl.lit("Q"))
    frame = counted.with_columns(value=cents, status=status).with_columns(
        low=pl.col("value").fill_null(0), high=pl.col("value")
    )
    return ReleasedSums(frame, spec.table)


@pytest.fixture(scope="module")
def content() -> ReleaseContent:
    return content_of()


@pytest.fixture(scope="module")
def files(content) -> dict[str, bytes]:
    return release_files(content)


class Page(HTMLParser):
    """Checks that tags nest and gathers what the tests ask about."""

    VOID = ("meta", "br", "link", "img", "hr")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open, self.headings, self.tags, self.cells, self.texts = [], [], [], [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "td":
            self.cells.append((dict(attrs).get("class", ""), ""))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.texts.append(data.strip())
        if "td" in self.open:
            classes, text = self.cells[-1]
            self.cells[-1] = (classes, text + data)

    @property
    def text(self) -> str:
        return " ".join(text for text in self.texts if text)


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
    code = "import json; from tests.transforms.report.test_present import *\n"
    code += "print(json.dumps(hashes(release_files(content_of()))))"
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland", "LC_ALL": "C"}
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=environment).stdout
    assert json.loads(made) == hashes(files)


def hashes(files: dict[str, bytes]) -> dict[str, str]:
    return {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}


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


def test_the_summary_is_made_of_released_values(files):
    text = Page(files["DEMO_rapport_nl.html"].decode()).text
    assert "Op 1 juli 2019 vallen 430 inwoners van Vught onder" in text
    assert "op trede 5 en 6 samen 66 inwoners (22,0\u00a0%)" in text
    assert "Voor 117 inwoners (39,0\u00a0%) onder de Participatiewet is een volgende stap mogelijk" in text
    assert "Tussen wal en schip vallen 31 inwoners (7,2\u00a0%)" in text
    assert "Het vaakst: " in text
    assert "geïsoleerd: 53 inwoners (12,3\u00a0%)" in text
    assert "geen contact: een niet gepubliceerd aantal inwoners." in text


def test_the_summary_copes_with_a_release_that_publishes_nothing():
    files = release_files(content_of(STANDAARD, tuple(nothing_of(table) for table in content_of().released)))
    text = Page(files["rapport_nl.html"].decode()).text
    assert "Hoeveel inwoners onder de WMO vallen, is niet gepubliceerd." in text
    assert "op trede 1 en 2 samen een niet gepubliceerd aantal inwoners" in text
    assert "Het vaakst" not in text
    english = Page(files["report_en.html"].decode()).text
    assert "How many residents come under the WMO is not published." in english
    for name in (name for name in files if name.endswith(".svg")):
        # A label may hold a percentage; a share of a count stands in brackets.
        assert "%)" not in files[name].decode()


def nothing_of(table: Released) -> Released:
    return Released(table.frame.with_columns(value=pl.lit(None, pl.Int64), status=pl.lit("Q")), table.spec)


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
