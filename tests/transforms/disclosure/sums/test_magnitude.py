"""Sums and means against attackers who do not share the code of the search."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, product

import numpy as np
import polars as pl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from schemas.errors import DisclosureFailure, UnknownCategory
from schemas.specs import TOTAAL
from schemas.specs.sums import MONEY, OTHER, SumProfile
from schemas.states import ReleasedSums, Summed
from tests.builders.amounts import (
    RELEASES,
    A,
    B,
    C,
    Cell,
    M,
    Outsider,
    Persoon,
    breaks_a_rule,
    cells_of,
    contributions_of,
    counts_of,
    dimension_of,
    drawn_personen,
    is_in,
    problems_of,
    size_of,
    spec_of,
    summed_of,
)
from transforms.disclosure.sums.magnitude import allowed_quantiles, means, protect_sums, require_quantile, sums
from transforms.disclosure.sums.magnitude_audit import audit_sums
from transforms.disclosure.sums.magnitude_rules import is_sensitive


@pytest.mark.parametrize("name", RELEASES)
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_no_attacker_estimates_a_suppressed_sum(name: str, data: st.DataObject) -> None:
    specs = RELEASES[name]
    size = size_of(specs)
    numbers = data.draw(st.lists(st.sampled_from([0, 1, 1, 2, 8, 15, 40]), min_size=size, max_size=size))
    personen = drawn_personen(specs, numbers, data.draw(st.integers(0, 99)), data.draw(st.sampled_from([40, 10**8])))
    everybody: Cell = {}
    assume(personen and not breaks_a_rule(contributions_of(personen, everybody), OTHER))
    aantallen = [sum(is_in(p, cell) for p in personen) for spec in specs for cell in cells_of(spec)]
    cells = [cell for spec in specs for cell in cells_of(spec)]
    small = [cell for cell, aantal in zip(cells, aantallen, strict=True) if aantal in range(1, 5)]
    counted = counts_of(personen, specs, small)
    released = protect_sums(summed_of(personen, specs), counted, OTHER).released
    assert list(problems_of(personen, released, counted, OTHER)) == []
    audit_sums(released, counted, OTHER)
    outsider = Outsider(released, counted)
    for table in released:
        for cell, row in zip(cells_of(table.spec), table.frame.iter_rows(named=True), strict=True):
            low, high = outsider.ends(cell)
            assert row["low"] == pytest.approx(low, abs=1 + 1e-6 * high)
            if row["high"] is None:
                assert high >= 1e9
            else:
                assert row["high"] == pytest.approx(high, abs=1 + 1e-6 * high)


def _release(amounts: dict[str, Sequence[int]], profile: SumProfile = OTHER, hidden: Sequence[str] = ()):
    """One table over `a`, from the amounts per category."""
    personen: list[Persoon] = [{"a": value, "bedrag": amount} for value, own in amounts.items() for amount in own]
    counted = counts_of(personen, [spec_of(A)], [{"a": frozenset(value)} for value in hidden])
    protected = protect_sums(summed_of(personen, [spec_of(A)]), counted, profile)
    return personen, counted, protected


def _values(released: Sequence[ReleasedSums]) -> dict[str, int | None]:
    return dict(released[0].frame.select("a", "value").iter_rows())


@settings(max_examples=10, deadline=None)
@given(amounts=st.lists(st.lists(st.sampled_from([1, 1, 1, 2, 5]), min_size=0, max_size=14), min_size=4, max_size=4))
def test_listing_every_division_of_the_total_finds_the_same_intervals(amounts) -> None:
    own = dict(zip("wxyz", amounts, strict=True))
    total = sum(map(sum, amounts))
    assume(0 < total <= 60 and not breaks_a_rule(sorted((i for o in amounts for i in o), reverse=True), OTHER))
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
    spec = replace(spec_of(A), disclosure=replace(spec_of(A).disclosure, margin_factor=1))
    personen = drawn_personen([spec], data.draw(st.lists(st.sampled_from([1, 4, 11, 30]), min_size=4, max_size=4)), 1)
    assume(not breaks_a_rule(contributions_of(personen, {}), OTHER))
    counted = counts_of(personen, [spec])
    summed = summed_of(personen, [spec])
    found = protect_sums(summed, counted, OTHER)
    assume(_values(found.released)[TOTAAL] is not None)
    assert found.suppression.status == "optimal"
    assert found.suppression.bound == found.suppression.cost == found.audit.suppressed
    levels = [level for level in A.levels if level != TOTAAL]
    for size in range(found.audit.suppressed):
        for chosen in combinations(levels, size):
            value = pl.when(~pl.col("a").is_in(chosen)).then("som").alias("value")
            guess = [ReleasedSums(summed[0].frame.select("a", value), spec)]
            assert list(problems_of(personen, guess, counted, OTHER))


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
    assert bool(is_sensitive(len(own), sum(own), first, second, OTHER)) is expected is breaks_a_rule(own, OTHER)


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
    spec, naive = spec_of(A), {"w", "x", "wx"}
    value = pl.when(~pl.col("a").is_in(naive)).then("som").alias("value")
    guess = [ReleasedSums(summed_of(personen, [spec])[0].frame.select("a", value), spec)]
    assert {"insider", "left"} <= set(problems_of(personen, guess, counted, OTHER))


def test_all_but_one_cell_is_not_left_when_that_is_of_few() -> None:
    """No row tells it: the totals of the rows that it is in are suppressed, but the grand total is not."""
    spec = spec_of(B, dimension_of("e", "mn"))
    personen = [
        {"b": b, "e": e, "bedrag": amount}
        for b, e, number, amount in (("p", "m", 100, 1), ("p", "n", 4, 5), ("q", "m", 4, 5))
        for _ in range(number)
    ]
    released = protect_sums(summed_of(personen, [spec]), counts_of(personen, [spec]), OTHER).released
    values = {row[:2]: row[2] for row in released[0].frame.select("b", "e", "value").iter_rows()}
    assert None in (values["p", "m"], values[TOTAAL, TOTAAL])


@pytest.mark.parametrize(("numbers", "seed"), [((1, 40, 15, 2, 8, 0, 15, 40), 941315), ((8, 1, 15, 1, 2, 8, 15, 8), 5)])
def test_whole_units_do_not_tell_more(numbers: tuple[int, ...], seed: int) -> None:
    specs = RELEASES["three-way"]
    personen = drawn_personen(specs, numbers, seed)
    small = [cell for cell in cells_of(specs[0]) if sum(is_in(p, cell) for p in personen) in range(1, 5)]
    counted = counts_of(personen, specs, small)
    released = protect_sums(summed_of(personen, specs), counted, OTHER).released
    assert list(problems_of(personen, released, counted, OTHER, whole=True)) == []


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
    personen = drawn_personen(specs, [*[0] * 14, 1, 0, 0, 15], 0)
    small = [cell for spec in specs for cell in cells_of(spec) if sum(is_in(p, cell) for p in personen) == 1]
    counted = counts_of(personen, specs, small)
    released = protect_sums(summed_of(personen, specs), counted, OTHER).released
    assert list(problems_of(personen, released, counted, OTHER)) == []


def test_sums_and_counts_of_other_cells_or_persons_are_refused() -> None:
    personen = drawn_personen([spec_of(C, B)], [20] * 6, 0)
    summed, counted = summed_of(personen, [spec_of(C, B)]), counts_of(personen, [spec_of(B)])
    with pytest.raises(DisclosureFailure, match="table of counts"):
        protect_sums(summed, counted, OTHER)
    with pytest.raises(DisclosureFailure, match="more contributors"):
        protect_sums(summed, counts_of(personen[:60], [spec_of(C, B)]), OTHER)
    counted = counts_of(personen, [spec_of(C, B)])
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
    spec = replace(spec_of(A, M), population=((A, "wxy"),))
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
    assert sums(pl.DataFrame(good), spec_of(A, M), "bedrag", "wie")["som"].sum() == 8
    for change, message in wrong:
        frame = pl.DataFrame({**good, **change}, schema_overrides={"a": pl.String})
        with pytest.raises((DisclosureFailure, UnknownCategory), match=message):
            sums(frame, spec_of(A, M), "bedrag", "wie")
    with pytest.raises(DisclosureFailure, match="do not have"):
        sums(pl.DataFrame(good).drop("a"), spec_of(A), "bedrag", "wie")


def test_a_person_in_several_cells_counts_once_in_what_is_left() -> None:
    """Twelve contributors by the cells, six by the total: what is left of it is a sum of six persons."""
    rows = [("w", f"p{i}", 20) for i in range(6)] + [("x", f"p{i}", 20) for i in range(6)]
    rows += [("y", f"q{i}", 20) for i in range(40)] + [("z", f"r{i}", 20) for i in range(40)]
    frame = pl.DataFrame(rows, schema=["a", "wie", "bedrag"], orient="row")
    plain = dimension_of("a", "wxyz")
    summed = [Summed(sums(frame, spec_of(plain), "bedrag", "wie"), spec_of(plain))]
    counted = counts_of([{"a": a} for a, _, _ in rows], [spec_of(plain)])
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
        means(protected.released[0], counts_of([], [spec_of(B)])[0])


def test_a_quantile_has_ten_persons_on_either_side() -> None:
    assert allowed_quantiles(19) == ()
    assert allowed_quantiles(20) == (50,)
    assert allowed_quantiles(40) == (25, 50, 75)
    assert allowed_quantiles(200) == (5, 10, 25, 50, 75, 90, 95)
    assert allowed_quantiles(10**6, 0) == (5, 10, 25, 50, 75, 90, 95)
    require_quantile(40, 75)
    require_quantile(100, 90)
    for persons, pct in ((39, 75), (99, 90), (99, 10), (10**6, 0), (10**6, 100)):
        with pytest.raises(DisclosureFailure, match="either side"):
            require_quantile(persons, pct)
