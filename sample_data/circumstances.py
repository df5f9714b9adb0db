"""Fields of a benefit registration beside the benefit itself.

Education, ontheffing, income from work and last contact depend on trede, age and duration, with chance on top; a few
are not known.
"""

from datetime import date
from random import Random

from sample_data.formats import Row, days_before, draw_weighted
from sample_data.persons import Person

_WORKS_PCT = {1: 2, 2: 4, 3: 8, 4: 14, 5: 46, 6: 60}
"""Chance (0-100) of income from work beside the benefit per trede. Ours."""

_PERMANENT_PCT = {1: 34, 2: 22, 3: 10, 4: 12, 5: 3, 6: 1}
"""Chance (0-100) of a permanent ontheffing per trede. Ours; nationally about one in ten has any ontheffing."""

_UNMEASURED = 2
"""Trede that stands in these chances for persons who were not measured."""


def circumstances(person: Person, leefvorm: str, peildatum: date) -> Row:
    """Return these fields of one person, the same for every benefit period."""
    # A generator per person, so that these fields change nothing else in the delivery.
    rng = Random(f"omstandigheden:{person.identity['bsn']}")
    return {
        "startkwalificatie_code": _startkwalificatie(person, rng),
        "ontheffing_code": _ontheffing(person, leefvorm, rng),
        "inkomsten_uit_arbeid_code": _works(person, rng),
        "laatste_contact_datum": _contact(person, peildatum, rng),
    }


def _startkwalificatie(person: Person, rng: Random) -> str:
    """Draw a startkwalificatie: rarer for older people and on low rungs; unknown for one in twelve."""
    if rng.random() < 1 / 12:
        return ""
    chance = 0.62 - 0.006 * (person.leeftijd - 30) + 0.04 * (person.trede - 3)
    return "J" if rng.random() < chance else "N"


def _ontheffing(person: Person, leefvorm: str, rng: Random) -> str:
    if rng.random() < 0.05:
        return ""
    if rng.random() * 100 < _PERMANENT_PCT[person.trede or _UNMEASURED]:
        return "03"
    if leefvorm == "02" and person.leeftijd < 40 and rng.random() < 0.5:
        return "01"
    return draw_weighted(rng, {"00": 90, "02": 10})


def _works(person: Person, rng: Random) -> str:
    if rng.random() < 0.05:
        return ""
    return "J" if rng.random() * 100 < _WORKS_PCT[person.trede or _UNMEASURED] else "N"


def _contact(person: Person, peildatum: date, rng: Random) -> str:
    """Draw the last contact: long ago mostly on low rungs after long support; unknown for a few."""
    if rng.random() < 0.04:
        return ""
    is_forgotten = rng.random() < 0.05 + (0.2 if person.trede <= 2 and person.dagen > 1500 else 0)
    days = rng.randint(370, 1100) if is_forgotten else rng.randint(0, 350)
    return days_before(peildatum, min(days, person.dagen))
