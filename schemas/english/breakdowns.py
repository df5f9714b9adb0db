"""English of the breakdowns: T46 to T58, K04 and K05."""

BREAKDOWNS = {
    # Levels
    "jonger dan 45, of leeftijd onbekend": "younger than 45, or age unknown",
    "55 of ouder": "55 or older",
    "tijdelijke of permanente ontheffing": "temporary or permanent exemption",
    "geen ontheffing, of niet bekend": "no exemption, or not known",
    "een of meer voorzieningen": "one or more provisions",
    "zonder inkomsten uit arbeid, of niet bekend": "without income from work, or not known",
    "zonder startkwalificatie, of niet bekend": "without a basic qualification, or not known",
    # T05
    "Naar trede wordt dit niet getoond: per soort voorziening staan op de meeste treden te weinig inwoners.": (
        "This is not shown by rung: per kind of provision there are too few residents on most rungs."
    ),
    # T46
    "Inwoners onder de Participatiewet naar ontheffing van de arbeidsplicht en leeftijd": (
        "Residents under the Participatiewet by exemption from the duty to work and age"
    ),
    "Op welke leeftijd geldt de arbeidsplicht niet of tijdelijk niet?": (
        "At what age does the duty to work not apply, or not for the time being?"
    ),
    "De soort ontheffing is alleen voor iedereen samen te tonen: naar leeftijd zijn het er te weinig.": (
        "The kind of exemption can be shown for everybody together only: by age they are too few."
    ),
    # T47
    "Inwoners onder de Participatiewet naar re-integratievoorziening en trede": (
        "Residents under the Participatiewet by reintegration provision and rung"
    ),
    "Op welke treden worden re-integratievoorzieningen ingezet?": ("On which rungs are reintegration provisions used?"),
    "Een baan met loonkostensubsidie is trede 5, en proefplaatsing en werkplekaanpassing zijn te klein om naar trede "
    "te tonen; zij tellen mee bij een of meer.": (
        "A job with a wage subsidy is rung 5, and trial placements and workplace adaptations are too few to show by "
        "rung; they count under one or more."
    ),
    "3 of hoger, of onbekend": "3 or higher, or unknown",
    # T50
    "Inwoners onder de Participatiewet naar inkomsten uit arbeid en trede": (
        "Residents under the Participatiewet by income from work and rung"
    ),
    "Op welke treden werken inwoners naast hun uitkering?": ("On which rungs do residents work beside their benefit?"),
    # T52
    "Inwoners naar duur en leeftijd": "Residents by duration and age",
    "Wie maken al lang gebruik van een regeling: jongeren of ouderen?": (
        "Who has used a scheme for long: younger or older residents?"
    ),
    # T53
    "Inwoners onder de Participatiewet naar startkwalificatie, met en zonder WMO": (
        "Residents under the Participatiewet by basic qualification, with and without WMO"
    ),
    "Missen inwoners met ook WMO vaker een startkwalificatie?": (
        "Do residents who have WMO too lack a basic qualification more often?"
    ),
    "Onder de WMO wordt de startkwalificatie niet geleverd.": "Under the WMO the qualification is not delivered.",
    # T54
    "Inwoners onder de Participatiewet voor wie een volgende stap mogelijk is, met en zonder WMO": (
        "Residents under the Participatiewet for whom a next step is possible, with and without WMO"
    ),
    "Is een volgende stap ook mogelijk voor inwoners met WMO?": ("Is a next step possible for residents with WMO too?"),
    # T56, T57, K04, K05
    "Inwoners met WMO-declaraties, met en zonder Participatiewet": (
        "Residents with WMO claims, with and without Participatiewet"
    ),
    "Voor wie betaalde de gemeente WMO-ondersteuning: met of zonder uitkering?": (
        "For whom did the municipality pay WMO support: with or without a benefit?"
    ),
    "Wie op de peildatum geen WMO meer heeft, kan in het afgelopen jaar nog declaraties hebben.": (
        "Who no longer has WMO on the reference date may still have claims in the past year."
    ),
    "Inwoners met een traject naar regeling": "Residents with a trajectory by scheme",
    "Hoeveel inwoners met ook WMO hadden een traject naar werk?": (
        "How many residents who have WMO too had a trajectory to work?"
    ),
    "WMO-declaraties, met en zonder Participatiewet": "WMO claims, with and without Participatiewet",
    "Wat kost de WMO-ondersteuning van inwoners met en zonder uitkering?": (
        "What does the WMO support of residents with and without a benefit cost?"
    ),
    "Kosten van trajecten naar regeling": "Costs of trajectories by scheme",
    "Wat kosten de trajecten naar werk van inwoners met en zonder WMO?": (
        "What do the trajectories to work of residents with and without WMO cost?"
    ),
    # T58
    "Inwoners naar aantal belemmeringen": "Residents by number of barriers",
    "Bij hoeveel inwoners komen belemmeringen samen?": "For how many residents do barriers come together?",
    "op drie domeinen": "in three domains",
    "op vier domeinen": "in four domains",
    "drie of vier": "three or four",
}
