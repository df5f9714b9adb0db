from schemas.specs import TableSpec
from schemas.tables.coarser import REGELING_MET_OF_ZONDER_PWET
from schemas.tables.dimensions import WMO_DECLARATIE

TABLE = TableSpec(
    id="T56",
    title="Inwoners met WMO-declaraties, met en zonder Participatiewet",
    question="Voor wie betaalde de gemeente WMO-ondersteuning: met of zonder uitkering?",
    dimensions=(REGELING_MET_OF_ZONDER_PWET,),
    population=((WMO_DECLARATIE, "ja"),),
    caveats=("Wie op de peildatum geen WMO meer heeft, kan in het afgelopen jaar nog declaraties hebben.",),
)
