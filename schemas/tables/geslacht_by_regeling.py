from schemas.specs import DisclosureProfile, TableSpec
from schemas.tables.dimensions import GESLACHT, REGELING

TABLE = TableSpec(
    id="T07",
    title="Inwoners naar geslacht en regeling",
    question="Hoe is de verdeling van mannen en vrouwen per regeling?",
    dimensions=(GESLACHT, REGELING),
    caveats=("Spreken de leveringen elkaar tegen, dan is het geslacht onbekend.",),
    disclosure=DisclosureProfile(totals=("pwet_totaal", "wmo_totaal")),
)
