"""Good rows of trajecten.csv, arrangement and other services together."""

from collections.abc import Sequence
from datetime import date
from random import Random

from sample_data.arrangement import arrangement_rows
from sample_data.formats import Row
from sample_data.persons import Person
from sample_data.services import service_rows

_WITHOUT_BENEFIT = 90
"""Number of former residents, the first, who left for a baan; the others had a service that ended."""


def trajecten_rows(stock: Sequence[Person], former: Sequence[Person], rng: Random, peildatum: date) -> list[Row]:
    """Return every provision of residents in the Participatiewet and of those who left it."""
    pwet = [person for person in stock if person.regeling != "wmo"]
    supported = sorted((person for person in pwet if person.trede == 5), key=lambda person: -person.dagen)
    return [
        *arrangement_rows(supported, former[:_WITHOUT_BENEFIT], rng, peildatum),
        *service_rows(pwet, former[_WITHOUT_BENEFIT:], rng, peildatum),
    ]
