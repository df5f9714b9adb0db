"""Code lists of who somebody is, and in which scheme for how long."""

from schemas.codes.code_list import ONBEKEND, Code, CodeList, codes_of

GESLACHTEN = CodeList(
    "geslacht",
    codes_of(("0", "onbekend"), ("1", "man"), ("2", "vrouw")),
    "iWmo 3.2, codelijst COD046",
)
LEEFVORMEN = CodeList(
    "leefvorm",
    codes_of(("01", "alleenstaand"), ("02", "alleenstaande ouder"), ("03", "(echt)paar")),
    "SuwiML CdLeefvorm; codewaarden te bevestigen",
)
LEEFVORMKLASSEN = CodeList(
    "leefvormklasse",
    (*LEEFVORMEN.codes, Code(ONBEKEND, "leefvorm onbekend")),
    LEEFVORMEN.source,
)
LEEFTIJDSKLASSEN = CodeList(
    "leeftijdsklasse",
    (
        Code("<27", "jonger dan 27", up_to=26),
        Code("27-44", "27 tot en met 44", up_to=44),
        Code("45-54", "45 tot en met 54", up_to=54),
        Code("55-65", "55 tot en met 65", up_to=65),
        Code("66+", "66 of ouder"),
        Code(ONBEKEND, "onbekend"),
    ),
    "indicatorencatalogus I2; de grens 66 benadert de AOW-leeftijd van 2019, te bevestigen",
)
REGELINGSOORTEN = CodeList(
    "regelingsoort",
    codes_of(("PW", "Participatiewet"), ("IOAW", "IOAW"), ("IOAZ", "IOAZ")),
    "SuwiML CdSzWet; lijst te bevestigen",
)
REGELINGEN = CodeList(
    "regeling",
    codes_of(
        ("pwet", "alleen Participatiewet"),
        ("beide", "Participatiewet en WMO"),
        ("wmo", "alleen WMO"),
    ),
    "eigen indeling: lopende uitkering of voorziening op de peildatum",
)
DUURKLASSEN = CodeList(
    "duurklasse",
    (
        Code("<1", "korter dan 1 jaar", up_to=0),
        Code("1-2", "1 tot 3 jaar", up_to=2),
        Code("3-4", "3 tot 5 jaar", up_to=4),
        Code("5-9", "5 tot 10 jaar", up_to=9),
        Code("10+", "10 jaar of langer"),
    ),
    "indicatorencatalogus I3",
)
