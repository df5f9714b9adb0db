from schemas.specs import TableSpec
from schemas.tables.dimensions import LEEFVORM, REGELING

TABLE = TableSpec(
    id="T08",
    title="Inwoners onder de Participatiewet naar leefvorm",
    question="In welk soort huishouden leven inwoners met een uitkering?",
    dimensions=(LEEFVORM,),
    population=((REGELING, "pwet_totaal"),),
    caveats=("De leefvorm van de uitkering die het laatst begon; onder de WMO wordt zij niet geleverd.",),
)
