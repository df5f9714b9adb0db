"""Every delivered column once: meaning, unit, kind of personal data, purpose, source, retention."""

from schemas import codes
from schemas.specs import Category, Field, Kind, Treatment

_SUWI = "SuwiML Bijstandsregelingen v0500"
_IWMO = "iWmo 3.2"
_GGM = "Gemeentelijk Gegevensmodel 1.9"

_KOPPELEN = "koppelen van de bestanden binnen de gemeente (UAVG art. 46, te bevestigen)"
_CONTROLE = "controle van de levering"
_NIET_NODIG = "niet nodig voor de analyse; komt mee in de export en vervalt bij pseudonimisering"
_KOSTEN = "kosten per groep en soort ondersteuning (indicator I17)"
_AFBAKENING = "bepalen wie op de peildatum gebruikmaakt van een regeling"

BSN = Field(
    "bsn", "Burgerservicenummer van de inwoner", Kind.BSN, "9 cijfers, 11-proef", Category.NATIONAAL_NUMMER,
    Treatment.PSEUDONYM, _KOPPELEN, f"{_IWMO} CS002",
)  # fmt: skip
GEMEENTE_CODE = Field(
    "gemeente_code", "Gemeente die de regeling uitvoert", Kind.TEXT, "4 cijfers", Category.GEEN,
    Treatment.DROP, _CONTROLE, "CBS gemeentecode",
)  # fmt: skip
VOORNAMEN = Field(
    "voornamen", "Voornamen", Kind.TEXT, "tekst", Category.GEWOON,
    Treatment.DROP, _NIET_NODIG, _SUWI,
)  # fmt: skip
VOORVOEGSEL = Field(
    "voorvoegsel", "Voorvoegsel van de achternaam", Kind.TEXT, "tekst", Category.GEWOON,
    Treatment.DROP, _NIET_NODIG, _SUWI,
)  # fmt: skip
ACHTERNAAM = Field(
    "achternaam", "Achternaam zonder voorvoegsel", Kind.TEXT, "tekst", Category.GEWOON,
    Treatment.DROP, _NIET_NODIG, _SUWI,
)  # fmt: skip
GESLACHT = Field(
    "geslacht", "Geslacht", Kind.TEXT, "code", Category.GEWOON,
    Treatment.DROP, _NIET_NODIG, codes.GESLACHTEN.source, codes=codes.GESLACHTEN,
)  # fmt: skip
GEBOORTE_DATUM = Field(
    "geboorte_datum", "Geboortedatum; een onbekende dag of maand staat er als 00", Kind.BIRTH_DATE, "datum",
    Category.GEWOON, Treatment.AGE, "leeftijdsklasse op de peildatum", _SUWI,
)  # fmt: skip
STRAATNAAM = Field(
    "straatnaam", "Straatnaam van het woonadres", Kind.TEXT, "tekst", Category.GEWOON,
    Treatment.DROP, _NIET_NODIG, _SUWI,
)  # fmt: skip
HUISNUMMER = Field(
    "huisnummer", "Huisnummer met toevoeging", Kind.TEXT, "tekst", Category.GEWOON,
    Treatment.DROP, _NIET_NODIG, _SUWI,
)  # fmt: skip
POSTCODE = Field(
    "postcode", "Postcode van het woonadres", Kind.POSTCODE, "1234 AB", Category.GEWOON,
    Treatment.PC4, "controle dat de inwoner in de gemeente woont", f"{_IWMO} CS089",
)  # fmt: skip
LEEFVORM = Field(
    "leefvorm_code", "Leefvorm", Kind.TEXT, "code", Category.GEWOON,
    Treatment.DROP, _NIET_NODIG, codes.LEEFVORMEN.source, codes=codes.LEEFVORMEN,
)  # fmt: skip
REGELINGSOORT = Field(
    "regelingsoort_code", "Wet waaronder de uitkering valt", Kind.TEXT, "code", Category.GEVOELIG,
    Treatment.DROP, _CONTROLE, codes.REGELINGSOORTEN.source, codes=codes.REGELINGSOORTEN,
)  # fmt: skip
INGANGS_DATUM = Field(
    "ingangs_datum", "Eerste dag van de uitkering of voorziening", Kind.DATE, "datum", Category.GEVOELIG,
    Treatment.KEEP, "afbakening op de peildatum en duur", f"{_SUWI} DatB; {_IWMO} Ingangsdatum",
)  # fmt: skip
EIND_DATUM = Field(
    "eind_datum", "Laatste dag; leeg als de uitkering of voorziening loopt", Kind.DATE, "datum", Category.GEVOELIG,
    Treatment.KEEP, _AFBAKENING, f"{_SUWI} DatE; {_IWMO} Einddatum",
)  # fmt: skip
NORMBEDRAG = Field(
    "normbedrag_cent", "Normbedrag van de uitkering per maand", Kind.CENT, "eurocent", Category.GEVOELIG,
    Treatment.DROP, _NIET_NODIG, f"{_SUWI} Normbedrag",
)  # fmt: skip
OPMERKINGEN = Field(
    "opmerkingen", "Vrije tekst van de consulent", Kind.TEXT, "tekst", Category.BIJZONDER,
    Treatment.DROP, _NIET_NODIG, "export van de leverancier",
)  # fmt: skip
TOEWIJZING_NUMMER = Field(
    "toewijzing_nummer", "Nummer van de toewijzing", Kind.INTEGER, "nummer", Category.GEWOON,
    Treatment.DROP, _CONTROLE, f"{_IWMO} TR332",
)  # fmt: skip
PRODUCTCATEGORIE = Field(
    "productcategorie_code", "Soort maatwerkvoorziening", Kind.TEXT, "code", Category.BIJZONDER,
    Treatment.KEEP, "welke WMO-voorzieningen in gebruik zijn", codes.PRODUCTCATEGORIEEN.source,
    codes=codes.PRODUCTCATEGORIEEN,
)  # fmt: skip
VOLUME = Field(
    "volume", "Omvang van de toewijzing", Kind.INTEGER, "aantal eenheden", Category.GEVOELIG,
    Treatment.DROP, _NIET_NODIG, f"{_IWMO} Omvang",
)  # fmt: skip
EENHEID = Field(
    "eenheid_code", "Eenheid van de omvang", Kind.TEXT, "code", Category.GEVOELIG,
    Treatment.DROP, _NIET_NODIG, codes.EENHEDEN.source, codes=codes.EENHEDEN,
)  # fmt: skip
FREQUENTIE = Field(
    "frequentie_code", "Frequentie van de omvang", Kind.TEXT, "code", Category.GEVOELIG,
    Treatment.DROP, _NIET_NODIG, codes.FREQUENTIES.source, codes=codes.FREQUENTIES,
)  # fmt: skip
TARIEF = Field(
    "tarief_cent", "Tarief per eenheid", Kind.CENT, "eurocent", Category.GEVOELIG,
    Treatment.DROP, _NIET_NODIG, f"{_IWMO} ProductTarief",
)  # fmt: skip
LEVERINGSVORM = Field(
    "leveringsvorm_code", "Zorg in natura of persoonsgebonden budget", Kind.TEXT, "code", Category.GEVOELIG,
    Treatment.DROP, _NIET_NODIG, codes.LEVERINGSVORMEN.source, codes=codes.LEVERINGSVORMEN,
)  # fmt: skip
VOORZIENINGSOORT = Field(
    "voorzieningsoort_code", "Soort re-integratievoorziening", Kind.TEXT, "code", Category.BIJZONDER,
    Treatment.KEEP, "kosten van trajecten per soort", codes.VOORZIENINGSOORTEN.source, codes=codes.VOORZIENINGSOORTEN,
)  # fmt: skip
AANBIEDER = Field(
    "aanbieder", "Aanbieder van het traject", Kind.TEXT, "tekst", Category.GEWOON,
    Treatment.DROP, _NIET_NODIG, _GGM,
)  # fmt: skip
LOONWAARDE = Field(
    "loonwaarde_pct", "Loonwaarde", Kind.PERCENT, "procent van het WML", Category.BIJZONDER,
    Treatment.DROP, _NIET_NODIG, f"{_GGM} PercentageLoonwaardeWML",
)  # fmt: skip
TREDE = Field(
    "trede_code", "Trede op de participatieladder", Kind.TEXT, "code", Category.GEVOELIG,
    Treatment.KEEP, "verdeling over de participatieladder", codes.TREDEN.source, codes=codes.TREDEN,
)  # fmt: skip
METING_DATUM = Field(
    "meting_datum", "Dag van de meting", Kind.DATE, "datum", Category.GEVOELIG,
    Treatment.KEEP, "de laatste meting tot de peildatum", _GGM,
)  # fmt: skip
ZRM_DOMEIN = Field(
    "zrm_domein_code", "Domein van de zelfredzaamheidmatrix", Kind.TEXT, "code", Category.BIJZONDER,
    Treatment.DROP, "controle dat alleen toegestane domeinen worden geleverd", codes.ZRM_DOMEINEN.source,
    codes=codes.ZRM_DOMEINEN,
)  # fmt: skip
ZRM_SCORE = Field(
    "zrm_score", "Score: 1 acute problematiek tot 5 volledig zelfredzaam", Kind.INTEGER, "1-5", Category.BIJZONDER,
    Treatment.DROP, _NIET_NODIG, f"{_GGM} ZelfredzaamheidScore",
)  # fmt: skip
BEOORDELAAR = Field(
    "beoordelaar", "Kenmerk van de beoordelaar", Kind.TEXT, "tekst", Category.GEWOON,
    Treatment.DROP, _NIET_NODIG, _GGM,
)  # fmt: skip
PRESTATIE_BEGIN = Field(
    "prestatie_begin_datum", "Eerste dag van de gedeclareerde periode", Kind.DATE, "datum", Category.GEVOELIG,
    Treatment.DROP, _CONTROLE, f"{_IWMO} ProductPeriode Begindatum",
)  # fmt: skip
PRESTATIE_EIND = Field(
    "prestatie_eind_datum", "Laatste dag van de gedeclareerde periode", Kind.DATE, "datum", Category.GEVOELIG,
    Treatment.KEEP, _KOSTEN, f"{_IWMO} ProductPeriode Einddatum",
)  # fmt: skip
GELEVERD_VOLUME = Field(
    "geleverd_volume", "Geleverde omvang in de periode", Kind.INTEGER, "aantal eenheden", Category.GEVOELIG,
    Treatment.DROP, _NIET_NODIG, f"{_IWMO} GeleverdVolume",
)  # fmt: skip
BEDRAG = Field(
    "bedrag_cent", "Ingediend bedrag van de declaratie", Kind.CENT, "eurocent", Category.GEVOELIG,
    Treatment.KEEP, _KOSTEN, f"{_IWMO} IngediendBedrag",
)  # fmt: skip
DEBETCREDIT = Field(
    "debetcredit_code", "Of het bedrag erbij komt of wordt teruggenomen", Kind.TEXT, "code", Category.GEVOELIG,
    Treatment.KEEP, _KOSTEN, codes.DEBETCREDIT.source, codes=codes.DEBETCREDIT,
)  # fmt: skip
TRAJECT_KOSTEN = Field(
    "traject_cent", "Kosten van het hele traject; leeg als zij niet bekend zijn", Kind.CENT, "eurocent",
    Category.GEVOELIG, Treatment.KEEP, _KOSTEN, f"{_GGM} Reintegratievoorziening; kosten te bevestigen",
)  # fmt: skip

MAXIMUM_CENT = 9_999_999
"""Largest amount of one row, in eurocent; ours, to be confirmed. In seven digits no BSN can hide."""
