from schemas.specs import DisclosureProfile, TableSpec
from schemas.tables.coarser import INSTRUMENT, LOONWAARDE_GEMETEN
from schemas.tables.dimensions import LOONWAARDE, REGELING

TABLE = TableSpec(
    id="T49",
    title="Inwoners onder de Participatiewet met een gemeten loonwaarde naar voorziening",
    question="Met welke loonwaarde werken inwoners, per instrument?",
    dimensions=(INSTRUMENT, LOONWAARDE_GEMETEN),
    population=((REGELING, "pwet_totaal"), (LOONWAARDE, "gemeten")),
    caveats=("Wie twee voorzieningen heeft, telt bij beide; zij tellen op tot meer dan het totaal.",),
    disclosure=DisclosureProfile(sensitive=(LOONWAARDE_GEMETEN,)),
)
