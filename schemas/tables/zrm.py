from schemas.specs import DisclosureProfile, TableSpec
from schemas.tables.dimensions import ZRM

TABLE = TableSpec(
    id="T15",
    title="Inwoners naar zelfredzaamheid per toegestaan domein",
    question="Waar zijn inwoners zelfredzaam, en waar niet?",
    dimensions=(ZRM,),
    caveats=(
        "Alleen de domeinen waarvoor de PIA een reden noemt; de laatste score van de afgelopen twaalf maanden.",
        "Wie op meer domeinen is gemeten, telt bij elk daarvan.",
    ),
    disclosure=DisclosureProfile(sensitive=(ZRM,)),
)
