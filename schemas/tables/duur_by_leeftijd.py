from schemas.specs import TableSpec
from schemas.tables.coarser import LEEFTIJD_IN_DRIEEN
from schemas.tables.dimensions import DUURKLASSE

TABLE = TableSpec(
    id="T52",
    title="Inwoners naar duur en leeftijd",
    question="Wie maken al lang gebruik van een regeling: jongeren of ouderen?",
    dimensions=(DUURKLASSE, LEEFTIJD_IN_DRIEEN),
    caveats=("De duur loopt vanaf de eerste ingangsdatum in de levering; onderbrekingen tellen mee.",),
)
