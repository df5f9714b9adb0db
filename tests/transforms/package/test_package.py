"""The package for the researcher: every format says the same, and nothing that the tables do not say."""

import csv
import io
import json
import time
import zipfile
from dataclasses import replace

import fastexcel
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.commands.cli import main
from schemas.profiles import DEMO, KWARTAAL, STANDAARD
from schemas.specs import Method
from schemas.states import Released
from schemas.tables import TABLES, tables_of
from schemas.tables.counted import ALSO_LEFT, is_of_stock
from tests.builders.content import content_of, nothing_of, released_of
from transforms.intake.quality import SHARES_PCT, DeliveryQuality, quality_of
from transforms.package.dummy import dummy_cells, dummy_zip
from transforms.package.files import release_files, stem
from transforms.package.workbook import EXPLANATION, workbook_xlsx


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return release_files(content_of(STANDAARD))


def _sheet(workbook: bytes, name: str) -> list[tuple[object, ...]]:
    return fastexcel.read_excel(workbook).load_sheet(name, header_row=None, dtypes="string").to_polars().rows()


@pytest.mark.parametrize("spec", TABLES, ids=lambda spec: spec.id)
def test_parquet_holds_the_same_cells_as_csv_with_types(spec, files) -> None:
    parquet = pl.read_parquet(io.BytesIO(files[f"{stem(spec)}.parquet"]))
    text = pl.read_csv(io.BytesIO(files[f"{stem(spec)}.csv"]), infer_schema=False)
    assert parquet.columns == text.columns
    assert parquet.schema["value"] == parquet.schema["low"] == pl.Int64
    assert parquet.cast(pl.String).equals(text)


@pytest.mark.parametrize("spec", TABLES, ids=lambda spec: spec.id)
def test_a_sheet_holds_numbers_as_numbers_and_words_where_nothing_is_published(spec, files) -> None:
    released = released_of(spec.id)
    sheet = fastexcel.read_excel(files["tabellen.xlsx"]).load_sheet(spec.id, header_row=None, skip_rows=1).to_polars()
    statuses = sheet[:, -3].to_list()
    values = _sheet(files["tabellen.xlsx"], spec.id)[1:]
    assert statuses == released.frame["status"].to_list()
    for row, value in zip(values, released.frame["value"].to_list(), strict=True):
        assert row[-4] == ("onderdrukt" if value is None else str(value))
    xml = zipfile.ZipFile(io.BytesIO(files["tabellen.xlsx"])).read(f"xl/worksheets/sheet{TABLES.index(spec) + 2}.xml")
    published = released.frame["value"].is_not_null().sum()
    # A number has no type in the XML; text is a shared string, t="s".
    assert xml.count(b"<v>") - xml.count(b't="s"') == published + 2 * released.frame.height
    assert b'state="frozen"' in xml


def test_the_workbook_explains_itself_first(files) -> None:
    book = fastexcel.read_excel(files["tabellen.xlsx"])
    assert book.sheet_names == [EXPLANATION, *(table.id for table in TABLES)]
    told = " ".join(str(cell) for row in _sheet(files["tabellen.xlsx"], EXPLANATION) for cell in row)
    for word in ("1 juli 2019", "standaard", "Status A", "Status N", "Status Q", "te bevestigen", TABLES[0].question):
        assert word in told
    demo = _sheet(workbook_xlsx(content_of(DEMO)), EXPLANATION)
    assert "DEMO" in str(demo[1])


def test_no_cell_of_the_workbook_is_a_formula_or_a_link() -> None:
    """Even a label that looks like one, which no code list has."""
    spec = TABLES[0]
    (dimension,) = spec.dimensions
    codes = dimension.codes
    evil = tuple(replace(code, label="=HYPERLINK(1)") if code.code == "pwet" else code for code in codes.codes)
    axis = replace(dimension, title="=1+1", codes=replace(codes, codes=evil))
    table = Released(released_of("T01").frame, type(spec)(spec.id, "=2+2", "@SUM(1)", (axis,)))
    parts = zipfile.ZipFile(io.BytesIO(workbook_xlsx(content_of(STANDAARD, (table,)))))
    sheets = b"".join(parts.read(name) for name in parts.namelist() if "worksheets" in name)
    assert b"<f>" not in sheets
    assert b"hyperlink" not in sheets.lower()
    assert b"=HYPERLINK(1)" in parts.read("xl/sharedStrings.xml")


def test_the_clock_is_in_no_file(files) -> None:
    time.sleep(2.1)  # a zip keeps time in steps of two seconds
    again = release_files(content_of(STANDAARD))
    assert [name for name in files if files[name] != again[name]] == []
    for name in ("tabellen.xlsx", "dummy.zip"):
        assert {part.date_time for part in zipfile.ZipFile(io.BytesIO(files[name])).infolist()} == {
            (1980, 1, 1, 0, 0, 0)
        }


def test_every_byte_can_be_searched(files) -> None:
    """Nothing is compressed, so that a trace of a person would be found in any format."""
    word = b"alleen Participatiewet"
    names = [
        "T01_regeling.csv",
        "T01_regeling.parquet",
        "tabellen.xlsx",
        "dummy.zip",
        "codeboek.md",
        "datapackage.json",
    ]
    assert [name for name in names if word not in files[name]] == []


def test_a_count_left_beside_status_q_is_in_no_format() -> None:
    slip = pl.col("value").fill_null(987654)
    content = content_of()
    slips = tuple(Released(table.frame.with_columns(slip), table.spec) for table in content.released)
    assert release_files(content_of(tables=slips)) == release_files(content)


def test_the_codebook_names_everything_declared(files) -> None:
    text = files["codeboek.md"].decode()
    for table in TABLES:
        assert all(word in text for word in (f"### {table.id}: {table.title}", table.question, *table.caveats))
        for dimension in table.dimensions:
            assert dimension.codes.source in text
            for level in dimension.levels:
                assert f"| `{level}` | {dimension.label(level)} |" in text


def test_every_text_says_where_others_than_the_residents_on_the_peildatum_count() -> None:
    """A table of the years before counts who left, too; which those are, its population says."""
    assert [table.id for table in TABLES if not is_of_stock(table)] == [f"T{number}" for number in range(21, 29)]
    content = content_of(STANDAARD)
    files = release_files(content)
    assert "telt in T21, T22, T23, T24, T25, T26, T27, T28.\n4." in files["methode.md"].decode()
    of_stock = tuple(one for one in content.released if is_of_stock(one.spec))
    assert "Ook wie" not in release_files(content_of(STANDAARD, of_stock))["methode.md"].decode()
    package = {one["path"]: one for one in json.loads(files["datapackage.json"])["resources"]}
    parts = files["codeboek.md"].decode().split("\n### ")
    for table in TABLES:
        described = package[f"{stem(table)}.csv"]["description"]
        (part,) = (one for one in parts if one.startswith(f"{table.id}: "))
        assert (ALSO_LEFT in described, ALSO_LEFT in part) == (not is_of_stock(table),) * 2, table.id
        says = "Alleen Stand: met een lopende uitkering of WMO-voorziening."
        assert (says in described) == is_of_stock(table)


def test_method_and_quality_speak_of_this_release() -> None:
    quality = (DeliveryQuality("wmo", 5), DeliveryQuality("zrm", None))
    content = content_of(STANDAARD)
    told = release_files(type(content)(content.released, STANDAARD, content.peildatum, quality))
    assert "| Toewijzingen WMO | ten hoogste 5 % |" in told["kwaliteitsverklaring.md"].decode()
    assert "niet gepubliceerd: te kleine levering" in told["kwaliteitsverklaring.md"].decode()
    method = told["methode.md"].decode()
    assert "1 tot en met 9" in method
    assert "afgerond" not in method
    frames = {one.spec.id: one.frame for one in content.released}
    rounded = tuple(Released(frames[spec.id], spec) for spec in tables_of(KWARTAAL))
    assert "veelvouden van 10" in release_files(content_of(KWARTAAL, rounded))["methode.md"].decode()


@given(rows=st.integers(0, 3000), quarantined=st.integers(0, 3000), threshold=st.integers(2, 20))
def test_a_class_of_quality_never_tells_of_few_rows(rows: int, quarantined: int, threshold: int) -> None:
    """By listing: every number of rows that would be told the same, as somebody who knows `rows` can."""
    quarantined = min(quarantined, rows)
    told = quality_of("wmo", rows=rows, quarantined=quarantined, threshold=threshold).quarantined_pct
    if told is None:
        assert rows < threshold
        return
    assert told in SHARES_PCT
    possible = [
        count
        for count in range(rows + 1)
        if quality_of("wmo", rows=rows, quarantined=count, threshold=threshold).quarantined_pct == told
    ]
    assert quarantined in possible
    assert possible[0] >= threshold or (possible[0] == 0 and possible[-1] >= threshold)


def test_a_dummy_has_the_schema_of_the_release_and_no_real_count(files) -> None:
    archive = zipfile.ZipFile(io.BytesIO(files["dummy.zip"]))
    assert b"DUMMY" in archive.read("LEESMIJ.txt")
    for spec in TABLES:
        real = list(csv.DictReader(io.StringIO(files[f"{stem(spec)}.csv"].decode())))
        dummy = list(csv.DictReader(io.StringIO(archive.read(f"DUMMY_{stem(spec)}.csv").decode())))
        axes = [name for name in real[0] if name not in {"value", "status", "low", "high"}]
        assert [[row[name] for name in axes] for row in dummy] == [[row[name] for name in axes] for row in real]
        assert {row["status"] for row in dummy} == {"A", "Q"}
        assert all(int(row["value"]) == 0 or int(row["value"]) >= 900_000 for row in dummy if row["value"])
        parquet = pl.read_parquet(io.BytesIO(archive.read(f"DUMMY_{stem(spec)}.parquet")))
        assert parquet.schema == pl.read_parquet(io.BytesIO(files[f"{stem(spec)}.parquet"])).schema


def test_a_dummy_follows_from_the_declaration_alone() -> None:
    other = content_of(STANDAARD, [nothing_of(table) for table in content_of().released])
    assert release_files(other)["dummy.zip"] == dummy_zip(TABLES)
    rounded = tables_of(KWARTAAL)[0]
    assert rounded.disclosure.method == Method.ROUND
    assert set(dummy_cells(rounded)["status"]) == {"A", "N"}


def test_dummies_can_be_had_before_there_is_a_release(tmp_path, capsys) -> None:
    main(["dummy", "--out", str(tmp_path / "dummy.zip"), "--profile", "kwartaal"])
    assert (tmp_path / "dummy.zip").read_bytes() == dummy_zip(tables_of(KWARTAAL))
    with pytest.raises(SystemExit):
        main(["dummy", "--out", str(tmp_path / "dummy.zip")])


REQUIRED = {
    "dcat:Dataset": {
        "dct:title", "dct:description", "dct:accessRights", "dcat:contactPoint", "dct:creator", "dct:identifier",
        "dct:publisher", "dcat:theme",
    },
    "dcat:Distribution": {"dcat:accessURL", "dct:license"},
    "foaf:Agent": {"foaf:name"},
    "vcard:Kind": {"vcard:fn"},
}  # fmt: skip
"""What DCAT-AP-NL 3.0 requires per class: the minCount shapes of Geonovum, read in November 2026."""


def _nodes(found: object) -> list[dict]:
    inside = found.values() if isinstance(found, dict) else found if isinstance(found, list) else ()
    own = [found] if isinstance(found, dict) and "@type" in found and "@value" not in found else []
    return own + [node for one in inside for node in _nodes(one)]


def test_the_catalogue_record_has_what_dcat_ap_nl_requires(files) -> None:
    record = json.loads(files["dcat.jsonld"])
    nodes = _nodes(record)
    for node in nodes:
        assert REQUIRED.get(node["@type"], set()) <= node.keys(), node["@type"]
        prefixes = {key.partition(":")[0] for key in node if not key.startswith("@")}
        assert prefixes <= set(record["@context"])
    assert {node["@type"] for node in nodes} >= set(REQUIRED)
    distributions = [node["dcat:accessURL"]["@id"] for node in nodes if node["@type"] == "dcat:Distribution"]
    assert distributions == [name for name in files if name.endswith((".csv", ".parquet", ".xlsx"))]
    for single in ("dcat:contactPoint", "dct:identifier"):
        assert not isinstance(record[single], list)
    assert files["dcat.jsonld"].decode().count("te bevestigen") > len(distributions)


def test_the_data_package_covers_every_other_file_and_says_what_is_sensitive(files) -> None:
    package = json.loads(files["datapackage.json"])
    assert [resource["path"] for resource in package["resources"]] == [
        name for name in files if name not in {"datapackage.json", "SHA256SUMS"}
    ]
    for resource in package["resources"]:
        assert resource["bytes"] == len(files[resource["path"]])
        assert all(field.get("description") for field in resource.get("schema", {}).get("fields", []))
    (table,) = (
        resource for resource in package["resources"] if resource["path"].startswith("T03") and "schema" in resource
    )
    told = {field["name"]: field.get("sensitive") for field in table["schema"]["fields"]}
    assert told["trede"] is True
    assert told["regeling"] is False
