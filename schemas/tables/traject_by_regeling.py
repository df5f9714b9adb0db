from schemas.specs import TableSpec
from schemas.tables.coarser import REGELING_APART
from schemas.tables.dimensions import TRAJECT

TABLE = TableSpec(
    id="T57",
    title="Inwoners met een traject naar regeling",
    question="Hoeveel inwoners met ook WMO hadden een traject naar werk?",
    # Everybody with a traject, so that no sum over them less this table is the amount of whoever is left out.
    dimensions=(REGELING_APART,),
    population=((TRAJECT, "ja"),),
)
