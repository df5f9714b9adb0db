"""Sums and means against attackers who do not share the code of the search.

`_ends` is a linear program over the full joint of the tables; `_cell` adds up the microdata in plain
Python. Both know the declarations and the persons only.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations, product

import highspy
import numpy as np
import polars as pl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from schemas.codes import Code, CodeList
from schemas.errors import DisclosureFailure, UnknownCategory
from schemas.magnitude import MONEY, OTHER, ReleasedSums, Summed, SumProfile
from schemas.specs import TOTAAL, Dimension, Subtotal, TableSpec
from schemas.states import Released
from transforms.disclosure.magnitude import allowed_quantiles, means, protect_sums, require_quantile, sums
from transforms.disclosure.magnitude_audit import audit_sums
from transforms.disclosure.magnitude_rules import is_sensitive

Persoon = dict[str, str | int]
Cell = dict[str, frozenset[str]]


def _dimension(name: str, values: str, *subtotals: str, multiple: bool = False) -> Dimension:
    codes = CodeList(name, tuple(Code(value, value) for value in values), "test")
    return Dimension(name, name, codes, tuple(Subtotal(s, s, tuple(s)) for s in subtotals), multiple)


def _spec(*dimensions: Dimension) -> TableSpec:
    return TableSpec("T", "", "", dimensions)


A, B, C = _dimension("a", "wxyz", "wx", "wxy"), _dimension("b", "pq"), _dimension("c", "stu", "st")
M = _dimension("m", "kl", multiple=True)
RELEASES = {
    "one-way": (_spec(A),),
    "two-way": (_spec(C, B),),
    "linked pair": (_spec(C, B), _spec(_dimension("d", "fgh"), B)),
    "three-way": (_spec(B, _dimension("e", "mn"), _dimension("f", "vw")),),
}


def _cells(spec: TableSpec) -> list[Cell]:
    levels = product(*(dimension.levels for dimension in spec.dimensions))
    return [{d.name: frozenset(d.parts(one)) for d, one in zip(spec.dimensions, row, strict=True)} for row in levels]


def _in(persoon: Persoon, cell: Cell) -> bool:
    return all(persoon[name] in parts for name, parts in cell.items())


def _own(personen: Sequence[Persoon], cell: Cell) -> list[int]:
    """Contributions to a cell, largest first."""
    return sorted((int(p["bedrag"]) for p in personen if p["bedrag"] and _in(p, cell)), reverse=True)


def _sensitive(own: Sequence[int], profile: SumProfile) -> bool:
    if not own:
        return False
    few = len(own) < profile.contributors
    return few or max(own) * 100 > profile.dominance_pct * sum(own) or sum(own[2:]) * 100 < profile.p_pct * own[0]


def _summed(personen: Sequence[Persoon], specs: Sequence[TableSpec]) -> list[Summed]:
    return [Summed(sums(pl.DataFrame(personen), spec, "bedrag", None), spec) for spec in specs]


def _counts(personen: Sequence[Persoon], specs: Sequence[TableSpec], hidden: Sequence[Cell] = ()) -> list[Released]:
    tables = []
    for spec in specs:
        frame = pl.DataFrame(
            list(product(*(d.levels for d in spec.dimensions))), schema=[d.name for d in spec.dimensions], orient="row"
        )
        aantal = [None if cell in hidden else sum(_in(p, cell) for p in personen) for cell in _cells(spec)]
        value = pl.Series(aantal, dtype=pl.Int64)
        status = pl.Series(["Q" if one is None else "A" for one in aantal])
        high = value.fill_null(len(personen))
        tables.append(Released(frame.with_columns(value=value, status=status, low=value.fill_null(0), high=high), spec))
    return tables


class _Outsider:
    """A linear program over all combinations of categories."""

    def __init__(self, released: Sequence[ReleasedSums], counted: Sequence[Released], whole: bool = False) -> None:
        dimensions = {d.name: d for table in released for d in table.spec.dimensions}
        names = list(dimensions)
        self.kinds = [
            dict(zip(names, row, strict=True)) for row in product(*(d.codes.values for d in dimensions.values()))
        ]
        self.solver = highspy.Highs()
        self.solver.silent()
        kind = highspy.HighsVarType.kInteger if whole else highspy.HighsVarType.kContinuous
        self.amounts = [self.solver.addVariable(lb=0, ub=1e9, type=kind) for _ in self.kinds]
        for table, counts in zip(released, counted, strict=True):
            values, persons = table.frame["value"], counts.frame["value"]
            for cell, value, number in zip(_cells(table.spec), values, persons, strict=True):
                if value is not None or number == 0:
                    self.solver.addConstr(self.sum(cell) == (value or 0))

    def sum(self, cell: Cell) -> object:
        return self.solver.qsum(
            amount for amount, kind in zip(self.amounts, self.kinds, strict=True) if _in(kind, cell)
        )

    def ends(self, cell: Cell) -> tuple[float, float]:
        def end(ask: Callable[[object], object]) -> float:
            ask(self.sum(cell))
            assert self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
            return self.solver.getObjectiveValue()

        return end(self.solver.minimize), end(self.solver.maximize)


def _pairs(released: Sequence[ReleasedSums]) -> list[tuple[Cell, int | None]]:
    return [pair for table in released for pair in zip(_cells(table.spec), table.frame["value"], strict=True)]


def _is_open(low: float, high: float, som: int, known: int, profile: SumProfile) -> bool:
    """Whether what is in a sum beside one's own is open on both sides."""
    if known == som > 0:
        return True
    share = profile.interval_pct * (som - known) / 100
    return high >= som + max(share, som == 0) - 1e-6 and low <= som - share + 1e-6


def _problems(
    personen: Sequence[Persoon],
    released: Sequence[ReleasedSums],
    counted: Sequence[Released],
    profile: SumProfile,
    whole: bool = False,
) -> Iterator[str]:
    """Every promise that a release breaks."""
    outsider = _Outsider(released, counted, whole)
    pairs = _pairs(released)
    if any(value is None and (cell, 0) in _pairs(counted) for cell, value in pairs):
        yield "blank"
    hidden = [cell for cell, value in pairs if value is None]
    unknown = [cell for cell, value in _pairs(counted) if value is None]
    for cell, value in pairs:
        own = _own(personen, cell)
        if value is not None and (value != sum(own) or _sensitive(own, profile) or cell in unknown):
            yield "publishes"
        if value is None and not _is_open(*outsider.ends(cell), sum(own), 0, profile):
            yield "estimated"
    yield from _insiders(personen, outsider, hidden, released, profile)
    for left in _left(released, hidden):
        if _sensitive([one for cell in left for one in _own(personen, cell)], profile):
            yield "left"


def _insiders(personen, outsider: _Outsider, hidden, released, profile: SumProfile) -> Iterator[str]:
    """Everybody who is the largest in a suppressed cell without totals."""
    for spec in (table.spec for table in released):
        for cell in _cells(spec):
            own = _own(personen, cell)
            if cell not in hidden or not own or any(len(parts) > 1 for parts in cell.values()):
                continue
            knows = outsider.solver.addConstr(outsider.sum(cell) >= own[0])
            alone = outsider.solver.addConstr(outsider.sum(cell) <= (own[0] if len(own) == 1 else 1e9))
            insider = next(p for p in personen if _in(p, cell) and p["bedrag"] == own[0])
            for other in (other for other in hidden if other != cell):
                known = own[0] * _in(insider, other)
                if not _is_open(*outsider.ends(other), sum(_own(personen, other)), known, profile):
                    yield "insider"
            outsider.solver.removeConstr(alone)
            outsider.solver.removeConstr(knows)


def _left(released, hidden) -> Iterator[list[Cell]]:
    """What remains of a published total of a row when the published categories are taken off."""
    for spec in (table.spec for table in released):
        for dimension in spec.dimensions:
            totals = [cell for cell in _cells(spec) if cell[dimension.name] == frozenset(dimension.parts(TOTAAL))]
            for total in (total for total in totals if total not in hidden):
                row = [{**total, dimension.name: frozenset(value)} for value in dimension.codes.values]
                yield [cell for cell in row if cell in hidden]


def _personen(specs: Sequence[TableSpec], numbers: Sequence[int], seed: int, most: int = 40) -> list[Persoon]:
    """This many persons per combination of categories, with skewed amounts."""
    rng = np.random.default_rng(seed)
    dimensions = {d.name: d for spec in specs for d in spec.dimensions}
    kinds = product(*(d.codes.values for d in dimensions.values()))
    return [
        {**dict(zip(dimensions, kind, strict=True)), "bedrag": int(min(most, rng.pareto(1) * 4))}
        for kind, number in zip(kinds, numbers, strict=True)
        for _ in range(number)
    ]


def _size(specs: Sequence[TableSpec]) -> int:
    return int(np.prod([len(d.codes.values) for d in {d.name: d for spec in specs for d in spec.dimensions}.values()]))


@pytest.mark.parametrize("name", RELEASES)
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_no_attacker_estimates_a_suppressed_sum(name: str, data: st.DataObject) -> None:
    specs = RELEASES[name]
    size = _size(specs)
    numbers = data.draw(st.lists(st.sampled_from([0, 1, 1, 2, 8, 15, 40]), min_size=size, max_size=size))
    personen = _personen(specs, numbers, data.draw(st.integers(0, 99)), data.draw(st.sampled_from([40, 10**8])))
    everybody: Cell = {}
    assume(personen and not _sensitive(_own(personen, everybody), OTHER))
    aantallen = [sum(_in(p, cell) for p in personen) for spec in specs for cell in _cells(spec)]
    cells = [cell for spec in specs for cell in _cells(spec)]
    small = [cell for cell, aantal in zip(cells, aantallen, strict=True) if aantal in range(1, 5)]
    counted = _counts(personen, specs, small)
    released = protect_sums(_summed(personen, specs), counted, OTHER).released
    assert list(_problems(personen, released, counted, OTHER)) == []
    audit_sums(released, counted, OTHER)
    outsider = _Outsider(released, counted)
    for table in released:
        for cell, row in zip(_cells(table.spec), table.frame.iter_rows(named=True), strict=True):
            low, high = outsider.ends(cell)
            assert row["low"] == pytest.approx(low, abs=1 + 1e-6 * high)
            if row["high"] is None:
                assert high >= 1e9
            else:
                assert row["high"] == pytest.approx(high, abs=1 + 1e-6 * high)


def _release(amounts: dict[str, Sequence[int]], profile: SumProfile = OTHER, hidden: Sequence[str] = ()):
    """One table over `a`, from the amounts per category."""
    personen: list[Persoon] = [{"a": value, "bedrag": amount} for value, own in amounts.items() for amount in own]
    counted = _counts(personen, [_spec(A)], [{"a": frozenset(value)} for value in hidden])
    protected = protect_sums(_summed(personen, [_spec(A)]), counted, profile)
    return personen, counted, protected


def _values(released: Sequence[ReleasedSums]) -> dict[str, int | None]:
    return dict(released[0].frame.select("a", "value").iter_rows())


@settings(max_examples=10, deadline=None)
@given(amounts=st.lists(st.lists(st.sampled_from([1, 1, 1, 2, 5]), min_size=0, max_size=14), min_size=4, max_size=4))
def test_listing_every_division_of_the_total_finds_the_same_intervals(amounts) -> None:
    own = dict(zip("wxyz", amounts, strict=True))
    total = sum(map(sum, amounts))
    assume(0 < total <= 60 and not _sensitive(sorted((i for o in amounts for i in o), reverse=True), OTHER))
    _, counted, protected = _release(own)
    values = _values(protected.released)
    assume(values[TOTAAL] is not None)
    bars = np.array(list(combinations(range(total + 3), 3)))
    files = np.diff(bars, axis=1, prepend=-1, append=total + 3) - 1
    cells = np.array([[value in A.parts(level) for value in "wxyz"] for level in A.levels]).T
    possible = files @ cells
    nobody = counted[0].frame["value"] == 0
    fits = np.all([(possible[:, i] == (values[level] or 0)) | (values[level] is None and not nobody[i])
                   for i, level in enumerate(A.levels)], axis=0)  # fmt: skip
    for index, row in enumerate(protected.released[0].frame.iter_rows(named=True)):
        assert (row["low"], row["high"]) == (possible[fits, index].min(), possible[fits, index].max())


@settings(max_examples=6, deadline=None)
@given(data=st.data())
def test_no_safe_pattern_is_cheaper(data: st.DataObject) -> None:
    spec = replace(_spec(A), disclosure=replace(_spec(A).disclosure, margin_factor=1))
    personen = _personen([spec], data.draw(st.lists(st.sampled_from([1, 4, 11, 30]), min_size=4, max_size=4)), 1)
    assume(not _sensitive(_own(personen, {}), OTHER))
    counted = _counts(personen, [spec])
    summed = _summed(personen, [spec])
    found = protect_sums(summed, counted, OTHER)
    assume(_values(found.released)[TOTAAL] is not None)
    assert found.suppression.status == "optimal"
    assert found.suppression.bound == found.suppression.cost == found.audit.suppressed
    levels = [level for level in A.levels if level != TOTAAL]
    for size in range(found.audit.suppressed):
        for chosen in combinations(levels, size):
            value = pl.when(~pl.col("a").is_in(chosen)).then("som").alias("value")
            guess = [ReleasedSums(summed[0].frame.select("a", value), spec)]
            assert list(_problems(personen, guess, counted, OTHER))


RULES = {
    "nobody": ([], False),
    "nine contributors": ([10] * 9, True),
    "ten contributors": ([10] * 10, False),
    "half": ([100, *[10] * 10], False),
    "more than half": ([101, *[10] * 10], True),
    "two large: the rest is 10 %": ([1000, 1000, *[10] * 10], False),
    "two large: the rest is less": ([1001, 1000, *[10] * 10], True),
}


@pytest.mark.parametrize("case", RULES)
def test_a_sum_is_sensitive_by_each_rule_and_at_its_limit(case: str) -> None:
    own, expected = RULES[case]
    first, second = [*own, 0, 0][:2]
    assert bool(is_sensitive(len(own), sum(own), first, second, OTHER)) is expected is _sensitive(own, OTHER)


def test_money_needs_a_hundred_contributors_or_a_reason() -> None:
    assert is_sensitive(99, 9900, 100, 100, MONEY)
    assert not is_sensitive(100, 10000, 100, 100, MONEY)
    with pytest.raises(DisclosureFailure, match="need a reason"):
        SumProfile(contributors=30)
    assert not is_sensitive(30, 3000, 100, 100, SumProfile(contributors=30, reason="PIA 4.2: kleine gemeente"))
    for weaker in ({"contributors": 9}, {"dominance_pct": 51}, {"p_pct": 9}, {"interval_pct": 9}, {"dominance_pct": 0}):
        with pytest.raises(DisclosureFailure):
            SumProfile(**{"reason": "x", **weaker})


def test_two_lone_contributors_in_a_row_do_not_learn_of_each_other() -> None:
    """Without a third suppressed sum each would subtract himself from what is left of the total."""
    personen, counted, protected = _release({"w": [50], "x": [70], "y": [20] * 20, "z": [20] * 30})
    values = _values(protected.released)
    assert values["w"] is values["x"] is None
    assert values["wx"] is None, "120 of two persons"
    assert None in (values["y"], values["wxy"])
    assert values[TOTAAL] is not None
    spec, naive = _spec(A), {"w", "x", "wx"}
    value = pl.when(~pl.col("a").is_in(naive)).then("som").alias("value")
    guess = [ReleasedSums(_summed(personen, [spec])[0].frame.select("a", value), spec)]
    assert {"insider", "left"} <= set(_problems(personen, guess, counted, OTHER))


def test_all_but_one_cell_is_not_left_when_that_is_of_few() -> None:
    """No row tells it: the totals of the rows that it is in are suppressed, but the grand total is not."""
    spec = _spec(B, _dimension("e", "mn"))
    personen = [
        {"b": b, "e": e, "bedrag": amount}
        for b, e, number, amount in (("p", "m", 100, 1), ("p", "n", 4, 5), ("q", "m", 4, 5))
        for _ in range(number)
    ]
    released = protect_sums(_summed(personen, [spec]), _counts(personen, [spec]), OTHER).released
    values = {row[:2]: row[2] for row in released[0].frame.select("b", "e", "value").iter_rows()}
    assert None in (values["p", "m"], values[TOTAAL, TOTAAL])


@pytest.mark.parametrize(("numbers", "seed"), [((1, 40, 15, 2, 8, 0, 15, 40), 941315), ((8, 1, 15, 1, 2, 8, 15, 8), 5)])
def test_whole_units_do_not_tell_more(numbers: tuple[int, ...], seed: int) -> None:
    specs = RELEASES["three-way"]
    personen = _personen(specs, numbers, seed)
    small = [cell for cell in _cells(specs[0]) if sum(_in(p, cell) for p in personen) in range(1, 5)]
    counted = _counts(personen, specs, small)
    released = protect_sums(_summed(personen, specs), counted, OTHER).released
    assert list(_problems(personen, released, counted, OTHER, whole=True)) == []


def test_a_published_sum_is_the_true_one_and_chance_plays_no_part() -> None:
    amounts = {"w": [10**9, 1], "x": [3 * 10**7] * 40, "y": [2 * 10**7] * 50, "z": [10**7] * 120}
    _, _, protected = _release(amounts)
    _, _, again = _release(amounts)
    values = _values(protected.released)
    assert values[TOTAAL] == 10**9 + 1 + 12 * 10**8 + 10**9 + 12 * 10**8
    assert values["w"] is None
    assert [table.frame.rows() for table in protected.released] == [table.frame.rows() for table in again.released]


def test_a_sum_without_a_published_count_is_not_published() -> None:
    many = {value: [20] * 30 for value in "wxyz"}
    _, _, protected = _release(many)
    assert None not in _values(protected.released).values()
    _, counted, protected = _release(many, hidden=["x"])
    assert _values(protected.released)["x"] is None
    with pytest.raises(DisclosureFailure, match="whose number is not"):
        audit_sums(_release(many)[2].released, counted, OTHER)


def test_the_grand_total_goes_only_when_nothing_else_helps() -> None:
    """What is left cannot be 10 % more than 97 % of the total."""
    values = _values(_release({"w": [20] * 3, "x": [20] * 97})[2].released)
    assert values["w"] is values[TOTAAL] is None
    with pytest.raises(DisclosureFailure, match="for any sum"):
        _release({"w": [20] * 9})
    with pytest.raises(DisclosureFailure, match="for any sum"):
        _release({"w": [20] * 99}, MONEY)


def test_whoever_finds_himself_in_another_table_finds_nobody() -> None:
    """One lone person, in two linked tables: what he knows of the other table is his own amount."""
    specs = RELEASES["linked pair"]
    personen = _personen(specs, [*[0] * 14, 1, 0, 0, 15], 0)
    small = [cell for spec in specs for cell in _cells(spec) if sum(_in(p, cell) for p in personen) == 1]
    counted = _counts(personen, specs, small)
    released = protect_sums(_summed(personen, specs), counted, OTHER).released
    assert list(_problems(personen, released, counted, OTHER)) == []


def test_sums_and_counts_of_other_cells_or_persons_are_refused() -> None:
    personen = _personen([_spec(C, B)], [20] * 6, 0)
    summed, counted = _summed(personen, [_spec(C, B)]), _counts(personen, [_spec(B)])
    with pytest.raises(DisclosureFailure, match="table of counts"):
        protect_sums(summed, counted, OTHER)
    with pytest.raises(DisclosureFailure, match="more contributors"):
        protect_sums(summed, _counts(personen[:60], [_spec(C, B)]), OTHER)
    counted = _counts(personen, [_spec(C, B)])
    for wrong in (pl.col("som") + 1, pl.col("som") - 10**6, pl.lit(0, pl.Int64)):
        frame = summed[0].frame.with_columns(som=pl.when(pl.int_range(pl.len()) == 3).then(wrong).otherwise("som"))
        with pytest.raises(DisclosureFailure):
            protect_sums([Summed(frame, summed[0].spec)], counted, OTHER)
    assert repr(summed[0]) == "<Summed 15 x 6>"


DAMAGE = (
    {"value": None},
    {"status": "Q"},
    {"status": None},
    {"status": "X"},
    {"value": 10**6},
    {"a": "v"},
    {"a": "w"},
    {"value": None, "status": "Q"},  # and the total less the others tells it
)


@pytest.mark.parametrize("cell", DAMAGE)
def test_a_damaged_release_fails_the_audit(cell) -> None:
    _, counted, protected = _release({value: [20] * 30 for value in "wxyz"})
    frame = protected.released[0].frame
    rows = frame.to_dicts()
    rows[3] |= cell
    damaged = [ReleasedSums(pl.DataFrame(rows, frame.schema), protected.released[0].spec)]
    audit_sums(protected.released, counted, OTHER)
    with pytest.raises((DisclosureFailure, UnknownCategory)):
        audit_sums(damaged, counted, OTHER)
    with pytest.raises(DisclosureFailure, match="too few persons"):
        audit_sums(protected.released, counted, MONEY)


@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_sums_are_those_of_plain_python(data: st.DataObject) -> None:
    row = st.fixed_dictionaries({
        "a": st.sampled_from(A.codes.values),
        "m": st.lists(st.sampled_from("kl"), min_size=1, max_size=2, unique=True),
        "wie": st.sampled_from(["p1", "p2", "p3"]),
        "bedrag": st.one_of(st.none(), st.integers(0, 5)),
    })  # fmt: skip
    rijen = data.draw(st.lists(row, min_size=1, max_size=8))
    schema = {"a": pl.String, "m": pl.List(pl.String), "wie": pl.String, "bedrag": pl.Int32}
    spec = replace(_spec(A, M), population=((A, "wxy"),))
    found = sums(pl.DataFrame(rijen, schema), spec, "bedrag", "wie").rows()
    for cell in found:
        own: dict[str, int] = {}
        for rij in rijen:
            is_in = rij["a"] in A.parts(cell[0]) and rij["a"] != "z" and set(rij["m"]) & set(M.parts(cell[1]))
            if is_in and rij["bedrag"]:
                own[rij["wie"]] = own.get(rij["wie"], 0) + rij["bedrag"]
        first, second = [*sorted(own.values(), reverse=True), 0, 0][:2]
        assert cell[2:] == (len(own), sum(own.values()), first, second)
    assert [cell[:2] for cell in found] == list(product(A.levels, M.levels))


def test_amounts_that_the_rules_cannot_judge_are_refused() -> None:
    good = {"a": ["w"], "m": [["k"]], "wie": ["p"], "bedrag": [1]}
    wrong: tuple[tuple[dict[str, list[object]], str], ...] = (
        ({"bedrag": [-1]}, "negative"),
        ({"bedrag": [1.5]}, "whole units"),
        ({"wie": [None]}, "nobody's"),
        ({"m": ["k"]}, "as many categories"),
        ({"a": ["v"]}, "outside its closed categories"),
        ({"a": [None]}, "outside its closed categories"),
    )
    assert sums(pl.DataFrame(good), _spec(A, M), "bedrag", "wie")["som"].sum() == 8
    for change, message in wrong:
        frame = pl.DataFrame({**good, **change}, schema_overrides={"a": pl.String})
        with pytest.raises((DisclosureFailure, UnknownCategory), match=message):
            sums(frame, _spec(A, M), "bedrag", "wie")
    with pytest.raises(DisclosureFailure, match="do not have"):
        sums(pl.DataFrame(good).drop("a"), _spec(A), "bedrag", "wie")


def test_a_person_in_several_cells_counts_once_in_what_is_left() -> None:
    """Twelve contributors by the cells, six by the total: what is left of it is a sum of six persons."""
    rows = [("w", f"p{i}", 20) for i in range(6)] + [("x", f"p{i}", 20) for i in range(6)]
    rows += [("y", f"q{i}", 20) for i in range(40)] + [("z", f"r{i}", 20) for i in range(40)]
    frame = pl.DataFrame(rows, schema=["a", "wie", "bedrag"], orient="row")
    plain = _dimension("a", "wxyz")
    summed = [Summed(sums(frame, _spec(plain), "bedrag", "wie"), _spec(plain))]
    counted = _counts([{"a": a} for a, _, _ in rows], [_spec(plain)])
    values = _values(protect_sums(summed, counted, OTHER).released)
    assert values["w"] is values["x"] is None
    assert None in (values["y"], values["z"], values[TOTAAL])


def test_a_mean_is_made_of_what_is_published_and_of_nothing_else() -> None:
    _, counted, protected = _release({"w": [7] * 3, "x": [21] * 30, "y": [10] * 31, "z": [4, 5] * 20}, hidden=["w"])
    table = means(protected.released[0], counted[0])
    som, aantal = protected.released[0].frame["value"], counted[0].frame["value"]
    for mean, total, persons in zip(table["gemiddelde"], som, aantal, strict=True):
        assert mean == (None if None in (total, persons) else int(total / persons + 0.5))
    assert table.schema["gemiddelde"] == pl.Int64
    assert table.filter(pl.col("a") == "w")["gemiddelde"].to_list() == [None]
    with pytest.raises(DisclosureFailure, match="same cells"):
        means(protected.released[0], _counts([], [_spec(B)])[0])


def test_a_quantile_has_ten_persons_on_either_side() -> None:
    assert allowed_quantiles(19) == ()
    assert allowed_quantiles(20) == (50,)
    assert allowed_quantiles(40) == (25, 50, 75)
    assert allowed_quantiles(200) == (5, 10, 25, 50, 75, 90, 95)
    assert allowed_quantiles(10**6, 0) == (5, 10, 25, 50, 75, 90, 95)
    require_quantile(40, 75)
    for persons, pct in ((39, 75), (10**6, 0), (10**6, 100)):
        with pytest.raises(DisclosureFailure, match="either side"):
            require_quantile(persons, pct)
