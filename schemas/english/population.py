"""English of the axes, and of the tables of stock: T01 to T06."""

POPULATION = {
    # Axes
    "Regeling": "Scheme",
    "Leeftijd op de peildatum": "Age on the reference date",
    "Trede op de participatieladder": "Rung of the participation ladder",
    "Tijd sinds de eerste uitkering of voorziening": "Time since the first benefit or provision",
    "Soort WMO-voorziening": "Kind of WMO provision",
    # Categories and subtotals
    "Totaal": "Total",
    "onbekend": "unknown",
    "alleen Participatiewet": "Participatiewet only",
    "Participatiewet en WMO": "Participatiewet and WMO",
    "alleen WMO": "WMO only",
    "Participatiewet (met of zonder WMO)": "Participatiewet (with or without WMO)",
    "WMO (met of zonder Participatiewet)": "WMO (with or without Participatiewet)",
    "jonger dan 27": "younger than 27",
    "27 tot en met 44": "27 to 44",
    "45 tot en met 54": "45 to 54",
    "55 tot en met 65": "55 to 65",
    "66 of ouder": "66 or older",
    "1 Geïsoleerd": "1 Isolated",
    "2 Sociale contacten buitenshuis": "2 Social contacts outside the home",
    "3 Deelname georganiseerde activiteiten": "3 Takes part in organised activities",
    "4 Onbetaald werk": "4 Unpaid work",
    "5 Betaald werk met ondersteuning": "5 Paid work with support",
    "6 Betaald werk": "6 Paid work",
    "onbekend of ouder dan 12 maanden": "unknown or older than 12 months",
    "1 en 2 samen": "1 and 2 together",
    "3 en 4 samen": "3 and 4 together",
    "5 en 6 samen": "5 and 6 together",
    "korter dan 1 jaar": "less than 1 year",
    "1 tot 3 jaar": "1 to 3 years",
    "3 tot 5 jaar": "3 to 5 years",
    "5 tot 10 jaar": "5 to 10 years",
    "10 jaar of langer": "10 years or longer",
    "Hulp bij het huishouden": "Domestic help",
    "Begeleiding": "Guidance and support",
    "Persoonlijke verzorging": "Personal care",
    "Kortdurend verblijf": "Short stay",
    "Woondiensten": "Housing services",
    "Overige ondersteuning individu of huishouden": "Other support of a person or household",
    "Dagbesteding": "Day activities",
    "Vervoerdiensten": "Transport services",
    "Overige groepsgerichte ondersteuning": "Other support in groups",
    "Overige maatwerkarrangementen": "Other tailored arrangements",
    "Rolstoelen": "Wheelchairs",
    "Vervoervoorzieningen": "Transport aids",
    "Woonvoorzieningen": "Housing adaptations",
    "Overige hulpmiddelen": "Other aids",
    "Beschermd wonen": "Sheltered housing",
    "Opvang": "Shelter",
    "Spoedopvang": "Emergency shelter",
    "Overige beschermd wonen en opvang": "Other sheltered housing and shelter",
    # T01
    "Inwoners naar regeling": "Residents by scheme",
    "Hoeveel inwoners vallen onder de Participatiewet, de WMO of beide?": (
        "How many residents come under the Participatiewet, the WMO or both?"
    ),
    "Geteld zijn inwoners met een uitkering of voorziening die op de peildatum loopt.": (
        "Counted are residents with a benefit or provision that runs on the reference date."
    ),
    "De Participatiewet is hier met IOAW en IOAZ.": "The Participatiewet here includes IOAW and IOAZ.",
    # T02
    "Inwoners naar leeftijdsklasse en regeling": "Residents by age class and scheme",
    "Hoe oud zijn de inwoners die gebruikmaken van de Participatiewet en de WMO?": (
        "How old are the residents who use the Participatiewet and the WMO?"
    ),
    "Is de geboortedag onbekend, dan telt de klasse alleen mee als die toch vaststaat.": (
        "If the day of birth is unknown, the class counts only where it is certain all the same."
    ),
    # T03
    "Inwoners naar trede op de participatieladder en regeling": (
        "Residents by rung of the participation ladder and scheme"
    ),
    "Op welke trede staan de inwoners, en voor wie past welke ondersteuning?": (
        "On which rung are the residents, and which support suits whom?"
    ),
    "De laatste meting in de twaalf maanden tot en met de peildatum telt.": (
        "The last measurement in the twelve months up to and including the reference date counts."
    ),
    "De ladder wordt vooral onder de Participatiewet gemeten.": (
        "The ladder is measured mainly under the Participatiewet."
    ),
    # T04
    "Inwoners naar duur en regeling": "Residents by duration and scheme",
    "Hoe lang maken inwoners al gebruik van een regeling?": "For how long have residents been using a scheme?",
    "De duur loopt vanaf de eerste ingangsdatum in de levering; onderbrekingen tellen mee.": (
        "The duration runs from the first starting date in the delivery; interruptions count as well."
    ),
    # T05
    "Inwoners met WMO naar soort voorziening": "Residents under the WMO by kind of provision",
    "Welke WMO-voorzieningen gebruiken de inwoners?": "Which WMO provisions do the residents use?",
    "Wie twee soorten voorzieningen heeft, telt bij beide; de soorten tellen op tot meer dan het totaal.": (
        "Who has two kinds of provision counts with both; the kinds add up to more than the total."
    ),
    # T06
    "Inwoners naar trede op de participatieladder en leeftijdsklasse": (
        "Residents by rung of the participation ladder and age class"
    ),
    "Op welke trede staan jongeren en 55-plussers, en waar past werkfit-aanbod?": (
        "On which rung are young people and those over 55, and where does a fit-for-work programme make sense?"
    ),
}
