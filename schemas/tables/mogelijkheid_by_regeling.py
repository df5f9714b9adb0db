from schemas.segments import MOGELIJKHEID as SEGMENT
from schemas.specs import DisclosureProfile, TableSpec
from schemas.tables.coarser import REGELING_BINNEN_PWET
from schemas.tables.dimensions import MOGELIJKHEID, REGELING

TABLE = TableSpec(
    id="T54",
    title="Inwoners onder de Participatiewet voor wie een volgende stap mogelijk is, met en zonder WMO",
    question="Is een volgende stap ook mogelijk voor inwoners met WMO?",
    dimensions=(MOGELIJKHEID, REGELING_BINNEN_PWET),
    population=((REGELING, "pwet_totaal"),),
    caveats=(SEGMENT.sentence,),
    # What the analysis was asked for: dearer to leave out than any other margin.
    disclosure=DisclosureProfile(margin_factor=10, sensitive=(MOGELIJKHEID,)),
)
