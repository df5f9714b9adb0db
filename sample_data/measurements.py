"""Good rows of participatieladder.csv and zrm.csv."""

from collections.abc import Sequence
from datetime import date
from random import Random

from sample_data.formats import Row, begin, remark
from sample_data.persons import Person
from schemas.codes import ZRM_DOMEINEN

MEASURED_TODAY = 2
"""The resident whose last ladder measurement is of the peildatum itself."""

MEASURED_AFTER_EVERY = 30
"""One in so many residents has a ladder measurement of after the peildatum, which must not count."""


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
