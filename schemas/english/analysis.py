"""English of the population analysis: household, movement, work, self-sufficiency, possibilities, risks."""

_DOMAINS = {
    "Werk en opleiding": "Work and education",
    "Tijdsbesteding": "Use of time",
    "Sociaal netwerk": "Social network",
    "Maatschappelijke participatie": "Participation in society",
}
_LEVELS = {
    "niet zelfredzaam (1-2)": "not self-sufficient (1-2)",
    "beperkt zelfredzaam (3)": "partly self-sufficient (3)",
    "zelfredzaam (4-5)": "self-sufficient (4-5)",
    "gemeten": "measured",
}

ANALYSIS = {
    "inwoners met postcode 5261": "residents with postcode 5261",
    "Inwoners naar geslacht en regeling": "Residents by sex and scheme",
    "Hoe is de verdeling van mannen en vrouwen per regeling?": "How many men and women are there by scheme?",
    "Spreken de leveringen elkaar tegen, dan is het geslacht onbekend.": (
        "Where the deliveries contradict each other, the sex is unknown."
    ),
    "Geslacht": "Sex",
    "man": "man",
    "baan of detachering met loonkostensubsidie": "job or secondment with a wage subsidy",
    "vrouw": "woman",
    "man of onbekend": "man or unknown",
    "Inwoners onder de Participatiewet naar leefvorm": "Residents under the Participatiewet by household",
    "In welk soort huishouden leven inwoners met een uitkering?": (
        "In what kind of household do residents with a benefit live?"
    ),
    "De leefvorm van de uitkering die het laatst begon; onder de WMO wordt zij niet geleverd.": (
        "The household of the benefit that began last; under the WMO it is not delivered."
    ),
    "Leefvorm": "Household",
    "alleenstaand": "single",
    "alleenstaande ouder": "single parent",
    "(echt)paar": "couple",
    "leefvorm onbekend": "household unknown",
    "Inwoners onder de Participatiewet naar beweging op de participatieladder": (
        "Residents under the Participatiewet by movement on the participation ladder"
    ),
    "Komen inwoners verder op de participatieladder?": "Do residents move up the participation ladder?",
    "De laatste meting van de afgelopen twaalf maanden is vergeleken met die van 6 tot en met 18 maanden eerder.": (
        "The last measurement of the past twelve months is compared with the one of 6 to 18 months earlier."
    ),
    "Een beweging zegt niet waardoor zij komt.": "A movement does not tell what caused it.",
    "Beweging op de participatieladder": "Movement on the participation ladder",
    "een of meer treden omhoog": "one or more rungs up",
    "dezelfde trede": "the same rung",
    "een of meer treden omlaag": "one or more rungs down",
    "geen twee metingen om te vergelijken": "no two measurements to compare",
    "Inwoners onder de Participatiewet naar startkwalificatie": (
        "Residents under the Participatiewet by basic qualification"
    ),
    "Hoeveel inwoners missen een startkwalificatie?": "How many residents lack a basic qualification?",
    "Startkwalificatie": "Basic qualification (startkwalificatie)",
    "met startkwalificatie": "with a basic qualification",
    "zonder startkwalificatie": "without a basic qualification",
    "startkwalificatie onbekend": "basic qualification unknown",
    "Inwoners onder de Participatiewet naar loonwaarde": "Residents under the Participatiewet by productivity",
    "Welke loonwaarde hebben inwoners met een voorziening?": "What is the productivity of residents with a provision?",
    "De loonwaarde van de lopende voorziening die het laatst begon en waarbij zij is gemeten.": (
        "The productivity with the running provision that began last and for which it was measured."
    ),
    "Loonwaarde": "Productivity (loonwaarde)",
    "lager dan 30 %": "lower than 30%",
    "30 tot 50 %": "30 to 50%",
    "50 tot 70 %": "50 to 70%",
    "70 % of hoger": "70% or higher",
    "loonwaarde niet gemeten": "productivity not measured",
    "geen lopende voorziening": "no running provision",
    "lager dan 50 %": "lower than 50%",
    "50 % of hoger": "50% or higher",
    "loonwaarde gemeten": "productivity measured",
    "Inwoners onder de Participatiewet naar ontheffing van de arbeidsplicht": (
        "Residents under the Participatiewet by exemption from the duty to work"
    ),
    "Voor hoeveel inwoners geldt de arbeidsplicht niet of tijdelijk niet?": (
        "To how many residents does the duty to work not apply, or not for now?"
    ),
    "Ontheffing van de arbeidsplicht": "Exemption from the duty to work",
    "geen ontheffing": "no exemption",
    "tijdelijk (ook ouder met een kind jonger dan 5 jaar)": "temporary (also a parent with a child younger than 5)",
    "permanent, op sociale of medische grond": "permanent, on social or medical grounds",
    "ontheffing onbekend": "exemption unknown",
    "Inwoners onder de Participatiewet naar re-integratievoorziening": (
        "Residents under the Participatiewet by reintegration provision"
    ),
    "Welke re-integratievoorzieningen zijn in gebruik?": "Which reintegration provisions are in use?",
    "Wie twee voorzieningen heeft, telt bij beide; zij tellen op tot meer dan het totaal.": (
        "Who has two provisions counts with both; they add up to more than the total."
    ),
    "Re-integratievoorziening": "Reintegration provision",
    "proefplaatsing voor loonwaardebepaling": "trial placement to measure productivity",
    "overige werkplek": "other work place",
    "jobcoach of begeleiding op de werkplek": "job coach or guidance at work",
    "werkplekaanpassing": "adaptation of the work place",
    "overige faciliterende voorziening": "other facilitating provision",
    "Inwoners onder de Participatiewet naar inkomsten uit arbeid": (
        "Residents under the Participatiewet by income from work"
    ),
    "Hoeveel inwoners werken naast hun uitkering?": "How many residents work beside their benefit?",
    "Inkomsten uit arbeid naast de uitkering": "Income from work beside the benefit",
    "met inkomsten uit arbeid": "with income from work",
    "zonder inkomsten uit arbeid": "without income from work",
    "inkomsten onbekend": "income unknown",
    "Inwoners naar zelfredzaamheid per toegestaan domein": "Residents by self-sufficiency in each permitted domain",
    "Waar zijn inwoners zelfredzaam, en waar niet?": "Where are residents self-sufficient, and where not?",
    "Alleen de domeinen waarvoor de PIA een reden noemt; de laatste score van de afgelopen twaalf maanden.": (
        "Only the domains for which the PIA names a reason; the last score of the past twelve months."
    ),
    "Wie op meer domeinen is gemeten, telt bij elk daarvan.": "Who was measured in more domains counts with each.",
    "Zelfredzaamheid per domein": "Self-sufficiency by domain",
    **{
        f"{domein}: {niveau}": f"{domain}: {level}"
        for domein, domain in _DOMAINS.items()
        for niveau, level in _LEVELS.items()
    },
    "op geen van deze domeinen gemeten": "measured in none of these domains",
    "Inwoners naar aantal belemmeringen en regeling": "Residents by number of barriers and scheme",
    "Hoeveel inwoners hebben op meer dan een gebied een belemmering?": (
        "How many residents have a barrier in more than one area?"
    ),
    "Niet elk domein is bij iedereen gemeten; het aantal belemmeringen is het aantal dat bekend is.": (
        "Not every domain was measured for everybody; the number of barriers is the number that is known."
    ),
    "Belemmeringen (ZRM-domeinen met score 1 of 2)": "Barriers (ZRM domains with score 1 or 2)",
    "op geen domein": "in no domain",
    "op een domein": "in one domain",
    "op twee domeinen": "in two domains",
    "op geen domein gemeten": "measured in no domain",
    "een of meer": "one or more",
    "twee of meer": "two or more",
    "Inwoners onder de Participatiewet voor wie een volgende stap mogelijk is": (
        "Residents under the Participatiewet for whom a next step is possible"
    ),
    "Voor hoeveel inwoners is een volgende stap mogelijk?": "For how many residents is a next step possible?",
    "Volgende stap mogelijk: Participatiewet, trede 3 of 4, geen of een tijdelijke ontheffing van de arbeidsplicht, en "
    "geen gemeten loonwaarde lager dan 30 %. Is de loonwaarde niet gemeten, dan telt de inwoner mee: zij wordt alleen "
    "bij een voorziening gemeten. Is de ontheffing onbekend, dan niet.": (
        "Next step possible: Participatiewet, rung 3 or 4, no exemption from the duty to work or a temporary one, and "
        "no measured productivity below 30%. Where productivity was not measured, the resident counts: it is measured "
        "only with a provision. Where the exemption is unknown, the resident does not count."
    ),
    "Mogelijkheden": "Possibilities",
    "volgende stap mogelijk": "next step possible",
    "niet, of niet bekend": "not, or not known",
    "Inwoners naar kansen": "Residents by opportunity",
    "Waar liggen kansen, en hoeveel inwoners vallen tussen wal en schip?": (
        "Where are the opportunities, and how many residents fall between two stools?"
    ),
    "Dagbesteding met perspectief op vrijwilligerswerk of OAD: Lopende WMO-dagbesteding (categorie 07), jonger dan 66, "
    "en op het ZRM-domein werk en opleiding een score van 3 of hoger in de laatste twaalf maanden.": (
        "Day activities with prospects of voluntary work or OAD: running WMO day activities (category 07), younger "
        "than 66, and a score of 3 or higher in the ZRM domain work and education in the last twelve months."
    ),
    "Van trede 4 naar betaald werk met ondersteuning: Een volgende stap is mogelijk (I13) en de inwoner staat op "
    "trede 4.": ("From rung 4 to paid work with support: a next step is possible (I13) and the resident is on rung 4."),
    "Tussen wal en schip: Onderkant Participatiewet (trede 1 of 2) of WMO-dagbesteding jonger dan 66, en op het "
    "ZRM-domein werk en opleiding een score van 3 of hoger: er is perspectief, maar geen van beide regelingen heeft er "
    "een vast aanbod voor.": (
        "Between two stools: the bottom of the Participatiewet (rung 1 or 2) or WMO day activities and younger than "
        "66, and a score of 3 or higher in the ZRM domain work and education: there are prospects, but neither scheme "
        "has a standing offer for them."
    ),
    "Wie bij meer dan een kans hoort, telt bij elk daarvan.": (
        "Who belongs to more than one opportunity counts with each."
    ),
    "Kansen": "Opportunities",
    "dagbesteding met perspectief op vrijwilligerswerk of OAD": (
        "day activities with prospects of voluntary work or OAD"
    ),
    "van trede 4 naar betaald werk met ondersteuning": "from rung 4 to paid work with support",
    "tussen wal en schip": "between two stools",
    "geen van deze kansen gevonden": "none of these opportunities found",
    "Inwoners naar risico's": "Residents by risk",
    "Bij hoeveel inwoners is er een risico dat om aandacht vraagt?": (
        "For how many residents is there a risk that asks for attention?"
    ),
    "Geïsoleerd: Trede 1 op de participatieladder.": "Isolated: rung 1 of the participation ladder.",
    "Vijf jaar of langer in een regeling: De eerste uitkering of voorziening begon vijf jaar of langer geleden.": (
        "Five years or longer in a scheme: the first benefit or provision began five years ago or longer."
    ),
    "Drie of vier belemmeringen: Op drie of vier toegestane ZRM-domeinen een score van 1 of 2 in de laatste twaalf "
    "maanden.": (
        "Three or four barriers: a score of 1 or 2 in three or four permitted ZRM domains in the last twelve months."
    ),
    "WMO-indicatie eindigt binnen zes maanden: Van ten minste een lopende WMO-voorziening ligt de einddatum binnen zes "
    "maanden na de peildatum.": (
        "WMO indication ends within six months: at least one running WMO provision has an end date within six months "
        "after the reference date."
    ),
    "Langer dan twaalf maanden geen contact: Participatiewet, en het laatste contact is langer dan twaalf maanden "
    "geleden. Is het laatste contact onbekend, dan telt de inwoner niet mee.": (
        "No contact for more than twelve months: Participatiewet, and the last contact is more than twelve months ago. "
        "Where the last contact is unknown, the resident does not count."
    ),
    "Wie bij meer dan een risico hoort, telt bij elk daarvan.": "Who belongs to more than one risk counts with each.",
    "Risico's": "Risks",
    "geïsoleerd": "isolated",
    "vijf jaar of langer in een regeling": "five years or longer in a scheme",
    "drie of vier belemmeringen": "three or four barriers",
    "WMO-indicatie eindigt binnen zes maanden": "WMO indication ends within six months",
    "langer dan twaalf maanden geen contact": "no contact for more than twelve months",
    "geen van deze risico's gevonden": "none of these risks found",
}
