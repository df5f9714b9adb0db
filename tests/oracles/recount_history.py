"""The dimensions of history once more in plain Python: csv and datetime, none of our transforms."""

import csv
import io
from collections import defaultdict
from collections.abc import Mapping
from datetime import date

Row = dict[str, str]
NOTHING = {
    "dienst": "geen", "lks": "nee", "lks_stand": None, "lks_begin": None, "ta_begin": None, "detacheringsvorm": None,
    "uitval_proef": None, "uitval_baan": None, "ogdb": "nee", "ogdb_stand": None,
}  # fmt: skip


def history(sample: Mapping[str, bytes], peildatum: date) -> dict[str, dict[str, object]]:
    """BSN to dimensions, of everybody with a provision or an application."""
    own: dict[str, list[Row]] = defaultdict(list)
    for row in _once(sample["trajecten.csv"], "CodeType", "DatumStart"):
        if not row["DatumEinde"] or _day(row["DatumEinde"]) >= _day(row["DatumStart"]):
            own[row["Burgerservicenr"]].append(row)
    found = {bsn: NOTHING | _of(rows, peildatum) for bsn, rows in own.items()}
    for row in sorted(_once(sample["ogdb.csv"], "DatumAanmelding"), key=lambda row: _day(row["DatumAanmelding"])):
        if _day(row["DatumAanmelding"]) <= peildatum:
            stand = {"verlengd": "afgerond"}.get(row["Status"], row["Status"])
            found.setdefault(row["Burgerservicenr"], dict(NOTHING)).update(ogdb="ja", ogdb_stand=stand)
    return found


def _of(rows: list[Row], peildatum: date) -> dict[str, object]:
    opens, new_year = date(peildatum.year - 2, 1, 1), date(peildatum.year, 1, 1)
    bought = {
        row["SoortAanbieder"] == "wsd" for row in rows if row["SoortAanbieder"] and _ran(row, new_year, peildatum)
    }
    dienst = {"dienst": {(True,): "wsd", (False,): "overig", (): "geen"}.get(tuple(bought), "beide")}
    rows = [row for row in rows if (_is_ta(row) or row["CodeType"] == "LKS") and _ran(row, opens, peildatum)]
    if not rows:
        return dienst
    ta, banen = [row for row in rows if _is_ta(row)], [row for row in rows if row["CodeType"] == "LKS"]
    last = max((_day(row["DatumStart"]).year for row in banen), default=0)
    common = {
        "lks": "ta" if ta else "vught",
        "lks_stand": _standing(rows, peildatum) or "uit",
        "lks_begin": {peildatum.year: "dit_jaar", peildatum.year - 1: "vorig_jaar"}.get(last, "anders"),
    }
    if not ta:
        return dienst | common
    placed = [row for row in ta if _ran(row, peildatum, peildatum)]
    vorm = max(placed, key=lambda row: _day(row["DatumStart"]))["SoortDetachering"] or "onbekend" if placed else None
    ends = {
        f"uitval_{name}": _reason([row for row in ta if (row["CodeType"] == "LKS") == is_baan], opens, peildatum)
        for name, is_baan in (("proef", False), ("baan", True))
    }
    return dienst | common | ends | {"detacheringsvorm": vorm, "ta_begin": _standing(ta, opens) or "nieuw"}


def _standing(rows: list[Row], day: date) -> str | None:
    running = [row for row in rows if _ran(row, day, day)]
    kinds = {(_is_ta(row), row["CodeType"]) for row in running}
    order = {(True, "LKS"): "detachering", (True, "23"): "proefplaatsing", (False, "LKS"): "vught"}
    return next((name for kind, name in order.items() if kind in kinds), None)


def _reason(rows: list[Row], opens: date, peildatum: date) -> str:
    ended = [row for row in rows if row["DatumEinde"] and opens <= _day(row["DatumEinde"]) < peildatum]
    return (max(ended, key=lambda row: _day(row["DatumEinde"]))["RedenEinde"] or "onbekend") if ended else "geen"


def _is_ta(row: Row) -> bool:
    return row["SoortAanbieder"] == "wsd" and row["CodeType"] in ("LKS", "23")


def _ran(row: Row, first: date, last: date) -> bool:
    return _day(row["DatumStart"]) <= last and (not row["DatumEinde"] or _day(row["DatumEinde"]) >= first)


def _day(text: str) -> date:
    day, month, year = map(int, text.split("-"))
    return date(year, month, day)


def _once(content: bytes, *key: str) -> list[Row]:
    """Rows without repeats of a key; the sample has no broken BSN in these files."""
    rows = csv.DictReader(io.StringIO(content.decode("cp1252"), newline=""), delimiter=";")
    return list({(row["Burgerservicenr"], *(row[name] for name in key)): row for row in rows}.values())
