"""What the evaluation report printed and a release does not hold, with the rule that withholds it.

Everything here can be computed from client records (`tests.oracles.evaluation` does, and holds it against the report)
or is declared as a reference figure (`schemas.reference`), so that it is a choice and no gap.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Withheld:
    """One analysis that is not published.

    Attributes:
        table: Table of the evaluation report.
        subject: What it tells, in Dutch, as a reader knows it.
        rule: Why it is not published, in Dutch.
        instead: What a release does tell, in Dutch; names our table where there is one.
    """

    table: str
    subject: str
    rule: str
    instead: str


WITHHELD: tuple[Withheld, ...] = (
    Withheld(
        "T04", "Projectbudget",
        "Komt niet uit gegevens van inwoners en is geen uitkomst van deze analyse.",
        "Het staat als cijfer van de gemeente naast de tabellen.",
    ),
    Withheld(
        "T06 en T08", "Pilot: onderdelen, doelen, uren, stappen per domein en participatie",
        "Er waren weinig deelnemers. Een verdeling over onderdeel, domein of uren gaat over minder dan 10 inwoners, en "
        "de domeinen zeggen iets over gezondheid.",
        "Tabel T28: aanmeldingen, en hoeveel er in traject kwamen.",
    ),
    Withheld(
        "T09", "Pilot: gefactureerde en verwachte bedragen",
        "Een som van geld vraagt 100 bijdragers, of ten minste 10 met een reden; die waren er niet bij elk onderdeel, "
        "en een bedrag volgt uit het totaal en het andere. Bedragen per kandidaat zijn gegevens van een persoon.",
        "Het projectbudget van de gemeente noemt het totaal.",
    ),
    Withheld(
        "T10", "Participatiewet in eerdere jaren",
        "Opnieuw geteld verschilt een eerder jaar door late wijzigingen enkele inwoners van wat toen is gepubliceerd; "
        "dat verschil wijst hen aan.",
        "Tabel T01, uit een run op die peildatum: het grootboek beoordeelt de uitgiften samen.",
    ),
    Withheld(
        "T10", "Wsw en prognoses",
        "Komen niet uit gegevens van inwoners in deze leveringen.",
        "Ze staan als cijfer van de gemeente naast de tabellen.",
    ),
    Withheld(
        "T11", "Aantal ingekochte diensten",
        "Een aantal diensten is een som en geen aantal inwoners; naast het aantal inwoners verraadt het wie er meer "
        "dan een heeft.",
        "Tabel T20: inwoners naar aanbieder.",
    ),
    Withheld(
        "T12", "Aantal aanbieders per trede",
        "Een aanbieder kan een eenmanszaak zijn, en bijna alle aantallen liggen onder de 10 of er vlak boven.",
        "Tabel T03: inwoners per trede.",
    ),
    Withheld(
        "T14", "Gemiddelde loonwaarde per soort detachering",
        "Beschut, doorstroom en individueel hebben minder dan 10 bijdragers. Van wie in een groep werkt en van de rest "
        "samen zou het wel kunnen, maar tabellen van sommen gaan in een uitgifte alleen over geld.",
        "Tabel T24: aantallen, met wat niet in een groep werkt samen.",
    ),
    Withheld(
        "T14", "Laagste en hoogste loonwaarde",
        "Een laagste of hoogste waarde is altijd die van een persoon. Zij worden nooit gepubliceerd.",
        "Niets.",
    ),
    Withheld(
        "T15", "Redenen van uitval van enkele inwoners",
        "Een aantal van 1 tot en met 9 wijst personen aan, en de redenen zeggen iets over hun gezondheid.",
        "Tabellen T25 en T26, met de redenen samen.",
    ),
    Withheld(
        "T19", "Realisatie van de taakstelling op andere dagen",
        "Twee dagen vlak na elkaar verschillen enkele inwoners, en dat verschil wijst hen aan.",
        "Tabel T22 op de peildatum, met de taakstelling van de gemeente ernaast.",
    ),
)  # fmt: skip
