"""Columns that depend on each other: nothing small follows for who has their code lists.

The files are invented (`tests/builders/residents.py`); the attacker reads what `protect` wrote
(`tests/oracles/town.py`) and shares no code with it.
"""

import csv
from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from flows.commands.protection.command import protect
from schemas.errors import BestandsanalyseError
from tests.builders.residents import KINDS, Residents, residents
from tests.oracles.town import EMPTY, Bound, Family, attack, findings

THRESHOLD = BASE = 10
FILES = range(200)
FEW = range(12)
DAY = date(2024, 1, 1)

AREA = Family(("wijk", "buurt"), frozenset({("W1", "B1"), ("W1", "B2"), ("W2", "B3")}))

MADE = {
    "suppressed": partial(protect, method="suppress"),
    "rounded": partial(protect, method="round", base=BASE),
}


def _write(path: Path, town: Residents, *, is_renamed: bool = False) -> Path:
    names = list(town.rows[0])
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow([name.upper() for name in names] if is_renamed else names)
        writer.writerows([row[name] for name in names] for row in town.rows)
    return path


def _require_safe(town: Residents, folders: Sequence[Path]) -> None:
    bounds = attack(folders, town.families, are_occurring=True)
    assert [bound for bound in bounds if not bound.low <= _truth(town, bound) <= bound.high] == []
    assert [(found.kind, found.bound) for found in findings(bounds, THRESHOLD)] == []


def _truth(town: Residents, bound: Bound) -> int:
    return sum(all((row[name] or EMPTY) == level for name, level in bound.cell.levels) for row in town.rows)


def _require_safe_release(made: str, seed: int, folder: Path) -> None:
    town = residents(seed)
    MADE[made](_write(folder / "m.csv", town), by=town.coarse + town.fine, out=folder / "uit")
    _require_safe(town, [folder / "uit"])


def _require_safe_ledger(made: str, seed: int, folder: Path) -> None:
    """A second release that is refused is safe; what was published before it is judged all the same."""
    town = residents(seed)
    of_ledger = partial(MADE[made], ledger=folder / "register", peildatum=DAY)
    of_ledger(_write(folder / "m.csv", town), by=town.coarse, out=folder / "een")
    again = _write(folder / "n.csv", town, is_renamed=town.is_renamed)
    fine = [by.upper() for by in town.fine] if town.is_renamed else town.fine
    folders = [folder / "een"]
    try:
        of_ledger(again, by=fine, out=folder / "twee")
        folders.append(folder / "twee")
    except BestandsanalyseError:
        pass
    _require_safe(town, folders)


@pytest.mark.parametrize("seed", FEW)
@pytest.mark.parametrize("made", MADE)
def test_nothing_small_follows_from_a_release(made: str, seed: int, tmp_path: Path) -> None:
    _require_safe_release(made, seed, tmp_path)


@pytest.mark.parametrize("seed", FEW)
@pytest.mark.parametrize("made", MADE)
def test_nothing_small_follows_from_two_releases_of_a_day(made: str, seed: int, tmp_path: Path) -> None:
    _require_safe_ledger(made, seed, tmp_path)


@pytest.mark.nightly
@pytest.mark.parametrize("seed", FILES)
@pytest.mark.parametrize("made", MADE)
def test_nothing_small_follows_from_any_release(made: str, seed: int, tmp_path: Path) -> None:
    _require_safe_release(made, seed, tmp_path)


@pytest.mark.nightly
@pytest.mark.parametrize("seed", FILES)
@pytest.mark.parametrize("made", MADE)
def test_nothing_small_follows_from_any_two_releases_of_a_day(made: str, seed: int, tmp_path: Path) -> None:
    _require_safe_ledger(made, seed, tmp_path)


def _publish(folder: Path, base: str = "null", **tables: str) -> Path:
    """A folder as `protect` writes it; the lines of a table are separated by spaces."""
    folder.mkdir()
    for name, lines in tables.items():
        (folder / f"{name}.csv").write_text("\n".join(lines.split()) + "\n", encoding="utf-8")
    listed = ", ".join(f'"{name}.csv"' for name in tables)
    (folder / "audit.json").write_text(f'{{"base": {base}, "tables": [{listed}]}}', encoding="utf-8")
    return folder


def _found(bounds: Sequence[Bound]) -> dict[str, tuple[float, float]]:
    """Ends per cell that is not published exactly, by its categories."""
    return {
        "/".join(level for _, level in bound.cell.levels): (bound.low, bound.high)
        for bound in bounds
        if bound.cell.low < bound.cell.high
    }


WIJK = "wijk,value,status,low,high W1,20,A,20,20 W2,30,A,30,30 Totaal,50,A,50,50"
BUURT = "buurt,value,status,low,high B1,15,A,15,15 B2,,Q,0,35 B3,,Q,0,35 Totaal,50,A,50,50"


def test_the_attacker_subtracts_a_buurt_from_its_wijk(tmp_path: Path) -> None:
    """20 - 15 = 5; who does not know which buurten a wijk has learns nothing."""
    folder = _publish(tmp_path / "uit", wijk=WIJK, buurt=BUURT)
    bounds = attack([folder], [AREA])
    assert _found(bounds) == {"B2": (5, 5), "B3": (30, 30)}
    assert [(one.kind, one.bound.cell.levels) for one in findings(bounds, THRESHOLD)] == [
        ("exact", (("buurt", "B2"),)),
        ("exact", (("buurt", "B3"),)),
    ]
    assert _found(attack([folder], [])) == {"B2": (0, 35), "B3": (0, 35)}


def test_the_attacker_knows_that_a_category_of_the_file_is_not_empty(tmp_path: Path) -> None:
    """10 less the one at least who is in the other category."""
    lines = "leeftijd,value,status,low,high 80-84,,Q,0,10 85-89,,Q,0,10 Totaal,10,A,10,10"
    folder = _publish(tmp_path / "uit", leeftijd=lines)
    assert findings(attack([folder], []), THRESHOLD) == []
    bounds = attack([folder], [], are_occurring=True)
    assert [(one.kind, one.bound.low, one.bound.high) for one in findings(bounds, THRESHOLD)] == [("small", 1, 9)] * 2


def test_a_category_of_the_file_is_not_empty_and_one_of_a_code_list_may_be(tmp_path: Path) -> None:
    """Ten are 80-89. With somebody in 80-84 and in 85-89 both are small, unless a list names them in any case."""
    ages = ["70-74"] * 30 + ["75-79"] * 30 + ["80-84"] * 7 + ["85-89"] * 3
    file, lists = tmp_path / "m.csv", tmp_path / "lijsten.toml"
    file.write_text("tien;vijf\n" + "".join(f"{age[0]}0-{age[0]}9;{age}\n" for age in ages), encoding="utf-8")
    protect(file, by=["tien", "vijf"], out=tmp_path / "zonder")
    lists.write_text('[tien]\nvalues = ["70-79", "80-89"]\n[vijf]\nvalues = ["70-74", "75-79", "80-84", "85-89"]\n')
    protect(file, by=["tien", "vijf"], codes=lists, out=tmp_path / "met")
    twins = Family(("tien", "vijf"), frozenset((f"{age[0]}0-{age[0]}9", age) for age in ages))
    assert findings(attack([tmp_path / "zonder"], [twins], are_occurring=True), THRESHOLD) == []
    assert findings(attack([tmp_path / "met"], [twins]), THRESHOLD) == []
    assert findings(attack([tmp_path / "met"], [twins], are_occurring=True), THRESHOLD)


def test_the_attacker_subtracts_over_folders_with_other_headers(tmp_path: Path) -> None:
    first = _publish(tmp_path / "een", wijk=WIJK)
    second = _publish(tmp_path / "twee", BUURT=BUURT.replace("buurt", "BUURT"))
    assert _found(attack([second], [AREA])) == {"B2": (0, 35), "B3": (0, 35)}
    assert _found(attack([first, second], [AREA])) == {"B2": (5, 5), "B3": (30, 30)}


def test_the_attacker_knows_that_a_value_may_be_empty_anywhere(tmp_path: Path) -> None:
    """8 have no buurt: at most 5 of them are among the 20 of W1, for 15 of those are in B1."""
    lines = BUURT.replace("Totaal", "(leeg),8,A,8,8 Totaal")
    found = _found(attack([_publish(tmp_path / "uit", wijk=WIJK, buurt=lines)], [AREA]))
    assert found == {"B2": (0, 5), "B3": (22, 27)}


def test_the_attacker_compares_a_code_with_its_name(tmp_path: Path) -> None:
    twins = Family(("wijk", "naam"), frozenset({("W1", "Noord"), ("W2", "Zuid"), ("W3", "Oost")}))
    wijk = "wijk,value,status,low,high W1,,Q,0,24 W2,,Q,0,24 W3,26,A,26,26 Totaal,50,A,50,50"
    naam = "naam,value,status,low,high Noord,4,A,4,4 Oost,,Q,0,46 Zuid,,Q,0,46 Totaal,50,A,50,50"
    bounds = attack([_publish(tmp_path / "uit", wijk=wijk, naam=naam)], [twins])
    assert _found(bounds) == {"W1": (4, 4), "W2": (20, 20), "Oost": (26, 26), "Zuid": (20, 20)}
    assert Counter(one.kind for one in findings(bounds, THRESHOLD)) == {"exact": 4, "published": 1}


def test_the_attacker_reads_rounded_cells(tmp_path: Path) -> None:
    """B1 is 11-29 and W1 1-19, so B2 is 0-8; the total is 41-59. A base below the threshold can tell."""
    wijk = "wijk,value,status,low,high W1,10,A,1,19 W2,40,A,31,49 Totaal,50,A,41,59"
    buurt = "buurt,value,status,low,high B1,20,A,11,29 B2,<10,N,0,9 B3,40,A,31,49 Totaal,50,A,41,59"
    found = _found(attack([_publish(tmp_path / "uit", "10", wijk=wijk, buurt=buurt)], [AREA]))
    assert {cell: found[cell] for cell in ("W1", "B1", "B2")} == {"W1": (11, 19), "B1": (11, 19), "B2": (0, 8)}
    small = "wijk,value,status,low,high W1,5,A,1,9 W2,20,A,16,24 Totaal,25,A,21,29"
    bounds = attack([_publish(tmp_path / "klein", "5", wijk=small)], [AREA])
    assert [one.kind for one in findings(bounds, THRESHOLD)] == ["small"]


def test_the_attacker_calls_what_he_finds_by_its_name(tmp_path: Path) -> None:
    """Two blanks that are 7 together are below 10; two that are 10 together are not."""
    lines = "regeling,value,status,low,high PW,,Q,0,7 WMO,,Q,0,7 geen,13,A,13,13 Totaal,20,A,20,20"
    bounds = attack([_publish(tmp_path / "uit", regeling=lines)], [])
    assert [(one.kind, one.bound.low, one.bound.high) for one in findings(bounds, THRESHOLD)] == [("below", 0, 7)] * 2
    wide = lines.replace("13", "10")
    assert findings(attack([_publish(tmp_path / "wijd", regeling=wide)], []), THRESHOLD) == []


def test_the_files_have_every_kind_of_dependence() -> None:
    towns = [residents(seed) for seed in FILES]
    assert Counter(town.kind for town in towns) == dict.fromkeys(KINDS, len(FILES) // len(KINDS))
    assert all(60 <= len(town.rows) <= 400 for town in towns)
    assert {town.is_renamed for town in towns[: len(FEW)]} == {True, False}
    used = Counter(name for town in towns for by in (*town.coarse, *town.fine) for name in by.split(","))
    assert min(used.values()) >= 10
    assert set(used) == {name for family in towns[0].families for name in family.names} | {"regeling", "geslacht"}
    empty = [town for town in towns if any("" in row.values() for row in town.rows)]
    assert 40 <= len(empty) <= 80
    assert residents(3) == residents(3)
