"""Columns that depend on each other: found in a file, declared, and one dimension to the attacker."""

from collections.abc import Sequence
from itertools import permutations

import numpy as np
import polars as pl
import pytest

from schemas.errors import CodesUnusable, NotTogether, UnusableColumn
from schemas.specs import TOTAAL, DisclosureProfile, Family
from schemas.states import Pseudonymised
from schemas.tables import TABLES
from transforms.disclosure.model.system import build
from transforms.microdata.code_lists import read_code_lists
from transforms.microdata.dependencies import dependencies
from transforms.microdata.table_plan import Plan, Statements, plan

EXACT = DisclosureProfile()

PLACES = {"N1": "Noord", "N2": "Noord", "Z1": "Zuid", "Z2": "Zuid", "Z3": "Zuid"}


def frame_of(**columns: Sequence[str | None]) -> pl.DataFrame:
    return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))


def places(number: int = 200, **more: Sequence[str | None]) -> pl.DataFrame:
    """Persons in neighbourhoods, each in its district, and in a column of their own."""
    rng = np.random.default_rng(1)
    buurt = rng.choice(list(PLACES), number).tolist()
    reg = rng.choice(list("abc"), number).tolist()
    return frame_of(buurt=buurt, wijk=[PLACES[one] for one in buurt], reg=reg, **more)


def planned(frame: pl.DataFrame, *by: str, **said: object) -> Plan:
    return plan(frame, [one.split(",") for one in by], EXACT, (), Statements(**said))


def family_of(found: Plan) -> Family | None:
    families = {dimension.family for spec in found.specs for dimension in spec.dimensions if dimension.family}
    assert len(families) <= 1
    return next(iter(families), None)


def test_a_finer_column_and_a_coarser_one_are_one_dimension() -> None:
    found = planned(places(), "wijk,reg", "buurt,reg")
    assert [one.name for one in found.public] == ["buurt:wijk"]
    assert set(family_of(found).combinations) == {(wijk, buurt) for buurt, wijk in PLACES.items()}
    system = build(found.specs)
    # Five neighbourhoods by three: a district is a sum of hidden cells, not a cell of its own.
    assert system.hidden == 15
    wijk, buurt = found.specs
    noord = wijk.dimensions[0].sums["Noord"]
    assert noord == buurt.dimensions[0].sums["N1"] | buurt.dimensions[0].sums["N2"]


def test_twins_are_one_count() -> None:
    names = {"Noord": "nul", "Zuid": "een"}
    frame = places()
    frame = frame.with_columns(naam=frame["wijk"].replace_strict(names))
    found = planned(frame, "wijk", "naam")
    system = build(found.specs)
    assert len(system.keys) == system.hidden + 1 == 3
    assert sorted(system.places[0]) == sorted(system.places[1])


def test_two_overlapping_groupings_of_one_fine_column() -> None:
    frame = places()
    parts = {"N1": "p", "N2": "q", "Z1": "q", "Z2": "p", "Z3": "p"}
    frame = frame.with_columns(deel=frame["buurt"].replace_strict(parts))
    found = planned(frame, "wijk", "deel")
    assert {"buurt", "wijk", "deel"} == set(family_of(found).columns)
    # Z2 and Z3 are in the same groups, so that no count tells them apart.
    assert build(found.specs).hidden == 4


def test_a_table_of_a_column_and_a_coarser_one_counts_nobody_where_nobody_can_be() -> None:
    found = planned(places(), "wijk,buurt")
    system = build(found.specs)
    levels = [(w, b) for w in ("Noord", "Zuid", TOTAAL) for b in (*PLACES, TOTAAL)]
    sums = dict(zip(levels, (system.sums[place] for place in system.places[0]), strict=True))
    assert sums["Noord", "Z1"] == ()
    assert sums["Noord", "N1"] == sums[TOTAAL, "N1"]


@pytest.mark.parametrize("empty", [None, "onbekend", "NB"])
def test_an_unknown_category_hides_no_dependency(empty: str | None) -> None:
    """Of who has no neighbourhood the district is known, so that the empty one goes with several."""
    frame = places()
    unknown = pl.int_range(pl.len()) % 20 == 0
    frame = frame.with_columns(buurt=pl.when(unknown).then(pl.lit(empty, pl.String)).otherwise("buurt"))
    found = planned(frame, "wijk", "buurt")
    assert [one.name for one in found.public] == ["buurt:wijk"]
    rest = [wijk for wijk, buurt in family_of(found).combinations if buurt in {empty, "(leeg)"}]
    assert rest == ["Noord", "Zuid"]


def cells(columns: str, *rows: str) -> pl.DataFrame:
    """Persons from lines of categories and a number, such as 'P1,A 4'."""
    records = [cell.split(",") for row in rows for cell, number in [row.split(" ")] for _ in range(int(number))]
    return pl.DataFrame(records, schema=dict.fromkeys(columns.split(","), pl.String), orient="row")


def test_one_area_in_two_others_does_not_hide_that_the_rest_lies_in_one() -> None:
    rows = ("P1,A 4", "P2,A 30", "P3,B 12", "P4,B 40", "P5,C 35", "P6,C 45", "P7,B 20", "P7,C 22")
    found = planned(cells("pc4,wijk", *rows), "pc4", "wijk")
    assert "pc4:wijk" in [one.name for one in found.public]
    assert len(family_of(found).combinations) == 8


def test_what_only_some_categories_exclude_is_known() -> None:
    """Who is under the WMO is on no step; who is under the other act may be anywhere."""
    rows = ("WMO,onbekend 60", "PW,onbekend 8", "PW,1 40", "PW,2 36")
    found = planned(cells("wet,trede", *rows), "wet", "trede")
    assert ("WMO", "1") not in family_of(found).combinations
    few = planned(cells("wet,trede", "WMO,onbekend 30", "PW,onbekend 70", "PW,1 40", "PW,2 9"), "wet", "trede")
    assert ("WMO", "1") not in family_of(few).combinations
    assert ("WMO", "2") in family_of(few).combinations


def test_a_mistake_does_not_hide_what_two_columns_determine() -> None:
    rows = ("x,p,1 4", "y,q,1 30", "y,p,2 35", "x,q,2 25", "z,p,3 28", "z,q,2 33", "z,q,3 1")
    found = planned(cells("a,b,c", *rows), "a,b", "c")
    assert "a,b:c" in [one.name for one in found.public]


def test_what_several_columns_say_of_each_other_is_known() -> None:
    """A child is young, and a grown-up man is a man."""
    rng = np.random.default_rng(2)
    sex, age = (rng.choice(list(values), 300).tolist() for values in ("mv", "jo"))
    kind = ["kind" if a == "j" else s for s, a in zip(sex, age, strict=True)]
    found = planned(frame_of(sex=sex, age=age, kind=kind), "sex,age", "kind")
    assert len(family_of(found).combinations) == 4


def test_what_two_columns_determine_only_together_is_found_unless_it_may_be_chance() -> None:
    rng = np.random.default_rng(2)
    a, b = (rng.choice(list("xy"), 300).tolist() for _ in range(2))
    same = ["gelijk" if one == other else "anders" for one, other in zip(a, b, strict=True)]
    found = planned(frame_of(a=a, b=b, same=same), "a,b", "same")
    assert "a,b:same" in [one.name for one in found.public]
    assert len(family_of(found).combinations) == 4
    few = frame_of(a=list("xxyy"), b=list("pqpq"), c=list("klkk"))
    assert "a,b:c" not in [one.name for one in dependencies(few, ["a", "b", "c"], (), ())]


def test_constant_columns_and_unrelated_ones_are_no_family() -> None:
    frame = places().with_columns(gemeente=pl.lit("Vught"))
    found = planned(frame, "gemeente", "reg", "wijk")
    assert (found.public, family_of(found)) == ((), None)


def test_a_dependency_of_few_records_is_said_to_be_one() -> None:
    frame = frame_of(a=[*"ppqqrs"], b=[*"xxyyxy"])
    found = {one.name: one for one in planned(frame, "a", "b").public}
    assert found["a:b"].may_be_chance
    assert not found["a:b"].is_declared
    assert planned(frame, "a", "b", hierarchies=("a:b",)).public[0].is_declared


def test_a_dependency_may_be_declared_private_and_then_the_weaker_claim_is_printed() -> None:
    found = planned(places(), "wijk", "buurt", private=frozenset({"buurt:wijk"}))
    assert (found.public, family_of(found)) == ((), None)
    assert "buurt:wijk is declared private" in found.not_judged[0]


def test_a_dependency_but_for_a_few_records_is_used_with_those() -> None:
    frame = places()
    frame = frame.with_columns(wijk=pl.when(pl.int_range(pl.len()) == 3).then(pl.lit("Oost")).otherwise("wijk"))
    found = planned(frame, "wijk", "buurt")
    assert [one.name for one in found.public] == ["buurt:wijk"]
    assert len(family_of(found).combinations) == len(PLACES) + 1
    with pytest.raises(UnusableColumn, match="1 records say otherwise"):
        planned(frame, "wijk", "buurt", hierarchies=("buurt:wijk",))


@pytest.mark.parametrize("private", ["buurt", "burt:wijk", "buurt:wijk:reg"])
def test_what_is_private_names_columns(private: str) -> None:
    with pytest.raises(NotTogether, match="--private buurt:wijk"):
        planned(places(), "wijk", private=frozenset({private}))


@pytest.mark.parametrize("hierarchy", ["wijk", "wijk:straat", "wijk:wijk", ":wijk"])
def test_a_hierarchy_names_columns_of_the_file(hierarchy: str) -> None:
    with pytest.raises(NotTogether, match="buurt:wijk:gemeente"):
        planned(places(), "wijk", hierarchies=(hierarchy,))


def test_code_lists_give_order_hierarchy_and_what_cannot_exist() -> None:
    lists = read_code_lists(
        """
        [reg]
        values = ["c", "a", "b", "d"]
        [buurt.determines.gebied]
        N1 = "west"
        N2 = "west"
        Z1 = "west"
        Z2 = "oost"
        Z3 = "oost"
        [[impossible]]
        reg = ["a", "d"]
        wijk = ["Noord"]
        """
    )
    frame = places().filter(~((pl.col("reg") == "a") & (pl.col("wijk") == "Noord")))
    found = planned(frame, "reg", "wijk", lists=lists)
    assert found.specs[0].dimensions[0].codes.values == ("c", "a", "b", "d")
    family = family_of(found)
    assert family.columns == ("reg", "wijk")
    assert ("a", "Noord") not in family.combinations
    assert ("d", "Zuid") in family.combinations
    with pytest.raises(UnusableColumn, match="go together otherwise"):
        planned(places(), "reg", "wijk", lists=lists)
    with pytest.raises(CodesUnusable, match="a category that its list does not have"):
        planned(places(reg2=["z"] * 200), "reg2", lists=read_code_lists('[reg2]\nvalues = ["y"]'))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[wijk", "no TOML"),
        ("wijk = 1", "no table"),
        ("[wijk]\nvalues = 3", "list of categories"),
        ('[wijk]\nvalues = ["a", "a"]', "twice"),
        ('[wijk]\nvalus = ["a"]', "valus"),
        ('[wijk]\nvalues = ["B"]\n[wijk.was]\nA = "B"', "list of categories"),
        ('[wijk.was]\nA = ["B"]', "needs the values"),
        ("[buurt.determines.wijk]\nA = 1", "one category"),
        ("[[impossible]]\nwijk = ['A']", "two columns"),
    ],
)
def test_code_lists_that_say_something_else_are_refused(text: str, problem: str) -> None:
    with pytest.raises(CodesUnusable, match=problem):
        read_code_lists(text)


def test_no_axis_of_the_pipeline_follows_from_another_one(personen: Pseudonymised) -> None:
    """Of everybody in stock, in the sample: else an attacker would have to be told, as he is of coarser levels."""
    columns = {dimension.name for table in TABLES for dimension in table.dimensions if not dimension.multiple}
    frame = personen.frame.filter(pl.col("stand") == "lopend")
    axes = [name for name in frame.columns if name in columns and not frame.get_column(name).null_count()]
    assert len(axes) > 12
    categories = {name: frame.get_column(name).n_unique() for name in axes}
    found = [
        (fine, coarse)
        for fine, coarse in permutations(axes, 2)
        if categories[coarse] > 1 and frame.select(fine, coarse).n_unique() == categories[fine]
    ]
    assert found == []
