"""Tables of for whom something was paid: the persons behind `schemas.tables.sums`."""

from schemas.specs import TableSpec
from schemas.tables import coarser
from schemas.tables.dimensions import IN_STOCK, KOSTENSOORT, LEEFTIJDSKLASSE, TRAJECT, TRAJECTKLASSE, WMO_DECLARATIE
from schemas.text import Text

WMO_DECLARATIE_TABLE = TableSpec(
    id="T41",
    title=Text(
        nl="Inwoners met en zonder WMO-declaraties",
        en="Residents with and without WMO claims",
    ),
    question=Text(
        nl="Voor hoeveel inwoners betaalde de gemeente WMO-ondersteuning in het afgelopen jaar?",
        en="For how many residents did the municipality pay WMO support in the past year?",
    ),
    dimensions=(WMO_DECLARATIE,),
    population=(IN_STOCK,),
    caveats=(
        Text(
            nl=(
                "Een declaratie telt als haar periode eindigt in de twaalf maanden tot en met de peildatum; een "
                "persoonsgebonden budget wordt niet gedeclareerd."
            ),
            en=(
                "A claim counts if its period ends in the twelve months up to the reference date; a personal budget "
                "is not claimed."
            ),
        ),
    ),
)

DECLARATIE_BY_KOSTENSOORT_TABLE = TableSpec(
    id="T42",
    title=Text(
        nl="Inwoners met WMO-declaraties naar soort ondersteuning",
        en="Residents with WMO claims by kind of support",
    ),
    question=Text(
        nl="Voor welke WMO-ondersteuning betaalde de gemeente?",
        en="For which WMO support did the municipality pay?",
    ),
    dimensions=(KOSTENSOORT,),
    population=(IN_STOCK, (WMO_DECLARATIE, "ja")),
    caveats=(
        Text(
            nl=(
                "Een inwoner telt bij elke soort waarvoor is gedeclareerd; de soorten tellen op tot meer dan het "
                "totaal."
            ),
            en="A resident counts with every kind that was claimed; the kinds add up to more than the total.",
        ),
    ),
)

DECLARATIE_BY_LEEFTIJD_TABLE = TableSpec(
    id="T43",
    title=Text(
        nl="Inwoners met WMO-declaraties naar leeftijdsklasse",
        en="Residents with WMO claims by age class",
    ),
    question=Text(
        nl="Hoe oud zijn de inwoners voor wie WMO-ondersteuning is gedeclareerd?",
        en="How old are the residents for whom WMO support was claimed?",
    ),
    dimensions=(LEEFTIJDSKLASSE,),
    population=(IN_STOCK, (WMO_DECLARATIE, "ja")),
)

TRAJECT_TABLE = TableSpec(
    id="T44",
    title=Text(
        nl="Inwoners met en zonder traject",
        en="Residents with and without a trajectory",
    ),
    question=Text(
        nl="Hoeveel inwoners hadden in het afgelopen jaar een traject naar werk?",
        en="How many residents had a trajectory to work in the past year?",
    ),
    dimensions=(TRAJECT,),
    population=(IN_STOCK,),
    caveats=(
        Text(
            nl="Een traject telt als het in de twaalf maanden tot en met de peildatum liep en de kosten bekend zijn.",
            en="A trajectory counts if it ran in the twelve months up to the reference date and its costs are known.",
        ),
    ),
)

TRAJECT_BY_KLASSE_TABLE = TableSpec(
    id="T45",
    title=Text(
        nl="Inwoners met een traject naar soort",
        en="Residents with a trajectory by kind",
    ),
    question=Text(
        nl="Welke trajecten koopt de gemeente in?",
        en="Which trajectories does the municipality buy?",
    ),
    dimensions=(TRAJECTKLASSE,),
    population=(IN_STOCK, (TRAJECT, "ja")),
    caveats=(
        Text(
            nl="Een inwoner telt bij elke soort traject; de soorten tellen op tot meer dan het totaal.",
            en="A resident counts with every kind of trajectory; the kinds add up to more than the total.",
        ),
    ),
)

DECLARATIE_BY_REGELING_TABLE = TableSpec(
    id="T56",
    title=Text(
        nl="Inwoners met WMO-declaraties, met en zonder Participatiewet",
        en="Residents with WMO claims, with and without Participatiewet",
    ),
    question=Text(
        nl="Voor wie betaalde de gemeente WMO-ondersteuning: met of zonder uitkering?",
        en="For whom did the municipality pay WMO support: with or without a benefit?",
    ),
    dimensions=(coarser.REGELING_MET_OF_ZONDER_PWET,),
    population=(IN_STOCK, (WMO_DECLARATIE, "ja")),
    caveats=(
        Text(
            nl="Wie op de peildatum geen WMO meer heeft, kan in het afgelopen jaar nog declaraties hebben.",
            en="Who no longer has WMO on the reference date may still have claims in the past year.",
        ),
    ),
    only_exact=True,
)

TRAJECT_BY_REGELING_TABLE = TableSpec(
    id="T57",
    title=Text(
        nl="Inwoners met een traject naar regeling",
        en="Residents with a trajectory by scheme",
    ),
    question=Text(
        nl="Hoeveel inwoners met ook WMO hadden een traject naar werk?",
        en="How many residents who have WMO too had a trajectory to work?",
    ),
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
