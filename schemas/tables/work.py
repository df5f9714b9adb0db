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
from schemas.text import Text

TREDE_BY_REGELING_TABLE = TableSpec(
    id="T03",
    title=Text(
        nl="Inwoners naar trede op de participatieladder en regeling",
        en="Residents by rung of the participation ladder and scheme",
    ),
    question=Text(
        nl="Op welke trede staan de inwoners, en voor wie past welke ondersteuning?",
        en="On which rung are the residents, and which support suits whom?",
    ),
    dimensions=(TREDE, REGELING),
    population=(IN_STOCK,),
    caveats=(
        Text(
            nl="De laatste meting in de twaalf maanden tot en met de peildatum telt.",
            en="The last measurement in the twelve months up to and including the reference date counts.",
        ),
        Text(
            nl="De ladder wordt vooral onder de Participatiewet gemeten.",
            en="The ladder is measured mainly under the Participatiewet.",
        ),
    ),
    disclosure=DisclosureProfile(totals=("pwet_totaal",), sensitive=(TREDE,)),
    focus="pwet_totaal",
)

TREDE_BY_LEEFTIJD_TABLE = TableSpec(
    id="T06",
    title=Text(
        nl="Inwoners naar trede op de participatieladder en leeftijdsklasse",
        en="Residents by rung of the participation ladder and age class",
    ),
    question=Text(
        nl="Op welke trede staan jongeren en 55-plussers, en waar past werkfit-aanbod?",
        en="On which rung are young people and those over 55, and where does a fit-for-work programme make sense?",
    ),
    dimensions=(TREDE, LEEFTIJDSKLASSE),
    population=(IN_STOCK,),
    caveats=(
        Text(
            nl="De laatste meting in de twaalf maanden tot en met de peildatum telt.",
            en="The last measurement in the twelve months up to and including the reference date counts.",
        ),
    ),
    disclosure=DisclosureProfile(sensitive=(TREDE,)),
)

BEWEGING_TABLE = TableSpec(
    id="T09",
    title=Text(
        nl="Inwoners onder de Participatiewet naar beweging op de participatieladder",
        en="Residents under the Participatiewet by movement on the participation ladder",
    ),
    question=Text(
        nl="Komen inwoners verder op de participatieladder?",
        en="Do residents move up the participation ladder?",
    ),
    dimensions=(BEWEGING,),
    population=(IN_STOCK, (REGELING, "pwet_totaal")),
    caveats=(
        Text(
            nl=(
                "De laatste meting van de afgelopen twaalf maanden is vergeleken met die van 6 tot en met 18 maanden "
                "eerder."
            ),
            en="The last measurement of the past twelve months is compared with the one of 6 to 18 months earlier.",
        ),
        Text(
            nl="Een beweging zegt niet waardoor zij komt.",
            en="A movement does not tell what caused it.",
        ),
    ),
    disclosure=DisclosureProfile(sensitive=(BEWEGING,)),
)

STARTKWALIFICATIE_TABLE = TableSpec(
    id="T10",
    title=Text(
        nl="Inwoners onder de Participatiewet naar startkwalificatie",
        en="Residents under the Participatiewet by basic qualification",
    ),
    question=Text(
        nl="Hoeveel inwoners missen een startkwalificatie?",
        en="How many residents lack a basic qualification?",
    ),
    dimensions=(STARTKWALIFICATIE,),
    population=(IN_STOCK, (REGELING, "pwet_totaal")),
)

LOONWAARDE_TABLE = TableSpec(
    id="T11",
    title=Text(
        nl="Inwoners onder de Participatiewet naar loonwaarde",
        en="Residents under the Participatiewet by productivity",
    ),
    question=Text(
        nl="Welke loonwaarde hebben inwoners met een voorziening?",
        en="What is the productivity of residents with a provision?",
    ),
    dimensions=(LOONWAARDE,),
    population=(IN_STOCK, (REGELING, "pwet_totaal")),
    caveats=(
        Text(
            nl="De loonwaarde van de lopende voorziening die het laatst begon en waarbij zij is gemeten.",
            en="The productivity with the running provision that began last and for which it was measured.",
        ),
    ),
    disclosure=DisclosureProfile(sensitive=(LOONWAARDE,)),
)

ONTHEFFING_TABLE = TableSpec(
    id="T12",
    title=Text(
        nl="Inwoners onder de Participatiewet naar ontheffing van de arbeidsplicht",
        en="Residents under the Participatiewet by exemption from the duty to work",
    ),
    question=Text(
        nl="Voor hoeveel inwoners geldt de arbeidsplicht niet of tijdelijk niet?",
        en="To how many residents does the duty to work not apply, or not for now?",
    ),
    dimensions=(ONTHEFFING,),
    population=(IN_STOCK, (REGELING, "pwet_totaal")),
    disclosure=DisclosureProfile(sensitive=(ONTHEFFING,)),
)

VOORZIENING_TABLE = TableSpec(
    id="T13",
    title=Text(
        nl="Inwoners onder de Participatiewet naar re-integratievoorziening",
        en="Residents under the Participatiewet by reintegration provision",
    ),
    question=Text(
        nl="Welke re-integratievoorzieningen zijn in gebruik?",
        en="Which reintegration provisions are in use?",
    ),
    dimensions=(VOORZIENING,),
    population=(IN_STOCK, (REGELING, "pwet_totaal")),
    caveats=(
        Text(
            nl="Wie twee voorzieningen heeft, telt bij beide; zij tellen op tot meer dan het totaal.",
            en="Who has two provisions counts with both; they add up to more than the total.",
        ),
    ),
    # How many have an instrument goes before of how many of them the loonwaarde is measured.
    disclosure=DisclosureProfile(margin_factor=5),
)

DEELTIJDWERK_TABLE = TableSpec(
    id="T14",
    title=Text(
        nl="Inwoners onder de Participatiewet naar inkomsten uit arbeid",
        en="Residents under the Participatiewet by income from work",
    ),
    question=Text(
        nl="Hoeveel inwoners werken naast hun uitkering?",
        en="How many residents work beside their benefit?",
    ),
    dimensions=(DEELTIJDWERK,),
    population=(IN_STOCK, (REGELING, "pwet_totaal")),
)

DIENSTEN_TABLE = TableSpec(
    id="T20",
    title=Text(
        nl="Inwoners met Participatiewet naar aanbieder van ingekochte dienstverlening",
        en="Residents under the Participatiewet by provider of purchased services",
    ),
    question=Text(
        nl="Van wie koopt de gemeente dienstverlening voor inwoners onder de Participatiewet?",
        en="From whom does the municipality buy services for residents under the Participatiewet?",
    ),
    dimensions=(DIENST,),
    population=(IN_STOCK, (REGELING, "pwet_totaal")),
    caveats=(
        Text(
            nl=(
                "Geteld zijn inwoners met een voorziening die dit kalenderjaar op een dag tot en met de peildatum liep."
            ),
            en=(
                "Counted are residents with a provision that ran on any day of this calendar year up to the reference "
                "date."
            ),
        ),
        Text(
            nl=(
                "Met het Transitie Arrangement, zonder de Wsw. Een LKS-baan bij een werkgever is geen ingekochte "
                "dienst."
            ),
            en=(
                "With the Transitie Arrangement, without the Wsw. An LKS job with an employer is not a purchased "
                "service."
            ),
        ),
        Text(
            nl="Het evaluatierapport telt diensten; hier telt wie er twee heeft een keer.",
            en="The evaluation report counts services; here, who has two counts once.",
        ),
    ),
)

ONTHEFFING_BY_LEEFTIJD_TABLE = TableSpec(
    id="T46",
    title=Text(
        nl="Inwoners onder de Participatiewet naar ontheffing van de arbeidsplicht en leeftijd",
        en="Residents under the Participatiewet by exemption from the duty to work and age",
    ),
    question=Text(
        nl="Op welke leeftijd geldt de arbeidsplicht niet of tijdelijk niet?",
        en="At what age does the duty to work not apply, or not for the time being?",
    ),
    dimensions=(coarser.ONTHEFFING, coarser.LEEFTIJD_IN_DRIEEN),
    population=(IN_STOCK, (REGELING, "pwet_totaal")),
    caveats=(
        Text(
            nl="De soort ontheffing staat niet naar leeftijd, alleen voor iedereen samen, in tabel T12.",
            en="The kind of exemption is not shown by age, only for everybody together, in table T12.",
        ),
    ),
    disclosure=DisclosureProfile(sensitive=(coarser.ONTHEFFING,)),
    only_exact=True,
)

VOORZIENING_BY_TREDE_TABLE = TableSpec(
    id="T47",
    title=Text(
        nl="Inwoners onder de Participatiewet naar re-integratievoorziening en trede",
        en="Residents under the Participatiewet by reintegration provision and rung",
    ),
    question=Text(
        nl="Op welke treden worden re-integratievoorzieningen ingezet?",
        en="On which rungs are reintegration provisions used?",
    ),
    dimensions=(coarser.VOORZIENING, coarser.TREDE_IN_TWEEEN),
    population=(IN_STOCK, (REGELING, "pwet_totaal")),
    caveats=(
        Text(
            nl="Wie twee voorzieningen heeft, telt bij beide; zij tellen op tot meer dan het totaal.",
            en="Who has two provisions counts with both; they add up to more than the total.",
        ),
        Text(
            nl=(
                "Een baan met loonkostensubsidie is trede 5. Proefplaatsing en werkplekaanpassing staan niet apart "
                "naar trede; zij tellen mee bij een of meer."
            ),
            en=(
                "A job with a wage subsidy is rung 5. Trial placements and workplace adaptations are not shown apart "
                "by rung; they count under one or more."
            ),
        ),
    ),
    disclosure=DisclosureProfile(sensitive=(coarser.TREDE_IN_TWEEEN,)),
    only_exact=True,
)

DEELTIJDWERK_BY_TREDE_TABLE = TableSpec(
    id="T50",
    title=Text(
        nl="Inwoners onder de Participatiewet naar inkomsten uit arbeid en trede",
        en="Residents under the Participatiewet by income from work and rung",
    ),
    question=Text(
        nl="Op welke treden werken inwoners naast hun uitkering?",
        en="On which rungs do residents work beside their benefit?",
    ),
    dimensions=(coarser.DEELTIJDWERK, coarser.TREDEGROEP),
    population=(IN_STOCK, (REGELING, "pwet_totaal")),
    # Its totals are the ladder under the Participatiewet, which the analysis was asked for: they are dearer to
    # leave out than those of all residents together, who are measured for a part only.
    disclosure=DisclosureProfile(margin_factor=12, sensitive=(coarser.TREDEGROEP,)),
    only_exact=True,
)

STARTKWALIFICATIE_BY_REGELING_TABLE = TableSpec(
    id="T53",
    title=Text(
        nl="Inwoners onder de Participatiewet naar startkwalificatie, met en zonder WMO",
        en="Residents under the Participatiewet by basic qualification, with and without WMO",
    ),
    question=Text(
        nl="Missen inwoners met ook WMO vaker een startkwalificatie?",
        en="Do residents who have WMO too lack a basic qualification more often?",
    ),
    dimensions=(coarser.STARTKWALIFICATIE, coarser.REGELING_BINNEN_PWET),
    population=(IN_STOCK, (REGELING, "pwet_totaal")),
    caveats=(
        Text(
            nl="Onder de WMO wordt de startkwalificatie niet geleverd.",
            en="Under the WMO the qualification is not delivered.",
        ),
    ),
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
