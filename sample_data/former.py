"""Benefits of former residents, so that earlier years' numbers hold."""

from collections.abc import Iterator, Sequence
from datetime import date
from random import Random

from sample_data.benefits import benefit_of
from sample_data.formats import Row, begin, end, remark, years_before
from sample_data.persons import Person

PWET_EARLIER = (321, 295)
"""Residents in the Participatiewet two years and one year before the peildatum (evaluation report)."""

ONLY_IN_BETWEEN = 10
"""Residents with a benefit one year before the peildatum only: not two years before, and not on it. Our choice."""


def former_benefits(rows: Sequence[Row], former: Sequence[Person], rng: Random, peildatum: date) -> list[Row]:
    """Return an ended benefit for every former resident, which adds up to the numbers of earlier years.

    Args:
        rows: The benefits of the residents in stock, some of whom had one in earlier years too.
        former: More persons than are needed; the others had a benefit between two of the days only.
        rng: Seeded generator.
        peildatum: Reference date of the delivery.
    """
    earlier = years_before(peildatum, 2), years_before(peildatum, 1)
    missing = [total - _running(rows, day) for total, day in zip(PWET_EARLIER, earlier, strict=True)]
    on_both = missing[1] - ONLY_IN_BETWEEN
    days = (peildatum - earlier[0]).days, (peildatum - earlier[1]).days
    periods = _periods(missing[0] - on_both, on_both, days, rng)
    return [_benefit(person, next(periods), rng, peildatum) for person in former]


def _running(rows: Sequence[Row], day: date) -> int:
    """Return the number of persons with a benefit on a day."""
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


def _periods(on_first_only: int, on_both: int, days: tuple[int, int], rng: Random) -> Iterator[tuple[int, int]]:
    """Yield first and last day of a benefit, as days before the peildatum.

    Args:
        on_first_only: Number of persons with a benefit two years before the peildatum and none one year before.
        on_both: Number of persons with one on both days.
        days: Number of days between those two days and the peildatum.
    """
    two_years, one_year = days
    for _ in range(on_first_only):
        yield two_years + rng.randint(30, 1400), rng.randint(one_year + 1, two_years)
    for _ in range(on_both):
        yield two_years + rng.randint(0, 1400), rng.randint(30, one_year)
    for _ in range(ONLY_IN_BETWEEN):
        yield rng.randint(one_year, two_years - 1), rng.randint(30, one_year)
    while True:
        first = rng.randint(one_year + 60, two_years - 1)
        yield first, rng.randint(one_year + 1, first)


def _benefit(person: Person, period: tuple[int, int], rng: Random, peildatum: date) -> Row:
    dates = {"ingangs_datum": begin(peildatum, period[0]), "eind_datum": end(peildatum, period[1])}
    return benefit_of(person, rng, peildatum) | dates | {"opmerkingen": remark(rng)}
