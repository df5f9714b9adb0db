from schemas.specs import DisclosureProfile, TableSpec
from schemas.tables.dimensions import LKS, UITVAL_PROEF

TABLE = TableSpec(
    id="T25",
    title="Inwoners in het Transitie Arrangement naar einde van de proefplaatsing",
    question="Waarom eindigt een proefplaatsing, en hoe vaak volgt een baan?",
    dimensions=(UITVAL_PROEF,),
    population=((LKS, "ta"),),
    caveats=(
        "Geteld is het laatste einde sinds 1 januari van twee jaar voor de peildatum.",
        "Redenen van enkele inwoners staan samen als beëindigd zonder LKS-baan.",
    ),
    disclosure=DisclosureProfile(sensitive=(UITVAL_PROEF,)),
)
