from schemas.specs import DisclosureProfile, TableSpec
from schemas.tables.dimensions import REGELING, TREDE

TABLE = TableSpec(
    id="T03",
    title="Inwoners naar trede op de participatieladder en regeling",
    question="Op welke trede staan de inwoners, en voor wie past welke ondersteuning?",
    dimensions=(TREDE, REGELING),
    caveats=(
        "De laatste meting in de twaalf maanden tot en met de peildatum telt.",
        "De ladder wordt vooral onder de Participatiewet gemeten.",
    ),
    disclosure=DisclosureProfile(totals=("pwet_totaal",), sensitive=(TREDE,)),
)
