"""Disclosure control against attackers who do not share its code.

`_files` lists every file of persons that gives the same release; `_plain_intervals` is a linear
program over the full joint. Both know the tables and the persons only.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, combinations, pairwise, product

import highspy
import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.codes import Code, CodeList
from schemas.errors import DisclosureFailure, UnknownCategory
from schemas.profiles import STANDAARD
from schemas.specs import Dimension, Profile, Subtotal, TableSpec
from schemas.states import Counted, Released
from schemas.tables import TABLES
from schemas.tables.dimensions import DUURKLASSE, LEEFTIJDSKLASSE, PRODUCTCATEGORIE, REGELING, TREDE
from transforms.disclosure import Audit, audit, explain, protect

TINY = replace(STANDAARD, threshold=3, minimum_width=3)

Persoon = dict[str, str | frozenset[str]]


def _dimension(name: str, values: str, *subtotals: str, multiple: bool = False) -> Dimension:
    codes = CodeList(name, tuple(Code(value, value) for value in values), "test")
    return Dimension(name, name, codes, tuple(Subtotal(s, s, tuple(s)) for s in subtotals), multiple)


A = _dimension("a", "xyz", "xy", "yz")
B = _dimension("b", "pq")
C = _dimension("c", "uv")
M = _dimension("m", "kl", multiple=True)


def _spec(*dimensions: Dimension, population: tuple[tuple[Dimension, str], ...] = ()) -> TableSpec:
    return TableSpec("T", "", "", dimensions, population)


WIDE = _dimension("w", "stuv", "st")
RELEASES: dict[str, tuple[TableSpec, ...]] = {
    "one-way": (_spec(A),),
    "two-way with overlapping subtotals": (_spec(A, B),),
    "linked pair": (_spec(A, B), _spec(C, B)),
    "ring of three": (_spec(A, B), _spec(B, C), _spec(C, A)),
    "three-way": (_spec(B, C, _dimension("d", "mn")),),
    "several categories per person": (_spec(A), _spec(M, population=((A, "yz"),))),
    "several categories by another dimension": (_spec(B, M),),
}


def _is_in(persoon: Persoon, dimension: Dimension, level: str) -> bool:
    value = persoon[dimension.name]
    own = value if isinstance(value, frozenset) else {value}
    return bool(own & set(dimension.parts(level)))


def _cells(spec: TableSpec) -> list[tuple[tuple[Dimension, str], ...]]:
    levels = product(*(dimension.levels for dimension in spec.dimensions))
    return [(*zip(spec.dimensions, row, strict=True), *spec.population) for row in levels]


def _membership(types: Sequence[Persoon], specs: Sequence[TableSpec]) -> np.ndarray:
    """Row per type of person, column per cell of all tables: whether it counts there."""
    cells = list(chain.from_iterable(_cells(spec) for spec in specs))
    return np.array([[all(_is_in(persoon, *pair) for pair in cell) for cell in cells] for persoon in types], dtype=int)


def _types(specs: Sequence[TableSpec]) -> list[Persoon]:
    """Every kind of person that the tables could count."""
    used = [d for spec in specs for d in (*spec.dimensions, *(d for d, _ in spec.population))]
    dimensions = list(dict.fromkeys(used))
    values: list[list[str | frozenset[str]]] = []
    for dimension in dimensions:
        codes = dimension.codes.values
        sets = chain.from_iterable(combinations(codes, size) for size in range(1, len(codes) + 1))
        values.append([frozenset(chosen) for chosen in sets] if dimension.multiple else list(codes))
    return [dict(zip((d.name for d in dimensions), row, strict=True)) for row in product(*values)]


def _counted(numbers: Sequence[int], types: Sequence[Persoon], specs: Sequence[TableSpec]) -> list[Counted]:
    """The tables of a file with this number of persons of each type."""
    aantallen = iter((np.array(numbers) @ _membership(types, specs)).tolist())
    return [_table(spec, [next(aantallen) for _ in _cells(spec)]) for spec in specs]


def _table(spec: TableSpec, aantallen: list[int]) -> Counted:
    names = [dimension.name for dimension in spec.dimensions]
    rows = [[level for _, level in cell[: len(names)]] for cell in _cells(spec)]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")
    return Counted(frame.with_columns(aantal=pl.Series(aantallen, dtype=pl.Int64)), spec)


def _values(released: Sequence[Released]) -> list[int | None]:
    return list(chain.from_iterable(table.frame["value"] for table in released))


def _truth(counted: Sequence[Counted]) -> list[int]:
    return list(chain.from_iterable(table.frame["aantal"] for table in counted))


def _files(persons: int, types: int) -> np.ndarray:
    """Every way to divide persons over types."""
    bars = combinations(range(persons + types - 1), types - 1)
    return np.array([[b - a - 1 for a, b in pairwise((-1, *chosen, persons + types - 1))] for chosen in bars])


def _plain_intervals(released: Sequence[Released], membership: np.ndarray) -> list[tuple[float, float]]:
    """Linear program over all types of persons, per suppressed cell."""
    solver = highspy.Highs()
    solver.silent()
    persons = [solver.addVariable(lb=0, ub=1e6) for _ in membership]
    cells = [solver.qsum(p for p, one in zip(persons, column, strict=True) if one) for column in membership.T]
    values = _values(released)
    for cell, value in zip(cells, values, strict=True):
        if value is not None:
            solver.addConstr(cell == value)
    intervals = []
    for cell, value in zip(cells, values, strict=True):
        if value is None:
            ends = []
            for ask in (solver.minimize, solver.maximize):
                ask(cell)
                assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
                ends.append(solver.getObjectiveValue())
            intervals.append((ends[0], ends[1]))
    return intervals


def _require_safe(
    truth: list[int], values: list[int | None], intervals: Sequence[tuple[float, float]], profile: Profile
) -> None:
    """The promises of the release, written out once more."""
    small = range(1, profile.threshold)
    assert not any(value in small for value in values if value is not None)
    hidden = [true for true, value in zip(truth, values, strict=True) if value is None]
    for true, (low, high) in zip(hidden, intervals, strict=True):
        assert low - 1e-6 <= true <= high + 1e-6
        assert high > profile.threshold - 1e-6
        assert high - low > 1 - 1e-6
        assert true not in small or high - low > profile.minimum_width - 1e-6


def _bounds(dossier: pl.DataFrame) -> list[tuple[int, int]]:
    return list(zip(dossier["laag"], dossier["hoog"], strict=True))


@pytest.mark.parametrize("name", RELEASES)
@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_listing_every_possible_file_reveals_nothing(name: str, data: st.DataObject) -> None:
    specs = RELEASES[name]
    types = _types(specs)
    numbers = [0] * len(types)
    for index in data.draw(st.lists(st.integers(0, len(types) - 1), min_size=3, max_size=7)):
        numbers[index] += 1
    counted = _counted(numbers, types, specs)
    try:
        released = protect(counted, TINY)
    except DisclosureFailure:
        return
    values = _values(released)
    shown = [index for index, value in enumerate(values) if value is not None]
    hidden = [index for index, value in enumerate(values) if value is None]
    possible = _files(sum(numbers), len(types)) @ _membership(types, specs)
    possible = possible[(possible[:, shown] == [values[index] for index in shown]).all(axis=1)][:, hidden]
    intervals = [(int(column.min()), int(column.max())) for column in possible.T]
    _require_safe(_truth(counted), values, intervals, TINY)
    assert _bounds(explain(counted, released, TINY)) == intervals


LARGER = {
    "two-way": (_spec(A, WIDE),),
    "ring of three": (_spec(A, WIDE), _spec(WIDE, C), _spec(C, A)),
    "chain": (_spec(A, WIDE), _spec(WIDE, C), _spec(C, B)),
    "three-way and a population": (
        _spec(A, B, C),
        _spec(_dimension("m", "klm", "kl", multiple=True), population=((A, "xy"),)),
    ),
}


@pytest.mark.parametrize("name", LARGER)
@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_a_plain_linear_program_reveals_nothing(name: str, data: st.DataObject) -> None:
    specs = LARGER[name]
    types = _types(specs)
    numbers = data.draw(st.lists(st.sampled_from([0, 0, 1, 2, 5, 12, 30]), min_size=len(types), max_size=len(types)))
    counted = _counted(numbers, types, specs)
    try:
        released = protect(counted, STANDAARD)
    except DisclosureFailure:
        return
    intervals = _plain_intervals(released, _membership(types, specs))
    _require_safe(_truth(counted), _values(released), intervals, STANDAARD)
    for (low, high), (least, most) in zip(intervals, _bounds(explain(counted, released, STANDAARD)), strict=True):
        assert low - 1e-6 <= least <= most <= high + 1e-6


def _personen(persons: int = 430) -> tuple[list[int], list[Persoon]]:
    """A seeded file in the proportions of the report: 265 Pwet, 35 both, 130 WMO."""
    rng = np.random.default_rng(2019)
    chances = {
        REGELING: [265, 35, 130],
        LEEFTIJDSKLASSE: [30, 110, 90, 110, 85, 5],
        TREDE: [60, 90, 60, 35, 30, 8, 147],
        DUURKLASSE: [90, 110, 95, 80, 55],
    }
    drawn = {
        dimension.name: rng.choice(dimension.codes.values, persons, p=np.array(weights) / sum(weights)).tolist()
        for dimension, weights in chances.items()
    }
    products = np.array(PRODUCTCATEGORIE.codes.values)
    weights = rng.dirichlet(np.full(len(products), 0.4))
    own = [frozenset(rng.choice(products, rng.integers(1, 4), p=weights).tolist()) for _ in range(persons)]
    types = [dict(zip(drawn, row, strict=True)) for row in zip(*drawn.values(), strict=True)]
    return [1] * persons, [
        {**persoon, "productcategorie": products} for persoon, products in zip(types, own, strict=True)
    ]


@pytest.fixture(scope="module")
def counted() -> list[Counted]:
    return _counted(*_personen(), TABLES)


@pytest.fixture(scope="module")
def released(counted: list[Counted]) -> tuple[Released, ...]:
    return protect(counted, STANDAARD)


def test_the_six_tables_are_protected_in_one_go(released: tuple[Released, ...]) -> None:
    verdict = audit(released, STANDAARD)
    assert isinstance(verdict, Audit)
    assert verdict.cells == 246
    assert 0 < verdict.suppressed < 150
    assert verdict.lowest_high is not None
    assert verdict.lowest_high >= STANDAARD.threshold
    assert verdict.narrowest is not None
    assert verdict.narrowest >= 1
    assert released[0].frame["status"].to_list() == ["A"] * 6


def test_rows_and_published_values_are_those_counted(counted, released) -> None:
    for before, after in zip(counted, released, strict=True):
        names = [dimension.name for dimension in before.spec.dimensions]
        assert after.frame.schema == {**dict.fromkeys(names, pl.String), "value": pl.Int64, "status": pl.String}
        assert after.frame.select(names).equals(before.frame.select(names))
        same = (after.frame["value"] == before.frame["aantal"]).drop_nulls()
        assert same.all()


def test_the_full_joint_of_the_real_tables_reveals_no_more(counted, released) -> None:
    additive = [index for index, table in enumerate(TABLES) if PRODUCTCATEGORIE not in table.dimensions]
    specs = [TABLES[index] for index in additive]
    some = [released[index] for index in additive]
    membership = _membership(_types(specs), specs)
    intervals = _plain_intervals(some, membership)
    _require_safe(_truth([counted[index] for index in additive]), _values(some), intervals, STANDAARD)
