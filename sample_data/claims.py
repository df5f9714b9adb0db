"""Good rows of declaraties.csv: what the providers claimed, month by month, for the products of wmo.csv."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from random import Random

from sample_data.formats import Row, amount, dutch

MONTHS = 14
"""Calendar months that were claimed up to the peildatum; two more than a year, so that a careless reading differs."""

_CREDIT_SHARE = 0.02
_PER_MONTH = {"1": 30.4, "2": 4.345, "4": 1.0}
"""Frequency of an allotment to times per month; `6` is once, in its first month."""


def claim_rows(products: Sequence[Row], rng: Random, peildatum: date) -> list[Row]:
    """Every claim for products in kind; a personal budget is not claimed.

    Args:
        products: Good rows of wmo.csv (`sample_data.benefits.wmo_rows`).
    """
    in_kind = [product for product in products if product["leveringsvorm_code"] == "ZIN"]
    return _numbered(row for product in in_kind for row in _claims_of(product, rng, peildatum))


def _numbered(rows: Iterable[Row]) -> list[Row]:
    """Rows with a reference of the provider; a credit, which comes right after its debit, names that one."""
    numbered: list[Row] = []
    for number, row in enumerate(rows, start=1):
        of = numbered[-1]["referentie_nummer"] if row["debetcredit_code"] == "C" else ""
        numbered.append(row | {"referentie_nummer": f"P{number:05d}", "vorige_referentie_nummer": of})
    return numbered


def _claims_of(product: Row, rng: Random, peildatum: date) -> Iterator[Row]:
    start, end = _day(product["ingangs_datum"]), _day(product["eind_datum"]) if product["eind_datum"] else None
    for first, last in _months(peildatum):
        is_once = product["frequentie_code"] == "6"
        runs = start <= last and (end is None or end >= first)
        if runs and (not is_once or start >= first):
            yield from _claim(product, max(first, start), min(last, end or last), rng)


def _months(peildatum: date) -> list[tuple[date, date]]:
    """First and last day of the calendar months that ended before the peildatum, oldest first."""
    months, last = [], peildatum.replace(day=1) - timedelta(days=1)
    for _ in range(MONTHS):
        months.append((last.replace(day=1), last))
        last = last.replace(day=1) - timedelta(days=1)
    return months[::-1]


def _claim(product: Row, first: date, last: date, rng: Random) -> Iterator[Row]:
    """A debit and, seldom, a part of it taken back."""
    times = _PER_MONTH.get(product["frequentie_code"], 1.0)
    # Who is away or ill gets less than was allotted.
    volume = max(1, round(int(product["volume"]) * times * rng.uniform(0.8, 1.0)))
    cents = volume * int(product["tarief_cent"].replace(",", ""))
    row = {name: product[name] for name in ("bsn", "toewijzing_nummer", "productcategorie_code", "eenheid_code")} | {
        "prestatie_begin_datum": dutch(first),
        "prestatie_eind_datum": dutch(last),
        "geleverd_volume": str(volume),
        "bedrag_cent": amount(cents),
        "debetcredit_code": "D",
    }
    yield row
    if rng.random() < _CREDIT_SHARE:
        yield row | {"bedrag_cent": amount(cents // rng.randint(2, 5)), "debetcredit_code": "C"}


def _day(text: str) -> date:
    day, month, year = map(int, text.split("-"))
    return date(year, month, day)
