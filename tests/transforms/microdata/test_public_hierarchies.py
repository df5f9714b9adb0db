"""Three kinds of hierarchy that everybody knows, declared by the user: the pattern is proven the cheapest safe one."""

from collections.abc import Sequence
from dataclasses import replace

import polars as pl
import pytest

from schemas.profiles import STANDAARD
from schemas.specs import DisclosureProfile
from schemas.states import Counted, Released
from tests.builders.hierarchies import ages, nested, overlapping
from transforms.counting.aggregate import count_records
from transforms.disclosure import protect
from transforms.disclosure.counts.attack import Attack, is_narrow
from transforms.disclosure.suppression.task import OPTIMAL
from transforms.microdata.persons_file import persons
from transforms.microdata.table_plan import Statements, plan

OUTSIDER = replace(STANDAARD, pooled=0)
EXACT = DisclosureProfile(margin_factor=1)
PLACES = ["gemeente,regeling", "wijk,regeling", "buurt,regeling"]
GROUPINGS = ["regio,regeling", "zorg,regeling", "arbeid,regeling"]
AREAS, CLASSES, REGIONS = ["buurt:wijk:gemeente"], ["leeftijd5:leeftijd10"], ["regio:zorg", "regio:arbeid"]
KINDS = {
    "gemeente > wijk > buurt": (nested(1, 2000, 4, 4, 5), PLACES, AREAS, 309),
    "ages of five and ten years": (ages(1, 900), ["leeftijd5,geslacht", "leeftijd10,geslacht,wijk"], CLASSES, 213),
    "two overlapping groupings": (overlapping(1, 900), GROUPINGS, REGIONS, 156),
}
LARGE = pytest.param(nested(2, 20_000, 10, 9, 10), PLACES, AREAS, 2970, marks=pytest.mark.nightly, id="3,000 cells")


def _counted(frame: pl.DataFrame, by: Sequence[str], statements: Statements) -> list[Counted]:
    specs = plan(frame, [one.split(",") for one in by], EXACT, (), statements).specs
    records = persons(frame, frame.columns)
    return [count_records(records, spec) for spec in specs]


def _narrow(released: Sequence[Released], known: Sequence[Counted]) -> int:
    """Blank cells that whoever knows the hierarchy bounds too narrowly."""
    tables = [replace(table, spec=declared.spec) for table, declared in zip(released, known, strict=True)]
    return sum(is_narrow(interval, OUTSIDER) for interval in Attack(tables, OUTSIDER).intervals.values())


@pytest.mark.parametrize(
    ("frame", "by", "declared", "cells"), [*(pytest.param(*kind, id=name) for name, kind in KINDS.items()), LARGE]
)
def test_the_pattern_of_a_declared_hierarchy_is_optimal(
    frame: pl.DataFrame, by: list[str], declared: list[str], cells: int
) -> None:
    related = _counted(frame, by, Statements(hierarchies=tuple(declared)))
    made = protect(related, OUTSIDER)
    assert (made.audit.cells, made.suppression.status) == (cells, OPTIMAL)
    assert made.suppression.cost == made.suppression.bound
    assert _narrow(made.released, related) == 0


def test_without_what_everybody_knows_cells_are_found() -> None:
    frame, by, declared, _ = KINDS["gemeente > wijk > buurt"]
    secret = frozenset(f"{one}:{other}" for one in frame.columns for other in frame.columns)
    careless = protect(_counted(frame, by, Statements(private=secret)), OUTSIDER)
    assert _narrow(careless.released, _counted(frame, by, Statements(hierarchies=tuple(declared)))) > 0
