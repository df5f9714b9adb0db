from schemas.specs import DisclosureProfile, TableSpec
from schemas.tables.dimensions import REGELING, VOORZIENING

TABLE = TableSpec(
    id="T13",
    title="Inwoners onder de Participatiewet naar re-integratievoorziening",
    question="Welke re-integratievoorzieningen zijn in gebruik?",
    dimensions=(VOORZIENING,),
    population=((REGELING, "pwet_totaal"),),
    caveats=("Wie twee voorzieningen heeft, telt bij beide; zij tellen op tot meer dan het totaal.",),
    # How many have an instrument goes before of how many of them the loonwaarde is measured.
    disclosure=DisclosureProfile(margin_factor=5),
)
