"""Dates, amounts and remarks as a delivery writes them."""

from datetime import date, timedelta
from random import Random

Row = dict[str, str]
"""One delivered row: name of the field (`schemas.fields`) to the text as delivered."""

DEFECT_DAYS = range(200, 240)
"""Days before the peildatum on which no good row begins, so that an added row never repeats its key."""

_TRAJECT_EURO = {"23": 950, "29": 3000, "30": 4200, "31": 2100, "59": 600, "LKS": 3600}
"""Usual cost of a provision in euros; invented."""

REMARKS = (
    "Afspraak verzet naar volgende maand.",
    "Heeft een rijbewijs; wil graag méér uren.",
    "Post kwam retour, adres gecontroleerd.",
    'Omschrijft zichzelf als "handig".',
    "Belangstelling voor groenvoorziening.",
    "Zoekt een plek als coördinator bij de buurttuin.",
    "Dossier is compleet.",
)
"""Harmless free text, with a semicolon, quotes and diacritics to read."""


def dutch_date(day: date) -> str:
    """Return the date as dd-mm-jjjj."""
    return f"{day:%d-%m-}{day.year:04d}"


def days_before(peildatum: date, days: int) -> str:
    """Return the date this many days before the peildatum (negative: after it), as dd-mm-jjjj."""
    return dutch_date(peildatum - timedelta(days=days))


def begin(peildatum: date, days: int) -> str:
    """Return the first day of a good row; the days kept for defective rows move to an earlier date."""
    return days_before(peildatum, days + len(DEFECT_DAYS) if days in DEFECT_DAYS else days)


def end(peildatum: date, days: int | None) -> str:
    """Return the last day of a row; empty if it has none."""
    return "" if days is None else days_before(peildatum, days)


def years_before(peildatum: date, years: int) -> date:
    """Return the same day this many years earlier; 29 February becomes the 28th in a common year."""
    try:
        return peildatum.replace(year=peildatum.year - years)
    except ValueError:
        return peildatum.replace(year=peildatum.year - years, day=28)


def amount(cents: int) -> str:
    """Return euros with a decimal comma, without a thousands separator: 1234,56."""
    return f"{cents // 100},{cents % 100:02d}"


def traject_cent(kind: str, *identity: str) -> str:
    """Return the cost of a whole trajectory; for a few it is not known.

    Invented, around the 3.000 euro of half a year of Planregie.

    Args:
        kind: Code of the provision.
        identity: Names the trajectory, and seeds a generator of its own, so that a cost changes nothing else.
    """
    rng = Random(":".join((kind, *identity)))
    if rng.random() < 0.05:
        return ""
    return amount(_TRAJECT_EURO[kind] * rng.randint(60, 140))


def remark(rng: Random) -> str:
    """Draw mostly nothing, sometimes a harmless remark."""
    return rng.choice(REMARKS) if rng.random() < 0.1 else ""


def draw_weighted(rng: Random, weights: dict[str, int]) -> str:
    """Draw one of the keys, by weight."""
    return rng.choices(tuple(weights), tuple(weights.values()))[0]
