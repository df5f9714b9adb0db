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
    name="bsn", meaning="Burgerservicenummer van de inwoner", kind=Kind.BSN, unit="9 cijfers, 11-proef",
    category=Category.NATIONAAL_NUMMER, treatment=Treatment.PSEUDONYM, purpose=_KOPPELEN, source=f"{_IWMO} CS002",
)  # fmt: skip
GEMEENTE_CODE = Field(
    name="gemeente_code", meaning="Gemeente die de regeling uitvoert", kind=Kind.TEXT, unit="4 cijfers",
    category=Category.GEEN, treatment=Treatment.DROP, purpose=_CONTROLE, source="CBS gemeentecode",
)  # fmt: skip
VOORNAMEN = Field(
    name="voornamen", meaning="Voornamen", kind=Kind.TEXT, unit="tekst", category=Category.GEWOON,
    treatment=Treatment.UNREAD, purpose=_NIET_NODIG, source=_SUWI,
)  # fmt: skip
VOORVOEGSEL = Field(
    name="voorvoegsel", meaning="Voorvoegsel van de achternaam", kind=Kind.TEXT, unit="tekst",
    category=Category.GEWOON, treatment=Treatment.UNREAD, purpose=_NIET_NODIG, source=_SUWI,
)  # fmt: skip
ACHTERNAAM = Field(
    name="achternaam", meaning="Achternaam zonder voorvoegsel", kind=Kind.TEXT, unit="tekst",
    category=Category.GEWOON, treatment=Treatment.UNREAD, purpose=_NIET_NODIG, source=_SUWI,
)  # fmt: skip
GESLACHT = Field(
    name="geslacht", meaning="Geslacht", kind=Kind.TEXT, unit="code", category=Category.GEWOON,
    treatment=Treatment.KEEP, purpose=_SAMENSTELLING, source=codes.GESLACHTEN.source, codes=codes.GESLACHTEN,
)  # fmt: skip
GEBOORTE_DATUM = Field(
    name="geboorte_datum", meaning="Geboortedatum; een onbekende dag of maand staat er als 00", kind=Kind.BIRTH_DATE,
    unit="datum", category=Category.GEWOON, treatment=Treatment.AGE, purpose="leeftijdsklasse op de peildatum",
    source=_SUWI,
)  # fmt: skip
STRAATNAAM = Field(
    name="straatnaam", meaning="Straatnaam van het woonadres", kind=Kind.TEXT, unit="tekst", category=Category.GEWOON,
    treatment=Treatment.UNREAD, purpose=_NIET_NODIG, source=_SUWI,
)  # fmt: skip
HUISNUMMER = Field(
    name="huisnummer", meaning="Huisnummer met toevoeging", kind=Kind.TEXT, unit="tekst", category=Category.GEWOON,
    treatment=Treatment.UNREAD, purpose=_NIET_NODIG, source=_SUWI,
)  # fmt: skip
POSTCODE = Field(
    name="postcode", meaning="Postcode van het woonadres", kind=Kind.POSTCODE, unit="1234 AB",
    category=Category.GEWOON, treatment=Treatment.PC4, purpose="controle dat de inwoner in de gemeente woont",
    source=f"{_IWMO} CS089",
)  # fmt: skip
LEEFVORM = Field(
    name="leefvorm_code", meaning="Leefvorm", kind=Kind.TEXT, unit="code", category=Category.GEWOON,
    treatment=Treatment.KEEP, purpose=_SAMENSTELLING, source=codes.LEEFVORMEN.source, codes=codes.LEEFVORMEN,
)  # fmt: skip
DOSSIER = Field(
    name="dossier", meaning="Uitkeringsdossier; wie samen een uitkering krijgt, staat in hetzelfde", kind=Kind.TEXT,
    unit="tekst", category=Category.GEWOON, treatment=Treatment.NUMBER,
    purpose="geen aantal of bedrag publiceren dat over enkele huishoudens gaat", source=f"{_SUWI} DossierGsd",
)  # fmt: skip
REGELINGSOORT = Field(
    name="regelingsoort_code", meaning="Wet waaronder de uitkering valt", kind=Kind.TEXT, unit="code",
    category=Category.GEVOELIG, treatment=Treatment.DROP, purpose=_CONTROLE, source=codes.REGELINGSOORTEN.source,
    codes=codes.REGELINGSOORTEN,
)  # fmt: skip
INGANGS_DATUM = Field(
    name="ingangs_datum", meaning="Eerste dag van de uitkering of voorziening", kind=Kind.DATE, unit="datum",
    category=Category.GEVOELIG, treatment=Treatment.KEEP, purpose="afbakening op de peildatum en duur",
    source=f"{_SUWI} DatB; {_IWMO} Ingangsdatum",
)  # fmt: skip
EIND_DATUM = Field(
    name="eind_datum", meaning="Laatste dag; leeg als de uitkering of voorziening loopt", kind=Kind.END_DATE,
    unit="datum", category=Category.GEVOELIG, treatment=Treatment.KEEP, purpose=_AFBAKENING,
    source=f"{_SUWI} DatE; {_IWMO} Einddatum",
)  # fmt: skip
NORMBEDRAG = Field(
    name="normbedrag_cent", meaning="Normbedrag van de uitkering per maand", kind=Kind.CENT, unit="eurocent",
    category=Category.GEVOELIG, treatment=Treatment.UNREAD, purpose=_NIET_NODIG, source=f"{_SUWI} Normbedrag",
)  # fmt: skip
OPMERKINGEN = Field(
    name="opmerkingen", meaning="Vrije tekst van de consulent", kind=Kind.TEXT, unit="tekst",
    category=Category.BIJZONDER, treatment=Treatment.UNREAD, purpose=_NIET_NODIG, source="export van de leverancier",
)  # fmt: skip
TOEWIJZING_NUMMER = Field(
    name="toewijzing_nummer", meaning="Nummer van de toewijzing", kind=Kind.INTEGER, unit="nummer",
    category=Category.GEWOON, treatment=Treatment.DROP, purpose=_CONTROLE, source=f"{_IWMO} TR332",
)  # fmt: skip
PRODUCTCATEGORIE = Field(
    name="productcategorie_code", meaning="Soort maatwerkvoorziening", kind=Kind.TEXT, unit="code",
    category=Category.BIJZONDER, treatment=Treatment.KEEP, purpose="welke WMO-voorzieningen in gebruik zijn",
    source=codes.PRODUCTCATEGORIEEN.source, codes=codes.PRODUCTCATEGORIEEN,
)  # fmt: skip
TOEWIJZINGS_DATUM = Field(
    name="toewijzings_datum", meaning="Dag waarop deze versie van de toewijzing is gemaakt", kind=Kind.DATE,
    unit="datum", category=Category.GEVOELIG, treatment=Treatment.DROP, purpose=_VERSIE,
    source=f"{_IWMO} Toewijzingsdatum",
)  # fmt: skip
TOEWIJZINGS_TIJD = Field(
    name="toewijzings_tijd", meaning="Tijd waarop deze versie van de toewijzing is gemaakt", kind=Kind.TEXT,
    unit="uu:mm:ss", category=Category.GEVOELIG, treatment=Treatment.DROP, purpose=_VERSIE,
    source=f"{_IWMO} Toewijzingstijd",
)  # fmt: skip
VOLUME = Field(
    name="volume", meaning="Omvang van de toewijzing", kind=Kind.INTEGER, unit="aantal eenheden",
    category=Category.GEVOELIG, treatment=Treatment.UNREAD, purpose=_NIET_NODIG, source=f"{_IWMO} Omvang",
)  # fmt: skip
EENHEID = Field(
    name="eenheid_code", meaning="Eenheid van de omvang", kind=Kind.TEXT, unit="code", category=Category.GEVOELIG,
    treatment=Treatment.DROP, purpose=_VERSIE, source=codes.EENHEDEN.source, codes=codes.EENHEDEN,
)  # fmt: skip
FREQUENTIE = Field(
    name="frequentie_code", meaning="Frequentie van de omvang", kind=Kind.TEXT, unit="code",
    category=Category.GEVOELIG, treatment=Treatment.UNREAD, purpose=_NIET_NODIG, source=codes.FREQUENTIES.source,
    codes=codes.FREQUENTIES,
)  # fmt: skip
TARIEF = Field(
    name="tarief_cent", meaning="Tarief per eenheid", kind=Kind.CENT, unit="eurocent", category=Category.GEVOELIG,
    treatment=Treatment.UNREAD, purpose=_NIET_NODIG, source=f"{_IWMO} ProductTarief",
)  # fmt: skip
LEVERINGSVORM = Field(
    name="leveringsvorm_code", meaning="Zorg in natura of persoonsgebonden budget", kind=Kind.TEXT, unit="code",
    category=Category.GEVOELIG, treatment=Treatment.UNREAD, purpose=_NIET_NODIG, source=codes.LEVERINGSVORMEN.source,
    codes=codes.LEVERINGSVORMEN,
)  # fmt: skip
VOORZIENINGSOORT = Field(
    name="voorzieningsoort_code", meaning="Soort re-integratievoorziening", kind=Kind.TEXT, unit="code",
    category=Category.BIJZONDER, treatment=Treatment.KEEP,
    purpose="welke voorzieningen in gebruik zijn en wat zij kosten; Transitie Arrangement en LKS-banen",
    source=codes.VOORZIENINGSOORTEN.source, codes=codes.VOORZIENINGSOORTEN,
)  # fmt: skip
AANBIEDER = Field(
    name="aanbieder", meaning="Aanbieder van het traject", kind=Kind.TEXT, unit="tekst", category=Category.GEWOON,
    treatment=Treatment.NUMBER,
    purpose="aanbieders per trede tellen, ook als eenmanszaak; bedragen beschermen tegen wie ze factureerde",
    source=_GGM,
)  # fmt: skip
LOONWAARDE = Field(
    name="loonwaarde_pct", meaning="Loonwaarde", kind=Kind.PERCENT, unit="procent van het WML",
    category=Category.BIJZONDER, treatment=Treatment.KEEP,
    purpose="loonwaardeklasse, en gemiddelde loonwaarde per soort detachering",
    source=f"{_GGM} PercentageLoonwaardeWML",
)  # fmt: skip
TREDE = Field(
    name="trede_code", meaning="Trede op de participatieladder", kind=Kind.TEXT, unit="code",
    category=Category.GEVOELIG, treatment=Treatment.KEEP, purpose="verdeling over de participatieladder",
    source=codes.TREDEN.source, codes=codes.TREDEN,
)  # fmt: skip
METING_DATUM = Field(
    name="meting_datum", meaning="Dag van de meting", kind=Kind.DATE, unit="datum", category=Category.GEVOELIG,
    treatment=Treatment.KEEP, purpose="de laatste meting tot de peildatum", source=_GGM,
)  # fmt: skip
ZRM_DOMEIN = Field(
    name="zrm_domein_code", meaning="Domein van de zelfredzaamheidmatrix", kind=Kind.TEXT, unit="code",
    category=Category.BIJZONDER, treatment=Treatment.KEEP, purpose="zelfredzaamheid per toegestaan domein",
    source=codes.ZRM_DOMEINEN.source, codes=codes.ZRM_DOMEINEN,
)  # fmt: skip
ZRM_SCORE = Field(
    name="zrm_score", meaning="Score: 1 acute problematiek tot 5 volledig zelfredzaam", kind=Kind.INTEGER, unit="1-5",
    category=Category.BIJZONDER, treatment=Treatment.KEEP,
    purpose="zelfredzaamheid en aantal belemmeringen, als groep", source=f"{_GGM} ZelfredzaamheidScore",
)  # fmt: skip
BEOORDELAAR = Field(
    name="beoordelaar", meaning="Kenmerk van de beoordelaar", kind=Kind.TEXT, unit="tekst", category=Category.GEWOON,
    treatment=Treatment.UNREAD, purpose=_NIET_NODIG, source=_GGM,
)  # fmt: skip
STARTKWALIFICATIE = Field(
    name="startkwalificatie_code", meaning="Of iemand een startkwalificatie heeft; leeg is onbekend", kind=Kind.TEXT,
    unit="code", category=Category.GEWOON, treatment=Treatment.KEEP, purpose="opleiding van het bestand",
    source=f"{_GGM}; {codes.JA_NEE.source}", codes=codes.JA_NEE,
)  # fmt: skip
ONTHEFFING = Field(
    name="ontheffing_code", meaning="Ontheffing van de arbeidsplicht; leeg is onbekend", kind=Kind.TEXT, unit="code",
    category=Category.BIJZONDER, treatment=Treatment.KEEP,
    purpose="ontheffingen, en voor wie een volgende stap mogelijk is", source=codes.ONTHEFFINGEN.source,
    codes=codes.ONTHEFFINGEN,
)  # fmt: skip
INKOMSTEN_UIT_ARBEID = Field(
    name="inkomsten_uit_arbeid_code",
    meaning="Of naast de uitkering inkomsten uit arbeid worden verrekend; leeg is onbekend", kind=Kind.TEXT,
    unit="code", category=Category.GEVOELIG, treatment=Treatment.KEEP, purpose="deeltijdwerk naast de uitkering",
    source=f"{_SUWI} CdSrtOverigeInkomsten; {codes.JA_NEE.source}", codes=codes.JA_NEE,
)  # fmt: skip
LAATSTE_CONTACT = Field(
    name="laatste_contact_datum", meaning="Dag van het laatste contact met de consulent; leeg is onbekend",
    kind=Kind.DATE, unit="datum", category=Category.GEVOELIG, treatment=Treatment.KEEP,
    purpose="hoeveel inwoners lang niet zijn gesproken", source="export van de leverancier, te bevestigen",
)  # fmt: skip

_ARRANGEMENT = "samenstelling, soorten en uitval van het Transitie Arrangement"
_PILOT = "uitkomsten van de pilot ontwikkelingsgerichte dagbesteding"

AANBIEDERSOORT = Field(
    name="aanbiedersoort_code", meaning="Soort aanbieder; leeg als er niets is ingekocht, zoals bij een baan",
    kind=Kind.TEXT, unit="code", category=Category.GEVOELIG, treatment=Treatment.KEEP,
    purpose="ingekochte dienstverlening naar soort aanbieder", source=codes.AANBIEDERSOORTEN.source,
    codes=codes.AANBIEDERSOORTEN,
)  # fmt: skip
DETACHERINGSVORM = Field(
    name="detacheringsvorm_code", meaning="Soort detachering", kind=Kind.TEXT, unit="code",
    category=Category.BIJZONDER, treatment=Treatment.KEEP, purpose=_ARRANGEMENT,
    source=codes.DETACHERINGSVORMEN.source, codes=codes.DETACHERINGSVORMEN,
)  # fmt: skip
REDEN_EINDE = Field(
    name="reden_einde_code", meaning="Reden waarom de voorziening eindigde", kind=Kind.TEXT, unit="code",
    category=Category.BIJZONDER, treatment=Treatment.KEEP, purpose=_ARRANGEMENT, source=codes.EINDREDENEN.source,
    codes=codes.EINDREDENEN,
)  # fmt: skip
AANMELD_DATUM = Field(
    name="aanmeld_datum", meaning="Dag van de aanmelding", kind=Kind.DATE, unit="datum", category=Category.GEVOELIG,
    treatment=Treatment.KEEP, purpose=_PILOT, source=codes.OGDB_ONDERDELEN.source,
)  # fmt: skip
OGDB_ONDERDEEL = Field(
    name="ogdb_onderdeel_code", meaning="Onderdeel van de pilot; leeg als niet gestart", kind=Kind.TEXT, unit="code",
    category=Category.BIJZONDER, treatment=Treatment.KEEP, purpose=_PILOT, source=codes.OGDB_ONDERDELEN.source,
    codes=codes.OGDB_ONDERDELEN,
)  # fmt: skip
OGDB_STATUS = Field(
    name="ogdb_status_code", meaning="Stand van de aanmelding", kind=Kind.TEXT, unit="code",
    category=Category.BIJZONDER, treatment=Treatment.KEEP, purpose=_PILOT, source=codes.OGDB_STATUSSEN.source,
    codes=codes.OGDB_STATUSSEN,
)  # fmt: skip
OGDB_UREN = Field(
    name="ingezette_uren", meaning="Uren die de begeleiding inzette", kind=Kind.INTEGER, unit="uren",
    category=Category.GEVOELIG, treatment=Treatment.KEEP, purpose=_PILOT, source=codes.OGDB_ONDERDELEN.source,
)  # fmt: skip
OGDB_PARTICIPATIE = Field(
    name="participatieklasse_code", meaning="Uren per week waarin de inwoner meedoet", kind=Kind.TEXT, unit="code",
    category=Category.GEVOELIG, treatment=Treatment.KEEP, purpose=_PILOT,
    source=codes.OGDB_PARTICIPATIEKLASSEN.source, codes=codes.OGDB_PARTICIPATIEKLASSEN,
)  # fmt: skip
GEFACTUREERD = Field(
    name="gefactureerd_cent", meaning="Wat voor het traject is gefactureerd", kind=Kind.CENT, unit="eurocent",
    category=Category.GEVOELIG, treatment=Treatment.KEEP, purpose=_PILOT, source=codes.OGDB_ONDERDELEN.source,
)  # fmt: skip
VERWACHT = Field(
    name="verwacht_cent", meaning="Wat voor het traject nog wordt verwacht", kind=Kind.CENT, unit="eurocent",
    category=Category.GEVOELIG, treatment=Treatment.KEEP, purpose=_PILOT, source=codes.OGDB_ONDERDELEN.source,
)  # fmt: skip
DOEL_NUMMER = Field(
    name="doel_nummer", meaning="Volgnummer van het doel bij deze inwoner", kind=Kind.INTEGER, unit="nummer",
    category=Category.GEWOON, treatment=Treatment.DROP, purpose=_CONTROLE, source=codes.OGDB_ONDERDELEN.source,
)  # fmt: skip
DOEL_DOMEIN = Field(
    name="doel_domein_code", meaning="Domein van de zelfredzaamheidmatrix waarop een doel is gesteld", kind=Kind.TEXT,
    unit="code", category=Category.BIJZONDER, treatment=Treatment.KEEP, purpose=_PILOT,
    source=codes.DOELDOMEINEN.source, codes=codes.DOELDOMEINEN,
)  # fmt: skip
GESTELD_DATUM = Field(
    name="gesteld_datum", meaning="Dag waarop het doel is gesteld", kind=Kind.DATE, unit="datum",
    category=Category.GEVOELIG, treatment=Treatment.KEEP, purpose=_PILOT, source=codes.OGDB_ONDERDELEN.source,
)  # fmt: skip
BEREIKT_DATUM = Field(
    name="bereikt_datum", meaning="Dag waarop het doel is bereikt; leeg als het niet is bereikt", kind=Kind.DATE,
    unit="datum", category=Category.BIJZONDER, treatment=Treatment.KEEP, purpose=_PILOT,
    source=codes.OGDB_ONDERDELEN.source,
)  # fmt: skip
PRESTATIE_BEGIN = Field(
    name="prestatie_begin_datum", meaning="Eerste dag van de gedeclareerde periode", kind=Kind.DATE, unit="datum",
    category=Category.GEVOELIG, treatment=Treatment.DROP, purpose=_CONTROLE,
    source=f"{_IWMO} ProductPeriode Begindatum",
)  # fmt: skip
PRESTATIE_EIND = Field(
    name="prestatie_eind_datum", meaning="Laatste dag van de gedeclareerde periode", kind=Kind.DATE, unit="datum",
    category=Category.GEVOELIG, treatment=Treatment.KEEP, purpose=_KOSTEN, source=f"{_IWMO} ProductPeriode Einddatum",
)  # fmt: skip
GELEVERD_VOLUME = Field(
    name="geleverd_volume", meaning="Geleverde omvang in de periode", kind=Kind.INTEGER, unit="aantal eenheden",
    category=Category.GEVOELIG, treatment=Treatment.DROP, purpose=_VERSIE, source=f"{_IWMO} GeleverdVolume",
)  # fmt: skip
REFERENTIE = Field(
    name="referentie_nummer", meaning="Nummer dat de aanbieder aan de prestatie geeft", kind=Kind.TEXT, unit="tekst",
    category=Category.GEWOON, treatment=Treatment.DROP, purpose=_VERSIE,
    source=f"{_IWMO} ProductReferentie ReferentieNummer",
)  # fmt: skip
VORIGE_REFERENTIE = Field(
    name="vorige_referentie_nummer", meaning="Nummer van de prestatie die met deze credit wordt teruggenomen",
    kind=Kind.TEXT, unit="tekst", category=Category.GEWOON, treatment=Treatment.DROP, purpose=_CONTROLE,
    source=f"{_IWMO} ProductReferentie VorigReferentieNummer",
)  # fmt: skip
BEDRAG = Field(
    name="bedrag_cent", meaning="Ingediend bedrag van de declaratie", kind=Kind.CENT, unit="eurocent",
    category=Category.GEVOELIG, treatment=Treatment.KEEP, purpose=_KOSTEN, source=f"{_IWMO} IngediendBedrag",
)  # fmt: skip
DEBETCREDIT = Field(
    name="debetcredit_code", meaning="Of het bedrag erbij komt of wordt teruggenomen", kind=Kind.TEXT, unit="code",
    category=Category.GEVOELIG, treatment=Treatment.KEEP, purpose=_KOSTEN, source=codes.DEBETCREDIT.source,
    codes=codes.DEBETCREDIT,
)  # fmt: skip
CREDIT = "C"
"""Code of an amount that is taken back."""

TRAJECT_KOSTEN = Field(
    name="traject_cent", meaning="Kosten van het hele traject; leeg als zij niet bekend zijn", kind=Kind.CENT,
    unit="eurocent", category=Category.GEVOELIG, treatment=Treatment.KEEP, purpose=_KOSTEN,
    source=f"{_GGM} Reintegratievoorziening; kosten te bevestigen",
)  # fmt: skip

MAXIMUM_CENT = 9_999_999
"""Largest amount of one row, in eurocent; ours, to be confirmed. In seven digits no BSN can hide."""
