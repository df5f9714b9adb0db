"""Code lists of who somebody is, and in which scheme for how long."""

from schemas.codes.code_list import ONBEKEND, Code, CodeList
from schemas.text import Text, unchanged

GESLACHTEN = CodeList(
    id="geslacht",
    codes=(
        Code(code="0", label=Text(nl="onbekend", en="unknown")),
        Code(code="1", label=unchanged("man")),
        Code(code="2", label=Text(nl="vrouw", en="woman")),
    ),
    source="iWmo 3.2, codelijst COD046",
)
LEEFVORMEN = CodeList(
    id="leefvorm",
    codes=(
        Code(code="01", label=Text(nl="alleenstaand", en="single")),
        Code(code="02", label=Text(nl="alleenstaande ouder", en="single parent")),
        Code(code="03", label=Text(nl="(echt)paar", en="couple")),
    ),
    source="SuwiML CdLeefvorm; codewaarden te bevestigen",
)
LEEFVORMKLASSEN = CodeList(
    id="leefvormklasse",
    codes=(*LEEFVORMEN.codes, Code(code=ONBEKEND, label=Text(nl="leefvorm onbekend", en="household unknown"))),
    source=LEEFVORMEN.source,
)
LEEFTIJDSKLASSEN = CodeList(
    id="leeftijdsklasse",
    codes=(
        Code(code="<27", label=Text(nl="jonger dan 27", en="younger than 27"), up_to=26),
        Code(code="27-44", label=Text(nl="27 tot en met 44", en="27 to 44"), up_to=44),
        Code(code="45-54", label=Text(nl="45 tot en met 54", en="45 to 54"), up_to=54),
        Code(code="55-65", label=Text(nl="55 tot en met 65", en="55 to 65"), up_to=65),
        Code(code="66+", label=Text(nl="66 of ouder", en="66 or older")),
        Code(code=ONBEKEND, label=Text(nl="onbekend", en="unknown")),
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
        Code(code="pwet", label=Text(nl="alleen Participatiewet", en="Participatiewet only")),
        Code(code="beide", label=Text(nl="Participatiewet en WMO", en="Participatiewet and WMO")),
        Code(code="wmo", label=Text(nl="alleen WMO", en="WMO only")),
    ),
    source="eigen indeling: lopende uitkering of voorziening op de peildatum",
)
DUURKLASSEN = CodeList(
    id="duurklasse",
    codes=(
        Code(code="<1", label=Text(nl="korter dan 1 jaar", en="less than 1 year"), up_to=0),
        Code(code="1-2", label=Text(nl="1 tot 3 jaar", en="1 to 3 years"), up_to=2),
        Code(code="3-4", label=Text(nl="3 tot 5 jaar", en="3 to 5 years"), up_to=4),
        Code(code="5-9", label=Text(nl="5 tot 10 jaar", en="5 to 10 years"), up_to=9),
        Code(code="10+", label=Text(nl="10 jaar of langer", en="10 years or longer")),
    ),
    source="indicatorencatalogus I3",
)
