"""Code lists of who somebody is, and in which scheme for how long."""

from schemas.codes.code_list import ONBEKEND, Code, CodeList

GESLACHTEN = CodeList(
    id="geslacht",
    codes=(
        Code(code="0", label="onbekend"),
        Code(code="1", label="man"),
        Code(code="2", label="vrouw"),
    ),
    source="iWmo 3.2, codelijst COD046",
)
LEEFVORMEN = CodeList(
    id="leefvorm",
    codes=(
        Code(code="01", label="alleenstaand"),
        Code(code="02", label="alleenstaande ouder"),
        Code(code="03", label="(echt)paar"),
    ),
    source="SuwiML CdLeefvorm; codewaarden te bevestigen",
)
LEEFVORMKLASSEN = CodeList(
    id="leefvormklasse",
    codes=(*LEEFVORMEN.codes, Code(code=ONBEKEND, label="leefvorm onbekend")),
    source=LEEFVORMEN.source,
)
LEEFTIJDSKLASSEN = CodeList(
    id="leeftijdsklasse",
    codes=(
        Code(code="<27", label="jonger dan 27", up_to=26),
        Code(code="27-44", label="27 tot en met 44", up_to=44),
        Code(code="45-54", label="45 tot en met 54", up_to=54),
        Code(code="55-65", label="55 tot en met 65", up_to=65),
        Code(code="66+", label="66 of ouder"),
        Code(code=ONBEKEND, label="onbekend"),
    ),
    source="indicatorencatalogus I2; de grens 66 benadert de AOW-leeftijd van 2019, te bevestigen",
)
REGELINGSOORTEN = CodeList(
    id="regelingsoort",
    codes=(
        Code(code="PW", label="Participatiewet"),
        Code(code="IOAW", label="IOAW"),
        Code(code="IOAZ", label="IOAZ"),
    ),
    source="SuwiML CdSzWet; lijst te bevestigen",
)
REGELINGEN = CodeList(
    id="regeling",
    codes=(
        Code(code="pwet", label="alleen Participatiewet"),
        Code(code="beide", label="Participatiewet en WMO"),
        Code(code="wmo", label="alleen WMO"),
    ),
    source="eigen indeling: lopende uitkering of voorziening op de peildatum",
)
DUURKLASSEN = CodeList(
    id="duurklasse",
    codes=(
        Code(code="<1", label="korter dan 1 jaar", up_to=0),
        Code(code="1-2", label="1 tot 3 jaar", up_to=2),
        Code(code="3-4", label="3 tot 5 jaar", up_to=4),
        Code(code="5-9", label="5 tot 10 jaar", up_to=9),
        Code(code="10+", label="10 jaar of langer"),
    ),
    source="indicatorencatalogus I3",
)
