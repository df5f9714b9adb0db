"""Municipalities side by side: an x wherever one does not show a count, and nothing to subtract it from."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import highspy
import numpy as np
import pytest

from flows.commands.cli import main
from flows.commands.ending import Stopped
from flows.commands.tools.inspection import read_tables
from flows.commands.tools.side_by_side import together
from flows.custody.signing import make_officer_key
from schemas.errors import NotComparable
from schemas.profiles import DEEL, DEMO, STANDAARD
from schemas.specs import TOTAAL
from tests.builders.compared import BEFORE, BEST, BOXTEL, OCTOBER, ROUND_BEFORE, released, rounded, signed, told
from tests.builders.requests import asked
from tests.oracles.axe import axe
from tests.oracles.page import Page
from transforms.comparison.compared import side_files
from transforms.comparison.side import X
from transforms.comparison.side_by_side import SideContent, side_story
from transforms.comparison.verified_release import ALONE, DIFFERENT, VerifiedRelease
from transforms.disclosure.model.system import rows
from transforms.inspection import findings
from transforms.language.language import LANGUAGES
from transforms.package.tables import table_csv
from transforms.report.report import report_html

# Small counts in Vught, others in Boxtel, so that each has an x where the other has a number.
VUGHT = {"T01": [265, 35, 130], "T07": [[0, 0, 0], [140, 4, 60], [125, 31, 70]]}
OTHERS = {"T01": [315, 60, 88], "T07": [[0, 0, 0], [150, 30, 3], [165, 30, 85]]}
BASE = 9
"""Combinations of sex and regeling: the hidden cells that every count is a sum of."""


@pytest.fixture(scope="module")
def releases() -> tuple[VerifiedRelease, ...]:
    return (
        told(released(VUGHT, STANDAARD)),
        told(released(OTHERS, BOXTEL), BOXTEL),
        told(released(ROUND_BEFORE, rounded(BEST)), rounded(BEST)),
    )


@pytest.fixture(scope="module")
def content(releases: tuple[VerifiedRelease, ...]) -> SideContent:
    return together(releases, ["Haaren"])


def _rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode())))


@pytest.fixture(scope="module")
def files(content: SideContent) -> dict[str, bytes]:
    return side_files(content, {})


def _own(releases: Sequence[VerifiedRelease], table: str) -> dict[str, list[dict[str, str]]]:
    """The table as each release holds it, by code of the municipality."""
    return {one.content.profile.gemeente_code: _rows(table_csv(one.table(table))) for one in releases}


@pytest.mark.parametrize("table", ["T01_regeling", "T07_geslacht_x_regeling"])
def test_every_row_is_that_of_its_own_release_or_an_x(table: str, files, releases) -> None:
    """The whole argument for its safety: what is printed is a function of each release by itself."""
    own = _own(releases, table[:3])
    made = _rows(files[f"{table}.csv"])
    names = [name for name in made[0] if name in own["0865"][0] and name not in {"value", "status", "low", "high"}]
    assert len(made) == 4 * len(own["0865"])
    assert {row["gemeente"] for row in made} == {"Best", "Boxtel", "Haaren", "Vught"}
    for code, theirs in own.items():
        mine = [row for row in made if row["gemeente_code"] == code]
        for row, release in zip(mine, theirs, strict=True):
            assert [row[name] for name in names] == [release[name] for name in names]
            if release["status"] == "Q":
                assert [row[name] for name in ("value", "status", "low", "high", "aandeel_pct")] == ["", X, "", "", ""]
            else:
                assert [row[name] for name in ("value", "status", "low", "high")] == [
                    release[name] for name in ("value", "status", "low", "high")
                ]
    nobody = [row for row in made if row["gemeente"] == "Haaren"]
    assert {(row["value"], row["status"], row["low"], row["high"], row["aandeel_pct"]) for row in nobody} == {
        ("", X, "", "", "")
    }


def test_there_is_something_to_hide_and_something_to_show(files) -> None:
    made = _rows(files["T07_geslacht_x_regeling.csv"])
    for code in ("0865", "0757"):
        assert {row["status"] for row in made if row["gemeente_code"] == code} == {"A", X}
    assert {row["status"] for row in made if row["gemeente_code"] == "0753"} == {"A", "N"}


def test_a_share_stands_only_where_part_and_whole_do(files) -> None:
    made = _rows(files["T07_geslacht_x_regeling.csv"])
    by_place = {(row["gemeente_code"], row["geslacht"], row["regeling"]): row for row in made}
    for (code, _, regeling), row in by_place.items():
        whole = by_place[code, TOTAAL, regeling]
        is_told = row["value"] != "" and whole["value"] not in {"", "0"}
        assert bool(row["aandeel_pct"]) == is_told
        if is_told:
            share = 100 * int(row["value"]) / int(whole["value"])
            # In whole per cents where the counts are rounded.
            assert abs(float(row["aandeel_pct"]) - share) <= (0.5 if code == "0753" else 0.05) + 1e-9
            assert ("." in row["aandeel_pct"]) == (code != "0753")


class _Attacker:
    """Everybody's files at once, by linear programs; shares no code with the engine.

    He holds every release (with its bounds) and every file of the comparison: values, shares, and rows of any
    region, which would add up the municipalities.
    """

    def __init__(self, releases: Sequence[VerifiedRelease], made: Sequence[dict[str, str]]) -> None:
        self._solver = highspy.Highs()
        self._solver.setOptionValue("output_flag", False)
        self._codes = [one.content.profile.gemeente_code for one in releases]
        count = BASE * len(self._codes)
        self._solver.addVars(count, np.zeros(count), np.full(count, 1000.0))
        self._spec = releases[0].table("T07").spec
        for one in releases:
            for row in _rows(table_csv(one.table("T07"))):
                bounds = float(row["low"]), float(row["high"])
                self._add(self._columns(one.content.profile.gemeente_code, row), *bounds)
            for row in _rows(table_csv(one.table("T01"))):
                cell = {"geslacht": TOTAAL, "regeling": row["regeling"]}
                self._add(self._columns(one.content.profile.gemeente_code, cell), float(row["low"]), float(row["high"]))
        for row in made:
            self._believe(row)

    def _believe(self, row: dict[str, str]) -> None:
        codes = self._codes if row["gemeente_code"] == "regio" else [row["gemeente_code"]]
        columns = [column for code in codes if code in self._codes for column in self._columns(code, row)]
        if row["low"]:
            self._add(columns, float(row["low"]), float(row["high"]))
        if "." in row["aandeel_pct"]:  # of exact counts; that of rounded ones is of published values
            share = float(row["aandeel_pct"]) / 100
            of = row.get("of", row["regeling"])
            whole = self._columns(row["gemeente_code"], {"geslacht": TOTAAL, "regeling": of})
            for side, slack in ((1, share - 0.0005), (-1, -share - 0.0005)):
                weights = dict.fromkeys(whole, -slack)
                for column in columns:
                    weights[column] = weights.get(column, 0.0) + side
                self._solver.addRow(0.0, highspy.kHighsInf, len(weights), np.array(list(weights), dtype=np.int32),
                                    np.array(list(weights.values())))  # fmt: skip

    def _add(self, columns: Sequence[int], low: float, high: float) -> None:
        self._solver.addRow(low, high, len(columns), np.array(columns, dtype=np.int32), np.ones(len(columns)))

    def _columns(self, code: str, row: dict[str, str]) -> list[int]:
        sex, regeling = self._spec.dimensions
        first = BASE * self._codes.index(code)
        return [
            first + 3 * sex.codes.values.index(one) + regeling.codes.values.index(other)
            for one in sex.parts(row["geslacht"])
            for other in regeling.parts(row["regeling"])
        ]

    def intervals(self) -> Iterator[tuple[int, int]]:
        """Of every count of every municipality."""
        for code in self._codes:
            for levels in rows(self._spec):
                columns = self._columns(code, dict(zip(("geslacht", "regeling"), levels, strict=True)))
                yield self._end(columns, 1.0), -self._end(columns, -1.0)

    def _end(self, columns: Sequence[int], way: float) -> int:
        costs = np.zeros(BASE * len(self._codes))
        costs[list(columns)] = way
        self._solver.changeColsCost(len(costs), np.arange(len(costs), dtype=np.int32), costs)
        self._solver.run()
        assert self._solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        return round(np.ceil(self._solver.getObjectiveValue() - 1e-6))


def test_an_attacker_with_everything_learns_no_more_than_from_each_release(files, releases) -> None:
    made = _rows(files["T07_geslacht_x_regeling.csv"])
    made += [row | {"geslacht": TOTAAL, "of": TOTAAL} for row in _rows(files["T01_regeling.csv"])]
    alone = [pair for one in releases for pair in _Attacker([one], []).intervals()]
    together_ = list(_Attacker(releases, made).intervals())
    assert together_ == alone
    # Each release lets him find these bounds, and no others.
    stated = [(low, high) for one in releases for low, high in one.table("T07").frame.select("low", "high").rows()]
    assert all(low >= lowest and high <= highest for (low, high), (lowest, highest) in zip(alone, stated, strict=True))


def test_the_attacker_would_find_out_with_a_total_of_the_region(files, releases) -> None:
    """The test above can fail: one row that adds up the municipalities narrows an x."""
    exact = releases[:2]
    made = [row for row in _rows(files["T07_geslacht_x_regeling.csv"]) if row["gemeente"] != "Best"]
    region = {
        "gemeente_code": "regio",
        "geslacht": "1",
        "regeling": "beide",
        "aandeel_pct": "",
        "low": "34",
        "high": "34",
    }
    alone = [pair for one in exact for pair in _Attacker([one], []).intervals()]
    assert list(_Attacker(exact, made).intervals()) == alone
    assert list(_Attacker(exact, [*made, region]).intervals()) != alone


def test_nothing_is_added_up(content, files) -> None:
    for name in ("T01_regeling.csv", "T07_geslacht_x_regeling.csv"):
        assert {row["gemeente_code"] for row in _rows(files[name])} == {"0753", "0757", "0788", "0865"}
    for code in LANGUAGES:
        for question in side_story(content, code).questions:
            for grid in question.grids:
                assert [head.label for head in grid.columns] == ["Best", "Boxtel", "Haaren", "Vught"]


def test_who_has_no_such_table_is_x_and_a_table_of_one_is_left_out(releases) -> None:
    vught, boxtel, best = releases
    less = replace(boxtel, declared={"T01": boxtel.declared["T01"]})
    made = together((vught, less, best), [])
    table = made.table(vught.table("T07").spec)
    assert {row[5] for row in table.frame.filter(table.frame["gemeente"] == "Boxtel").select(
        "geslacht", "regeling", "gemeente_code", "gemeente", "value", "status").rows()} == {X}  # fmt: skip
    alone = together((vught, less), [])
    assert alone.left_out == {"T07": ALONE}


def test_a_table_that_one_declares_otherwise_is_shown_for_nobody(releases) -> None:
    vught, boxtel, best = releases
    other = replace(boxtel, declared=boxtel.declared | {"T07": boxtel.declared["T07"] + " "})
    made = together((vught, other, best), [])
    assert made.left_out == {"T07": DIFFERENT}
    assert [one.spec.id for one in made.tables] == ["T01"]
    text = Page(report_html(side_story(made, "nl")).decode()).text
    assert "T07: zij is niet bij alle gemeenten op dezelfde manier ingedeeld of omschreven." in text


@pytest.mark.parametrize(
    ("change", "absent", "problem"),
    [
        (lambda one: one[:1], [], "fewer than two"),
        (lambda one: (one[0], one[0]), [], "two are of one municipality"),
        (lambda one: (one[0], told(one[1].content.released, BOXTEL, OCTOBER)), [], "several peildata"),
        (lambda one: (told(one[0].content.released, DEEL), one[1]), [], "a part of the file"),
        (lambda one: (told(one[0].content.released, DEMO), one[1]), [], "some are demos"),
        (
            lambda one: (told(one[0].content.released, replace(STANDAARD, question=asked("regeling"))), one[1]),
            [],
            "answers a question",
        ),
        (
            lambda one: (one[0], told(one[1].content.released, replace(BOXTEL, gemeente="Best"))),
            [],
            "that of another one",
        ),
        (lambda one: one, ["Tilburg"], "no municipality of WSD"),
        (lambda one: one, ["vught"], "has a release too"),
        (lambda one: tuple(replace(each, declared={}) for each in one), [], "no table"),
    ],
)
def test_what_does_not_go_together(releases, change, absent: list[str], problem: str) -> None:
    with pytest.raises(NotComparable, match=problem):
        together(change(releases), absent)


def test_a_council_reads_shares_and_who_does_not_take_part(content) -> None:
    text = Page(report_html(side_story(content, "nl")).decode()).text
    assert "Best, Boxtel en Vught doen mee. Niet mee doen, en dus overal x: Haaren." in text
    assert (
        "Participatiewet en WMO: Best 40 (ongeveer 9\u00a0%); Boxtel 60 (13,0\u00a0%); Vught 35 (8,1\u00a0%)." in text
    )
    assert "Er zijn geen totalen van de regio." in text
    assert "Wie verhuisde, kan bij twee gemeenten meetellen." in text
    english = Page(report_html(side_story(content, "en")).decode()).text
    assert "Not taking part, and so x everywhere: Haaren." in english
    assert "gemeente " not in english


def test_a_yes_says_of_what() -> None:
    """Who is counted is told as in the report of one municipality: a bare yes has the title of its dimension."""
    tables = released({"T45": [110, 60, 70]}, STANDAARD)
    (question,) = side_story(together((told(tables), told(tables, BOXTEL)), []), "nl").questions
    who = "met een lopende uitkering of WMO-voorziening; Traject met bekende kosten in de twaalf maanden tot de"
    assert f"geteld zijn: {who} peildatum: ja; peildatum" in question.grids[0].caption


def test_ten_municipalities_fit_on_a_page(releases) -> None:
    names = ["0788", "1948", "0820", "0823", "0824", "0845", "0848"]
    grids = side_story(together(releases, names), "nl").questions[0].grids
    assert [len(grid.columns) for grid in grids] == [5, 5, 5, 5]


def test_inspect_is_not_blind_to_an_x_that_is_filled_in(content, files, tmp_path: Path) -> None:
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    assert findings(list(read_tables(tmp_path)), threshold=10) == []
    table = tmp_path / "T07_geslacht_x_regeling.csv"
    text = table.read_text()
    assert ",0865,Vught,,x,,," in text
    table.write_text(text.replace(",0865,Vught,,x,,,", ",0865,Vught,4,A,4,4,", 1))
    found = findings(list(read_tables(tmp_path)), threshold=10)
    assert ("T07_geslacht_x_regeling", "value", "small-count") in {(one.table, one.column, one.rule) for one in found}


def test_axe_finds_nothing_in_the_report(content, tmp_path: Path) -> None:
    assert axe(report_html(side_story(content, "nl")), tmp_path)["violations"] == []


# From here on with folders, keys and the command line.


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    """Rounded releases of three municipalities, and their officers' keys by code."""
    folder = tmp_path_factory.mktemp("naast-elkaar")
    (folder / "sleutels").mkdir()
    tables = {"0865": BEFORE, "0757": OTHERS, "0753": ROUND_BEFORE}
    for profile in (STANDAARD, BOXTEL, BEST):
        code = profile.gemeente_code
        make_officer_key(folder / f"{code}.key", folder / "sleutels" / f"{code}.pub")
        signed(folder / code, released(tables[code], rounded(profile)), folder / f"{code}.key", rounded(profile))
    return folder


def _run(place: Path, out: Path, *words: str, codes: Sequence[str] = ("0865", "0757", "0753")) -> str:
    given = [str(place / code) for code in codes]
    try:
        main(["side-by-side", *given, "--keys", str(place / "sleutels"), "--out", str(out), *words])
    except Stopped as stopped:
        return stopped.word
    return "done"


def test_the_command_makes_the_same_bytes_in_any_order(place: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "een", tmp_path / "twee"
    assert _run(place, first, "--x", "haaren") == "done"
    assert _run(place, second, "--x", "0788", codes=("0753", "0865", "0757")) == "done"
    assert {path.name for path in first.iterdir()} == {path.name for path in second.iterdir()}
    for path in first.iterdir():
        assert path.read_bytes() == (second / path.name).read_bytes(), path.name
    origin = json.loads((first / "herkomst.json").read_bytes())
    assert [one["gemeente_code"] for one in origin["releases"]] == ["0753", "0757", "0865"]
    assert origin["x"] == [{"gemeente": "Haaren", "gemeente_code": "0788"}]
    assert findings(list(read_tables(first)), threshold=10) == []


def test_each_officer_vouches_for_her_own_municipality_only(place: Path, tmp_path: Path, capsys) -> None:
    """A key of Best does not make a release of Boxtel."""
    signed(tmp_path / "0757", released({"T01": OTHERS["T01"]}, BOXTEL), place / "0753.key", BOXTEL)
    words = ("side-by-side", place / "0865", tmp_path / "0757", place / "0753", "--keys", place / "sleutels",
             "--out", tmp_path / "uit")  # fmt: skip
    with pytest.raises(SystemExit) as stopped:
        main([str(word) for word in words])
    assert stopped.value.word == "verification-failed"
    assert "not the pinned officer's" in capsys.readouterr().err
    assert not (tmp_path / "uit").exists()


def test_nobody_drops_out_in_silence(place: Path, tmp_path: Path, capsys) -> None:
    assert _run(place, tmp_path / "uit", codes=("0865", "0757")) == "not-comparable"
    assert "there is a key of Best and no release" in capsys.readouterr().err
    assert _run(place, tmp_path / "uit", "--x", "Best", codes=("0865", "0757")) == "done"
    made = _rows((tmp_path / "uit" / "T01_regeling.csv").read_bytes())
    assert {row["status"] for row in made if row["gemeente"] == "Best"} == {X}


def test_a_municipality_without_a_key_is_refused(place: Path, tmp_path: Path, capsys) -> None:
    keys = tmp_path / "sleutels"
    keys.mkdir()
    (keys / "0865.pub").write_bytes((place / "sleutels" / "0865.pub").read_bytes())
    words = ("side-by-side", place / "0865", place / "0757", "--keys", keys, "--out", tmp_path / "uit")
    with pytest.raises(SystemExit) as stopped:
        main([str(word) for word in words])
    assert stopped.value.word == "officer-key-missing"
    assert "no key of the privacy officer of Boxtel" in capsys.readouterr().err
    assert not (tmp_path / "uit").exists()


@pytest.mark.parametrize("name", ["Tilburg", "Vught"])
def test_wrong_words_write_nothing(place: Path, tmp_path: Path, name: str) -> None:
    assert _run(place, tmp_path / "uit", "--x", name) == "not-comparable"
    assert _run(place, tmp_path) == "folder-unusable"
    assert list(tmp_path.iterdir()) == []
