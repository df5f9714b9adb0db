"""Good rows of participatieladder.csv, zrm.csv and trajecten.csv."""

from collections.abc import Sequence
from datetime import date
from random import Random

from sample_data.calibration import TRAJECT_PERSONEN
from sample_data.formats import Row, amount, begin, end, remark, weighted
from sample_data.persons import Person
from schemas.codes import ZRM_DOMEINEN

MEASURED_TODAY = 2
"""The resident whose last ladder measurement is of the peildatum itself."""

MEASURED_AFTER_EVERY = 30
"""One in so many residents has a ladder measurement of after the peildatum, which must not count."""

_PROVISIONS = {"23": 14, "29": 30, "30": 26, "31": 8, "59": 22}
_WITH_LOONWAARDE = ("23", "30", "31")
_TRAJECT_EURO = {"23": 950, "29": 3000, "30": 4200, "31": 2100, "59": 600}
"""Usual cost of a provision in euros; invented."""
_PROVIDERS = ("WSD", "Werkplaats De Knotwilg", "Reïntegratie Zilverlinde", "Stichting Buurttuin", "")


def ladder_rows(persons: Sequence[Person], rng: Random, peildatum: date) -> list[Row]:
    """Every ladder measurement; the last one up to the peildatum gives the calibrated trede."""
    return [
        {
            "bsn": person.identity["bsn"],
            "trede_code": str(trede),
            "meting_datum": begin(peildatum, days),
            "beoordelaar": _assessor(rng),
            "opmerkingen": remark(rng),
        }
        for person in persons
        for days, trede in _measurements_of(person, rng)
    ]


def _assessor(rng: Random) -> str:
    return f"K{rng.randint(1, 12):02d}"


def _measurements_of(person: Person, rng: Random) -> list[tuple[int, int]]:
    """(days before the peildatum, trede), newest first."""
    if person.trede == 0:
        # Measured once, too long ago to count.
        return [(rng.randint(380, 1000), rng.randint(1, 3))] if person.number % 5 == 0 else []
    found = _history(person, rng)
    if person.number % MEASURED_AFTER_EVERY == 5:
        found.insert(0, (-rng.randint(1, 20), person.trede + 1 if person.trede < 6 else 5))
    return found


def _history(person: Person, rng: Random) -> list[tuple[int, int]]:
    """About two measurements a year back to the first support; older ones mostly lower."""
    latest = rng.randint(0, 170) if rng.random() < 0.85 else rng.randint(171, 350)
    days, trede = 0 if person.number == MEASURED_TODAY else min(latest, person.dagen), person.trede
    found = [(days, trede)]
    for _ in range(rng.randint(0, 5)):
        days += rng.randint(160, 200)
        trede = min(6, max(1, trede - rng.choices((-1, 0, 1), (15, 50, 35))[0]))
        if days <= person.dagen:
            found.append((days, trede))
    return found


def zrm_rows(persons: Sequence[Person], rng: Random, peildatum: date) -> list[Row]:
    """Scores on permitted domains only, of part of the residents, once or twice."""
    measured = [person for person in persons if rng.random() < (0.5 if person.regeling == "wmo" else 0.33)]
    return [row for person in measured for row in _scores_of(person, rng, peildatum)]


def _scores_of(person: Person, rng: Random, peildatum: date) -> list[Row]:
    days = [rng.randint(0, 180)]
    if rng.random() < 0.4:
        days.append(days[0] + rng.randint(300, 400))
    domains = rng.sample(ZRM_DOMEINEN.values, rng.randint(2, 4))
    return [_score(person, domain, day, rng, peildatum) for day in days for domain in domains]


def _score(person: Person, domain: str, days: int, rng: Random, peildatum: date) -> Row:
    score = round(1.5 + 0.5 * (person.trede or 2) + rng.gauss(0, 0.8))
    return {
        "bsn": person.identity["bsn"],
        "zrm_domein_code": domain,
        "zrm_score": str(min(5, max(1, score))),
        "meting_datum": begin(peildatum, days),
        "beoordelaar": _assessor(rng),
    }


def trajecten_rows(persons: Sequence[Person], rng: Random, peildatum: date) -> list[Row]:
    """One or two provisions of those in the Participatiewet who are nearest to work, with noise."""
    chance = {person.number: person.trede + rng.gauss(0, 1.5) for person in persons if person.regeling != "wmo"}
    chosen = sorted(chance, key=lambda number: -chance[number])[:TRAJECT_PERSONEN]
    return [row for number in sorted(chosen) for row in _provisions_of(persons[number], rng, peildatum)]


def _provisions_of(person: Person, rng: Random, peildatum: date) -> list[Row]:
    kinds = dict.fromkeys(weighted(rng, _PROVISIONS) for _ in range(rng.choices((1, 2), (65, 35))[0]))
    return [_provision(person, kind, rng, peildatum) for kind in kinds]


def _provision(person: Person, kind: str, rng: Random, peildatum: date) -> Row:
    start = rng.randint(0, min(person.dagen, 1400))
    last = rng.choices((None, -rng.randint(1, 300), rng.randint(0, start)), (35, 30, 35))[0]
    return {
        "bsn": person.identity["bsn"],
        "voorzieningsoort_code": kind,
        "aanbieder": rng.choice(_PROVIDERS),
        "ingangs_datum": begin(peildatum, start),
        "eind_datum": end(peildatum, last),
        "loonwaarde_pct": _loonwaarde(rng) if kind in _WITH_LOONWAARDE and rng.random() < 0.7 else "",
        "traject_cent": _traject_cent(kind, rng),
        "opmerkingen": remark(rng),
    }


def _traject_cent(kind: str, rng: Random) -> str:
    """Cost of the whole trajectory, of a few not known; invented, around the 3.000 euro of half a year of Planregie."""
    if rng.random() < 0.05:
        return ""
    return amount(_TRAJECT_EURO[kind] * rng.randint(60, 140))


def _loonwaarde(rng: Random) -> str:
    """30 to 95 percent in halves, with a decimal comma: `48,5` or `48`."""
    halves = rng.randint(60, 190)
    return f"{halves // 2}{',5' if halves % 2 else ''}"
