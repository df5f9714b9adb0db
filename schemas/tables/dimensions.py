"""The axes of the output tables. The subtotals keep a total publishable when its parts are not."""

from dataclasses import replace

from schemas import codes, segments
from schemas.codes import EINDREDENEN, ONBEKEND
from schemas.implied import facts
from schemas.implied.inequalities import implied
from schemas.specs import Dimension, Subtotal
from schemas.text import Text

REGELING = Dimension(
    name="regeling",
    title=Text(nl="Regeling", en="Scheme"),
    codes=codes.REGELINGEN,
    subtotals=(
        Subtotal(
            code="pwet_totaal",
            label=Text(
                nl="Participatiewet (met of zonder WMO)",
                en="Participatiewet (with or without WMO)",
            ),
            parts=("pwet", "beide"),
        ),
        Subtotal(
            code="wmo_totaal",
            label=Text(
                nl="WMO (met of zonder Participatiewet)",
                en="WMO (with or without Participatiewet)",
            ),
            parts=("beide", "wmo"),
        ),
    ),
)
LEEFTIJDSKLASSE = Dimension(
    name="leeftijdsklasse",
    title=Text(nl="Leeftijd op de peildatum", en="Age on the reference date"),
    codes=codes.LEEFTIJDSKLASSEN,
)
TREDE = Dimension(
    name="trede",
    title=Text(nl="Trede op de participatieladder", en="Rung of the participation ladder"),
    codes=codes.TREDEKLASSEN,
    subtotals=(
        Subtotal(code="1-2", label=Text(nl="1 en 2 samen", en="1 and 2 together"), parts=("1", "2")),
        Subtotal(code="3-4", label=Text(nl="3 en 4 samen", en="3 and 4 together"), parts=("3", "4")),
        Subtotal(code="5-6", label=Text(nl="5 en 6 samen", en="5 and 6 together"), parts=("5", "6")),
    ),
)
DUURKLASSE = Dimension(
    name="duurklasse",
    title=Text(
        nl="Tijd sinds de eerste uitkering of voorziening",
        en="Time since the first benefit or provision",
    ),
    codes=codes.DUURKLASSEN,
)
PRODUCTCATEGORIE = Dimension(
    name="productcategorie",
    title=Text(nl="Soort WMO-voorziening", en="Kind of WMO provision"),
    codes=codes.PRODUCTCATEGORIEEN,
    multiple=True,
)
GESLACHT = Dimension(
    name="geslacht",
    title=Text(nl="Geslacht", en="Sex"),
    codes=codes.GESLACHTEN,
    # Of a few the sex is not known; with this sum only their cell and one other are blank.
    subtotals=(Subtotal(code="0-1", label=Text(nl="man of onbekend", en="man or unknown"), parts=("0", "1")),),
)
LEEFVORM = Dimension(name="leefvorm", title=Text(nl="Leefvorm", en="Household"), codes=codes.LEEFVORMKLASSEN)
BEWEGING = Dimension(
    name="beweging",
    title=Text(
        nl="Beweging op de participatieladder",
        en="Movement on the participation ladder",
    ),
    codes=codes.BEWEGINGEN,
    facts=facts.BEWEGING,
)
STARTKWALIFICATIE = Dimension(
    name="startkwalificatie",
    title=Text(nl="Startkwalificatie", en="Basic qualification (startkwalificatie)"),
    codes=codes.STARTKWALIFICATIES,
)
LOONWAARDE = Dimension(
    name="loonwaarde",
    title=Text(nl="Loonwaarde", en="Productivity (loonwaarde)"),
    codes=codes.LOONWAARDEKLASSEN,
    subtotals=(
        Subtotal(code="<50", label=Text(nl="lager dan 50 %", en="lower than 50%"), parts=("<30", "30-49")),
        Subtotal(code="50+", label=Text(nl="50 % of hoger", en="50% or higher"), parts=("50-69", "70+")),
        Subtotal(
            code="gemeten",
            label=Text(nl="loonwaarde gemeten", en="productivity measured"),
            parts=("<30", "30-49", "50-69", "70+"),
        ),
    ),
    facts=facts.LOONWAARDE,
)
ONTHEFFING = Dimension(
    name="ontheffing",
    title=Text(nl="Ontheffing van de arbeidsplicht", en="Exemption from the duty to work"),
    codes=codes.ONTHEFFINGKLASSEN,
)
VOORZIENING = Dimension(
    name="voorziening",
    title=Text(nl="Re-integratievoorziening", en="Reintegration provision"),
    codes=codes.VOORZIENINGKLASSEN,
    multiple=True,
)
DEELTIJDWERK = Dimension(
    name="deeltijdwerk",
    title=Text(
        nl="Inkomsten uit arbeid naast de uitkering",
        en="Income from work beside the benefit",
    ),
    codes=codes.DEELTIJDWERK,
)
ZRM = Dimension(
    name="zrm",
    title=Text(nl="Zelfredzaamheid per domein", en="Self-sufficiency by domain"),
    codes=codes.ZRM_UITKOMSTEN,
    subtotals=tuple(
        Subtotal(
            code=domein.code,
            label=Text(nl="{domein}: gemeten", en="{domein}: measured").fill(domein=domein.label),
            parts=tuple(f"{domein.code}:{klasse}" for klasse in codes.ZRM_KLASSEN.values),
        )
        for domein in codes.ZRM_DOMEINEN.codes
    ),
    multiple=True,
    facts=facts.ZRM,
)
BELEMMERINGEN = Dimension(
    name="belemmeringen",
    title=Text(
        nl="Belemmeringen (ZRM-domeinen met score 1 of 2)",
        en="Barriers (ZRM domains with score 1 or 2)",
    ),
    codes=codes.BELEMMERINGEN,
    subtotals=(
        Subtotal(code="1+", label=Text(nl="een of meer", en="one or more"), parts=("1", "2", "3", "4")),
        Subtotal(code="2+", label=Text(nl="twee of meer", en="two or more"), parts=("2", "3", "4")),
        Subtotal(code="3+", label=Text(nl="drie of vier", en="three or four"), parts=("3", "4")),
    ),
)
_SEGMENTS = {
    Dimension(
        name="mogelijkheid", title=Text(nl="Mogelijkheden", en="Possibilities"), codes=segments.MOGELIJKHEDEN_CODES
    ): (segments.MOGELIJKHEID,),
    Dimension(
        name="kans", title=Text(nl="Kansen", en="Opportunities"), codes=segments.KANSEN_CODES, multiple=True
    ): segments.KANSEN,
    Dimension(
        name="risico", title=Text(nl="Risico's", en="Risks"), codes=segments.RISICOS_CODES, multiple=True
    ): segments.RISICOS,
}
READ_BY_RULES = (
    REGELING, LEEFTIJDSKLASSE, TREDE, DUURKLASSE, PRODUCTCATEGORIE, GESLACHT, LEEFVORM, BEWEGING, STARTKWALIFICATIE,
    LOONWAARDE, ONTHEFFING, VOORZIENING, DEELTIJDWERK, ZRM, BELEMMERINGEN,
)  # fmt: skip
"""What a segment rule may read: every dimension of residents in stock."""

_IMPLIED = implied(_SEGMENTS, READ_BY_RULES)
MOGELIJKHEID, KANS, RISICO = (replace(dimension, facts=_IMPLIED[dimension.name]) for dimension in _SEGMENTS)

STAND = Dimension(name="stand", title=Text(nl="Stand", en="Standing"), codes=codes.STANDEN)
"""Whether somebody is in the file on the peildatum; who is not is only counted by tables of their own population."""

IN_STOCK = (STAND, "lopend")
"""The population of every table that describes the residents on the peildatum."""

DIENST = Dimension(
    name="dienst",
    title=Text(nl="Ingekochte dienstverlening", en="Purchased services"),
    codes=codes.DIENSTEN,
    subtotals=(
        Subtotal(
            code="wsd_totaal",
            label=Text(
                nl="van WSD (met of zonder een ander)",
                en="from WSD (with or without another)",
            ),
            parts=("wsd", "beide"),
        ),
        Subtotal(
            code="overig_totaal",
            label=Text(
                nl="van een ander (met of zonder WSD)",
                en="from another (with or without WSD)",
            ),
            parts=("beide", "overig"),
        ),
    ),
)
LKS = Dimension(
    name="lks",
    title=Text(nl="Transitie Arrangement of LKS-baan", en="Transitie Arrangement or LKS job"),
    codes=codes.LKS_SOORTEN,
    subtotals=(
        Subtotal(
            code="ja",
            label=Text(
                nl="in het Transitie Arrangement of een LKS-baan",
                en="in the Transitie Arrangement or an LKS job",
            ),
            parts=("ta", "vught"),
        ),
    ),
)
LKS_STAND = Dimension(
    name="lks_stand",
    title=Text(nl="Stand op de peildatum", en="Standing on the reference date"),
    codes=codes.LKS_STANDEN,
    subtotals=(
        Subtotal(
            code="wsd", label=Text(nl="bij WSD geplaatst", en="placed at WSD"), parts=("detachering", "proefplaatsing")
        ),
        Subtotal(
            code="lopend",
            label=Text(
                nl="geplaatst bij WSD of de gemeente",
                en="placed at WSD or with the municipality",
            ),
            parts=("detachering", "proefplaatsing", "vught"),
        ),
    ),
)
LKS_BEGIN = Dimension(
    name="lks_begin",
    title=Text(
        nl="Begin van de laatste LKS-baan of detachering",
        en="Start of the last LKS job or secondment",
    ),
    codes=codes.LKS_BEGIN,
    subtotals=(
        Subtotal(
            code="twee_jaren",
            label=Text(nl="in deze twee jaren", en="in these two years"),
            parts=("dit_jaar", "vorig_jaar"),
        ),
    ),
)
TA_BEGIN = Dimension(
    name="ta_begin",
    title=Text(
        nl="Stand op 1 januari van twee jaar eerder",
        en="Standing on 1 January two years earlier",
    ),
    codes=codes.TA_BEGIN,
    subtotals=(
        Subtotal(
            code="toen",
            label=Text(nl="was er toen al", en="was in it by then"),
            parts=("detachering", "proefplaatsing"),
        ),
    ),
)
DETACHERINGSVORM = Dimension(
    name="detacheringsvorm",
    title=Text(nl="Soort detachering", en="Kind of secondment"),
    codes=codes.VORMEN,
    subtotals=(
        Subtotal(
            code="overig",
            label=Text(nl="Overig (niet in een groep)", en="Other (not in a group)"),
            parts=("beschut", "doorstroom", "individueel", ONBEKEND),
        ),
    ),
)
UITVAL_PROEF = Dimension(
    name="uitval_proef",
    title=Text(nl="Einde van de proefplaatsing", en="End of the trial placement"),
    codes=codes.PROEF_UITVAL,
    subtotals=(
        Subtotal(
            code="anders",
            label=Text(nl="beëindigd zonder LKS-baan", en="ended without an LKS job"),
            parts=(*EINDREDENEN.values[1:], ONBEKEND),
        ),
    ),
)
UITVAL_BAAN = Dimension(
    name="uitval_baan",
    title=Text(nl="Einde van de detachering", en="End of the secondment"),
    codes=codes.BAAN_UITVAL,
    subtotals=(
        Subtotal(
            code="beeindigd",
            label=Text(nl="beëindigd, alle redenen samen", en="ended, all reasons together"),
            parts=(*EINDREDENEN.values, ONBEKEND),
        ),
    ),
)
OGDB = Dimension(
    name="ogdb",
    title=Text(
        nl="Pilot ontwikkelingsgerichte dagbesteding",
        en="Pilot of developmental day activities",
    ),
    codes=codes.OGDB_AANMELDING,
)
OGDB_STAND = Dimension(
    name="ogdb_stand",
    title=Text(nl="Stand van de aanmelding", en="Standing of the registration"),
    codes=codes.OGDB_STANDEN,
    subtotals=(
        Subtotal(
            code="in_traject",
            label=Text(nl="in traject: lopend of afgerond", en="in a trajectory: running or finished"),
            parts=("lopend", "afgerond"),
        ),
    ),
)
WMO_DECLARATIE = Dimension(
    name="wmo_declaratie",
    title=Text(
        nl="WMO-declaratie in de twaalf maanden tot de peildatum",
        en="WMO claim in the twelve months up to the reference date",
    ),
    codes=codes.JA_OF_NEE,
)
KOSTENSOORT = Dimension(
    name="kostensoort",
    title=Text(nl="Soort gedeclareerde ondersteuning", en="Kind of support claimed"),
    codes=codes.KOSTENSOORTEN,
    multiple=True,
)
TRAJECT = Dimension(
    name="traject",
    title=Text(
        nl="Traject met bekende kosten in de twaalf maanden tot de peildatum",
        en="Trajectory with known costs in the twelve months up to the reference date",
    ),
    codes=codes.JA_OF_NEE,
)
TRAJECTKLASSE = Dimension(
    name="trajectklasse",
    title=Text(nl="Soort traject", en="Kind of trajectory"),
    codes=codes.TRAJECTKLASSEN,
    multiple=True,
)
