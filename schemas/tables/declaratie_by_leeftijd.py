from schemas.specs import TableSpec
from schemas.tables.dimensions import LEEFTIJDSKLASSE, WMO_DECLARATIE

TABLE = TableSpec(
    id="T43",
    title="Inwoners met WMO-declaraties naar leeftijdsklasse",
    question="Hoe oud zijn de inwoners voor wie WMO-ondersteuning is gedeclareerd?",
    dimensions=(LEEFTIJDSKLASSE,),
    population=((WMO_DECLARATIE, "ja"),),
)
