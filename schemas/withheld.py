"""What the evaluation report printed and a release does not hold, with the rule that withholds it.

Everything here can be computed from client records (`tests.oracles.evaluation` does, and holds it against the report)
or is declared as a reference figure (`schemas.reference`), so that it is a choice and no gap.
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
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
        table="T04",
        subject="Projectbudget",
        rule="Komt niet uit gegevens van inwoners en is geen uitkomst van deze analyse.",
        instead="Het staat als cijfer van de gemeente naast de tabellen.",
    ),
    Withheld(
        table="T06 en T08",
        subject="Pilot: onderdelen, doelen, uren, stappen per domein en participatie",
        rule="Er waren weinig deelnemers. Een verdeling over onderdeel, domein of uren gaat over minder dan 10 inwoners, en "
        "de domeinen zeggen iets over gezondheid.",
        instead="Tabel T28: aanmeldingen, en hoeveel er in traject kwamen.",
    ),
    Withheld(
        table="T09",
        subject="Pilot: gefactureerde en verwachte bedragen",
        rule="Een som van geld vraagt 100 bijdragers, of ten minste 10 met een reden; die waren er niet bij elk onderdeel, "
        "en een bedrag volgt uit het totaal en het andere. Bedragen per kandidaat zijn gegevens van een persoon.",
        instead="Het projectbudget van de gemeente noemt het totaal.",
    ),
    Withheld(
        table="T10",
        subject="Participatiewet in eerdere jaren",
        rule="Opnieuw geteld verschilt een eerder jaar door late wijzigingen enkele inwoners van wat toen is gepubliceerd; "
        "dat verschil wijst hen aan.",
        instead="Tabel T01, uit een run op die peildatum: het grootboek beoordeelt de uitgiften samen.",
    ),
    Withheld(
        table="T10",
        subject="Wsw en prognoses",
        rule="Komen niet uit gegevens van inwoners in deze leveringen.",
        instead="Ze staan als cijfer van de gemeente naast de tabellen.",
    ),
    Withheld(
        table="T11",
        subject="Aantal ingekochte diensten",
        rule="Een aantal diensten is een som en geen aantal inwoners; naast het aantal inwoners verraadt het wie er meer "
        "dan een heeft.",
        instead="Tabel T20: inwoners naar aanbieder.",
    ),
    Withheld(
        table="T12",
        subject="Aantal aanbieders per trede",
        rule="Een aanbieder kan een eenmanszaak zijn, en bijna alle aantallen liggen onder de 10 of er vlak boven.",
        instead="Tabel T03: inwoners per trede.",
    ),
    Withheld(
        table="T14",
        subject="Gemiddelde loonwaarde per soort detachering",
        rule="Beschut, doorstroom en individueel hebben minder dan 10 bijdragers. Van wie in een groep werkt en van de rest "
        "samen zou het wel kunnen, maar tabellen van sommen gaan in een uitgifte alleen over geld.",
        instead="Tabel T24: aantallen, met wat niet in een groep werkt samen.",
    ),
    Withheld(
        table="T14",
        subject="Laagste en hoogste loonwaarde",
        rule="Een laagste of hoogste waarde is altijd die van een persoon. Zij worden nooit gepubliceerd.",
        instead="Niets.",
    ),
    Withheld(
        table="T15",
        subject="Redenen van uitval van enkele inwoners",
        rule="Een aantal van 1 tot en met 9 wijst personen aan, en de redenen zeggen iets over hun gezondheid.",
        instead="Tabellen T25 en T26, met de redenen samen.",
    ),
    Withheld(
        table="T19",
        subject="Realisatie van de taakstelling op andere dagen",
        rule="Twee dagen vlak na elkaar verschillen enkele inwoners, en dat verschil wijst hen aan.",
        instead="Tabel T22 op de peildatum, met de taakstelling van de gemeente ernaast.",
    ),
)
