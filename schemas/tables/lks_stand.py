from schemas.specs import TableSpec
from schemas.tables.coarser import LKS_STAND
from schemas.tables.dimensions import LKS

TABLE = TableSpec(
    id="T21",
    title="Inwoners met een LKS-baan of in het Transitie Arrangement naar stand",
    question="Hoeveel inwoners zijn met loonkostensubsidie geplaatst, bij WSD en bij de gemeente?",
    dimensions=(LKS_STAND,),
    population=((LKS, "ja"),),
    caveats=(
        "Geteld is wie er sinds 1 januari van twee jaar voor de peildatum op een dag in was, ook zonder uitkering.",
        "De stand bij WSD is met proefplaatsingen, zoals in het evaluatierapport.",
    ),
)
