"""English of what a release withholds of the evaluation report, and of the municipality's own figures beside it."""

REPORT = {
    # Asked by a researcher (`schemas.tables.asked`)
    "Hoe zijn de inwoners over deze indelingen verdeeld?": "How are the residents divided over these categories?",
    # Withheld
    "T04": "T04",
    "T09": "T09",
    "T10": "T10",
    "T11": "T11",
    "T12": "T12",
    "T14": "T14",
    "T15": "T15",
    "T19": "T19",
    "T06 en T08": "T06 and T08",
    "Projectbudget": "Project budget",
    "Komt niet uit gegevens van inwoners en is geen uitkomst van deze analyse.": (
        "It does not come from data of residents and is no result of this analysis."
    ),
    "Het staat als cijfer van de gemeente naast de tabellen.": (
        "It stands beside the tables as the municipality's figure."
    ),
    "Pilot: onderdelen, doelen, uren, stappen per domein en participatie": (
        "Pilot: parts, goals, hours, steps by domain and participation"
    ),
    "Er waren weinig deelnemers. Een verdeling over onderdeel, domein of uren gaat over minder dan 10 inwoners, en de "
    "domeinen zeggen iets over gezondheid.": (
        "There were few participants. Divided by part, domain or hours they are fewer than 10 residents, and the "
        "domains say something about health."
    ),
    "Tabel T28: aanmeldingen, en hoeveel er in traject kwamen.": (
        "Table T28: registrations, and how many got into a trajectory."
    ),
    "Pilot: gefactureerde en verwachte bedragen": "Pilot: amounts invoiced and expected",
    "Een som van geld vraagt 100 bijdragers, of ten minste 10 met een reden; die waren er niet bij elk onderdeel, en "
    "een bedrag volgt uit het totaal en het andere. Bedragen per kandidaat zijn gegevens van een persoon.": (
        "A sum of money asks for 100 contributors, or at least 10 with a reason; not every part had them, and one "
        "amount follows from the total and the other. Amounts by candidate are data of a person."
    ),
    "Het projectbudget van de gemeente noemt het totaal.": "The municipality's project budget names the total.",
    "Participatiewet in eerdere jaren": "Participatiewet in earlier years",
    "Opnieuw geteld verschilt een eerder jaar door late wijzigingen enkele inwoners van wat toen is gepubliceerd; dat "
    "verschil wijst hen aan.": (
        "Counted again, an earlier year differs by a few residents from what was published then, because of late "
        "changes; that difference points them out."
    ),
    "Tabel T01, uit een run op die peildatum: het grootboek beoordeelt de uitgiften samen.": (
        "Table T01, of a run on that reference date: the ledger judges the releases together."
    ),
    "Wsw en prognoses": "Wsw and forecasts",
    "Komen niet uit gegevens van inwoners in deze leveringen.": (
        "They do not come from data of residents in these deliveries."
    ),
    "Ze staan als cijfer van de gemeente naast de tabellen.": (
        "They stand beside the tables as the municipality's figures."
    ),
    "Aantal ingekochte diensten": "Number of services purchased",
    "Een aantal diensten is een som en geen aantal inwoners; naast het aantal inwoners verraadt het wie er meer "
    "dan een heeft.": (
        "A number of services is a sum and not a number of residents; beside the number of residents it gives away who "
        "has more than one."
    ),
    "Tabel T20: inwoners naar aanbieder.": "Table T20: residents by provider.",
    "Aantal aanbieders per trede": "Number of providers by rung",
    "Een aanbieder kan een eenmanszaak zijn, en bijna alle aantallen liggen onder de 10 of er vlak boven.": (
        "A provider can be a one-person firm, and nearly all numbers are below 10 or just above."
    ),
    "Tabel T03: inwoners per trede.": "Table T03: residents by rung.",
    "Gemiddelde loonwaarde per soort detachering": "Mean productivity by kind of secondment",
    "Beschut, doorstroom en individueel hebben minder dan 10 bijdragers. Van wie in een groep werkt en van de rest "
    "samen zou het wel kunnen, maar tabellen van sommen gaan in een uitgifte alleen over geld.": (
        "Sheltered, moving on and individual have fewer than 10 contributors. Of those who work in a group and of the "
        "others together it could be told, but the tables of sums in a release are of money only."
    ),
    "Tabel T24: aantallen, met wat niet in een groep werkt samen.": (
        "Table T24: counts, with those who do not work in a group together."
    ),
    "Laagste en hoogste loonwaarde": "Lowest and highest productivity",
    "Een laagste of hoogste waarde is altijd die van een persoon. Zij worden nooit gepubliceerd.": (
        "A lowest or highest value is always that of a person. They are never published."
    ),
    "Niets.": "Nothing.",
    "Redenen van uitval van enkele inwoners": "Reasons of dropout of a few residents",
    "Een aantal van 1 tot en met 9 wijst personen aan, en de redenen zeggen iets over hun gezondheid.": (
        "A count of 1 to 9 points to persons, and the reasons say something about their health."
    ),
    "Tabellen T25 en T26, met de redenen samen.": "Tables T25 and T26, with the reasons together.",
    "Realisatie van de taakstelling op andere dagen": "The target realised on other days",
    "Twee dagen vlak na elkaar verschillen enkele inwoners, en dat verschil wijst hen aan.": (
        "Two days close together differ by a few residents, and that difference points them out."
    ),
    "Tabel T22 op de peildatum, met de taakstelling van de gemeente ernaast.": (
        "Table T22 on the reference date, with the municipality's target beside it."
    ),
    # Reference figures: subjects, periods and units
    "Overhead WSD": "Overhead WSD",
    "Personele inzet WSD": "Staff of WSD",
    "Projectleiding Vught": "Project management Vught",
    "Inkoop diensten WSD": "Services bought from WSD",
    "Planregie en OAD Vught": "Planregie and OAD Vught",
    "Bestandsanalyse Vught": "Population analysis Vught",
    "Beschikbaar ontwikkelbudget": "Development budget available",
    "Besteedbaar 2019": "To be spent in 2019",
    "Wsw": "Wsw",
    "Participatiewet, prognose": "Participatiewet, forecast",
    "Participatiebudget besteed bij WSD, laagste": "Participation budget spent at WSD, lowest",
    "Participatiebudget besteed bij WSD, hoogste": "Participation budget spent at WSD, highest",
    "Re-integratiebudget lokaal besteed, laagste": "Reintegration budget spent locally, lowest",
    "Re-integratiebudget lokaal besteed, hoogste": "Reintegration budget spent locally, highest",
    "Taakstelling Transitie Arrangement": "Target of the Transitie Arrangement",
    "totaal": "total",
    "meerjarig": "several years",
    "reservering 2019": "reserved 2019",
    **{str(year): str(year) for year in range(2017, 2022)},
    "euro": "euro",
    "personen": "persons",
    "procent": "per cent",
}
