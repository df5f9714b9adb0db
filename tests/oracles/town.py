"""An attacker with the code lists of a town, who reads the folders that `protect` wrote and nothing else.

He shares no code with `transforms`. One linear program holds what is published: a variable per combination of
categories that exists, over all columns of all folders, and a row per published cell. Columns that depend on each
other (buurt, wijk and gemeente; a code and its name; two groupings of one thing) come as a `Family` with the
combinations that its code list has; all other columns combine freely.
"""

import csv
import json
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

import highspy
import numpy as np
import numpy.typing as npt

TOTAL = "Totaal"
EMPTY = "(leeg)"
_NUMBERS = ("value", "status", "low", "high")
_TOLERANCE = 1e-6

Members = tuple[int, ...]
"""The variables that a cell adds up."""


@dataclass(frozen=True)
class Family:
    """Columns of which only some combinations exist.

    Attributes:
        names: The columns, in lower case.
        existing: Every combination of the code list, whether anybody is in it or not.
    """

    names: tuple[str, ...]
    existing: frozenset[tuple[str, ...]]


@dataclass(frozen=True)
class Cell:
    """A published cell.

    Attributes:
        table: Folder and file.
        levels: Column (in lower case) and category, as far as it is no total.
        low, high: What the cell itself says.
        status: `A`, `Q` or `N`.
        base: Of which rounded cells are multiples; None in an exact table.
    """

    table: str
    levels: tuple[tuple[str, str], ...]
    low: float
    high: float
    status: str
    base: int | None


@dataclass(frozen=True)
class Bound:
    """What follows for a cell from everything together, in whole persons."""

    cell: Cell
    low: float
    high: float


@dataclass(frozen=True)
class Finding:
    """Something that should not follow: `published`, `exact`, `small`, `below` or `narrow`."""

    kind: str
    bound: Bound


def findings(bounds: Iterable[Bound], threshold: int) -> list[Finding]:
    """The bounds that give something away.

    A blank cell may be as large as the threshold and lies in an interval as wide. A rounded cell is not
    provably 1 to threshold - 1; that holds only for a base of the threshold or more.
    """
    judged = ((_kind(bound, threshold), bound) for bound in bounds)
    return [Finding(kind, bound) for kind, bound in judged if kind]


def _kind(bound: Bound, threshold: int) -> str:
    is_small = bound.low >= 1 and bound.high < threshold
    if bound.cell.status != "Q":
        if not is_small:
            return ""
        return "published" if bound.cell.base is None else "small"
    if bound.low == bound.high:
        return "exact"
    if is_small:
        return "small"
    if bound.high < threshold:
        return "below"
    return "narrow" if bound.high - bound.low < threshold else ""


def attack(folders: Sequence[Path], families: Sequence[Family], *, are_occurring: bool = False) -> list[Bound]:
    """What follows for every cell of some folders that count the same persons.

    Args:
        are_occurring: Whether somebody is in each category, as where they were read from a file without code lists.

    Raises:
        RuntimeError: What is published contradicts itself or the code lists, or a question has no proven answer.
    """
    cells = [cell for folder in folders for cell in read_folder(folder)]
    joint = _joint(_categories(cells), families)
    members = [_members(joint, cell) for cell in cells]
    stated: dict[Members, tuple[float, float]] = {}
    for cell, variables in zip(cells, members, strict=True):
        low, high = stated.get(variables, (0, highspy.kHighsInf))
        stated[variables] = (max(low, cell.low), min(high, cell.high))
    for level in {level for cell in cells for level in cell.levels} if are_occurring else ():
        variables = _members(joint, replace(cells[0], levels=(level,)))
        low, high = stated.get(variables, (0, highspy.kHighsInf))
        stated[variables] = (max(low, 1), high)
    solver = _Solver(len(next(iter(joint.values()))), stated)
    ends = {one: (low, high) if low == high else solver.ends(one) for one, (low, high) in stated.items()}
    return [Bound(cell, *ends[variables]) for cell, variables in zip(cells, members, strict=True)]


def read_folder(folder: Path) -> list[Cell]:
    """Every cell of the tables that the audit in a folder lists."""
    audit = json.loads((folder / "audit.json").read_text(encoding="utf-8"))
    return [cell for name in audit["tables"] for cell in _read_table(folder / name, audit["base"])]


def _read_table(path: Path, base: int | None) -> Iterator[Cell]:
    with path.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            levels = ((name.lower(), level) for name, level in row.items() if name not in _NUMBERS)
            shown = tuple((name, level) for name, level in levels if level != TOTAL)
            low, high = _stated(row["value"], row["status"], base)
            yield Cell(f"{path.parent.name}/{path.name}", shown, low, high, row["status"], base)


def _stated(value: str, status: str, base: int | None) -> tuple[float, float]:
    if status == "Q":
        return 0, highspy.kHighsInf
    if status == "N":
        return 0, int(value.removeprefix("<")) - 1
    around = 0 if base is None else base - 1
    return max(0, int(value) - around), int(value) + around


def _categories(cells: Sequence[Cell]) -> dict[str, list[str]]:
    """The categories of every column; a table has all that occur in the file, so that nobody is in another one."""
    found: dict[str, dict[str, None]] = {}
    for cell in cells:
        for name, level in cell.levels:
            found.setdefault(name, {})[level] = None
    return {name: list(levels) for name, levels in found.items()}


def _joint(categories: dict[str, list[str]], families: Sequence[Family]) -> dict[str, npt.NDArray[np.str_]]:
    """Per column the category of every variable."""
    names: list[str] = []
    blocks: list[list[tuple[str, ...]]] = []
    for family in families:
        if used := [name for name in family.names if name in categories]:
            names.extend(used)
            blocks.append(_possible(family, used, categories))
    for name in categories.keys() - set(names):
        names.append(name)
        blocks.append([(level,) for level in categories[name]])
    variables = [tuple(level for block in each for level in block) for each in product(*blocks)]
    return {name: np.array([levels[place] for levels in variables]) for place, name in enumerate(names)}


def _possible(family: Family, used: Sequence[str], categories: dict[str, list[str]]) -> list[tuple[str, ...]]:
    """What exists, and what exists with a value left empty, in the columns that are used and the categories that occur.

    A column in which some value is empty may be so beside anything: no code list says where.
    """
    existing = set(family.existing)
    for place, name in enumerate(family.names):
        if EMPTY in categories.get(name, ()):
            existing |= {(*one[:place], EMPTY, *one[place + 1 :]) for one in existing}
    places = [family.names.index(name) for name in used]
    projected = {tuple(one[place] for place in places) for one in existing}
    return sorted(
        one for one in projected if all(level in categories[name] for name, level in zip(used, one, strict=True))
    )


def _members(joint: dict[str, npt.NDArray[np.str_]], cell: Cell) -> Members:
    inside = np.ones(len(next(iter(joint.values()))), dtype=bool)
    for name, level in cell.levels:
        inside &= joint[name] == level
    return tuple(np.flatnonzero(inside).tolist())


class _Solver:
    """Numbers of persons that fit what is stated, and the ends of their sums."""

    def __init__(self, variables: int, stated: dict[Members, tuple[float, float]]) -> None:
        self._solver = highspy.Highs()
        for option, value in (("output_flag", False), ("threads", 1), ("presolve", "off"), ("simplex_strategy", 4)):
            self._solver.setOptionValue(option, value)
        self._solver.addVars(variables, np.zeros(variables), np.full(variables, highspy.kHighsInf))
        for members, (low, high) in stated.items():
            columns = np.array(members, dtype=np.int32)
            self._solver.addRow(low, high, len(columns), columns, np.ones(len(columns)))

    def ends(self, members: Members) -> tuple[float, float]:
        """Lowest and highest value of a sum; persons are whole, so that what is between two numbers is rounded in."""
        lowest = self._least(members, 1.0)
        highest = -self._least(members, -1.0)
        return math.ceil(lowest - _TOLERANCE), highest if math.isinf(highest) else math.floor(highest + _TOLERANCE)

    def _least(self, members: Members, cost: float) -> float:
        columns = np.array(members, dtype=np.int32)
        self._solver.changeColsCost(len(columns), columns, np.full(len(columns), cost))
        self._solver.run()
        status, value = self._solver.getModelStatus(), self._solver.getObjectiveValue()
        self._solver.changeColsCost(len(columns), columns, np.zeros(len(columns)))
        if status == highspy.HighsModelStatus.kUnbounded:
            return -math.inf
        if status != highspy.HighsModelStatus.kOptimal:
            raise RuntimeError(f"the attacker has no proven answer: {status}")
        return value
