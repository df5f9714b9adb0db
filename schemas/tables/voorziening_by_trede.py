from schemas.specs import DisclosureProfile, TableSpec
from schemas.tables.coarser import TREDE_IN_TWEEEN, VOORZIENING
from schemas.tables.dimensions import REGELING

TABLE = TableSpec(
    id="T47",
    title="Inwoners onder de Participatiewet naar re-integratievoorziening en trede",
    question="Op welke treden worden re-integratievoorzieningen ingezet?",
    dimensions=(VOORZIENING, TREDE_IN_TWEEEN),
    population=((REGELING, "pwet_totaal"),),
    caveats=(
        "Wie twee voorzieningen heeft, telt bij beide; zij tellen op tot meer dan het totaal.",
        "Een baan met loonkostensubsidie is trede 5, en proefplaatsing en werkplekaanpassing zijn te klein om naar "
        "trede te tonen; zij tellen mee bij een of meer.",
    ),
    disclosure=DisclosureProfile(sensitive=(TREDE_IN_TWEEEN,)),
)
