"""Good rows of participatiewet.csv and wmo.csv."""

from collections.abc import Sequence
from datetime import date
from itertools import count
from random import Random

from sample_data.circumstances import circumstances
from sample_data.formats import DEFECT_DAYS, Row, amount, begin, draw_weighted, end, remark
from sample_data.persons import BEGINS_TODAY, Person

ENDS_TODAY = (0, 429)
"""Residents whose benefit (0) or provision (429) ends on the peildatum itself: still in stock."""

FORMER_WMO = 8
"""Residents with Participatiewet only whose WMO provision ended before the peildatum."""

_COUPLE = "03"
_NORM_CENT = {"01": 102555, "02": 102555, "03": 146507}
_COST_SHARER_CENT = 73254

_YOUNGER = {"01": 14, "02": 36, "03": 2, "04": 1, "07": 24, "08": 8, "11": 5, "12": 5, "13": 4, "15": 2}
_OLDER = {"01": 38, "02": 8, "03": 3, "07": 10, "08": 10, "11": 10, "12": 13, "13": 10, "14": 1}
_HULPMIDDEL = {"eenheid_code": "82", "frequentie_code": "6", "volume": "1"}
_SUPPORT = {
    "01": ({"eenheid_code": "04", "frequentie_code": "2", "volume": "3"}, 2980),
    "02": ({"eenheid_code": "04", "frequentie_code": "2", "volume": "4"}, 5450),
    "03": ({"eenheid_code": "01", "frequentie_code": "2", "volume": "180"}, 79),
    "04": ({"eenheid_code": "14", "frequentie_code": "4", "volume": "2"}, 13500),
    "07": ({"eenheid_code": "16", "frequentie_code": "2", "volume": "4"}, 4125),
    "08": ({"eenheid_code": "84", "frequentie_code": "2", "volume": "2"}, 1455),
    "11": (_HULPMIDDEL, 123456),
    "12": (_HULPMIDDEL, 215000),
    "13": (_HULPMIDDEL, 348775),
    "14": (_HULPMIDDEL, 40990),
    "15": ({"eenheid_code": "14", "frequentie_code": "1", "volume": "1"}, 11890),
}
"""Usual size of a product and its rate in cents; invented, in the order of other municipalities' rates."""

Period = tuple[int, int | None]
"""First and last day as days before the peildatum; None for no end."""


def participatiewet_rows(persons: Sequence[Person], rng: Random, peildatum: date) -> list[Row]:
    """Return every benefit period of everyone in the Participatiewet; one runs on the peildatum."""
    return [row for person in persons if person.regeling != "wmo" for row in _benefits_of(person, rng, peildatum)]


def with_dossiers(rows: Sequence[Row]) -> list[Row]:
    """Return the benefits with the number of their file: a couple's is the same.

    Couples are made of residents who live together with somebody, in order; the last one may be left alone.
    """
    files: dict[str, str] = {}
    waiting = ""
    for row in rows:
        if row["bsn"] not in files:
            is_couple = row["leefvorm_code"] == _COUPLE
            files[row["bsn"]] = waiting if is_couple and waiting else f"D{len(files) + 1:05}"
            if is_couple:
                waiting = "" if waiting else files[row["bsn"]]
    return [row | {"dossier": files[row["bsn"]]} for row in rows]


def benefit_of(person: Person, rng: Random, peildatum: date) -> Row:
    """Return the fields that all benefit periods of a person have in common."""
    leefvorm = draw_weighted(rng, {"01": 62, "02": 18, "03": 20})
    is_cost_sharer = leefvorm == "01" and rng.random() < 0.15
    older = person.leeftijd >= 55 and rng.random() < 0.2
    return {
        **person.identity,
        "leefvorm_code": leefvorm,
        "regelingsoort_code": draw_weighted(rng, {"IOAW": 4, "IOAZ": 1}) if older else "PW",
        "normbedrag_cent": amount(_COST_SHARER_CENT if is_cost_sharer else _NORM_CENT[leefvorm]),
        **circumstances(person, leefvorm, peildatum),
    }


def _benefits_of(person: Person, rng: Random, peildatum: date) -> list[Row]:
    common = benefit_of(person, rng, peildatum)
    return [common | _dates(period, peildatum) | {"opmerkingen": remark(rng)} for period in _periods(person, rng)]


def _dates(period: Period, peildatum: date) -> Row:
    return {"ingangs_datum": begin(peildatum, period[0]), "eind_datum": end(peildatum, period[1])}


def _periods(person: Person, rng: Random) -> list[Period]:
    """Return the period that runs, after an ended one for some who are long in support."""
    last = 0 if person.number in ENDS_TODAY else rng.choices((None, -rng.randint(1, 150)), (95, 5))[0]
    if person.dagen < 1095 or not person.birth_known or rng.random() < 0.65:
        return [(person.dagen, last)]
    ended, again = int(person.dagen * rng.uniform(0.65, 0.9)), int(person.dagen * rng.uniform(0.2, 0.6))
    return [(person.dagen, ended), (again, last)]


def wmo_rows(persons: Sequence[Person], rng: Random, peildatum: date) -> list[Row]:
    """Return every WMO product; everyone with WMO has at least one on the peildatum."""
    rows = [row for person in persons if person.regeling != "pwet" for row in _products_of(person, rng, peildatum)]
    older = [person for person in persons if person.regeling == "pwet" and person.leeftijd >= 40]
    rows += [_product(person, _ended_period(rng), "02", rng, peildatum) for person in older[-FORMER_WMO:]]
    numbers = count(19_000_101, 7)
    time_of_day = {"toewijzings_tijd": "09:30:00"}
    return [
        row | time_of_day | {"toewijzing_nummer": str(next(numbers)), "toewijzings_datum": row["ingangs_datum"]}
        for row in rows
    ]


def _ended_period(rng: Random) -> Period:
    return rng.randint(800, 1500), rng.randint(30, 700)


def _products_of(person: Person, rng: Random, peildatum: date) -> list[Row]:
    """Return one to three products that run, and for some one that ended or begins later."""
    is_single = not person.birth_known or person.number in ENDS_TODAY + BEGINS_TODAY
    size = 1 if is_single else rng.choices((1, 2, 3), (55, 30, 15))[0]
    first, *more = _categories(person, size, rng)
    days = max(1, int(person.dagen * rng.uniform(0.1, 1))) if person.regeling == "beide" else person.dagen
    planned = [(first, period) for period in _wmo_periods(person, days, rng)]
    planned += [(category, (rng.randint(0, days), _planned_end(rng))) for category in more]
    if person.birth_known and person.number % 20 == 0:
        planned.append(("13", (-rng.randint(10, 60), None)))
    return [_product(person, period, category, rng, peildatum) for category, period in planned]


def _categories(person: Person, size: int, rng: Random) -> list[str]:
    """Draw different categories, by weight for the age."""
    weights = dict(_OLDER if person.leeftijd >= 66 else _YOUNGER)
    drawn: list[str] = []
    for _ in range(size):
        drawn.append(draw_weighted(rng, weights))
        del weights[drawn[-1]]
    return drawn


def _wmo_periods(person: Person, days: int, rng: Random) -> list[Period]:
    if person.number in ENDS_TODAY:
        return [(days + 1, 0)]
    if days < 800 or not person.birth_known or rng.random() < 0.6:
        return [(days, _planned_end(rng))]
    renewed = int(days * rng.uniform(0.2, 0.7))
    return [(days, renewed + len(DEFECT_DAYS) + 1), (renewed, _planned_end(rng))]


def _planned_end(rng: Random) -> int | None:
    """Draw the end of a provision, which mostly lies ahead; None for no end."""
    return -rng.randint(5, 1500) if rng.random() < 0.7 else None


def _product(person: Person, period: Period, category: str, rng: Random, peildatum: date) -> Row:
    size, rate = _SUPPORT[category]
    return {
        **person.identity,
        **_dates(period, peildatum),
        **size,
        "productcategorie_code": category,
        "tarief_cent": amount(rate + rng.randrange(0, 400, 5)),
        "leveringsvorm_code": draw_weighted(rng, {"ZIN": 86, "PGB": 14}),
        "opmerkingen": remark(rng),
    }
