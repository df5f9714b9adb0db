from schemas.specs import DisclosureProfile, TableSpec
from schemas.tables.dimensions import ONTHEFFING, REGELING

TABLE = TableSpec(
    id="T12",
    title="Inwoners onder de Participatiewet naar ontheffing van de arbeidsplicht",
    question="Voor hoeveel inwoners geldt de arbeidsplicht niet of tijdelijk niet?",
    dimensions=(ONTHEFFING,),
    population=((REGELING, "pwet_totaal"),),
    disclosure=DisclosureProfile(sensitive=(ONTHEFFING,)),
)
