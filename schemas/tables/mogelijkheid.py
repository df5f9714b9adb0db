from schemas.segments import MOGELIJKHEID as SEGMENT
from schemas.specs import DisclosureProfile, TableSpec
from schemas.tables.dimensions import MOGELIJKHEID, REGELING

TABLE = TableSpec(
    id="T17",
    title="Inwoners onder de Participatiewet voor wie een volgende stap mogelijk is",
    question="Voor hoeveel inwoners is een volgende stap mogelijk?",
    dimensions=(MOGELIJKHEID,),
    population=((REGELING, "pwet_totaal"),),
    caveats=(SEGMENT.sentence,),
    # What the analysis was asked for: dearer to leave out than any other margin.
    disclosure=DisclosureProfile(margin_factor=10, sensitive=(MOGELIJKHEID,)),
)
