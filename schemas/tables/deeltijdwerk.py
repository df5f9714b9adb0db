from schemas.specs import TableSpec
from schemas.tables.dimensions import DEELTIJDWERK, REGELING

TABLE = TableSpec(
    id="T14",
    title="Inwoners onder de Participatiewet naar inkomsten uit arbeid",
    question="Hoeveel inwoners werken naast hun uitkering?",
    dimensions=(DEELTIJDWERK,),
    population=((REGELING, "pwet_totaal"),),
)
