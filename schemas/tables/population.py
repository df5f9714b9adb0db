"""Tables of who the residents in the file are."""

from schemas.specs import DisclosureProfile, TableSpec
from schemas.tables import coarser
from schemas.tables.dimensions import DUURKLASSE, GESLACHT, IN_STOCK, LEEFTIJDSKLASSE, LEEFVORM, REGELING

REGELING_TABLE = TableSpec(
    id="T01",
    title="Inwoners naar regeling",
    question="Hoeveel inwoners vallen onder de Participatiewet, de WMO of beide?",
    dimensions=(REGELING,),
    population=(IN_STOCK,),
    caveats=(
        "Geteld zijn inwoners met een uitkering of voorziening die op de peildatum loopt.",
        "De Participatiewet is hier met IOAW en IOAZ.",
    ),
)

LEEFTIJD_BY_REGELING_TABLE = TableSpec(
    id="T02",
    title="Inwoners naar leeftijdsklasse en regeling",
    question="Hoe oud zijn de inwoners die gebruikmaken van de Participatiewet en de WMO?",
    dimensions=(LEEFTIJDSKLASSE, REGELING),
    population=(IN_STOCK,),
    caveats=("Is de geboortedag onbekend, dan telt de klasse alleen mee als die toch vaststaat.",),
    disclosure=DisclosureProfile(totals=("pwet_totaal", "wmo_totaal")),
)

DUUR_BY_REGELING_TABLE = TableSpec(
    id="T04",
    title="Inwoners naar duur en regeling",
    question="Hoe lang maken inwoners al gebruik van een regeling?",
    dimensions=(DUURKLASSE, REGELING),
    population=(IN_STOCK,),
    caveats=("De duur loopt vanaf de eerste ingangsdatum in de levering; onderbrekingen tellen mee.",),
    disclosure=DisclosureProfile(totals=("pwet_totaal", "wmo_totaal")),
)

GESLACHT_BY_REGELING_TABLE = TableSpec(
    id="T07",
    title="Inwoners naar geslacht en regeling",
    question="Hoe is de verdeling van mannen en vrouwen per regeling?",
    dimensions=(GESLACHT, REGELING),
    population=(IN_STOCK,),
    caveats=("Spreken de leveringen elkaar tegen, dan is het geslacht onbekend.",),
    disclosure=DisclosureProfile(totals=("pwet_totaal", "wmo_totaal")),
)

LEEFVORM_TABLE = TableSpec(
    id="T08",
    title="Inwoners onder de Participatiewet naar leefvorm",
    question="In welk soort huishouden leven inwoners met een uitkering?",
    dimensions=(LEEFVORM,),
    population=(IN_STOCK, (REGELING, "pwet_totaal")),
    caveats=("De leefvorm van de uitkering die het laatst begon; onder de WMO wordt zij niet geleverd.",),
)

DUUR_BY_LEEFTIJD_TABLE = TableSpec(
    id="T52",
    title="Inwoners naar duur en leeftijd",
    question="Wie maken al lang gebruik van een regeling: jongeren of ouderen?",
    dimensions=(DUURKLASSE, coarser.LEEFTIJD_IN_DRIEEN),
    population=(IN_STOCK,),
    caveats=("De duur loopt vanaf de eerste ingangsdatum in de levering; onderbrekingen tellen mee.",),
    only_exact=True,
)

TABLES = (
    REGELING_TABLE,
    LEEFTIJD_BY_REGELING_TABLE,
    DUUR_BY_REGELING_TABLE,
    GESLACHT_BY_REGELING_TABLE,
    LEEFVORM_TABLE,
    DUUR_BY_LEEFTIJD_TABLE,
)
