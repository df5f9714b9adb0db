"""Tables by coarser levels: the same counts as sums of categories, and the same attacker."""

import polars as pl
import pytest

from schemas.errors import DisclosureFailure
from schemas.profiles import STANDAARD
from schemas.specs import Dimension, Subtotal, TableSpec
from schemas.specs.axes import categories, subtotals
from schemas.states import SEAL, Pseudonymised, Released
from schemas.tables.coarser import TREDEGROEP, VOORZIENING, coarse
from schemas.tables.dimensions import REGELING, TREDE
from schemas.tables.dimensions import VOORZIENING as EVERY_VOORZIENING
from transforms.counting.aggregate import count
from transforms.disclosure import audit
from transforms.disclosure.counts.attack import Attack
from transforms.disclosure.model.system import build
from transforms.disclosure.sums.magnitude_rules import _inner_cells
from transforms.released.grid import kind_of

BOTTOM = coarse(
    TREDE,
    Subtotal(code="2-3", label="2 en 3", parts=("2", "3")),
    Subtotal(code="rest", label="de rest", parts=("1", "4", "5", "6", "onbekend")),
)


PWET_OF_WMO = coarse(REGELING, "pwet", "wmo_totaal")


def _table(dimension: Dimension) -> TableSpec:
    return TableSpec("T", "", "", (dimension,))


def _released(dimension: Dimension, counts: dict[str, int | None]) -> Released:
    assert tuple(counts) == dimension.levels
    value = pl.Series("value", list(counts.values()), dtype=pl.Int64)
    frame = pl.DataFrame({dimension.name: list(counts), "value": value}).with_columns(
        status=pl.when(pl.col("value").is_null()).then(pl.lit("Q")).otherwise(pl.lit("A")),
        low=pl.col("value").fill_null(0),
        high=pl.col("value").fill_null(150),
    )
    return Released(frame, _table(dimension))


def test_a_coarser_axis_shows_its_levels_in_order_and_the_total() -> None:
    assert TREDEGROEP.levels == ("1-2", "3-4", "5-6", "onbekend", "totaal")
    assert (BOTTOM.name, BOTTOM.codes, BOTTOM.parts("2-3")) == (TREDE.name, TREDE.codes, ("2", "3"))
    assert [TREDEGROEP.label(level) for level in ("1-2", "onbekend")] == [TREDE.label("1-2"), TREDE.label("onbekend")]


def test_a_coarser_table_counts_by_its_levels() -> None:
    regelingen = ["pwet"] * 3 + ["beide"] * 2 + ["wmo"]
    personen = pl.DataFrame({"persoon_id": [str(number) for number in range(6)], "regeling": regelingen})
    counted = count(Pseudonymised(personen, SEAL), _table(PWET_OF_WMO)).frame
    assert dict(counted.iter_rows()) == {"pwet": 3, "wmo_totaal": 3, "totaal": 6}


def test_a_level_is_one_count_in_a_fine_and_a_coarse_table() -> None:
    system = build([_table(TREDE), _table(TREDEGROEP)])
    fine, coarser = (dict(zip(one.levels, places, strict=True))
                     for one, places in zip((TREDE, TREDEGROEP), system.places, strict=True))  # fmt: skip
    assert all(coarser[level] == fine[level] for level in TREDEGROEP.levels)


def test_a_coarse_table_that_gives_a_fine_one_away_is_seen() -> None:
    """Trede 2 and 5 are blank; 2 and 3 together, less trede 3, is trede 2."""
    counts = {"1": 30, "2": None, "3": 40, "4": 20, "5": None, "6": 0, "onbekend": 0, "1-2": None, "3-4": 60,
              "5-6": None, "totaal": 120}  # fmt: skip
    fine = _released(TREDE, counts)
    coarser = _released(BOTTOM, {"2-3": 45, "rest": 75, "totaal": 120})
    assert [(one.low, one.high) for one in (Attack([fine], STANDAARD).interval_of(1),)] == [(0, 30)]
    assert [(one.low, one.high) for one in (Attack([fine, coarser], STANDAARD).interval_of(1),)] == [(5, 5)]
    with pytest.raises(DisclosureFailure):
        audit([fine, coarser], STANDAARD)


def test_sums_of_several_categories_that_overlap_across_tables_are_refused() -> None:
    """The attacker would be too weak: persons in any of 23 and 29 say something of those in any of 29 and 30."""
    one, other = (
        coarse(
            EVERY_VOORZIENING,
            Subtotal(code="som", label="som", parts=parts),
            Subtotal(code="rest", label="rest", parts=rest),
        )
        for parts, rest in ((("23", "29"), ("30", "31", "59", "LKS", "geen")), (("29", "30"), ("59", "LKS")))
    )
    build([_table(VOORZIENING), _table(coarse(EVERY_VOORZIENING, "LKS", "30"))])
    with pytest.raises(DisclosureFailure, match="overlap"):
        build([_table(one), _table(other)])


def test_what_holds_another_shown_level_is_a_subtotal() -> None:
    assert categories(TREDE) == TREDE.codes.values
    assert subtotals(TREDE) == TREDE.subtotals
    assert categories(TREDEGROEP) == ("1-2", "3-4", "5-6", "onbekend")
    assert (subtotals(TREDEGROEP), subtotals(PWET_OF_WMO)) == ((), ())
    assert [one.code for one in subtotals(VOORZIENING)] == ["een_of_meer"]
    assert [kind_of(VOORZIENING, level) for level in ("30", "een_of_meer", "totaal")] == [
        "deel",
        "subtotaal",
        "totaal",
    ]
    assert [kind_of(REGELING, level) for level in ("wmo", "wmo_totaal")] == ["deel", "subtotaal"]


def test_sums_over_levels_that_overlap_are_refused() -> None:
    """Both is in two of the levels, so what is left of the total after one of them is not the other."""
    overlapping = coarse(REGELING, "pwet_totaal", "wmo_totaal")
    with pytest.raises(DisclosureFailure, match="overlap"):
        _inner_cells(_table(overlapping), (0, 1, 2))
    assert _inner_cells(_table(PWET_OF_WMO), (0, 1, 2)) == [0, 1]
