"""Costs: against plain Python, against attackers who only add and subtract, and what a release shows of them."""

import csv
import io
import json
from dataclasses import replace
from datetime import date

import frictionless
import numpy as np
import polars as pl
import pytest

from pia.checks.amounts import no_sum_gives_a_person_away
from pia.dossier import OverTimeFacts, RunFacts, dossier
from schemas.codes import KOSTENSOORTEN, PRODUCTCATEGORIEEN, TRAJECTKLASSEN, VOORZIENINGSOORTEN
from schemas.errors import DisclosureFailure
from schemas.names import PERSOON_ID
from schemas.profiles import DEMO, KWARTAAL, STANDAARD
from schemas.specs.sums import MINIMUM_CONTRIBUTORS, SumProfile
from schemas.states import SEAL, Pseudonymised, ReleasedSums, Summed
from schemas.tables import TABLES
from schemas.tables.sums import AMOUNTS, EARLIER, ROUNDED, SUMS, TRAJECT_KOSTEN, UNSAFE, WITHHELD, sums_of
from tests.builders.amounts import Outsider, cells_of, is_open
from tests.builders.sample import PEILDATUM
from tests.oracles.page import Page
from tests.oracles.recount import resum
from tests.oracles.recount_costs import claimed, spent
from transforms.counting.aggregate import count_records, sum_amounts
from transforms.disclosure import SameFile, protect
from transforms.disclosure.over_time.history import Publication
from transforms.disclosure.sums.sum_release import SumRelease, audit_amounts, protect_amounts, why_none
from transforms.package.files import ReleaseContent, release_files
from transforms.package.tables import cents
from transforms.persons.costs import CREDIT, KOSTENSOORT_VAN, TRAJECTKLASSE_VAN, traject_costs, wmo_costs

D = date
NO_SUPPLIERS: dict[str, list[list[Summed]]] = {amount.id: [] for amount in AMOUNTS}
AXES = {"wmo": (claimed, "kostensoort"), "traject": (spent, "trajectklasse")}
COUNTED = tuple(spec for spec in TABLES if spec.id in {"T41", "T42", "T43", "T44", "T45", "T56", "T57"})


@pytest.mark.parametrize("spec", SUMS, ids=lambda spec: spec.id)
def test_sums_equal_a_recount_in_plain_python(spec, costed, sample) -> None:
    read, axis = AXES[spec.amount.id]
    truth = resum(sample, read(sample, PEILDATUM), axis, spec.table, PEILDATUM)
    for level, aantal, som, grootste, tweede in sum_amounts(costed[spec.amount.id], spec).frame.iter_rows():
        own = [*truth[level], 0, 0]
        assert (aantal, som, grootste, tweede) == (len(truth[level]), sum(own), own[0], own[1])


def _claims(*rows: tuple) -> pl.DataFrame:
    schema = {
        PERSOON_ID: pl.String, "productcategorie_code": pl.String, "prestatie_eind_datum": pl.Date,
        "bedrag_cent": pl.Int64, "debetcredit_code": pl.String,
    }  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")


@pytest.mark.parametrize(
    ("end", "counts"),
    [(D(2018, 7, 1), False), (D(2018, 7, 2), True), (D(2019, 7, 1), True), (D(2019, 7, 2), False)],
)
def test_a_claim_counts_when_its_period_ends_in_the_twelve_months(end: date, counts: bool) -> None:
    found = wmo_costs(_claims(("p", "02", end, 500, "D")), peildatum=PEILDATUM)
    assert found.height == counts


def test_credit_is_settled_per_person_and_kind_and_never_gives_less_than_nothing() -> None:
    day = D(2019, 1, 31)
    claims = _claims(
        ("p", "03", day, 500, "D"), ("p", "08", day, 300, "D"), ("p", "03", day, 200, CREDIT),
        ("p", "07", day, 100, "D"), ("p", "07", day, 900, CREDIT), ("q", "11", day, 50, "D"),
    )  # fmt: skip
    assert wmo_costs(claims, peildatum=PEILDATUM).rows() == [("p", "overig", 600), ("q", "overig", 50)]


def test_a_trajectory_counts_when_it_ran_and_its_cost_is_known() -> None:
    schema = {
        PERSOON_ID: pl.String, "voorzieningsoort_code": pl.String, "ingangs_datum": pl.Date, "eind_datum": pl.Date,
        "traject_cent": pl.Int64,
    }  # fmt: skip
    rows = [
        ("p", "23", D(2015, 1, 1), D(2018, 7, 2), 100), ("p", "29", D(2019, 7, 1), None, 200),
        ("p", "59", D(2019, 1, 1), None, None), ("q", "30", D(2015, 1, 1), D(2018, 7, 1), 400),
        ("r", "31", D(2019, 7, 2), None, 800),
    ]  # fmt: skip
    found = traject_costs(pl.DataFrame(rows, schema=schema, orient="row"), peildatum=PEILDATUM)
    assert found.rows() == [("p", "werkplek", 300)]


def test_every_delivered_code_has_one_class_and_every_class_a_code() -> None:
    for classes, delivered, declared in (
        (KOSTENSOORT_VAN, PRODUCTCATEGORIEEN, KOSTENSOORTEN),
        (TRAJECTKLASSE_VAN, VOORZIENINGSOORTEN, TRAJECTKLASSEN),
    ):
        assert set(classes) == set(delivered.values)
        assert set(classes.values()) == set(declared.values)


def test_who_counts_for_an_amount_is_who_has_it(costed) -> None:
    for amount, marked in (("wmo", "wmo_declaratie"), ("traject", "traject")):
        with_amount = set(costed[amount].frame[PERSOON_ID])
        assert with_amount == set(costed["personen"].frame.filter(pl.col(marked) == "ja")[PERSOON_ID])
    assert costed["personen"].frame.filter(stand="lopend").height == 430


def _require_safe(tables: list[Summed], released: list[ReleasedSums], profile: SumProfile) -> None:
    """By the rules and by subtraction alone: every table is one line with the grand total at its end."""
    for truth, table in zip(tables, released, strict=True):
        rows = list(zip(truth.frame.iter_rows(named=True), table.frame["value"], strict=True))
        for row, value in rows:
            if value:
                assert value == row["som"]
                assert row["aantal"] >= profile.contributors
                assert 100 * row["grootste"] <= profile.dominance_pct * value
                assert 100 * (value - row["grootste"] - row["tweede"]) >= profile.p_pct * row["grootste"]
        *inside, (total, shown) = rows
        rest = total["som"] - sum(value for _, value in inside if value is not None)
        blank = [row["som"] for row, value in inside if value is None]
        if shown is None:
            assert blank  # otherwise the parts add up to it
            continue
        assert len(blank) != 1
        # A blank sum may be anything from nothing to the whole rest.
        assert all(100 * rest >= (100 + profile.interval_pct) * som or not som for som in blank)


def _by_amount(tables) -> dict[str, list]:
    ids = {amount.id: {spec.id for spec in sums_of(amount)} for amount in AMOUNTS}
    return {name: [table for table in tables if table.spec.id in own] for name, own in ids.items()}


def test_the_released_sums_of_the_sample_withstand_subtraction(sums, summed_tables) -> None:
    assert not sums.withheld
    for amount in AMOUNTS:
        released = _by_amount(sums.released)[amount.id]
        _require_safe(_by_amount(summed_tables)[amount.id], released, amount.profile)
    blank = sum(table.frame["value"].null_count() for table in sums.released)
    assert 0 < blank == sums.explanation.height < 8
    assert set(sums.explanation["regel"]) <= {"aantal", "bijdragers", "dominantie", "p-procent", "aanvullend"}


@pytest.mark.parametrize("seed", range(8))
def test_the_sums_of_any_file_withstand_subtraction(seed: int) -> None:
    """Files with rare kinds and with one large amount: what is published keeps the rules, or nothing is."""
    rng = np.random.default_rng(seed)
    personen, amounts = _file(rng, 60 + 40 * seed)
    file = SameFile(persons=personen)
    counted = protect([count_records(personen, spec) for spec in COUNTED], STANDAARD, file=file).released
    tables = {
        amount.id: [sum_amounts(Pseudonymised(amounts[amount.id], SEAL), spec) for spec in sums_of(amount)]
        for amount in AMOUNTS
    }
    made = protect_amounts(tables, counted, NO_SUPPLIERS, {})
    for amount in AMOUNTS:
        released = _by_amount(made.released)[amount.id]
        assert (not released) == (amount.id in made.withheld)
        if released:
            _require_safe(tables[amount.id], released, amount.profile)
    assert audit_amounts(made.released, counted).keys() == made.audits.keys()
    for table in made.released[:1]:
        strange = replace(table, spec=replace(table.spec, id="K99"))
        with pytest.raises(DisclosureFailure, match="nobody declared"):
            audit_amounts([*made.released, strange], counted)


def _file(rng: np.random.Generator, size: int) -> tuple[pl.DataFrame, dict[str, pl.DataFrame]]:
    """Persons with zero to two kinds of each amount, some of them rare and one of them large."""
    age = rng.choice(["<27", "27-44", "45-54", "55-65", "66+"], size, p=[0.05, 0.2, 0.2, 0.25, 0.3])
    regeling = rng.choice(["pwet", "beide", "wmo"], size, p=[0.6, 0.1, 0.3])
    people = pl.DataFrame(
        {
            PERSOON_ID: [f"p{i:04d}" for i in range(size)],
            "leeftijdsklasse": age.tolist(),
            "regeling": regeling.tolist(),
            "stand": "lopend",
        }
    )
    kinds = {"kostensoort": ["huishouden", "begeleiding", "dagbesteding", "overig"],
             "trajectklasse": ["werkplek", "begeleiding", "overig"]}  # fmt: skip
    rows: dict[str, pl.DataFrame] = {}
    for amount, (kind, codes) in zip(AMOUNTS, kinds.items(), strict=True):
        weights = np.array([0.5, 0.3, 0.17, 0.03])[: len(codes)]
        drawn = [
            (person, code, int(rng.lognormal(11, 1)))
            for person in people[PERSOON_ID]
            for code in sorted(set(rng.choice(codes, rng.integers(0, 3), p=weights / weights.sum()).tolist()))
        ]
        person, code, cent = drawn[0]
        drawn[0] = (person, code, cent * int(rng.choice([1, 500])))
        schema = {PERSOON_ID: pl.String, kind: pl.String, amount.column: pl.Int64}
        rows[amount.id] = pl.DataFrame(drawn, schema=schema, orient="row")
    for amount, (kind, yes) in zip(
        AMOUNTS, {"kostensoort": "wmo_declaratie", "trajectklasse": "traject"}.items(), strict=True
    ):
        lists = rows[amount.id].group_by(PERSOON_ID).agg(pl.col(kind).sort())
        people = people.join(lists, on=PERSOON_ID, how="left").with_columns(
            pl.when(pl.col(kind).is_null()).then(pl.lit("nee")).otherwise(pl.lit("ja")).alias(yes),
            pl.col(kind).fill_null([]),
        )
    whole = {
        amount.id: rows[amount.id].join(people.drop(kind), on=PERSOON_ID)
        for amount, kind in zip(AMOUNTS, kinds, strict=True)
    }
    return people, whole


@pytest.mark.parametrize("amount", AMOUNTS, ids=lambda amount: amount.id)
def test_a_plain_linear_program_over_the_joint_gets_no_further(amount, sums, summed_tables, protected) -> None:
    released, truth = _by_amount(sums.released)[amount.id], _by_amount(summed_tables)[amount.id]
    counts = {table.spec.id: table for table in protected.released}
    outsider = Outsider(released, [counts[spec.counted.id] for spec in sums_of(amount)])
    for table, true in zip(released, truth, strict=True):
        rows = zip(cells_of(table.spec), table.frame.iter_rows(named=True), true.frame["som"], strict=True)
        for cell, row, som in rows:
            low, high = outsider.ends(cell)
            if row["status"] == "Q":
                assert is_open(low, high, som, 0, amount.profile)
            # In eurocent; the audit solves in steps of a power of two.
            assert abs(row["low"] - low) <= 20
            assert abs(row["high"] - high) <= 20


def test_a_blank_sum_left_alone_fails_the_audit(sums, summed_tables, protected) -> None:
    """The sabotage cell by cell: with all others published, the attack or the rules see it.

    With one other blank it may be safe from outside; then the second one is for who is in a cell himself.
    """
    seen = 0
    for place, table in enumerate(sums.released):
        truth = next(one for one in summed_tables if one.spec is table.spec).frame["som"]
        blank = [row for row in range(table.frame.height) if table.frame["status"][row] == "Q"]
        for alone in blank:
            is_filled = pl.Series([row in blank and row != alone for row in range(table.frame.height)])
            frame = table.frame.with_columns(
                value=pl.when(is_filled).then(truth).otherwise("value"),
                status=pl.when(is_filled).then(pl.lit("A")).otherwise("status"),
            )
            changed = list(sums.released)
            changed[place] = ReleasedSums(frame, table.spec)
            with pytest.raises(DisclosureFailure):
                audit_amounts(changed, protected.released)
            seen += 1
    assert seen >= 3


def test_an_amount_with_a_table_missing_fails_the_audit(sums, protected) -> None:
    with pytest.raises(DisclosureFailure):
        audit_amounts(sums.released[1:], protected.released)


def test_a_published_sum_that_is_not_the_true_one_breaks_the_measure(evidence) -> None:
    table = evidence.sums[2]
    frame = table.frame.with_columns(pl.col("value") + 1, pl.col("low") + 1, pl.col("high") + 1)
    wrong = (*evidence.sums[:2], replace(table, frame=frame))
    assert no_sum_gives_a_person_away(evidence).holds
    assert not no_sum_gives_a_person_away(replace(evidence, sums=wrong)).holds


def test_an_amount_that_nearly_nobody_has_is_not_published(costed, protected) -> None:
    few = costed["wmo"].then(lambda frame: frame.head(3))
    made = protect_amounts(_tables(few, costed["traject"]), protected.released, NO_SUPPLIERS, {})
    shown = pl.concat([table.frame.select("value") for table in made.released if table.spec.id not in {"K03", "K05"}])
    assert shown.drop_nulls().sum().item() == 0
    assert made.released[-1].frame["value"].null_count() == 0


def test_an_amount_that_cannot_be_made_safe_is_withheld_and_the_other_is_not(costed, protected) -> None:
    """The amounts of more persons than are counted."""
    known = costed["wmo"].frame
    strangers = Pseudonymised(pl.concat([known, known.with_columns(persoon_id="x" + pl.col(PERSOON_ID))]), SEAL)
    made = protect_amounts(_tables(strangers, costed["traject"]), protected.released, NO_SUPPLIERS, {})
    assert made.withheld == {"wmo": UNSAFE}
    assert [table.spec.id for table in made.released] == ["K03", "K05"]


def _tables(wmo: Pseudonymised, traject: Pseudonymised) -> dict[str, list[Summed]]:
    return {
        "wmo": [sum_amounts(wmo, spec) for spec in sums_of(AMOUNTS[0])],
        "traject": [sum_amounts(traject, spec) for spec in sums_of(TRAJECT_KOSTEN)],
    }


def _published(day: date | None, *ids: str) -> Publication:
    return Publication("eerder", day, "", (), 10, sums=ids)


def test_sums_stand_in_one_release_only_and_never_beside_rounded_counts() -> None:
    assert why_none(STANDAARD, [], PEILDATUM) is None
    assert why_none(STANDAARD, [_published(D(2018, 7, 1))], PEILDATUM) is None
    assert why_none(STANDAARD, [_published(PEILDATUM, "K01")], PEILDATUM) is None
    assert why_none(STANDAARD, [_published(D(2015, 7, 1), "K01")], PEILDATUM) == EARLIER
    assert why_none(STANDAARD, [_published(None, "K01")], PEILDATUM) == EARLIER
    assert why_none(KWARTAAL, [], PEILDATUM) == ROUNDED


def test_money_below_a_hundred_contributors_has_a_reason_to_be_confirmed() -> None:
    for amount in AMOUNTS:
        assert amount.profile.money
        assert MINIMUM_CONTRIBUTORS <= amount.profile.contributors < 100
        assert "te bevestigen door de privacyfunctionaris" in amount.profile.reason


@pytest.fixture(scope="module")
def files(protected, sums) -> dict[str, bytes]:
    return release_files(ReleaseContent(protected.released, STANDAARD, PEILDATUM, sums=sums.released))


def test_the_files_hold_the_released_sums_in_euros(files, sums) -> None:
    for table in sums.released:
        (dimension,) = table.spec.dimensions
        rows = list(csv.DictReader(io.StringIO(files[f"{table.spec.id}_{dimension.name}.csv"].decode())))
        read = pl.DataFrame(rows).select(cents(pl.col("value"))).to_series()
        assert read.to_list() == table.frame["value"].to_list()
        for row in rows:
            assert (row["value"] == "") == (row["status"] == "Q")
            if row["gemiddelde"]:
                assert abs(float(row["value"]) / int(row["inwoners"]) - float(row["gemiddelde"])) < 0.0051


@pytest.mark.parametrize(
    ("text", "cent"), [("12.34", 1234), ("0.05", 5), ("12", None), ("12.3", None), ("-1.00", None)]
)
def test_only_euros_with_two_decimals_are_read_back(text: str, cent: int | None) -> None:
    assert pl.DataFrame({"x": [text]}).select(cents(pl.col("x"))).item() == cent


def test_frictionless_validates_the_package_with_sums(files, tmp_path) -> None:
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    report = frictionless.Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "message"])
    fields = {one["name"]: one for one in json.loads(files["datapackage.json"])["resources"]}["k01_kostensoort"]
    units = {field["name"]: field.get("unit") for field in fields["schema"]["fields"]}
    assert (units["value"], units["inwoners"]) == ("euro", "personen")


def test_the_report_shows_the_sums_in_dutch_and_says_what_is_to_be_confirmed(files, sums) -> None:
    page = Page(files["rapport_nl.html"].decode())
    assert page.open == []
    assert "Kosten en scenario\u2019s" in page.text
    assert "te bevestigen door de privacyfunctionaris" in page.text
    total = sums.released[0].frame["value"][-1]
    assert f"€\u00a0{(total + 50) // 100:,}".replace(",", ".") in page.text
    for spec in SUMS:
        assert spec.question in page.text
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("reason", WITHHELD)
def test_what_is_withheld_is_said_and_no_scenario_is_guessed(reason: str, protected) -> None:
    withheld = {amount.id: reason for amount in AMOUNTS}
    made = release_files(ReleaseContent(protected.released, DEMO, PEILDATUM, withheld=withheld))
    page = Page(made["DEMO_rapport_nl.html"].decode())
    assert WITHHELD[reason] in page.text
    assert "scenario\u2019s zijn niet te berekenen" in page.text
    assert not any("K0" in name for name in made)


def test_a_blank_total_makes_no_scenario(protected, sums) -> None:
    blank = tuple(
        replace(table, frame=table.frame.with_columns(value=pl.lit(None, pl.Int64), status=pl.lit("Q")))
        for table in sums.released
    )
    made = release_files(ReleaseContent(protected.released, STANDAARD, PEILDATUM, sums=blank))
    page = Page(made["rapport_nl.html"].decode())
    assert "scenario\u2019s zijn niet te berekenen" in page.text
    assert "€" not in page.text
    assert "Verschil met nu" not in page.text


def test_the_dossier_says_per_blank_sum_why(evidence, protected, sums) -> None:
    facts = RunFacts("run", (), (), protected.explanation, OverTimeFacts(()), "kenmerk", sums)
    text = dossier(evidence, (), facts).partition("### Bedragen")[2].partition("## 7.")[0]
    assert text.count("| K0") == sums.explanation.height
    held = replace(facts, sums=SumRelease(withheld={"wmo": EARLIER}))
    assert WITHHELD[EARLIER] in dossier(evidence, (), held)
