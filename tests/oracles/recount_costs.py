"""What was paid for a person, again in plain Python."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from tests.oracles.recount_profile import day, good_bsn, rows_of
from tests.oracles.versions import standing

Costs = dict[str, object]
KINDS = {"01": "huishouden", "02": "begeleiding", "07": "dagbesteding"}
NO_COSTS: Costs = {"wmo_declaratie": "nee", "kostensoort": set(), "traject": "nee", "trajectklasse": set()}


def costs_of(sample: Mapping[str, bytes], peildatum: date) -> dict[str, Costs]:
    """What each person with a claim or a trajectory counts for, by BSN."""
    claims, trajects = claimed(sample, peildatum), spent(sample, peildatum)
    return {
        bsn: {
            "wmo_declaratie": "ja" if bsn in claims else "nee",
            "kostensoort": set(claims.get(bsn, {})),
            "traject": "ja" if bsn in trajects else "nee",
            "trajectklasse": set(trajects.get(bsn, {})),
        }
        for bsn in claims.keys() | trajects.keys()
    }


def claimed(sample: Mapping[str, bytes], peildatum: date) -> dict[str, dict[str, int]]:
    """Eurocent per BSN and kind that was claimed, net of credit, in the twelve months to the peildatum."""
    net: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    good = []
    for row in rows_of(sample["declaraties.csv"]):
        start, end, cents = day(row["Begindatum"]), day(row["Einddatum"]), _cents(row["IngediendBedrag"])
        is_good = good_bsn(row["Bsn"]) and row["DebetCredit"] in "DC" and cents is not None and cents < 10**7
        if is_good and start and end and end >= start:
            good.append(row)
    for row in standing(good, ("ToewijzingNummer", "ReferentieNummer")):
        end, cents = day(row["Einddatum"]), _cents(row["IngediendBedrag"])
        if peildatum.replace(year=peildatum.year - 1) < end <= peildatum:  # type: ignore[operator]
            kind = KINDS.get(row["ProductCategorie"], "overig")
            net[row["Bsn"]][kind] += cents if row["DebetCredit"] == "D" else -cents  # type: ignore[operator]
    return _positive(net)


def spent(sample: Mapping[str, bytes], peildatum: date) -> dict[str, dict[str, int]]:
    """Eurocent per BSN and kind of the trajectories that ran in the twelve months to the peildatum."""
    total: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    seen = set()
    for row in rows_of(sample["trajecten.csv"]):
        start, end = day(row["DatumStart"]), day(row["DatumEinde"])
        key = (row["Burgerservicenr"], row["CodeType"], row["DatumStart"])
        is_good = good_bsn(key[0]) and start and (not row["DatumEinde"] or (end and end >= start)) and key not in seen
        if is_good:
            seen.add(key)
            runs = start <= peildatum and (end is None or end > peildatum.replace(year=peildatum.year - 1))
            kind = {"2": "werkplek", "L": "werkplek", "3": "begeleiding", "5": "overig"}[row["CodeType"][0]]
            total[key[0]][kind] += _cents(row["KostenTraject"] or "0,00") if runs else 0  # type: ignore[operator]
    return _positive(total)


def _positive(amounts: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    return {
        bsn: kept
        for bsn, kinds in amounts.items()
        if (kept := {kind: cents for kind, cents in kinds.items() if cents > 0})
    }


def _cents(text: str) -> int | None:
    euros, comma, cents = text.partition(",")
    return int(euros) * 100 + int(cents) if comma and euros.isdigit() and len(cents) == 2 else None
