"""Good rows of declaraties.csv: monthly claims for products of wmo.csv."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from random import Random

from sample_data.formats import Row, amount, dutch_date

MONTHS = 14
"""Calendar months of claims before the peildatum; two more than a year, so that reading all of them is seen."""

_CREDIT_SHARE = 0.02
_PER_MONTH = {"1": 30.4, "2": 4.345, "4": 1.0}
"""Times per month, by frequency of an allotment; frequency `6` is once, in its first month."""


def claim_rows(products: Sequence[Row], rng: Random, peildatum: date) -> list[Row]:
    """Return every claim for products in kind; a personal budget is not claimed.

    Args:
        products: Good rows of wmo.csv (`sample_data.benefits.wmo_rows`).
        rng: Seeded generator.
        peildatum: Reference date of the delivery.
    """
    in_kind = [product for product in products if product["leveringsvorm_code"] == "ZIN"]
    return _number_claims(row for product in in_kind for row in _claims_of(product, rng, peildatum))


def _number_claims(rows: Iterable[Row]) -> list[Row]:
    """Return the rows with a reference of the provider.

    A credit comes right after its debit, and names the debit's reference.
    """
    numbered: list[Row] = []
    for number, row in enumerate(rows, start=1):
        debit_number = numbered[-1]["referentie_nummer"] if row["debetcredit_code"] == "C" else ""
        numbered.append(row | {"referentie_nummer": f"P{number:05d}", "vorige_referentie_nummer": debit_number})
    return numbered


def _claims_of(product: Row, rng: Random, peildatum: date) -> Iterator[Row]:
    start, end = _day(product["ingangs_datum"]), _day(product["eind_datum"]) if product["eind_datum"] else None
    for first, last in _months(peildatum):
        is_once = product["frequentie_code"] == "6"
        runs = start <= last and (end is None or end >= first)
        if runs and (not is_once or start >= first):
            yield from _claim(product, max(first, start), min(last, end or last), rng)


def _months(peildatum: date) -> list[tuple[date, date]]:
    """Return first and last day of the calendar months that ended before the peildatum, oldest first."""
    months, last = [], peildatum.replace(day=1) - timedelta(days=1)
    for _ in range(MONTHS):
        months.append((last.replace(day=1), last))
        last = last.replace(day=1) - timedelta(days=1)
    return months[::-1]


def _claim(product: Row, first: date, last: date, rng: Random) -> Iterator[Row]:
    """Yield a debit and, seldom, a credit of part of it."""
    times = _PER_MONTH.get(product["frequentie_code"], 1.0)
    # Residents who are away or ill get less than was allotted.
    volume = max(1, round(int(product["volume"]) * times * rng.uniform(0.8, 1.0)))
    cents = volume * int(product["tarief_cent"].replace(",", ""))
    row = {name: product[name] for name in ("bsn", "toewijzing_nummer", "productcategorie_code", "eenheid_code")} | {
        "prestatie_begin_datum": dutch_date(first),
        "prestatie_eind_datum": dutch_date(last),
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
