"""The whole count again in plain Python: csv and datetime, no Polars and none of our transforms.

Shares only the declarations of the tables; reading, validity, classes and counting are written apart.
"""

import itertools
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from schemas.specs import TableSpec
from tests.oracles.recount_costs import NO_COSTS, costs_of
from tests.oracles.recount_history import NOTHING, history
from tests.oracles.recount_profile import Profile, day, good_bsn, rows_of, segments
from tests.oracles.versions import standing

Person = dict[str, object]
PC4 = {"5261", "5262", "5263", "5266"}
CATEGORIES = {f"{number:02d}" for number in range(1, 19)}


def recount(sample: Mapping[str, bytes], spec: TableSpec, peildatum: date) -> dict[tuple[str, ...], int]:
    """Persons per declared cell of a table."""
    return count_persons(population(sample, peildatum), spec)


def count_persons(persons: Sequence[Person], spec: TableSpec) -> dict[tuple[str, ...], int]:
    """These persons per declared cell of a table."""
    counts = dict.fromkeys(itertools.product(*(dimension.levels for dimension in spec.dimensions)), 0)
    for person in persons:
        if all(person[dimension.name] in dimension.parts(level) for dimension, level in spec.population):
            for cell in counts:
                counts[cell] += all(
                    bool(set(dimension.parts(level)) & set(_values(person[dimension.name])))
                    for dimension, level in zip(spec.dimensions, cell, strict=True)
                )
    return counts


def population(sample: Mapping[str, bytes], peildatum: date) -> list[Person]:
    """A dictionary per person in the files; `stand` says whether something runs on the peildatum."""
    pwet, wmo = _benefits(sample["participatiewet.csv"]), _products(sample["wmo.csv"])
    ladder = _ladder(sample["participatieladder.csv"], peildatum)
    profile = Profile(sample, peildatum)
    earlier, costs = history(sample, peildatum), costs_of(sample, peildatum)
    persons: list[Person] = []
    for bsn in sorted({row["bsn"] for row in (*pwet, *wmo)} | earlier.keys()):
        own_pwet = [row for row in pwet if row["bsn"] == bsn]
        own_wmo = [row for row in wmo if row["bsn"] == bsn]
        in_pwet = any(_runs(row, peildatum) for row in own_pwet)
        products = {row["category"] for row in own_wmo if _runs(row, peildatum)}
        own: Person = {"stand": "voorbij", "regeling": None, "productcategorie": products, "bsn": bsn}
        own |= costs.get(bsn, NO_COSTS)
        if in_pwet or products:
            rows = [*own_pwet, *own_wmo]
            own |= {
                "stand": "lopend",
                "regeling": "beide" if in_pwet and products else "pwet" if in_pwet else "wmo",
                "leeftijdsklasse": _age_class({row["born"] for row in rows}, peildatum),
                "trede": ladder.get(bsn, "onbekend"),
                "duurklasse": _duration_class(min(row["start"] for row in rows), peildatum),
            }
            own |= profile.of(bsn, own_pwet, own_wmo, ladder.get(bsn, "onbekend"))
            own |= segments(own)
        persons.append(own | earlier.get(bsn, NOTHING))
    return persons


def resum(
    sample: Mapping[str, bytes], amounts: Mapping[str, Mapping[str, int]], axis: str, spec: TableSpec, peildatum: date
) -> dict[str, list[int]]:
    """Contributions of who is in stock per level of a table of sums, largest first.

    Args:
        axis: What an amount is divided by.
    """
    (dimension,) = spec.dimensions
    persons = [person for person in population(sample, peildatum) if person["stand"] == "lopend"]
    found: dict[str, list[int]] = {}
    for level in dimension.levels:
        parts, own = set(dimension.parts(level)), []
        for person in persons:
            kinds = amounts.get(str(person["bsn"]), {})
            if dimension.name == axis:
                own.append(sum(cents for kind, cents in kinds.items() if kind in parts))
            elif person[dimension.name] in parts:
                own.append(sum(kinds.values()))
        found[level] = sorted((cents for cents in own if cents), reverse=True)
    return found


def _benefits(content: bytes) -> list[dict[str, object]]:
    good = []
    for row in rows_of(content):
        start, end = day(row["DatB"]), day(row["DatE"])
        is_good = good_bsn(row["Burgerservicenr"]) and start and (not row["DatE"] or (end and end >= start))
        if is_good and _born(row["Geboortedat"]) and row["Postcode"][:4] in PC4:
            good.append(row)
    closing = ("DatE", "InkomstenUitArbeid", "DatumLaatsteContact")
    return [
        {
            "bsn": row["Burgerservicenr"],
            "start": day(row["DatB"]),
            "end": day(row["DatE"]),
            "born": row["Geboortedat"],
            "said": row,
        }
        for row in standing(good, ("Burgerservicenr", "CdSzWet", "DatB"), closing=closing)
    ]


def _products(content: bytes) -> list[dict[str, object]]:
    good = []
    for row in rows_of(content):
        start, end = day(row["Ingangsdatum"]), day(row["Einddatum"])
        is_good = good_bsn(row["Bsn"]) and start and (not row["Einddatum"] or (end and end >= start))
        if is_good and row["ProductCategorie"] in CATEGORIES and row["Postcode"][:4] in PC4:
            good.append(row)
    made = ("Toewijzingsdatum", "Toewijzingstijd")
    return [
        {
            "bsn": row["Bsn"],
            "start": day(row["Ingangsdatum"]),
            "end": day(row["Einddatum"]),
            "born": row["Geboortedatum"],
            "category": row["ProductCategorie"],
            "said": row,
        }
        for row in standing(good, ("ToewijzingNummer",), order=made, closing=("Einddatum",))
    ]


def _ladder(content: bytes, peildatum: date) -> dict[str, str]:
    latest: dict[str, list[tuple[date, str]]] = defaultdict(list)
    year_ago = peildatum.replace(year=peildatum.year - 1)
    for row in rows_of(content):
        measured = day(row["DatumMeting"])
        if measured and year_ago < measured <= peildatum and good_bsn(row["Burgerservicenr"]):
            latest[row["Burgerservicenr"]].append((measured, row["Trede"]))
    return {bsn: max(found)[1] for bsn, found in latest.items()}


def _runs(row: dict[str, object], peildatum: date) -> bool:
    return row["start"] <= peildatum and (row["end"] is None or row["end"] >= peildatum)  # type: ignore[operator]


def _values(value: object) -> set[str]:
    return value if isinstance(value, set) else {str(value)}


def _born(text: str) -> tuple[date, date] | None:
    """First and last day of birth that the text allows."""
    parts = text.split("-")
    if len(parts) != 3 or len(parts[2]) != 4:
        return None
    year, month = int(parts[2]), parts[1]
    if parts[0] != "00":
        known = date(year, int(month), int(parts[0]))
        return known, known
    if month == "00":
        return date(year, 1, 1), date(year, 12, 31)
    first = date(year, int(month), 1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _years(start: date, peildatum: date) -> int:
    return peildatum.year - start.year - ((peildatum.month, peildatum.day) < (start.month, start.day))


def _age_class(births: set[object], peildatum: date) -> str:
    bounds = [_born(str(text)) for text in births]
    ages = [max(_years(last, peildatum) for _, last in bounds), min(_years(first, peildatum) for first, _ in bounds)]  # type: ignore[misc]
    classes = Counter(
        "<27" if age < 27 else "27-44" if age < 45 else "45-54" if age < 55 else "55-65" if age < 66 else "66+"
        for age in ages
    )
    return next(iter(classes)) if len(classes) == 1 and ages[0] <= ages[1] else "onbekend"


def _duration_class(start: object, peildatum: date) -> str:
    years = _years(start, peildatum)  # type: ignore[arg-type]
    return "<1" if years < 1 else "1-2" if years < 3 else "3-4" if years < 5 else "5-9" if years < 10 else "10+"
