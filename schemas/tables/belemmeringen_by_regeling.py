from schemas.specs import DisclosureProfile, TableSpec
from schemas.tables.coarser import BELEMMERINGEN
from schemas.tables.dimensions import REGELING

TABLE = TableSpec(
    id="T16",
    title="Inwoners naar aantal belemmeringen en regeling",
    question="Hoeveel inwoners hebben op meer dan een gebied een belemmering?",
    dimensions=(BELEMMERINGEN, REGELING),
    caveats=("Niet elk domein is bij iedereen gemeten; het aantal belemmeringen is het aantal dat bekend is.",),
    disclosure=DisclosureProfile(totals=("pwet_totaal", "wmo_totaal"), sensitive=(BELEMMERINGEN,)),
)
