"""What it costs that the attacker knows which columns depend on each other: the same tables with and without.

    uv run python benchmarks/dependencies.py

CPU seconds of one process. Without dependencies the pattern is no proof: an attacker who knows the code lists, which
every attacker does, is then tried on it, and finds the cells in the last column.
"""

import time
from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from schemas.profiles import STANDAARD
from schemas.specs import DisclosureProfile, Profile
from schemas.states import Counted, Released
from tests.builders.hierarchies import ages, nested, overlapping
from transforms.counting.aggregate import count_records
from transforms.disclosure import protect
from transforms.disclosure.counts.attack import Attack, is_narrow
from transforms.microdata.persons_file import persons
from transforms.microdata.table_plan import Statements, plan

OUTSIDE = replace(STANDAARD, pooled=0)
EXACT = DisclosureProfile(margin_factor=1)


def counted(frame: pl.DataFrame, by: Sequence[str], private: Sequence[str] = ()) -> list[Counted]:
    """The tables, with what the columns of the file have to do with each other, or without."""
    found = plan(frame, [one.split(",") for one in by], EXACT, (), Statements(private=frozenset(private)))
    records = persons(frame, list(dict.fromkeys(name for one in by for name in one.split(","))))
    return [count_records(records, spec) for spec in found.specs]


def found_by_a_reader(released: Sequence[Released], known: Sequence[Counted], profile: Profile) -> int:
    """Blank cells that whoever knows the code lists bounds too narrowly."""
    pairs = zip(released, known, strict=True)
    attack = Attack([replace(table, spec=declared.spec) for table, declared in pairs], profile)
    return sum(is_narrow(interval, profile) for interval in attack.intervals.values())


def measure(title: str, frame: pl.DataFrame, by: Sequence[str], effort: float) -> None:
    related = counted(frame, by)
    columns = list(dict.fromkeys(name for one in by for name in one.split(",")))
    apart = counted(frame, by, [f"{one}:{other}" for one in columns for other in columns])
    for name, tables in (("with", related), ("without", apart)):
        before = time.process_time()
        made = protect(tables, OUTSIDE, effort)
        seconds = time.process_time() - before
        found = made.suppression
        gap = (found.cost - found.bound) / max(1, found.cost)
        narrow = 0 if tables is related else found_by_a_reader(made.released, related, OUTSIDE)
        numbers = f"{made.audit.cells:6} {found.cost:6} {found.bound:6} {gap:7.1%} {found.status:8} {seconds:7.1f}"
        print(f"{title if name == 'with' else '':34} {name:8} {numbers} {narrow:6}", flush=True)


def main() -> None:
    print(f"{'':34} {'':8} {'cells':>6} {'cost':>6} {'bound':>6} {'gap':>7} {'':8} {'CPU-s':>7} {'found':>6}")
    places = ["gemeente,regeling", "wijk,regeling", "buurt,regeling"]
    measure("gemeente > wijk > buurt, small", nested(1, 2000, 4, 4, 5), places, 1e8)
    measure("ages of five and ten years", ages(1, 900), ["leeftijd5,geslacht", "leeftijd10,geslacht,wijk"], 1e8)
    measure(
        "two overlapping groupings", overlapping(1, 900), [f"{n},regeling" for n in ("regio", "zorg", "arbeid")], 1e8
    )
    measure("gemeente > wijk > buurt", nested(2, 20_000, 10, 9, 10), places, 1e8)


if __name__ == "__main__":
    main()
