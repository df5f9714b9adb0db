"""The whole count again in plain Python: csv and datetime, no Polars and none of our transforms.

Shares only the declarations of the tables; reading, validity, classes and counting are written apart.
"""

import csv
import io
import itertools
from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date, timedelta

from schemas.specs import TableSpec

Person = dict[str, object]
PC4 = {"5261", "5262", "5263", "5266"}
KINDS = {
    "01": "huishouden", "02": "begeleiding", "03": "begeleiding", "07": "dagbesteding", "08": "dagbesteding",
    "09": "dagbesteding",
}  # fmt: skip
CATEGORIES = {f"{number:02d}" for number in range(1, 19)}


def recount(sample: Mapping[str, bytes], spec: TableSpec, peildatum: date) -> dict[tuple[str, ...], int]:
    """Persons per declared cell of a table."""
    persons = population(sample, peildatum)
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
    """A dictionary per resident with something running on the peildatum."""
    pwet, wmo = _benefits(sample["participatiewet.csv"]), _products(sample["wmo.csv"])
    ladder = _ladder(sample["participatieladder.csv"], peildatum)
    claims, trajects = claimed(sample, peildatum), spent(sample, peildatum)
    persons = []
    for bsn in sorted({row["bsn"] for row in (*pwet, *wmo)}):
        own_pwet = [row for row in pwet if row["bsn"] == bsn]
        own_wmo = [row for row in wmo if row["bsn"] == bsn]
        in_pwet = any(_runs(row, peildatum) for row in own_pwet)
        products = {row["category"] for row in own_wmo if _runs(row, peildatum)}
        if in_pwet or products:
            rows = [*own_pwet, *own_wmo]
            persons.append(
                {
                    "regeling": "beide" if in_pwet and products else "pwet" if in_pwet else "wmo",
                    "leeftijdsklasse": _age_class({row["born"] for row in rows}, peildatum),
                    "trede": ladder.get(bsn, "onbekend"),
                    "duurklasse": _duration_class(min(row["start"] for row in rows), peildatum),
                    "productcategorie": products,
                    "bsn": bsn,
                    "wmo_declaratie": "ja" if claims.get(bsn) else "nee",
                    "kostensoort": set(claims.get(bsn, {})),
                    "traject": "ja" if trajects.get(bsn) else "nee",
                    "trajectklasse": set(trajects.get(bsn, {})),
                }
            )
    return persons


def claimed(sample: Mapping[str, bytes], peildatum: date) -> dict[str, dict[str, int]]:
    """Eurocent per BSN and kind that was claimed, net of credit, in the twelve months to the peildatum."""
    net: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    seen = set()
    for row in _rows(sample["declaraties.csv"]):
        start, end, cents = _day(row["Begindatum"]), _day(row["Einddatum"]), _cents(row["IngediendBedrag"])
        key = (row["ToewijzingNummer"], row["Begindatum"], row["DebetCredit"])
        is_good = _good_bsn(row["Bsn"]) and row["DebetCredit"] in "DC" and cents is not None and cents < 10**7
        if is_good and start and end and end >= start and key not in seen:
            seen.add(key)
            if peildatum.replace(year=peildatum.year - 1) < end <= peildatum:
                kind = KINDS.get(row["ProductCategorie"], "overig")
                net[row["Bsn"]][kind] += cents if row["DebetCredit"] == "D" else -cents
    return _positive(net)


def spent(sample: Mapping[str, bytes], peildatum: date) -> dict[str, dict[str, int]]:
    """Eurocent per BSN and kind of the trajectories that ran in the twelve months to the peildatum."""
    total: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    seen = set()
    for row in _rows(sample["trajecten.csv"]):
        start, end = _day(row["DatumStart"]), _day(row["DatumEinde"])
        key = (row["Burgerservicenr"], row["CodeType"], row["DatumStart"])
        is_good = _good_bsn(key[0]) and start and (not row["DatumEinde"] or (end and end >= start)) and key not in seen
        if is_good:
            seen.add(key)
            runs = start <= peildatum and (end is None or end > peildatum.replace(year=peildatum.year - 1))
            kind = {"2": "werkplek", "3": "begeleiding", "5": "overig"}[row["CodeType"][0]]
            total[key[0]][kind] += _cents(row["KostenTraject"] or "0,00") if runs else 0  # type: ignore[operator]
    return _positive(total)


def resum(
    sample: Mapping[str, bytes], amounts: Mapping[str, Mapping[str, int]], axis: str, spec: TableSpec, peildatum: date
) -> dict[str, list[int]]:
    """Contributions per level of a table of sums, largest first; `axis` is what an amount is divided by."""
    (dimension,) = spec.dimensions
    found: dict[str, list[int]] = {}
    for level in dimension.levels:
        parts, own = set(dimension.parts(level)), []
        for person in population(sample, peildatum):
            kinds = amounts.get(str(person["bsn"]), {})
            if dimension.name == axis:
                own.append(sum(cents for kind, cents in kinds.items() if kind in parts))
            elif person[dimension.name] in parts:
                own.append(sum(kinds.values()))
        found[level] = sorted((cents for cents in own if cents), reverse=True)
    return found


def _positive(amounts: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    return {
        bsn: kept
        for bsn, kinds in amounts.items()
        if (kept := {kind: cents for kind, cents in kinds.items() if cents > 0})
    }


def _cents(text: str) -> int | None:
    euros, comma, cents = text.partition(",")
    return int(euros) * 100 + int(cents) if comma and euros.isdigit() and len(cents) == 2 else None


def _rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("cp1252"), newline=""), delimiter=";"))


def _benefits(content: bytes) -> list[dict[str, object]]:
    rows, seen = [], set()
    for row in _rows(content):
        start, end = _day(row["DatB"]), _day(row["DatE"])
        is_good = _good_bsn(row["Burgerservicenr"]) and start and (not row["DatE"] or (end and end >= start))
        is_good = is_good and _born(row["Geboortedat"]) and row["Postcode"][:4] in PC4 and "." not in row["Normbedrag"]
        key = (row["Burgerservicenr"], row["CdSzWet"], row["DatB"])
        if is_good and key not in seen:
            seen.add(key)
            rows.append({"bsn": key[0], "start": start, "end": end, "born": row["Geboortedat"]})
    return rows


def _products(content: bytes) -> list[dict[str, object]]:
    rows, seen = [], set()
    for row in _rows(content):
        start, end = _day(row["Ingangsdatum"]), _day(row["Einddatum"])
        is_good = _good_bsn(row["Bsn"]) and start and (not row["Einddatum"] or (end and end >= start))
        is_good = is_good and row["ProductCategorie"] in CATEGORIES and row["Postcode"][:4] in PC4
        if is_good and row["ToewijzingNummer"] not in seen:
            seen.add(row["ToewijzingNummer"])
            category = row["ProductCategorie"]
            rows.append(
                {"bsn": row["Bsn"], "start": start, "end": end, "born": row["Geboortedatum"], "category": category}
            )
    return rows


def _ladder(content: bytes, peildatum: date) -> dict[str, str]:
    latest: dict[str, list[tuple[date, str]]] = defaultdict(list)
    year_ago = peildatum.replace(year=peildatum.year - 1)
    for row in _rows(content):
        day = _day(row["DatumMeting"])
        if day and year_ago < day <= peildatum and _good_bsn(row["Burgerservicenr"]):
            latest[row["Burgerservicenr"]].append((day, row["Trede"]))
    return {bsn: max(measured)[1] for bsn, measured in latest.items()}


def _runs(row: dict[str, object], peildatum: date) -> bool:
    return row["start"] <= peildatum and (row["end"] is None or row["end"] >= peildatum)  # type: ignore[operator]


def _values(value: object) -> set[str]:
    return value if isinstance(value, set) else {str(value)}


def _day(text: str) -> date | None:
    parts = text.split("-")
    if len(parts) != 3 or [len(part) for part in parts] != [2, 2, 4] or parts[0] == "00":
        return None
    return date(int(parts[2]), int(parts[1]), int(parts[0]))


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


def _good_bsn(text: str) -> bool:
    if len(text) != 9 or not text.isdigit():
        return False
    digits = [int(digit) for digit in text]
    return (sum(digit * (9 - place) for place, digit in enumerate(digits[:8])) - digits[8]) % 11 == 0
