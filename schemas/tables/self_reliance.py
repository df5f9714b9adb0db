"""Tables of support under the WMO and of self-reliance."""

from schemas.specs import DisclosureProfile, TableSpec
from schemas.tables import coarser
from schemas.tables.dimensions import BELEMMERINGEN, IN_STOCK, PRODUCTCATEGORIE, REGELING, ZRM

PRODUCTCATEGORIE_TABLE = TableSpec(
    id="T05",
    title="Inwoners met WMO naar soort voorziening",
    question="Welke WMO-voorzieningen gebruiken de inwoners?",
    dimensions=(PRODUCTCATEGORIE,),
    population=(IN_STOCK, (REGELING, "wmo_totaal")),
    caveats=(
        "Wie twee soorten voorzieningen heeft, telt bij beide; de soorten tellen op tot meer dan het totaal.",
        "Naar trede wordt dit niet getoond: per soort voorziening staan op de meeste treden te weinig inwoners.",
    ),
)

ZRM_TABLE = TableSpec(
    id="T15",
    title="Inwoners naar zelfredzaamheid per toegestaan domein",
    question="Waar zijn inwoners zelfredzaam, en waar niet?",
    dimensions=(ZRM,),
    population=(IN_STOCK,),
    caveats=(
        "Alleen de domeinen waarvoor de PIA een reden noemt; de laatste score van de afgelopen twaalf maanden.",
        "Wie op meer domeinen is gemeten, telt bij elk daarvan.",
    ),
    disclosure=DisclosureProfile(sensitive=(ZRM,)),
)

BELEMMERINGEN_BY_REGELING_TABLE = TableSpec(
    id="T16",
    title="Inwoners naar aantal belemmeringen en regeling",
    question="Hoeveel inwoners hebben op meer dan een gebied een belemmering?",
    dimensions=(coarser.BELEMMERINGEN, REGELING),
    population=(IN_STOCK,),
    caveats=("Niet elk domein is bij iedereen gemeten; het aantal belemmeringen is het aantal dat bekend is.",),
    disclosure=DisclosureProfile(totals=("pwet_totaal", "wmo_totaal"), sensitive=(coarser.BELEMMERINGEN,)),
)

# Three and four barriers are apart here: with the scores per domain (T15) they can be computed from their sum,
# so they are counts that disclosure control must know.
BELEMMERINGEN_TABLE = TableSpec(
    id="T58",
    title="Inwoners naar aantal belemmeringen",
    question="Bij hoeveel inwoners komen belemmeringen samen?",
    dimensions=(BELEMMERINGEN,),
    population=(IN_STOCK,),
    caveats=("Niet elk domein is bij iedereen gemeten; het aantal belemmeringen is het aantal dat bekend is.",),
    disclosure=DisclosureProfile(sensitive=(BELEMMERINGEN,)),
)

TABLES = (
    PRODUCTCATEGORIE_TABLE,
    ZRM_TABLE,
    BELEMMERINGEN_BY_REGELING_TABLE,
    BELEMMERINGEN_TABLE,
)
