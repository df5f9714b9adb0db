"""Tables of who the residents in the file are."""

from schemas.specs import DisclosureProfile, TableSpec
from schemas.tables import coarser
from schemas.tables.dimensions import DUURKLASSE, GESLACHT, IN_STOCK, LEEFTIJDSKLASSE, LEEFVORM, REGELING
from schemas.text import Text

REGELING_TABLE = TableSpec(
    id="T01",
    title=Text(nl="Inwoners naar regeling", en="Residents by scheme"),
    question=Text(
        nl="Hoeveel inwoners vallen onder de Participatiewet, de WMO of beide?",
        en="How many residents come under the Participatiewet, the WMO or both?",
    ),
    dimensions=(REGELING,),
    population=(IN_STOCK,),
    caveats=(
        Text(
            nl="Geteld zijn inwoners met een uitkering of voorziening die op de peildatum loopt.",
            en="Counted are residents with a benefit or provision that runs on the reference date.",
        ),
        Text(
            nl="De Participatiewet is hier met IOAW en IOAZ.",
            en="The Participatiewet here includes IOAW and IOAZ.",
        ),
    ),
)

LEEFTIJD_BY_REGELING_TABLE = TableSpec(
    id="T02",
    title=Text(
        nl="Inwoners naar leeftijdsklasse en regeling",
        en="Residents by age class and scheme",
    ),
    question=Text(
        nl="Hoe oud zijn de inwoners die gebruikmaken van de Participatiewet en de WMO?",
        en="How old are the residents who use the Participatiewet and the WMO?",
    ),
    dimensions=(LEEFTIJDSKLASSE, REGELING),
    population=(IN_STOCK,),
    caveats=(
        Text(
            nl="Is de geboortedag onbekend, dan telt de klasse alleen mee als die toch vaststaat.",
            en="If the day of birth is unknown, the class counts only where it is certain all the same.",
        ),
    ),
    disclosure=DisclosureProfile(totals=("pwet_totaal", "wmo_totaal")),
)

DUUR_BY_REGELING_TABLE = TableSpec(
    id="T04",
    title=Text(nl="Inwoners naar duur en regeling", en="Residents by duration and scheme"),
    question=Text(
        nl="Hoe lang maken inwoners al gebruik van een regeling?",
        en="For how long have residents been using a scheme?",
    ),
    dimensions=(DUURKLASSE, REGELING),
    population=(IN_STOCK,),
    caveats=(
        Text(
            nl="De duur loopt vanaf de eerste ingangsdatum in de levering; onderbrekingen tellen mee.",
            en="The duration runs from the first starting date in the delivery; interruptions count as well.",
        ),
    ),
    disclosure=DisclosureProfile(totals=("pwet_totaal", "wmo_totaal")),
)

GESLACHT_BY_REGELING_TABLE = TableSpec(
    id="T07",
    title=Text(nl="Inwoners naar geslacht en regeling", en="Residents by sex and scheme"),
    question=Text(
        nl="Hoe is de verdeling van mannen en vrouwen per regeling?",
        en="How many men and women are there by scheme?",
    ),
    dimensions=(GESLACHT, REGELING),
    population=(IN_STOCK,),
    caveats=(
        Text(
            nl="Spreken de leveringen elkaar tegen, dan is het geslacht onbekend.",
            en="Where the deliveries contradict each other, the sex is unknown.",
        ),
    ),
    disclosure=DisclosureProfile(totals=("pwet_totaal", "wmo_totaal")),
)

LEEFVORM_TABLE = TableSpec(
    id="T08",
    title=Text(
        nl="Inwoners onder de Participatiewet naar leefvorm",
        en="Residents under the Participatiewet by household",
    ),
    question=Text(
        nl="In welk soort huishouden leven inwoners met een uitkering?",
        en="In what kind of household do residents with a benefit live?",
    ),
    dimensions=(LEEFVORM,),
    population=(IN_STOCK, (REGELING, "pwet_totaal")),
    caveats=(
        Text(
            nl="De leefvorm van de uitkering die het laatst begon; onder de WMO wordt zij niet geleverd.",
            en="The household of the benefit that began last; under the WMO it is not delivered.",
        ),
    ),
)

DUUR_BY_LEEFTIJD_TABLE = TableSpec(
    id="T52",
    title=Text(nl="Inwoners naar duur en leeftijd", en="Residents by duration and age"),
    question=Text(
        nl="Wie maken al lang gebruik van een regeling: jongeren of ouderen?",
        en="Who has used a scheme for long: younger or older residents?",
    ),
    dimensions=(DUURKLASSE, coarser.LEEFTIJD_IN_DRIEEN),
    population=(IN_STOCK,),
    caveats=(
        Text(
            nl="De duur loopt vanaf de eerste ingangsdatum in de levering; onderbrekingen tellen mee.",
            en="The duration runs from the first starting date in the delivery; interruptions count as well.",
        ),
    ),
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
