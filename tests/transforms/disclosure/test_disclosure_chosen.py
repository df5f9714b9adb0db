"""Which pattern is chosen, and why: the master program, ties, earlier releases, and what the officer is told."""

from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module
from itertools import permutations, product

import highspy
import numpy as np
import polars as pl
import pytest

from schemas.codes import Code, CodeList
from schemas.errors import DisclosureFailure, NoSafePattern
from schemas.profiles import STANDAARD
from schemas.specs import TOTAAL, Dimension, DisclosureProfile, Method, TableSpec, Weight
from schemas.states import Counted
from transforms.disclosure import Protected, SameFile, protect
from transforms.disclosure.model.interval import Interval
from transforms.disclosure.model.solver import CAP, ask_again
from transforms.disclosure.model.system import build
from transforms.disclosure.suppression.job import OtherReleases
from transforms.disclosure.suppression.master import Master
from transforms.disclosure.suppression.task import EFFORT

OUTSIDER = replace(STANDAARD, pooled=0)
WIDE = Interval(0, int(CAP))


def _dimension(name: str, values: str, multiple: bool = False) -> Dimension:
    codes = CodeList(id=name, codes=tuple(Code(code=value, label=value.upper()) for value in values), source="test")
    return Dimension(name=name, title=name, codes=codes, multiple=multiple)


A, B = _dimension("a", "vwxyz"), _dimension("b", "pqr")


def _table(dimensions: Sequence[Dimension], cells: Sequence[object], **disclosure: object) -> Counted:
    """Counts of the cells inside, with margins added."""
    inner = np.array(cells)
    for axis in range(inner.ndim):
        inner = np.concatenate([inner, inner.sum(axis=axis, keepdims=True)], axis=axis)
    rows = list(product(*(dimension.levels for dimension in dimensions)))
    frame = pl.DataFrame(rows, schema={one.name: pl.String for one in dimensions}, orient="row")
    spec = TableSpec("T", "", "", tuple(dimensions), disclosure=DisclosureProfile(**disclosure))
    return Counted(frame.with_columns(aantal=pl.Series(inner.ravel(), dtype=pl.Int64)), spec)


NO_OTHERS = OtherReleases()


def _protect(
    table: Counted, effort: float = EFFORT, others: OtherReleases = NO_OTHERS, pooled: int = STANDAARD.pooled
) -> Protected:
    """Protect a table against those in it as well."""
    names = [dimension.name for dimension in table.spec.dimensions]
    inside = table.frame.filter(pl.all_horizontal(pl.col(names) != TOTAAL))
    persons = inside.select(pl.col(names).repeat_by("aantal").explode())
    lists = [pl.concat_list(one.name) for one in table.spec.dimensions if one.multiple]
    file = SameFile(persons=persons.with_columns(lists))
    return protect([table], replace(STANDAARD, pooled=pooled), effort, others=others, file=file)


def _status(protected: Protected, table: int = 0) -> str:
    return "".join(protected.released[table].frame["status"])


def _why(protected: Protected) -> list[tuple[str, str]]:
    return protected.explanation.select("cel", "regel").rows()


def test_the_smallest_cell_that_protects_goes_when_cells_cost_their_persons() -> None:
    found = _protect(_table([A], (4, 30, 20, 40, 50), weight=Weight.COUNT))
    assert _status(found) == "QAQAAA"
    assert (found.suppression.cost, found.suppression.bound, found.suppression.status) == (78, 78, "optimal")
    assert found.explanation.columns == ["tabel", "cel", "regel", "reden", "laag", "hoog"]
    assert found.explanation.select("tabel", "cel", "regel", "laag", "hoog").rows() == [
        ("T", "V", "drempel", 0, 24),
        ("T", "X", "aanvullend", 0, 24),
    ]
    assert found.explanation["reden"][1] == "met dit aantal zou een andere lege cel te berekenen zijn"


def test_who_together_stand_in_the_way_of_dear_counts_are_tried_apart() -> None:
    """Of 1 and 10 together, each is left with 0 to 10 of the other; both at once know that somebody is in each."""
    table = _table([A], (1, 10, 300, 400, 500), weight=Weight.COUNT)
    assert _status(protect([table], OUTSIDER)) == "QQAAAA"
    assert _status(_protect(table, pooled=1)) == "QQAAAA"


def test_an_outsider_and_somebody_inside_need_other_patterns() -> None:
    """Of 1 and 9 together, whoever is in one of them is left with 0 to 9 of the other."""
    table = _table([A], (2, 9, 300, 400, 500), weight=Weight.COUNT)
    assert _status(protect([table], OUTSIDER)) == "QQAAAA"
    assert _status(_protect(table, pooled=1)) == "QQAAAA"
    table = _table([A], (1, 9, 300, 400, 500), weight=Weight.COUNT)
    assert _status(protect([table], OUTSIDER)) == "QQAAAA"
    assert _status(_protect(table, pooled=1)) == "QQQAAA"


def test_each_rule_is_told() -> None:
    kind = _dimension("kind", "klm")
    table = _table([B, kind], ((95, 5, 0), (20, 20, 20), (30, 30, 30)), sensitive=(kind,))
    why = dict(_why(_protect(table)))
    assert why["P, K"] == why["P, M"] == "groep"
    assert why["P, L"] == "drempel"
    assert set(why.values()) == {"groep", "drempel", "aanvullend"}
    several = _table([_dimension("m", "kl", multiple=True)], (50, 5))
    assert several.frame["aantal"].to_list() == [50, 5, 55]
    found = _protect(several)
    assert dict(_why(found)) == {"K": "rest", "L": "drempel"}


def test_a_rounded_table_shows_no_small_number_and_an_exact_one_beside_it_stays_exact() -> None:
    rounded = _table([A], (3, 12, 21, 40, 74), method=Method.ROUND)
    found = _protect(rounded)
    (table,) = found.released
    assert _status(found) == "NAAAAA"
    assert table.frame["value"].to_list() == [None, 10, 20, 40, 80, 150]
    assert table.frame["low"].to_list() == [0, 1, 11, 31, 71, 141]
    assert table.frame["high"].to_list() == [9, 19, 29, 49, 89, 159]
    assert (found.suppression.cost, found.explanation.height, found.audit.suppressed) == (0, 0, 0)
    exact = _table([B], (50, 50, 50))
    both = protect([rounded, exact], OUTSIDER)
    assert _status(both) == "NAAAAA"
    assert both.released[1].frame["value"].to_list() == [50, 50, 50, 150]
    finer = _table([B], (50, 50, 50), method=Method.ROUND, base=5)
    with pytest.raises(DisclosureFailure, match="different bases"):
        protect([rounded, finer], OUTSIDER)


@pytest.mark.parametrize("before", [(0, 30), (0, 29), (0, 21), (0, 20), (31, 90), (40, 90), (30, 30)])
def test_a_withheld_count_is_blank_and_may_be_what_it_was(before: tuple[int, int]) -> None:
    table = _table([A], (30, 30, 30, 30, 30))
    withheld = build([table.spec]).keys[0]
    found = _protect(table, others=OtherReleases([[Interval(*before), *[WIDE] * 5]], {withheld}))
    assert _status(found)[0] == "Q"
    assert ("v", "eerder") in _why(found) or ("V", "eerder") in _why(found)
    low, high = found.released[0].frame.select("low", "high").row(0)
    assert low <= before[1]
    assert high >= before[0]


def test_a_count_without_a_safe_multiple_is_refused() -> None:
    rounded = _table([A], (25, 30, 21, 40, 56), method=Method.ROUND)
    # 20 is 11 to 29, 30 is 21 to 39: both prove that some, but few, came (or left) since.
    earlier = [[Interval(0, 10), *[WIDE] * 5], [Interval(40, 90), *[WIDE] * 5]]
    with pytest.raises(DisclosureFailure, match="1 counts have no multiple that is safe"):
        _protect(rounded, others=OtherReleases(earlier))


def test_names_of_categories_choose_nothing() -> None:
    """The cells of a row cost the same; whatever they are called, the same counts go."""
    for cells in ((3, 30, 20, 40, 50), (3, 8, 25, 60, 90)):
        patterns = set()
        for names in list(permutations("vwxyz"))[::29]:
            table = _table([_dimension("a", "".join(names)), B], [[c, 20, 50] for c in cells])
            patterns.add(_status(protect([table], OUTSIDER, effort=1e6)))
        assert len(patterns) == 1


def test_the_order_of_categories_chooses_nothing() -> None:
    counts = (3, 30, 20, 40, 55)
    wanted = None
    for order in list(permutations(range(5)))[::23]:
        shown = protect([_table([A], [counts[place] for place in order])], OUTSIDER)
        status = {counts[place]: one for place, one in zip(order, _status(shown), strict=False)}
        wanted = wanted or status
        assert status == wanted


def test_of_counts_that_nothing_else_tells_apart_the_name_decides_not_the_place() -> None:
    counts = {"v": 4, "w": 30, "x": 20, "y": 20, "z": 50}
    hidden = set()
    for order in ("vwxyz", "vwyxz", "yxwvz", "zyxwv"):
        table = _table([_dimension("a", order)], [counts[name] for name in order], weight=Weight.COUNT)
        status = _status(protect([table], OUTSIDER))
        hidden.add(frozenset(name for name, one in zip(order, status, strict=False) if one == "Q"))
    assert len(hidden) == 1


def test_without_effort_the_first_safe_pattern_is_taken_with_a_bound() -> None:
    table = _table([A, B], [[3, 20, 30], [20, 4, 25], [40, 50, 2], [15, 35, 60], [12, 12, 12]])
    quick, best = _protect(table, effort=0), _protect(table)
    assert best.suppression.status == "optimal"
    assert quick.suppression.bound <= best.suppression.bound == best.suppression.cost <= quick.suppression.cost
    for found in (quick, best):
        assert found.suppression.cost == sum(1 for one in found.suppression.counts)
        assert found.audit.lowest_high >= 10


def _master(prices: Sequence[int], always: Sequence[int] = (), never: Sequence[int] = ()) -> Master:
    numbers = np.arange(len(prices))
    return Master(np.array(prices), np.isin(numbers, always), np.isin(numbers, never))


def test_the_master_keeps_what_is_always_and_never_suppressed() -> None:
    master = _master([5, 1, 3, 2], always=[0], never=[1])
    assert master.solve().pattern.tolist() == [1, 0, 0, 0]
    assert master.solve().bound == 5
    assert master.require(np.array([0.0, 9.0, 1.0, 1.0]), 1.0)
    proposal = master.solve()
    assert (proposal.pattern.round().tolist(), proposal.bound) == ([1, 0, 0, 1], 7)
    start = np.array([False, False, True, False])
    assert master.extend(start).tolist() == [1, 0, 1, 0]
    assert master.relax().pattern.round().tolist() == [1, 0, 0, 1]  # the start is not kept
    assert master.solve().pattern.round().tolist() == [1, 0, 0, 1]
    assert master.cost(np.array([True, False, True, False])) == 8
    with pytest.raises(DisclosureFailure, match="always published"):
        _master([1, 1], always=[0], never=[0])


def test_the_master_takes_a_condition_once_and_only_if_it_says_something() -> None:
    master = _master([5, 1, 3], always=[0])
    assert not master.require(np.array([4.0, 1.0, 1.0]), 4.0)  # what is always suppressed is enough
    assert master.require(np.array([4.0, 1.0, 1.0]), 5.0)
    assert not master.require(np.array([4.0, 1.0, 1.0]), 5.0)
    assert not master.require(np.array([0.0, 2.0, 2.0]), 2.0)  # the same, in other units
    assert master.conditions == 1
    assert master.require(np.array([0.0, 1.0, 1.0]), 2.0)
    assert master.conditions == 2
    assert master.solve().pattern.round().tolist() == [1, 1, 1]


def test_a_condition_about_a_count_holds_if_it_is_suppressed() -> None:
    master = _master([5, 1, 3])
    assert master.require(np.array([0.0, 1.0, 1.0]), 1.0, 0)
    assert master.solve().pattern.round().tolist() == [0, 0, 0]
    assert master.extend(np.array([True, False, False])).tolist() == [1, 1, 0]
    # Its own capacity is there already, and a capacity beyond what is left says no more than that.
    assert not master.require(np.array([7.0, 1.0, 9.0]), 7.0, 0)
    assert master.require(np.array([7.0, 1.0, 9.0]), 9.0, 0)
    assert master.extend(np.array([True, False, False])).tolist() == [1, 0, 1]
    # Nothing protects it within these; what cannot be kept is published.
    assert master.solve(within=np.array([True, True, False])).pattern.round().tolist() == [0, 0, 0]
    assert master.extend(np.array([True, True, False]), within=np.array([True, True, False])).tolist() == [0, 1, 0]
    assert master.solve().pattern.round().tolist() == [0, 0, 0]


def test_counts_in_part_cost_in_part_and_bound_the_cost_from_below() -> None:
    master = _master([3, 3, 3])
    for pair in ([1.0, 1.0, 0.0], [0.0, 1.0, 1.0], [1.0, 0.0, 1.0]):
        assert master.require(np.array(pair), 1.0)
    relaxed = master.relax()
    assert relaxed.pattern == pytest.approx([0.5, 0.5, 0.5])
    assert relaxed.bound == 5  # 4.5, and costs are whole
    assert (master.solve().bound, master.work > 0) == (6, True)


def test_counts_of_two_tables_are_one_count_and_parts_add_up() -> None:
    system = build([_table([A, B], np.full((5, 3), 9)).spec, _table([B], (1, 1, 1)).spec])
    assert len(system.keys) == 6 * 4
    assert system.places[1] == system.places[0][20:]
    assert [len(system.sums[place]) for place in system.places[1]] == [5, 5, 5, 15]


def test_the_master_asks_again_before_it_says_that_nothing_is_possible(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[highspy.HighsModelStatus] = []

    def again(solver: highspy.Highs) -> highspy.HighsModelStatus:
        asked.append(ask_again(solver))
        return asked[-1]

    monkeypatch.setattr(import_module("transforms.disclosure.suppression.master"), "ask_again", again)
    master = _master([5, 1, 3])
    assert master.require(np.array([0.0, 1.0, 1.0]), 1.0)
    assert master.solve().pattern.round().tolist() == [0, 1, 0]
    assert not asked
    with pytest.raises(NoSafePattern):
        master.solve(within=np.array([True, False, False]))
    assert asked == [highspy.HighsModelStatus.kInfeasible]
