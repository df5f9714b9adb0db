"""The axes of the output tables. The subtotals keep a total publishable when its parts are not."""

from dataclasses import replace

from schemas import codes, segments
from schemas.codes import EINDREDENEN, ONBEKEND
from schemas.implied import facts
from schemas.implied.inequalities import implied
from schemas.specs import Dimension, Subtotal

REGELING = Dimension(
    "regeling",
    "Regeling",
    codes.REGELINGEN,
    subtotals=(
        Subtotal("pwet_totaal", "Participatiewet (met of zonder WMO)", ("pwet", "beide")),
        Subtotal("wmo_totaal", "WMO (met of zonder Participatiewet)", ("beide", "wmo")),
    ),
)
LEEFTIJDSKLASSE = Dimension("leeftijdsklasse", "Leeftijd op de peildatum", codes.LEEFTIJDSKLASSEN)
TREDE = Dimension(
    "trede",
    "Trede op de participatieladder",
    codes.TREDEKLASSEN,
    subtotals=(
        Subtotal("1-2", "1 en 2 samen", ("1", "2")),
        Subtotal("3-4", "3 en 4 samen", ("3", "4")),
        Subtotal("5-6", "5 en 6 samen", ("5", "6")),
    ),
)
DUURKLASSE = Dimension("duurklasse", "Tijd sinds de eerste uitkering of voorziening", codes.DUURKLASSEN)
PRODUCTCATEGORIE = Dimension("productcategorie", "Soort WMO-voorziening", codes.PRODUCTCATEGORIEEN, multiple=True)
GESLACHT = Dimension(
    "geslacht",
    "Geslacht",
    codes.GESLACHTEN,
    # Of a few the sex is not known; with this sum only their cell and one other are blank.
    subtotals=(Subtotal("0-1", "man of onbekend", ("0", "1")),),
)
LEEFVORM = Dimension("leefvorm", "Leefvorm", codes.LEEFVORMKLASSEN)
BEWEGING = Dimension("beweging", "Beweging op de participatieladder", codes.BEWEGINGEN, facts=facts.BEWEGING)
STARTKWALIFICATIE = Dimension("startkwalificatie", "Startkwalificatie", codes.STARTKWALIFICATIES)
LOONWAARDE = Dimension(
    "loonwaarde",
    "Loonwaarde",
    codes.LOONWAARDEKLASSEN,
    subtotals=(
        Subtotal("<50", "lager dan 50 %", ("<30", "30-49")),
        Subtotal("50+", "50 % of hoger", ("50-69", "70+")),
        Subtotal("gemeten", "loonwaarde gemeten", ("<30", "30-49", "50-69", "70+")),
    ),
    facts=facts.LOONWAARDE,
)
ONTHEFFING = Dimension("ontheffing", "Ontheffing van de arbeidsplicht", codes.ONTHEFFINGKLASSEN)
VOORZIENING = Dimension("voorziening", "Re-integratievoorziening", codes.VOORZIENINGKLASSEN, multiple=True)
DEELTIJDWERK = Dimension("deeltijdwerk", "Inkomsten uit arbeid naast de uitkering", codes.DEELTIJDWERK)
ZRM = Dimension(
    "zrm",
    "Zelfredzaamheid per domein",
    codes.ZRM_UITKOMSTEN,
    subtotals=tuple(
        Subtotal(
            domein.code,
            f"{domein.label}: gemeten",
            tuple(f"{domein.code}:{klasse}" for klasse in codes.ZRM_KLASSEN.values),
        )
        for domein in codes.ZRM_DOMEINEN.codes
    ),
    multiple=True,
    facts=facts.ZRM,
)
BELEMMERINGEN = Dimension(
    "belemmeringen",
    "Belemmeringen (ZRM-domeinen met score 1 of 2)",
    codes.BELEMMERINGEN,
    subtotals=(
        Subtotal("1+", "een of meer", ("1", "2", "3", "4")),
        Subtotal("2+", "twee of meer", ("2", "3", "4")),
        Subtotal("3+", "drie of vier", ("3", "4")),
    ),
)
_SEGMENTS = {
    Dimension("mogelijkheid", "Mogelijkheden", segments.MOGELIJKHEDEN_CODES): (segments.MOGELIJKHEID,),
    Dimension("kans", "Kansen", segments.KANSEN_CODES, multiple=True): segments.KANSEN,
    Dimension("risico", "Risico's", segments.RISICOS_CODES, multiple=True): segments.RISICOS,
}
READ_BY_RULES = (
    REGELING, LEEFTIJDSKLASSE, TREDE, DUURKLASSE, PRODUCTCATEGORIE, GESLACHT, LEEFVORM, BEWEGING, STARTKWALIFICATIE,
    LOONWAARDE, ONTHEFFING, VOORZIENING, DEELTIJDWERK, ZRM, BELEMMERINGEN,
)  # fmt: skip
"""What a segment rule may read: every dimension of residents in stock."""

_IMPLIED = implied(_SEGMENTS, READ_BY_RULES)
MOGELIJKHEID, KANS, RISICO = (replace(one, facts=_IMPLIED[one.name]) for one in _SEGMENTS)

STAND = Dimension("stand", "Stand", codes.STANDEN)
"""Whether somebody is in the file on the peildatum; who is not is only counted by tables of their own population."""

IN_STOCK = (STAND, "lopend")
"""The population of every table that describes the residents on the peildatum."""

DIENST = Dimension(
    "dienst",
    "Ingekochte dienstverlening",
    codes.DIENSTEN,
    subtotals=(
        Subtotal("wsd_totaal", "van WSD (met of zonder een ander)", ("wsd", "beide")),
        Subtotal("overig_totaal", "van een ander (met of zonder WSD)", ("beide", "overig")),
    ),
)
LKS = Dimension(
    "lks",
    "Transitie Arrangement of LKS-baan",
    codes.LKS_SOORTEN,
    subtotals=(Subtotal("ja", "in het Transitie Arrangement of een LKS-baan", ("ta", "vught")),),
)
LKS_STAND = Dimension(
    "lks_stand",
    "Stand op de peildatum",
    codes.LKS_STANDEN,
    subtotals=(
        Subtotal("wsd", "bij WSD geplaatst", ("detachering", "proefplaatsing")),
        Subtotal("lopend", "geplaatst bij WSD of de gemeente", ("detachering", "proefplaatsing", "vught")),
    ),
)
LKS_BEGIN = Dimension(
    "lks_begin",
    "Begin van de laatste LKS-baan of detachering",
    codes.LKS_BEGIN,
    subtotals=(Subtotal("twee_jaren", "in deze twee jaren", ("dit_jaar", "vorig_jaar")),),
)
TA_BEGIN = Dimension(
    "ta_begin",
    "Stand op 1 januari van twee jaar eerder",
    codes.TA_BEGIN,
    subtotals=(Subtotal("toen", "was er toen al", ("detachering", "proefplaatsing")),),
)
DETACHERINGSVORM = Dimension(
    "detacheringsvorm",
    "Soort detachering",
    codes.VORMEN,
    subtotals=(Subtotal("overig", "Overig (niet in een groep)", ("beschut", "doorstroom", "individueel", ONBEKEND)),),
)
UITVAL_PROEF = Dimension(
    "uitval_proef",
    "Einde van de proefplaatsing",
    codes.PROEF_UITVAL,
    subtotals=(Subtotal("anders", "beëindigd zonder LKS-baan", (*EINDREDENEN.values[1:], ONBEKEND)),),
)
UITVAL_BAAN = Dimension(
    "uitval_baan",
    "Einde van de detachering",
    codes.BAAN_UITVAL,
    subtotals=(Subtotal("beeindigd", "beëindigd, alle redenen samen", (*EINDREDENEN.values, ONBEKEND)),),
)
OGDB = Dimension("ogdb", "Pilot ontwikkelingsgerichte dagbesteding", codes.OGDB_AANMELDING)
OGDB_STAND = Dimension(
    "ogdb_stand",
    "Stand van de aanmelding",
    codes.OGDB_STANDEN,
    subtotals=(Subtotal("in_traject", "in traject: lopend of afgerond", ("lopend", "afgerond")),),
)
WMO_DECLARATIE = Dimension("wmo_declaratie", "WMO-declaratie in de twaalf maanden tot de peildatum", codes.JA_OF_NEE)
KOSTENSOORT = Dimension("kostensoort", "Soort gedeclareerde ondersteuning", codes.KOSTENSOORTEN, multiple=True)
TRAJECT = Dimension("traject", "Traject met bekende kosten in de twaalf maanden tot de peildatum", codes.JA_OF_NEE)
TRAJECTKLASSE = Dimension("trajectklasse", "Soort traject", codes.TRAJECTKLASSEN, multiple=True)
