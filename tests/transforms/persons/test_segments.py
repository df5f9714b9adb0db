"""Segments and what they are made of: persons by hand at every border, and what readers know of the rules."""

from dataclasses import replace
from datetime import date
from random import Random

import polars as pl
import pytest

from schemas import codes, segments
from schemas.errors import DisclosureFailure
from schemas.profiles import DEEL, KWARTAAL, STANDAARD
from schemas.specs import Dimension, Profile, TableSpec
from schemas.specs.fact import AtMost
from schemas.states import SEAL, Pseudonymised, Released
from schemas.tables import TABLES, dimensions, tables_of
from tests.builders.handmade import deliveries
from tests.builders.sample import PEILDATUM
from transforms.disclosure import audit
from transforms.disclosure.counts.attack import Attack
from transforms.disclosure.model.facts import fact_relations
from transforms.disclosure.model.system import _dimensions, _hidden, build
from transforms.persons.derive import beweging, derive, loonwaardeklasse
from transforms.persons.link import link

D = date
PWET = [("p", 40, 40, D(2018, 1, 1), None)]
WMO = [("p", 40, 40, D(2018, 1, 1), None, "07")]
ON_LADDER = {trede: [("p", trede, D(2019, 1, 1))] for trede in "123456"}
WORKS = [("p", "werk_opleiding", 3, D(2019, 1, 1))]
FREE = {"p": {"ontheffing_code": "00"}}


def person(*rows: object, **circumstances: object) -> dict[str, object]:
    """The derived columns of the one person in these deliveries."""
    given = deliveries(*rows, **circumstances)  # type: ignore[arg-type]
    return derive(link(given, peildatum=PEILDATUM).personen, peildatum=PEILDATUM).frame.row(0, named=True)


@pytest.mark.parametrize(
    ("trede", "code", "loonwaarde", "expected"),
    [
        ("3", "00", None, "ja"), ("4", "00", None, "ja"), ("2", "00", None, "nee"), ("5", "00", None, "nee"),
        ("3", "01", None, "ja"), ("3", "02", None, "ja"), ("3", "03", None, "nee"), ("3", None, None, "nee"),
        ("3", "00", 30.0, "ja"), ("3", "00", 29.5, "nee"), ("3", "00", 100.0, "ja"),
    ],
)  # fmt: skip
def test_next_step_possible(trede: str, code: str | None, loonwaarde: float | None, expected: str) -> None:
    trajecten = [("p", D(2019, 1, 1), None, "30", loonwaarde)]
    found = person(PWET, [], ON_LADDER[trede], trajecten, p={"ontheffing_code": code})
    assert found["mogelijkheid"] == expected
    assert ("trede_5" in found["kans"]) == (expected == "ja" and trede == "4")


def test_next_step_is_of_the_participatiewet_and_needs_a_recent_trede() -> None:
    assert person([], WMO, ON_LADDER["3"], **FREE)["mogelijkheid"] == "nee"
    assert person(PWET, [], [("p", "3", D(2018, 7, 1))], **FREE)["mogelijkheid"] == "nee"
    assert person(PWET, [], [], **FREE)["mogelijkheid"] == "nee"


@pytest.mark.parametrize(
    ("age", "category", "score", "expected"),
    [
        (65, "07", 3, ["dagbesteding", "wal_en_schip"]), (65, "07", 5, ["dagbesteding", "wal_en_schip"]),
        (66, "07", 3, ["geen"]), (65, "07", 2, ["geen"]), (65, "02", 3, ["geen"]),
    ],
)  # fmt: skip
def test_dagbesteding_with_potential(age: int, category: str, score: int, expected: list[str]) -> None:
    wmo = [("p", age, age, D(2018, 1, 1), None, category)]
    assert person([], wmo, [], [], [("p", "werk_opleiding", score, D(2019, 1, 1))])["kans"] == expected


def test_an_unknown_age_is_no_chance() -> None:
    assert person([], [("p", 40, 60, D(2018, 1, 1), None, "07")], [], [], WORKS)["kans"] == ["geen"]


def test_another_domain_or_an_old_score_is_no_potential() -> None:
    for score in (("p", "tijdsbesteding", 5, D(2019, 1, 1)), ("p", "werk_opleiding", 5, D(2018, 7, 1))):
        assert person([], WMO, [], [], [score])["kans"] == ["geen"]


@pytest.mark.parametrize(("trede", "expected"), [("1", True), ("2", True), ("3", False)])
def test_between_ship_and_shore_is_the_bottom_of_pwet_with_potential(trede: str, *, expected: bool) -> None:
    assert ("wal_en_schip" in person(PWET, [], ON_LADDER[trede], [], WORKS)["kans"]) == expected
    assert person(PWET, [], ON_LADDER[trede], [], [])["kans"] == ["geen"]
    assert person([], [("p", 40, 40, D(2018, 1, 1), None, "01")], ON_LADDER[trede], [], WORKS)["kans"] == ["geen"]


def test_about_thirty_are_between_ship_and_shore(personen: Pseudonymised) -> None:
    """The evaluation report says 'ongeveer 30'; the sample is made so."""
    assert 25 <= personen.frame.filter(pl.col("kans").list.contains("wal_en_schip")).height <= 35


LOW = [("p", domain, 2, D(2019, 1, 1)) for domain in codes.ZRM_DOMEINEN.values]
PAST = D(2018, 7, 1)  # Twelve months before the peildatum to the day.
RISKS = {
    "isolated": ({"ladder": ON_LADDER["1"]}, ["geisoleerd"]),
    "not isolated": ({"ladder": ON_LADDER["2"]}, ["geen"]),
    "three barriers": ({"zrm": LOW[:3]}, ["stapeling"]),
    "two barriers": ({"zrm": [*LOW[:2], ("p", codes.ZRM_DOMEINEN.values[2], 3, D(2019, 1, 1))]}, ["geen"]),
    "ends in six months": ({"wmo": [("p", 40, 40, D(2018, 1, 1), D(2020, 1, 1), "01")]}, ["indicatie"]),
    "ends a day later": ({"wmo": [("p", 40, 40, D(2018, 1, 1), D(2020, 1, 2), "01")]}, ["geen"]),
    "runs on": ({"wmo": [("p", 40, 40, D(2018, 1, 1), None, "01")]}, ["geen"]),
    "five years": ({"pwet": [("p", 40, 40, D(2014, 7, 1), None)]}, ["langdurig"]),
    "a day less": ({"pwet": [("p", 40, 40, D(2014, 7, 2), None)]}, ["geen"]),
    "not spoken to": ({"p": {"laatste_contact_datum": D(2018, 6, 30)}}, ["contact"]),
    "twelve months": ({"p": {"laatste_contact_datum": PAST}}, ["geen"]),
    "contact unknown": ({"p": {"laatste_contact_datum": None}}, ["geen"]),
    "two at once": ({"ladder": ON_LADDER["1"], "zrm": LOW}, ["geisoleerd", "stapeling"]),
}  # fmt: skip


@pytest.mark.parametrize(("given", "expected"), RISKS.values(), ids=RISKS)
def test_risks(given: dict, expected: list[str]) -> None:
    found = person(given.pop("pwet", PWET), given.pop("wmo", []), **given)
    assert found["risico"] == expected


@pytest.mark.parametrize(
    ("earlier", "measured", "expected"),
    [
        ("2", D(2018, 7, 1), "omhoog"), ("3", D(2018, 7, 1), "gelijk"), ("4", D(2018, 7, 1), "omlaag"),
        ("2", D(2017, 7, 1), "omhoog"), ("2", D(2017, 6, 30), "onbekend"), ("2", D(2018, 7, 2), "onbekend"),
    ],
)  # fmt: skip
def test_movement_between_six_and_eighteen_months(earlier: str, measured: date, expected: str) -> None:
    ladder = [("p", "3", D(2019, 1, 1)), ("p", earlier, measured)]
    assert person(PWET, [], ladder)["beweging"] == expected


def test_the_most_recent_earlier_measurement_is_compared() -> None:
    ladder = [("p", "3", D(2019, 1, 1)), ("p", "4", D(2018, 1, 1)), ("p", "1", D(2017, 9, 1))]
    assert person(PWET, [], ladder)["beweging"] == "omlaag"


@pytest.mark.parametrize(
    ("pct", "klasse"),
    [(0, "<30"), (29.9, "<30"), (30, "30-49"), (49.5, "30-49"), (50, "50-69"), (70, "70+"), (None, "onbekend")],
)
def test_loonwaarde_at_its_borders(pct: float | None, klasse: str) -> None:
    frame = pl.DataFrame({"pct": [pct, pct], "has": [True, False]}, schema={"pct": pl.Float64, "has": pl.Boolean})
    assert frame.select(loonwaardeklasse(pl.col("pct"), pl.col("has"))).to_series().to_list() == [klasse, "geen"]


def test_movement_of_every_pair_of_treden() -> None:
    pairs = [(now, before) for now in "123456" for before in "123456"]
    frame = pl.DataFrame(pairs, schema=["now", "before"], orient="row")
    expected = ["omhoog" if n > b else "omlaag" if n < b else "gelijk" for n, b in pairs]
    assert frame.select(beweging(pl.col("now"), pl.col("before"))).to_series().to_list() == expected


def test_contradicting_sexes_and_the_last_benefit() -> None:
    given = deliveries([("p", 40, 40, D(2018, 1, 1), None)], WMO, p={"geslacht": "1", "leefvorm_code": "02"})
    agreed = derive(link(given, peildatum=PEILDATUM).personen, peildatum=PEILDATUM).frame.row(0, named=True)
    given["wmo"] = given["wmo"].then(lambda frame: frame.with_columns(geslacht=pl.lit("2")))
    contradicted = derive(link(given, peildatum=PEILDATUM).personen, peildatum=PEILDATUM).frame.row(0, named=True)
    assert (agreed["geslacht"], agreed["leefvorm"], contradicted["geslacht"]) == ("1", "02", "0")


def test_every_segment_is_declared_once_and_counted() -> None:
    counted = {
        code for one in (dimensions.MOGELIJKHEID, dimensions.KANS, dimensions.RISICO) for code in one.codes.values
    }
    assert {segment.code for segment in segments.SEGMENTS} == counted - {"geen", "nee"}
    shown = " ".join(caveat for table in TABLES for caveat in table.caveats)
    assert all(segment.sentence in shown for segment in segments.SEGMENTS)


FACTS = tuple(dict.fromkeys(fact for table in TABLES for dimension in table.dimensions for fact in dimension.facts))


def _persons(count: tuple, frame: pl.DataFrame, names: dict[str, Dimension]) -> int:
    return sum(
        all(set(parts) & (set(row[name]) if names[name].multiple else {row[name]}) for name, parts in count)
        for row in frame.to_dicts()
    )


def _drawn(seed: int) -> pl.DataFrame:
    """Persons with anything in any column, as `derive` makes them of random linked rows."""
    size, rng = 400, Random(seed)  # noqa: S311 - invented persons

    def pick(name: str, values: list) -> pl.Series:
        return pl.Series(name, rng.choices(values, k=size), strict=False)

    base = {name: pick(name, list(one.codes.values)) for name, one in _names().items() if not one.multiple}
    scores = {f"zrm_{domain}": pick(domain, [None, 1, 2, 3, 4, 5]) for domain in codes.ZRM_DOMEINEN.values}
    frame = pl.DataFrame(
        {
            "persoon_id": [str(number) for number in range(size)],
            "in_pwet": base["regeling"] != "wmo",
            "in_wmo": base["regeling"] != "pwet",
            "leeftijd_laagst": (age := pick("leeftijd", [20, 30, 50, 60, 65, 66, 90])),
            "leeftijd_hoogst": age,
            "eerste_datum": pick("start", [D(2019, 1, 1), D(2015, 1, 1), D(2010, 1, 1), D(2000, 1, 1)]),
            "geslacht": base["geslacht"], "leefvorm_code": pick("leefvorm", ["01", "02", None]),
            "trede_code": pick("trede", [*"123456", None]), "trede_eerder": pick("eerder", [*"123456", None]),
            "startkwalificatie_code": pick("start2", ["J", "N", None]),
            "inkomsten_uit_arbeid_code": pick("werk", ["J", "N", None]),
            "ontheffing_code": pick("onth", ["00", "01", "02", "03", None]),
            "laatste_contact_datum": pick("contact", [D(2017, 1, 1), D(2019, 1, 1), None]),
            "loonwaarde_pct": pick("loon", [20.0, 40.0, 80.0, None]),
            **scores,
        }
    )  # fmt: skip
    lists = frame.with_columns(
        voorzieningen=pl.when(pl.col("in_pwet") & pick("heeft", [True, False])).then(pl.lit(["30"])),
        productcategorieen=pl.when("in_wmo").then(
            pl.when(pick("dag", [True, False])).then(pl.lit(["01", "07"])).otherwise(pl.lit(["01"]))
        ).otherwise(pl.lit([], dtype=pl.List(pl.String))),
        indicatie_eindigt=pl.col("in_wmo") & pick("eindigt", [True, False]),
        laatste_contact_datum=pl.when("in_pwet").then("laatste_contact_datum"),
    )  # fmt: skip
    # Before the latest measurement counts, an earlier one does not.
    lists = lists.with_columns(trede_eerder=pl.when(pl.col("trede_code").is_not_null()).then("trede_eerder"))
    # No rule reads what is not drawn: it is as if nothing was delivered.
    made = link(deliveries(PWET), peildatum=PEILDATUM).personen.frame.schema
    lists = lists.with_columns(pl.lit(None, made[name]).alias(name) for name in made if name not in lists.columns)
    return derive(Pseudonymised(lists, SEAL), peildatum=PEILDATUM).frame


def _names() -> dict[str, Dimension]:
    return _dimensions(TABLES)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_fact_is_true_of_any_persons(seed: int) -> None:
    frame, names = _drawn(seed), _names()
    for fact in FACTS:
        left, right = (sum(_persons(count, frame, names) for count in side) for side in (fact.left, fact.right))
        assert left <= right, fact


@pytest.mark.parametrize("profile", [STANDAARD, KWARTAAL, DEEL], ids=lambda profile: profile.id)
def test_every_fact_reaches_the_attacker(profile: Profile) -> None:
    """A fact that no grid can express would protect nothing."""
    tables = tables_of(profile)
    grids, names = _grids(tables), _dimensions(tables)
    for fact in FACTS:
        assert len(list(fact_relations((fact,), names, grids))) == 1, fact


def _grids(tables: tuple[TableSpec, ...]) -> list:
    return _hidden(tables, _dimensions(tables), build(tables).keys)[0]


def _two_tables(facts: tuple[AtMost, ...]) -> tuple[Released, ...]:
    """Trede 1 and 2 are blank, and the risk that says trede 1 is published."""
    risico = replace(dimensions.RISICO, facts=facts)
    trede = TableSpec("T1", "", "", (replace(dimensions.TREDE, subtotals=()),), (dimensions.IN_STOCK,))
    counts = {"1": None, "2": None, "3": 40, "4": 50, "5": 0, "6": 0, "onbekend": 20, "totaal": 150}
    of_risk = {"geisoleerd": 12, "langdurig": 30, "stapeling": 20, "indicatie": 15, "contact": 15, "geen": 80}
    return _table(trede, counts), _table(
        TableSpec("T2", "", "", (risico,), (dimensions.IN_STOCK,)),
        dict.fromkeys(risico.levels, 0) | of_risk | {"totaal": 150},
    )


def _table(spec: TableSpec, counts: dict[str, int | None]) -> Released:
    values = pl.Series("value", [counts[level] for level in spec.dimensions[0].levels], dtype=pl.Int64)
    frame = pl.DataFrame({spec.dimensions[0].name: spec.dimensions[0].levels}).with_columns(
        values,
        status=pl.when(values.is_null()).then(pl.lit("Q")).otherwise(pl.lit("A")),
        low=values.fill_null(0),
        high=values.fill_null(40),
    )
    return Released(frame, spec)


def test_a_published_risk_gives_a_blank_trede_away_and_the_attacker_sees_it() -> None:
    blank = Attack(_two_tables(()), STANDAARD)
    assert (blank.interval_of(0).low, blank.interval_of(0).high) == (0, 40)
    seen = Attack(_two_tables(dimensions.RISICO.facts), STANDAARD)
    assert (seen.interval_of(0).low, seen.interval_of(0).high) == (12, 12)
    with pytest.raises(DisclosureFailure):
        audit(_two_tables(dimensions.RISICO.facts), STANDAARD)
