from schemas.specs import DisclosureProfile, TableSpec
from schemas.tables.coarser import REGELING_PWET_OF_WMO
from schemas.tables.dimensions import ZRM

TABLE = TableSpec(
    id="T51",
    title="Inwoners naar zelfredzaamheid per toegestaan domein en regeling",
    question="Verschilt de zelfredzaamheid tussen inwoners met en zonder WMO?",
    dimensions=(ZRM, REGELING_PWET_OF_WMO),
    caveats=(
        "Alleen de domeinen waarvoor de PIA een reden noemt; de laatste score van de afgelopen twaalf maanden.",
        "Wie op meer domeinen is gemeten, telt bij elk daarvan.",
    ),
    disclosure=DisclosureProfile(sensitive=(ZRM,)),
)
