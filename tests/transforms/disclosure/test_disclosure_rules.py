"""The rules at their limits: what may not be published, what may not be proven, and what a blank cell costs."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from schemas.codes import ONBEKEND, Code, CodeList
from schemas.profiles import MINIMUM_HOUSEHOLDS, STANDAARD
from schemas.specs import Dimension, DisclosureProfile, TableSpec, Weight
from schemas.specs.fact import AtMost
from tests.builders.releases import counted_of, dimension_of, spec_of, types_of
from transforms.disclosure import protect
from transforms.disclosure.counts.groups import is_most
from transforms.disclosure.counts.households import Households
from transforms.disclosure.counts.rules import (
    Demand,
    Share,
    complements,
    demands,
    groups,
    most,
    prices,
    reasons,
    sensitive_counts,
)
from transforms.disclosure.model.system import build

FEW = "1 tot en met 9 inwoners"


def _dimension(name: str, *values: str) -> Dimension:
    return Dimension(
        name=name,
        title=name,
        codes=CodeList(id=name, codes=tuple(Code(code=value, label=value) for value in values), source="test"),
    )


KIND = _dimension("kind", "k", "l", ONBEKEND)
AREA = _dimension("area", "p", "q")


def _spec(*dimensions: Dimension, **disclosure: object) -> TableSpec:
    return TableSpec("T", "", "", dimensions, disclosure=DisclosureProfile(**disclosure))


def _flat(*counts: int) -> tuple[list[TableSpec], np.ndarray]:
    """A table by one dimension with these counts."""
    values = [f"v{number}" for number in range(len(counts))]
    return [_spec(_dimension("a", *values))], np.array([*counts, sum(counts)])


def _grouped(zeros: bool, *rows: Sequence[int]) -> tuple[list[TableSpec], np.ndarray]:
    """Kinds (k, l, unknown) per area, the kind sensitive; margins added."""
    inner = np.array(rows)
    whole = np.vstack([inner, inner.sum(axis=0)])
    table = np.hstack([whole, whole.sum(axis=1, keepdims=True)])
    return [_spec(AREA, KIND, sensitive=(KIND,), zeros=zeros)], table.ravel()


def test_a_count_is_small_from_one_to_nine() -> None:
    specs, truth = _flat(0, 1, 9, 10, 40)
    found = sensitive_counts(build(specs), specs, truth, STANDAARD)
    assert found.tolist() == [False, True, True, False, False, False]


def test_everything_but_one_cell_may_not_be_a_few_persons() -> None:
    for rest, is_few in ((0, False), (1, True), (9, True), (10, False)):
        specs, truth = _flat(50, rest)
        system = build(specs)
        found = demands(system, specs, truth, STANDAARD)
        assert found == ([Demand(((2, 1), (0, -1)), 10)] if is_few else [])
        assert (reasons(system, specs, truth, STANDAARD).get(0) is not None) == is_few


def test_every_cell_has_a_rest_in_its_own_table() -> None:
    specs = [_spec(KIND), _spec(AREA, KIND)]
    system = build(specs)
    assert system.places[0] == (0, 1, 2, 3)
    assert complements(system, specs) == [Share(cell, 3) for cell in range(12) if cell != 3]


def test_a_group_is_the_row_of_a_sensitive_dimension_without_the_unknown() -> None:
    specs = [_spec(AREA, KIND, sensitive=(KIND,))]
    assert groups(build(specs), specs) == [Share(row * 4 + kind, row * 4 + 3) for row in range(3) for kind in (0, 1)]
    turned = [_spec(KIND, AREA, sensitive=(KIND,), zeros=True)]
    wanted = [Share(kind * 3 + row, 9 + row, zeros=True) for kind in (0, 1) for row in range(3)]
    assert groups(build(turned), turned) == wanted
    assert groups(build(two := [_spec(AREA, KIND)]), two) == []


def test_nobody_of_a_group_is_sensitive_in_a_group_of_ten() -> None:
    for rows, zeros, expected in (
        (((0, 10, 0), (20, 20, 0)), False, {0}),
        (((0, 9, 0), (20, 20, 0)), False, {1}),  # 9 is small itself; its 0 is not told of a group
        (((0, 9, 0), (20, 20, 0)), True, {0, 1}),
        (((0, 1, 0), (20, 20, 0)), True, {0, 1}),
        (((0, 0, 0), (20, 20, 0)), True, set()),  # nobody of nobody
    ):
        specs, truth = _grouped(zeros, *rows)
        found = sensitive_counts(build(specs), specs, truth, STANDAARD)
        assert set(np.flatnonzero(found[:3])) == expected
    # Nobody in the whole table of a kind; nothing of what is unknown.
    specs, truth = _grouped(False, (0, 20, 0), (0, 30, 0))
    found = sensitive_counts(build(specs), specs, truth, STANDAARD)
    assert np.flatnonzero(found).tolist() == [0, 4, 8]


def test_nine_of_ten_are_most_of_a_group() -> None:
    assert is_most(9, 10, 90)
    assert is_most(90, 100, 90)
    assert not is_most(89, 100, 90)
    assert not is_most(8, 10, 90)
    assert most(Share(3, 7), STANDAARD) == ((7, 90), (3, -100))


def test_most_of_a_group_of_ten_may_not_be_proven() -> None:
    rows = (((90, 10, 0), True), ((89, 11, 0), False), ((10, 0, 0), True), ((9, 0, 1), True), ((9, 0, 0), False))
    for row, is_told in rows:
        specs, truth = _grouped(False, row, (20, 20, 20))
        system = build(specs)
        demand = Demand(((3, 90), (0, -100)), 1)
        assert (demand in demands(system, specs, truth, STANDAARD)) == is_told
        assert (reasons(system, specs, truth, STANDAARD).get(0, [""])[0] == "groep") == (is_told and row[0] >= 10)


def test_the_officer_is_told_the_rule_and_the_threshold_before_others() -> None:
    specs, truth = _grouped(False, (0, 93, 3), (40, 40, 9))
    share, nobody = "90 % of meer van deze groep valt", "niemand van deze groep valt"
    told = reasons(build(specs), specs, truth, STANDAARD)
    assert told == {
        0: ("groep", f"{nobody} in deze gevoelige categorie"),
        1: ("groep", f"{share} in deze categorie"),
        2: ("drempel", FEW),
        6: ("drempel", FEW),
    }
    specs, truth = _flat(95, 5)
    told = reasons(build(specs), specs, truth, STANDAARD)
    assert told == {0: ("rest", f"buiten deze cel telt de tabel nog {FEW}"), 1: ("drempel", FEW)}
    assert reasons(build(specs), specs, np.array([95, 0, 95]), STANDAARD) == {}
    specs, truth = _grouped(False, (0, 9, 0), (40, 40, 40))
    assert 0 not in reasons(build(specs), specs, truth, STANDAARD)
    specs, truth = _grouped(True, (0, 9, 0), (40, 40, 40))
    assert 0 in reasons(build(specs), specs, truth, STANDAARD)


@pytest.mark.parametrize(
    ("weight", "one", "sixty"), [(Weight.CELLS, 1, 1), (Weight.COUNT, 2, 64), (Weight.LOG, 11, 61)]
)
def test_a_blank_cell_costs_its_weight_and_a_margin_three_times_that(weight: Weight, one: int, sixty: int) -> None:
    specs = [_spec(AREA, _dimension("b", "s", "t"), weight=weight)]
    truth = np.full(9, 63)
    truth[0] = 1
    inner, margin = [0, 1, 3, 4], [2, 5, 6, 7, 8]
    found = prices(build(specs), specs, truth)
    assert found[inner].tolist() == [one, sixty, sixty, sixty]
    assert set(found[margin]) == {3 * sixty}


def test_a_cell_of_two_tables_costs_as_much_as_both() -> None:
    specs = [_spec(AREA), _spec(AREA, _dimension("b", "s", "t"), margin_factor=5)]
    found = prices(build(specs), specs, np.full(9, 20))
    assert found.tolist() == [8, 8, 8, 1, 1, 1, 1, 5, 5]


def test_who_is_not_in_a_category_that_others_share_is_a_group_too() -> None:
    """Of 55 persons in p, 50 are in k: five are not, and no cell of the table is theirs."""
    by, kinds = dimension_of("b", "pq"), dimension_of("m", "kl", multiple=True)
    spec = spec_of(by, kinds)
    known = {("p", frozenset("k")): 25, ("p", frozenset("l")): 5, ("p", frozenset("kl")): 25}
    numbers = [known.get((one["b"], one["m"]), 40) for one in types_of([spec])]
    (table,) = protect(counted_of(numbers, types_of([spec]), [spec]), replace(STANDAARD, pooled=0)).released
    assert None in (table.frame["value"][0], table.frame["value"][2])


def test_who_is_outside_a_population_is_too_few_to_tell() -> None:
    """Of 63 with a job the loonwaarde of 62 is measured: that of one is not."""
    kind, measured = _dimension("soort", "p", "q"), _dimension("gemeten", "j", "n")
    specs = [_spec(kind), _spec(measured), replace(_spec(kind), population=((measured, "j"),))]
    system = build(specs)
    assert [len(key) for key in system.keys] == [1, 1, 0, 1, 1, 2, 2]
    truth = np.array([63, 40, 103, 92, 11, 62, 30])
    one = Demand(((0, 1), (5, -1)), STANDAARD.threshold)
    assert one in demands(system, specs, truth, STANDAARD)
    assert reasons(system, specs, truth, STANDAARD)[5][0] == "rest"
    # Ten outside it are enough.
    assert not demands(system, specs, np.array([63, 40, 103, 82, 21, 52, 30]), STANDAARD)


@pytest.mark.parametrize(("part", "group", "expected"), [(179, 200, False), (180, 200, True), (9, 10, True)])
def test_most_of_a_group_begins_at_the_share(part: int, group: int, expected: bool) -> None:
    assert is_most(part, group, 90) == expected


def test_who_fails_a_rule_within_a_count_that_it_lies_in_is_a_complement() -> None:
    """Whoever is in segment k is in area p, by a rule: those of p who are not in k are in no cell of their own."""
    fact = AtMost(((("segment", ("k",)),),), ((("area", ("p",)),),))
    segment = replace(_dimension("segment", "k", "l"), facts=(fact,))
    specs = [_spec(AREA), _spec(segment)]
    system = build(specs)
    part, group = (system.places[table][0] for table in (1, 0))
    assert Share(part, group) in complements(system, specs)
    assert Share(part, group) not in complements(system, [_spec(AREA), _spec(_dimension("segment", "k", "l"))])


@pytest.mark.parametrize(
    ("households", "is_few"), [(1, True), (MINIMUM_HOUSEHOLDS - 1, True), (MINIMUM_HOUSEHOLDS, False)]
)
def test_few_households_are_fewer_than_the_least_number(households: int, is_few: bool) -> None:
    spec = spec_of(dimension_of("a", "xyz"))
    persons = pl.DataFrame({"a": ["x"] * 12 + ["y"] * 9})
    home = pl.Series([*range(households), *[0] * (12 - households), *[90] * 9])
    truth = np.array([12, 9, 0, 21])
    few = Households(build([spec]), [spec], persons, home, truth=truth, threshold=10).few()
    assert few.tolist() == [
        is_few,
        False,
        False,
        households + 1 < MINIMUM_HOUSEHOLDS,
    ]  # nine persons are judged as such


def test_the_officer_is_told_that_one_person_is_below_the_threshold() -> None:
    specs, truth = _flat(0, 1, 9, 10, 40)
    assert reasons(build(specs), specs, truth, STANDAARD) == {1: ("drempel", FEW), 2: ("drempel", FEW)}
