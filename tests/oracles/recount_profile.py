"""The population analysis again in plain Python: what a person's deliveries say, and the segments. No Polars."""

import csv
import io
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

DOMAINS = ("werk_opleiding", "tijdsbesteding", "sociaal_netwerk", "maatschappelijke_participatie")
UNKNOWN = "onbekend"


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("cp1252"), newline=""), delimiter=";"))


def day(text: str) -> date | None:
    parts = text.split("-")
    if len(parts) != 3 or [len(part) for part in parts] != [2, 2, 4] or parts[0] == "00":
        return None
    return date(int(parts[2]), int(parts[1]), int(parts[0]))


def good_bsn(text: str) -> bool:
    if len(text) != 9 or not text.isdigit():
        return False
    digits = [int(digit) for digit in text]
    return (sum(digit * (9 - place) for place, digit in enumerate(digits[:8])) - digits[8]) % 11 == 0


def months_later(start: date, months: int) -> date:
    """The same day so many months later, or the last of a shorter month."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


class Profile:
    """What ladder, trajecten and zrm say of each BSN on a peildatum."""

    def __init__(self, sample: Mapping[str, bytes], peildatum: date) -> None:
        self.peildatum = peildatum
        self.ladder: dict[str, list[tuple[date, int]]] = defaultdict(list)
        for row in rows_of(sample["participatieladder.csv"]):
            measured = day(row["DatumMeting"])
            if measured and good_bsn(row["Burgerservicenr"]):
                self.ladder[row["Burgerservicenr"]].append((measured, int(row["Trede"])))
        self.provisions = _provisions(rows_of(sample["trajecten.csv"]), peildatum)
        self.zrm = _zrm(rows_of(sample["zrm.csv"]), peildatum)

    def of(self, bsn: str, pwet: list[dict], wmo: list[dict], trede: str) -> dict[str, object]:
        """The dimensions of one person; `pwet` and `wmo` are all good rows, with the delivered one in `said`."""
        running = [row for row in pwet if row["start"] <= self.peildatum <= (row["end"] or date.max)]
        last = max(running, key=lambda row: row["start"], default={"said": {}})["said"]
        contacts = [contact for row in running if (contact := day(row["said"]["DatumLaatsteContact"]))]
        soon = months_later(self.peildatum, 6)
        products = [row["end"] for row in wmo if row["start"] <= self.peildatum <= (row["end"] or date.max)]
        provisions = self.provisions.get(bsn, [])
        scores = self.zrm.get(bsn, {})
        low = sum(score <= 2 for score in scores.values())
        sexes = {row["said"]["Geslacht"] for row in (*pwet, *wmo)}
        return {
            "geslacht": sexes.pop() if len(sexes) == 1 else "0",
            "leefvorm": last.get("CdLeefvorm") or UNKNOWN,
            "startkwalificatie": {"J": "met", "N": "zonder"}.get(
                last.get("Startkwalificatie"), "startkwalificatie_onbekend"
            ),
            "deeltijdwerk": {"J": "werkt", "N": "werkt_niet"}.get(last.get("InkomstenUitArbeid"), "inkomsten_onbekend"),
            "ontheffing": {"00": "geen", "01": "tijdelijk", "02": "tijdelijk", "03": "permanent"}.get(
                last.get("OntheffingArbeidsplicht"), UNKNOWN
            ),
            "beweging": self._moved(bsn, trede),
            "loonwaarde": _loonwaarde(provisions),
            "voorziening": {kind for _, kind, _ in provisions} or {"geen"},
            "zrm": {f"{domain}:{_klasse(score)}" for domain, score in scores.items()} or {"niet_gemeten"},
            "belemmeringen": UNKNOWN if not scores else str(low),
            "_indicatie": any(end is not None and end <= soon for end in products),
            "_contact": bool(contacts) and max(contacts) < months_later(self.peildatum, -12),
        }

    def _moved(self, bsn: str, trede: str) -> str:
        if trede == UNKNOWN:
            return UNKNOWN
        latest = max(measured for measured, _ in self.ladder[bsn] if measured <= self.peildatum)
        first, last = months_later(latest, -18), months_later(latest, -6)
        earlier = [one for one in self.ladder[bsn] if first <= one[0] <= last]
        if not earlier:
            return UNKNOWN
        before = max(earlier)[1]
        return "omhoog" if int(trede) > before else "omlaag" if int(trede) < before else "gelijk"


def segments(person: Mapping[str, object]) -> dict[str, object]:
    """Mogelijkheid, kans and risico of a person whose other dimensions are known."""
    pwet = person["regeling"] in {"pwet", "beide"}
    works = bool({"werk_opleiding:3", "werk_opleiding:4-5"} & _set(person["zrm"]))
    day_care = "07" in _set(person["productcategorie"]) and person["leeftijdsklasse"] not in {"66+", UNKNOWN}
    possible = (
        pwet
        and person["trede"] in {"3", "4"}
        and person["loonwaarde"] != "<30"
        and person["ontheffing"] not in {"permanent", UNKNOWN}
    )
    chances = {
        "dagbesteding": day_care and works,
        "trede_5": possible and person["trede"] == "4",
        "wal_en_schip": works and (day_care or (pwet and person["trede"] in {"1", "2"})),
    }
    risks = {
        "geisoleerd": person["trede"] == "1",
        "langdurig": person["duurklasse"] in {"5-9", "10+"},
        "stapeling": person["belemmeringen"] in ("3", "4"),
        "indicatie": person["_indicatie"],
        "contact": person["_contact"],
    }
    return {
        "mogelijkheid": "ja" if possible else "nee",
        "kans": {name for name, is_so in chances.items() if is_so} or {"geen"},
        "risico": {name for name, is_so in risks.items() if is_so} or {"geen"},
    }


def _set(value: object) -> set[str]:
    return value if isinstance(value, set) else {str(value)}


def _provisions(rows: Iterable[dict[str, str]], peildatum: date) -> dict[str, list[tuple[date, str, float]]]:
    """Per BSN the running provisions: first day, kind, loonwaarde (-1 if it was not measured)."""
    found: dict[str, list[tuple[date, str, float]]] = defaultdict(list)
    for row in rows:
        start, end = day(row["DatumStart"]), day(row["DatumEinde"])
        if start and start <= peildatum <= (end or date.max) and not (end and end < start):
            pct = float(row["PercentageLoonwaardeWML"].replace(",", ".") or -1)
            found[row["Burgerservicenr"]].append((start, row["CodeType"], pct))
    return found


def _zrm(rows: Iterable[dict[str, str]], peildatum: date) -> dict[str, dict[str, int]]:
    """Per BSN and permitted domain the last score of the last twelve months."""
    latest: dict[tuple[str, str], tuple[date, int]] = {}
    for row in rows:
        measured, score = day(row["DatumBeoordeling"]), int(row["ZRMScore"])
        is_good = row["Domein"] in DOMAINS and 1 <= score <= 5 and good_bsn(row["Burgerservicenr"])
        if is_good and measured and months_later(peildatum, -12) < measured <= peildatum:
            key = (row["Burgerservicenr"], row["Domein"])
            latest[key] = max(latest.get(key, (date.min, 0)), (measured, score))
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for (bsn, domain), (_, score) in latest.items():
        found[bsn][domain] = score
    return found


def _klasse(score: int) -> str:
    return "1-2" if score <= 2 else "3" if score == 3 else "4-5"


def _loonwaarde(provisions: list[tuple[date, str, float]]) -> str:
    measured = [(start, pct) for start, _, pct in provisions if pct >= 0]
    if not provisions:
        return "geen"
    if not measured:
        return UNKNOWN
    pct = max(measured)[1]
    return "<30" if pct < 30 else "30-49" if pct < 50 else "50-69" if pct < 70 else "70+"
