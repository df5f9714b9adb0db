"""The letter to a resident who used a right.

In Dutch, for the officer to complete and confirm; it holds no BSN.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pia.register import TO_BE_CONFIRMED, markdown_table
from schemas.rights import ARTICLE, Right
from schemas.sources import RETENTION_MONTHS, SOURCES
from schemas.tables import TABLES
from schemas.tables.sums import SUMS
from transforms.language.numerals import DUTCH

_TITLE = {
    Right.ACCESS: "Uw verzoek om inzage",
    Right.RECTIFY: "Uw verzoek om rectificatie",
    Right.ERASE: "Uw verzoek om wissing",
    Right.RESTRICT: "Uw verzoek om beperking",
    Right.OBJECT: "Uw bezwaar",
    Right.LIFT: "Het einde van uw beperking, bezwaar of ander verzoek",
}
_DONE = {
    Right.ACCESS: "Wij hebben opgezocht wat de bestandsanalyse van u bewaart. Er is niets veranderd.",
    Right.RECTIFY: (
        "De bestandsanalyse krijgt haar gegevens van de afdeling die uw uitkering of voorziening uitvoert; daar moeten "
        "zij worden verbeterd. Totdat dat is gebeurd, gebruiken wij uw gegevens in geen nieuwe analyse."
    ),
    Right.ERASE: (
        "Wij hebben alle regels over u verwijderd die hier nog stonden: uit de leveringen (nieuw of in het archief), "
        "uit de regels die apart waren gezet omdat er een fout in staat, en uit de lijst waarmee wij u terugvinden. In "
        "een nieuwe levering kunt u weer voorkomen; wij laten u daaruit weg voordat er iets van wordt bewaard."
    ),
    Right.RESTRICT: (
        "Wij bewaren wat er nu van u is, maar gebruiken het in geen nieuwe analyse, totdat de beperking eindigt."
    ),
    Right.OBJECT: "Wij laten u weg uit elke nieuwe analyse.",
    Right.LIFT: (
        "De reden om u weg te laten is beëindigd. (Voor de functionaris: gaat het om een beperking, dan hoort de "
        "inwoner dit voordat zij wordt opgeheven.)"
    ),
}
_NOTHING_ERASED = (
    "Er staan hier geen regels (meer) over u. In een nieuwe levering kunt u voorkomen; wij laten u daaruit weg "
    "voordat er iets van wordt bewaard."
)
_ERASED_IN_PART = (
    "Wij hebben de regels over u verwijderd die wij konden vinden. Een deel van de bestanden is beschadigd; daarin is "
    "dit nog niet gelukt. Wij laten u weg uit elke nieuwe analyse."
)
_PUBLISHED = (
    "Tabellen die al zijn gepubliceerd, veranderen niet. Er staan alleen aantallen en bedragen in van groepen, en het "
    "programma heeft bewezen dat daaruit niet volgt dat er 1 tot en met 9 inwoners in een groep zijn. Een nieuwe "
    "uitgifte wordt naast alle eerdere gelegd: zou te zien zijn dat een enkele inwoner is weggelaten, dan wordt zij "
    "tegengehouden."
)
_STATISTICS = (
    "De wet kent uitzonderingen op deze rechten als gegevens alleen voor statistiek of onderzoek worden gebruikt "
    "(AVG art. 89 lid 2 en art. 17 lid 3 onder d, UAVG art. 44). Dit programma heeft er geen beroep op gedaan. Of dat "
    "in uw geval anders is, is "
)


_FOUND = (
    *("Peildatum", "Levering", "Regels over u", "Waarvan apart gezet"),
    *("Levering in het archief", "Bewaard tot en met"),
)


@dataclass(frozen=True)
class Held:
    """Rows that one run holds of a person.

    Until when, and per source id the number of rows and of those in quarantine.
    """

    peildatum: date
    kept_until: date
    deliveries: tuple[tuple[str, int, int], ...]
    is_archived: bool


def letter(
    right: Right,
    day: date,
    holdings: Sequence[Held],
    closed: int,
    left_out_for: Sequence[tuple[Right, date]],
    *,
    damaged: int = 0,
) -> str:
    """Return the letter, as Markdown.

    Args:
        holdings: Rows as they were found, before anything was removed.
        closed: Number of runs that nobody can search any more, as their key was destroyed.
        damaged: Number of runs that could not be searched or erased from, as their files are damaged.
        left_out_for: Rights for which this person is now left out of coming runs, each with its first day.
    """
    parts = [
        f"# {_TITLE[right]}",
        f"**Concept**, aan te vullen en {TO_BE_CONFIRMED}.",
        f"{DUTCH.long_date(day)}\n\nAan: (naam en adres, in te vullen door de gemeente)",
        f"Deze brief gaat over uw gegevens in de bestandsanalyse ({ARTICLE[right]}). "
        + _action(right, holdings, damaged),
        *_rows_held(holdings, closed, damaged),
        f"## Of u meetelt in nieuwe analyses\n\n{_participation(left_out_for)}",
        *(_register_of(holdings) if right is Right.ACCESS and holdings else ()),
        f"## Wat al is gepubliceerd\n\n{_PUBLISHED}",
        f"## Uitzonderingen\n\n{_STATISTICS}{TO_BE_CONFIRMED}.",
        "U kunt vragen om inzage, rectificatie, wissing of beperking, en bezwaar maken (AVG art. 15 tot en met 18 en "
        "21). U kunt een klacht indienen bij de Autoriteit Persoonsgegevens (AVG art. 77).",
        "(naam, functie en bereikbaarheid, in te vullen door de gemeente)",
    ]
    return "\n\n".join(parts) + "\n"


def _action(right: Right, holdings: Sequence[Held], damaged: int) -> str:
    """Return what was done on this request."""
    if right is Right.ERASE and damaged:
        return _ERASED_IN_PART
    return _NOTHING_ERASED if right is Right.ERASE and not holdings else _DONE[right]


def _participation(left_out_for: Sequence[tuple[Right, date]]) -> str:
    """Return whether the resident is counted in new analyses."""
    if not left_out_for:
        return "Ja: wij laten u nergens weg. Staat u in een nieuwe levering, dan telt u mee."
    reasons = "; ".join(f"{right.value}, sinds {DUTCH.long_date(since)}" for right, since in left_out_for)
    return (
        f"Nee: wij laten u weg uit elke nieuwe analyse ({reasons}). Daarvoor bewaren wij, versleuteld, een code "
        "in de plaats van uw burgerservicenummer, de reden en de dag, totdat die reden is beëindigd."
    )


def _rows_held(holdings: Sequence[Held], closed: int, damaged: int) -> list[str]:
    """Return the section about the rows that were found."""
    files = {source.id: source.title for source in SOURCES}
    rows = [
        (
            DUTCH.long_date(run.peildatum),
            files[source],
            str(count),
            str(apart),
            "ja" if run.is_archived else "nee",
            DUTCH.long_date(run.kept_until),
        )
        for run in holdings
        for source, count, apart in run.deliveries
    ]
    table = markdown_table(_FOUND, rows) if rows else "In geen analyse waarin nog te zoeken is, staan regels over u."
    unprocessed = "Een levering die nog niet is verwerkt, is hierin niet meegeteld."
    destroyed = (
        f"Eerdere analyses waarin niemand meer kan zoeken, omdat de sleutel is vernietigd: {closed}." if closed else ""
    )
    broken = (
        f"Eerdere analyses waarvan bestanden beschadigd zijn: {damaged}. Of daarin regels over u staan, weten wij nog "
        "niet, of wij konden ze nog niet verwijderen. Wij herstellen of verwijderen die bestanden, en laten u dan "
        "weten wat wij vonden."
    )
    return [
        f"## Wat wij van u vonden\n\n{table}\n\n{unprocessed}",
        *([destroyed] if destroyed else []),
        *([broken] if damaged else []),
    ]


def _register_of(holdings: Sequence[Held]) -> list[str]:
    """Return purposes, categories, recipients and term (art. 15 lid 1) for the deliveries with this person."""
    source_ids = {source for run in holdings for source, *_ in run.deliveries}
    fields = [
        (source.title, field.meaning, field.category.value, field.purpose, field.treatment.value)
        for source in SOURCES
        if source.id in source_ids
        for field in source.fields
    ]
    tables = [*((table.id, table.title) for table in TABLES), *((table.id, table.title) for table in SUMS)]
    return [
        "## Welke gegevens, en waarvoor\n\n"
        + markdown_table(("Levering", "Gegeven", "Soort", "Doel", "Wat ermee gebeurt"), fields)
        + "\n\nDe gegevens komen uit de administratie van de gemeente. Wat vervalt, staat in de levering en wordt voor "
        f"de analyse niet gebruikt. Hoe u een kopie krijgt (AVG art. 15 lid 3), is {TO_BE_CONFIRMED}.",
        f"Regels van personen worden ten hoogste {RETENTION_MONTHS} maanden bewaard en dan verwijderd; daarna wordt de "
        "sleutel vernietigd.",
        "## Waarin u meetelt\n\nIn deze tabellen tellen inwoners mee voor wie zij gelden; u bent er niet in te vinden. "
        "Een onderzoeker en WSD krijgen alleen deze tabellen, en tabellen van dezelfde soort die zij zelf vragen.\n\n"
        + markdown_table(("Tabel", "Titel"), tables),
    ]
