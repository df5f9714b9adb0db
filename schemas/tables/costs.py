"""Tables of for whom something was paid: the persons behind `schemas.tables.sums`."""

from schemas.specs import TableSpec
from schemas.tables import coarser
from schemas.tables.dimensions import IN_STOCK, KOSTENSOORT, LEEFTIJDSKLASSE, TRAJECT, TRAJECTKLASSE, WMO_DECLARATIE

WMO_DECLARATIE_TABLE = TableSpec(
    id="T41",
    title="Inwoners met en zonder WMO-declaraties",
    question="Voor hoeveel inwoners betaalde de gemeente WMO-ondersteuning in het afgelopen jaar?",
    dimensions=(WMO_DECLARATIE,),
    population=(IN_STOCK,),
    caveats=(
        "Een declaratie telt als haar periode eindigt in de twaalf maanden tot en met de "
        "peildatum; een persoonsgebonden budget wordt niet gedeclareerd.",
    ),
)

DECLARATIE_BY_KOSTENSOORT_TABLE = TableSpec(
    id="T42",
    title="Inwoners met WMO-declaraties naar soort ondersteuning",
    question="Voor welke WMO-ondersteuning betaalde de gemeente?",
    dimensions=(KOSTENSOORT,),
    population=(IN_STOCK, (WMO_DECLARATIE, "ja")),
    caveats=(
        "Een inwoner telt bij elke soort waarvoor is gedeclareerd; de soorten tellen op tot meer dan het totaal.",
    ),
)

DECLARATIE_BY_LEEFTIJD_TABLE = TableSpec(
    id="T43",
    title="Inwoners met WMO-declaraties naar leeftijdsklasse",
    question="Hoe oud zijn de inwoners voor wie WMO-ondersteuning is gedeclareerd?",
    dimensions=(LEEFTIJDSKLASSE,),
    population=(IN_STOCK, (WMO_DECLARATIE, "ja")),
)

TRAJECT_TABLE = TableSpec(
    id="T44",
    title="Inwoners met en zonder traject",
    question="Hoeveel inwoners hadden in het afgelopen jaar een traject naar werk?",
    dimensions=(TRAJECT,),
    population=(IN_STOCK,),
    caveats=("Een traject telt als het in de twaalf maanden tot en met de peildatum liep en de kosten bekend zijn.",),
)

TRAJECT_BY_KLASSE_TABLE = TableSpec(
    id="T45",
    title="Inwoners met een traject naar soort",
    question="Welke trajecten koopt de gemeente in?",
    dimensions=(TRAJECTKLASSE,),
    population=(IN_STOCK, (TRAJECT, "ja")),
    caveats=("Een inwoner telt bij elke soort traject; de soorten tellen op tot meer dan het totaal.",),
)

DECLARATIE_BY_REGELING_TABLE = TableSpec(
    id="T56",
    title="Inwoners met WMO-declaraties, met en zonder Participatiewet",
    question="Voor wie betaalde de gemeente WMO-ondersteuning: met of zonder uitkering?",
    dimensions=(coarser.REGELING_MET_OF_ZONDER_PWET,),
    population=(IN_STOCK, (WMO_DECLARATIE, "ja")),
    caveats=("Wie op de peildatum geen WMO meer heeft, kan in het afgelopen jaar nog declaraties hebben.",),
    only_exact=True,
)

TRAJECT_BY_REGELING_TABLE = TableSpec(
    id="T57",
    title="Inwoners met een traject naar regeling",
    question="Hoeveel inwoners met ook WMO hadden een traject naar werk?",
    # Everybody with a traject, so that no sum over them less this table is the amount of whoever is left out.
    dimensions=(coarser.REGELING_APART,),
    population=(IN_STOCK, (TRAJECT, "ja")),
    only_exact=True,
)

TABLES = (
    WMO_DECLARATIE_TABLE,
    DECLARATIE_BY_KOSTENSOORT_TABLE,
    DECLARATIE_BY_LEEFTIJD_TABLE,
    TRAJECT_TABLE,
    TRAJECT_BY_KLASSE_TABLE,
    DECLARATIE_BY_REGELING_TABLE,
    TRAJECT_BY_REGELING_TABLE,
)
