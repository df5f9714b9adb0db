from schemas.specs import DisclosureProfile, TableSpec
from schemas.tables.dimensions import LEEFTIJDSKLASSE, TREDE

TABLE = TableSpec(
    id="T06",
    title="Inwoners naar trede op de participatieladder en leeftijdsklasse",
    question="Op welke trede staan jongeren en 55-plussers, en waar past werkfit-aanbod?",
    dimensions=(TREDE, LEEFTIJDSKLASSE),
    caveats=("De laatste meting in de twaalf maanden tot en met de peildatum telt.",),
    disclosure=DisclosureProfile(sensitive=(TREDE,)),
)
