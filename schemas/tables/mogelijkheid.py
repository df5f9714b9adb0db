from schemas.segments import MOGELIJKHEID as SEGMENT
from schemas.specs import TableSpec
from schemas.tables.dimensions import MOGELIJKHEID, REGELING

TABLE = TableSpec(
    id="T17",
    title="Inwoners onder de Participatiewet voor wie een volgende stap mogelijk is",
    question="Voor hoeveel inwoners is een volgende stap mogelijk?",
    dimensions=(MOGELIJKHEID,),
    population=((REGELING, "pwet_totaal"),),
    caveats=(SEGMENT.sentence,),
)
