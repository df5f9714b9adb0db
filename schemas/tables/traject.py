from schemas.specs import TableSpec
from schemas.tables.dimensions import TRAJECT

TABLE = TableSpec(
    id="T44",
    title="Inwoners met en zonder traject",
    question="Hoeveel inwoners hadden in het afgelopen jaar een traject naar werk?",
    dimensions=(TRAJECT,),
    caveats=("Een traject telt als het in de twaalf maanden tot en met de peildatum liep en de kosten bekend zijn.",),
)
