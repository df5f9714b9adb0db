# ruff: noqa: N802 - a test is named after its table of the report
"""The report's own tables come out of client records exactly, with disclosure control switched off.

Each test takes the sample deliveries through the real functions: parse, contract, pseudonymise, link,
derive, and count or add up. What the report printed stands in `tests.oracles.report_tables`, with our choices
where it contradicts itself.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import polars as pl
import pytest

from schemas.codes import DOELDOMEINEN, OGDB_ONDERDELEN, OGDB_PARTICIPATIEKLASSEN
from schemas.fields import DOEL_DOMEIN, GEFACTUREERD, OGDB_ONDERDEEL, OGDB_PARTICIPATIE, OGDB_UREN, VERWACHT
from schemas.reference import REFERENCE_FIGURES, reference
from schemas.specs import TOTAAL, Dimension, TableSpec
from schemas.states import Pseudonymised
from schemas.tables import table_by_id
from schemas.tables.dimensions import (
    DETACHERINGSVORM,
    DIENST,
    LKS_BEGIN,
    LKS_STAND,
    OGDB_STAND,
    REGELING,
    TA_BEGIN,
    TREDE,
    UITVAL_BAAN,
    UITVAL_PROEF,
)
from schemas.withheld import WITHHELD
from tests.builders.sample import PEILDATUM
from tests.oracles import report_tables as report
from tests.oracles.evaluation import (
    LOONWAARDE_HONDERDSTEN,
    arrangement_between,
    goals,
    participants,
    placed,
    providers_per_trede,
    services_bought,
)
from transforms.counting.aggregate import count
from transforms.disclosure.sums.magnitude import sums
from transforms.persons.derive import derive
from transforms.persons.link import link

Staged = Mapping[str, Pseudonymised]
END_OF_MAY = date(2019, 5, 31)
ONDERDEEL = Dimension(name=OGDB_ONDERDEEL.name, title="", codes=OGDB_ONDERDELEN)
PARTICIPATIE = Dimension(name=OGDB_PARTICIPATIE.name, title="", codes=OGDB_PARTICIPATIEKLASSEN)
DOMEIN = Dimension(name=DOEL_DOMEIN.name, title="", codes=DOELDOMEINEN)


def on(staged: Staged, day: date) -> Pseudonymised:
    """Everybody as they stood on a day."""
    return derive(link(staged, peildatum=day).personen, peildatum=day)


def cells(personen: Pseudonymised, table_id: str) -> dict[str, int]:
    """Level to persons of a table of one dimension, by category where the table shows fewer levels."""
    spec = table_by_id(table_id)
    fine = tuple(LKS_STAND if one.name == LKS_STAND.name else one for one in spec.dimensions)
    return dict(count(personen, replace(spec, dimensions=fine)).frame.iter_rows())


def added(frame: pl.DataFrame, measure: str, *dimensions: Dimension) -> dict[tuple[str, ...], int]:
    """Levels to the sum of a measure."""
    found = sums(frame, TableSpec("T", "", "", dimensions), measure, "persoon_id")
    return {row[: len(dimensions)]: row[-1] for row in found.drop("aantal", "grootste", "tweede").iter_rows()}


def ones(frame: pl.DataFrame, *dimensions: Dimension) -> dict[tuple[str, ...], int]:
    """Levels to the number of rows."""
    return added(frame.with_columns(een=pl.lit(1, pl.Int64)), "een", *dimensions)


def printed(value: Decimal, places: str) -> str:
    return str(value.quantize(Decimal(places), ROUND_HALF_UP))


def test_T04_the_project_budget_is_reference_and_adds_up() -> None:
    budget = [one for one in REFERENCE_FIGURES if one.table == "T04"]
    subjects = ("Overhead WSD", "Personele inzet WSD", "Projectleiding Vught", "Inkoop diensten WSD",
                "Planregie en OAD Vught", "Bestandsanalyse Vught")  # fmt: skip
    for period in ("2017", "2018", "2019", "reservering 2019", "totaal"):
        parts = [one.value for one in budget if one.period == period and one.subject in subjects]
        assert sum(parts) == reference("T04", "Totaal", period)
    left = reference("T04", "Beschikbaar ontwikkelbudget", "totaal") - reference("T04", "Totaal", "totaal")
    assert left == reference("T04", "Besteedbaar 2019", "totaal") == 90851


def test_T06_the_pilot_in_numbers(staged: Staged, personen: Pseudonymised) -> None:
    found, ogdb = cells(personen, "T28"), staged["ogdb"].frame
    assert (found[TOTAAL], found["niet_gestart"], found["in_traject"]) == (25, 12, 13)
    assert found[TOTAAL] == report.T06["aanmeldingen"]
    statuses = dict(ogdb.get_column("ogdb_status_code").value_counts().iter_rows())
    assert statuses == {"niet_gestart": 12, "lopend": 7, "afgerond": 5, "verlengd": 1}
    started = ones(ogdb.filter(OGDB_ONDERDEEL.col.is_not_null()), ONDERDEEL)
    assert {one: started[(one,)] for one in ("planregie", "oad")} == {"planregie": 10, "oad": 3}
    hours = ones(ogdb.filter(OGDB_PARTICIPATIE.col.is_not_null()), PARTICIPATIE)
    assert (hours[("4-8",)], hours[("12-24",)]) == (5, 2)


def test_T08_goals_hours_and_steps_of_the_pilot(staged: Staged, personen: Pseudonymised) -> None:
    found = cells(personen, "T28")
    assert {stand: found[stand] for stand in report.T08["inwoners"]} == report.T08["inwoners"]
    started = participants(staged["ogdb"].frame).filter(pl.col("ogdb_stand") != "niet_gestart")
    doelen = goals(staged["ogdb_doelen"].frame, staged["ogdb"].frame)
    gesteld, uren = ones(doelen, OGDB_STAND), added(started, OGDB_UREN.name, OGDB_STAND)
    assert {one: gesteld[(one,)] for one in ("lopend", "afgerond")} == report.T08["doelen_gesteld"]
    assert {one: uren[(one,)] for one in ("lopend", "afgerond")} == report.T08["uren"]
    assert uren[(TOTAAL,)] == 292
    reached = doelen.filter(pl.col("bereikt").is_not_null())
    assert dict(zip(*_counted(reached, "ogdb_stand", "bereikt"), strict=True)) == report.T08["doelen_bereikt"]
    steps = ones(reached, DOMEIN)
    assert {one: steps[(one,)] for one in DOELDOMEINEN.values} == report.T08["stappen"]
    assert steps[(TOTAAL,)] == 25
    participation = started.filter(OGDB_PARTICIPATIE.col.is_not_null())
    classes = ones(participation, ONDERDEEL, PARTICIPATIE)
    assert {cell: classes[cell] for cell in report.T08["participatie"]} == report.T08["participatie"]
    assert classes[("oad", "12-24")] == 0


def _counted(frame: pl.DataFrame, *names: str) -> tuple[list[tuple[str, ...]], list[int]]:
    counts = frame.group_by(names).len()
    return [row[:-1] for row in counts.iter_rows()], counts.get_column("len").to_list()


def test_T09_the_totals_of_the_invoices(staged: Staged) -> None:
    started = participants(staged["ogdb"].frame).filter(OGDB_ONDERDEEL.col.is_not_null())
    invoiced = added(started, GEFACTUREERD.name, ONDERDEEL)
    expected = added(started, VERWACHT.name, ONDERDEEL)
    assert (invoiced[("planregie",)], invoiced[("oad",)]) == (2324313, 426672)
    assert expected[(TOTAAL,)] == report.T09_CENT["verwacht"]
    assert invoiced[(TOTAAL,)] + expected[(TOTAAL,)] == 4628769  # 46.287,69, the grand total that is printed


@pytest.mark.parametrize("year", report.T10)
def test_T10_participatiewet_per_year(year: int, staged: Staged) -> None:
    assert cells(on(staged, date(year, 7, 1)), "T01")["pwet_totaal"] == report.T10[year]


def test_T10_wsw_and_forecasts_are_reference() -> None:
    assert [reference("T10", "Wsw", str(year)) for year in range(2017, 2022)] == [199, 183, 169, 156, 144]
    totals = [report.T10[year] + reference("T10", "Wsw", str(year)) for year in report.T10]
    totals += [reference("T10", kind, year) for year in ("2020", "2021") for kind in ("Participatiewet, prognose",)]
    assert totals == [520, 478, 469, 305, 305]
    assert all(one.forecast for one in REFERENCE_FIGURES if one.table == "T10" and int(one.period) >= 2019)


@pytest.mark.parametrize("year", report.T11)
def test_T11_services_bought(year: int, staged: Staged) -> None:
    assert services_bought(staged["trajecten"].frame, year=year, peildatum=PEILDATUM) == report.T11[year]


def test_T12_shares_and_providers_per_trede(staged: Staged, personen: Pseudonymised) -> None:
    ladder = count(personen, table_by_id("T03")).frame.filter(pl.col("regeling") == "pwet_totaal")
    counts = dict(ladder.select("trede", "aantal").iter_rows())
    assert {trede: Decimal(100 * counts[trede]) / counts[TOTAAL] for trede in report.T12_PCT} == report.T12_PCT
    providers = providers_per_trede(staged["trajecten"].frame, personen.frame, peildatum=PEILDATUM)
    assert {row[:2]: row[2] for row in providers.iter_rows()} == report.T12_PROVIDERS


def test_T13_composition_of_the_arrangement(staged: Staged, personen: Pseudonymised) -> None:
    begin = cells(personen, "T23")
    assert {one: begin[one] for one in ("detachering", "proefplaatsing")} == report.T13["januari 2017"]
    assert (begin["nieuw"], begin[TOTAAL]) == (report.T13["nieuw"], report.T13["totaal"])
    for day in (END_OF_MAY, PEILDATUM):
        stand = cells(on(staged, day), "T22")
        assert {one: stand[one] for one in ("detachering", "proefplaatsing")} == report.T13["mei 2019"]
    january = cells(on(staged, date(2017, 1, 1)), "T22")
    assert {one: january[one] for one in ("detachering", "proefplaatsing")} == report.T13["januari 2017"]


def test_T14_kinds_of_detachering_and_loonwaarde(staged: Staged) -> None:
    numbers = cells(on(staged, END_OF_MAY), "T24")
    rows = placed(staged["trajecten"].frame, peildatum=END_OF_MAY)
    found = sums(rows, TableSpec("T", "", "", (DETACHERINGSVORM,)), LOONWAARDE_HONDERDSTEN, "persoon_id")
    known = {row[0]: row[1:3] for row in found.iter_rows()}
    for kind, (aantal, pct, mean, low, high) in report.T14.items():
        own = rows if kind == TOTAAL else rows.filter(pl.col("detacheringsvorm") == kind)
        assert (numbers[kind], printed(Decimal(100 * numbers[kind]) / 40, "1")) == (aantal, str(pct))
        measured, som = known[kind]
        assert printed(Decimal(som) / measured / 100, "0.1") == mean
        # Lowest and highest are computed in this test only: they are a person's, and never released.
        ends = own.get_column(LOONWAARDE_HONDERDSTEN)
        assert (ends.min(), ends.max()) == (100 * low, 100 * high)
    assert known["groep"][0] == 22


def test_T15_reasons_of_dropout(staged: Staged) -> None:
    personen = on(staged, END_OF_MAY)
    for table_id, expected in (("T25", report.T15_PROEF), ("T26", report.T15_BAAN)):
        found = cells(personen, table_id)
        reasons = {reason: found[reason] for reason in report.T15_PROEF if found[reason]}
        assert reasons == expected
        assert found["totaal"] - found["geen"] == sum(expected.values())
        assert found["onbekend"] == 0
    assert (sum(report.T15_PROEF.values()), sum(report.T15_BAAN.values())) == (52, 17)


def test_T16_lks_banen(personen: Pseudonymised) -> None:
    begin, stand = cells(personen, "T27"), cells(personen, "T21")
    assert {one: begin[one] for one in ("vorig_jaar", "dit_jaar")} == {"vorig_jaar": 71, "dit_jaar": 22}
    assert begin["twee_jaren"] == 93
    assert {one: stand[one] for one in ("vught", "wsd")} == {"vught": report.T16["vught"], "wsd": report.T16["wsd"]}
    assert stand["lopend"] == 81
    assert {LKS_STAND.label(level) for level in ("vught", "wsd")} == {"gemeente: LKS-baan", "bij WSD geplaatst"}


RELEASED: dict[str, dict[str, tuple[Dimension, Iterable[str]]]] = {
    "T06": {"T28": (OGDB_STAND, ("niet_gestart", "in_traject"))},
    "T08": {"T28": (OGDB_STAND, report.T08["inwoners"])},
    "T11": {"T20": (DIENST, report.T11[2019])},
    "T12": {"T03": (TREDE, report.T12_PCT)},
    "T13": {
        "T22": (LKS_STAND, report.T13["mei 2019"]),
        "T23": (TA_BEGIN, [*report.T13["januari 2017"], "nieuw"]),
    },
    "T14": {"T24": (DETACHERINGSVORM, report.T14)},
    "T15": {"T25": (UITVAL_PROEF, report.T15_PROEF), "T26": (UITVAL_BAAN, report.T15_BAAN)},
    "T16": {"T21": (LKS_STAND, ("vught", "wsd")), "T27": (LKS_BEGIN, ("vorig_jaar", "dit_jaar"))},
    "T17": {"T01": (REGELING, (TOTAAL,))},
    "T19": {"T22": (LKS_STAND, ("wsd",))},
}
"""Table of the report to the tables of a release that tell it: by which dimension, and the rows that were printed."""

NO_PERSONS = {"T08": "doelen, uren", "T11": "aantal ingekochte diensten", "T12": "aanbieders", "T14": "loonwaarde"}
"""What these tables of the report printed besides residents; a release counts residents only."""


def _told_by(spec: TableSpec) -> set[str]:
    """What the levels of the first dimension tell: themselves, and what each of them adds up, where that is safe."""
    (dimension, *_) = spec.dimensions
    return {*dimension.levels, *(part for level in dimension.levels[:-1] for part in dimension.parts(level))}


def test_every_table_of_the_report_is_released_or_withheld_by_a_rule() -> None:
    published = {"T04", "T06", "T08", "T09", *(f"T{number}" for number in range(10, 18)), "T19"} - {"T17"}
    withheld = {table for one in WITHHELD for table in re.findall(r"T\d\d", one.table)}
    assert published <= withheld | RELEASED.keys()
    for tables in RELEASED.values():
        for table_id, (dimension, printed_rows) in tables.items():
            spec = table_by_id(table_id)
            assert spec.dimensions[0].name == dimension.name, table_id
            assert set(printed_rows) <= _told_by(spec), table_id
    for table_id, what in NO_PERSONS.items():
        assert any(table_id in one.table and what in one.subject.lower() for one in WITHHELD), table_id
    for one in WITHHELD:
        assert all((one.subject, one.rule, one.instead))
        assert all(table_by_id(table_id) for table_id in re.findall(r"T\d\d", one.instead))


def test_what_is_withheld_tells_no_small_number() -> None:
    for one in WITHHELD:
        numbers = {int(number) for number in re.findall(r"(?<![T\d])\d+", one.rule.replace("1 tot en met 9", ""))}
        assert numbers <= {10, 100}


def test_T17_residents_in_the_file(personen: Pseudonymised) -> None:
    assert cells(personen, "T01")[TOTAAL] == 430


def test_T19_target_of_the_arrangement(staged: Staged) -> None:
    trajecten = staged["trajecten"].frame
    end_of_2018 = arrangement_between(trajecten, date(2018, 12, 31), date(2018, 12, 31))
    may = arrangement_between(trajecten, date(2019, 5, 1), END_OF_MAY)
    assert arrangement_between(trajecten, END_OF_MAY, END_OF_MAY) == 40
    for year, reached in (("2018", end_of_2018), ("2019", may)):
        target = reference("T19", "Taakstelling Transitie Arrangement", year)
        share = printed(Decimal(100 * reached) / target, "1")
        assert (reached, target, int(share)) == report.T19[year]


def test_T19_budget_shares_are_reference() -> None:
    shares = [one.value for one in REFERENCE_FIGURES if one.table == "T19" and one.unit == "procent"]
    assert shares == [70, 84, 38, 55]
