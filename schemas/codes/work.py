"""Code lists of work and the way to it: ladder, provisions, exemption, loonwaarde."""

from schemas.codes.code_list import GEEN, ONBEKEND, Code, CodeList, codes_of

TREDEN = CodeList(
    "trede",
    codes_of(
        ("1", "1 Geïsoleerd"),
        ("2", "2 Sociale contacten buitenshuis"),
        ("3", "3 Deelname georganiseerde activiteiten"),
        ("4", "4 Onbetaald werk"),
        ("5", "5 Betaald werk met ondersteuning"),
        ("6", "6 Betaald werk"),
    ),
    "Participatieladder, VNG en Divosa",
)
TREDEKLASSEN = CodeList(
    "tredeklasse",
    (*TREDEN.codes, Code(ONBEKEND, "onbekend of ouder dan 12 maanden")),
    TREDEN.source,
)
BEWEGINGEN = CodeList(
    "beweging",
    codes_of(
        ("omhoog", "een of meer treden omhoog"),
        ("gelijk", "dezelfde trede"),
        ("omlaag", "een of meer treden omlaag"),
        (ONBEKEND, "geen twee metingen om te vergelijken"),
    ),
    "indicatorencatalogus I5, met de participatieladder van VNG en Divosa",
)
JA_NEE = CodeList(
    "ja_nee",
    codes_of(("J", "ja"), ("N", "nee")),
    "export van de leverancier; codewaarden te bevestigen",
)
# Every code says of what, so that 'onbekend' in two tables is never read as one count.
STARTKWALIFICATIES = CodeList(
    "startkwalificatie",
    codes_of(
        ("met", "met startkwalificatie"),
        ("zonder", "zonder startkwalificatie"),
        ("startkwalificatie_onbekend", "startkwalificatie onbekend"),
    ),
    JA_NEE.source,
)
DEELTIJDWERK = CodeList(
    "deeltijdwerk",
    codes_of(
        ("werkt", "met inkomsten uit arbeid"),
        ("werkt_niet", "zonder inkomsten uit arbeid"),
        ("inkomsten_onbekend", "inkomsten onbekend"),
    ),
    JA_NEE.source,
)
ONTHEFFINGEN = CodeList(
    "ontheffing",
    codes_of(
        ("00", "geen"),
        ("01", "ouder met een kind jonger dan 5 jaar"),
        ("02", "sociaal of medisch, tijdelijk"),
        ("03", "sociaal of medisch, permanent"),
    ),
    "Gemeentelijk Gegevensmodel 1.9, SoortOntheffing; codewaarden te bevestigen",
)
ONTHEFFINGKLASSEN = CodeList(
    "ontheffingklasse",
    codes_of(
        ("geen", "geen ontheffing"),
        ("tijdelijk", "tijdelijk (ook ouder met een kind jonger dan 5 jaar)"),
        ("permanent", "permanent, op sociale of medische grond"),
        (ONBEKEND, "ontheffing onbekend"),
    ),
    ONTHEFFINGEN.source,
)
VOORZIENINGSOORTEN = CodeList(
    "voorzieningsoort",
    codes_of(
        ("23", "proefplaatsing voor loonwaardebepaling"),
        ("29", "overige werkplek"),
        ("30", "jobcoach of begeleiding op de werkplek"),
        ("31", "werkplekaanpassing"),
        ("59", "overige faciliterende voorziening"),
        ("LKS", "baan of detachering met loonkostensubsidie"),
    ),
    "CBS, veelgestelde vragen SRG, kenmerk Type voorziening; volledige lijst te bevestigen",
)
VOORZIENINGKLASSEN = CodeList(
    "voorzieningklasse",
    (*VOORZIENINGSOORTEN.codes, Code(GEEN, "geen lopende voorziening")),
    VOORZIENINGSOORTEN.source,
)
LOONWAARDEKLASSEN = CodeList(
    "loonwaardeklasse",
    codes_of(
        ("<30", "lager dan 30 %"),
        ("30-49", "30 tot 50 %"),
        ("50-69", "50 tot 70 %"),
        ("70+", "70 % of hoger"),
        (ONBEKEND, "loonwaarde niet gemeten"),
        (GEEN, "geen lopende voorziening"),
    ),
    "indicatorencatalogus I7",
)
