"""Tables of work and the way to it: ladder, exemption, instruments, wage value."""

from schemas.specs import DisclosureProfile, TableSpec
from schemas.tables import coarser
from schemas.tables.dimensions import (
    BEWEGING,
    DEELTIJDWERK,
    DIENST,
    IN_STOCK,
    LEEFTIJDSKLASSE,
    LOONWAARDE,
    ONTHEFFING,
    REGELING,
    STARTKWALIFICATIE,
    TREDE,
    VOORZIENING,
)

TREDE_BY_REGELING_TABLE = TableSpec(
    id="T03",
    title="Inwoners naar trede op de participatieladder en regeling",
    question="Op welke trede staan de inwoners, en voor wie past welke ondersteuning?",
    dimensions=(TREDE, REGELING),
    population=(IN_STOCK,),
    caveats=(
        "De laatste meting in de twaalf maanden tot en met de peildatum telt.",
        "De ladder wordt vooral onder de Participatiewet gemeten.",
    ),
    disclosure=DisclosureProfile(totals=("pwet_totaal",), sensitive=(TREDE,)),
    focus="pwet_totaal",
)

TREDE_BY_LEEFTIJD_TABLE = TableSpec(
    id="T06",
    title="Inwoners naar trede op de participatieladder en leeftijdsklasse",
    question="Op welke trede staan jongeren en 55-plussers, en waar past werkfit-aanbod?",
    dimensions=(TREDE, LEEFTIJDSKLASSE),
    population=(IN_STOCK,),
    caveats=("De laatste meting in de twaalf maanden tot en met de peildatum telt.",),
    disclosure=DisclosureProfile(sensitive=(TREDE,)),
)

BEWEGING_TABLE = TableSpec(
    id="T09",
    title="Inwoners onder de Participatiewet naar beweging op de participatieladder",
    question="Komen inwoners verder op de participatieladder?",
    dimensions=(BEWEGING,),
    population=(IN_STOCK, (REGELING, "pwet_totaal")),
    caveats=(
        "De laatste meting van de afgelopen twaalf maanden is vergeleken met die van 6 tot en met 18 maanden eerder.",
        "Een beweging zegt niet waardoor zij komt.",
    ),
    disclosure=DisclosureProfile(sensitive=(BEWEGING,)),
)

STARTKWALIFICATIE_TABLE = TableSpec(
    id="T10",
    title="Inwoners onder de Participatiewet naar startkwalificatie",
    question="Hoeveel inwoners missen een startkwalificatie?",
    dimensions=(STARTKWALIFICATIE,),
    population=(IN_STOCK, (REGELING, "pwet_totaal")),
)

LOONWAARDE_TABLE = TableSpec(
    id="T11",
    title="Inwoners onder de Participatiewet naar loonwaarde",
    question="Welke loonwaarde hebben inwoners met een voorziening?",
    dimensions=(LOONWAARDE,),
    population=(IN_STOCK, (REGELING, "pwet_totaal")),
    caveats=("De loonwaarde van de lopende voorziening die het laatst begon en waarbij zij is gemeten.",),
    disclosure=DisclosureProfile(sensitive=(LOONWAARDE,)),
)

ONTHEFFING_TABLE = TableSpec(
    id="T12",
    title="Inwoners onder de Participatiewet naar ontheffing van de arbeidsplicht",
    question="Voor hoeveel inwoners geldt de arbeidsplicht niet of tijdelijk niet?",
    dimensions=(ONTHEFFING,),
    population=(IN_STOCK, (REGELING, "pwet_totaal")),
    disclosure=DisclosureProfile(sensitive=(ONTHEFFING,)),
)

VOORZIENING_TABLE = TableSpec(
    id="T13",
    title="Inwoners onder de Participatiewet naar re-integratievoorziening",
    question="Welke re-integratievoorzieningen zijn in gebruik?",
    dimensions=(VOORZIENING,),
    population=(IN_STOCK, (REGELING, "pwet_totaal")),
    caveats=("Wie twee voorzieningen heeft, telt bij beide; zij tellen op tot meer dan het totaal.",),
    # How many have an instrument goes before of how many of them the loonwaarde is measured.
    disclosure=DisclosureProfile(margin_factor=5),
)

DEELTIJDWERK_TABLE = TableSpec(
    id="T14",
    title="Inwoners onder de Participatiewet naar inkomsten uit arbeid",
    question="Hoeveel inwoners werken naast hun uitkering?",
    dimensions=(DEELTIJDWERK,),
    population=(IN_STOCK, (REGELING, "pwet_totaal")),
)

DIENSTEN_TABLE = TableSpec(
    id="T20",
    title="Inwoners met Participatiewet naar aanbieder van ingekochte dienstverlening",
    question="Van wie koopt de gemeente dienstverlening voor inwoners onder de Participatiewet?",
    dimensions=(DIENST,),
    population=(IN_STOCK, (REGELING, "pwet_totaal")),
    caveats=(
        "Geteld zijn inwoners met een voorziening die dit kalenderjaar op een dag tot en met de peildatum liep.",
        "Met het Transitie Arrangement, zonder de Wsw. Een LKS-baan bij een werkgever is geen ingekochte dienst.",
        "Het evaluatierapport telt diensten; hier telt wie er twee heeft een keer.",
    ),
)

ONTHEFFING_BY_LEEFTIJD_TABLE = TableSpec(
    id="T46",
    title="Inwoners onder de Participatiewet naar ontheffing van de arbeidsplicht en leeftijd",
    question="Op welke leeftijd geldt de arbeidsplicht niet of tijdelijk niet?",
    dimensions=(coarser.ONTHEFFING, coarser.LEEFTIJD_IN_DRIEEN),
    population=(IN_STOCK, (REGELING, "pwet_totaal")),
    caveats=("De soort ontheffing is alleen voor iedereen samen te tonen: naar leeftijd zijn het er te weinig.",),
    disclosure=DisclosureProfile(sensitive=(coarser.ONTHEFFING,)),
    only_exact=True,
)

VOORZIENING_BY_TREDE_TABLE = TableSpec(
    id="T47",
    title="Inwoners onder de Participatiewet naar re-integratievoorziening en trede",
    question="Op welke treden worden re-integratievoorzieningen ingezet?",
    dimensions=(coarser.VOORZIENING, coarser.TREDE_IN_TWEEEN),
    population=(IN_STOCK, (REGELING, "pwet_totaal")),
    caveats=(
        "Wie twee voorzieningen heeft, telt bij beide; zij tellen op tot meer dan het totaal.",
        "Een baan met loonkostensubsidie is trede 5, en proefplaatsing en werkplekaanpassing zijn te klein om naar "
        "trede te tonen; zij tellen mee bij een of meer.",
    ),
    disclosure=DisclosureProfile(sensitive=(coarser.TREDE_IN_TWEEEN,)),
    only_exact=True,
)

DEELTIJDWERK_BY_TREDE_TABLE = TableSpec(
    id="T50",
    title="Inwoners onder de Participatiewet naar inkomsten uit arbeid en trede",
    question="Op welke treden werken inwoners naast hun uitkering?",
    dimensions=(coarser.DEELTIJDWERK, coarser.TREDEGROEP),
    population=(IN_STOCK, (REGELING, "pwet_totaal")),
    # Its totals are the ladder under the Participatiewet, which the analysis was asked for: they are dearer to
    # leave out than those of all residents together, who are measured for a part only.
    disclosure=DisclosureProfile(margin_factor=12, sensitive=(coarser.TREDEGROEP,)),
    only_exact=True,
)

STARTKWALIFICATIE_BY_REGELING_TABLE = TableSpec(
    id="T53",
    title="Inwoners onder de Participatiewet naar startkwalificatie, met en zonder WMO",
    question="Missen inwoners met ook WMO vaker een startkwalificatie?",
    dimensions=(coarser.STARTKWALIFICATIE, coarser.REGELING_BINNEN_PWET),
    population=(IN_STOCK, (REGELING, "pwet_totaal")),
    caveats=("Onder de WMO wordt de startkwalificatie niet geleverd.",),
    only_exact=True,
)

TABLES = (
    TREDE_BY_REGELING_TABLE,
    TREDE_BY_LEEFTIJD_TABLE,
    BEWEGING_TABLE,
    STARTKWALIFICATIE_TABLE,
    LOONWAARDE_TABLE,
    ONTHEFFING_TABLE,
    VOORZIENING_TABLE,
    DEELTIJDWERK_TABLE,
    DIENSTEN_TABLE,
    ONTHEFFING_BY_LEEFTIJD_TABLE,
    VOORZIENING_BY_TREDE_TABLE,
    DEELTIJDWERK_BY_TREDE_TABLE,
    STARTKWALIFICATIE_BY_REGELING_TABLE,
)
