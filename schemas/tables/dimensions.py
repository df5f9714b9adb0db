"""The axes of the output tables. The subtotals keep a total publishable when its parts are not."""

from dataclasses import replace

from schemas import codes, segments
from schemas.codes import EINDREDENEN, ONBEKEND
from schemas.implied import facts
from schemas.implied.inequalities import implied
from schemas.specs import Dimension, Subtotal

REGELING = Dimension(
    name="regeling",
    title="Regeling",
    codes=codes.REGELINGEN,
    subtotals=(
        Subtotal(code="pwet_totaal", label="Participatiewet (met of zonder WMO)", parts=("pwet", "beide")),
        Subtotal(code="wmo_totaal", label="WMO (met of zonder Participatiewet)", parts=("beide", "wmo")),
    ),
)
LEEFTIJDSKLASSE = Dimension(name="leeftijdsklasse", title="Leeftijd op de peildatum", codes=codes.LEEFTIJDSKLASSEN)
TREDE = Dimension(
    name="trede",
    title="Trede op de participatieladder",
    codes=codes.TREDEKLASSEN,
    subtotals=(
        Subtotal(code="1-2", label="1 en 2 samen", parts=("1", "2")),
        Subtotal(code="3-4", label="3 en 4 samen", parts=("3", "4")),
        Subtotal(code="5-6", label="5 en 6 samen", parts=("5", "6")),
    ),
)
DUURKLASSE = Dimension(
    name="duurklasse", title="Tijd sinds de eerste uitkering of voorziening", codes=codes.DUURKLASSEN
)
PRODUCTCATEGORIE = Dimension(
    name="productcategorie", title="Soort WMO-voorziening", codes=codes.PRODUCTCATEGORIEEN, multiple=True
)
GESLACHT = Dimension(
    name="geslacht",
    title="Geslacht",
    codes=codes.GESLACHTEN,
    # Of a few the sex is not known; with this sum only their cell and one other are blank.
    subtotals=(Subtotal(code="0-1", label="man of onbekend", parts=("0", "1")),),
)
LEEFVORM = Dimension(name="leefvorm", title="Leefvorm", codes=codes.LEEFVORMKLASSEN)
BEWEGING = Dimension(
    name="beweging", title="Beweging op de participatieladder", codes=codes.BEWEGINGEN, facts=facts.BEWEGING
)
STARTKWALIFICATIE = Dimension(name="startkwalificatie", title="Startkwalificatie", codes=codes.STARTKWALIFICATIES)
LOONWAARDE = Dimension(
    name="loonwaarde",
    title="Loonwaarde",
    codes=codes.LOONWAARDEKLASSEN,
    subtotals=(
        Subtotal(code="<50", label="lager dan 50 %", parts=("<30", "30-49")),
        Subtotal(code="50+", label="50 % of hoger", parts=("50-69", "70+")),
        Subtotal(code="gemeten", label="loonwaarde gemeten", parts=("<30", "30-49", "50-69", "70+")),
    ),
    facts=facts.LOONWAARDE,
)
ONTHEFFING = Dimension(name="ontheffing", title="Ontheffing van de arbeidsplicht", codes=codes.ONTHEFFINGKLASSEN)
VOORZIENING = Dimension(
    name="voorziening", title="Re-integratievoorziening", codes=codes.VOORZIENINGKLASSEN, multiple=True
)
DEELTIJDWERK = Dimension(name="deeltijdwerk", title="Inkomsten uit arbeid naast de uitkering", codes=codes.DEELTIJDWERK)
ZRM = Dimension(
    name="zrm",
    title="Zelfredzaamheid per domein",
    codes=codes.ZRM_UITKOMSTEN,
    subtotals=tuple(
        Subtotal(
            code=domein.code,
            label=f"{domein.label}: gemeten",
            parts=tuple(f"{domein.code}:{klasse}" for klasse in codes.ZRM_KLASSEN.values),
        )
        for domein in codes.ZRM_DOMEINEN.codes
    ),
    multiple=True,
    facts=facts.ZRM,
)
BELEMMERINGEN = Dimension(
    name="belemmeringen",
    title="Belemmeringen (ZRM-domeinen met score 1 of 2)",
    codes=codes.BELEMMERINGEN,
    subtotals=(
        Subtotal(code="1+", label="een of meer", parts=("1", "2", "3", "4")),
        Subtotal(code="2+", label="twee of meer", parts=("2", "3", "4")),
        Subtotal(code="3+", label="drie of vier", parts=("3", "4")),
    ),
)
_SEGMENTS = {
    Dimension(name="mogelijkheid", title="Mogelijkheden", codes=segments.MOGELIJKHEDEN_CODES): (segments.MOGELIJKHEID,),
    Dimension(name="kans", title="Kansen", codes=segments.KANSEN_CODES, multiple=True): segments.KANSEN,
    Dimension(name="risico", title="Risico's", codes=segments.RISICOS_CODES, multiple=True): segments.RISICOS,
}
READ_BY_RULES = (
    REGELING, LEEFTIJDSKLASSE, TREDE, DUURKLASSE, PRODUCTCATEGORIE, GESLACHT, LEEFVORM, BEWEGING, STARTKWALIFICATIE,
    LOONWAARDE, ONTHEFFING, VOORZIENING, DEELTIJDWERK, ZRM, BELEMMERINGEN,
)  # fmt: skip
"""What a segment rule may read: every dimension of residents in stock."""

_IMPLIED = implied(_SEGMENTS, READ_BY_RULES)
MOGELIJKHEID, KANS, RISICO = (replace(one, facts=_IMPLIED[one.name]) for one in _SEGMENTS)

STAND = Dimension(name="stand", title="Stand", codes=codes.STANDEN)
"""Whether somebody is in the file on the peildatum; who is not is only counted by tables of their own population."""

IN_STOCK = (STAND, "lopend")
"""The population of every table that describes the residents on the peildatum."""

DIENST = Dimension(
    name="dienst",
    title="Ingekochte dienstverlening",
    codes=codes.DIENSTEN,
    subtotals=(
        Subtotal(code="wsd_totaal", label="van WSD (met of zonder een ander)", parts=("wsd", "beide")),
        Subtotal(code="overig_totaal", label="van een ander (met of zonder WSD)", parts=("beide", "overig")),
    ),
)
LKS = Dimension(
    name="lks",
    title="Transitie Arrangement of LKS-baan",
    codes=codes.LKS_SOORTEN,
    subtotals=(Subtotal(code="ja", label="in het Transitie Arrangement of een LKS-baan", parts=("ta", "vught")),),
)
LKS_STAND = Dimension(
    name="lks_stand",
    title="Stand op de peildatum",
    codes=codes.LKS_STANDEN,
    subtotals=(
        Subtotal(code="wsd", label="bij WSD geplaatst", parts=("detachering", "proefplaatsing")),
        Subtotal(
            code="lopend", label="geplaatst bij WSD of de gemeente", parts=("detachering", "proefplaatsing", "vught")
        ),
    ),
)
LKS_BEGIN = Dimension(
    name="lks_begin",
    title="Begin van de laatste LKS-baan of detachering",
    codes=codes.LKS_BEGIN,
    subtotals=(Subtotal(code="twee_jaren", label="in deze twee jaren", parts=("dit_jaar", "vorig_jaar")),),
)
TA_BEGIN = Dimension(
    name="ta_begin",
    title="Stand op 1 januari van twee jaar eerder",
    codes=codes.TA_BEGIN,
    subtotals=(Subtotal(code="toen", label="was er toen al", parts=("detachering", "proefplaatsing")),),
)
DETACHERINGSVORM = Dimension(
    name="detacheringsvorm",
    title="Soort detachering",
    codes=codes.VORMEN,
    subtotals=(
        Subtotal(
            code="overig", label="Overig (niet in een groep)", parts=("beschut", "doorstroom", "individueel", ONBEKEND)
        ),
    ),
)
UITVAL_PROEF = Dimension(
    name="uitval_proef",
    title="Einde van de proefplaatsing",
    codes=codes.PROEF_UITVAL,
    subtotals=(Subtotal(code="anders", label="beëindigd zonder LKS-baan", parts=(*EINDREDENEN.values[1:], ONBEKEND)),),
)
UITVAL_BAAN = Dimension(
    name="uitval_baan",
    title="Einde van de detachering",
    codes=codes.BAAN_UITVAL,
    subtotals=(
        Subtotal(code="beeindigd", label="beëindigd, alle redenen samen", parts=(*EINDREDENEN.values, ONBEKEND)),
    ),
)
OGDB = Dimension(name="ogdb", title="Pilot ontwikkelingsgerichte dagbesteding", codes=codes.OGDB_AANMELDING)
OGDB_STAND = Dimension(
    name="ogdb_stand",
    title="Stand van de aanmelding",
    codes=codes.OGDB_STANDEN,
    subtotals=(Subtotal(code="in_traject", label="in traject: lopend of afgerond", parts=("lopend", "afgerond")),),
)
WMO_DECLARATIE = Dimension(
    name="wmo_declaratie", title="WMO-declaratie in de twaalf maanden tot de peildatum", codes=codes.JA_OF_NEE
)
KOSTENSOORT = Dimension(
    name="kostensoort", title="Soort gedeclareerde ondersteuning", codes=codes.KOSTENSOORTEN, multiple=True
)
TRAJECT = Dimension(
    name="traject", title="Traject met bekende kosten in de twaalf maanden tot de peildatum", codes=codes.JA_OF_NEE
)
TRAJECTKLASSE = Dimension(name="trajectklasse", title="Soort traject", codes=codes.TRAJECTKLASSEN, multiple=True)
