from schemas.specs import TableSpec
from schemas.tables.dimensions import KOSTENSOORT, WMO_DECLARATIE

TABLE = TableSpec(
    id="T42",
    title="Inwoners met WMO-declaraties naar soort ondersteuning",
    question="Voor welke WMO-ondersteuning betaalde de gemeente?",
    dimensions=(KOSTENSOORT,),
    population=((WMO_DECLARATIE, "ja"),),
    caveats=(
        "Een inwoner telt bij elke soort waarvoor is gedeclareerd; de soorten tellen op tot meer dan het totaal.",
    ),
)
