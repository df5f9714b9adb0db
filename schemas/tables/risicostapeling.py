from schemas.specs import DisclosureProfile, TableSpec
from schemas.tables.coarser import REGELING_PWET_OF_WMO
from schemas.tables.dimensions import RISICOSTAPELING

TABLE = TableSpec(
    id="T55",
    title="Inwoners naar aantal risico's en regeling",
    question="Bij hoeveel inwoners komen risico's samen?",
    dimensions=(RISICOSTAPELING, REGELING_PWET_OF_WMO),
    caveats=("Geteld zijn de risico's van tabel T19, met dezelfde regels.",),
    disclosure=DisclosureProfile(sensitive=(RISICOSTAPELING,)),
)
