from schemas.specs import TableSpec
from schemas.tables.dimensions import REGELING, STARTKWALIFICATIE

TABLE = TableSpec(
    id="T10",
    title="Inwoners onder de Participatiewet naar startkwalificatie",
    question="Hoeveel inwoners missen een startkwalificatie?",
    dimensions=(STARTKWALIFICATIE,),
    population=((REGELING, "pwet_totaal"),),
)
