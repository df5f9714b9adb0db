"""Good rows of participatieladder.csv and zrm.csv."""

from collections.abc import Sequence
from datetime import date
from random import Random

from sample_data.formats import Row, begin, remark
from sample_data.persons import Person
from schemas.codes import ZRM_DOMEINEN

MEASURED_TODAY = 2
"""Number of the resident whose last ladder measurement is on the peildatum itself."""

MEASURED_AFTER_EVERY = 30
"""One resident in this many has a ladder measurement after the peildatum, which must not count."""

WORKING_AGE = 66
"""From this age on work is no longer asked for; the AOW age of 2019, rounded."""


def ladder_rows(persons: Sequence[Person], rng: Random, peildatum: date) -> list[Row]:
    """Return every ladder measurement; the last one up to the peildatum gives the calibrated trede."""
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
    """Return days before the peildatum and trede, newest first."""
    if person.trede == 0:
        # Measured once, too long ago to count.
        return [(rng.randint(380, 1000), rng.randint(1, 3))] if person.number % 5 == 0 else []
    measurements = _history(person, rng)
    if person.number % MEASURED_AFTER_EVERY == 5:
        measurements.insert(0, (-rng.randint(1, 20), person.trede + 1 if person.trede < 6 else 5))
    return measurements


def _history(person: Person, rng: Random) -> list[tuple[int, int]]:
    """Return about two measurements a year back to the first support; older ones mostly lower."""
    latest = rng.randint(0, 170) if rng.random() < 0.85 else rng.randint(171, 350)
    days, trede = 0 if person.number == MEASURED_TODAY else min(latest, person.dagen), person.trede
    measurements = [(days, trede)]
    for _ in range(rng.randint(0, 5)):
        days += rng.randint(160, 200)
        trede = min(6, max(1, trede - rng.choices((-1, 0, 1), (15, 50, 35))[0]))
        if days <= person.dagen:
            measurements.append((days, trede))
    return measurements


def zrm_rows(persons: Sequence[Person], rng: Random, peildatum: date) -> list[Row]:
    """Return scores on permitted domains only, for part of the residents, once or twice."""
    measured = [person for person in persons if rng.random() < _zrm_chance(person)]
    return [row for person in measured for row in _scores_of(person, rng, peildatum)]


def _zrm_chance(person: Person) -> float:
    """Return the chance of a measurement.

    It is highest where a next step is in question: at the bottom of Pwet, and for younger people in WMO.
    """
    if person.regeling == "pwet":
        return 0.45 if person.trede <= 2 else 0.33
    return 0.5 if person.leeftijd >= WORKING_AGE else 0.7


def _scores_of(person: Person, rng: Random, peildatum: date) -> list[Row]:
    days = [rng.randint(0, 180)]
    if rng.random() < 0.4:
        days.append(days[0] + rng.randint(300, 400))
    first, *other_domains = ZRM_DOMEINEN.values
    # Work is asked of everybody of working age, and hardly of others.
    work = [first] if person.leeftijd < WORKING_AGE or rng.random() < 0.1 else []
    domains = work + rng.sample(other_domains, rng.randint(1, 3))
    return [_score(person, domain, day, rng, peildatum) for day in days for domain in domains]


def _score(person: Person, domain: str, days: int, rng: Random, peildatum: date) -> Row:
    # A resident without a trede is placed between 2 and 3.
    score = round(1.5 + 0.5 * (person.trede or 2.5) + rng.gauss(0, 0.8))
    return {
        "bsn": person.identity["bsn"],
        "zrm_domein_code": domain,
        "zrm_score": str(min(5, max(1, score))),
        "meting_datum": begin(peildatum, days),
        "beoordelaar": _assessor(rng),
    }
