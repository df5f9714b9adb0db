"""The scenarios keep their names: neutral is neutral, shrink shrinks, and nothing but two released numbers counts."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.errors import AssumptionImpossible
from transforms.released.scenarios import (
    MODELS,
    SHARE,
    Declared,
    all_to_wsd,
    budget_neutral,
    compute_scenarios,
    eighty,
    local_plus,
    present,
    price,
    shipped_assumptions,
)

SHARES = st.fractions(0, 1, max_denominator=1000)
CENTS, PERSONS = st.integers(1, 10**10), st.integers(1, 10_000)


@st.composite
def values(draw: st.DrawFn) -> dict[str, Fraction]:
    """Assumptions that do not contradict each other: something is left for local work."""
    now = draw(st.fractions(0, Fraction(9, 10), max_denominator=1000))
    highest = min(Fraction(3), 1 / now * Fraction(99, 100)) if now else Fraction(3)
    return {
        "wsd_aandeel": now,
        "wsd_prijs": draw(st.fractions(0, 1, max_denominator=100)) * highest,
        "neutraal_aandeel": draw(SHARES),
        "inkoop_aandeel": draw(SHARES),
        "lokale_vaste_kosten": draw(st.fractions(0, 10**6, max_denominator=1)),
        "behoud": draw(SHARES),
        "krimp": draw(SHARES),
    }


def _with(changed: dict[str, Fraction]) -> Declared:
    given = shipped_assumptions()
    return replace(
        given, assumptions=tuple(replace(one, value=changed.get(one.id, one.value)) for one in given.assumptions)
    )


@given(values())
def test_the_present_mix_costs_what_was_published(given_values: dict[str, Fraction]) -> None:
    assert price(given_values, given_values["wsd_aandeel"]) == 1
    assert present(given_values).cost == 1


@given(values(), CENTS, PERSONS)
def test_budget_neutral_is_neutral_and_spends_everything(
    given_values: dict[str, Fraction], cent: int, persons: int
) -> None:
    if price(given_values, given_values["neutraal_aandeel"]) == 0:
        return
    relative = budget_neutral(given_values)
    assert relative.cost == 1
    assert relative.extra_euro == 0
    # What the persons cost at the new price is the old budget, to the last fraction of a cent.
    assert relative.persons * price(given_values, given_values["neutraal_aandeel"]) * cent == cent
    assert compute_scenarios(cent, persons, shipped_assumptions()).outcomes["budgetneutraal"].cent == cent


@given(values(), SHARES, SHARES)
def test_more_shrink_never_costs_more_and_never_helps_more_persons(
    given_values: dict[str, Fraction], one: Fraction, other: Fraction
) -> None:
    less, more = (eighty({**given_values, "krimp": krimp}) for krimp in sorted((one, other)))
    assert more.cost <= less.cost
    assert more.persons <= less.persons


@given(values())
def test_without_shrink_and_with_everything_kept_the_eighty_is_the_present(given_values: dict[str, Fraction]) -> None:
    relative = eighty({**given_values, "behoud": Fraction(1), "krimp": Fraction(0)})
    assert (relative.cost, relative.persons) == (1, 1)


@given(values(), SHARES)
def test_every_mix_lies_between_all_local_and_all_at_wsd(given_values: dict[str, Fraction], share: Fraction) -> None:
    ends = sorted((price(given_values, Fraction(0)), all_to_wsd(given_values).cost))
    assert ends[0] <= price(given_values, share) <= ends[1]
    assert local_plus({**given_values, "inkoop_aandeel": share}).cost == price(given_values, share)


@given(CENTS, PERSONS)
def test_the_sensitivity_holds_every_outcome_and_moves_one_assumption_at_a_time(cent: int, persons: int) -> None:
    found = compute_scenarios(cent, persons, shipped_assumptions())
    for name, outcome in found.outcomes.items():
        low, high = found.reach(name)
        assert low.cent <= outcome.cent <= high.cent
        assert low.persons <= outcome.persons <= high.persons
    for swing in found.swings:
        moved = _with({swing.assumption.id: swing.low})
        again = compute_scenarios(cent, persons, moved).outcomes
        assert {name: both[0] for name, both in swing.outcomes.items()} == again


def test_a_twice_as_large_file_costs_twice_as_much_but_for_fixed_costs() -> None:
    one, two = (
        compute_scenarios(factor * 35_508_500, factor * 128, shipped_assumptions()).outcomes for factor in (1, 2)
    )
    for name in MODELS:
        fixed = 100 * shipped_assumptions().values["lokale_vaste_kosten"] if name == "lokaal_plus" else 0
        assert abs(2 * (one[name].cent - fixed) - (two[name].cent - fixed)) <= 1


def test_by_hand() -> None:
    """37,5 % at 1,10: local is 0,94. All at WSD 1,10; half 1,02; a quarter 0,98; 30 % 0,988 and 10 % fewer."""
    found = compute_scenarios(100_000_00, 1000, shipped_assumptions()).outcomes
    assert {name: one.cent for name, one in found.items()} == {
        "nu": 100_000_00,
        "alles_wsd": 110_000_00,
        "budgetneutraal": 100_000_00,
        "lokaal_plus": 98_000_00 + 55_711_00,
        "tachtig": 88_920_00,
    }
    assert (found["budgetneutraal"].persons, found["tachtig"].persons) == (980, 900)


def test_every_assumption_says_where_it_is_from_and_every_scenario_has_a_model() -> None:
    given = shipped_assumptions()
    assert given.titles.keys() == MODELS.keys()
    for one in given.assumptions:
        assert one.source.startswith(("aanname", "evaluatierapport", "80 %-scenario van het evaluatierapport"))
        assert one.unit in {SHARE, "factor", "euro"}


def test_a_price_that_leaves_nothing_for_local_work_is_refused() -> None:
    with pytest.raises(AssumptionImpossible):
        compute_scenarios(100, 1, _with({"wsd_prijs": Fraction(3)}))
