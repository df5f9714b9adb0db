"""`protect` on whole groups, households, and sums of nothing, of unknown amounts and of amounts below 0."""

import csv
import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from flows.commands.protection.command import protect
from flows.commands.tools.inspection import read_tables
from schemas.errors import DisclosureFailure, NotTogether, UnknownDimension, UnusableColumn
from transforms.inspection import findings

Row = dict[str, str]


def _write(path: Path, header: str, rows: Sequence[Sequence[object]]) -> Path:
    lines = [header, *(";".join(map(str, row)) for row in rows)]
    path.write_text("\n".join(lines) + "\n")
    return path


def _cells(folder: Path, table: str, *names: str) -> dict[tuple[str, ...], Row]:
    with (folder / f"{table}.csv").open(newline="") as file:
        return {tuple(row[name] for name in names): row for row in csv.DictReader(file)}


def _groups(path: Path) -> Path:
    """All 25 of A are in one category; of B and C some."""
    rows = [("A", "schuldhulp")] * 25 + [("B", "geen")] * 22 + [("B", "schuldhulp")] * 30
    return _write(path / "m.csv", "wijk;schulden", rows + [("C", "geen")] * 40 + [("C", "schuldhulp")] * 18)


def test_a_whole_group_in_one_category_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    audit = protect(_groups(tmp_path), by=["wijk,schulden"], out=tmp_path / "uit")
    assert audit["groups_told"] == [
        {
            "table": "wijk_x_schulden",
            "dimension": "schulden",
            "category": "schuldhulp",
            "group": ("A",),
            "persons": 25,
            "size": 25,
        }
    ]
    assert "25 of the 25 of A are in schulden schuldhulp" in capsys.readouterr().out


def test_a_whole_group_of_a_blank_number_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody of A is in the other category: whoever is in A is in this one, however many they are."""
    rows = [("A", "oud")] * 5 + [("B", "oud")] * 6 + [("B", "jong")] * 20 + [("C", "oud")] * 40 + [("C", "jong")] * 40
    audit = protect(_write(tmp_path / "m.csv", "wijk;leeftijd", rows), by=["wijk,leeftijd"], out=tmp_path / "uit")
    cells = _cells(tmp_path / "uit", "wijk_x_leeftijd", "wijk", "leeftijd")
    assert [cells["A", one]["value"] for one in ("jong", "oud", "Totaal")] == ["0", "", ""]
    named = [told for told in audit["groups_told"] if told["group"] == ("A",)]
    assert [(told["category"], told["persons"], told["size"]) for told in named] == [("oud", None, None)]
    assert "all of A are in leeftijd oud" in capsys.readouterr().out


@pytest.mark.parametrize("sensitive", ["schulden", "schulden=schuldhulp", "schulden=geen,schuldhulp"])
def test_a_sensitive_category_of_a_whole_group_cannot_be_derived(sensitive: str, tmp_path: Path) -> None:
    audit = protect(_groups(tmp_path), by=["wijk,schulden"], sensitive=[sensitive], out=tmp_path / "uit")
    cells = _cells(tmp_path / "uit", "wijk_x_schulden", "wijk", "schulden")
    part, group = cells["A", "schuldhulp"], cells["A", "Totaal"]
    # As far as anybody knows, less than 90 per cent of the group may be in the category.
    assert 100 * int(part["low"]) < 90 * int(group["high"])
    assert audit["groups_told"] == []
    assert any("schulden is declared sensitive" in sentence for sentence in audit["not_judged"])


def test_what_is_sensitive_must_be_there(tmp_path: Path) -> None:
    file = _groups(tmp_path)
    with pytest.raises(UnknownDimension, match="--sensitive"):
        protect(file, by=["wijk"], sensitive=["schulden"], out=tmp_path / "uit")
    with pytest.raises(UnusableColumn, match="categories"):
        protect(file, by=["wijk,schulden"], sensitive=["schulden=wel"], out=tmp_path / "uit")


@pytest.mark.parametrize("seed", range(12))
def test_inspect_and_protect_agree_on_groups(seed: int, tmp_path: Path) -> None:
    """What the one names of published numbers the other reports as high; neither does once it is declared sensitive."""
    draw = random.Random(seed)  # noqa: S311 - a test
    shares = {wijk: draw.choice((0.0, 0.3, 0.5, 0.85, 0.95, 1.0)) for wijk in "ABCD"}
    rows = [
        (wijk, "schuldhulp" if draw.random() < shares[wijk] else "geen")
        for wijk in "ABCD"
        for _ in range(draw.randrange(12, 60))
    ]
    file = _write(tmp_path / "m.csv", "wijk;schulden", rows)
    audit = protect(file, by=["wijk,schulden"], out=tmp_path / "a")
    named = {
        f"{told['group'][0]} / {told['category']}"
        for told in audit["groups_told"]
        if told["dimension"] == "schulden" and told["size"] is not None
    }
    truth = Counter(rows + [("Totaal", category) for _, category in rows])
    shown = _cells(tmp_path / "a", "wijk_x_schulden", "wijk", "schulden")
    assert named == {
        f"{wijk} / {category}"
        for wijk in ("A", "B", "C", "D", "Totaal")
        for category in ("geen", "schuldhulp")
        if shown[wijk, category]["value"]
        and shown[wijk, "Totaal"]["value"]
        and truth[wijk, category] >= 0.9 * (truth[wijk, "geen"] + truth[wijk, "schuldhulp"])
    }
    assert named == {row for row, _ in _reported(tmp_path / "a")}
    protect(file, by=["wijk,schulden"], sensitive=["schulden"], out=tmp_path / "b")
    assert not _reported(tmp_path / "b")


def _reported(folder: Path) -> list[tuple[str, str]]:
    found = findings(list(read_tables(folder / "wijk_x_schulden.csv")), threshold=10)
    return [(one.row, one.column) for one in found if one.rule == "group-disclosure" and one.severity == "high"]


def _paid(path: Path, amounts: dict[str, Sequence[object]]) -> Path:
    return _write(path / "m.csv", "wijk;bedrag", [(wijk, one) for wijk, own in amounts.items() for one in own])


def test_a_sum_of_nothing_over_persons_is_blank(tmp_path: Path) -> None:
    amounts = {"A": range(50, 80), "B": [0] * 15, "C": range(60, 90)}
    audit = protect(_paid(tmp_path, amounts), by=["wijk"], sum="bedrag", out=tmp_path / "uit")
    cells = _cells(tmp_path / "uit", "wijk", "wijk")
    assert (cells["B",]["bedrag_value"], cells["B",]["bedrag_gemiddelde"]) == ("", "")
    assert float(cells["B",]["bedrag_high"]) > 15
    assert audit["sums"]["blank"] == sum(row["bedrag_status"] == "Q" for row in cells.values())
    assert (audit["sums"]["break_a_rule"], audit["sums"]["total_blank"]) == (1, False)


def test_amounts_below_zero_are_added_up_as_those_above(tmp_path: Path) -> None:
    above = {"A": range(50, 80), "B": [0] * 15, "C": [*range(60, 90), 2000]}
    below = {wijk: [-one for one in own] for wijk, own in above.items()}
    protect(_paid(tmp_path, above), by=["wijk"], sum="bedrag", out=tmp_path / "a")
    protect(_paid(tmp_path, below), by=["wijk"], sum="bedrag", out=tmp_path / "b")
    left, right = (_cells(tmp_path / one, "wijk", "wijk") for one in "ab")
    opposite = {"low": "high", "high": "low"}
    for key, row in left.items():
        for name in ("value", "low", "high", "gemiddelde"):
            ours, theirs = row[f"bedrag_{name}"], right[key][f"bedrag_{opposite.get(name, name)}"]
            assert (ours == theirs == "") or float(ours) == -float(theirs)


def test_amounts_above_and_below_zero_are_refused_with_the_reason(tmp_path: Path) -> None:
    with pytest.raises(UnusableColumn, match="cancel out"):
        protect(_paid(tmp_path, {"A": [1, -1] * 20}), by=["wijk"], sum="bedrag", out=tmp_path / "uit")


def test_an_empty_amount_is_unknown_and_no_zero(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    amounts = {"A": [*range(50, 80), ""], "C": range(60, 90)}
    audit = protect(_paid(tmp_path, amounts), by=["wijk"], sum="bedrag", out=tmp_path / "uit")
    assert audit["sums"]["unknown_amounts"] == 1
    assert {row["bedrag_gemiddelde"] for row in _cells(tmp_path / "uit", "wijk", "wijk").values()} == {""}
    assert "In 1 rows the amount is empty" in capsys.readouterr().out


def test_a_blank_total_is_told_with_its_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    amounts = {"A": [9000, *[7] * 14], "B": [300, *[4] * 12], "C": [250, *[4] * 12], "D": [51] * 401, "E": [5] * 21}
    audit = protect(_paid(tmp_path, amounts), by=["wijk"], sum="bedrag", out=tmp_path / "uit")
    cells = _cells(tmp_path / "uit", "wijk", "wijk")
    assert {key for (key,), row in cells.items() if row["bedrag_status"] == "Q"} == {"A", "B", "C", "D", "Totaal"}
    assert audit["sums"]["total_blank"]
    assert "The total is blank, too" in capsys.readouterr().out
    # What is published of it bounds a total from below.
    assert float(cells["Totaal",]["bedrag_low"]) >= float(cells["E",]["bedrag_value"])


def _lived(path: Path, households: dict[str, Sequence[int]]) -> Path:
    rows = [
        (f"{wijk}{home}", wijk, 100)
        for wijk, sizes in households.items()
        for home, size in enumerate(sizes)
        for _ in range(size)
    ]
    return _write(path / "m.csv", "huis;wijk;bedrag", rows)


def test_twelve_persons_of_one_household_are_not_told(tmp_path: Path) -> None:
    file = _lived(tmp_path, {"A": [12], "B": [1] * 40, "C": [1] * 40, "D": [2] * 20})
    protect(file, by=["wijk"], household="huis", sum="bedrag", out=tmp_path / "uit")
    cells = _cells(tmp_path / "uit", "wijk", "wijk")
    assert cells["A",]["value"] == cells["A",]["bedrag_value"] == ""
    assert int(cells["A",]["high"]) - int(cells["A",]["low"]) >= 10
    assert (cells["D",]["value"], cells["Totaal",]["value"]) == ("40", "132")
    protect(file, by=["wijk"], sum="bedrag", out=tmp_path / "zonder")
    assert _cells(tmp_path / "zonder", "wijk", "wijk")["A",]["bedrag_value"] == "1200.00"


@pytest.mark.parametrize("seed", range(8))
def test_no_published_number_is_of_few_households_and_no_sum_of_a_dominant_one(seed: int, tmp_path: Path) -> None:
    """Counted apart, in plain Python, for every cell and for all but one cell."""
    draw = random.Random(seed)  # noqa: S311 - a test
    rows = []
    for home in range(120):
        wijk = draw.choice("AABCD")
        rows += [(f"h{home}", wijk, draw.choice((20, 50, 5000 if home % 40 == 0 else 60)))] * draw.choice((1, 1, 2, 9))
    file = _write(tmp_path / "m.csv", "huis;wijk;bedrag", rows)
    protect(file, by=["wijk"], household="huis", sum="bedrag", out=tmp_path / "uit")
    shown = _cells(tmp_path / "uit", "wijk", "wijk")
    wijken = sorted({wijk for _, wijk, _ in rows})
    for inside in ({wijk} for wijk in wijken):
        for cell in (inside, set(wijken) - inside):
            paid: dict[str, int] = defaultdict(int)
            for home, wijk, bedrag in rows:
                paid[home] += bedrag * (wijk in cell)
            contributions = sorted((one for one in paid.values() if one), reverse=True)
            is_told = shown[next(iter(inside)),]["bedrag_value"] and shown["Totaal",]["bedrag_value"]
            if is_told and sum(contributions):
                assert len(contributions) >= 5
                assert 2 * contributions[0] <= sum(contributions)
            if len(contributions) < 5:
                assert not (shown[next(iter(inside)),]["value"] and shown["Totaal",]["value"])


def test_rounding_does_not_hide_that_a_count_is_of_few_households(tmp_path: Path) -> None:
    few = _lived(tmp_path, {"A": [12], "B": [1] * 40, "C": [1] * 40})
    with pytest.raises(DisclosureFailure, match="fewer households"):
        protect(few, by=["wijk"], household="huis", method="round", base=10, out=tmp_path / "uit")
    enough = _lived(tmp_path, {"A": [2] * 6, "B": [1] * 40, "C": [5]})
    protect(enough, by=["wijk"], household="huis", method="round", base=10, out=tmp_path / "uit")
    assert _cells(tmp_path / "uit", "wijk", "wijk")["B",]["value"] == "40"


def test_a_later_release_of_the_same_persons_tells_of_no_few_households(tmp_path: Path) -> None:
    """The second one counts by another column: twelve of one household are in a cell of it."""
    rows = [(f"A{i}", "A", "x") for i in range(30)] + [(f"B{i}", "B", "y") for i in range(30)]
    file = _write(tmp_path / "m.csv", "huis;wijk;soort", rows + [("C", "A", "z")] * 12 + [("D", "B", "z")] * 0)
    options = {"household": "huis", "ledger": tmp_path / "grootboek", "peildatum": date(2026, 1, 1)}
    protect(file, by=["wijk"], out=tmp_path / "een", **options)
    protect(file, by=["soort"], out=tmp_path / "twee", **options)
    assert _cells(tmp_path / "een", "wijk", "wijk")["A",]["value"] == "42"
    assert _cells(tmp_path / "twee", "soort", "soort")["z",]["value"] == ""


def test_a_zero_that_is_blank_itself_hides_nothing_of_a_rest(tmp_path: Path) -> None:
    """Those in x less those in (x, p) are fourteen of one household, though (x, r) is nobody."""
    rows = [(f"a{n}", "x", "p") for n in range(25)] + [("H", "x", "q")] * 14
    rows += [(f"b{n}", "y", "p") for n in range(12)] + [(f"c{n}", "y", "r") for n in range(3)]
    protect(_write(tmp_path / "m.csv", "huis;a;b", rows), by=["a,b"], household="huis", out=tmp_path / "uit")
    cells = _cells(tmp_path / "uit", "a_x_b", "a", "b")
    assert "" in {cells["x", "p"]["value"], cells["x", "Totaal"]["value"]}


def test_a_column_may_have_the_name_of_ours_for_households(tmp_path: Path) -> None:
    rows = [(f"a{n}", "paar" if n % 2 else "alleen") for n in range(60)]
    file = _write(tmp_path / "m.csv", "adres;huishouden", rows)
    protect(file, by=["huishouden"], household="adres", out=tmp_path / "uit")
    assert _cells(tmp_path / "uit", "huishouden", "huishouden")["paar",]["value"] == "30"


def test_a_demand_on_counts_without_anybody_in_them_is_no_crash(tmp_path: Path) -> None:
    rows = [("x", "q"), *[("y", "r")] * 3]
    with pytest.raises(DisclosureFailure, match="grand total"):
        protect(_write(tmp_path / "m.csv", "a;b", rows), by=["a,b"], out=tmp_path / "uit")


def test_a_person_of_two_households_is_refused(tmp_path: Path) -> None:
    rows = [(f"adres{home}", f"p{person}", "A") for person in range(12) for home in range(5)]
    file = _write(tmp_path / "m.csv", "huis;persoon;wijk", rows)
    with pytest.raises(UnusableColumn, match="several households"):
        protect(file, by=["wijk"], person="persoon", household="huis", out=tmp_path / "uit")


def test_a_sum_less_one_in_which_the_same_household_is_as_well_is_judged(tmp_path: Path) -> None:
    rows = [(f"a{n}", "a", "b", 100) for n in range(40)] + [("H", "a", "b", 100)] + [("H", "c", "b", 100)] * 12
    rows += [(f"c{n}", "c", "b", 0) for n in range(30)] + [(f"d{n}", "c", "d", 100) for n in range(60)]
    rows += [(f"e{n}", "e", "d", 100) for n in range(40)]
    file = _write(tmp_path / "m.csv", "huis;x;y;bedrag", rows)
    protect(file, by=["x", "y"], household="huis", sum="bedrag", out=tmp_path / "uit")
    of_b, of_a = _cells(tmp_path / "uit", "y", "y")["b",], _cells(tmp_path / "uit", "x", "x")["a",]
    assert "" in {of_b["bedrag_value"], of_a["bedrag_value"]}


def test_the_column_of_households_is_there_and_full(tmp_path: Path) -> None:
    file = _lived(tmp_path, {"A": [1] * 20, "B": [1] * 20})
    with pytest.raises(UnknownDimension):
        protect(file, by=["wijk"], household="adres", out=tmp_path / "uit")
    gap = _write(tmp_path / "gat.csv", "huis;wijk", [("", "A"), *[("h", "A")] * 20])
    with pytest.raises(UnusableColumn, match="empty"):
        protect(gap, by=["wijk"], household="huis", out=tmp_path / "uit")


def test_what_an_earlier_release_hid_of_a_group_stays_hidden(tmp_path: Path) -> None:
    """Kinds of debt tell of the debt: 300 of the 324 of A are in one; a release of the same day hid the debt."""
    kinds = {
        "A": {"zwaar": 300, "licht": 12, "nooit": 12},
        "B": {"licht": 60, "zwaar": 60, "nooit": 40, "afbetaald": 40},
        "C": {"licht": 60, "zwaar": 20, "nooit": 40, "afbetaald": 40},
    }
    rows = [
        (wijk, "hulp" if kind in {"licht", "zwaar"} else "geen", kind)
        for wijk, own in kinds.items()
        for kind, persons in own.items()
        for _ in range(persons)
    ]
    file = _write(tmp_path / "m.csv", "wijk;schulden;soort", rows)
    ledger = {"ledger": tmp_path / "grootboek", "peildatum": date(2024, 1, 1)}
    protect(file, by=["wijk,schulden"], sensitive=["schulden"], out=tmp_path / "a", **ledger)
    hidden = _cells(tmp_path / "a", "wijk_x_schulden", "wijk", "schulden")
    assert 10 * int(hidden["A", "hulp"]["low"]) < 9 * int(hidden["A", "Totaal"]["high"])
    # The 300 cost more to leave out than the twelves do.
    protect(file, by=["wijk,soort"], out=tmp_path / "b", blank_cost="count", **ledger)
    shown = _cells(tmp_path / "b", "wijk_x_soort", "wijk", "soort")
    # All of A but the 12 without a debt have one; how many those are at least, the kinds tell.
    assert hidden["A", "geen"]["value"] == "12"
    fewest = int(shown["A", "Totaal"]["low"])
    assert 10 * (fewest - 12) < 9 * fewest


@pytest.mark.parametrize("sensitive", [None, ["wijk"]])
def test_a_declared_hierarchy_holds_for_sensitive_columns_too(sensitive: list[str] | None, tmp_path: Path) -> None:
    rows = [("b1", "w1")] * 30 + [("b2", "w1")] * 30 + [("b3", "w2")] * 30 + [("b1", "w2")]
    file = _write(tmp_path / "m.csv", "buurt;wijk", rows)
    with pytest.raises(UnusableColumn, match="1 records say otherwise"):
        protect(file, by=["buurt", "wijk"], hierarchy=["buurt:wijk"], sensitive=sensitive, out=tmp_path / "uit")


def test_whole_districts_in_one_category_are_no_code_list(tmp_path: Path) -> None:
    """Every district has one category, which is what --sensitive is to hide."""
    rows = [("A", "hulp")] * 30 + [("B", "geen")] * 40 + [("C", "geen")] * 30 + [("D", "hulp")] * 40
    file = _write(tmp_path / "m.csv", "wijk;schulden", rows)
    protect(file, by=["wijk,schulden"], sensitive=["schulden"], out=tmp_path / "uit")
    cells = _cells(tmp_path / "uit", "wijk_x_schulden", "wijk", "schulden")
    assert 10 * int(cells["A", "hulp"]["low"]) < 9 * int(cells["A", "Totaal"]["high"])


def test_categories_that_are_not_the_sensitive_ones_are_still_named(tmp_path: Path) -> None:
    rows = [("A", "ja")] * 285 + [("A", "nee")] * 15 + [("B", "ja")] * 40 + [("B", "nee")] * 40
    file = _write(tmp_path / "m.csv", "wijk;s", rows)
    audit = protect(file, by=["wijk,s"], sensitive=["s=nee"], out=tmp_path / "uit")
    named = [(told["group"], told["category"]) for told in audit["groups_told"] if told["dimension"] == "s"]
    assert named == [(("A",), "ja")]


def _homes(persons: int, *categories: str) -> list[tuple[str, ...]]:
    """Persons who each live in a household of their own."""
    return [(f"{'-'.join(categories)}-{person}", *categories) for person in range(persons)]


def test_what_is_left_of_a_row_or_of_another_table_is_not_of_one_household(tmp_path: Path) -> None:
    own = [("H", "A", "y")] * 10 + [("H", "A", "z")] * 10
    rest = [row for wijk in "BC" for soort in "xyz" for row in _homes(30, wijk, soort)]
    row = _write(tmp_path / "rij.csv", "huis;wijk;soort", [*_homes(40, "A", "x"), *own, *rest])
    protect(row, by=["wijk,soort"], household="huis", out=tmp_path / "rij")
    cells = _cells(tmp_path / "rij", "wijk_x_soort", "wijk", "soort")
    assert not (cells["A", "x"]["value"] and cells["A", "Totaal"]["value"])
    nested = [*_homes(40, "a", "b"), *[("H", "c", "b")] * 12, *_homes(60, "c", "d"), *_homes(40, "e", "d")]
    protect(_write(tmp_path / "n.csv", "huis;x;y", nested), by=["x", "y"], household="huis", out=tmp_path / "n")
    x, y = _cells(tmp_path / "n", "x", "x"), _cells(tmp_path / "n", "y", "y")
    assert not (x["a",]["value"] and y["b",]["value"])


@pytest.mark.parametrize("amount", [1500, 0])
def test_a_sum_less_one_that_lies_in_it_tells_of_nobody(amount: int, tmp_path: Path) -> None:
    """All of a are of b: what is left of b is one person with an amount, or 15 without."""
    rows = [("a", "b", 100)] * 40 + [("c", "b", amount)] + [("c", "b", 0)] * 14
    file = _write(tmp_path / "m.csv", "x;y;bedrag", rows + [("c", "d", 100)] * 60 + [("e", "d", 100)] * 40)
    protect(file, by=["x", "y"], sum="bedrag", out=tmp_path / "uit")
    x, y = _cells(tmp_path / "uit", "x", "x"), _cells(tmp_path / "uit", "y", "y")
    assert not (x["a",]["bedrag_value"] and y["b",]["bedrag_value"])


def test_an_empty_sensitive_category_of_a_small_group_is_not_shown(tmp_path: Path) -> None:
    rows = [("A", "ja")] * 7 + [("C", "ja")] * 9 + [("B", "nee")] * 30 + [("B", "ja")] * 22
    file = _write(tmp_path / "m.csv", "wijk;s", rows + [("D", "ja")] * 24 + [("D", "nee")] * 24)
    protect(file, by=["wijk,s"], sensitive=["s"], out=tmp_path / "uit")
    cells = _cells(tmp_path / "uit", "wijk_x_s", "wijk", "s")
    assert cells["A", "nee"]["value"] == cells["C", "nee"]["value"] == ""


def test_what_follows_from_a_sensitive_column_stays_known_to_everybody(tmp_path: Path) -> None:
    """With `--sensitive`, too: bijstand and ioaw are g1, so a g1 less the ioaw of A would be its 3 in bijstand."""
    numbers = {"A": (3, 30, 40, 25), "B": (20, 40, 22, 30), "C": (20, 40, 12, 30)}
    kinds = (("bijstand", "g1"), ("ioaw", "g1"), ("ww", "g2"), ("wia", "g2"))
    rows = [
        (wijk, *kind)
        for wijk, own in numbers.items()
        for kind, persons in zip(kinds, own, strict=True)
        for _ in range(persons)
    ]
    file = _write(tmp_path / "m.csv", "wijk;s;s2", [*rows, ("B", "wia", "g1")])
    protect(file, by=["wijk,s", "wijk,s2"], sensitive=["s"], out=tmp_path / "uit")
    s, s2 = _cells(tmp_path / "uit", "wijk_x_s", "wijk", "s"), _cells(tmp_path / "uit", "wijk_x_s2", "wijk", "s2")
    assert not (s["A", "ioaw"]["value"] and s2["A", "g1"]["value"])


@pytest.mark.parametrize("column", ["bedrag", "bedrag_value"])
def test_no_table_counts_by_what_the_sums_are_called(column: str, tmp_path: Path) -> None:
    file = _write(tmp_path / "m.csv", "wijk;bedrag;bedrag_value", [("a", 1, "x")] * 30 + [("b", 2, "y")] * 30)
    with pytest.raises(NotTogether, match="--sum"):
        protect(file, by=[f"wijk,{column}"], sum="bedrag", out=tmp_path / "uit")
