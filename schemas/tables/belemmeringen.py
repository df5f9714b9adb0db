from schemas.specs import DisclosureProfile, TableSpec
from schemas.tables.dimensions import BELEMMERINGEN

# Three and four barriers are apart here: with the scores per domain (T15) they can be computed from their sum,
# so they are counts that disclosure control must know.
TABLE = TableSpec(
    id="T58",
    title="Inwoners naar aantal belemmeringen",
    question="Bij hoeveel inwoners komen belemmeringen samen?",
    dimensions=(BELEMMERINGEN,),
    caveats=("Niet elk domein is bij iedereen gemeten; het aantal belemmeringen is het aantal dat bekend is.",),
    disclosure=DisclosureProfile(sensitive=(BELEMMERINGEN,)),
)
