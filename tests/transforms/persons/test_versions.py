"""Corrected claims, later versions and closed benefits: persons and amounts as plain Python counts them."""

import csv
import io
from collections.abc import Mapping
from datetime import date

import polars as pl
import pytest

from schemas.names import PERSOON_ID, WMO_CENT
from schemas.profiles import STANDAARD
from schemas.sources import SOURCES
from schemas.states import Pseudonymised
from schemas.tables import TABLES
from tests.builders.sample import KEY, PEILDATUM
from tests.oracles.recount import population, recount
from tests.oracles.recount_costs import claimed
from tests.oracles.recount_profile import rows_of
from transforms.counting.aggregate import count
from transforms.intake.contract import Checked, check_contract
from transforms.intake.delivery import read_delivery
from transforms.persons.costs import add_costs
from transforms.persons.derive import derive
from transforms.persons.link import link
from transforms.persons.pseudonymise import pseudonymise

Row = dict[str, str]


def _file(rows: list[Row]) -> bytes:
    written = io.StringIO()
    writer = csv.DictWriter(written, list(rows[0]), delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue().encode("cp1252")


def _corrected_claims(rows: list[Row]) -> list[Row]:
    """A number on each; of every fifth a repeat, and of every seventh a credit and a debit of half."""
    numbered = [row | {"ReferentieNummer": f"R{place}", "VorigReferentieNummer": ""} for place, row in enumerate(rows)]
    numbered = [row for row in numbered if row["DebetCredit"] == "D"]
    more = numbered[::5]
    for row in numbered[::7]:
        cents = int(row["IngediendBedrag"].replace(".", "").replace(",", "")) // 2
        number = row["ReferentieNummer"]
        more.append(row | {"DebetCredit": "C", "ReferentieNummer": f"{number}C", "VorigReferentieNummer": number})
        half = f"{cents // 100},{cents % 100:02d}"
        more.append(row | {"IngediendBedrag": half, "ReferentieNummer": f"{number}D"})
    return [*numbered, *more]


def _later_products(rows: list[Row]) -> list[Row]:
    """Of every fourth a later version that ended, above the first; of every ninth two that say different things."""
    made = [row | {"Toewijzingsdatum": "01-02-2018", "Toewijzingstijd": "09:30:00"} for row in rows]
    ended = {"Einddatum": "31-03-2019", "Toewijzingsdatum": "28-03-2019", "Toewijzingstijd": "10:00:00"}
    undated = {"Toewijzingsdatum": "", "Toewijzingstijd": ""}
    earlier = [row | ended for row in made[::4]]
    others = [row | undated | {"ProductCategorie": category} for row in made[1::9] for category in ("07", "08")]
    return [*earlier, *others, *made]


def _closed_benefits(rows: list[Row]) -> list[Row]:
    """Of every sixth a row that closes it; of every eleventh one with another leefvorm."""
    closed = [row | {"DatE": "31-05-2019"} for row in rows[::6] if not row["DatE"]]
    return [*rows, *closed, *(row | {"CdLeefvorm": "03"} for row in rows[1::11] if row["CdLeefvorm"] != "03")]


@pytest.fixture(scope="module")
def changed(sample: Mapping[str, bytes]) -> Mapping[str, bytes]:
    ways = {"declaraties.csv": _corrected_claims, "wmo.csv": _later_products, "participatiewet.csv": _closed_benefits}
    return {name: _file(ways[name](rows_of(content))) if name in ways else content for name, content in sample.items()}


@pytest.fixture(scope="module")
def judged(changed: Mapping[str, bytes]) -> Mapping[str, Checked]:
    return {
        source.id: check_contract(
            read_delivery(changed[source.file_name], source), source, profile=STANDAARD, peildatum=PEILDATUM
        )
        for source in SOURCES
    }


@pytest.fixture(scope="module")
def costed(judged: Mapping[str, Checked]) -> Mapping[str, Pseudonymised]:
    staged = {name: pseudonymise(one.valid, one.source, key=KEY, peildatum=PEILDATUM) for name, one in judged.items()}
    personen = derive(link(staged, peildatum=PEILDATUM).personen, peildatum=PEILDATUM)
    return add_costs(personen, staged, peildatum=PEILDATUM)


def test_the_files_hold_what_is_to_be_told_apart(judged: Mapping[str, Checked]) -> None:
    rules = {(count.source, count.rule): count.rows for one in judged.values() for count in one.counts}
    assert rules["declaraties", "dubbel"] > 10
    assert rules["wmo", "tegenstrijdig"] > 20
    assert rules["participatiewet", "tegenstrijdig"] > 20
    assert judged["wmo"].excluded > 20
    assert judged["participatiewet"].excluded > 20


@pytest.mark.parametrize("spec", TABLES, ids=lambda spec: spec.id)
def test_counts_are_those_of_plain_python(
    spec, costed: Mapping[str, Pseudonymised], changed: Mapping[str, bytes]
) -> None:
    counted = count(costed["personen"], spec).frame
    assert {row[:-1]: row[-1] for row in counted.iter_rows()} == recount(changed, spec, PEILDATUM)


def test_net_amounts_are_those_of_plain_python(
    costed: Mapping[str, Pseudonymised], changed: Mapping[str, bytes], sample: Mapping[str, bytes]
) -> None:
    """Of everybody in stock, with a kind that is told; and they are other ones than without corrections."""
    ours = costed["wmo"].frame.filter(pl.col("stand") == "lopend")
    own = sorted(ours.group_by(PERSOON_ID).agg(pl.col(WMO_CENT).sum())[WMO_CENT])
    in_stock = {str(person["bsn"]) for person in population(changed, PEILDATUM) if person["stand"] == "lopend"}
    plain = claimed(changed, PEILDATUM)
    assert own == sorted(sum(kinds.values()) for bsn, kinds in plain.items() if bsn in in_stock)
    assert plain != claimed(sample, date(2019, 7, 1))
