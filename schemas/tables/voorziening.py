from schemas.specs import TableSpec
from schemas.tables.dimensions import REGELING, VOORZIENING

TABLE = TableSpec(
    id="T13",
    title="Inwoners onder de Participatiewet naar re-integratievoorziening",
    question="Welke re-integratievoorzieningen zijn in gebruik?",
    dimensions=(VOORZIENING,),
    population=((REGELING, "pwet_totaal"),),
    caveats=("Wie twee voorzieningen heeft, telt bij beide; zij tellen op tot meer dan het totaal.",),
)
