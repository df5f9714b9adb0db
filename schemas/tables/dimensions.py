"""The axes of the output tables. The subtotals keep a total publishable when its parts are not."""

from schemas import codes
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
WMO_DECLARATIE = Dimension("wmo_declaratie", "WMO-declaratie in de twaalf maanden tot de peildatum", codes.JA_NEE)
KOSTENSOORT = Dimension("kostensoort", "Soort gedeclareerde ondersteuning", codes.KOSTENSOORTEN, multiple=True)
TRAJECT = Dimension("traject", "Traject met bekende kosten in de twaalf maanden tot de peildatum", codes.JA_NEE)
TRAJECTKLASSE = Dimension("trajectklasse", "Soort traject", codes.TRAJECTKLASSEN, multiple=True)
