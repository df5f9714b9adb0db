from schemas.specs import TableSpec
from schemas.tables.dimensions import TRAJECT, TRAJECTKLASSE

TABLE = TableSpec(
    id="T45",
    title="Inwoners met een traject naar soort",
    question="Welke trajecten koopt de gemeente in?",
    dimensions=(TRAJECTKLASSE,),
    population=((TRAJECT, "ja"),),
    caveats=("Een inwoner telt bij elke soort traject; de soorten tellen op tot meer dan het totaal.",),
)
