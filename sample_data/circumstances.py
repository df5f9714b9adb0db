"""What a benefit registration says beside the benefit: education, ontheffing, income from work, last contact.

All of it depends on trede, age and duration, with chance on top; a few are not known.
"""

from datetime import date
from random import Random

from sample_data.formats import Row, days_before, weighted
from sample_data.persons import Person

_WORKS_PCT = {1: 2, 2: 4, 3: 8, 4: 14, 5: 46, 6: 60}
"""Chance (0-100) of income from work beside the benefit per trede. Ours."""

_PERMANENT_PCT = {1: 34, 2: 22, 3: 10, 4: 12, 5: 3, 6: 1}
"""Chance (0-100) of a permanent ontheffing per trede. Ours; nationally about one in ten has any ontheffing."""


def circumstances(person: Person, leefvorm: str, peildatum: date) -> Row:
    """The fields of one person; every benefit period of a person says the same."""
    # A generator per person: these fields leave everything else in the delivery as it was.
    rng = Random(f"omstandigheden:{person.identity['bsn']}")
    return {
        "startkwalificatie_code": _startkwalificatie(person, rng),
        "ontheffing_code": _ontheffing(person, leefvorm, rng),
        "inkomsten_uit_arbeid_code": _works(person, rng),
        "laatste_contact_datum": _contact(person, peildatum, rng),
    }


def _startkwalificatie(person: Person, rng: Random) -> str:
    """Rarer among who is older or stands low; of one in twelve it is not known."""
    if rng.random() < 1 / 12:
        return ""
    chance = 0.62 - 0.006 * (person.leeftijd - 30) + 0.04 * (person.trede - 3)
    return "J" if rng.random() < chance else "N"


def _ontheffing(person: Person, leefvorm: str, rng: Random) -> str:
    if rng.random() < 0.05:
        return ""
    if rng.random() * 100 < _PERMANENT_PCT[person.trede]:
        return "03"
    if leefvorm == "02" and person.leeftijd < 40 and rng.random() < 0.5:
        return "01"
    return weighted(rng, {"00": 90, "02": 10})


def _works(person: Person, rng: Random) -> str:
    if rng.random() < 0.05:
        return ""
    return "J" if rng.random() * 100 < _WORKS_PCT[person.trede] else "N"


def _contact(person: Person, peildatum: date, rng: Random) -> str:
    """Long ago mostly for who stands low and is long in support; of a few it is not known."""
    if rng.random() < 0.04:
        return ""
    is_forgotten = rng.random() < 0.05 + (0.2 if person.trede <= 2 and person.dagen > 1500 else 0)
    days = rng.randint(370, 1100) if is_forgotten else rng.randint(0, 350)
    return days_before(peildatum, min(days, person.dagen))
