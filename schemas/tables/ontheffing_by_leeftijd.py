from schemas.specs import DisclosureProfile, TableSpec
from schemas.tables.coarser import LEEFTIJD_IN_DRIEEN, ONTHEFFING
from schemas.tables.dimensions import REGELING

TABLE = TableSpec(
    id="T46",
    title="Inwoners onder de Participatiewet naar ontheffing van de arbeidsplicht en leeftijd",
    question="Op welke leeftijd geldt de arbeidsplicht niet of tijdelijk niet?",
    dimensions=(ONTHEFFING, LEEFTIJD_IN_DRIEEN),
    population=((REGELING, "pwet_totaal"),),
    caveats=("De soort ontheffing is alleen voor iedereen samen te tonen: naar leeftijd zijn het er te weinig.",),
    disclosure=DisclosureProfile(sensitive=(ONTHEFFING,)),
)
