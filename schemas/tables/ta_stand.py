from schemas.specs import TableSpec
from schemas.tables.coarser import LKS_STAND
from schemas.tables.dimensions import LKS

TABLE = TableSpec(
    id="T22",
    title="Inwoners in het Transitie Arrangement naar stand",
    question="Hoe is het Transitie Arrangement samengesteld?",
    dimensions=(LKS_STAND,),
    population=((LKS, "ta"),),
    caveats=(
        "Geteld is wie er sinds 1 januari van twee jaar voor de peildatum op een dag in was, ook zonder uitkering.",
        "De stand bij WSD is met proefplaatsingen, zoals in het evaluatierapport.",
    ),
)
