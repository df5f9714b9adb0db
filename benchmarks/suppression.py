"""Our suppression against tau-ARGUS on files of 430 persons, side by side in one run.

    uv run python benchmarks/suppression.py [SEEDS]

Per seed a table of 315 cells. An attacker who shares no code with either (`tests/oracles/attacker.py`)
solves two linear programs per suppressed cell. Columns:

    cells       suppressed cells; persons: the sum of their counts
    exact       cells whose value follows from what is published
    below 10    cells that are provably below 10; of those, small ones (1-9)
    <=2, <10    cells whose interval is at most 2, or less than 10, wide
    CPU-s       without starting Python; ours with its own attack and audit; ratio to the first line
    proven      files on which the method proved that its pattern is the cheapest of those that it allows itself

tau-ARGUS OPT without a limit stops at its first pattern. `to 10` gives it, as a-priori file, the
protection levels that our promise implies for small cells; `fewest` lets every cell cost one.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass
from functools import partial

import numpy as np

from tests.oracles.attacker import Tabel, attack
from tests.oracles.ours import ours
from tests.oracles.shape import SMALL, THRESHOLD, counts, microdata, small
from tests.oracles.tauargus import MODULAR, PROVEN, UNITY, Pattern, tauargus, up_to_threshold

Persons = Mapping[str, Sequence[str]]

METHODS: dict[str, Callable[[Persons], Pattern]] = {
    "tau OPT FREQ(10,30)": tauargus,
    "tau OPT FREQ(10,100)": partial(tauargus, rule="FREQ(10,100)"),
    "tau modular FREQ(10,30)": partial(tauargus, method=MODULAR),
    "tau modular FREQ(10,100)": partial(tauargus, rule="FREQ(10,100)", method=MODULAR),
    "tau OPT FREQ(10,30), fewest, 1 min": partial(tauargus, method=PROVEN, cost=UNITY),
    "tau OPT FREQ(10,100), fewest, 1 min": partial(tauargus, rule="FREQ(10,100)", method=PROVEN, cost=UNITY),
    "tau OPT to 10": partial(tauargus, room=up_to_threshold),
    "tau OPT to 10, fewest, 1 min": partial(tauargus, method=PROVEN, cost=UNITY, room=up_to_threshold),
    "ours, first safe pattern": partial(ours, effort=0.0),
    "ours": ours,
}


@dataclass(frozen=True)
class Line:
    """What a method gives on one file, or on all of them."""

    cells: int
    persons: int
    exact: int
    below: int
    below_small: int
    narrow: int
    below_width: int
    seconds: float
    proven: int


def measure(persons: Persons, method: Callable[[Persons], Pattern]) -> Line:
    """Suppress, and attack what is left."""
    table, pattern = counts(persons), method(persons)
    hidden = pattern.hidden
    (bounds,) = attack([Tabel(tuple(persons), table, hidden)])
    low, high, truth = bounds.low[hidden], bounds.high[hidden], table[hidden]
    if not (hidden[small(table)].all() and (low <= truth).all() and (truth <= high).all()):
        raise AssertionError("a small cell is published, or the attack excludes the truth")
    is_below, width = high < THRESHOLD, high - low
    found = (truth, width == 0, is_below, is_below & small(truth), width <= 2, width < THRESHOLD)
    return Line(int(hidden.sum()), *(int(np.sum(each)) for each in found), pattern.seconds, int(pattern.proven))


def together(lines: Sequence[Line]) -> Line:
    return Line(*map(sum, zip(*map(astuple, lines), strict=True)))


def show(title: str, lines: Mapping[str, Line]) -> None:
    print(f"{title:36} cells  persons  exact  below 10  (small)   <=2   <10   CPU-s   ratio  proven")
    least = next(iter(lines.values())).seconds
    for name, line in lines.items():
        numbers = f"{line.cells:5}  {line.persons:7}  {line.exact:5}  {line.below:8}  {line.below_small:7}"
        widths = f"{line.narrow:4}  {line.below_width:4}  {line.seconds:6.2f}  {line.seconds / least:6.1f}"
        print(f"  {name:34} {numbers}  {widths}  {line.proven:6}", flush=True)


def main(seeds: Sequence[int]) -> None:
    ours(microdata(0, 80, SMALL), SMALL)  # starts the thread pools
    found: dict[str, list[Line]] = {name: [] for name in METHODS}
    for seed in seeds:
        persons = microdata(seed)
        table = counts(persons)
        for name, method in METHODS.items():
            found[name].append(measure(persons, method))
        show(f"seed {seed}, {small(table).sum()} cells of 1-9", {name: lines[-1] for name, lines in found.items()})
    show(f"sum of {len(seeds)} files", {name: together(lines) for name, lines in found.items()})


if __name__ == "__main__":
    main([int(seed) for seed in sys.argv[1:]] or range(11))
