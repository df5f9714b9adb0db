"""Disclosure control against attackers who do not share its code.

`_fitting` lists every file of persons that gives the same release; `_plain_intervals` is a linear
program over the full joint. Both know the tables and the persons only.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from dataclasses import replace
from itertools import chain

import highspy
import numpy as np
import polars as pl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from schemas.errors import DisclosureFailure, UnknownCategory
from schemas.profiles import STANDAARD
from schemas.specs import Profile
from schemas.states import Counted, Released
from schemas.tables import TABLES
from schemas.tables.dimensions import (
    DUURKLASSE,
    IN_STOCK,
    KOSTENSOORT,
    LEEFTIJDSKLASSE,
    PRODUCTCATEGORIE,
    REGELING,
    TRAJECT,
    TRAJECTKLASSE,
    TREDE,
    WMO_DECLARATIE,
)
from tests.builders.releases import (
    RELEASES,
    THREE_WAY,
    UNION,
    A,
    B,
    C,
    Persoon,
    counted_of,
    dimension_of,
    membership_of,
    residents_of,
    spec_of,
    types_of,
)
from tests.oracles.listing import files_of
from transforms.disclosure import Audit, SameFile, audit, protect
from transforms.disclosure.counts.attack import Attack
from transforms.disclosure.suppression.protect import with_intervals

SIX = TABLES[:6]  # Without declared facts, which persons drawn at random would contradict.
TINY = replace(STANDAARD, threshold=3, minimum_width=3, pooled=0)

SHAPES = RELEASES | THREE_WAY
WIDE, S, R = dimension_of("w", "stuv", "st"), dimension_of("s", "uv"), dimension_of("r", "pq")


def _values(tables: Sequence[Counted] | Sequence[Released], column: str = "value") -> list[int | None]:
    return list(chain.from_iterable(table.frame[column] for table in tables))


def _plain_intervals(released: Sequence[Released], membership: np.ndarray) -> list[tuple[float, float]]:
    """Linear program over all types of persons, per suppressed cell."""
    solver = highspy.Highs()
    solver.silent()
    persons = [solver.addVariable(lb=0, ub=1e6) for _ in membership]
    hidden = []
    for column, value in zip(membership.T, _values(released), strict=True):
        cell = solver.qsum(p for p, one in zip(persons, column, strict=True) if one)
        if value is None:
            hidden.append(cell)
        else:
            solver.addConstr(cell == value)

    def end(ask: Callable[[object], object], cell: object) -> float:
        ask(cell)
        assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        return solver.getObjectiveValue()

    return [(end(solver.minimize, cell), end(solver.maximize, cell)) for cell in hidden]


def _require_safe(counted, released, intervals: Iterable[tuple[float, float]], profile: Profile) -> None:
    """The promises of the release, written out once more."""
    small = range(1, profile.threshold)
    pairs = list(zip(_values(counted, "aantal"), _values(released), strict=True))
    assert all(true not in small and value == true for true, value in pairs if value is not None)
    for (true, _), (low, high) in zip([pair for pair in pairs if pair[1] is None], intervals, strict=True):
        assert low - 1e-6 <= true <= high + 1e-6
        assert high > profile.threshold - 1e-6
        assert high - low > (profile.minimum_width) - 1e-6


def _bounds(released, profile: Profile) -> list[tuple[int, int]]:
    found = Attack(released, profile)
    placed = zip(released, found.system.places, strict=True)
    pairs = chain.from_iterable(zip(places, table.frame["status"], strict=True) for table, places in placed)
    return [(found.intervals[place].low, found.intervals[place].high) for place, status in pairs if status == "Q"]


def _require_sharp(found, listed, profile: Profile) -> None:
    """Near a limit an interval is exact; elsewhere it may be as wide as fractions of persons make it."""
    assert len(found) == len(listed)
    for (low, high), (least, most) in zip(found, listed, strict=True):
        assert low <= least <= most <= high
        is_near = high < profile.threshold + 2 or high - low < profile.minimum_width + 2
        assert not is_near or (low, high) == (least, most)


def _is_rest_provable(released, numbers: list[int], types: Sequence[Persoon]) -> bool:
    """Whether all but 1 to threshold - 1 persons of a table are in one cell, in every file that fits."""
    possible, cells = _fitting(released, numbers, types), 0
    for table in released:
        counts = possible[:, cells : cells + table.frame.height]
        rest = counts[:, -1:] - counts
        if np.any((rest.min(axis=0) >= 1) & (rest.max(axis=0) < TINY.threshold)):
            return True
        cells += table.frame.height
    return False


def _fitting(released, numbers: list[int], types: Sequence[Persoon]) -> np.ndarray:
    """Row per possible file that gives the same release, column per cell."""
    values = _values(released)
    is_shown = np.array([value is not None for value in values])
    possible = files_of(sum(numbers), len(types)) @ membership_of(types, [table.spec for table in released])
    return possible[(possible[:, is_shown] == [value for value in values if value is not None]).all(axis=1)]


def _listed_intervals(released, numbers: list[int], types: Sequence[Persoon]) -> list[tuple[int, int]]:
    """Smallest and largest value per suppressed cell over every file that gives the same release."""
    is_hidden = np.array([value is None for value in _values(released)])
    return [(int(column.min()), int(column.max())) for column in _fitting(released, numbers, types)[:, is_hidden].T]


def _without(counted: Counted, hidden: Iterable[int]) -> Released:
    """A release by somebody who only looks at the value of a cell."""
    is_hidden = pl.col("aantal").is_in(list(hidden))
    value = pl.when(~is_hidden).then("aantal")
    status = pl.when(is_hidden).then(pl.lit("Q")).otherwise(pl.lit("A"))
    frame = counted.frame.select(pl.exclude("aantal"), value=value, status=status, low=value, high=value)
    return Released(frame, counted.spec)


def _audit(released: Sequence[Released], profile: Profile) -> Audit:
    """The audit of a release that states the intervals that the attack found."""
    return audit(with_intervals(released, Attack(released, profile)), profile)


@pytest.mark.parametrize("name", SHAPES)
@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_listing_every_possible_file_reveals_nothing(name: str, data: st.DataObject) -> None:
    types = types_of(SHAPES[name])
    chosen = data.draw(st.lists(st.integers(0, len(types) - 1), min_size=3, max_size=7))
    numbers = np.bincount(chosen, minlength=len(types)).tolist()
    counted = counted_of(numbers, types, SHAPES[name])
    protected = protect(counted, TINY)
    released = protected.released
    intervals = _listed_intervals(released, numbers, types)
    _require_safe(counted, released, intervals, TINY)
    _require_sharp(_bounds(released, TINY), intervals, TINY)
    assert protected.explanation.select("laag", "hoog").rows() == _bounds(released, TINY)

    # The audit judges a careless release as listing does, too.
    hidden = {1, 2, *data.draw(st.sets(st.integers(0, 6)))} - {sum(numbers)}
    careless = [_without(table, hidden) for table in counted]
    intervals = _listed_intervals(careless, numbers, types)
    _require_sharp(_bounds(careless, TINY), intervals, TINY)
    is_breach = any(high < TINY.threshold or high - low < TINY.minimum_width for low, high in intervals)
    is_breach |= _is_rest_provable(careless, numbers, types)
    with pytest.raises(DisclosureFailure) if is_breach else nullcontext():
        _audit(careless, TINY)


LARGER = {
    "two-way": (spec_of(A, WIDE),),
    "ring of three": (spec_of(A, WIDE), spec_of(WIDE, C), spec_of(C, A)),
    "ring of four": (spec_of(A, WIDE), spec_of(WIDE, C), spec_of(C, B), spec_of(B, A)),
    "three-way and a population": (spec_of(A, B, C), spec_of(UNION, population=((A, "xy"),))),
    "a population that all share": tuple(spec_of(A, one, population=((S, "u"),)) for one in (B, C)),
    "a part of everybody": (spec_of(A, B, population=((S, "u"),)), spec_of(C, WIDE)),
    "two populations": (spec_of(A, B, population=((S, "u"),)), spec_of(C, population=((R, "p"),))),
    "a population that some share": (spec_of(A, B, population=((S, "u"),)), spec_of(C, A), spec_of(C, WIDE)),
}


@pytest.mark.parametrize("name", LARGER)
@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_a_plain_linear_program_reveals_nothing(name: str, data: st.DataObject) -> None:
    types = types_of(specs := LARGER[name])
    numbers = data.draw(st.lists(st.sampled_from([0, 0, 1, 2, 5, 12, 30]), min_size=len(types), max_size=len(types)))
    assume(sum(numbers) >= STANDAARD.threshold)
    counted = counted_of(numbers, types, specs)
    released = protect(counted, STANDAARD, file=SameFile(persons=residents_of(numbers, types))).released
    intervals = _plain_intervals(released, membership_of(types, specs))
    _require_safe(counted, released, intervals, STANDAARD)
    for (low, high), (least, most) in zip(intervals, _bounds(released, STANDAARD), strict=True):
        assert low - 1e-6 <= least <= most <= high + 1e-6  # whole persons, within what fractions allow


def test_a_part_has_no_more_persons_than_there_are() -> None:
    """The part shares no dimension with the table that shows everybody."""
    part, everybody = spec_of(A, population=((S, "u"),)), spec_of(C)
    types = types_of([part, everybody])
    counted = counted_of([2] * len(types), types, [part, everybody])
    hidden = [_without(counted[0], counted[0].frame["aantal"]), _without(counted[1], ())]
    persons = 2 * len(types)
    assert _bounds(hidden, STANDAARD) == [(0, persons)] * counted[0].frame.height


def _personen() -> list[Persoon]:
    """A seeded file of 430 persons in the proportions of the report: 265 Pwet, 35 both, 130 WMO."""
    rng = np.random.default_rng(2019)
    chances = {
        "regeling": (REGELING, [265, 35, 130]),
        "leeftijdsklasse": (LEEFTIJDSKLASSE, [30, 110, 90, 110, 85, 5]),
        "trede": (TREDE, [60, 90, 60, 35, 30, 8, 147]),
        "duurklasse": (DUURKLASSE, [90, 110, 95, 80, 55]),
    }
    drawn: dict[str, list[str] | list[frozenset[str]]] = {
        name: rng.choice(dimension.codes.values, 430, p=np.array(weights) / 430).tolist()
        for name, (dimension, weights) in chances.items()
    }
    for marked, kinds, share in ((WMO_DECLARATIE, KOSTENSOORT, 0.31), (TRAJECT, TRAJECTKLASSE, 0.3)):
        has = rng.random(430) < share
        own = [rng.choice(kinds.codes.values, 2).tolist() if one else [] for one in has]
        drawn[marked.name] = np.where(has, "ja", "nee").tolist()
        drawn[kinds.name] = [frozenset(one) for one in own]
    some = [rng.zipf(1.5, 3) % 18 for _ in range(430)]
    drawn["productcategorie"] = [frozenset(PRODUCTCATEGORIE.codes.values[index] for index in own) for own in some]
    drawn["stand"] = ["lopend"] * 430
    every = {d.name: d for spec in TABLES for d in (*spec.dimensions, *(d for d, _ in spec.population))}
    for name in sorted(every.keys() - drawn.keys()):
        drawn[name] = rng.choice(every[name].codes.values, 430).tolist()
    return [dict(zip(drawn, row, strict=True)) for row in zip(*drawn.values(), strict=True)]


@pytest.fixture(scope="module")
def counted() -> list[Counted]:
    return counted_of([1] * 430, _personen(), SIX)


EVERYBODY = SameFile(persons=residents_of([1] * 430, _personen()))


@pytest.fixture(scope="module")
def released(counted: list[Counted]) -> tuple[Released, ...]:
    return protect(counted, STANDAARD, file=EVERYBODY).released


def test_the_tables_are_protected_in_one_go(counted, released) -> None:
    verdict = audit(released, STANDAARD)
    assert verdict.cells == 246
    assert verdict.suppressed < 150
    assert verdict.lowest_high >= STANDAARD.threshold
    assert released[0].frame["status"].to_list() == ["A"] * 6
    for before, after in zip(counted, released, strict=True):
        assert after.frame.drop("value", "status", "low", "high").equals(before.frame.drop("aantal"))


def test_the_full_joint_of_the_real_tables_reveals_nothing(counted, released) -> None:
    pairs = zip(counted, released, strict=True)
    additive = [(one, other) for one, other in pairs if one.spec.population == (IN_STOCK,)]
    specs = [table.spec for table, _ in additive]
    before, after = zip(*additive, strict=True)
    _require_safe(before, after, _plain_intervals(after, membership_of(types_of(specs), specs)), STANDAARD)


def _changed(released: Sequence[Released], table: int, row: int, **cell: object) -> list[Released]:
    """The release with one cell changed."""
    frame = released[table].frame
    rows = frame.to_dicts()
    rows[row] |= cell
    return [*released[:table], Released(pl.DataFrame(rows, frame.schema), SIX[table]), *released[table + 1 :]]


def test_publishing_one_small_cell_fails_the_audit(counted, released) -> None:
    aantallen = counted[1].frame["aantal"].to_list()
    row = next(row for row, aantal in enumerate(aantallen) if 0 < aantal < STANDAARD.threshold)
    with pytest.raises(DisclosureFailure, match="T02 publishes a count below the threshold"):
        audit(_changed(released, 1, row, value=aantallen[row], status="A"), STANDAARD)


def test_without_complementary_suppression_the_audit_fails(counted) -> None:
    with pytest.raises(DisclosureFailure, match="can be derived"):
        _audit([_without(table, range(1, STANDAARD.threshold)) for table in counted], STANDAARD)


_DAMAGE: tuple[dict[str, object], ...] = (
    *({"status": "Q"}, {"status": "X"}, {"status": None}, {"value": None}, {"value": 431}),
    {"value": None, "status": "Q"},  # but T02 still shows it in its margin
    *({"regeling": "bijstand"}, {"regeling": "totaal"}),
)


@pytest.mark.parametrize("cell", _DAMAGE)
def test_a_damaged_release_fails_the_audit(released, cell) -> None:
    with pytest.raises(UnknownCategory if cell == {"regeling": "bijstand"} else DisclosureFailure):
        audit(_changed(released, 0, 0, **cell), STANDAARD)


def test_order_of_the_tables_does_not_matter_for_safety_and_chance_plays_no_part(counted, released) -> None:
    assert [table.frame.rows() for table in protect(counted, STANDAARD, file=EVERYBODY).released] == [
        table.frame.rows() for table in released
    ]
    turned = protect(counted[::-1], STANDAARD, file=EVERYBODY).released
    assert audit(turned, STANDAARD).lowest_high >= STANDAARD.threshold


def test_what_cannot_be_judged_is_refused() -> None:
    types = types_of(specs := SHAPES["linked pair"])
    with pytest.raises(DisclosureFailure, match="grand total"):
        protect(counted_of([1] + [0] * (len(types) - 1), types, specs), TINY)
    left, right = (counted_of([aantal] * len(types), types, specs)[aantal - 5] for aantal in (5, 6))
    with pytest.raises(DisclosureFailure, match="different values"):
        protect([left, right], TINY)
    with pytest.raises(DisclosureFailure, match="contradict"):
        protect([Counted(left.frame.with_columns(aantal=pl.int_range(40, 40 + pl.len())), left.spec)], TINY)
    overlapping = dimension_of("m", "klm", "kl", "lm", multiple=True)
    with pytest.raises(DisclosureFailure, match="overlap"):
        protect(counted_of([1] * 7, types_of([spec_of(overlapping)]), [spec_of(overlapping)]), TINY)
