"""Tables of mogelijkheden, kansen and risico's."""

from schemas import segments
from schemas.specs import DisclosureProfile, TableSpec
from schemas.tables import coarser
from schemas.tables.dimensions import IN_STOCK, KANS, MOGELIJKHEID, REGELING, RISICO
from schemas.text import Text

MOGELIJKHEID_TABLE = TableSpec(
    id="T17",
    title=Text(
        nl="Inwoners onder de Participatiewet voor wie een volgende stap mogelijk is",
        en="Residents under the Participatiewet for whom a next step is possible",
    ),
    question=Text(
        nl="Voor hoeveel inwoners is een volgende stap mogelijk?",
        en="For how many residents is a next step possible?",
    ),
    dimensions=(MOGELIJKHEID,),
    population=(IN_STOCK, (REGELING, "pwet_totaal")),
    caveats=(segments.MOGELIJKHEID.sentence,),
    # What the analysis was asked for: dearer to leave out than any other margin.
    disclosure=DisclosureProfile(margin_factor=10, sensitive=(MOGELIJKHEID,)),
)

KANSEN_TABLE = TableSpec(
    id="T18",
    title=Text(nl="Inwoners naar kansen", en="Residents by opportunity"),
    question=Text(
        nl="Waar liggen kansen, en hoeveel inwoners vallen tussen wal en schip?",
        en="Where are the opportunities, and how many residents fall between two stools?",
    ),
    dimensions=(KANS,),
    population=(IN_STOCK,),
    caveats=(
        *(segment.sentence for segment in segments.KANSEN),
        Text(
            nl="Wie bij meer dan een kans hoort, telt bij elk daarvan.",
            en="Who belongs to more than one opportunity counts with each.",
        ),
    ),
    # What the analysis was asked for: dearer to leave out than any other margin.
    disclosure=DisclosureProfile(margin_factor=10, sensitive=(KANS,)),
)

RISICOS_TABLE = TableSpec(
    id="T19",
    title=Text(nl="Inwoners naar risico's", en="Residents by risk"),
    question=Text(
        nl="Bij hoeveel inwoners is er een risico dat om aandacht vraagt?",
        en="For how many residents is there a risk that asks for attention?",
    ),
    dimensions=(RISICO,),
    population=(IN_STOCK,),
    caveats=(
        *(segment.sentence for segment in segments.RISICOS),
        Text(
            nl="Wie bij meer dan een risico hoort, telt bij elk daarvan.",
            en="Who belongs to more than one risk counts with each.",
        ),
    ),
    # What the analysis was asked for: dearer to leave out than any other margin.
    disclosure=DisclosureProfile(margin_factor=10, sensitive=(RISICO,)),
)

MOGELIJKHEID_BY_REGELING_TABLE = TableSpec(
    id="T54",
    title=Text(
        nl="Inwoners onder de Participatiewet voor wie een volgende stap mogelijk is, met en zonder WMO",
        en="Residents under the Participatiewet for whom a next step is possible, with and without WMO",
    ),
    question=Text(
        nl="Is een volgende stap ook mogelijk voor inwoners met WMO?",
        en="Is a next step possible for residents with WMO too?",
    ),
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
