"""Every delivered column once: meaning, unit, kind of personal data, purpose, source, retention."""

from schemas import codes
from schemas.specs import Category, Field, Kind, Treatment

_SUWI = "SuwiML Bijstandsregelingen v0500"
_IWMO = "iWmo 3.2"
_GGM = "Gemeentelijk Gegevensmodel 1.9"

_KOPPELEN = "koppelen van de bestanden binnen de gemeente (UAVG art. 46, te bevestigen)"
_CONTROLE = "controle van de levering"
_NIET_NODIG = "niet nodig voor de analyse; komt mee in de export en wordt niet gelezen en niet bewaard"
_VERSIE = "bepalen welke van meer rijen over hetzelfde geldt"
_SAMENSTELLING = "samenstelling van het bestand"
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
    Treatment.UNREAD, _NIET_NODIG, _SUWI,
)  # fmt: skip
VOORVOEGSEL = Field(
    "voorvoegsel", "Voorvoegsel van de achternaam", Kind.TEXT, "tekst", Category.GEWOON,
    Treatment.UNREAD, _NIET_NODIG, _SUWI,
)  # fmt: skip
ACHTERNAAM = Field(
    "achternaam", "Achternaam zonder voorvoegsel", Kind.TEXT, "tekst", Category.GEWOON,
    Treatment.UNREAD, _NIET_NODIG, _SUWI,
)  # fmt: skip
GESLACHT = Field(
    "geslacht", "Geslacht", Kind.TEXT, "code", Category.GEWOON,
    Treatment.KEEP, _SAMENSTELLING, codes.GESLACHTEN.source, codes=codes.GESLACHTEN,
)  # fmt: skip
GEBOORTE_DATUM = Field(
    "geboorte_datum", "Geboortedatum; een onbekende dag of maand staat er als 00", Kind.BIRTH_DATE, "datum",
    Category.GEWOON, Treatment.AGE, "leeftijdsklasse op de peildatum", _SUWI,
)  # fmt: skip
STRAATNAAM = Field(
    "straatnaam", "Straatnaam van het woonadres", Kind.TEXT, "tekst", Category.GEWOON,
    Treatment.UNREAD, _NIET_NODIG, _SUWI,
)  # fmt: skip
HUISNUMMER = Field(
    "huisnummer", "Huisnummer met toevoeging", Kind.TEXT, "tekst", Category.GEWOON,
    Treatment.UNREAD, _NIET_NODIG, _SUWI,
)  # fmt: skip
POSTCODE = Field(
    "postcode", "Postcode van het woonadres", Kind.POSTCODE, "1234 AB", Category.GEWOON,
    Treatment.PC4, "controle dat de inwoner in de gemeente woont", f"{_IWMO} CS089",
)  # fmt: skip
LEEFVORM = Field(
    "leefvorm_code", "Leefvorm", Kind.TEXT, "code", Category.GEWOON,
    Treatment.KEEP, _SAMENSTELLING, codes.LEEFVORMEN.source, codes=codes.LEEFVORMEN,
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
    "eind_datum", "Laatste dag; leeg als de uitkering of voorziening loopt", Kind.END_DATE, "datum", Category.GEVOELIG,
    Treatment.KEEP, _AFBAKENING, f"{_SUWI} DatE; {_IWMO} Einddatum",
)  # fmt: skip
NORMBEDRAG = Field(
    "normbedrag_cent", "Normbedrag van de uitkering per maand", Kind.CENT, "eurocent", Category.GEVOELIG,
    Treatment.UNREAD, _NIET_NODIG, f"{_SUWI} Normbedrag",
)  # fmt: skip
OPMERKINGEN = Field(
    "opmerkingen", "Vrije tekst van de consulent", Kind.TEXT, "tekst", Category.BIJZONDER,
    Treatment.UNREAD, _NIET_NODIG, "export van de leverancier",
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
TOEWIJZINGS_DATUM = Field(
    "toewijzings_datum", "Dag waarop deze versie van de toewijzing is gemaakt", Kind.DATE, "datum", Category.GEVOELIG,
    Treatment.DROP, _VERSIE, f"{_IWMO} Toewijzingsdatum",
)  # fmt: skip
TOEWIJZINGS_TIJD = Field(
    "toewijzings_tijd", "Tijd waarop deze versie van de toewijzing is gemaakt", Kind.TEXT, "uu:mm:ss",
    Category.GEVOELIG, Treatment.DROP, _VERSIE, f"{_IWMO} Toewijzingstijd",
)  # fmt: skip
VOLUME = Field(
    "volume", "Omvang van de toewijzing", Kind.INTEGER, "aantal eenheden", Category.GEVOELIG,
    Treatment.UNREAD, _NIET_NODIG, f"{_IWMO} Omvang",
)  # fmt: skip
EENHEID = Field(
    "eenheid_code", "Eenheid van de omvang", Kind.TEXT, "code", Category.GEVOELIG,
    Treatment.DROP, _VERSIE, codes.EENHEDEN.source, codes=codes.EENHEDEN,
)  # fmt: skip
FREQUENTIE = Field(
    "frequentie_code", "Frequentie van de omvang", Kind.TEXT, "code", Category.GEVOELIG,
    Treatment.UNREAD, _NIET_NODIG, codes.FREQUENTIES.source, codes=codes.FREQUENTIES,
)  # fmt: skip
TARIEF = Field(
    "tarief_cent", "Tarief per eenheid", Kind.CENT, "eurocent", Category.GEVOELIG,
    Treatment.UNREAD, _NIET_NODIG, f"{_IWMO} ProductTarief",
)  # fmt: skip
LEVERINGSVORM = Field(
    "leveringsvorm_code", "Zorg in natura of persoonsgebonden budget", Kind.TEXT, "code", Category.GEVOELIG,
    Treatment.UNREAD, _NIET_NODIG, codes.LEVERINGSVORMEN.source, codes=codes.LEVERINGSVORMEN,
)  # fmt: skip
VOORZIENINGSOORT = Field(
    "voorzieningsoort_code", "Soort re-integratievoorziening", Kind.TEXT, "code", Category.BIJZONDER,
    Treatment.KEEP, "welke voorzieningen in gebruik zijn en wat zij kosten; Transitie Arrangement en LKS-banen",
    codes.VOORZIENINGSOORTEN.source, codes=codes.VOORZIENINGSOORTEN,
)  # fmt: skip
AANBIEDER = Field(
    "aanbieder", "Aanbieder van het traject", Kind.TEXT, "tekst", Category.GEWOON,
    Treatment.NUMBER, "aantal verschillende aanbieders per trede; een aanbieder kan een eenmanszaak zijn", _GGM,
)  # fmt: skip
LOONWAARDE = Field(
    "loonwaarde_pct", "Loonwaarde", Kind.PERCENT, "procent van het WML", Category.BIJZONDER,
    Treatment.KEEP, "loonwaardeklasse, en gemiddelde loonwaarde per soort detachering",
    f"{_GGM} PercentageLoonwaardeWML",
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
    Treatment.KEEP, "zelfredzaamheid per toegestaan domein", codes.ZRM_DOMEINEN.source,
    codes=codes.ZRM_DOMEINEN,
)  # fmt: skip
ZRM_SCORE = Field(
    "zrm_score", "Score: 1 acute problematiek tot 5 volledig zelfredzaam", Kind.INTEGER, "1-5", Category.BIJZONDER,
    Treatment.KEEP, "zelfredzaamheid en aantal belemmeringen, als groep", f"{_GGM} ZelfredzaamheidScore",
)  # fmt: skip
BEOORDELAAR = Field(
    "beoordelaar", "Kenmerk van de beoordelaar", Kind.TEXT, "tekst", Category.GEWOON,
    Treatment.UNREAD, _NIET_NODIG, _GGM,
)  # fmt: skip
STARTKWALIFICATIE = Field(
    "startkwalificatie_code", "Of iemand een startkwalificatie heeft; leeg is onbekend", Kind.TEXT, "code",
    Category.GEWOON, Treatment.KEEP, "opleiding van het bestand", f"{_GGM}; {codes.JA_NEE.source}",
    codes=codes.JA_NEE,
)  # fmt: skip
ONTHEFFING = Field(
    "ontheffing_code", "Ontheffing van de arbeidsplicht; leeg is onbekend", Kind.TEXT, "code", Category.BIJZONDER,
    Treatment.KEEP, "ontheffingen, en voor wie een volgende stap mogelijk is", codes.ONTHEFFINGEN.source,
    codes=codes.ONTHEFFINGEN,
)  # fmt: skip
INKOMSTEN_UIT_ARBEID = Field(
    "inkomsten_uit_arbeid_code", "Of naast de uitkering inkomsten uit arbeid worden verrekend; leeg is onbekend",
    Kind.TEXT, "code", Category.GEVOELIG, Treatment.KEEP, "deeltijdwerk naast de uitkering",
    f"{_SUWI} CdSrtOverigeInkomsten; {codes.JA_NEE.source}", codes=codes.JA_NEE,
)  # fmt: skip
LAATSTE_CONTACT = Field(
    "laatste_contact_datum", "Dag van het laatste contact met de consulent; leeg is onbekend", Kind.DATE, "datum",
    Category.GEVOELIG, Treatment.KEEP, "hoeveel inwoners lang niet zijn gesproken",
    "export van de leverancier, te bevestigen",
)  # fmt: skip

_ARRANGEMENT = "samenstelling, soorten en uitval van het Transitie Arrangement"
_PILOT = "uitkomsten van de pilot ontwikkelingsgerichte dagbesteding"

AANBIEDERSOORT = Field(
    "aanbiedersoort_code", "Soort aanbieder; leeg als er niets is ingekocht, zoals bij een baan", Kind.TEXT, "code",
    Category.GEVOELIG, Treatment.KEEP, "ingekochte dienstverlening naar soort aanbieder",
    codes.AANBIEDERSOORTEN.source, codes=codes.AANBIEDERSOORTEN,
)  # fmt: skip
DETACHERINGSVORM = Field(
    "detacheringsvorm_code", "Soort detachering", Kind.TEXT, "code", Category.BIJZONDER,
    Treatment.KEEP, _ARRANGEMENT, codes.DETACHERINGSVORMEN.source, codes=codes.DETACHERINGSVORMEN,
)  # fmt: skip
REDEN_EINDE = Field(
    "reden_einde_code", "Reden waarom de voorziening eindigde", Kind.TEXT, "code", Category.BIJZONDER,
    Treatment.KEEP, _ARRANGEMENT, codes.EINDREDENEN.source, codes=codes.EINDREDENEN,
)  # fmt: skip
AANMELD_DATUM = Field(
    "aanmeld_datum", "Dag van de aanmelding", Kind.DATE, "datum", Category.GEVOELIG,
    Treatment.KEEP, _PILOT, codes.OGDB_ONDERDELEN.source,
)  # fmt: skip
OGDB_ONDERDEEL = Field(
    "ogdb_onderdeel_code", "Onderdeel van de pilot; leeg als niet gestart", Kind.TEXT, "code", Category.BIJZONDER,
    Treatment.KEEP, _PILOT, codes.OGDB_ONDERDELEN.source, codes=codes.OGDB_ONDERDELEN,
)  # fmt: skip
OGDB_STATUS = Field(
    "ogdb_status_code", "Stand van de aanmelding", Kind.TEXT, "code", Category.BIJZONDER,
    Treatment.KEEP, _PILOT, codes.OGDB_STATUSSEN.source, codes=codes.OGDB_STATUSSEN,
)  # fmt: skip
OGDB_UREN = Field(
    "ingezette_uren", "Uren die de begeleiding inzette", Kind.INTEGER, "uren", Category.GEVOELIG,
    Treatment.KEEP, _PILOT, codes.OGDB_ONDERDELEN.source,
)  # fmt: skip
OGDB_PARTICIPATIE = Field(
    "participatieklasse_code", "Uren per week waarin de inwoner meedoet", Kind.TEXT, "code", Category.GEVOELIG,
    Treatment.KEEP, _PILOT, codes.OGDB_PARTICIPATIEKLASSEN.source, codes=codes.OGDB_PARTICIPATIEKLASSEN,
)  # fmt: skip
GEFACTUREERD = Field(
    "gefactureerd_cent", "Wat voor het traject is gefactureerd", Kind.CENT, "eurocent", Category.GEVOELIG,
    Treatment.KEEP, _PILOT, codes.OGDB_ONDERDELEN.source,
)  # fmt: skip
VERWACHT = Field(
    "verwacht_cent", "Wat voor het traject nog wordt verwacht", Kind.CENT, "eurocent", Category.GEVOELIG,
    Treatment.KEEP, _PILOT, codes.OGDB_ONDERDELEN.source,
)  # fmt: skip
DOEL_NUMMER = Field(
    "doel_nummer", "Volgnummer van het doel bij deze inwoner", Kind.INTEGER, "nummer", Category.GEWOON,
    Treatment.DROP, _CONTROLE, codes.OGDB_ONDERDELEN.source,
)  # fmt: skip
DOEL_DOMEIN = Field(
    "doel_domein_code", "Domein van de zelfredzaamheidmatrix waarop een doel is gesteld", Kind.TEXT, "code",
    Category.BIJZONDER, Treatment.KEEP, _PILOT, codes.DOELDOMEINEN.source, codes=codes.DOELDOMEINEN,
)  # fmt: skip
GESTELD_DATUM = Field(
    "gesteld_datum", "Dag waarop het doel is gesteld", Kind.DATE, "datum", Category.GEVOELIG,
    Treatment.KEEP, _PILOT, codes.OGDB_ONDERDELEN.source,
)  # fmt: skip
BEREIKT_DATUM = Field(
    "bereikt_datum", "Dag waarop het doel is bereikt; leeg als het niet is bereikt", Kind.DATE, "datum",
    Category.BIJZONDER, Treatment.KEEP, _PILOT, codes.OGDB_ONDERDELEN.source,
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
    Treatment.DROP, _VERSIE, f"{_IWMO} GeleverdVolume",
)  # fmt: skip
REFERENTIE = Field(
    "referentie_nummer", "Nummer dat de aanbieder aan de prestatie geeft", Kind.TEXT, "tekst", Category.GEWOON,
    Treatment.DROP, _VERSIE, f"{_IWMO} ProductReferentie ReferentieNummer",
)  # fmt: skip
VORIGE_REFERENTIE = Field(
    "vorige_referentie_nummer", "Nummer van de prestatie die met deze credit wordt teruggenomen", Kind.TEXT, "tekst",
    Category.GEWOON, Treatment.DROP, _CONTROLE, f"{_IWMO} ProductReferentie VorigReferentieNummer",
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
