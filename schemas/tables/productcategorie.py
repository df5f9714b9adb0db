from schemas.specs import TableSpec
from schemas.tables.dimensions import PRODUCTCATEGORIE, REGELING

TABLE = TableSpec(
    id="T05",
    title="Inwoners met WMO naar soort voorziening",
    question="Welke WMO-voorzieningen gebruiken de inwoners?",
    dimensions=(PRODUCTCATEGORIE,),
    population=((REGELING, "wmo_totaal"),),
    caveats=(
        "Wie twee soorten voorzieningen heeft, telt bij beide; de soorten tellen op tot meer dan het totaal.",
        "Naar trede wordt dit niet getoond: per soort voorziening staan op de meeste treden te weinig inwoners.",
    ),
)
