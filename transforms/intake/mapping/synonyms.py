"""What suppliers call a column, and their words for codes: collected from exports, to be confirmed."""

import re
from collections.abc import Mapping
from functools import cache

from schemas import fields
from schemas.codes import ZRM_DOMEINEN, ZRM_WITHOUT_REASON


@cache
def bare(header: str) -> str:
    """Return a header in lower case, with letters and digits only."""
    return re.sub(r"[^0-9a-z]", "", header.casefold().replace("ë", "e").replace("ï", "i"))


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


HEADERS: Mapping[str, frozenset[str]] = {
    fields.GEMEENTE_CODE.name: _words("gemeentecode gemeente gemeentenr"),
    fields.BSN.name: _words("bsn burgerservicenummer burgerservicenr bsnnummer bsnnr clientbsn sofinummer"),
    fields.GESLACHT.name: _words("geslacht mv sekse geslachtcode"),
    fields.GEBOORTE_DATUM.name: _words("geboortedatum gebdatum geboortedat gebdat geborenop"),
    fields.POSTCODE.name: _words("postcode pc postcodewoonadres woonadrespostcode"),
    fields.LEEFVORM.name: _words("leefvorm leefsituatie leefvormcode"),
    fields.DOSSIER.name: _words("dossier dossiernummer dossiernr uitkeringsdossier"),
    fields.REGELINGSOORT.name: _words("regeling wet soortuitkering uitkeringssoort regelingcode uitkering"),
    fields.INGANGS_DATUM.name: _words(
        "ingangsdatum datumingang begindatum startdatum datumstart ingang aanvangsdatum datumaanvang van"
    ),
    fields.EIND_DATUM.name: _words("einddatum datumeinde eind datumeind beeindigingsdatum datumbeeindiging tot tm"),
    fields.STARTKWALIFICATIE.name: _words("startkwalificatie startkwal"),
    fields.ONTHEFFING.name: _words("ontheffing ontheffingarbeidsplicht vrijstellingarbeidsplicht"),
    fields.INKOMSTEN_UIT_ARBEID.name: _words("inkomstenuitarbeid deeltijdwerk parttimewerk"),
    fields.LAATSTE_CONTACT.name: _words("laatstecontact datumlaatstecontact laatstgesproken contactdatum"),
    fields.TREDE.name: _words("trede participatieladder ladder tredecode tredeladder"),
    fields.METING_DATUM.name: _words("datummeting meetdatum datumbeoordeling metingdatum datum beoordelingsdatum"),
    fields.ZRM_DOMEIN.name: _words("domein zrmdomein leefgebied"),
    fields.ZRM_SCORE.name: _words("score zrmscore"),
    fields.TOEWIJZING_NUMMER.name: _words("toewijzingnummer toewijzingsnummer toewijzingnr beschikkingnummer"),
    fields.PRODUCTCATEGORIE.name: _words("productcategorie productcategoriecode categorie productgroep"),
    fields.LEVERINGSVORM.name: _words("leveringsvorm verstrekkingsvorm"),
    fields.VOORZIENINGSOORT.name: _words("codetype typevoorziening soortvoorziening voorziening instrument"),
    fields.AANBIEDER.name: _words("aanbieder zorgaanbieder leverancier uitvoerder"),
    fields.LOONWAARDE.name: _words("loonwaarde loonwaardepercentage percentageloonwaarde"),
    fields.TRAJECT_KOSTEN.name: _words("kosten trajectkosten kostentraject"),
    fields.BEDRAG.name: _words("bedrag ingediendbedrag gedeclareerdbedrag declaratiebedrag"),
    fields.DEBETCREDIT.name: _words("debetcredit dc debitcredit"),
    fields.PRESTATIE_BEGIN.name: _words("begindatum begindatumprestatie startdatum"),
    fields.PRESTATIE_EIND.name: _words("einddatum einddatumprestatie"),
}
"""By field: headers in lower case, with letters and digits only."""

_JA_NEE = {"ja": "J", "j": "J", "nee": "N", "n": "N"}

WORDS: Mapping[str, Mapping[str, str]] = {
    fields.GESLACHT.name: {
        "m": "1", "man": "1", "mannelijk": "1", "v": "2", "vrouw": "2", "vrouwelijk": "2", "onbekend": "0",
    },
    fields.LEEFVORM.name: {
        "alleenstaand": "01", "alleenstaande": "01", "alleenstaande ouder": "02", "eenoudergezin": "02",
        "gehuwd*": "03", "samenwonend": "03", "echtpaar": "03", "paar": "03",
    },
    fields.REGELINGSOORT.name: {
        "pwet*": "PW", "participatiewet*": "PW", "wwb*": "PW", "bijstand": "PW", "bijstandsuitkering": "PW",
        "ioaw*": "IOAW", "ioaz*": "IOAZ",
    },
    fields.STARTKWALIFICATIE.name: _JA_NEE,
    fields.INKOMSTEN_UIT_ARBEID.name: _JA_NEE,
    fields.ONTHEFFING.name: {
        "geen": "00", "kind jonger dan 5*": "01", "tijdelijk*": "02", "permanent*": "03", "volledig en duurzaam": "03",
    },
    fields.TREDE.name: {f"{word}{step}": str(step) for step in range(1, 7) for word in ("p", "trede ", "trede")},
    fields.DEBETCREDIT.name: {"debet": "D", "credit": "C"},
    fields.ZRM_DOMEIN.name: {
        code.label.lower(): code.code for codes in (ZRM_DOMEINEN, ZRM_WITHOUT_REASON) for code in codes.codes
    },
}  # fmt: skip
"""By field: what a word stands for; lower case, and `*` at its end stands for any ending."""

UNTIL_WORDS = _words("tot tm")
UNTIL = "tot en met die dag, of tot die dag? Wij lezen tot en met"

TOTAL_WORDS = ("totaal", "eindtotaal", "subtotaal", "som")
"""With which a line begins that adds up others."""
