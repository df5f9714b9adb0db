"""Inspection of tables that others made: what is found, and what is left in peace.

The published figures of the evaluation of 2019 stand in tests/published in our own words,
without its two tables of persons.
"""

import json
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from flows.commands.cli import main
from flows.commands.tools.inspection import inspect, read_tables
from schemas.errors import (
    BestandsanalyseError,
    BrokenDataPackage,
    EmptyTable,
    FindingsMade,
    InspectionPathMissing,
    UnreadableTable,
    UnsupportedTable,
    WrongTableEncoding,
)
from tests.builders.inspected import findings_in, given_table, schema_of
from transforms.inspection import RULES, Finding, Given, findings
from transforms.inspection.rules.ratios import numerators
from transforms.inspection.tables.delivered import as_frame
from transforms.inspection.tables.numerals import bound, decimal_sign, numeral

PUBLISHED = Path(__file__).parent / "published"
KEYS = ["table", "row", "column", "rule", "severity", "reveals", "safe"]
SILENT = {"T04", "T08b", "T10", "T11", "T16", "T17"}


def rules(*tables: Given | str) -> set[str]:
    return {one.rule for one in findings_in(*tables)}


def places(rule: str, *tables: Given | str) -> list[tuple[str, str]]:
    return [(one.row, one.column) for one in findings_in(*tables) if one.rule == rule]


@pytest.fixture(scope="module")
def published() -> list[Finding]:
    return findings(list(read_tables(PUBLISHED)))


def test_every_rule_is_declared_once_and_in_full() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert all(rule.text and rule.source for rule in RULES)


def test_what_the_published_report_gave_away_is_found(published: list[Finding]) -> None:
    by = {(one.table, one.row, one.column, one.rule): one.reveals for one in published}
    small = {name for name, _, _, rule in by if rule == "small-count"}
    assert small == {"T06", "T08", "T08c", "T08d", "T13", "T14", "T15"}
    assert "13 - 5 - 1 = 7" in by["T06", "rest lopend", "n", "difference-within"]
    assert "2 tot en met 4 personen" in by["T12", "P6", "pct", "small-numerator"]
    assert "5 % van 40 zijn 2" in by["T14", "Doorstroom", "pct", "small-numerator"]
    assert "beide waarden: 30 en 55" in by["T14", "Doorstroom", "gem_loonwaarde", "few-contributors"]
    assert "1 persoon" in by["T19", "Taakstelling 2018", "printed_pct", "small-numerator"]
    assert {row for name, row, _, rule in by if (name, rule) == ("T14", "extreme")} == {
        "Beschut", "Groep", "Doorstroom", "Individueel", "Totaal",
    }  # fmt: skip


def test_what_the_published_report_did_not_give_away_is_left_in_peace(published: list[Finding]) -> None:
    assert not {one.table for one in published} & SILENT
    assert not {one.row for one in published if one.table == "T12"} - {"P6"}
    assert not {one.column for one in published if "aanbieders" in one.column}
    assert {one.table for one in published if one.rule in ("difference-between", "group-disclosure")} == set()


def test_the_same_tables_as_workbooks_give_the_same_findings(published: list[Finding], tmp_path: Path) -> None:
    package = json.loads((PUBLISHED / "datapackage.json").read_text())
    for resource in package["resources"]:
        lines = (PUBLISHED / resource["path"]).read_text().splitlines()
        resource["path"] = resource["path"].replace(".csv", ".xlsx")
        with xlsxwriter.Workbook(tmp_path / resource["path"], {"strings_to_numbers": True}) as book:
            sheet = book.add_worksheet()
            for place, line in enumerate(lines):
                sheet.write_row(place, 0, line.split(";"))
    (tmp_path / "datapackage.json").write_text(json.dumps(package))
    assert findings(list(read_tables(tmp_path))) == published


def test_a_bare_folder_needs_no_data_package(tmp_path: Path) -> None:
    for name in ("T04", "T06", "T10", "T13", "T14", "T17"):
        (tmp_path / f"{name}.csv").write_bytes((PUBLISHED / f"{name}.csv").read_bytes())
    bare = findings(list(read_tables(tmp_path)))
    assert {one.table for one in bare} == {"T06", "T13", "T14"}
    assert ("Doorstroom", "pct") in [(one.row, one.column) for one in bare if one.rule == "small-numerator"]


def test_two_tables_of_nested_populations_are_subtracted() -> None:
    alle = given_table("trede;aantal\n1;131\n2;60\nTotaal;191", "alle")
    zonder = given_table("trede;aantal\n1;123\n2;60\nTotaal;183", "zonder_ontheffing")
    hits = [one for one in findings_in(alle, zonder) if one.rule == "difference-between"]
    assert {one.row for one in hits} == {"1", "Totaal"}
    assert "131 - 123 = 8 personen" in hits[0].reveals


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("wijk;aantal\nTotaal;131", "soort;aantal\nTotaal;123"),  # a total alone says nothing
        ("wijk;aantal\nNoord;45\nZuid;60", "wijk;aantal\nNoord;48\nZuid;55"),  # not nested
        ("wijk;uren\nNoord;131", "wijk;uren\nNoord;123"),
        ("wijk;aantal\nNoord;131\nZuid;60", "wijk;aantal\nNoord;131\nZuid;60"),
        ("wijk;aantal\nNoord;131", "wijk;aanbieders\nNoord;123"),
    ],
)
def test_unrelated_tables_are_not_subtracted(left: str, right: str) -> None:
    assert "difference-between" not in rules(given_table(left, "links"), given_table(right, "rechts"))


def test_tables_of_other_years_are_other_populations_and_a_declared_population_shares_its_total() -> None:
    one, other = "wijk;aantal\nNoord;131", "wijk;aantal\nNoord;123"
    assert rules(given_table(one, "stand_2018"), given_table(other, "stand_2019")) == set()
    whole = given_table("wat;aantal\nTotaal;131", "a", population="bijstand")
    parts = given_table("trede;aantal\n1;60\n2;63", "b", population="bijstand")
    assert places("difference-between", whole, parts) == [("Totaal", "aantal")]


def test_a_row_that_another_table_splits_without_a_total_is_subtracted() -> None:
    whole = given_table("wijk;aantal\nNoord;131\nZuid;90", "a")
    parts = given_table("wijk;aantal_met;aantal_zonder\nNoord;60;63\nZuid;40;50", "b")
    assert places("difference-between", whole, parts) == [("Noord", "aantal")]


def test_declared_populations_that_have_nothing_in_common_are_not_subtracted() -> None:
    vught, boxtel = (given_table(f"wijk;aantal\nA;{count}", name, population=f"inwoners van {name}")
                     for name, count in (("vught", 131), ("boxtel", 123)))  # fmt: skip
    assert rules(vught, boxtel) == set()
    part = given_table("wijk;aantal\nA;123", "deel", population="inwoners van vught zonder ontheffing")
    assert places("difference-between", vught, part) == [("A", "aantal")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("wijk;aantal\nNoord;40\nZuid;\nTotaal;48", [("Zuid", "aantal")]),
        ("wijk;aantal\nNoord;40\nZuid;<10\nTotaal;48", [("Zuid", "aantal")]),
        ("wijk;aantal\nNoord;40\nZuid;x\nOost;.\nTotaal;48", [("Zuid", "aantal"), ("Oost", "aantal")]),
        ("wijk;aantal\nNoord;40\nZuid;\nOost;\nTotaal;80", []),
        ("wijk;aantal\nNoord;40\nZuid;\nTotaal;40", []),  # nobody
        ("wijk;aantal\nNoord;40\nZuid;\nTotaal;90", []),
        ("groep;personen\nAllen;131\nwaarvan met ontheffing;123", [("Allen", "personen")]),
        ("wijk;aantal_met;totaal_aantal\nNoord;123;131\nZuid;60;90", [("Noord", "totaal_aantal")]),
        ("wijk;bedrag\nNoord;40\nZuid;\nTotaal;48", []),
        # Subtotals: Zuid follows from its block, not from the whole.
        ("wijk;aantal\nA;40\nB;20\nSubtotaal 1;60\nC;\nD;30\nSubtotaal 2;38\nTotaal;98", [("C", "aantal")]),
        # Rows and columns: neither sum alone tells, together they do.
        (
            "leeftijd;man;vrouw;totaal\n18-26;20;;\n27-44;;30;\n45-54;40;50;90\nTotaal;75;87;162\n",
            [("18-26", "vrouw")],
        ),
    ],
)
def test_what_follows_within_a_table(text: str, expected: list[tuple[str, str]]) -> None:
    assert places("difference-within", text) == expected


def test_two_blanks_per_line_that_the_whole_table_still_solves() -> None:
    """Every line has two blanks; only all lines together fix a cell between 1 and 9."""
    text = "leeftijd;a;b;c;totaal\nx;50;;;66\ny;;40;;57\nz;;;30;46\nTotaal;61;55;53;169"
    assert all(len(one.reveals) > 0 for one in findings_in(text))
    closed = "leeftijd;a;b;totaal\nx;;;70\ny;;;40\nTotaal;101;9;110"
    assert ("Totaal", "b") in places("small-count", closed)
    assert {("x", "b"), ("y", "b")} == set(places("difference-within", closed))


@pytest.mark.parametrize(
    "text",
    [
        "wat;n;unit\nDoelen;5;doelen\nUren;3;uren\nDocumenten;8;documenten\nAanbieders;2;aanbieders",
        "wijk;aanbieders;bedrag;uren;jaar\nNoord;3;5;4;2019\nZuid;2;8;9;2019",
        "post;2017;2018\nOverhead;5;8\nInkoop;3;4",
        "wat;aantal\nDoelen gesteld;5\nIngezette uren;8\nDocumenten;2",
        "wijk;aantal\nNoord;12,0\nZuid;1.234\nOost;0",
        "wijk;pct\nNoord;1\nZuid;2",  # of an unknown whole
        "jaar;gem_cijfer;laag;hoog\n2018;7,1;2;9",
        "inkomen;aantal_laag;aantal_midden;aantal_hoog\nNoord;20;30;40",
        "nr;post;bedrag\n1;Overhead;100\n2;Inkoop;200\n3;Overig;300",
        "regeling;aantal\nPwet;<10\nWMO;x\nSamen;.",
        "wijk;toelichting;aantal\nNoord;een lange toelichting op de telling;40\nZuid;nog een zin over cijfers;50",
        "naam;aantal\nWijk Noord;40\nWijk Zuid;50",
        "groep;personen;gem_loon;p5;p95\nA;40;9,5;3;30\nB;50;9,5;4;31",
        "wijk;inwoners;scholen\nNoord;400;3",
        "groep;aantal;pct\nA;20;50%\nB;20;50%\nTotaal;40;100%",
    ],
)
def test_what_counts_no_person_is_left_in_peace(text: str) -> None:
    assert [one for one in findings_in(text) if one.rule != "unreadable"] == []


def test_percentages_with_a_denominator() -> None:
    assert places("small-numerator", "groep;n;pct_werk\nA;42;98\nB;300;50") == [("A", "pct_werk")]
    assert places("small-numerator", "groep;noemer;teller\nA;42;41") == [("A", "teller")]
    assert places("small-numerator", "soort;aantal;pct\nA;36;90\nB;x;5\nC;x;5\nTotaal;40;100") == [
        ("A", "pct"), ("B", "pct"), ("C", "pct"),
    ]  # fmt: skip
    assert places("small-numerator", "wijk;aantal;pct_werk;pct_geen\nA;40;0,95;0,05\nB;40;0,50;0,50") == [
        ("A", "pct_werk"), ("A", "pct_geen"),
    ]  # fmt: skip
    declared = schema_of(groep={}, pct={"unit": "procent", "statistic": "percentage", "denominator": "circa 1.000"})
    assert places("small-numerator", given_table("groep;pct\nA;0,3\nB;1", schema=declared)) == [("A", "pct")]
    budget = schema_of(post={}, pct={"unit": "procent van budget", "statistic": "percentage", "denominator": 100})
    assert rules(given_table("post;pct\nA;3", schema=budget)) == set()


@given(st.integers(10, 500), st.integers(0, 500), st.sampled_from([0, 1]))
def test_numerators_hold_the_true_one(denominator: int, numerator: int, decimals: int) -> None:
    true = min(numerator, denominator)
    printed = round(100 * true / denominator, decimals)
    fitting = numerators(printed, decimals, denominator)
    assert true in fitting
    assert all(abs(100 * one / denominator - printed) <= 0.5 * 10**-decimals + 1e-6 for one in fitting)


def test_magnitudes_of_persons() -> None:
    three = "groep;aantal;gem_inkomen;min_inkomen;max_inkomen\nA;3;20;10;40"
    assert "10, 10 en 40" in next(one.reveals for one in findings_in(three) if one.rule == "few-contributors")
    euro = {"unit": "euro"}
    told = schema_of(groep={}, aantal={"unit": "personen", "statistic": "count"}, som={**euro, "statistic": "sum"},
                     hoogste={**euro, "statistic": "maximum"})  # fmt: skip
    assert places(
        "dominance", given_table("groep;aantal;som;hoogste\nA;20;1.000;600\nB;20;1.000;400", schema=told)
    ) == [("A", "som")]


def test_groups_that_are_nearly_all_in_one_category() -> None:
    treden = "wijk;trede 1;trede 2;totaal\nNoord;50;0;50\nZuid;30;40;70\nTotaal;80;40;120"
    hits = {(one.row, one.column): one.severity for one in findings_in(treden) if one.rule == "group-disclosure"}
    # Everybody on trede 2 lives in Zuid, too: of the place, which is less.
    assert hits == {("Noord", "trede 1"): "high", ("Noord", "trede 2"): "medium", ("Zuid", "trede 2"): "low"}
    kleur = treden.replace("trede 1", "rood").replace("trede 2", "blauw")
    assert {one.severity for one in findings_in(kleur) if one.rule == "group-disclosure"} == {"low"}


@pytest.mark.parametrize(
    ("text", "severities"),
    [
        ("domein;score 1;score 2;totaal\nGezondheid;95;0;95\nWerk;40;60;100", {"high", "medium"}),
        ("trede;aantal\nP1;950\nP2;50\nTotaal;1.000", {"medium"}),  # of everybody, not of a group
        ("wijk;aantal\nNoord;950\nZuid;50\nTotaal;1.000", set()),
        ("trede;man;vrouw;totaal\nP1;40;30;70\nP2;30;40;70\nTotaal;70;70;140", set()),
    ],
)
def test_how_grave_a_group_is(text: str, severities: set[str]) -> None:
    hits = findings_in(given_table(text, unit="personen"))
    assert {one.severity for one in hits if one.rule == "group-disclosure"} == severities


def test_statistics_in_rows() -> None:
    assert places("extreme", "wat;leeftijd\nMinimum;19\nGemiddelde;40\nMaximum;66") == [
        ("Minimum", "leeftijd"), ("Maximum", "leeftijd"),
    ]  # fmt: skip


def test_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    for folder, count in (("oud", 131), ("nieuw", 123)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "stand.csv").write_text(f"wijk;aantal\nNoord;{count}\n")
    hits = findings(list(read_tables(tmp_path / "oud", tmp_path / "nieuw")))
    assert [(one.table, one.rule) for one in hits] == [("oud/stand.csv", "difference-between")]


MICRODATA = """kandidaat;bedrag;opmerkingen
Kandidaat 1;523,10;Heeft moeite met Zwaluwstaart en vroeg opstaan
Kandidaat 2;12,50;Wil graag naar Kwikkelbeek verhuizen dit jaar
Kandidaat 3;5;Bel via 06-12345678 of zwaluw@example.nl"""


def test_rows_of_persons_are_named_and_never_repeated() -> None:
    hits = findings_in(MICRODATA)
    assert {one.rule for one in hits} == {"microdata", "identifier", "free-text"}
    said = json.dumps([[one.row, one.column, one.reveals, one.safe] for one in hits])
    assert not any(value in said for value in ("Zwaluw", "523", "Kandidaat 1", "12345678", "zwaluw@", "Kwikkel"))
    assert {one.row for one in hits if one.rule == "identifier"} == {"3"}


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("bsn;trede\n999990020;1\n999990019;2\n987654329;3", {"microdata", "identifier"}),
        ("clientnummer;uren\n10001;5\n10002;7\n10003;9", {"microdata"}),
        ("No.;gefactureerd;opmerkingen\n1;50;\n2;60;\n3;70;ja", {"microdata"}),
        ("geslacht;leeftijd;postcode\nM;34;5261 AB\nV;51;5262 CD\nM;34;5263 EF", {"microdata", "identifier"}),
        ("achternaam;voornaam\nA;B\nC;D\nE;F", {"microdata", "identifier"}),
        ("wat;rekening\na;NL91ABNA0417164300\nb;NL91ABNA0417164300", {"identifier"}),
        ("wijk;aantal\nNoord;40\nZuid;50", set()),
        ("key;label;aantal\n1;Noord;40\n2;Zuid;50\n3;Oost;60", set()),
        ("trede;leeftijd;aantal\n1;18-26;40\n1;27-44;50\n2;18-26;60\n2;27-44;70", set()),
    ],
)
def test_rows_and_identifiers_of_persons(text: str, kinds: set[str]) -> None:
    assert rules(text) - {"unreadable"} == kinds


def test_a_first_line_of_values_is_no_header() -> None:
    hits = findings_in("999990019;Zwaluwstaart\n999990020;Kwikkelbeek")
    assert "identifier" in {one.rule for one in hits}
    assert not any("Zwaluw" in str(one) or "999990019" in str(one) for one in hits)


def test_a_table_without_numbers_is_not_passed_in_silence() -> None:
    assert [(one.rule, one.severity) for one in findings_in("a;b\nx;y\nz;w")] == [("unreadable", "low")]


@pytest.mark.parametrize(
    ("text", "decimal", "value"),
    [
        ("1.234", "", 1234), ("1,234", "", 1234), ("12,5", "", 12.5), ("12.5", "", 12.5), ("1.234,5", "", 1234.5),
        ("1,234.5", "", 1234.5), ("48.125", ".", 48.125), ("98 %", "", 98), ("€ 1.200", "", 1200), ("140*", "", 140),
        ("0.125", "", 0.125), ("1 234", "", 1234), ("<10", "", None), (".", "", None), ("x", "", None), ("", "", None),
        ("28 - 54", "", None), ("-3", "", -3),
    ],
)  # fmt: skip
def test_printed_numbers(text: str, decimal: str, value: float | None) -> None:
    read = numeral(text, decimal)
    assert (read.value if read else None) == value


def test_bounds_and_decimal_signs() -> None:
    assert [bound(text) for text in ("<10", "< 5", "1-9", "≤9", "10", "")] == [10, 5, 10, 10, None, None]
    assert [decimal_sign(texts) for texts in (["1.234"], ["1.234", "2,5"], ["1,234", "2.5"])] == ["", ",", "."]


headers = st.sampled_from(
    ["wijk", "aantal", "pct", "n", "gem_uren", "min", "hoog", "totaal", "unit", "kandidaat", "bsn", "noemer", "teller",
     "som", "P1", "2019", "opmerkingen", "naam", "waarvan", "status"]
)  # fmt: skip
cells = st.sampled_from(
    ["", "x", "<10", "0", "3", "12", "40", "1.234", "12,5", "98 %", "Totaal", "Noord", "personen", "waarvan a", "rest",
     "Kandidaat 1", "999990020", "-4", "0,5", "100", "een zin van vijf woorden"]
)  # fmt: skip


@given(st.data(), st.integers(1, 6), st.integers(1, 6))
def test_whatever_the_table_it_is_judged(data: st.DataObject, width: int, height: int) -> None:
    rows = [[data.draw(headers) for _ in range(width)]]
    rows += [["a", *(data.draw(cells) for _ in range(width - 1))] for _ in range(height)]
    one = Given("een", as_frame(rows, "een"), {"unit": data.draw(st.sampled_from(["", "personen", "euro"]))})
    for hit in findings([one, Given("twee", one.frame)]):
        assert hit.table in ("een", "twee")
        assert hit.reveals
        assert hit.safe


safe_counts = st.lists(st.lists(st.integers(10, 500), min_size=3, max_size=3), min_size=2, max_size=4)


def cross(counts: list[list[int]]) -> list[list[str]]:
    """A cross table of persons with both margins."""
    rows = [
        ["wijk", "a", "b", "c", "totaal"],
        *([f"wijk {chr(65 + n)}", *row, sum(row)] for n, row in enumerate(counts)),
    ]
    columns = [sum(column) for column in zip(*counts, strict=True)]
    return [[str(cell) for cell in row] for row in [*rows, ["Totaal", *columns, sum(columns)]]]


def crossed(rows: list[list[str]]) -> Given:
    return Given("kruistabel", as_frame(rows, "kruistabel"), {"unit": "personen"})


@given(safe_counts)
def test_a_full_table_of_large_counts_gives_away_no_count(counts: list[list[int]]) -> None:
    assert rules(crossed(cross(counts))) <= {"group-disclosure"}


@given(safe_counts, st.integers(1, 9), st.data())
def test_a_planted_small_count_is_always_found(counts: list[list[int]], small: int, data: st.DataObject) -> None:
    row, column = data.draw(st.integers(0, len(counts) - 1)), data.draw(st.integers(0, 2))
    counts[row][column] = small
    rows = cross(counts)
    place = (f"wijk {chr(65 + row)}", "abc"[column])
    assert place in places("small-count", crossed(rows))
    rows[row + 1][column + 1] = "x"
    assert place in places("difference-within", crossed(rows))
    # Four cells in a rectangle hide it, unless one of the others leaves too little room.
    other_row, other_column = (row + 1) % len(counts), (column + 1) % 3
    for hidden_row, hidden_column in ((row, other_column), (other_row, column), (other_row, other_column)):
        rows[hidden_row + 1][hidden_column + 1] = "x"
    room = min(small + min(counts[row][other_column], counts[other_row][column]), 500)
    assert (place in places("difference-within", crossed(rows))) == (room < 10)


def test_the_command_prints_dutch_and_gives_what_it_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    safe, small = tmp_path / "veilig.csv", tmp_path / "klein.csv"
    safe.write_text("wijk,aantal\nNoord,40\n")
    small.write_text("wijk;aantal\nNoord [rood];4\n", encoding="cp1252")
    assert inspect(safe) == {"count": 0, "findings": []}
    assert "Geen bevindingen" in capsys.readouterr().out
    with pytest.raises(FindingsMade, match="1 finding:"):
        inspect(small)
    shown = capsys.readouterr().out
    assert all(words in shown for words in ("Noord [rood]", "small-count", "hoog", "Veilig: <10", "1 bevinding."))


def test_its_json_has_the_findings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "klein.csv").write_text("wijk;aantal\nNoord [rood];4\n", encoding="cp1252")
    with pytest.raises(SystemExit) as ended:
        main(["inspect", str(tmp_path / "klein.csv"), "--json"])
    told = json.loads(capsys.readouterr().out)
    assert (ended.value.code, told["code"], told["data"]["count"]) == (3, "findings-made", 1)
    (found,) = told["data"]["findings"]
    assert list(found) == KEYS
    assert found["row"] == "Noord [rood]"


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("weg.csv", None, InspectionPathMissing),
        ("tabel.pdf", b"%PDF", UnsupportedTable),
        ("tabel.xlsx", b"PK geheim", UnreadableTable),
        ("tabel.csv", b"", EmptyTable),
        ("tabel.csv", b"wijk;aantal\n", EmptyTable),
        ("tabel.csv", b"wijk;aantal\ngeheim;\x81\x8d4\n", WrongTableEncoding),
        ("tabel.csv", "wijk;aantal\ngeheim;4\n".encode("utf-16"), WrongTableEncoding),
        ("tabel.csv", b"wijk;aantal\ngeheim;4;5;6\n", UnreadableTable),
        ("tabel.csv", b'wijk;aantal\n"geheim;4\n', UnreadableTable),
        ("datapackage.json", b'{"resources": "geheim"}', BrokenDataPackage),
        ("datapackage.json", b"{geheim", BrokenDataPackage),
        ("datapackage.json", b'{"resources": [{"path": "../geheim.csv"}]}', BrokenDataPackage),
    ],
)
def test_what_cannot_be_read_is_refused_without_a_value(
    tmp_path: Path, name: str, content: bytes | None, error: type[BestandsanalyseError]
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(error) as caught:
        list(read_tables(tmp_path / name))
    assert "geheim" not in str(caught.value)
    assert caught.value.__context__ is None


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InspectionPathMissing):
        list(read_tables(tmp_path))


def test_a_workbook_of_more_sheets_is_a_table_per_sheet(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "boek.xlsx") as book:
        for name in ("een", "twee", "leeg"):
            sheet = book.add_worksheet(name)
            if name != "leeg":
                sheet.write_row(0, 0, ["wijk", "aantal"])
                sheet.write_row(1, 0, ["Noord", 4.0])
    read = list(read_tables(tmp_path / "boek.xlsx"))
    assert [one.name for one in read] == ["boek/een", "boek/twee"]
    assert all(one.frame.schema == {"wijk": pl.String, "aantal": pl.String} for one in read)
    assert {one.rule for one in findings(read)} == {"small-count"}


def test_a_code_that_two_data_packages_label_otherwise_is_not_the_same_row() -> None:
    """Trede 1-2 and 1 to 3 years have the same code; without labels, or with the same ones, 35 - 27 = 8 is found."""

    def told(axis: str, label: str, counts: str) -> Given:
        categories = [{"value": "1-2", "label": label}, {"value": "9", "label": "negen"}] if label else []
        declared = {"schema": {"fields": [{"name": axis, "categories": categories}]}}
        return given_table(f"{axis};aantal inwoners\n1-2;{counts}\n9;40\n", f"{axis}.csv", **declared)

    def rules(left: str, right: str) -> set[str]:
        return {one.rule for one in findings([told("trede", left, "35"), told("duurklasse", right, "27")])}

    assert "difference-between" not in rules("1 en 2 samen", "1 tot 3 jaar")
    assert "difference-between" in rules("1 en 2 samen", "1 en 2 samen")
    assert "difference-between" in rules("", "1 tot 3 jaar")


def test_every_identifier_of_a_delivery_is_found(sample: dict[str, bytes], tmp_path: Path) -> None:
    """A few numbers in it are no BSN: they are the defects."""
    path = tmp_path / "participatiewet.csv"
    path.write_bytes(sample["participatiewet.csv"])
    found = {one.column for one in findings(tuple(read_tables(path))) if one.rule == "identifier"}
    assert {"Burgerservicenr", "Voornamen", "SignificantDeelVanDeAchternaam", "Geboortedat", "Postcode"} <= found
