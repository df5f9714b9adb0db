"""Code lists of work and the way to it: ladder, provisions, exemption, loonwaarde."""

from schemas.codes.code_list import GEEN, ONBEKEND, Code, CodeList
from schemas.text import Text

TREDEN = CodeList(
    id="trede",
    codes=(
        Code(code="1", label=Text(nl="1 Geïsoleerd", en="1 Isolated")),
        Code(
            code="2",
            label=Text(
                nl="2 Sociale contacten buitenshuis",
                en="2 Social contacts outside the home",
            ),
        ),
        Code(
            code="3",
            label=Text(
                nl="3 Deelname georganiseerde activiteiten",
                en="3 Takes part in organised activities",
            ),
        ),
        Code(code="4", label=Text(nl="4 Onbetaald werk", en="4 Unpaid work")),
        Code(code="5", label=Text(nl="5 Betaald werk met ondersteuning", en="5 Paid work with support")),
        Code(code="6", label=Text(nl="6 Betaald werk", en="6 Paid work")),
    ),
    source="Participatieladder, VNG en Divosa",
)
TREDEKLASSEN = CodeList(
    id="tredeklasse",
    codes=(
        *TREDEN.codes,
        Code(code=ONBEKEND, label=Text(nl="onbekend of ouder dan 12 maanden", en="unknown or older than 12 months")),
    ),
    source=TREDEN.source,
)
BEWEGINGEN = CodeList(
    id="beweging",
    codes=(
        Code(code="omhoog", label=Text(nl="een of meer treden omhoog", en="one or more rungs up")),
        Code(code="gelijk", label=Text(nl="dezelfde trede", en="the same rung")),
        Code(code="omlaag", label=Text(nl="een of meer treden omlaag", en="one or more rungs down")),
        Code(
            code=ONBEKEND,
            label=Text(
                nl="geen twee metingen om te vergelijken",
                en="no two measurements to compare",
            ),
        ),
    ),
    source="indicatorencatalogus I5, met de participatieladder van VNG en Divosa",
)
JA_NEE = CodeList(
    id="ja_nee",
    codes=(
        Code(code="J", label=Text(nl="ja", en="yes")),
        Code(code="N", label=Text(nl="nee", en="no")),
    ),
    source="export van de leverancier; codewaarden te bevestigen",
)
# Every code says of what, so that 'onbekend' in two tables is never read as one count.
STARTKWALIFICATIES = CodeList(
    id="startkwalificatie",
    codes=(
        Code(code="met", label=Text(nl="met startkwalificatie", en="with a basic qualification")),
        Code(code="zonder", label=Text(nl="zonder startkwalificatie", en="without a basic qualification")),
        Code(
            code="startkwalificatie_onbekend",
            label=Text(nl="startkwalificatie onbekend", en="basic qualification unknown"),
        ),
    ),
    source=JA_NEE.source,
)
DEELTIJDWERK = CodeList(
    id="deeltijdwerk",
    codes=(
        Code(code="werkt", label=Text(nl="met inkomsten uit arbeid", en="with income from work")),
        Code(code="werkt_niet", label=Text(nl="zonder inkomsten uit arbeid", en="without income from work")),
        Code(code="inkomsten_onbekend", label=Text(nl="inkomsten onbekend", en="income unknown")),
    ),
    source=JA_NEE.source,
)
ONTHEFFINGEN = CodeList(
    id="ontheffing",
    codes=(
        Code(code="00", label="geen"),
        Code(code="01", label="ouder met een kind jonger dan 5 jaar"),
        Code(code="02", label="sociaal of medisch, tijdelijk"),
        Code(code="03", label="sociaal of medisch, permanent"),
    ),
    source="Gemeentelijk Gegevensmodel 1.9, SoortOntheffing; codewaarden te bevestigen",
)
ONTHEFFINGKLASSEN = CodeList(
    id="ontheffingklasse",
    codes=(
        Code(code="geen", label=Text(nl="geen ontheffing", en="no exemption")),
        Code(
            code="tijdelijk",
            label=Text(
                nl="tijdelijk (ook ouder met een kind jonger dan 5 jaar)",
                en="temporary (also a parent with a child younger than 5)",
            ),
        ),
        Code(
            code="permanent",
            label=Text(
                nl="permanent, op sociale of medische grond",
                en="permanent, on social or medical grounds",
            ),
        ),
        Code(code=ONBEKEND, label=Text(nl="ontheffing onbekend", en="exemption unknown")),
    ),
    source=ONTHEFFINGEN.source,
)
VOORZIENINGSOORTEN = CodeList(
    id="voorzieningsoort",
    codes=(
        Code(
            code="23",
            label=Text(
                nl="proefplaatsing voor loonwaardebepaling",
                en="trial placement to measure productivity",
            ),
        ),
        Code(code="29", label=Text(nl="overige werkplek", en="other work place")),
        Code(
            code="30",
            label=Text(
                nl="jobcoach of begeleiding op de werkplek",
                en="job coach or guidance at work",
            ),
        ),
        Code(code="31", label=Text(nl="werkplekaanpassing", en="adaptation of the work place")),
        Code(code="59", label=Text(nl="overige faciliterende voorziening", en="other facilitating provision")),
        Code(
            code="LKS",
            label=Text(
                nl="baan of detachering met loonkostensubsidie",
                en="job or secondment with a wage subsidy",
            ),
        ),
    ),
    source="CBS, veelgestelde vragen SRG, kenmerk Type voorziening; volledige lijst te bevestigen",
)
VOORZIENINGKLASSEN = CodeList(
    id="voorzieningklasse",
    codes=(
        *VOORZIENINGSOORTEN.codes,
        Code(code=GEEN, label=Text(nl="geen lopende voorziening", en="no running provision")),
    ),
    source=VOORZIENINGSOORTEN.source,
)
LOONWAARDEKLASSEN = CodeList(
    id="loonwaardeklasse",
    codes=(
        Code(code="<30", label=Text(nl="lager dan 30 %", en="lower than 30%")),
        Code(code="30-49", label=Text(nl="30 tot 50 %", en="30 to 50%")),
        Code(code="50-69", label=Text(nl="50 tot 70 %", en="50 to 70%")),
        Code(code="70+", label=Text(nl="70 % of hoger", en="70% or higher")),
        Code(code=ONBEKEND, label=Text(nl="loonwaarde niet gemeten", en="productivity not measured")),
        Code(code=GEEN, label=Text(nl="geen lopende voorziening", en="no running provision")),
    ),
    source="indicatorencatalogus I7",
)
