from schemas.specs import TableSpec
from schemas.tables.dimensions import LKS, LKS_BEGIN

TABLE = TableSpec(
    id="T27",
    title="Inwoners met een LKS-baan of in het Transitie Arrangement naar jaar van begin",
    question="Hoeveel LKS-banen zijn dit jaar en vorig jaar gerealiseerd?",
    dimensions=(LKS_BEGIN,),
    population=((LKS, "ja"),),
    caveats=("Wie in beide jaren een LKS-baan begon, telt bij de laatste.",),
)
