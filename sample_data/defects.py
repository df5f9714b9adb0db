"""Every planted defect: its rows, and the contract rule that sees it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from sample_data.bsn import THIRD_PARTY_BSNS, fail_eleven_check
from sample_data.formats import DEFECT_DAYS, Row, days_before, dutch_date
from schemas.profiles import STANDAARD

EXCLUDED = "uitgesloten"
"""The row may not be read: it is counted, and in no quarantine."""

Spoil = Callable[[Row, int, date], Row]
"""(good row, its place among the rows of this defect, peildatum) to the defective row."""

_OUTSIDE = ("5268 KT", "5271 GV", "5281 AB", "5076PA")
"""Postcodes around Vught; Helvoirt (5268) is outside until it joins on 1 January 2021."""

_SENSITIVE = (
    "Partner Zoë Coenraädts, bsn {bsn}, tel. 06-00001234, was bij het gesprek.",
    "Gebeld met moeder mevr. Ferdinandusse (073-0001122); bsn zoon {bsn}.",
    "Let op: BSN {bsn} hoort bij broer André Müller.",
    "Bewindvoerder J. Besançon vraagt stukken van {bsn} op, mobiel 0600005678.",
)
"""Free text that names people who are not in the files. No telephone number begins with 06-0 or 073-000."""


@dataclass(frozen=True)
class Defect:
    """One kind of defect in one delivery.

    Attributes:
        text: What is wrong, in Dutch.
        rows: Number of rows that have it; no row has two defects.
        rule: Contract rule that quarantines the row, or `EXCLUDED`; None when the row is good.
        spoil: Makes the row; None when the residents themselves have it (`persons.UNKNOWN_BIRTH`).
    """

    id: str
    file_name: str
    text: str
    rows: int
    rule: str | None
    spoil: Spoil | None = field(default=None, repr=False, compare=False)

    @property
    def is_added(self) -> bool:
        """The row comes beside the good rows; otherwise it is a good row with something odd."""
        return self.rule is not None


def _copy(row: Row, *_: object) -> Row:
    return dict(row)


def _put(name: str, value: str) -> Spoil:
    """Return how to put another value in one field, in a row with a key of its own."""
    return lambda row, *_: row | {name: value}


def _failing_bsn(row: Row, *_: object) -> Row:
    return row | {"bsn": fail_eleven_check(row["bsn"])}


def _short_year(name: str) -> Spoil:
    """Return how to write 31-12-1968 as 31-12-68."""
    return lambda row, *_: row | {name: row[name][:6] + row[name][8:]}


def _end_before_begin(row: Row, place: int, *_: object) -> Row:
    day, month, year = map(int, row["ingangs_datum"].split("-"))
    return row | {"eind_datum": dutch_date(date(year, month, day) - timedelta(days=30 + place))}


def _end_claim_before_begin(row: Row, place: int, *_: object) -> Row:
    day, month, year = map(int, row["prestatie_begin_datum"].split("-"))
    return row | {"prestatie_eind_datum": dutch_date(date(year, month, day) - timedelta(days=1 + place))}


def _outside(row: Row, place: int, peildatum: date) -> Row:
    inside = STANDAARD.pc4_on(peildatum)
    outside = [postcode for postcode in _OUTSIDE if postcode[:4] not in inside]
    return row | {"postcode": outside[place]}


def _sensitive_remark(row: Row, place: int, *_: object) -> Row:
    return row | {"opmerkingen": _SENSITIVE[place].format(bsn=THIRD_PARTY_BSNS[place])}


_PWET, _WMO, _LADDER = "participatiewet.csv", "wmo.csv", "participatieladder.csv"
_TRAJECTEN, _ZRM, _CLAIMS = "trajecten.csv", "zrm.csv", "declaraties.csv"

DEFECTS: tuple[Defect, ...] = (
    Defect("D01", _PWET, "Rij staat er twee keer in.", 3, "dubbel", _copy),
    Defect("D02", _PWET, "BSN voldoet niet aan de 11-proef.", 3, "elfproef", _failing_bsn),
    Defect("D03", _PWET, "BSN ontbreekt.", 2, "ontbreekt", _put("bsn", "")),
    Defect("D04", _PWET, "Geboortedag of -maand is onbekend (00).", 4, None),
    Defect("D05", _PWET, "Geboortedatum heeft een jaartal van twee cijfers.", 2, "onleesbaar",
           _short_year("geboorte_datum")),
    Defect("D06", _PWET, "DatB heeft een jaartal van twee cijfers.", 2, "onleesbaar", _short_year("ingangs_datum")),
    Defect("D07", _PWET, "Normbedrag, dat niet wordt gelezen, heeft een decimale punt.", 2, None,
           _put("normbedrag_cent", "1025.55")),
    Defect("D08", _PWET, "DatE ligt voor DatB.", 2, "eind_voor_begin", _end_before_begin),
    Defect("D09", _PWET, "Postcode ligt buiten de gemeente.", 3, "buiten_gemeente", _outside),
    Defect("D10", _PWET, "Opmerkingen noemt namen, BSN's en telefoonnummers.", 4, None, _sensitive_remark),
    Defect("D11", _WMO, "Rij staat er twee keer in.", 3, "dubbel", _copy),
    Defect("D12", _WMO, "BSN voldoet niet aan de 11-proef.", 2, "elfproef", _failing_bsn),
    Defect("D13", _WMO, "BSN ontbreekt.", 2, "ontbreekt", _put("bsn", "")),
    Defect("D14", _WMO, "Geboortedag en -maand zijn onbekend (00).", 2, None),
    Defect("D15", _WMO, "Einddatum ligt voor Ingangsdatum.", 2, "eind_voor_begin", _end_before_begin),
    Defect("D16", _WMO, "Postcode ligt buiten de gemeente.", 2, "buiten_gemeente", _outside),
    Defect("D17", _WMO, "ProductCategorie 99 bestaat niet.", 2, "onbekende_code", _put("productcategorie_code", "99")),
    Defect("D18", _WMO, "Commentaar noemt namen, BSN's en telefoonnummers.", 3, None, _sensitive_remark),
    Defect("D19", _TRAJECTEN, "Rij staat er twee keer in.", 2, "dubbel", _copy),
    Defect("D20", _TRAJECTEN, "DatumEinde ligt voor DatumStart.", 2, "eind_voor_begin", _end_before_begin),
    Defect("D21", _LADDER, "Rij staat er twee keer in.", 4, "dubbel", _copy),
    Defect("D22", _LADDER, "DatumMeting heeft een jaartal van twee cijfers.", 3, "onleesbaar",
           _short_year("meting_datum")),
    Defect("D23", _LADDER, "Toelichting noemt namen, BSN's en telefoonnummers.", 3, None, _sensitive_remark),
    Defect("D24", _ZRM, "Rij staat er twee keer in.", 3, "dubbel", _copy),
    Defect("D25", _ZRM, "Domein justitie mag niet worden gelezen.", 3, EXCLUDED,
           _put("zrm_domein_code", "justitie")),
    Defect("D26", _ZRM, "ZRMScore 7 bestaat niet.", 2, "buiten_bereik", _put("zrm_score", "7")),
    Defect("D30", "ogdb.csv", "Rij staat er twee keer in.", 1, "dubbel", _copy),
    Defect("D31", "ogdb_doelen.csv", "Rij staat er twee keer in.", 2, "dubbel", _copy),
    Defect("D71", _CLAIMS, "Rij staat er twee keer in.", 4, "dubbel", _copy),
    Defect("D72", _CLAIMS, "BSN voldoet niet aan de 11-proef.", 2, "elfproef", _failing_bsn),
    Defect("D73", _CLAIMS, "IngediendBedrag heeft een decimale punt.", 3, "onleesbaar", _put("bedrag_cent", "184.60")),
    Defect("D74", _CLAIMS, "Einddatum ligt voor Begindatum.", 2, "eind_voor_begin", _end_claim_before_begin),
    Defect("D75", _CLAIMS, "IngediendBedrag is te groot voor een rij.", 2, "buiten_bereik",
           _put("bedrag_cent", "1845600,00")),
    Defect("D76", _CLAIMS, "DebetCredit X bestaat niet.", 2, "onbekende_code", _put("debetcredit_code", "X")),
)  # fmt: skip


def with_own_key(row: Row, place: int, peildatum: date) -> Row:
    """Return the row with a key of its own: another first day or measurement, another toewijzing.

    Args:
        row: A good row.
        place: Its place among the added rows of its file, below `len(DEFECT_DAYS)`.
        peildatum: Reference date of the delivery.
    """
    day = days_before(peildatum, DEFECT_DAYS[place])
    changes = {
        "ingangs_datum": day,
        "eind_datum": "",
        "meting_datum": day,
        "toewijzing_nummer": str(90_000_001 + place),
    }
    return row | {name: value for name, value in changes.items() if name in row}
