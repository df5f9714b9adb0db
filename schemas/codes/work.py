"""Code lists of work and the way to it: ladder, provisions, exemption, loonwaarde."""

from schemas.codes.code_list import GEEN, ONBEKEND, Code, CodeList

TREDEN = CodeList(
    id="trede",
    codes=(
        Code(code="1", label="1 Geïsoleerd"),
        Code(code="2", label="2 Sociale contacten buitenshuis"),
        Code(code="3", label="3 Deelname georganiseerde activiteiten"),
        Code(code="4", label="4 Onbetaald werk"),
        Code(code="5", label="5 Betaald werk met ondersteuning"),
        Code(code="6", label="6 Betaald werk"),
    ),
    source="Participatieladder, VNG en Divosa",
)
TREDEKLASSEN = CodeList(
    id="tredeklasse",
    codes=(*TREDEN.codes, Code(code=ONBEKEND, label="onbekend of ouder dan 12 maanden")),
    source=TREDEN.source,
)
BEWEGINGEN = CodeList(
    id="beweging",
    codes=(
        Code(code="omhoog", label="een of meer treden omhoog"),
        Code(code="gelijk", label="dezelfde trede"),
        Code(code="omlaag", label="een of meer treden omlaag"),
        Code(code=ONBEKEND, label="geen twee metingen om te vergelijken"),
    ),
    source="indicatorencatalogus I5, met de participatieladder van VNG en Divosa",
)
JA_NEE = CodeList(
    id="ja_nee",
    codes=(
        Code(code="J", label="ja"),
        Code(code="N", label="nee"),
    ),
    source="export van de leverancier; codewaarden te bevestigen",
)
# Every code says of what, so that 'onbekend' in two tables is never read as one count.
STARTKWALIFICATIES = CodeList(
    id="startkwalificatie",
    codes=(
        Code(code="met", label="met startkwalificatie"),
        Code(code="zonder", label="zonder startkwalificatie"),
        Code(code="startkwalificatie_onbekend", label="startkwalificatie onbekend"),
    ),
    source=JA_NEE.source,
)
DEELTIJDWERK = CodeList(
    id="deeltijdwerk",
    codes=(
        Code(code="werkt", label="met inkomsten uit arbeid"),
        Code(code="werkt_niet", label="zonder inkomsten uit arbeid"),
        Code(code="inkomsten_onbekend", label="inkomsten onbekend"),
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
        Code(code="geen", label="geen ontheffing"),
        Code(code="tijdelijk", label="tijdelijk (ook ouder met een kind jonger dan 5 jaar)"),
        Code(code="permanent", label="permanent, op sociale of medische grond"),
        Code(code=ONBEKEND, label="ontheffing onbekend"),
    ),
    source=ONTHEFFINGEN.source,
)
VOORZIENINGSOORTEN = CodeList(
    id="voorzieningsoort",
    codes=(
        Code(code="23", label="proefplaatsing voor loonwaardebepaling"),
        Code(code="29", label="overige werkplek"),
        Code(code="30", label="jobcoach of begeleiding op de werkplek"),
        Code(code="31", label="werkplekaanpassing"),
        Code(code="59", label="overige faciliterende voorziening"),
        Code(code="LKS", label="baan of detachering met loonkostensubsidie"),
    ),
    source="CBS, veelgestelde vragen SRG, kenmerk Type voorziening; volledige lijst te bevestigen",
)
VOORZIENINGKLASSEN = CodeList(
    id="voorzieningklasse",
    codes=(*VOORZIENINGSOORTEN.codes, Code(code=GEEN, label="geen lopende voorziening")),
    source=VOORZIENINGSOORTEN.source,
)
LOONWAARDEKLASSEN = CodeList(
    id="loonwaardeklasse",
    codes=(
        Code(code="<30", label="lager dan 30 %"),
        Code(code="30-49", label="30 tot 50 %"),
        Code(code="50-69", label="50 tot 70 %"),
        Code(code="70+", label="70 % of hoger"),
        Code(code=ONBEKEND, label="loonwaarde niet gemeten"),
        Code(code=GEEN, label="geen lopende voorziening"),
    ),
    source="indicatorencatalogus I7",
)
