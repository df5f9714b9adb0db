"""How far disclosure control goes: linked and four-way tables, an audit per program, a year of releases.

    uv run python benchmarks/limits.py

CPU seconds of one process; a gap is how much cheaper a safe pattern could be at most.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product

import numpy as np
import polars as pl

from schemas.codes import Code, CodeList
from schemas.profiles import STANDAARD
from schemas.specs import Dimension, DisclosureProfile, Method, TableSpec
from schemas.states import Counted
from transforms.counting.aggregate import count_records
from transforms.disclosure import protect
from transforms.disclosure.counts.attack import Attack
from transforms.disclosure.over_time.history import History
from transforms.disclosure.over_time.next_release import Occasion, protect_next

OUTSIDE = replace(STANDAARD, pooled=0)


def persons(seed: int, number: int, shape: Mapping[str, int]) -> pl.DataFrame:
    """Persons with skewed categories, as `count_records` reads them."""
    rng = np.random.default_rng(seed)
    drawn = {
        name: rng.choice([f"{name}{i}" for i in range(size)], number, p=rng.dirichlet(np.full(size, 2.0)))
        for name, size in shape.items()
    }
    return pl.DataFrame({"persoon_id": [str(one) for one in range(number)], **drawn})


def counted(frame: pl.DataFrame, shape: Mapping[str, int], by: Sequence[str], **profile: object) -> list[Counted]:
    """The tables of some persons; a letter is a dimension."""
    dimensions = {
        name: Dimension(
            name=name,
            title=name,
            codes=CodeList(
                id=name, codes=tuple(Code(code=f"{name}{i}", label=f"{name}{i}") for i in range(size)), source=""
            ),
        )
        for name, size in shape.items()
    }
    disclosure = DisclosureProfile(margin_factor=1, **profile)
    specs = [TableSpec(one, "", "", tuple(dimensions[name] for name in one), disclosure=disclosure) for one in by]
    return [count_records(frame, spec) for spec in specs]


def suppression(title: str, number: int, shape: Mapping[str, int], by: Sequence[str]) -> None:
    tables = counted(persons(1, number, shape), shape, by)
    before = time.process_time()
    found = protect(tables, OUTSIDE)
    seconds = time.process_time() - before
    pattern = found.suppression
    gap = (pattern.cost - pattern.bound) / pattern.cost
    numbers = f"{found.audit.cells:6} {pattern.cost:7} {pattern.bound:7} {gap:7.1%} {pattern.status:8} {seconds:7.1f}"
    print(f"{title:44} {numbers}")
    before = time.process_time()
    attack = Attack(found.released, OUTSIDE)
    seconds = time.process_time() - before
    print(f"{'  its attack alone':44} {attack.solved:6} programs, {1000 * seconds / attack.solved:.2f} ms each")


def a_year(base: int) -> None:
    """Twelve releases of two linked tables; three persons leave and four join every month."""
    shape = {"w": 8, "l": 6, "u": 4}
    pool = persons(1, 500, shape)
    history: list = []
    held = deviation = cells = 0
    before = time.process_time()
    for month in range(12):
        frame = pool.slice(3 * month, 430 + month)
        tables = counted(frame, shape, ["wl", "wu"], method=Method.ROUND, base=base, steady=True)
        made = protect_next(tables, OUTSIDE, History(history), Occasion(lambda _, month=month: str(month)))
        history.append(made.publication)
        for table, true in zip(made.protected.released, tables, strict=True):
            held += table.frame.filter(pl.col("status") == "Q").height
            middle = (table.frame["low"] + table.frame["high"]) / 2
            deviation += float((middle - true.frame["aantal"]).abs().sum())
            cells += true.frame.height
    seconds = time.process_time() - before
    print(f"twelve months, rounded to {base:2}: {cells} cells, {held} held back, 0 small changes, {seconds:.1f} s, "
          f"{deviation / cells:.2f} persons off on average")  # fmt: skip


def main() -> None:
    print(f"{'':44} {'cells':>6} {'cost':>7} {'bound':>7} {'gap':>7} {'':8} {'CPU-s':>7}")
    for number, (title, shape, by) in product((430, 3000), LINKED):
        suppression(f"{title}, {number} persons", number, shape, by)
    suppression("four-way 7x5x4x3, 430 persons", 430, {"a": 7, "b": 5, "c": 4, "d": 3}, ["abcd"])
    suppression("four-way 7x5x4x3, 5000 persons", 5000, {"a": 7, "b": 5, "c": 4, "d": 3}, ["abcd"])
    suppression("three-way 10x10x10, 8000 persons", 8000, {"a": 10, "b": 10, "c": 10}, ["abc"])
    for base in (10, 20):
        a_year(base)


LINKED = (
    ("three linked two-way tables of 200 cells", {"a": 19, "b": 9, "c": 9, "d": 9}, ["ab", "ac", "ad"]),
    ("three linked three-way tables of 200 cells", {"a": 9, "b": 4, "c": 3, "d": 3, "e": 3}, ["abc", "abd", "abe"]),
)

if __name__ == "__main__":
    main()
