"""Rows of ogdb.csv and ogdb_doelen.csv: the pilot ontwikkelingsgerichte dagbesteding.

The totals are those of the evaluation report; how they divide over the participants is invented, and is not the
division that the report printed per candidate.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from sample_data.arrangement import relative_date
from sample_data.calibration import largest_remainder
from sample_data.formats import Row, amount, draw_weighted, remark
from sample_data.persons import Person
from schemas.codes import DOELDOMEINEN

NOT_STARTED = 12

GEFACTUREERD_CENT = {"planregie": 2324313, "oad": 426672}
VERWACHT_CENT = 1877784
"""Totals of the invoices in the evaluation report."""

STEPS = {
    "werk_opleiding": 13, "maatschappelijke_participatie": 5, "tijdsbesteding": 3, "sociaal_netwerk": 2,
    "geestelijke_gezondheid": 1, "lichamelijke_gezondheid": 1,
}  # fmt: skip
"""Number of goals reached, by domain."""


@dataclass(frozen=True)
class Participant:
    """A participant who started, and the pilot's work with them.

    Attributes:
        share: Weight in the division of the invoices.
    """

    status: str
    onderdeel: str
    uren: int
    gesteld: int
    bereikt: int
    participatie: str = ""
    share: int = 10


PARTICIPANTS: tuple[Participant, ...] = (
    Participant("lopend", "planregie", 24, 6, 2, "4-8", 12),
    Participant("lopend", "planregie", 21, 5, 1, "", 9),
    Participant("lopend", "planregie", 19, 5, 1, "12-24", 11),
    Participant("lopend", "planregie", 18, 5, 1, "", 8),
    Participant("lopend", "planregie", 18, 4, 1, "", 10),
    Participant("lopend", "oad", 17, 4, 0, "4-8", 9),
    Participant("lopend", "oad", 15, 4, 0, "4-8", 7),
    Participant("afgerond", "planregie", 32, 8, 5, "12-24", 14),
    Participant("afgerond", "planregie", 30, 7, 4, "", 13),
    Participant("afgerond", "planregie", 28, 6, 3, "4-8", 12),
    Participant("afgerond", "planregie", 26, 6, 3, "", 10),
    Participant("verlengd", "planregie", 24, 5, 2, "", 15),
    Participant("afgerond", "oad", 20, 5, 2, "4-8", 11),
)

_RUNNING_BEGIN = date(2019, 2, 15), date(2019, 3, 28)
_FINISHED_BEGIN = date(2018, 10, 1), date(2018, 10, 29)
_APPLIED = date(2018, 9, 15), date(2019, 4, 30)
_HALF_A_YEAR = timedelta(days=181)


def ogdb_rows(persons: Sequence[Person], rng: Random, peildatum: date) -> list[Row]:
    """Return every application for the pilot."""
    chosen = _chosen(persons)
    rows = [_applicant_row(person, rng, peildatum) for person in chosen[len(PARTICIPANTS) :]]
    money = _amounts()
    started = zip(chosen, range(len(PARTICIPANTS)), strict=False)
    return rows + [_participant_row(person, place, money[place], rng, peildatum) for person, place in started]


def _chosen(persons: Sequence[Person]) -> list[Person]:
    """Return the residents on trede 2 and 3 in the Participatiewet who are longest in support."""
    on_trede = [person for person in persons if person.trede in (2, 3) and person.regeling != "wmo"]
    return sorted(on_trede, key=lambda person: -person.dagen)[: len(PARTICIPANTS) + NOT_STARTED]


def _amounts() -> list[tuple[int, int]]:
    """Return what was invoiced and what is still expected per participant, in cents."""
    invoiced = [0] * len(PARTICIPANTS)
    for onderdeel, total in GEFACTUREERD_CENT.items():
        places = [place for place, participant in enumerate(PARTICIPANTS) if participant.onderdeel == onderdeel]
        parts = largest_remainder(total, tuple(PARTICIPANTS[place].share for place in places))
        for place, part in zip(places, parts, strict=True):
            invoiced[place] = part
    shares = tuple(participant.share * (participant.status != "afgerond") for participant in PARTICIPANTS)
    expected = largest_remainder(VERWACHT_CENT, shares)
    return list(zip(invoiced, expected, strict=True))


def _applicant_row(person: Person, rng: Random, peildatum: date) -> Row:
    applied = _APPLIED[0] + timedelta(days=rng.randint(0, (_APPLIED[1] - _APPLIED[0]).days))
    nothing = dict.fromkeys(
        ("ogdb_onderdeel_code", "ingangs_datum", "eind_datum", "ingezette_uren", "participatieklasse_code",
         "gefactureerd_cent", "verwacht_cent"), "",
    )  # fmt: skip
    return nothing | {
        "bsn": person.identity["bsn"],
        "aanmeld_datum": relative_date(applied, peildatum),
        "ogdb_status_code": "niet_gestart",
        "opmerkingen": remark(rng),
    }


def _begin(place: int) -> date:
    """Return a participant's first day, two days after the previous one's.

    So no chance decides which participations last three months.
    """
    first = (_RUNNING_BEGIN if PARTICIPANTS[place].status == "lopend" else _FINISHED_BEGIN)[0]
    return first + timedelta(days=2 * place)


def _participant_row(person: Person, place: int, money: tuple[int, int], rng: Random, peildatum: date) -> Row:
    participant, first = PARTICIPANTS[place], _begin(place)
    return {
        "bsn": person.identity["bsn"],
        "aanmeld_datum": relative_date(first - timedelta(days=rng.randint(10, 40)), peildatum),
        "ogdb_status_code": participant.status,
        "ogdb_onderdeel_code": participant.onderdeel,
        "ingangs_datum": relative_date(first, peildatum),
        "eind_datum": "" if participant.status == "lopend" else relative_date(first + _HALF_A_YEAR, peildatum),
        "ingezette_uren": str(participant.uren),
        "participatieklasse_code": participant.participatie,
        "gefactureerd_cent": amount(money[0]),
        "verwacht_cent": amount(money[1]) if money[1] else "",
        "opmerkingen": remark(rng),
    }


def goal_rows(persons: Sequence[Person], rng: Random, peildatum: date) -> list[Row]:
    """Return every goal of those who started.

    Participants who still take part reached theirs within three months, the others after that.
    """
    reached = [domain for domain, steps in STEPS.items() for _ in range(steps)]
    rng.shuffle(reached)
    domains = iter(reached)
    return [
        row
        for place, person in zip(range(len(PARTICIPANTS)), _chosen(persons), strict=False)
        for row in _goals_of(person, place, domains, rng, peildatum)
    ]


def _goals_of(person: Person, place: int, reached: Iterator[str], rng: Random, peildatum: date) -> Iterator[Row]:
    participant, first = PARTICIPANTS[place], _begin(place)
    early, late = (30, 85) if participant.status == "lopend" else (100, 178)
    even_chances = dict.fromkeys(DOELDOMEINEN.values, 1)
    for number in range(participant.gesteld):
        is_reached = number < participant.bereikt
        on = first + timedelta(days=rng.randint(early, late))
        yield {
            "bsn": person.identity["bsn"],
            "doel_nummer": str(number + 1),
            "doel_domein_code": next(reached) if is_reached else draw_weighted(rng, even_chances),
            "gesteld_datum": relative_date(first, peildatum),
            "bereikt_datum": relative_date(on, peildatum) if is_reached else "",
        }
