from schemas.specs import TableSpec
from schemas.tables.dimensions import REGELING

TABLE = TableSpec(
    id="T01",
    title="Inwoners naar regeling",
    question="Hoeveel inwoners vallen onder de Participatiewet, de WMO of beide?",
    dimensions=(REGELING,),
    caveats=(
        "Geteld zijn inwoners met een uitkering of voorziening die op de peildatum loopt.",
        "De Participatiewet is hier met IOAW en IOAZ.",
    ),
)
