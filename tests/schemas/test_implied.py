"""What segment rules tell: derived from any rule, as strong as a list by hand, and refused where it cannot be."""

from collections.abc import Iterable
from dataclasses import replace

import highspy
import numpy as np
import polars as pl
import pytest

from schemas import segments
from schemas.codes import GEEN, ONBEKEND
from schemas.errors import RuleNotEnumerable
from schemas.implied.inequalities import implied
from schemas.implied.truth_tables import RuleInput, truth_table
from schemas.profiles import KWARTAAL, STANDAARD
from schemas.segments import Segment
from schemas.specs import Dimension, Profile, TableSpec
from schemas.specs.fact import AtMost, Count
from schemas.tables import dimensions, tables_of
from schemas.tables.dimensions import READ_BY_RULES
from transforms.disclosure.model.facts import fact_relations
from transforms.disclosure.model.joint import Grid, Relation
from transforms.disclosure.model.system import _dimensions, _hidden, build

_PWET = ("pwet", "beide")
_WMO = ("beide", "wmo")
SEGMENTS = {
    dimensions.MOGELIJKHEID: (segments.MOGELIJKHEID,),
    dimensions.KANS: segments.KANSEN,
    dimensions.RISICO: segments.RISICOS,
}


def _of(name: str, *categories: str, within: tuple[str, ...] = ()) -> Count:
    """Residents in stock: the rules say nothing of who has left."""
    own = (("stand", ("lopend",)), (name, tuple(categories)))
    return (*own, ("regeling", within)) if within else own


def _equal(one: Count, other: Count) -> tuple[AtMost, AtMost]:
    return AtMost((one,), (other,)), AtMost((other,), (one,))


def _subset(part: Count, *wholes: Count) -> AtMost:
    return AtMost((part,), wholes)


def _mogelijkheid() -> Iterable[AtMost]:
    """I13 as an attacker reads it: in all of these, and whoever is not failed one of them."""
    for block in (_PWET, ("pwet",), ("beide",)):
        yes = _of("mogelijkheid", "ja", within=block)
        fails = (
            _of("loonwaarde", "<30", within=block),
            _of("ontheffing", "permanent", ONBEKEND, within=block),
        )
        yield _subset(yes, _of("trede", "3", "4", within=block))
        yield _subset(yes, _of("loonwaarde", "30-49", "50-69", "70+", ONBEKEND, GEEN, within=block))
        yield _subset(yes, _of("ontheffing", "geen", "tijdelijk", within=block))
        yield _subset(_of("trede", "3", "4", within=block), yes, *fails)


def _kans() -> Iterable[AtMost]:
    dagbesteding, trede_5, wal = (_of("kans", one) for one in ("dagbesteding", "trede_5", "wal_en_schip"))
    zrm = (_of("zrm", "werk_opleiding:3"), _of("zrm", "werk_opleiding:4-5"))
    yes = _of("mogelijkheid", "ja", within=_PWET)
    yield _subset(dagbesteding, wal)
    yield _subset(dagbesteding, _of("productcategorie", "07", within=_WMO))
    yield _subset(dagbesteding, _of("leeftijdsklasse", "<27", "27-44", "45-54", "55-65", within=_WMO))
    yield _subset(wal, *zrm)
    yield _subset(wal, _of("trede", "1", "2", within=_PWET), dagbesteding)
    yield _subset(trede_5, yes)
    yield _subset(trede_5, _of("trede", "4", within=_PWET))
    yield _subset(yes, trede_5, _of("trede", "3", within=_PWET))
    # Trede 4 and trede 1 or 2 exclude each other, whoever is in dagbesteding apart.
    yield AtMost((trede_5, wal), (_of("trede", "1", "2", "4", within=_PWET), dagbesteding))


def _risico() -> Iterable[AtMost]:
    yield from _equal(_of("risico", "geisoleerd"), _of("trede", "1"))
    yield from _equal(_of("risico", "langdurig"), _of("duurklasse", "5-9", "10+"))
    yield from _equal(_of("risico", "stapeling"), _of("belemmeringen", "3", "4"))
    yield _subset(_of("risico", "indicatie"), _of("regeling", *_WMO))
    yield _subset(_of("risico", "contact"), _of("regeling", *_PWET))


BY_HAND = (*_mogelijkheid(), *_kans(), *_risico())
"""What the three rules tell, read off them by a person; the derived facts must say all of it."""


@pytest.mark.parametrize("profile", [STANDAARD, KWARTAAL], ids=lambda profile: profile.id)
def test_what_a_person_reads_in_the_rules_follows_from_what_is_derived(profile: Profile) -> None:
    """The highest value of left - right, given all else that the attacker knows, is zero."""
    tables = tables_of(profile)
    names, system = _dimensions(tables), build(tables)
    grids = _hidden(tables, names, system.keys)[0]
    solver = _solver(system.hidden, system.relations)
    listed = [_relation(fact, names, grids) for fact in BY_HAND]
    assert [_highest(solver, one) for one in listed] == pytest.approx([0.0] * len(listed), abs=1e-6)
    without = [one for one in system.relations if one not in set(_derived(names, grids))]
    assert max(_highest(_solver(system.hidden, without), one) for one in listed) > 1


def test_tables_of_an_earlier_version_tell_their_own_facts_too() -> None:
    """What was published before the facts were derived stands in the ledger with those that were listed."""
    stock = (dimensions.IN_STOCK,)
    (fact,) = (fact for fact in _risico() if fact.left == (_of("risico", "contact"),))
    earlier = TableSpec("T1", "", "", (replace(dimensions.RISICO, facts=(fact,)),), stock)
    later = TableSpec("T2", "", "", (replace(dimensions.RISICO, facts=()),), stock)
    regeling = TableSpec("T3", "", "", (dimensions.REGELING,), stock)
    without = build([later, regeling]).relations
    assert len(build([later, earlier, regeling]).relations) == len(without) + 1


def _derived(names: dict[str, Dimension], grids: list[Grid]) -> Iterable[Relation]:
    return fact_relations((fact for one in SEGMENTS for fact in one.facts), names, grids)


def _relation(fact: AtMost, names: dict[str, Dimension], grids: list[Grid]) -> Relation:
    (found,) = fact_relations((fact,), names, grids)
    return found


def _solver(hidden: int, relations: Iterable[Relation]) -> highspy.Highs:
    """All files of at most a thousand persons per hidden cell."""
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    for _ in range(hidden):
        solver.addVar(0.0, 1000.0)
    for one in relations:
        columns, signs = zip(*one.terms, strict=True)
        solver.addRow(
            0.0 if one.exact else -highspy.kHighsInf, 0.0, len(columns), np.array(columns), np.array(signs, float)
        )
    return solver


def _highest(solver: highspy.Highs, form: Relation) -> float:
    for column, sign in form.terms:
        solver.changeColCost(column, -float(sign))
    solver.run()
    assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    highest = -float(solver.getInfo().objective_function_value)
    for column, _ in form.terms:
        solver.changeColCost(column, 0.0)
    return highest


def _made_up(rule: pl.Expr) -> Segment:
    return Segment(code="verzonnen", label="verzonnen", indicator="I99", text="Een verzonnen regel.", rule=rule)


WOMEN_ON_TREDE_2 = _made_up(
    pl.col("regeling").is_in(["pwet", "beide"]) & (pl.col("trede") == "2") & (pl.col("geslacht") == "2")
)


def _counted(*parts: tuple[str, tuple[str, ...]]) -> Count:
    return (("stand", ("lopend",)), *parts)


def test_a_new_segment_is_known_to_the_attacker_by_its_rule_alone() -> None:
    found = implied({**SEGMENTS, dimensions.RISICO: (*segments.RISICOS, WOMEN_ON_TREDE_2)}, READ_BY_RULES)["risico"]
    new = _counted(("risico", ("verzonnen",)))
    within = ("regeling", _PWET)
    assert AtMost((new,), (_counted(("trede", ("2",)), within),)) in found
    assert AtMost((new,), (_counted(("geslacht", ("2",)), within),)) in found
    women, others = _counted(("geslacht", ("2",)), within), ("1", "3", "4", "5", "6", ONBEKEND)
    assert AtMost((women,), (_counted(("trede", others), within), new)) in found
    # Beside another rule: nobody is on two treden.
    isolated = _counted(("risico", ("geisoleerd",)))
    assert any({new, isolated} <= {*fact.left} or {new, isolated} <= {*fact.right} for fact in found)
    # Whoever has no risk has not this one.
    assert any(_counted(("risico", (GEEN,))) in fact.left and fact not in dimensions.RISICO.facts for fact in found)


@pytest.mark.parametrize(
    ("rule", "problem"),
    [
        (pl.col("postcode") == "5261", "reads postcode, which no table counts"),
        (pl.col("trede") > 3, "is not true or false"),
        (pl.when(pl.col("trede") == "1").then(True), "is not true or false"),
        (pl.col("zrm").list.len() > 2, "reads more of a list"),
        (pl.col("zrm").list.len() % 4 == 3, "reads more of a list"),
    ],
)
def test_a_rule_that_cannot_be_written_out_is_refused(rule: pl.Expr, problem: str) -> None:
    with pytest.raises(RuleNotEnumerable, match=problem):
        implied({**SEGMENTS, dimensions.KANS: (*segments.KANSEN, _made_up(rule))}, READ_BY_RULES)


def test_of_a_list_only_the_categories_that_matter_are_seen() -> None:
    has = pl.col("productcategorie").list.contains
    for rule, seen in (
        (has("07") & ~has("08"), {"07", "08"}), (has("01") & has("02") & has("03"), {"01", "02", "03"}),
        (has("05") | (pl.col("trede") == "1"), {"05"}),
    ):  # fmt: skip
        columns = truth_table(_made_up(rule), READ_BY_RULES).columns
        assert {one.category for one in columns if one.column == "productcategorie"} == seen


def test_classes_that_a_rule_cannot_tell_apart_are_one() -> None:
    table = truth_table(segments.MOGELIJKHEID, READ_BY_RULES)
    assert table.columns[RuleInput("loonwaarde")][0] == {"<30"}
    assert table.columns[RuleInput("trede")][1] == {"3", "4"}
    assert int(table.truth.sum()) == 1
