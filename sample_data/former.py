"""Residents who had a benefit and left before the peildatum, so that the numbers of earlier years hold."""

from collections.abc import Iterator, Sequence
from datetime import date
from random import Random

from sample_data.benefits import benefit_of
from sample_data.formats import Row, begin, end, remark, years_before
from sample_data.persons import Person

PWET_EARLIER = (321, 295)
"""Residents in the Participatiewet two years and one year before the peildatum (evaluation report)."""

ONLY_IN_BETWEEN = 10
"""Of those of a year before, so many were there neither a year earlier nor now. Our choice."""


def former_benefits(rows: Sequence[Row], former: Sequence[Person], rng: Random, peildatum: date) -> list[Row]:
    """A benefit that ended for every former resident, so many that the earlier years come out.

    Args:
        rows: The benefits of the residents in stock, some of whom were there in earlier years too.
        former: More persons than are needed; who is left had a benefit between two of the days.
    """
    two, one = (years_before(peildatum, years) for years in (2, 1))
    missing = [total - _running(rows, day) for total, day in zip(PWET_EARLIER, (two, one), strict=True)]
    both = missing[1] - ONLY_IN_BETWEEN
    days = (peildatum - two).days, (peildatum - one).days
    periods = _periods(missing[0] - both, both, days, rng)
    return [_benefit(person, next(periods), rng, peildatum) for person in former]


def _running(rows: Sequence[Row], day: date) -> int:
    """Persons with a benefit that runs on a day."""
    return len(
        {
            row["bsn"]
            for row in rows
            if _day(row["ingangs_datum"]) <= day and _day(row["eind_datum"] or "31-12-9999") >= day
        }
    )


def _day(text: str) -> date:
    number, month, year = map(int, text.split("-"))
    return date(year, month, number)


def _periods(only_two: int, both: int, days: tuple[int, int], rng: Random) -> Iterator[tuple[int, int]]:
    """First and last day of a benefit as days before the peildatum.

    Args:
        only_two: Who was there two years before and not one year before.
        both: Who was there on both days.
        days: How many days ago those two days were.
    """
    two, one = days
    for _ in range(only_two):
        yield two + rng.randint(30, 1400), rng.randint(one + 1, two)
    for _ in range(both):
        yield two + rng.randint(0, 1400), rng.randint(30, one)
    for _ in range(ONLY_IN_BETWEEN):
        yield rng.randint(one, two - 1), rng.randint(30, one)
    while True:
        first = rng.randint(one + 60, two - 1)
        yield first, rng.randint(one + 1, first)


def _benefit(person: Person, period: tuple[int, int], rng: Random, peildatum: date) -> Row:
    dates = {"ingangs_datum": begin(peildatum, period[0]), "eind_datum": end(peildatum, period[1])}
    return benefit_of(person, rng) | dates | {"opmerkingen": remark(rng)}
