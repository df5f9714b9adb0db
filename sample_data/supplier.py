"""The same made-up deliveries as suppliers export them: other headers, words for codes, titles, totals, wide files."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from schemas import codes
from schemas.sources import SOURCES

_Cells = dict[str, str]
_Form = Callable[[str], str]


def _short_day(text: str) -> str:
    """Return 01-02-2019 as 1-2-2019, and an unknown day as it is."""
    day, month, year = text.split("-")
    return text if "00" in (day, month) else f"{int(day)}-{int(month)}-{year}"


def _iso(text: str) -> str:
    day, month, year = text.split("-")
    return f"{year}-{month}-{day}" if len(year) == 4 else text


def _euros(text: str) -> str:
    """Return 1234,56 as € 1.234,56, and what is no amount of ours as it is."""
    euros, comma, cents = text.partition(",")
    return f"€ {int(euros):,}".replace(",", ".") + comma + cents if euros.isdigit() else text


def _words(**words: str) -> _Form:
    return lambda text: words.get(f"_{text}", text)


@dataclass(frozen=True, kw_only=True)
class _Layout:
    """How a supplier exports one delivery; our columns that it does not name it does not have.

    Attributes:
        headers: Its header by ours, in its order.
        forms: How it writes a column of ours, if otherwise.
        title: Line above the header; none if empty.
        has_total: The last line has the number of rows.
    """

    name: str
    headers: Mapping[str, str]
    separator: str = ";"
    forms: Mapping[str, _Form] = field(default_factory=dict)
    title: str = ""
    has_total: bool = False


_JA_NEE = _words(_J="Ja", _N="Nee")
_LAYOUTS = {
    "participatiewet": _Layout(
        name="uitkeringen_export.csv",
        headers={
            "Burgerservicenr": "BSN", "SignificantDeelVanDeAchternaam": "Naam", "Geslacht": "M/V",
            "Geboortedat": "Geb.datum", "Postcode": "Postcode", "CdLeefvorm": "Leefvorm", "CdSzWet": "Regeling",
            "DossierGsd": "Dossiernr.", "DatB": "Ingangsdatum", "DatE": "Einddatum", "Normbedrag": "Norm incl. VT",
            "Startkwalificatie": "Startkwal.", "OntheffingArbeidsplicht": "Ontheffing",
            "InkomstenUitArbeid": "Deeltijdwerk", "DatumLaatsteContact": "Laatste contact", "Opmerkingen": "Memo",
        },
        forms={
            "Geboortedat": _short_day, "DatB": _short_day, "DatE": _short_day, "DatumLaatsteContact": _short_day,
            "Normbedrag": _euros, "Geslacht": _words(_1="M", _2="V"), "Startkwalificatie": _JA_NEE,
            "InkomstenUitArbeid": _JA_NEE, "CdSzWet": _words(_PW="Pwet levensonderhoud"),
            "CdLeefvorm": _words(_01="Alleenstaande", _02="Alleenstaande ouder", _03="Gehuwd/samenwonend"),
            "OntheffingArbeidsplicht": _words(
                _00="Geen", _01="Kind jonger dan 5", _02="Tijdelijk", _03="Volledig en duurzaam"
            ),
        },
        title="Overzicht uitkeringen",
        has_total=True,
    ),
    "wmo": _Layout(
        name="wmo_voorzieningen.csv",
        headers={
            "Bsn": "BSN", "Geslacht": "Geslacht", "Geboortedatum": "Geboortedatum", "Postcode": "Postcode",
            "ToewijzingNummer": "Toewijzingsnummer", "ProductCategorie": "Productcategorie",
            "Ingangsdatum": "Begindatum", "Einddatum": "Einddatum", "Eenheid": "Eenheid",
            "Toewijzingsdatum": "Toewijzingsdatum", "Toewijzingstijd": "Toewijzingstijd", "Achternaam": "Cliënt",
        },
        separator=",",
        forms={
            "Geslacht": _words(_1="man", _2="vrouw"), "Geboortedatum": _iso, "Ingangsdatum": _iso, "Einddatum": _iso,
            "Toewijzingsdatum": _iso,
        },
    ),
    "declaraties": _Layout(
        name="declaraties_export.csv",
        headers={
            "Bsn": "BSN", "ToewijzingNummer": "Toewijzingsnummer", "ProductCategorie": "Productcategorie",
            "Begindatum": "Begindatum", "Einddatum": "Einddatum", "Eenheid": "Eenheid",
            "GeleverdVolume": "Volume", "IngediendBedrag": "Ingediend bedrag", "DebetCredit": "D/C",
            "ReferentieNummer": "ReferentieNummer", "VorigReferentieNummer": "VorigReferentieNummer",
        },
        forms={"IngediendBedrag": _euros, "DebetCredit": _words(_D="Debet", _C="Credit")},
        has_total=True,
    ),
}  # fmt: skip
_LADDER, _ZRM = "participatieladder_breed.csv", "zrm_breed.csv"
_TRAJECTEN = ("trajecten", "ogdb", "ogdb_doelen")
"""Deliveries that WSD makes, as we ask them."""


def supplier_files(deliveries: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return deliveries as suppliers export them, by the names of their files; UTF-8, a row of ours per row or cell.

    Steps of the ladder and scores of the ZRM come wide, with a column per measurement or domain. What WSD delivers
    stays as we ask it.
    """
    rows = {source.id: _rows(deliveries[source.file_name]) for source in SOURCES}
    files = {layout.name: _exported(rows[source], layout) for source, layout in _LAYOUTS.items()}
    files[_LADDER] = _wide_ladder(rows["participatieladder"])
    files[_ZRM] = _wide_zrm(rows["zrm"])
    return files | {f"{source}.csv": deliveries[f"{source}.csv"] for source in _TRAJECTEN}


def _rows(content: bytes) -> list[_Cells]:
    return list(csv.DictReader(io.StringIO(content.decode("cp1252"), newline=""), delimiter=";"))


def _exported(rows: Sequence[_Cells], layout: _Layout) -> bytes:
    lines = [[layout.title]] if layout.title else []
    lines.append(list(layout.headers.values()))
    for row in rows:
        cells = {name: row.get(name, "") for name in layout.headers}
        lines.append([layout.forms.get(name, str)(cell) if cell else "" for name, cell in cells.items()])
    if layout.has_total:
        lines.append(["Totaal", str(len(rows)), *[""] * (len(layout.headers) - 2)])
    return _csv(lines, layout.separator)


def _wide_ladder(rows: Iterable[_Cells]) -> bytes:
    """Return a line per person, with a pair of columns per measurement."""
    persons: dict[str, list[_Cells]] = {}
    for row in rows:
        persons.setdefault(row["Burgerservicenr"], []).append(row)
    most = max(map(len, persons.values()))
    names = ["nulmeting", *(f"meting {number}" for number in range(2, most + 1))]
    lines = [["bsn", "klantmanager", *(part for name in names for part in (name, f"datum {name}"))]]
    for bsn, measured in persons.items():
        pairs = [(f"P{row['Trede']}", row["DatumMeting"]) for row in measured]
        filled = zip_longest(names, pairs, fillvalue=("", ""))
        lines.append([bsn, measured[0]["KenmerkBeoordelaar"], *(cell for _, pair in filled for cell in pair)])
    return _csv(lines, ";")


def _wide_zrm(rows: Iterable[_Cells]) -> bytes:
    """Return a line per person and day, or more where a domain was scored twice; 9 is not assessed."""
    labels = {
        code.code: str(code.label) for list_ in (codes.ZRM_DOMEINEN, codes.ZRM_WITHOUT_REASON) for code in list_.codes
    }
    days: dict[tuple[str, str, int], dict[str, str]] = {}
    for row in rows:
        turn = next(n for n in range(len(labels) + 9) if row["Domein"] not in days.get(_key(row, n), {}))
        days.setdefault(_key(row, turn), {})[row["Domein"]] = row["ZRMScore"]
    lines = [["BSN", "Datum", *labels.values()]]
    lines += [[bsn, day, *(scores.get(name, "9") for name in labels)] for (bsn, day, _), scores in days.items()]
    return _csv(lines, ",")


def _key(row: _Cells, turn: int) -> tuple[str, str, int]:
    return row["Burgerservicenr"], _iso(row["DatumBeoordeling"]), turn


def _csv(lines: Iterable[Sequence[str]], separator: str) -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=separator).writerows(lines)
    return written.getvalue().encode("utf-8-sig")
