"""What no rule about a row can see: other units, swapped days, half a file, and no word of a plausible one."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import polars as pl
import pytest

from schemas.fields import BEDRAG, GEBOORTE_DATUM, GESLACHT, LAATSTE_CONTACT, LOONWAARDE, TOEWIJZING_NUMMER
from schemas.states import SEAL, Identified
from transforms.intake.contract import Checked
from transforms.intake.plausibility import Doubt, doubts_beside, doubts_within, shape_of

Change = Callable[[pl.DataFrame], pl.DataFrame]


def _with(checked: Sequence[Checked], source: str, change: Change) -> list[Checked]:
    """The same deliveries, one of them changed."""
    return [
        replace(one, valid=Identified(change(one.valid.frame), SEAL)) if one.source.id == source else one
        for one in checked
    ]


def _said(doubts: Sequence[Doubt]) -> list[tuple[str, str]]:
    return [(doubt.source, doubt.rule) for doubt in doubts]


def _swapped_days(frame: pl.DataFrame) -> pl.DataFrame:
    """Day and month swapped where that gives a day; where not, the row would be in quarantine."""
    born = GEBOORTE_DATUM.col
    swapped = pl.date(born.dt.year(), born.dt.day(), born.dt.month())
    return frame.filter(born.dt.day() <= 12).with_columns(swapped.alias(GEBOORTE_DATUM.name))


WITHIN: dict[str, tuple[str, Change, str]] = {
    "euros that became cents": ("declaraties", lambda f: f.with_columns(BEDRAG.col * 100), "mediaan"),
    "cents that became euros": ("declaraties", lambda f: f.with_columns(BEDRAG.col // 100), "mediaan"),
    "a percentage that became a fraction": ("trajecten", lambda f: f.with_columns(LOONWAARDE.col / 100), "mediaan"),
    "day and month swapped": ("participatiewet", _swapped_days, "dag_en_maand"),
    "claims on allocations of another file": (
        "declaraties", lambda f: f.with_columns(TOEWIJZING_NUMMER.col + 10_000_000), "zonder_toewijzing",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", WITHIN)
def test_what_is_wrong_with_a_delivery_is_seen_in_it(case: str, checked: Sequence[Checked]) -> None:
    source, change, rule = WITHIN[case]
    assert doubts_within(checked) == []
    assert _said(doubts_within(_with(checked, source, change))) == [(source, rule)]


def test_a_few_rows_say_nothing(checked: Sequence[Checked]) -> None:
    for source, change, _ in WITHIN.values():
        small = _with(checked, source, lambda frame, change=change: change(frame).head(9))
        assert doubts_within(small) == []


BESIDE: dict[str, tuple[str, Change, set[str]]] = {
    "half the file": ("wmo", lambda f: f.head(len(f) // 2), {"aantal"}),
    "twice the file": ("wmo", lambda f: pl.concat([f, f]), {"aantal"}),
    "next to nothing": ("wmo", lambda f: f.head(5), {"aantal"}),
    "a column that became empty": (
        "participatiewet", lambda f: f.with_columns(pl.lit(None, pl.Date).alias(LAATSTE_CONTACT.name)), {"lege_cellen"},
    ),
    "everybody a woman": (
        "wmo", lambda f: f.with_columns(pl.lit("2").alias(GESLACHT.name)), {"verdeling"},
    ),
    "amounts four times as high": ("declaraties", lambda f: f.with_columns(BEDRAG.col * 4), {"mediaan"}),
}  # fmt: skip


@pytest.mark.parametrize("case", BESIDE)
def test_what_changed_since_the_delivery_before_is_seen_beside_it(case: str, checked: Sequence[Checked]) -> None:
    source, change, rules = BESIDE[case]
    (before,) = (one for one in checked if one.source.id == source)
    (now,) = (one for one in _with(checked, source, change) if one.source.id == source)
    found = doubts_beside(shape_of(now), shape_of(before), now.source)
    assert rules <= {doubt.rule for doubt in found}
    assert doubts_beside(shape_of(before), shape_of(before), before.source) == []


def test_a_quarter_in_which_some_came_and_left_is_plausible(checked: Sequence[Checked]) -> None:
    for one in checked:
        fewer = replace(one, valid=Identified(one.valid.frame.sample(fraction=0.85, seed=1), SEAL))
        assert doubts_beside(shape_of(fewer), shape_of(one), one.source) == []


def test_a_small_delivery_is_told_nothing_of(checked: Sequence[Checked]) -> None:
    """Shares of a few rows are of persons, and say nothing of the next delivery."""
    for one in checked:
        few = shape_of(replace(one, valid=Identified(one.valid.frame.head(49), SEAL)))
        assert (dict(few.empty_pct), dict(few.code_pct), dict(few.medians)) == ({}, {}, {})
        more = shape_of(replace(one, valid=Identified(one.valid.frame.head(52), SEAL)))
        assert doubts_beside(few, more, one.source) == []


def test_a_shape_holds_shares_and_no_value(checked: Sequence[Checked]) -> None:
    """Nothing finer than a whole percent, a number of rows or persons, or the median of many."""
    for one in checked:
        shape = shape_of(one)
        assert all(0 <= share <= 100 for share in (*shape.empty_pct.values(), *shape.code_pct.values()))
        assert shape.rows >= shape.persons
