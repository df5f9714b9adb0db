"""Two peildata of one municipality: what changed as far as it is proven, and nothing if it gives anybody away."""

import csv
import io
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.commands.cli import main
from flows.commands.ending import Stopped
from flows.commands.tools.compare import compare_releases
from flows.commands.tools.inspection import read_tables
from flows.custody.signing import make_officer_key
from flows.release.proof import prove
from schemas.errors import NotComparable, PairUnsafe, VerificationFailed
from schemas.profiles import DEEL, DEMO, KWARTAAL, STANDAARD
from schemas.specs import TOTAAL
from schemas.tables.sums import SUMS
from tests.builders.compared import (
    BEFORE,
    BOXTEL,
    JULY,
    OCTOBER,
    ROUND_AFTER,
    ROUND_BEFORE,
    released,
    shown,
    signed,
    told,
)
from tests.builders.content import costed_content
from tests.builders.requests import asked
from tests.oracles.axe import axe
from tests.oracles.page import Page
from transforms.comparison.change import Change, Outcome, compare_tables
from transforms.comparison.change_grid import amount_text, inside_grid, main_grid
from transforms.comparison.changes import change_story
from transforms.comparison.compared import change_files
from transforms.comparison.pair import in_order, require_no_small_change, require_safe
from transforms.comparison.verified_release import ABSENT, DIFFERENT, incomparable_tables
from transforms.inspection import findings
from transforms.language.language import LANGUAGES, language_of
from transforms.report.report import report_html

# A hundred residents more under the Participatiewet alone, forty fewer under the WMO alone.
AFTER = {"T01": [365, 35, 90], "T07": [[0, 0, 0], [190, 15, 40], [175, 20, 50]]}


def _change(before: tuple, after: tuple) -> Change:
    """The change of one cell of T01, given as value, status, low and high on both days."""
    tables = shown("T01", {"pwet": before}), shown("T01", {"pwet": after})
    return compare_tables(*tables, thresholds=(10, 10))[("pwet",)]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        # Exact counts.
        ((100, "A", 100, 100), (140, "A", 140, 140), Change(40, 40, 40, Outcome.MORE)),
        ((140, "A", 140, 140), (100, "A", 100, 100), Change(-40, -40, -40, Outcome.FEWER)),
        ((100, "A", 100, 100), (100, "A", 100, 100), Change(0, 0, 0, Outcome.EQUAL)),
        # Rounded to tens: true counts lie up to 9 away, so a difference of 20 would prove 2.
        ((100, "A", 91, 109), (100, "A", 91, 109), Change(0, -18, 18, Outcome.UNPROVEN)),
        ((100, "A", 91, 109), (110, "A", 101, 119), Change(10, -8, 28, Outcome.UNPROVEN)),
        ((110, "A", 101, 119), (100, "A", 91, 109), Change(-10, -28, 8, Outcome.UNPROVEN)),
        ((100, "A", 91, 109), (140, "A", 131, 149), Change(40, 22, 58, Outcome.MORE)),
        ((140, "A", 131, 149), (100, "A", 91, 109), Change(-40, -58, -22, Outcome.FEWER)),
        # Below ten: no number, and still bounds.
        ((None, "N", 0, 9), (None, "N", 0, 9), Change(None, -9, 9, Outcome.UNPROVEN)),
        ((None, "N", 0, 9), (40, "A", 31, 49), Change(None, 22, 49, Outcome.MORE)),
        # Exact on one day, rounded on the other.
        ((100, "A", 100, 100), (100, "A", 91, 109), Change(0, -9, 9, Outcome.UNPROVEN)),
        # Suppressed on one day or both: told as such, even where the bounds prove something.
        ((None, "Q", 0, 20), (60, "A", 60, 60), Change(None, 40, 60, Outcome.HIDDEN)),
        ((60, "A", 60, 60), (None, "Q", 0, 20), Change(None, -60, -40, Outcome.HIDDEN)),
        ((None, "Q", 0, 20), (None, "Q", 5, 25), Change(None, -15, 25, Outcome.HIDDEN)),
        ((None, "Q", 0, 1_000_000), (60, "A", 60, 60), Change(None, None, 60, Outcome.HIDDEN)),
        ((60, "A", 60, 60), (None, "Q", 5, 1_000_000), Change(None, -55, None, Outcome.HIDDEN)),
    ],
)
def test_what_two_released_values_prove(before: tuple, after: tuple, expected: Change) -> None:
    assert _change(before, after) == expected


def test_a_value_beside_a_q_is_shown_nowhere() -> None:
    assert _change((77, "Q", 0, 20), (60, "A", 60, 60)).difference is None


@given(st.integers(0, 60), st.integers(0, 60), st.sampled_from([1, 5, 10]))
def test_the_bounds_hold_the_true_change_and_zero_decides(before: int, after: int, base: int) -> None:
    cells = [(true // base * base, "A", max(0, true // base * base - base + 1), true // base * base + base - 1)
             for true in (before, after)]  # fmt: skip
    found = _change(*cells)
    assert found.low <= after - before <= found.high
    assert (found.outcome is Outcome.MORE) == (found.low > 0)
    assert not (found.outcome is Outcome.MORE and after <= before)
    assert not (found.outcome is Outcome.FEWER and after >= before)
    assert found.least <= abs(after - before)


def _pair(before=BEFORE, after=AFTER, profile=STANDAARD) -> tuple:
    return told(released(before, profile), profile), told(released(after, profile), profile, OCTOBER)


def test_the_earlier_peildatum_comes_first_whatever_the_order() -> None:
    before, after = _pair()
    assert in_order(after, before) == in_order(before, after) == (before, after)


@pytest.mark.parametrize(
    ("profile", "day", "problem"),
    [
        (BOXTEL, OCTOBER, "one is of Vught, the other of Boxtel"),
        (STANDAARD, JULY, "both are of one peildatum"),
        (DEEL, OCTOBER, "a part of the file"),
        (DEMO, OCTOBER, "one is a demo"),
        (replace(STANDAARD, question=asked("regeling")), OCTOBER, "answers a question"),
    ],
)
def test_releases_that_do_not_go_together(profile, day, problem: str) -> None:
    tables = released({"T01": BEFORE["T01"]}, STANDAARD)
    with pytest.raises(NotComparable, match=problem):
        in_order(told(tables), told(tables, profile, day))


def test_a_pair_that_proves_a_small_change_is_refused() -> None:
    before, after = _pair(after={"T01": [268, 35, 130]})
    with pytest.raises(PairUnsafe, match="at least one and fewer than 10 came or left"):
        require_safe(before, after)


def test_a_small_change_in_a_table_that_is_not_compared_counts_too() -> None:
    """Leaving a table out of the comparison does not take it out of the releases."""
    before = told(released(BEFORE, STANDAARD))
    after = told(released({"T01": [365, 35, 90], "T07": [[0, 0, 0], [193, 15, 40], [172, 20, 50]]}, STANDAARD),
                 day=OCTOBER)  # fmt: skip
    require_safe(*_pair())
    small = {"T01": BEFORE["T01"], "T07": [[0, 0, 0], [143, 15, 60], [122, 20, 70]]}
    nearly = told(released(small, STANDAARD), day=OCTOBER)
    without = replace(nearly, declared={"T01": nearly.declared["T01"]})
    assert incomparable_tables((before, without), is_needed_in_all=True) == {"T07": ABSENT}
    with pytest.raises(PairUnsafe):
        compare_releases(before, without)
    assert compare_releases(before, after).left_out == {}


def test_rounded_counts_of_another_work_folder_may_still_prove_a_small_change() -> None:
    """Each was rounded safely by itself, but nobody rounded the second one beside the first."""
    before = told(released({"T01": [200, 40, 100]}, KWARTAAL), KWARTAAL)
    after = told(released({"T01": [220, 40, 100]}, KWARTAAL), KWARTAAL, OCTOBER)
    with pytest.raises(PairUnsafe):
        require_safe(before, after)


def test_two_releases_with_sums_are_refused() -> None:
    before = told(released({"T01": BEFORE["T01"]}, STANDAARD), sums=costed_content().sums)
    after = told(released({"T01": AFTER["T01"]}, STANDAARD), day=OCTOBER, sums=costed_content().sums)
    assert len(before.content.sums) == len(SUMS)
    with pytest.raises(PairUnsafe, match="both hold exact sums"):
        require_safe(before, after)
    assert require_safe(replace(before, content=replace(before.content, sums=())), after).threshold == 10


def test_the_printed_bounds_are_looked_at_once_more() -> None:
    tables = shown("T01", {"pwet": (100, "A", 91, 109)}), shown("T01", {"pwet": (120, "A", 111, 129)})
    with pytest.raises(PairUnsafe, match="1 cells changed"):
        require_no_small_change([compare_tables(*tables, thresholds=(10, 10))], 10)


def test_a_table_that_is_declared_otherwise_is_left_out_and_named() -> None:
    before, after = _pair()
    other = replace(after, declared=after.declared | {"T07": after.declared["T07"].replace("vrouw", "vrouwen")})
    content = compare_releases(before, other)
    assert content.left_out == {"T07": DIFFERENT}
    assert [one.spec.id for one in content.changed] == ["T01"]
    text = Page(report_html(change_story(content, "nl")).decode()).text
    assert "T07: zij is in de ene uitgifte anders ingedeeld of omschreven dan in de andere." in text
    with pytest.raises(NotComparable, match="no table"):
        compare_releases(before, replace(after, declared={}))


def _text(content, code: str) -> str:
    return Page(report_html(change_story(content, code)).decode()).text


def test_a_council_member_reads_what_is_proven_and_no_more() -> None:
    text = _text(compare_releases(*_pair()), "nl")
    assert "Wat veranderde er in Vught?" in text
    assert "alleen Participatiewet (van 265 naar 365, 100 meer)" in text
    assert "alleen WMO (van 130 naar 90, 40 minder)" in text
    assert "Precies gelijk: Participatiewet en WMO (35)." in text
    assert "afgerond" not in text
    english = _text(compare_releases(*_pair()), "en")
    assert "only WMO (from 130 to 90, 40 fewer)" in english.replace("WMO only", "only WMO")
    assert "1 July 2019" in english


def test_what_rounding_can_hide_is_never_told_as_growth_or_decline() -> None:
    """430 and 440 may both be 435."""
    before = told([shown("T01", {"totaal": (430, "A", 421, 439)})], KWARTAAL)
    after = told([shown("T01", {"totaal": (440, "A", 431, 449)})], KWARTAAL, OCTOBER)
    table = compare_tables(before.table("T01"), after.table("T01"), thresholds=(10, 10))
    assert table[("totaal",)].outcome is Outcome.UNPROVEN
    content = compare_releases(*_pair(ROUND_BEFORE, ROUND_AFTER, KWARTAAL))
    text = _text(replace(content, changed=(table,)), "nl")
    assert "Geen aantoonbare verandering: Totaal (430 en 440)" in text
    assert "geen aantoonbare verandering \u22128 en +28" in text
    assert "Aantoonbaar meer: 0. Aantoonbaar minder: 0." in text
    assert "+10" not in text.split()


def test_a_blank_cell_stays_blank_with_the_reason() -> None:
    hidden = shown("T01", {"beide": (None, "Q", 0, 20)})
    table = compare_tables(hidden, shown("T01", {"beide": (60, "A", 60, 60)}), thresholds=(10, 10))
    content = replace(compare_releases(*_pair()), changed=(table,))
    text = _text(content, "nl")
    assert "Niet op beide peildata gepubliceerd: Participatiewet en WMO." in text
    assert "• = niet op beide peildata gepubliceerd. Dat geldt voor 1 van de 6 aantallen: ze zijn klein" in text
    # 40 to 60 more is in the data file, and is nowhere told.
    assert not {"40", "+40", "60 meer"} & set(text.split())


@pytest.mark.parametrize("code", LANGUAGES)
def test_an_amount_is_exact_or_a_least(code: str) -> None:
    told_as = {
        "nl": ("40 meer", "ten minste 22 meer", "ten minste 22 minder"),
        "en": ("40 more", "at least 22 more", "at least 22 fewer"),
    }
    changes = (Change(40, 40, 40, Outcome.MORE), Change(40, 22, 58, Outcome.MORE), Change(-40, -58, -22, Outcome.FEWER))
    assert tuple(amount_text(language_of(code), change) for change in changes) == told_as[code]


def _changes_told(content) -> set[str]:
    """What every cell of both grids says of the change."""
    days, dutch = ("toen", "nu"), language_of("nl")
    found = set()
    for table in content.changed:
        rest = (TOTAAL,) if len(table.spec.dimensions) > 1 else ()
        found |= {line.slots[2].text for line in main_grid(table, rest, days, dutch).lines}
        if rest:
            found |= {slot.text for line in inside_grid(table, days, dutch).lines for slot in line.slots}
    return found


def test_a_grid_shows_a_difference_only_if_it_is_exact() -> None:
    """270 and 390 in tens differ by 120 as published, of which 100 are proven."""
    rounded = _changes_told(compare_releases(*_pair(ROUND_BEFORE, ROUND_AFTER, KWARTAAL)))
    assert "ten minste 100 meer" in rounded
    assert not any(text.startswith(("+", "\u2212")) for text in rounded)
    assert {"+100", "\u221240"} <= _changes_told(compare_releases(*_pair()))


def test_axe_finds_nothing_in_the_report(tmp_path: Path) -> None:
    assert axe(report_html(change_story(compare_releases(*_pair()), "nl")), tmp_path)["violations"] == []


# From here on with folders, keys and the command line.


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    """Two rounded releases, made beside each other, and what goes wrong with them."""
    folder = tmp_path_factory.mktemp("vergelijken")
    for name in ("vught", "ander"):
        make_officer_key(folder / f"{name}.key", folder / f"{name}.pub")
    key = folder / "vught.key"
    before, after = released(ROUND_BEFORE, KWARTAAL), released(ROUND_AFTER, KWARTAAL)
    signed(folder / "juli", before, key, KWARTAAL)
    signed(folder / "oktober", after, key, KWARTAAL, OCTOBER)
    signed(folder / "exact", released(BEFORE, STANDAARD), key, STANDAARD)
    signed(folder / "drie-meer", released({"T01": [268, 35, 130]}, STANDAARD), key, STANDAARD, OCTOBER)
    small = {"T01": [290, 4, 136]}
    signed(folder / "lege-cel", released(small, STANDAARD), key, STANDAARD)
    signed(folder / "een-tabel", released({"T01": BEFORE["T01"]}, STANDAARD), key, STANDAARD)
    signed(folder / "zelfde-dag-afgerond", released(small, KWARTAAL), key, KWARTAAL)
    signed(folder / "boxtel", released({"T01": [268, 35, 130]}, BOXTEL), key, BOXTEL, OCTOBER)
    return folder


def _run(*words: object) -> str:
    """The word of how a command ends."""
    try:
        main([str(word) for word in words])
    except Stopped as stopped:
        return stopped.word
    return "done"


def _compare(place: Path, one: str, other: str, out: Path, key: str = "vught.pub") -> str:
    return _run("compare", place / one, place / other, "--key", place / key, "--out", out)


def _cells(folder: Path, table: str) -> list[dict[str, str]]:
    (path,) = folder.glob(f"*{table}_*.csv")
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def test_the_command_writes_what_anyone_can_count_again(place: Path, tmp_path: Path) -> None:
    out = tmp_path / "uit"
    assert _compare(place, "oktober", "juli", out) == "done"
    for table in ("T01", "T07"):
        before, after, made = (_cells(folder, table) for folder in (place / "juli", place / "oktober", out))
        for old, new, told_cell in zip(before, after, made, strict=True):
            assert (told_cell["value_before"], told_cell["value_after"]) == (old["value"], new["value"])
            low, high = int(new["low"]) - int(old["high"]), int(new["high"]) - int(old["low"])
            assert (int(told_cell["change_low"]), int(told_cell["change_high"])) == (low, high)
            proven = "meer" if low > 0 else "minder" if high < 0 else "niet_aantoonbaar"
            assert told_cell["status"] == ("niet_gepubliceerd" if "Q" in old["status"] + new["status"] else proven)
    total = _cells(out, "T01")[-1]
    assert (total["value_before"], total["value_after"], total["status"]) == ("440", "500", "meer")
    origin = json.loads((out / "herkomst.json").read_bytes())
    assert [one["peildatum"] for one in origin["releases"]] == ["2019-07-01", "2019-10-01"]
    assert origin["proof"]["small_changes_proven"] == 0
    assert set(origin["files"]) | {"herkomst.json"} == {path.name for path in out.iterdir()}
    assert findings(list(read_tables(out)), threshold=10) == []


def test_a_table_of_a_comparison_is_described_as_in_its_release(place: Path, tmp_path: Path) -> None:
    out = tmp_path / "uit"
    assert _compare(place, "juli", "oktober", out) == "done"
    described = [
        json.loads((folder / "datapackage.json").read_bytes())["resources"] for folder in (out, place / "juli")
    ]
    made, own = ({one["path"]: one["description"] for one in each if "schema" in one} for each in described)
    assert made == own
    assert all("Alleen Stand: met een lopende uitkering of WMO-voorziening." in text for text in made.values())
    fields = {one["name"]: one for one in described[0][0]["schema"]["fields"]}
    assert all("leeg als niets" in fields[name]["description"] for name in ("change_low", "change_high"))


def test_the_same_releases_give_the_same_bytes(place: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "een", tmp_path / "twee"
    assert _compare(place, "juli", "oktober", first) == _compare(place, "oktober", "juli", second) == "done"
    for path in first.iterdir():
        assert path.read_bytes() == (second / path.name).read_bytes(), path.name


@pytest.mark.parametrize(
    ("one", "other", "key", "code", "said"),
    [
        ("juli", "oktober", "ander.pub", "verification-failed", "not the pinned officer's"),
        ("juli", "oktober", "nergens.pub", "verification-failed", "no public key"),
        ("juli", "juli", "vught.pub", "not-comparable", "of one peildatum"),
        ("juli", "boxtel", "vught.pub", "not-comparable", "one is of Vught, the other of Boxtel"),
        ("juli", "nergens", "vught.pub", "verification-failed", "no such folder"),
        ("exact", "drie-meer", "vught.pub", "pair-unsafe", "give residents away"),
        ("lege-cel", "zelfde-dag-afgerond", "vught.pub", "pair-unsafe", "1 are provably small and 3 narrowly"),
        ("lege-cel", "lege-cel", "vught.pub", "not-comparable", "together they tell of no small number"),
    ],
)
def test_what_does_not_go_together_writes_nothing(place, tmp_path, capsys, one, other, key, code, said) -> None:
    assert _compare(place, one, other, tmp_path / "uit", key) == code
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("release", "beside", "word"),
    [
        ("exact", ["exact"], "not-comparable"),  # the same one twice
        ("exact", ["een-tabel"], "done"),
        ("lege-cel", ["zelfde-dag-afgerond"], "pair-unsafe"),
        ("zelfde-dag-afgerond", ["lege-cel"], "pair-unsafe"),
        ("exact", ["lege-cel", "zelfde-dag-afgerond"], "not-comparable"),  # other numbers of one day
        ("exact", ["drie-meer"], "not-comparable"),  # of another day
        ("exact", ["boxtel"], "not-comparable"),
        ("exact", ["nergens"], "verification-failed"),
    ],
)
def test_releases_of_one_day_are_verified_as_one(place: Path, release: str, beside: list[str], word: str) -> None:
    """An exact and a rounded release of one day, each safe by itself, tell a blank cell together."""
    others = [place / one for one in beside]
    assert _run("verify", place / release, *others, "--key", place / "vught.pub") == word
    assert _run("verify", place / release, "--key", place / "vught.pub") == "done"


def test_a_file_that_was_changed_stops_the_comparison(place: Path, tmp_path: Path, capsys) -> None:
    changed_one = tmp_path / "oktober"
    changed_one.mkdir()
    for path in (place / "oktober").iterdir():
        (changed_one / path.name).write_bytes(path.read_bytes())
    table = changed_one / "T01_regeling.csv"
    table.write_text(table.read_text().replace("500", "490"))
    assert (
        _run("compare", place / "juli", changed_one, "--key", place / "vught.pub", "--out", tmp_path / "uit")
        == "verification-failed"
    )
    assert "T01_regeling.csv" in capsys.readouterr().err
    assert not (tmp_path / "uit").exists()


def test_an_officer_who_changed_her_key_gives_both(place: Path, tmp_path: Path) -> None:
    later = signed(tmp_path / "oktober", released(ROUND_AFTER, KWARTAAL), place / "ander.key", KWARTAAL, OCTOBER)
    words = ("compare", place / "juli", later, "--out", tmp_path / "uit", "--key", place / "vught.pub")
    assert _run(*words) == "verification-failed"
    assert _run(*words, "--key", place / "ander.pub") == "done"


def test_an_output_folder_that_exists_is_left_alone(place: Path, tmp_path: Path) -> None:
    assert _compare(place, "juli", "oktober", tmp_path) == "folder-unusable"
    assert _compare(place, "juli", "oktober", tmp_path / "nergens" / "uit") == "folder-unusable"


def test_a_demo_is_stamped_everywhere() -> None:
    tables = [replace(one) for one in released(BEFORE, DEMO)], [replace(one) for one in released(AFTER, DEMO)]
    content = compare_releases(told(tables[0], DEMO), told(tables[1], DEMO, OCTOBER))
    files = change_files(content, {})
    assert all(name.startswith("DEMO_") for name in files if name not in {"datapackage.json", "herkomst.json"})
    assert b"DEMO" in files["DEMO_rapport_nl.html"]
    assert json.loads(files["datapackage.json"])["demo"]


def test_inspect_is_not_blind_to_the_form_of_a_comparison(tmp_path: Path) -> None:
    for name, data in change_files(compare_releases(*_pair()), {}).items():
        (tmp_path / name).write_bytes(data)
    assert findings(list(read_tables(tmp_path)), threshold=10) == []
    table = tmp_path / "T01_regeling.csv"
    table.write_text(table.read_text().replace(",35,A,35,A,", ",35,A,3,A,"))
    found = findings(list(read_tables(tmp_path)), threshold=10)
    assert ("T01_regeling", "value_after", "small-count") in {(one.table, one.column, one.rule) for one in found}


def test_a_comparison_is_a_valid_data_package(place: Path, tmp_path: Path) -> None:
    import frictionless

    out = tmp_path / "uit"
    assert _compare(place, "juli", "oktober", out) == "done"
    report = frictionless.Package(str(out / "datapackage.json")).validate()
    assert report.valid, report.flatten(["message"])


def _changed_intervals(place: Path, folder: Path, **manifest: object) -> Path:
    """A release of which the blank cells state their true counts, and the manifest something else."""
    shutil.copytree(place / "lege-cel", folder)
    table = folder / "T01_regeling.csv"
    lines = list(csv.DictReader(io.StringIO(table.read_text())))
    true = {"pwet": 290, "beide": 4, "wmo": 136, "pwet_totaal": 294, "wmo_totaal": 140}
    for line in lines:
        if line["status"] == "Q":
            line["low"] = line["high"] = str(true[line["regeling"]])
    text = io.StringIO()
    writer = csv.DictWriter(text, list(lines[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    table.write_text(text.getvalue())
    changed = json.loads((folder / "manifest.json").read_bytes()) | manifest
    (folder / "manifest.json").write_text(json.dumps(changed))
    return folder


def test_a_release_that_is_not_at_hand_excuses_no_narrow_interval(place: Path, tmp_path: Path) -> None:
    with pytest.raises(VerificationFailed, match="narrower intervals of blank cells than it may leave"):
        prove(_changed_intervals(place, tmp_path / "weg", beside=["is-er-niet"]))
    with pytest.raises(VerificationFailed, match="states other intervals"):
        prove(_changed_intervals(place, tmp_path / "geen"))
    own = json.loads((place / "lege-cel" / "manifest.json").read_bytes())["release"]
    with pytest.raises(VerificationFailed, match="follows itself"):
        prove(_changed_intervals(place, tmp_path / "zelf", beside=[own]), {own: ()})


def test_figures_of_another_day_excuse_no_narrow_interval(place: Path, tmp_path: Path) -> None:
    figures = {
        "titel": "Exact", "bron": "verzonnen", "peildatum": "1999-01-01", "populatie": "alle",
        "dimensies": ["regeling"], "afgerond_op": 1, "marge": 0,
        "aantallen": [{"regeling": ["beide"], "aantal": 4}, {"regeling": ["pwet"], "aantal": 290}],
    }  # fmt: skip
    with pytest.raises(VerificationFailed, match="of another day"):
        prove(_changed_intervals(place, tmp_path / "ooit", public=[figures]))
