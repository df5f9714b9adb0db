from schemas.specs import DisclosureProfile, TableSpec
from schemas.tables.dimensions import LKS, UITVAL_BAAN

TABLE = TableSpec(
    id="T26",
    title="Inwoners in het Transitie Arrangement naar einde van de detachering",
    question="Waarom eindigt een detachering met loonkostensubsidie?",
    dimensions=(UITVAL_BAAN,),
    population=((LKS, "ta"),),
    caveats=(
        "Geteld is het laatste einde sinds 1 januari van twee jaar voor de peildatum.",
        "Redenen van enkele inwoners staan samen als beëindigd.",
    ),
    disclosure=DisclosureProfile(sensitive=(UITVAL_BAAN,)),
)
