"""`bestandsanalyse protect`, attacked from outside: by what its files say and nothing else."""

import csv
import json
import math
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import combinations, product
from pathlib import Path

import highspy
import numpy as np
import pytest

from flows.commands.protection.command import protect
from schemas.errors import (
    BestandsanalyseError,
    FolderInUse,
    FolderUnusable,
    MicrodataUnreadable,
    NotTogether,
    TooExact,
    UnknownDimension,
    UnsafeOverTime,
    UnusableColumn,
)
from tests.oracles.attacker import Tabel, attack
from tests.oracles.shape import LARGE as KOLOMMEN
from tests.oracles.shape import counts, microdata

BIN = Path(sys.executable).parent
BY = [["wijk", "leeftijd"], ["wijk", "uitkering"]]

Persons = Mapping[str, Sequence[str]]
Rows = list[dict[str, str]]


def _write(path: Path, persons: Persons, start: int = 0, stop: int | None = None, **more: Sequence[str]) -> Path:
    columns = {**persons, **more}
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(columns)
        writer.writerows(list(zip(*columns.values(), strict=True))[start:stop])
    return path


def _read(path: Path) -> Rows:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _truth(persons: Persons, by: Sequence[str]) -> np.ndarray:
    chosen = tuple(kolom for kolom in KOLOMMEN if kolom.name in by)
    return counts({kolom.name: persons[kolom.name] for kolom in chosen}, chosen)


@pytest.fixture
def persons() -> Persons:
    return microdata(0)


def test_every_table_is_a_file_and_nothing_small_follows_from_them(persons: Persons, tmp_path: Path) -> None:
    by = [",".join(one) for one in BY]
    protect(_write(tmp_path / "m.csv", persons), by=by, out=tmp_path / "uit")
    audit = json.loads((tmp_path / "uit" / "audit.json").read_text())
    tables, blank = [], 0
    for names in BY:
        rows = _read(tmp_path / "uit" / f"{'_x_'.join(names)}.csv")
        assert list(rows[0]) == [*names, "value", "status", "low", "high"]
        truth = _truth(persons, names)
        assert len(rows) == truth.size
        hidden = np.array([row["status"] == "Q" for row in rows]).reshape(truth.shape)
        for row, true in zip(rows, truth.ravel().tolist(), strict=True):
            assert row["value"] == ("" if row["status"] == "Q" else str(true))
            assert int(row["low"]) <= true <= int(row["high"])
        tables.append(Tabel(tuple(names), truth, hidden))
        blank += int(hidden.sum())
    assert {key: audit[key] for key in ("suppressed", "lower_bound", "gap", "solver_status")} == {
        "suppressed": blank,
        "lower_bound": blank,
        "gap": 0.0,
        "solver_status": "optimal",
    }
    assert audit["cells"] == sum(table.values.size for table in tables)
    assert audit["sensitive"] == sum(int(((table.values >= 1) & (table.values < 10)).sum()) for table in tables)
    for table, bounds in zip(tables, attack(tables), strict=True):
        assert (bounds.high[table.hidden] > 10 - 1e-6).all()
        assert (bounds.high - bounds.low)[table.hidden].min() > 10 - 1e-6


def test_order_and_names_of_categories_do_not_matter(persons: Persons, tmp_path: Path) -> None:
    protect(_write(tmp_path / "a.csv", persons), by=["wijk,leeftijd"], out=tmp_path / "a")
    renamed = {
        value: f"z{len(values) - place}"
        for values in [sorted(set(persons["wijk"]))]
        for place, value in enumerate(values)
    }
    other = {**persons, "wijk": [renamed[value] for value in persons["wijk"]]}
    protect(_write(tmp_path / "b.csv", other), by=["wijk,leeftijd"], out=tmp_path / "b")
    left, right = (
        {(r["wijk"], r["leeftijd"]): r["status"] for r in _read(tmp_path / one / "wijk_x_leeftijd.csv")} for one in "ab"
    )
    assert {(renamed.get(wijk, wijk), leeftijd): status for (wijk, leeftijd), status in left.items()} == right


def test_rounded_values_are_near_additive_and_never_small(persons: Persons, tmp_path: Path) -> None:
    protect(_write(tmp_path / "m.csv", persons), by=["wijk,leeftijd"], method="round", base=10, out=tmp_path / "uit")
    rows = _read(tmp_path / "uit" / "wijk_x_leeftijd.csv")
    truth = _truth(persons, ["wijk", "leeftijd"])
    for row, true in zip(rows, truth.ravel().tolist(), strict=True):
        value = 0 if row["value"] == "<10" else int(row["value"])
        assert (row["value"] == "<10") == (row["status"] == "N") == (value < 10)
        assert value % 10 == 0
        assert abs(value - true) < 10
        assert not (int(row["low"]) >= 1 and int(row["high"]) <= 9)
        assert int(row["low"]) <= true <= int(row["high"])
    rounded = np.array([0 if row["value"] == "<10" else int(row["value"]) for row in rows]).reshape(truth.shape)
    assert (rounded[:-1].sum(axis=0) == rounded[-1]).all()
    assert (rounded[:, :-1].sum(axis=1) == rounded[:, -1]).all()


@pytest.mark.parametrize(
    ("threshold", "base", "below"), [(5, 5, "<5"), (5, 10, "<10"), (10, 5, "<10"), (12, 5, "<15"), (20, 10, "<20")]
)
def test_what_is_shown_for_small_cells_follows_threshold_and_base(
    threshold: int, base: int, below: str, persons: Persons, tmp_path: Path
) -> None:
    file = _write(tmp_path / "m.csv", persons)
    protect(file, by=["wijk,leeftijd"], method="round", threshold=threshold, base=base, out=tmp_path / "uit")
    rows = _read(tmp_path / "uit" / "wijk_x_leeftijd.csv")
    small = 0
    for row, true in zip(rows, _truth(persons, ["wijk", "leeftijd"]).ravel().tolist(), strict=True):
        assert (row["value"] == below) == (row["status"] == "N")
        assert int(row["low"]) <= true <= int(row["high"])
        if row["status"] == "N":
            small += 1
            assert true < int(below[1:])
        else:
            assert int(row["value"]) >= threshold
            assert int(row["value"]) % base == 0
    assert small


def _small_changes(releases: Sequence[Rows]) -> int:
    """Cells of which two releases say, by their own bounds, that 1 to 9 persons came or went."""
    found = 0
    for before, now in combinations(releases, 2):
        for then, later in zip(before, now, strict=True):
            joined = int(later["low"]) - int(then["high"] or 10**6)
            left = int(then["low"]) - int(later["high"] or 10**6)
            found += 1 <= joined <= 9 or 1 <= left <= 9
    return found


def test_months_in_a_row_do_not_show_who_came_or_went(tmp_path: Path) -> None:
    """Three leave and 25 come every month; without the ledger it does show."""
    pool = microdata(1, 500)
    tables: dict[str, list[Rows]] = {"with": [], "without": []}
    for month, kind in product(range(3), tables):
        file = _write(tmp_path / f"{month}.csv", pool, 3 * month, 430 + 25 * month)
        ledger = tmp_path / "grootboek" if kind == "with" else None
        out = tmp_path / kind / str(month)
        protect(file, by=["wijk,leeftijd", "wijk,uitkering"], out=out, ledger=ledger, method="round", base=10)
        tables[kind].append(_read(out / "wijk_x_leeftijd.csv") + _read(out / "wijk_x_uitkering.csv"))
    assert _small_changes(tables["with"]) == 0
    assert _small_changes(tables["without"]) > 0


class _Files:
    """Files of persons that fit what rounded tables print: who stayed, who left and who joined, per combination."""

    def __init__(self, quarters: Sequence[Rows]) -> None:
        names = sorted({name for by in BY for name in by})
        axes = {name: sorted({row[name] for row in quarters[0] if name in row} - {"Totaal"}) for name in names}
        kinds = [dict(zip(axes, levels, strict=True)) for levels in product(*axes.values())]
        self.solver = highspy.Highs()
        self.solver.silent()
        groups = ("stayed", "left", "joined")
        self.persons = {group: [self.solver.addVariable(lb=0) for _ in kinds] for group in groups}
        self.kinds = kinds
        for rows, other in zip(quarters, ("left", "joined"), strict=False):
            for row in rows:
                self.solver.addConstr(int(row["low"]) <= self.sum(row, "stayed", other) <= int(row["high"]))

    def sum(self, row: dict[str, str], *groups: str) -> object:
        places = [
            place
            for place, kind in enumerate(self.kinds)
            if all(row.get(name, "Totaal") in {"Totaal", level} for name, level in kind.items())
        ]
        return self.solver.qsum(self.persons[group][place] for group in groups for place in places)

    def least(self, form: object) -> int:
        self.solver.minimize(form)
        assert self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        return math.ceil(self.solver.getObjectiveValue() - 1e-6)

    def most(self, form: object) -> int:
        self.solver.maximize(form)
        assert self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        return math.floor(self.solver.getObjectiveValue() + 1e-6)


@pytest.mark.parametrize("seed", range(3))
def test_two_rounded_quarters_tell_an_attacker_no_more_than_they_print(seed: int, tmp_path: Path) -> None:
    """He has a program over all combinations: of each release, and of who stayed, left and joined between the two."""
    pool, quarters = microdata(seed, 500), []
    for quarter in range(2):
        file, out = _write(tmp_path / "m.csv", pool, 9 * quarter, 430 + 25 * quarter), tmp_path / str(quarter)
        day = date(2024, 1 + 3 * quarter, 1)
        asked = {"by": ["wijk,leeftijd", "wijk,uitkering"], "ledger": tmp_path / "grootboek", "peildatum": day}
        protect(file, out=out, method="round", base=10, **asked)
        quarters.append(_read(out / "wijk_x_leeftijd.csv") + _read(out / "wijk_x_uitkering.csv"))
        alone = _Files(quarters[-1:])
        for row in quarters[-1]:
            form = alone.sum(row, "stayed", "left")
            low, high = alone.least(form), alone.most(form)
            assert (low, high) == (int(row["low"]), int(row["high"]))
            assert not 1 <= low <= high <= 9
    both = _Files(quarters)
    for row in quarters[0]:
        for group in ("left", "joined"):
            assert not 1 <= both.least(both.sum(row, group)) <= 9


@pytest.mark.parametrize("options", [{}, {"method": "round", "base": 5}])
@pytest.mark.parametrize("first", [{}, {"method": "round", "base": 10}])
@pytest.mark.parametrize("is_declared", [True, False])
def test_exact_counts_do_not_follow_others_of_the_same_columns(
    is_declared: bool, first: dict[str, object], options: dict[str, object], tmp_path: Path
) -> None:
    """Whatever the counts are, of the same persons or of a part of them; rounded they may, and no blank tells why."""
    persons, ledger = microdata(0), tmp_path / "grootboek"
    part, whole = _write(tmp_path / "deel.csv", persons, 0, 424), _write(tmp_path / "geheel.csv", persons)
    protect(part, by=["wijk,leeftijd"], out=tmp_path / "deel", ledger=ledger, population="deel", **first)
    release = json.loads((tmp_path / "deel" / "audit.json").read_text())["ledger"]["release"]
    entered = (ledger / "ledger.jsonl").read_bytes()
    asked = {"by": ["wijk,leeftijd"], "ledger": ledger, "contains": [release] if is_declared else None}
    for file in (whole, part):
        with pytest.raises(TooExact, match=r"leeftijd, wijk.*Round to multiples of 10"):
            protect(file, out=tmp_path / "geheel", **asked, **options)
    assert not (tmp_path / "geheel").exists()
    assert (ledger / "ledger.jsonl").read_bytes() == entered
    if is_declared and not first:
        # What the part leaves blank is at most what the whole counts, so that needs coarser numbers.
        with pytest.raises(UnsafeOverTime, match="Rounded to multiples of 20 it is safe"):
            protect(whole, out=tmp_path / "geheel", method="round", base=10, **asked)
    protect(whole, out=tmp_path / "geheel", method="round", base=20 if is_declared and not first else 10, **asked)
    assert _small_changes([_read(tmp_path / one / "wijk_x_leeftijd.csv") for one in ("deel", "geheel")]) == 0
    assert "" not in {row["value"] for row in _read(tmp_path / "geheel" / "wijk_x_leeftijd.csv")}


def test_exact_counts_of_others_or_by_other_columns_may_follow(tmp_path: Path) -> None:
    persons, ledger = microdata(1), tmp_path / "grootboek"
    first, later = _write(tmp_path / "a.csv", persons, 0, 424), _write(tmp_path / "b.csv", persons)
    protect(first, by=["wijk,leeftijd"], out=tmp_path / "a", ledger=ledger, population="a")
    protect(later, by=["wijk,leeftijd"], out=tmp_path / "b", ledger=ledger, population="b", disjoint=["a"])
    assert any(row["value"] for row in _read(tmp_path / "b" / "wijk_x_leeftijd.csv"))
    audit = json.loads((tmp_path / "b" / "audit.json").read_text())
    assert audit["ledger"]["note"].endswith("nothing was compared.")
    assert "small_changes_proven" not in audit["ledger"]


@pytest.mark.parametrize("come", [0, 6, 40])
def test_a_total_that_was_published_before_is_blank_whether_it_changed_or_not(come: int, tmp_path: Path) -> None:
    persons, ledger = microdata(1, 500), tmp_path / "grootboek"
    first, later = _write(tmp_path / "a.csv", persons, 0, 430), _write(tmp_path / "b.csv", persons, 0, 430 + come)
    protect(first, by=["wijk"], out=tmp_path / "a", ledger=ledger, peildatum=date(2024, 1, 1))
    with pytest.raises(TooExact):
        protect(later, by=["uitkering"], out=tmp_path / "b", ledger=ledger)
    protect(later, by=["uitkering"], out=tmp_path / "b", ledger=ledger, peildatum=date(2024, 4, 1))
    total = _read(tmp_path / "b" / "uitkering.csv")[-1]
    assert (total["value"], total["status"]) == ("", "Q")
    assert int(total["low"]) <= 430 <= int(total["high"] or 10**6)


def test_sums_and_means_come_with_the_counts(persons: Persons, tmp_path: Path) -> None:
    bedrag = [f"{100 + 7 * (place % 90)},50" for place in range(430)]
    file = _write(tmp_path / "m.csv", persons, bedrag=bedrag)
    protect(file, by=["wijk,leeftijd"], out=tmp_path / "uit", sum="bedrag")
    rows = _read(tmp_path / "uit" / "wijk_x_leeftijd.csv")
    total = rows[-1]
    assert float(total["bedrag_value"]) == sum(100.5 + 7 * (place % 90) for place in range(430))
    for row in rows:
        assert (row["bedrag_value"] == "") == (row["bedrag_status"] == "Q")
        assert row["status"] == "A" or row["bedrag_status"] == "Q"
        if row["bedrag_gemiddelde"]:
            assert abs(float(row["bedrag_gemiddelde"]) * int(row["value"]) - float(row["bedrag_value"])) < int(
                row["value"]
            )


def _made(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_tables_of_an_earlier_run_go_when_others_come(persons: Persons, tmp_path: Path) -> None:
    """They were not judged together."""
    file, out = _write(tmp_path / "m.csv", persons), tmp_path / "uit"
    protect(file, by=["wijk,leeftijd"], out=out)
    (out / "eigen.csv").write_text("van een ander")
    protect(file, by=["wijk,uitkering"], out=out, force=True)
    assert _made(out) == {"wijk_x_uitkering.csv", "audit.json", "eigen.csv"}


@pytest.mark.parametrize("name", ["wijk.csv", ".DS_Store", "map/"])
def test_a_folder_in_use_stops_before_anything_is_read(name: str, tmp_path: Path) -> None:
    (tmp_path / "uit").mkdir()
    (tmp_path / "uit" / name).mkdir() if name.endswith("/") else (tmp_path / "uit" / name).write_text("x")
    with pytest.raises(FolderInUse, match="--force"):
        protect(tmp_path / "is er niet.csv", by=["wijk"], out=tmp_path / "uit", ledger=tmp_path / "grootboek")
    assert _made(tmp_path) == {"uit"}


def test_a_file_in_the_place_of_the_folder_stops_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "uit").write_text("van een ander")
    with pytest.raises(FolderUnusable):
        protect(tmp_path / "is er niet.csv", by=["wijk"], out=tmp_path / "uit")
    assert (tmp_path / "uit").read_text() == "van een ander"


def test_an_empty_folder_is_used(persons: Persons, tmp_path: Path) -> None:
    (tmp_path / "uit").mkdir()
    protect(_write(tmp_path / "m.csv", persons), by=["wijk"], out=tmp_path / "uit")
    assert _made(tmp_path / "uit") == {"wijk.csv", "audit.json"}


@pytest.mark.parametrize("in_the_way", ["wijk_x_uitkering.csv", "wijk.csv", "audit.json", ".wijk.csv.new"])
def test_a_write_that_fails_leaves_no_table_of_its_run(in_the_way: str, persons: Persons, tmp_path: Path) -> None:
    """Neither a mix of two runs, nor half a run, nor what was written beside its place."""
    file, out = _write(tmp_path / "m.csv", persons), tmp_path / "uit"
    protect(file, by=["wijk,leeftijd"], out=out)
    (out / in_the_way).unlink(missing_ok=True)
    (out / in_the_way).mkdir()
    with pytest.raises(FolderUnusable):
        protect(file, by=["wijk,uitkering", "wijk"], out=out, force=True)
    assert _made(out) - {in_the_way} <= {"wijk_x_leeftijd.csv", "audit.json"}
    assert list((out / in_the_way).iterdir()) == []


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"peildatum": date(2024, 1, 1)}, "without --ledger"),
        ({"population": "deel"}, "without --ledger"),
        ({"contains": ["eerste"]}, "without --ledger"),
        ({"sum": "bedrag", "method": "round"}, "Make the sums once"),
        ({"sum": "bedrag", "ledger": Path("grootboek")}, "Make the sums once"),
        ({"survey_weight": "gewicht", "sum": "bedrag"}, "does not go with --sum"),
        ({"survey_weight": "gewicht", "method": "round"}, "does not go with --method round"),
        ({"survey_weight": "gewicht", "ledger": Path("grootboek")}, "does not go with --ledger"),
    ],
)
def test_options_that_do_not_go_together_are_refused(options: dict[str, object], named: str, tmp_path: Path) -> None:
    """Before the file is read, which is not there."""
    with pytest.raises(NotTogether, match=named) as caught:
        protect(tmp_path / "m.csv", by=["wijk"], out=tmp_path / "uit", **options)
    assert "Nothing was written" in str(caught.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("cost", ["cells", "count", "log"])
def test_the_audit_names_what_a_blank_cell_costs(cost: str, persons: Persons, tmp_path: Path) -> None:
    protect(_write(tmp_path / "m.csv", persons), by=["wijk,leeftijd"], out=tmp_path / "uit", blank_cost=cost)
    audit = json.loads((tmp_path / "uit" / "audit.json").read_text())
    assert audit["blank_cost"] == cost
    assert "weight" not in audit
    assert (audit["cost"] == audit["suppressed"]) == (cost == "cells")


def test_persons_with_several_rows_count_once(persons: Persons, tmp_path: Path) -> None:
    twice = {name: [*values, *values] for name, values in persons.items()}
    ids = [str(place % 430) for place in range(860)]
    protect(_write(tmp_path / "m.csv", persons), by=["wijk,leeftijd"], out=tmp_path / "a")
    protect(_write(tmp_path / "n.csv", twice, nummer=ids), by=["wijk,leeftijd"], out=tmp_path / "b", person="nummer")
    left, right = ((tmp_path / one / "wijk_x_leeftijd.csv").read_bytes() for one in "ab")
    assert left == right


def _missing(folder: Path) -> Path:
    """Noord, noord and Noord with a space; NA, onbekend and nothing."""
    wijk = (
        ["Noord"] * 30 + ["noord"] * 14 + ["Noord "] * 5 + ["NA"] * 12 + ["onbekend"] * 12 + [""] * 13 + ["Zuid"] * 30
    )
    return _write(folder / "m.csv", {"wijk": wijk, "geslacht": (["m", "v"] * 58)})


def test_categories_that_look_alike_are_named_and_counted_apart(tmp_path: Path) -> None:
    _missing(tmp_path)
    words = ["protect", "m.csv", "--by", "wijk,geslacht", "--out", "uit"]
    done = subprocess.run([BIN / "bestandsanalyse", *words], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    warnings = json.loads((tmp_path / "uit" / "audit.json").read_text())["warnings"]
    assert warnings == [
        "Column wijk: spaces around 1 category were taken off, which made them one with: 'Noord'.",
        "Column wijk: 2 categories look alike, and are counted apart: 'Noord', 'noord'.",
        "Column wijk: 3 categories seem to mean unknown, and are counted apart: '(leeg)', 'NA', 'onbekend'.",
    ]
    assert _unexpected(done.stderr) == warnings
    rows = _read(tmp_path / "uit" / "wijk_x_geslacht.csv")
    assert list(dict.fromkeys(row["wijk"] for row in rows)) == [
        "Noord", "noord", "Zuid", "(leeg)", "NA", "onbekend", "Totaal",
    ]  # fmt: skip


def test_bands_stand_by_number(tmp_path: Path) -> None:
    bands = ["65+", "<5", "onbekend", "10-14", "5-9"]
    _write(tmp_path / "m.csv", {"leeftijd": bands * 20})
    protect(tmp_path / "m.csv", by=["leeftijd"], out=tmp_path / "uit")
    rows = _read(tmp_path / "uit" / "leeftijd.csv")
    assert [row["leeftijd"] for row in rows] == ["<5", "5-9", "10-14", "65+", "onbekend", "Totaal"]


def test_a_ledger_does_not_mind_in_what_order_categories_stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ledgers of before categories stood by number hold them in the order of the alphabet."""
    file, ledger = _write(tmp_path / "m.csv", {"leeftijd": ["65+", "10-14", "5-9"] * 20}), tmp_path / "grootboek"
    with monkeypatch.context() as before:
        before.setattr("transforms.microdata.table_plan.place_of", lambda category: category)
        protect(file, by=["leeftijd"], out=tmp_path / "a", ledger=ledger, peildatum=date(2024, 1, 1))
    protect(file, by=["leeftijd"], out=tmp_path / "b", ledger=ledger, peildatum=date(2024, 1, 1))
    left, right = (_read(tmp_path / one / "leeftijd.csv") for one in "ab")
    assert [row["leeftijd"] for row in left] == ["10-14", "5-9", "65+", "Totaal"]
    assert [row["leeftijd"] for row in right] == ["5-9", "10-14", "65+", "Totaal"]
    assert sorted(map(str, left)) == sorted(map(str, right))


WRONG: dict[str, tuple[str, dict[str, object], type[BestandsanalyseError]]] = {
    "no rows": ("wijk;leeftijd\n", {}, MicrodataUnreadable),
    "ragged": ("wijk;leeftijd\na;b\nc\n", {}, MicrodataUnreadable),
    "open quote": ('wijk;leeftijd\n"a;b\n', {}, MicrodataUnreadable),
    "doubled header": ("wijk;wijk\na;b\n", {}, MicrodataUnreadable),
    "no such column": ("wijk;x\na;b\n", {}, UnknownDimension),
    "a total among the rows": ("wijk;leeftijd\nTotaal;b\n", {}, UnusableColumn),
    "amounts that are none": ("wijk;leeftijd;bedrag\na;b;1.234,5\n", {"sum": "bedrag"}, UnusableColumn),
    "no such amounts": ("wijk;leeftijd\na;b\n", {"sum": "bedrag"}, UnknownDimension),
    "weights that are none": ("wijk;leeftijd;w\na;b;-1\n", {"survey_weight": "w"}, UnusableColumn),
    "a weight that is missing": ("wijk;leeftijd;w\na;b;1\na;b;\n", {"survey_weight": "w"}, UnusableColumn),
    "no such weights": ("wijk;leeftijd\na;b\n", {"survey_weight": "w"}, UnknownDimension),
    "a person of two weights": (
        "wijk;leeftijd;w;nr\na;b;1;1\na;b;2;1\n",
        {"survey_weight": "w", "person": "nr"},
        UnusableColumn,
    ),
    "a person in two places": ("wijk;leeftijd;nr\na;b;1\nc;b;1\n", {"person": "nr"}, UnusableColumn),
    "a person without number": ("wijk;leeftijd;nr\na;b;\n", {"person": "nr"}, UnusableColumn),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_files_are_refused_without_a_value(name: str, tmp_path: Path) -> None:
    content, options, expected = WRONG[name]
    path = tmp_path / "m.csv"
    path.write_text(content)
    with pytest.raises(expected) as caught:
        protect(path, by=["wijk,leeftijd"], out=tmp_path / "uit", **options)
    assert type(caught.value) is expected
    assert "Nothing was written" in str(caught.value)
    assert not (tmp_path / "uit").exists()


def _unexpected(stderr: str) -> list[str]:
    """Lines but those of a search that takes long on a busy machine."""
    return [line for line in stderr.splitlines() if not line.startswith("Searching")]


def test_its_json_has_the_audit_and_nothing_else(persons: Persons, tmp_path: Path) -> None:
    _write(tmp_path / "m.csv", persons)
    words = ["protect", "m.csv", "--by", "wijk,leeftijd", "--out", "uit", "--threshold", "5", "--json"]
    done = subprocess.run([BIN / "bestandsanalyse", *words], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, _unexpected(done.stderr)) == (0, [])
    told = json.loads(done.stdout)
    assert told["data"] == json.loads((tmp_path / "uit" / "audit.json").read_text())
    assert (told["code"], told["data"]["threshold"]) == ("done", 5)
    assert told["message"].startswith("1 tables: ")


SILENT = {
    "blank cells": [],
    "an attacker with a record": ["--own-record", "--threshold", "20"],
    "rounded": ["--method", "round", "--base", "10"],
    "sums": ["--sum", "bedrag"],
    "a ledger": ["--ledger", "grootboek"],
}


@pytest.mark.parametrize("name", SILENT)
def test_the_solver_prints_nothing(name: str, persons: Persons, tmp_path: Path) -> None:
    """On the descriptors themselves, past Python's streams."""
    _write(tmp_path / "m.csv", persons, bedrag=[str(100 + place % 90) for place in range(430)])
    words = ["protect", "m.csv", "--by", "wijk,leeftijd", "--by", "wijk,uitkering", "--out", "uit", *SILENT[name]]
    done = subprocess.run([BIN / "bestandsanalyse", *words], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, _unexpected(done.stderr)) == (0, [])
    assert done.stdout.startswith("2 tables: ")
    known = ("2 tables: ", "Told of whole groups", "Sums of bedrag", "The total is blank", "No earlier release")
    assert [line for line in done.stdout.splitlines() if not line.startswith(known)] == []
