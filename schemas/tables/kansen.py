from schemas.segments import KANSEN
from schemas.specs import DisclosureProfile, TableSpec
from schemas.tables.dimensions import KANS

TABLE = TableSpec(
    id="T18",
    title="Inwoners naar kansen",
    question="Waar liggen kansen, en hoeveel inwoners vallen tussen wal en schip?",
    dimensions=(KANS,),
    caveats=(
        *(one.sentence for one in KANSEN),
        "Wie bij meer dan een kans hoort, telt bij elk daarvan.",
    ),
    # What the analysis was asked for: dearer to leave out than any other margin.
    disclosure=DisclosureProfile(margin_factor=10, sensitive=(KANS,)),
)
