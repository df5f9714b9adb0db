from schemas.specs import TableSpec
from schemas.tables.dimensions import LKS, LKS_STAND

TABLE = TableSpec(
    id="T22",
    title="Inwoners in het Transitie Arrangement naar stand",
    question="Hoe is het Transitie Arrangement samengesteld?",
    dimensions=(LKS_STAND,),
    population=((LKS, "ta"),),
    caveats=(
        "Geteld is wie er sinds 1 januari van twee jaar voor de peildatum op een dag in was, ook zonder uitkering.",
    ),
)
