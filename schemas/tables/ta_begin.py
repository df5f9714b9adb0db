from schemas.specs import TableSpec
from schemas.tables.dimensions import LKS, TA_BEGIN

TABLE = TableSpec(
    id="T23",
    title="Inwoners in het Transitie Arrangement naar instroom",
    question="Hoeveel inwoners waren er al, en hoeveel kwamen erbij?",
    dimensions=(TA_BEGIN,),
    population=((LKS, "ta"),),
    caveats=(
        "Geteld is wie er sinds 1 januari van twee jaar voor de peildatum op een dag in was, ook zonder uitkering.",
    ),
)
