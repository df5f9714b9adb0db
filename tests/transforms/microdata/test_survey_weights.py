"""Weighted counts of `protect`: what they are, and that nothing blank follows from them, whoever knows the weights."""

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from flows.commands.protection.command import protect
from tests.oracles.shape import microdata

Rows = list[dict[str, str]]
WEIGHTS = {"1": "1", "2": "2,5", "3": "10.125"}


def _made(folder: Path, persons: Mapping[str, Sequence[str]], weights: Sequence[str], *by: str) -> tuple[Rows, ...]:
    columns = {**persons, "gewicht": weights}
    with (folder / "m.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerows([list(columns), *zip(*columns.values(), strict=True)])
    protect(folder / "m.csv", by=list(by), out=folder / "uit", survey_weight="gewicht")
    paths = [folder / "uit" / f"{one.replace(',', '_x_')}.csv" for one in by]
    return tuple(list(csv.DictReader(path.read_text(encoding="utf-8").splitlines())) for path in paths)


def _small() -> dict[str, list[str]]:
    """Two wijken with two small cells each, and one without."""
    cells = {("A", "x"): 4, ("A", "y"): 40, ("A", "z"): 14, ("B", "x"): 8, ("B", "y"): 30, ("B", "z"): 12}
    cells |= {("C", one): 50 for one in "xyz"}
    rows = [cell for cell, count in cells.items() for _ in range(count)]
    return {"wijk": [wijk for wijk, _ in rows], "soort": [soort for _, soort in rows]}


def _weighted(persons: Mapping[str, Sequence[str]], weights: Sequence[float], row: Mapping[str, str]) -> float:
    names = [name for name in persons if name in row]
    chosen = zip(*(persons[name] for name in names), weights, strict=True)
    return sum(
        weight
        for *levels, weight in chosen
        if all(row[name] in {level, "Totaal"} for name, level in zip(names, levels, strict=True))
    )


def test_a_weighted_count_stands_only_where_nothing_blank_is_part_of_it(tmp_path: Path) -> None:
    persons = _small()
    by_wijk = {"A": "3.25", "B": "7", "C": "1"}
    weights = [by_wijk[wijk] for wijk in persons["wijk"]]
    (rows,) = _made(tmp_path, persons, weights, "wijk,soort")
    blank = {(row["wijk"], row["soort"]) for row in rows if row["status"] == "Q"}
    assert blank
    for row in rows:
        holds = any(row["wijk"] in {wijk, "Totaal"} and row["soort"] in {soort, "Totaal"} for wijk, soort in blank)
        assert (row["weighted"] == "") == holds
        if row["weighted"]:
            assert int(row["weighted"]) == int(_weighted(persons, list(map(float, weights)), row) + 0.5)
    assert {row["weighted"] for row in rows if row["wijk"] == "C"} == {"50", "150"}
    audit = json.loads((tmp_path / "uit" / "audit.json").read_text())
    assert audit["weighted_counts"]["withheld"] == sum(not row["weighted"] for row in rows)
    assert audit["weighted_counts"]["published"] == sum(bool(row["weighted"]) for row in rows)


def test_weights_known_to_everybody_leave_blank_cells_as_open_as_they_were(tmp_path: Path) -> None:
    """Counts and weighted counts as one system of equations: what is published of the weights adds no rank."""
    persons = _small()
    factor = {"A": 3.25, "B": 7.0, "C": 1.0}
    (rows,) = _made(tmp_path, persons, [str(factor[wijk]) for wijk in persons["wijk"]], "wijk,soort")
    cells = [(wijk, soort) for wijk in "ABC" for soort in "xyz"]

    def holds(row: Mapping[str, str], cell: tuple[str, str]) -> bool:
        return row["wijk"] in {cell[0], "Totaal"} and row["soort"] in {cell[1], "Totaal"}

    counts = [[float(holds(row, cell)) for cell in cells] for row in rows if row["status"] == "A"]
    shown = [[holds(row, cell) * factor[cell[0]] for cell in cells] for row in rows if row["weighted"]]
    totals = [[holds(row, cell) * factor[cell[0]] for cell in cells] for row in rows if row["status"] == "A"]
    rank = np.linalg.matrix_rank(np.array(counts))
    assert np.linalg.matrix_rank(np.array(counts + shown)) == rank
    assert np.linalg.matrix_rank(np.array(counts + totals)) > rank, "every published total would have told"


def test_equal_weights_stand_wherever_the_count_stands(tmp_path: Path) -> None:
    persons = _small()
    (rows,) = _made(tmp_path, persons, ["2.5"] * len(persons["wijk"]), "wijk,soort")
    for row in rows:
        assert row["weighted"] == ("" if row["status"] == "Q" else str(int(2.5 * int(row["value"]) + 0.5)))


@pytest.mark.parametrize("by", [("wijk,soort", "wijk"), ("wijk,soort", "soort")])
def test_tables_that_share_columns_are_looked_at_together(by: tuple[str, str], tmp_path: Path) -> None:
    """What is blank in one table withholds the weighted counts of the same persons in the other."""
    persons = _small()
    weights = [{"x": "1", "y": "2", "z": "3"}[soort] for soort in persons["soort"]]
    first, second = _made(tmp_path, persons, weights, *by)
    shared = by[1]
    touched = {row[shared] for row in first if row["status"] == "Q"} | {"Totaal"}
    for row in second:
        assert (row["weighted"] == "") == (row["status"] == "Q" or row[shared] in touched)


def test_protection_does_not_look_at_the_weights(tmp_path: Path) -> None:
    persons = microdata(0)
    size = len(persons["wijk"])
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    (left,) = _made(tmp_path / "a", persons, ["100"] * size, "wijk,leeftijd")
    (right,) = _made(tmp_path / "b", persons, [str(place % 7) for place in range(size)], "wijk,leeftijd")
    own = ("wijk", "leeftijd", "value", "status", "low", "high")
    assert [[row[name] for name in own] for row in left] == [[row[name] for name in own] for row in right]
