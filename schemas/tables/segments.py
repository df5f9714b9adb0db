"""Tables of mogelijkheden, kansen and risico's."""

from schemas import segments
from schemas.specs import DisclosureProfile, TableSpec
from schemas.tables import coarser
from schemas.tables.dimensions import IN_STOCK, KANS, MOGELIJKHEID, REGELING, RISICO

MOGELIJKHEID_TABLE = TableSpec(
    id="T17",
    title="Inwoners onder de Participatiewet voor wie een volgende stap mogelijk is",
    question="Voor hoeveel inwoners is een volgende stap mogelijk?",
    dimensions=(MOGELIJKHEID,),
    population=(IN_STOCK, (REGELING, "pwet_totaal")),
    caveats=(segments.MOGELIJKHEID.sentence,),
    # What the analysis was asked for: dearer to leave out than any other margin.
    disclosure=DisclosureProfile(margin_factor=10, sensitive=(MOGELIJKHEID,)),
)

KANSEN_TABLE = TableSpec(
    id="T18",
    title="Inwoners naar kansen",
    question="Waar liggen kansen, en hoeveel inwoners vallen tussen wal en schip?",
    dimensions=(KANS,),
    population=(IN_STOCK,),
    caveats=(
        *(one.sentence for one in segments.KANSEN),
        "Wie bij meer dan een kans hoort, telt bij elk daarvan.",
    ),
    # What the analysis was asked for: dearer to leave out than any other margin.
    disclosure=DisclosureProfile(margin_factor=10, sensitive=(KANS,)),
)

RISICOS_TABLE = TableSpec(
    id="T19",
    title="Inwoners naar risico's",
    question="Bij hoeveel inwoners is er een risico dat om aandacht vraagt?",
    dimensions=(RISICO,),
    population=(IN_STOCK,),
    caveats=(
        *(one.sentence for one in segments.RISICOS),
        "Wie bij meer dan een risico hoort, telt bij elk daarvan.",
    ),
    # What the analysis was asked for: dearer to leave out than any other margin.
    disclosure=DisclosureProfile(margin_factor=10, sensitive=(RISICO,)),
)

MOGELIJKHEID_BY_REGELING_TABLE = TableSpec(
    id="T54",
    title="Inwoners onder de Participatiewet voor wie een volgende stap mogelijk is, met en zonder WMO",
    question="Is een volgende stap ook mogelijk voor inwoners met WMO?",
    dimensions=(MOGELIJKHEID, coarser.REGELING_BINNEN_PWET),
    population=(IN_STOCK, (REGELING, "pwet_totaal")),
    caveats=(segments.MOGELIJKHEID.sentence,),
    # What the analysis was asked for: dearer to leave out than any other margin.
    disclosure=DisclosureProfile(margin_factor=10, sensitive=(MOGELIJKHEID,)),
    only_exact=True,
)

TABLES = (
    MOGELIJKHEID_TABLE,
    KANSEN_TABLE,
    RISICOS_TABLE,
    MOGELIJKHEID_BY_REGELING_TABLE,
)
