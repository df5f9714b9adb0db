from schemas.specs import TableSpec
from schemas.tables.dimensions import WMO_DECLARATIE

TABLE = TableSpec(
    id="T41",
    title="Inwoners met en zonder WMO-declaraties",
    question="Voor hoeveel inwoners betaalde de gemeente WMO-ondersteuning in het afgelopen jaar?",
    dimensions=(WMO_DECLARATIE,),
    caveats=(
        "Een declaratie telt als haar periode eindigt in de twaalf maanden tot en met de "
        "peildatum; een persoonsgebonden budget wordt niet gedeclareerd.",
    ),
)
