from schemas.specs import DisclosureProfile, TableSpec
from schemas.tables.dimensions import DUURKLASSE, REGELING

TABLE = TableSpec(
    id="T04",
    title="Inwoners naar duur en regeling",
    question="Hoe lang maken inwoners al gebruik van een regeling?",
    dimensions=(DUURKLASSE, REGELING),
    caveats=("De duur loopt vanaf de eerste ingangsdatum in de levering; onderbrekingen tellen mee.",),
    disclosure=DisclosureProfile(totals=("pwet_totaal", "wmo_totaal")),
)
