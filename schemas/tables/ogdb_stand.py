from schemas.specs import DisclosureProfile, TableSpec
from schemas.tables.dimensions import OGDB, OGDB_STAND

TABLE = TableSpec(
    id="T28",
    title="Aanmeldingen voor de pilot ontwikkelingsgerichte dagbesteding naar stand",
    question="Hoeveel inwoners zijn aangemeld, en hoeveel zijn in traject gekomen?",
    dimensions=(OGDB_STAND,),
    population=((OGDB, "ja"),),
    caveats=("Geteld zijn inwoners; wie twee keer is aangemeld, telt met de laatste aanmelding.",),
    disclosure=DisclosureProfile(sensitive=(OGDB_STAND,)),
)
