from schemas.specs import DisclosureProfile, TableSpec
from schemas.tables.dimensions import LOONWAARDE, REGELING

TABLE = TableSpec(
    id="T11",
    title="Inwoners onder de Participatiewet naar loonwaarde",
    question="Welke loonwaarde hebben inwoners met een voorziening?",
    dimensions=(LOONWAARDE,),
    population=((REGELING, "pwet_totaal"),),
    caveats=("De loonwaarde van de lopende voorziening die het laatst begon en waarbij zij is gemeten.",),
    disclosure=DisclosureProfile(sensitive=(LOONWAARDE,)),
)
