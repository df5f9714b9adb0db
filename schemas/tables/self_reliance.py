"""Tables of support under the WMO and of self-reliance."""

from schemas.specs import DisclosureProfile, TableSpec
from schemas.tables import coarser
from schemas.tables.dimensions import BELEMMERINGEN, IN_STOCK, PRODUCTCATEGORIE, REGELING, ZRM
from schemas.text import Text

PRODUCTCATEGORIE_TABLE = TableSpec(
    id="T05",
    title=Text(
        nl="Inwoners met WMO naar soort voorziening",
        en="Residents under the WMO by kind of provision",
    ),
    question=Text(
        nl="Welke WMO-voorzieningen gebruiken de inwoners?",
        en="Which WMO provisions do the residents use?",
    ),
    dimensions=(PRODUCTCATEGORIE,),
    population=(IN_STOCK, (REGELING, "wmo_totaal")),
    caveats=(
        Text(
            nl="Wie twee soorten voorzieningen heeft, telt bij beide; de soorten tellen op tot meer dan het totaal.",
            en="Who has two kinds of provision counts with both; the kinds add up to more than the total.",
        ),
        Text(nl="Naar trede wordt dit niet uitgesplitst.", en="This is not broken down by rung."),
    ),
)

ZRM_TABLE = TableSpec(
    id="T15",
    title=Text(
        nl="Inwoners naar zelfredzaamheid per toegestaan domein",
        en="Residents by self-sufficiency in each permitted domain",
    ),
    question=Text(
        nl="Waar zijn inwoners zelfredzaam, en waar niet?",
        en="Where are residents self-sufficient, and where not?",
    ),
    dimensions=(ZRM,),
    population=(IN_STOCK,),
    caveats=(
        Text(
            nl="Alleen de domeinen waarvoor de PIA een reden noemt; de laatste score van de afgelopen twaalf maanden.",
            en="Only the domains for which the PIA names a reason; the last score of the past twelve months.",
        ),
        Text(
            nl="Wie op meer domeinen is gemeten, telt bij elk daarvan.",
            en="Who was measured in more domains counts with each.",
        ),
    ),
    disclosure=DisclosureProfile(sensitive=(ZRM,)),
)

BELEMMERINGEN_BY_REGELING_TABLE = TableSpec(
    id="T16",
    title=Text(
        nl="Inwoners naar aantal belemmeringen en regeling",
        en="Residents by number of barriers and scheme",
    ),
    question=Text(
        nl="Hoeveel inwoners hebben op meer dan een gebied een belemmering?",
        en="How many residents have a barrier in more than one area?",
    ),
    dimensions=(coarser.BELEMMERINGEN, REGELING),
    population=(IN_STOCK,),
    caveats=(
        Text(
            nl="Niet elk domein is bij iedereen gemeten; het aantal belemmeringen is het aantal dat bekend is.",
            en="Not every domain was measured for everybody; the number of barriers is the number that is known.",
        ),
    ),
    disclosure=DisclosureProfile(totals=("pwet_totaal", "wmo_totaal"), sensitive=(coarser.BELEMMERINGEN,)),
)

# Three and four barriers are apart here: with the scores per domain (T15) they can be computed from their sum,
# so they are counts that disclosure control must know.
BELEMMERINGEN_TABLE = TableSpec(
    id="T58",
    title=Text(nl="Inwoners naar aantal belemmeringen", en="Residents by number of barriers"),
    question=Text(
        nl="Bij hoeveel inwoners komen belemmeringen samen?",
        en="For how many residents do barriers come together?",
    ),
    dimensions=(BELEMMERINGEN,),
    population=(IN_STOCK,),
    caveats=(
        Text(
            nl="Niet elk domein is bij iedereen gemeten; het aantal belemmeringen is het aantal dat bekend is.",
            en="Not every domain was measured for everybody; the number of barriers is the number that is known.",
        ),
    ),
    disclosure=DisclosureProfile(sensitive=(BELEMMERINGEN,)),
)

TABLES = (
    PRODUCTCATEGORIE_TABLE,
    ZRM_TABLE,
    BELEMMERINGEN_BY_REGELING_TABLE,
    BELEMMERINGEN_TABLE,
)
