from schemas.specs import DisclosureProfile, TableSpec
from schemas.tables.dimensions import LEEFTIJDSKLASSE, REGELING

TABLE = TableSpec(
    id="T02",
    title="Inwoners naar leeftijdsklasse en regeling",
    question="Hoe oud zijn de inwoners die gebruikmaken van de Participatiewet en de WMO?",
    dimensions=(LEEFTIJDSKLASSE, REGELING),
    caveats=("Is de geboortedag onbekend, dan telt de klasse alleen mee als die toch vaststaat.",),
    disclosure=DisclosureProfile(totals=("pwet_totaal", "wmo_totaal")),
)
