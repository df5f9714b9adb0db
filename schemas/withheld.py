"""What the evaluation report printed and a release does not hold, with the rule that withholds it.

Everything here can be computed from client records (`tests.oracles.evaluation` does, and holds it against the report)
or is declared as a reference figure (`schemas.reference`), so that it is a choice and no gap.
"""

from dataclasses import dataclass

from schemas.text import Text, unchanged


@dataclass(frozen=True, kw_only=True)
class Withheld:
    """One analysis that is not published.

    Attributes:
        table: Table of the evaluation report.
        subject: What it tells, as a reader knows it.
        rule: Why it is not published.
        instead: What a release does tell; names our table where there is one.
    """

    table: Text
    subject: Text
    rule: Text
    instead: Text


WITHHELD: tuple[Withheld, ...] = (
    Withheld(
        table=unchanged("T04"),
        subject=Text(nl="Projectbudget", en="Project budget"),
        rule=Text(
            nl="Komt niet uit gegevens van inwoners en is geen uitkomst van deze analyse.",
            en="It does not come from data of residents and is no result of this analysis.",
        ),
        instead=Text(
            nl="Het staat als cijfer van de gemeente naast de tabellen.",
            en="It stands beside the tables as the municipality's figure.",
        ),
    ),
    Withheld(
        table=Text(nl="T06 en T08", en="T06 and T08"),
        subject=Text(
            nl="Pilot: onderdelen, doelen, uren, stappen per domein en participatie",
            en="Pilot: parts, goals, hours, steps by domain and participation",
        ),
        rule=Text(
            nl=(
                "De domeinen en doelen zeggen iets over gezondheid, en uren zijn een som; tabellen van sommen gaan "
                "in een uitgifte alleen over geld."
            ),
            en=(
                "The domains and goals say something about health, and hours are a sum; the tables of sums in a "
                "release are of money only."
            ),
        ),
        instead=Text(
            nl="Tabel T28: aanmeldingen, en hoeveel er in traject kwamen.",
            en="Table T28: registrations, and how many got into a trajectory.",
        ),
    ),
    Withheld(
        table=unchanged("T09"),
        subject=Text(
            nl="Pilot: gefactureerde en verwachte bedragen",
            en="Pilot: amounts invoiced and expected",
        ),
        rule=Text(
            nl=(
                "Een som van geld vraagt 100 bijdragers, of ten minste 10 met een reden, en een bedrag mag niet uit "
                "het totaal en het andere volgen. Bedragen per kandidaat zijn gegevens van een persoon."
            ),
            en=(
                "A sum of money asks for 100 contributors, or 10 or more with a reason, and an amount may not follow "
                "from the total and the other one. Amounts by candidate are data of a person."
            ),
        ),
        instead=Text(
            nl="Het projectbudget van de gemeente noemt het totaal.",
            en="The municipality's project budget names the total.",
        ),
    ),
    Withheld(
        table=unchanged("T10"),
        subject=Text(nl="Participatiewet in eerdere jaren", en="Participatiewet in earlier years"),
        rule=Text(
            nl=(
                "Opnieuw geteld kan een eerder jaar door late wijzigingen anders zijn dan wat toen is gepubliceerd; "
                "het verschil kan inwoners aanwijzen."
            ),
            en=(
                "Counted again, an earlier year may differ from what was published then, because of late changes; the "
                "difference may point out residents."
            ),
        ),
        instead=Text(
            nl="Tabel T01, uit een run op die peildatum: het grootboek beoordeelt de uitgiften samen.",
            en="Table T01, of a run on that reference date: the ledger judges the releases together.",
        ),
    ),
    Withheld(
        table=unchanged("T10"),
        subject=Text(nl="Wsw en prognoses", en="Wsw and forecasts"),
        rule=Text(
            nl="Komen niet uit gegevens van inwoners in deze leveringen.",
            en="They do not come from data of residents in these deliveries.",
        ),
        instead=Text(
            nl="Ze staan als cijfer van de gemeente naast de tabellen.",
            en="They stand beside the tables as the municipality's figures.",
        ),
    ),
    Withheld(
        table=unchanged("T11"),
        subject=Text(nl="Aantal ingekochte diensten", en="Number of services purchased"),
        rule=Text(
            nl=(
                "Een aantal diensten is een som en geen aantal inwoners; naast het aantal inwoners verraadt het wie "
                "er meer dan een heeft."
            ),
            en=(
                "A number of services is a sum and not a number of residents; beside the number of residents it gives "
                "away who has more than one."
            ),
        ),
        instead=Text(
            nl="Tabel T20: inwoners naar aanbieder.",
            en="Table T20: residents by provider.",
        ),
    ),
    Withheld(
        table=unchanged("T12"),
        subject=Text(nl="Aantal aanbieders per trede", en="Number of providers by rung"),
        rule=Text(
            nl="Een aanbieder kan een eenmanszaak zijn, en bijna alle aantallen liggen onder de 10 of er vlak boven.",
            en="A provider can be a one-person firm, and nearly all numbers are below 10 or just above.",
        ),
        instead=Text(nl="Tabel T03: inwoners per trede.", en="Table T03: residents by rung."),
    ),
    Withheld(
        table=unchanged("T14"),
        subject=Text(
            nl="Gemiddelde loonwaarde per soort detachering",
            en="Mean productivity by kind of secondment",
        ),
        rule=Text(
            nl="Een gemiddelde komt uit een som, en tabellen van sommen gaan in een uitgifte alleen over geld.",
            en="A mean is made of a sum, and the tables of sums in a release are of money only.",
        ),
        instead=Text(
            nl="Tabel T24: aantallen, met wat niet in een groep werkt samen.",
            en="Table T24: counts, with those who do not work in a group together.",
        ),
    ),
    Withheld(
        table=unchanged("T14"),
        subject=Text(nl="Laagste en hoogste loonwaarde", en="Lowest and highest productivity"),
        rule=Text(
            nl="Een laagste of hoogste waarde is altijd die van een persoon. Zij worden nooit gepubliceerd.",
            en="A lowest or highest value is always that of a person. They are never published.",
        ),
        instead=Text(nl="Niets.", en="Nothing."),
    ),
    Withheld(
        table=unchanged("T15"),
        subject=Text(
            nl="Redenen van uitval, elk apart",
            en="Reasons of dropout, each by itself",
        ),
        rule=Text(
            nl=(
                "De redenen zeggen iets over gezondheid: een reden staat er alleen apart als uit alle tabellen samen "
                "niet volgt om wie het gaat."
            ),
            en=(
                "The reasons say something about health: a reason stands apart only if all tables together do not "
                "tell whose it is."
            ),
        ),
        instead=Text(
            nl="Tabellen T25 en T26, waar de redenen ook samen staan.",
            en="Tables T25 and T26, where the reasons also stand together.",
        ),
    ),
    Withheld(
        table=unchanged("T19"),
        subject=Text(
            nl="Realisatie van de taakstelling op andere dagen",
            en="The target realised on other days",
        ),
        rule=Text(
            nl="Van twee dagen vlak na elkaar is het verschil te berekenen, en dat kan inwoners aanwijzen.",
            en="Of two days close together the difference can be computed, and it may point out residents.",
        ),
        instead=Text(
            nl="Tabel T22 op de peildatum, met de taakstelling van de gemeente ernaast.",
            en="Table T22 on the reference date, with the municipality's target beside it.",
        ),
    ),
)
