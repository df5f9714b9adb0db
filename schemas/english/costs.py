"""English of the tables of claims and trajectory costs."""

COSTS = {
    "Inwoners met en zonder WMO-declaraties": "Residents with and without WMO claims",
    "Voor hoeveel inwoners betaalde de gemeente WMO-ondersteuning in het afgelopen jaar?": (
        "For how many residents did the municipality pay WMO support in the past year?"
    ),
    "Een declaratie telt als haar periode eindigt in de twaalf maanden tot en met de peildatum; een persoonsgebonden "
    "budget wordt niet gedeclareerd.": (
        "A claim counts if its period ends in the twelve months up to the reference date; a personal budget is not "
        "claimed."
    ),
    "WMO-declaratie in de twaalf maanden tot de peildatum": "WMO claim in the twelve months up to the reference date",
    "ja": "yes",
    "nee": "no",
    "Inwoners met WMO-declaraties naar soort ondersteuning": "Residents with WMO claims by kind of support",
    "Voor welke WMO-ondersteuning betaalde de gemeente?": "For which WMO support did the municipality pay?",
    "Een inwoner telt bij elke soort waarvoor is gedeclareerd; de soorten tellen op tot meer dan het totaal.": (
        "A resident counts with every kind that was claimed; the kinds add up to more than the total."
    ),
    "Soort gedeclareerde ondersteuning": "Kind of support claimed",
    "Begeleiding en verzorging": "Guidance and care",
    "Dagbesteding, groep en vervoer": "Day activities, groups and transport",
    "Hulpmiddelen, woonvoorzieningen, verblijf en overig": "Aids, housing adaptations, stays and other",
    "Inwoners met WMO-declaraties naar leeftijdsklasse": "Residents with WMO claims by age class",
    "Hoe oud zijn de inwoners voor wie WMO-ondersteuning is gedeclareerd?": (
        "How old are the residents for whom WMO support was claimed?"
    ),
    "Inwoners met en zonder traject": "Residents with and without a trajectory",
    "Hoeveel inwoners hadden in het afgelopen jaar een traject naar werk?": (
        "How many residents had a trajectory to work in the past year?"
    ),
    "Een traject telt als het in de twaalf maanden tot en met de peildatum liep en de kosten bekend zijn.": (
        "A trajectory counts if it ran in the twelve months up to the reference date and its costs are known."
    ),
    "Traject met bekende kosten in de twaalf maanden tot de peildatum": (
        "Trajectory with known costs in the twelve months up to the reference date"
    ),
    "Inwoners met een traject naar soort": "Residents with a trajectory by kind",
    "Welke trajecten koopt de gemeente in?": "Which trajectories does the municipality buy?",
    "Een inwoner telt bij elke soort traject; de soorten tellen op tot meer dan het totaal.": (
        "A resident counts with every kind of trajectory; the kinds add up to more than the total."
    ),
    "Soort traject": "Kind of trajectory",
    "Proefplaatsing, detachering of andere werkplek": "Trial placement, secondment or other work place",
    "Jobcoach, begeleiding of aanpassing op de werkplek": "Job coach, guidance or adaptation at work",
    "Overige voorziening": "Other provision",
    "WMO-declaraties": "WMO claims",
    "WMO-declaraties naar soort ondersteuning": "WMO claims by kind of support",
    "Wat kost de WMO-ondersteuning per soort?": "What does WMO support cost by kind?",
    "Creditregels zijn per inwoner en soort verrekend; komt dat onder nul, dan telt het als geen bedrag.": (
        "Credit lines are settled by resident and kind; where that is below zero, it counts as no amount."
    ),
    "Wat buiten declaraties om is betaald, zoals een persoonsgebonden budget, telt niet mee.": (
        "What was paid outside claims, such as a personal budget, does not count."
    ),
    "WMO-declaraties naar leeftijdsklasse": "WMO claims by age class",
    "Wat kost de WMO-ondersteuning per leeftijdsklasse?": "What does WMO support cost by age class?",
    "Kosten van trajecten": "Costs of trajectories",
    "Kosten van trajecten naar soort": "Costs of trajectories by kind",
    "Wat kosten de trajecten naar werk per soort?": "What do trajectories to work cost by kind?",
    "De kosten zijn die van het hele traject, ook van de maanden buiten de twaalf.": (
        "The costs are those of the whole trajectory, including the months outside the twelve."
    ),
    "In een eerdere uitgifte staan al bedragen. Twee keer exacte bedragen van bijna dezelfde inwoners laten in hun "
    "verschil het bedrag van een enkele inwoner zien.": (
        "An earlier release holds amounts already. Exact amounts of nearly the same residents, twice, show in their "
        "difference the amount of a single resident."
    ),
    "De aantallen in deze uitgifte zijn afgerond; een exact bedrag daarnaast zou meer zeggen dan het aantal.": (
        "The counts of this release are rounded; an exact amount beside them would tell more than the count."
    ),
    "Er zijn te weinig inwoners met een bedrag, of een van hen heeft er een te groot deel van.": (
        "Too few residents have an amount, or one of them has too large a part of it."
    ),
    "Deel van de trajecten dat nu bij WSD is ingekocht": "Share of trajectories now bought from WSD",
    "evaluatierapport, verdeling inkoop dienstverlening 2019: 84 van 224 bij WSD; in aantallen, niet in euro": (
        "evaluation report, division of services bought in 2019: 84 of 224 from WSD; in numbers, not in euros"
    ),
    "Prijs van een traject bij WSD, ten opzichte van het gemiddelde nu": (
        "Price of a trajectory at WSD, relative to the mean now"
    ),
    "aanname: 10 % duurder; tarieven per aanbieder zijn niet geleverd": (
        "assumption: 10% dearer; rates by provider were not delivered"
    ),
    "Deel bij WSD in het budgetneutrale scenario": "Share at WSD in the budget-neutral scenario",
    "aanname: de helft": "assumption: half",
    "Deel dat lokaal wordt aangevuld met inkoop bij WSD": "Share bought from WSD beside local work",
    "aanname: een kwart": "assumption: a quarter",
    "Vaste lokale kosten per jaar bij lokaal plus inkoop": "Fixed local costs a year with local plus purchase",
    "evaluatierapport, budget: projectleiding Vught 2018; dat die ook voor later geldt is een aanname": (
        "evaluation report, budget: project management Vught 2018; that it holds later too is an assumption"
    ),
    "Deel van de inkoop bij WSD dat blijft in het 80 %-scenario": (
        "Share of the purchase from WSD that stays in the 80% scenario"
    ),
    "80 %-scenario van het evaluatierapport; onze uitleg, te bevestigen aan de tekst": (
        "80% scenario of the evaluation report; our reading, to be confirmed by its text"
    ),
    "Krimp van de doelgroep tot 2030": "Shrink of the target group until 2030",
    "evaluatierapport: 10 % krimp tot 2030; te bevestigen aan de tekst": (
        "evaluation report: 10% shrink until 2030; to be confirmed by its text"
    ),
    "Nu": "Now",
    "De kosten van trajecten zoals deze uitgifte ze publiceert.": (
        "The costs of trajectories as this release publishes them."
    ),
    "Alles naar WSD": "All to WSD",
    "Elk traject wordt bij WSD ingekocht, voor evenveel inwoners.": (
        "Every trajectory is bought from WSD, for as many residents."
    ),
    "Budgetneutraal": "Budget-neutral",
    "De kosten blijven gelijk; wat een ander deel bij WSD meer of minder kost, verandert hoeveel inwoners een traject "
    "krijgen.": (
        "The costs stay the same; what another share at WSD costs more or less changes how many residents get a "
        "trajectory."
    ),
    "Lokaal plus inkoop": "Local plus purchase",
    "De gemeente voert het meeste zelf uit, met vaste kosten, en koopt de rest bij WSD in.": (
        "The municipality does most of it itself, with fixed costs, and buys the rest from WSD."
    ),
    "80 % met krimp tot 2030": "80% with shrink until 2030",
    "Een deel van de huidige inkoop bij WSD blijft, de rest wordt lokaal; de doelgroep is in 2030 gekrompen.": (
        "A part of the present purchase from WSD stays, the rest becomes local; the target group has shrunk by 2030."
    ),
}
