"""Rows of trajecten.csv for proefplaatsingen and LKS-banen.

They are of the Transitie Arrangement of WSD and of Vught itself. A course is what one person went through: a
proefplaatsing, a baan met loonkostensubsidie, or the one after the other. The numbers are those of the evaluation
report (its tables on composition, kinds, dropout and LKS-banen); when each course began and ended is invented so that
all of them hold at once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from sample_data.formats import Row, dutch_date, remark, traject_cent
from sample_data.persons import Person

REPORTED = date(2019, 7, 1)
"""The peildatum of the report's numbers; every date below lies relative to it."""

Window = tuple[date, date]
"""First and last day over which the members of a cohort are spread evenly."""

Period = tuple[date, date | None]


@dataclass(frozen=True)
class Cohort:
    """Persons with the same course, each on days of their own.

    Attributes:
        proef: Windows of the first and the last day of the proefplaatsing; without a last day it runs.
        baan: As `proef`, of the LKS-baan. A placement that ends in a baan is followed the next day.
    """

    persons: int
    proef: tuple[Window, Window | None] | None = None
    proef_reden: str = ""
    baan: tuple[Window, Window | None] | None = None
    baan_end: Window | None = None
    baan_reden: str = ""


@dataclass(frozen=True)
class Course:
    """The proefplaatsing and the baan of one person."""

    proef: Period | None
    proef_reden: str
    baan: Period | None
    baan_reden: str

    @property
    def runs(self) -> bool:
        return any(period is not None and period[1] is None for period in (self.proef, self.baan))


@dataclass(frozen=True)
class Placement:
    """One row of trajecten.csv.

    Without a vorm it is a baan with an employer, for which nothing is bought.
    """

    kind: str
    period: Period
    reden: str
    vorm: str
    loonwaarde: str


def _window(first: str, last: str) -> Window:
    return date.fromisoformat(first), date.fromisoformat(last)


_PROEF_16 = (_window("2016-11-10", "2016-12-05"), _window("2017-02-05", "2017-03-05"))
_PROEF_17 = (_window("2017-01-10", "2017-08-31"), _window("2017-03-28", "2017-11-20"))
_EARLY_17 = (_window("2017-01-15", "2017-06-30"), _window("2017-04-01", "2017-09-15"))
_OVER_17 = (_window("2017-10-20", "2017-12-10"), _window("2018-01-10", "2018-02-20"))
_PROEF_18 = (_window("2018-02-01", "2018-08-20"), _window("2018-04-20", "2018-10-31"))
_EARLY_18 = (_window("2018-02-10", "2018-06-30"), _window("2018-05-01", "2018-09-30"))
_OVER_18 = (_window("2018-10-10", "2018-11-01"), _window("2019-01-10", "2019-01-31"))
_PROEF_19 = (_window("2019-01-10", "2019-02-15"), _window("2019-04-01", "2019-04-20"))
_IN_18 = _window("2018-03-05", "2018-11-20")

ARRANGEMENT: tuple[Cohort, ...] = (
    # Thirteen had a baan in January 2017, four a proefplaatsing.
    Cohort(6, baan=(_window("2014-09-01", "2016-11-01"), None)),
    Cohort(5, baan=(_window("2015-03-01", "2016-10-01"), _window("2017-02-01", "2017-11-30")), baan_reden="regulier"),
    Cohort(2, baan=(_window("2015-06-01", "2016-06-01"), _window("2018-02-01", "2018-05-31")), baan_reden="regulier"),
    Cohort(3, _PROEF_16, "lks"),
    Cohort(1, _PROEF_16, "regulier"),
    # 2017: 27 placements, of which six ended in 2018, and two who began with a baan.
    Cohort(3, _PROEF_17, "lks"),
    Cohort(3, _PROEF_17, "lks", baan_end=_IN_18, baan_reden="regulier"),
    Cohort(1, _PROEF_17, "lks", baan_end=_IN_18, baan_reden="motivatie"),
    Cohort(1, _PROEF_17, "lks", baan_end=_IN_18, baan_reden="niet_in_staat"),
    Cohort(1, _PROEF_17, "lks", baan_end=_IN_18, baan_reden="wijziging"),
    Cohort(2, _PROEF_17, "lks", baan_end=_window("2019-02-01", "2019-04-15"), baan_reden="regulier"),
    Cohort(2, _PROEF_17, "lks", baan_end=_window("2019-05-10", "2019-05-24"), baan_reden="regulier"),
    Cohort(2, _EARLY_17, "motivatie", baan=(_window("2017-10-15", "2017-12-10"), None)),
    Cohort(3, _EARLY_17, "niet_in_staat", baan=(_window("2018-02-01", "2018-06-30"), None)),
    Cohort(2, _EARLY_17, "regulier"),
    Cohort(1, _EARLY_17, "loonwaarde"),
    Cohort(4, _OVER_17, "lks"),
    Cohort(1, _OVER_17, "niet_in_staat"),
    Cohort(1, _OVER_17, "regulier"),
    Cohort(2, baan=(_window("2017-03-01", "2017-09-01"), None)),
    # 2018: 18 placements, of which three ended in 2019, and one who began with a baan.
    Cohort(10, _PROEF_18, "lks"),
    Cohort(2, _EARLY_18, "niet_in_staat"),
    Cohort(1, _EARLY_18, "motivatie"),
    Cohort(1, _EARLY_18, "regulier"),
    Cohort(1, _EARLY_18, "wijziging", baan=(_window("2019-02-15", "2019-02-15"), None)),
    Cohort(2, _OVER_18, "lks"),
    Cohort(1, _OVER_18, "niet_in_staat"),
    Cohort(1, baan=(_window("2018-03-12", "2018-03-12"), None)),
    # 2019: four placements, of which one runs.
    Cohort(2, _PROEF_19, "lks"),
    Cohort(1, _PROEF_19, "regulier"),
    Cohort(1, (_PROEF_19[0], None)),
)

VUGHT: tuple[Cohort, ...] = (
    Cohort(28, baan=(_window("2018-06-01", "2018-10-30"), None)),
    Cohort(13, baan=(_window("2019-02-01", "2019-06-17"), None)),
    Cohort(25, baan=(_window("2018-01-08", "2018-05-30"), _window("2018-08-01", "2019-05-31")), baan_reden="regulier"),
    Cohort(4, baan=(_window("2019-01-07", "2019-01-31"), _window("2019-04-01", "2019-06-20")), baan_reden="regulier"),
)

KINDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("beschut", ("28", "33,5", "36", "38", "42", "54")),
    ("groep", ("", "30", "34", "38", "40", "42", "43", "44", "45", "46", "47", "48", "48,5", "49", "50,5", "51",
               "52", "53", "55", "56,5", "61,5", "62", "60")),
    ("doorstroom", ("30", "55")),
    ("individueel", ("30", "52", "55", "58", "60", "62", "66", "73")),
)  # fmt: skip
"""Kinds of detachering in the arrangement, with the loonwaarde of every person; one in `groep` has none yet."""

IN_STOCK = {"wsd": 30, "vught": 33}
"""Number of persons with a place now who still have a benefit beside it. Our choice: together the 63 on trede 5."""


def arrangement_rows(stock: Sequence[Person], former: Sequence[Person], rng: Random, peildatum: date) -> list[Row]:
    """Return every proefplaatsing and LKS-baan.

    A person with a place now may be in stock; one who left it is not.

    Args:
        stock: Persons on trede 5; the first take the places of WSD, the next those of Vught.
        former: Persons without a benefit now, enough for all other places.
        rng: Seeded generator.
        peildatum: Reference date of the delivery.
    """
    leavers, kinds = iter(former), _kinds(rng)
    rows: list[Row] = []
    for soort, cohorts in (("wsd", ARRANGEMENT), ("vught", VUGHT)):
        first = 0 if soort == "wsd" else IN_STOCK["wsd"]
        seats = iter(stock[first : first + IN_STOCK[soort]])
        for course in _courses(cohorts):
            person = (next(seats, None) if course.runs else None) or next(leavers)
            rows += _rows_of(course, person, _baan_of(course, soort, kinds, rng), rng, peildatum)
    return rows


def _courses(cohorts: Sequence[Cohort]) -> Iterator[Course]:
    for cohort in cohorts:
        for place in range(cohort.persons):
            yield _course(cohort, place)


def _course(cohort: Cohort, place: int) -> Course:
    proef = _period(cohort.proef, place, cohort.persons)
    baan = _period(cohort.baan, place, cohort.persons)
    if cohort.proef_reden == "lks" and proef and proef[1]:
        baan = proef[1] + timedelta(days=1), _day(cohort.baan_end, place, cohort.persons)
    return Course(proef, cohort.proef_reden, baan, cohort.baan_reden)


def _period(windows: tuple[Window, Window | None] | None, place: int, persons: int) -> Period | None:
    if windows is None:
        return None
    first = _day(windows[0], place, persons)
    return (first, _day(windows[1], place, persons)) if first else None


def _day(window: Window | None, place: int, persons: int) -> date | None:
    """Return the day of one member: the window divided evenly, the first member on its first day."""
    if window is None:
        return None
    return window[0] + (window[1] - window[0]) * place // max(1, persons - 1)


def _kinds(rng: Random) -> Iterator[tuple[str, str]]:
    """Return kind and loonwaarde of everyone in the arrangement now, in an order that mixes the kinds."""
    kinds = [(kind, loonwaarde) for kind, values in KINDS for loonwaarde in values]
    rng.shuffle(kinds)
    return iter(kinds)


def _baan_of(course: Course, soort: str, kinds: Iterator[tuple[str, str]], rng: Random) -> tuple[str, str]:
    """Return kind and loonwaarde of a baan.

    One with an employer of Vught has no kind, and one that ended is not calibrated.
    """
    if soort == "vught":
        return "", str(rng.randint(30, 80))
    if course.baan and course.baan[1] is None:
        return next(kinds)
    return rng.choice(("groep", "individueel")), str(rng.randint(30, 70))


def _rows_of(course: Course, person: Person, baan: tuple[str, str], rng: Random, peildatum: date) -> Iterator[Row]:
    if course.proef:
        yield _row(person, Placement("23", course.proef, course.proef_reden, "groep", ""), rng, peildatum)
    if course.baan:
        yield _row(person, Placement("LKS", course.baan, course.baan_reden, *baan), rng, peildatum)


def _row(person: Person, placement: Placement, rng: Random, peildatum: date) -> Row:
    unit = {"beschut": "WSD Beschut werk", "": ""}.get(placement.vorm, "WSD Detachering")
    first, last = placement.period
    return {
        "bsn": person.identity["bsn"],
        "voorzieningsoort_code": placement.kind,
        "aanbiedersoort_code": "wsd" if placement.vorm else "",
        "aanbieder": unit,
        "ingangs_datum": relative_date(first, peildatum),
        "eind_datum": relative_date(last, peildatum) if last else "",
        "reden_einde_code": placement.reden,
        "detacheringsvorm_code": placement.vorm,
        "loonwaarde_pct": placement.loonwaarde,
        # A baan with an employer is not bought: it costs the municipality a subsidy, not a trajectory.
        "traject_cent": traject_cent(placement.kind, person.identity["bsn"], str(first)) if placement.vorm else "",
        "opmerkingen": remark(rng),
    }


def relative_date(day: date, peildatum: date) -> str:
    """Return the day as far from this peildatum as it was from the report's, as dd-mm-jjjj."""
    return dutch_date(day + (peildatum - REPORTED))
