"""From pseudonyms to counted cells, on small frames by hand and on the sample by plain Python."""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from schemas.codes import ONBEKEND
from schemas.errors import UnknownCategory
from schemas.specs import TableSpec
from schemas.specs.area import Part
from schemas.states import Pseudonymised
from schemas.tables import TABLES, table_by_id
from schemas.tables.dimensions import REGELING
from tests.builders.handmade import deliveries
from tests.builders.sample import PEILDATUM
from tests.oracles.recount import recount
from transforms.counting.aggregate import count, count_households
from transforms.persons.derive import derive, duurklasse, has_households
from transforms.persons.link import link, restrict_to_part

D = date


def traject(person: str, soort: str, aanbiedersoort: str | None, *rest: object) -> tuple[object, ...]:
    """A row of trajecten: first and last day, reason of its end and kind of detachering follow."""
    first, last, reden, vorm = rest
    return person, first, last, soort, None, aanbiedersoort, reden, vorm


def test_stock_is_who_has_something_running_on_the_peildatum() -> None:
    given = deliveries(
        [
            ("starts", 30, 30, PEILDATUM, None),
            ("ends", 30, 30, D(2015, 1, 1), PEILDATUM),
            ("ended", 30, 30, D(2015, 1, 1), D(2019, 6, 30)),
            ("comes", 30, 30, D(2019, 7, 2), None),
            ("both", 30, 30, D(2015, 1, 1), None),
        ],
        [("both", 30, 30, D(2010, 1, 1), None, "07"), ("wmo", 80, 80, D(2010, 1, 1), None, "01")],
    )
    personen = derive(link(given, peildatum=PEILDATUM).personen, peildatum=PEILDATUM).frame
    assert dict(personen.select("persoon_id", "regeling").iter_rows()) == {
        "starts": "pwet", "ends": "pwet", "both": "beide", "wmo": "wmo", "ended": None, "comes": None,
    }  # fmt: skip
    in_stock = personen.filter(pl.col("regeling").is_not_null())
    assert set(personen.filter(pl.col("stand") == "lopend")["persoon_id"]) == set(in_stock["persoon_id"])


def test_duration_runs_from_the_first_start_and_products_are_those_that_run() -> None:
    given = deliveries(
        [("p", 30, 30, D(2019, 1, 1), None), ("p", 30, 30, D(2005, 1, 1), D(2006, 1, 1))],
        [("p", 30, 30, D(2019, 1, 1), None, "07"), ("p", 30, 30, D(2012, 1, 1), D(2013, 1, 1), "01"),
         ("p", 30, 30, D(2019, 2, 1), None, "07")],
    )  # fmt: skip
    row = derive(link(given, peildatum=PEILDATUM).personen, peildatum=PEILDATUM).frame.row(0, named=True)
    assert (row["duurklasse"], row["productcategorie"], row["trede"]) == ("10+", ["07"], ONBEKEND)


def test_a_household_is_who_shares_the_running_benefit_file_that_began_last() -> None:
    given = deliveries(
        [
            ("a", 30, 30, D(2018, 1, 1), None, 4),
            ("b", 30, 30, D(2018, 1, 1), None, 4),
            ("c", 30, 30, D(2019, 5, 1), D(2019, 5, 31), 4),
            ("c", 30, 30, D(2019, 8, 1), None, 4),
            ("c", 30, 30, D(2018, 6, 1), None, 7),
            ("c", 30, 30, D(2019, 1, 1), None),
            ("d", 30, 30, D(2018, 1, 1), None),
            ("e", 30, 30, D(2010, 1, 1), D(2011, 1, 1), 4),
        ],
        [("e", 30, 30, D(2010, 1, 1), None, "07")],
    )
    personen = derive(link(given, peildatum=PEILDATUM).personen, peildatum=PEILDATUM)
    household = dict(personen.frame.select("persoon_id", "huishouden").iter_rows())
    assert (household["a"], household["b"], household["c"]) == (4, 4, 7)
    assert household["d"] < 0 > household["e"] != household["d"]
    assert has_households(personen)
    counted = count_households(personen, TableSpec("T01", "", "", (REGELING,))).frame
    assert dict(counted.iter_rows()) == {
        "pwet": 3,
        "wmo": 1,
        "beide": 0,
        "pwet_totaal": 3,
        "wmo_totaal": 1,
        "totaal": 4,
    }


def test_without_benefit_files_nothing_is_known_of_households() -> None:
    given = deliveries([("a", 30, 30, D(2018, 1, 1), None), ("b", 30, 30, D(2018, 1, 1), None)])
    personen = derive(link(given, peildatum=PEILDATUM).personen, peildatum=PEILDATUM)
    assert not has_households(personen)
    assert personen.frame["huishouden"].n_unique() == 2


@pytest.mark.parametrize(
    ("measured", "expected"),
    [(D(2019, 7, 1), "3"), (D(2018, 7, 2), "3"), (D(2018, 7, 1), ONBEKEND), (D(2019, 7, 2), ONBEKEND)],
)
def test_a_measurement_counts_for_twelve_months(measured: date, expected: str) -> None:
    given = deliveries([("p", 30, 30, D(2015, 1, 1), None)], [], [("p", "3", measured)])
    assert derive(link(given, peildatum=PEILDATUM).personen, peildatum=PEILDATUM).frame["trede"].to_list() == [expected]


def test_contradicting_ages_are_unknown() -> None:
    given = deliveries([("p", 30, 30, D(2015, 1, 1), None)], [("p", 60, 60, D(2015, 1, 1), None, "01")])
    personen = derive(link(given, peildatum=PEILDATUM).personen, peildatum=PEILDATUM)
    assert personen.frame["leeftijdsklasse"].to_list() == [ONBEKEND]


@pytest.mark.parametrize(("years", "klasse"), [(0, "<1"), (1, "1-2"), (2, "1-2"), (3, "3-4"), (4, "3-4"), (5, "5-9"),
                                               (9, "5-9"), (10, "10+")])  # fmt: skip
def test_duurklasse_at_its_borders(years: int, klasse: str) -> None:
    frame = pl.DataFrame({"x": [years]}, schema={"x": pl.Int32})
    assert frame.select(duurklasse(pl.col("x"))).item() == klasse


NEW_YEAR = D(2017, 1, 1)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # Runs on the peildatum itself, begun before the window opened.
        ([("LKS", "wsd", D(2016, 12, 31), PEILDATUM, None, "groep")],
         {"lks": "ta", "lks_stand": "detachering", "ta_begin": "detachering", "uitval_baan": "geen",
          "lks_begin": "anders", "detacheringsvorm": "groep"}),
        # The day before is over; a reason that nobody filled in is unknown, and so is a kind.
        ([("LKS", "wsd", D(2018, 1, 1), D(2019, 6, 30), None, None)],
         {"lks": "ta", "lks_stand": "uit", "ta_begin": "nieuw", "uitval_baan": ONBEKEND, "lks_begin": "vorig_jaar",
          "detacheringsvorm": None}),
        ([("23", "wsd", NEW_YEAR, D(2017, 3, 1), "lks", None), ("LKS", "wsd", D(2017, 3, 2), None, None, None)],
         {"lks_stand": "detachering", "ta_begin": "proefplaatsing", "uitval_proef": "lks", "uitval_baan": "geen",
          "detacheringsvorm": ONBEKEND}),
        # Over before the window, with another provider, or of another kind: not in the arrangement.
        ([("LKS", "wsd", D(2015, 1, 1), D(2016, 12, 31), "regulier", "groep")], {"lks": "nee", "lks_stand": None}),
        ([("23", "lokaal", D(2019, 1, 1), None, None, None)], {"lks": "nee", "dienst": "overig"}),
        ([("30", "wsd", D(2019, 1, 1), None, None, None)], {"lks": "nee", "dienst": "wsd"}),
        # A baan with an employer has no provider; who was at WSD too is in the arrangement.
        ([("LKS", None, D(2019, 2, 1), None, None, None)],
         {"lks": "vught", "lks_stand": "vught", "lks_begin": "dit_jaar", "uitval_baan": None, "dienst": "geen"}),
        ([("LKS", None, D(2019, 2, 1), None, None, None),
          ("23", "wsd", D(2018, 1, 1), D(2018, 3, 1), "regulier", None)],
         {"lks": "ta", "lks_stand": "vught", "uitval_proef": "regulier", "detacheringsvorm": None}),
    ],
)  # fmt: skip
def test_where_somebody_stands_in_the_arrangement(rows, expected) -> None:
    given = deliveries([("p", 30, 30, D(2015, 1, 1), None)], trajecten=[traject("p", *row) for row in rows])
    person = derive(link(given, peildatum=PEILDATUM).personen, peildatum=PEILDATUM).frame.row(0, named=True)
    assert {name: person[name] for name in expected} == expected


def test_services_of_both_kinds_and_the_last_application_count() -> None:
    given = deliveries(
        trajecten=[
            traject("p", "30", "wsd", D(2018, 1, 1), D(2019, 1, 1), None, None),
            traject("p", "29", "zorg", D(2019, 7, 1), None, None, None),
            traject("q", "30", "wsd", D(2018, 1, 1), D(2018, 12, 31), None, None),
        ],
        ogdb=[("p", D(2018, 1, 1), "niet_gestart"), ("p", D(2019, 1, 1), "verlengd"), ("p", D(2019, 7, 2), "lopend")],
    )  # fmt: skip
    frame = derive(link(given, peildatum=PEILDATUM).personen, peildatum=PEILDATUM).frame
    found = frame.select("persoon_id", "dienst", "ogdb_stand", "stand").rows()
    assert found == [("p", "beide", "afgerond", "voorbij"), ("q", "geen", None, "voorbij")]


def test_rows_of_someone_who_is_not_in_stock_are_counted_and_not_linked() -> None:
    given = deliveries([("p", 30, 30, D(2015, 1, 1), None)], [], [("stranger", "3", PEILDATUM)])
    counts = {one.source: (one.rows, one.linked) for one in link(given, peildatum=PEILDATUM).counts}
    assert counts["participatieladder"] == (1, 0)


@pytest.mark.parametrize("spec", TABLES, ids=lambda spec: spec.id)
def test_counts_equal_a_recount_in_plain_python(spec, personen, sample) -> None:
    counted = {row[:-1]: row[-1] for row in count(personen, spec).frame.iter_rows()}
    assert counted == recount(sample, spec, PEILDATUM)


def test_the_sample_is_calibrated(personen: Pseudonymised) -> None:
    ladder = count(personen, table_by_id("T03")).frame.filter(pl.col("regeling") == "pwet_totaal")
    counts = dict(ladder.select("trede", "aantal").iter_rows())
    shares = [100 * counts[trede] / counts["totaal"] for trede in "123456"]
    assert shares == [17, 17, 16, 28, 21, 1]
    total = dict(count(personen, table_by_id("T01")).frame.iter_rows())
    assert total == {"pwet": 265, "beide": 35, "wmo": 130, "pwet_totaal": 300, "wmo_totaal": 165, "totaal": 430}


def test_a_value_outside_the_closed_categories_stops(personen: Pseudonymised) -> None:
    strange = personen.then(lambda frame: frame.with_columns(trede=pl.lit("7")))
    with pytest.raises(UnknownCategory):
        count(strange, table_by_id("T03"))


def test_a_part_holds_whoever_only_lives_in_its_postcodes() -> None:
    given = deliveries([(name, 30, 30, D(2015, 1, 1), None) for name in ("inside", "outside", "moved")],
                       [("moved", 30, 30, D(2015, 1, 1), None, "01")])  # fmt: skip
    areas = {"inside": "5261", "outside": "5262", "moved": "5263"}
    given["participatiewet"] = given["participatiewet"].then(
        lambda frame: frame.with_columns(pc4=pl.col("persoon_id").replace_strict(areas))
    )
    personen = link(given, peildatum=PEILDATUM).personen
    part = Part(id="deel", title="twee wijken", postcodes=("5261", "5263"))
    assert restrict_to_part(personen, part).frame["persoon_id"].to_list() == ["inside", "moved"]
    assert restrict_to_part(personen, replace(part, postcodes=("5261",))).frame["persoon_id"].to_list() == ["inside"]
    assert restrict_to_part(personen, None) is personen
