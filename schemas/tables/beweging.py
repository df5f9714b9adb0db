from schemas.specs import DisclosureProfile, TableSpec
from schemas.tables.dimensions import BEWEGING, REGELING

TABLE = TableSpec(
    id="T09",
    title="Inwoners onder de Participatiewet naar beweging op de participatieladder",
    question="Komen inwoners verder op de participatieladder?",
    dimensions=(BEWEGING,),
    population=((REGELING, "pwet_totaal"),),
    caveats=(
        "De laatste meting van de afgelopen twaalf maanden is vergeleken met die van 6 tot en met 18 maanden eerder.",
        "Een beweging zegt niet waardoor zij komt.",
    ),
    disclosure=DisclosureProfile(sensitive=(BEWEGING,)),
)
