from schemas.specs import DisclosureProfile, TableSpec
from schemas.tables.coarser import DEELTIJDWERK, TREDEGROEP
from schemas.tables.dimensions import REGELING

TABLE = TableSpec(
    id="T50",
    title="Inwoners onder de Participatiewet naar inkomsten uit arbeid en trede",
    question="Op welke treden werken inwoners naast hun uitkering?",
    dimensions=(DEELTIJDWERK, TREDEGROEP),
    population=((REGELING, "pwet_totaal"),),
    # Its totals are the ladder under the Participatiewet, which the analysis was asked for: they are dearer to
    # leave out than those of all residents together, who are measured for a part only.
    disclosure=DisclosureProfile(margin_factor=12, sensitive=(TREDEGROEP,)),
)
