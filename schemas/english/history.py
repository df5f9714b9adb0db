"""English of the tables after the evaluation report: services, Transitie Arrangement, LKS jobs, the OGDB pilot."""

HISTORY = {
    "Geteld is ook wie op de peildatum geen lopende uitkering of voorziening heeft.": (
        "Also counted is who has no running benefit or provision on the reference date."
    ),
    "Stand": "Standing",
    "met een lopende uitkering of WMO-voorziening": "with a running benefit or WMO provision",
    "alleen in eerdere jaren, of met een baan zonder uitkering": "only in earlier years, or with a job without benefit",
    "Inwoners met Participatiewet naar aanbieder van ingekochte dienstverlening": (
        "Residents under the Participatiewet by provider of purchased services"
    ),
    "Van wie koopt de gemeente dienstverlening voor inwoners onder de Participatiewet?": (
        "From whom does the municipality buy services for residents under the Participatiewet?"
    ),
    "Geteld zijn inwoners met een voorziening die dit kalenderjaar op een dag tot en met de peildatum liep.": (
        "Counted are residents with a provision that ran on any day of this calendar year up to the reference date."
    ),
    "Met het Transitie Arrangement, zonder de Wsw. Een LKS-baan bij een werkgever is geen ingekochte dienst.": (
        "With the Transitie Arrangement, without the Wsw. An LKS job with an employer is not a purchased service."
    ),
    "Het evaluatierapport telt diensten; hier telt wie er twee heeft een keer.": (
        "The evaluation report counts services; here, who has two counts once."
    ),
    "Ingekochte dienstverlening": "Purchased services",
    "alleen van WSD": "from WSD only",
    "van WSD en van een ander": "from WSD and from another",
    "alleen van een ander": "from another only",
    "geen ingekochte dienst": "no purchased service",
    "van WSD (met of zonder een ander)": "from WSD (with or without another)",
    "van een ander (met of zonder WSD)": "from another (with or without WSD)",
    "Inwoners met een LKS-baan of in het Transitie Arrangement naar stand": (
        "Residents with an LKS job or in the Transitie Arrangement by standing"
    ),
    "Hoeveel inwoners zijn met loonkostensubsidie geplaatst, bij WSD en bij de gemeente?": (
        "How many residents were placed with a wage subsidy, at WSD and with the municipality?"
    ),
    "Geteld is wie er sinds 1 januari van twee jaar voor de peildatum op een dag in was, ook zonder uitkering.": (
        "Counted is who was in it on any day since 1 January of two years before the reference date, "
        "also without a benefit."
    ),
    "De stand bij WSD is met proefplaatsingen, zoals in het evaluatierapport.": (
        "The standing at WSD includes trial placements, as in the evaluation report."
    ),
    "Stand op de peildatum": "Standing on the reference date",
    "WSD: detachering met LKS": "WSD: secondment with LKS",
    "WSD: proefplaatsing": "WSD: trial placement",
    "gemeente: LKS-baan": "municipality: LKS job",
    "uitgestroomd": "left",
    "bij WSD geplaatst": "placed at WSD",
    "geplaatst bij WSD of de gemeente": "placed at WSD or with the municipality",
    "Transitie Arrangement of LKS-baan": "Transitie Arrangement or LKS job",
    "in het Transitie Arrangement van WSD": "in the Transitie Arrangement of WSD",
    "alleen in een LKS-baan van de gemeente": "only in an LKS job of the municipality",
    "geen van beide": "neither",
    "in het Transitie Arrangement of een LKS-baan": "in the Transitie Arrangement or an LKS job",
    "Inwoners in het Transitie Arrangement naar stand": "Residents in the Transitie Arrangement by standing",
    "Hoe is het Transitie Arrangement samengesteld?": "How is the Transitie Arrangement composed?",
    "Inwoners in het Transitie Arrangement naar instroom": "Residents in the Transitie Arrangement by inflow",
    "Hoeveel inwoners waren er al, en hoeveel kwamen erbij?": (
        "How many residents were in it already, and how many joined?"
    ),
    "Stand op 1 januari van twee jaar eerder": "Standing on 1 January two years earlier",
    "had toen een detachering met LKS": "was then on secondment with LKS",
    "had toen een proefplaatsing": "was then in a trial placement",
    "kwam daarna": "joined later",
    "was er toen al": "was in it by then",
    "Inwoners die bij WSD zijn geplaatst naar soort detachering": "Residents placed at WSD by kind of secondment",
    "Hoeveel inwoners werken in een groep, en hoeveel op een andere manier?": (
        "How many residents work in a group, and how many in another way?"
    ),
    "Beschut, doorstroom en individueel zijn te klein om apart te tonen en staan samen als overig.": (
        "Sheltered, moving on and individual are too small to show apart and stand together as other."
    ),
    "Gemiddelde loonwaarde per soort, en laagste en hoogste, worden niet gepubliceerd.": (
        "Mean productivity by kind, and the lowest and highest, are not published."
    ),
    "Soort detachering": "Kind of secondment",
    "Beschut": "Sheltered",
    "Groep": "Group",
    "Doorstroom": "Moving on",
    "Individueel": "Individual",
    "Overig (niet in een groep)": "Other (not in a group)",
    "Inwoners in het Transitie Arrangement naar einde van de proefplaatsing": (
        "Residents in the Transitie Arrangement by end of the trial placement"
    ),
    "Waarom eindigt een proefplaatsing, en hoe vaak volgt een baan?": (
        "Why does a trial placement end, and how often does a job follow?"
    ),
    "Geteld is het laatste einde sinds 1 januari van twee jaar voor de peildatum.": (
        "Counted is the last end since 1 January of two years before the reference date."
    ),
    "Redenen van enkele inwoners staan samen als beëindigd zonder LKS-baan.": (
        "Reasons of a few residents stand together as ended without an LKS job."
    ),
    "Einde van de proefplaatsing": "End of the trial placement",
    "Arbeidsovereenkomst: doorstroom naar LKS": "Employment contract: moved on to LKS",
    "Geen verminderde loonwaarde": "No reduced productivity",
    "Teruggemeld in verband met motivatie": "Reported back because of motivation",
    "Teruggemeld, niet in staat om te werken": "Reported back, not able to work",
    "Wijziging van traject": "Change of trajectory",
    "Uitstroom naar regulier werk of uit de uitkering": "Left for regular work or left the benefit",
    "reden onbekend": "reason unknown",
    "niet beëindigd, of niet gehad": "not ended, or never had",
    "beëindigd, alle redenen samen": "ended, all reasons together",
    "beëindigd zonder LKS-baan": "ended without an LKS job",
    "Inwoners in het Transitie Arrangement naar einde van de detachering": (
        "Residents in the Transitie Arrangement by end of the secondment"
    ),
    "Waarom eindigt een detachering met loonkostensubsidie?": "Why does a secondment with a wage subsidy end?",
    "Redenen van enkele inwoners staan samen als beëindigd.": "Reasons of a few residents stand together as ended.",
    "Einde van de detachering": "End of the secondment",
    "Inwoners met een LKS-baan of in het Transitie Arrangement naar jaar van begin": (
        "Residents with an LKS job or in the Transitie Arrangement by year of start"
    ),
    "Hoeveel LKS-banen zijn dit jaar en vorig jaar gerealiseerd?": (
        "How many LKS jobs were realised this year and last year?"
    ),
    "Wie in beide jaren een LKS-baan begon, telt bij de laatste.": (
        "Who started an LKS job in both years counts with the last."
    ),
    "Begin van de laatste LKS-baan of detachering": "Start of the last LKS job or secondment",
    "begonnen in het jaar van de peildatum": "started in the year of the reference date",
    "begonnen in het jaar ervoor": "started in the year before",
    "eerder begonnen, of alleen een proefplaatsing": "started earlier, or a trial placement only",
    "in deze twee jaren": "in these two years",
    "Aanmeldingen voor de pilot ontwikkelingsgerichte dagbesteding naar stand": (
        "Registrations for the pilot of developmental day activities by standing"
    ),
    "Hoeveel inwoners zijn aangemeld, en hoeveel zijn in traject gekomen?": (
        "How many residents were registered, and how many got into a trajectory?"
    ),
    "Geteld zijn inwoners; wie twee keer is aangemeld, telt met de laatste aanmelding.": (
        "Counted are residents; who was registered twice counts with the last registration."
    ),
    "Stand van de aanmelding": "Standing of the registration",
    "Niet gestart": "Not started",
    "Lopend": "Running",
    "Afgerond, met of zonder verlenging": "Finished, with or without extension",
    "in traject: lopend of afgerond": "in a trajectory: running or finished",
    "Pilot ontwikkelingsgerichte dagbesteding": "Pilot of developmental day activities",
    "aangemeld": "registered",
    "niet aangemeld": "not registered",
}
