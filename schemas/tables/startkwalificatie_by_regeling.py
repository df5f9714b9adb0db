from schemas.specs import TableSpec
from schemas.tables.coarser import REGELING_BINNEN_PWET, STARTKWALIFICATIE
from schemas.tables.dimensions import REGELING

TABLE = TableSpec(
    id="T53",
    title="Inwoners onder de Participatiewet naar startkwalificatie, met en zonder WMO",
    question="Missen inwoners met ook WMO vaker een startkwalificatie?",
    dimensions=(STARTKWALIFICATIE, REGELING_BINNEN_PWET),
    population=((REGELING, "pwet_totaal"),),
    caveats=("Onder de WMO wordt de startkwalificatie niet geleverd.",),
)
