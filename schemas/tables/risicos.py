from schemas.segments import RISICOS
from schemas.specs import DisclosureProfile, TableSpec
from schemas.tables.dimensions import RISICO

TABLE = TableSpec(
    id="T19",
    title="Inwoners naar risico's",
    question="Bij hoeveel inwoners is er een risico dat om aandacht vraagt?",
    dimensions=(RISICO,),
    caveats=(
        *(one.sentence for one in RISICOS),
        "Wie bij meer dan een risico hoort, telt bij elk daarvan.",
    ),
    # What the analysis was asked for: dearer to leave out than any other margin.
    disclosure=DisclosureProfile(margin_factor=10, sensitive=(RISICO,)),
)
