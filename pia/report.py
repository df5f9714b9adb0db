"""Findings to the privacy officer's dossier: Markdown, Dutch, without a value of a person.

The dossier holds counts below the threshold (rows in quarantine, reasons of suppression).
It is for the officer and stays in the work folder; it is not part of a release.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from pia.asked_dossier import describe_question, together
from pia.evidence import Evidence, Finding
from pia.measures import Measure
from pia.organisation import ORGANISATIONAL_MEASURES
from pia.register import TO_BE_CONFIRMED, markdown_table
from pia.risks import RISKS
from schemas.names import VALUE
from schemas.states import Released, ReleasedSums
from schemas.tables.sums import AMOUNTS, WITHHELD
from transforms.disclosure import Audit
from transforms.disclosure.sums.sum_release import SumRelease
from transforms.intake.quality import Missing
from transforms.persons.link import LinkCount


@dataclass(frozen=True)
class OverTimeFacts:
    """What a release adds to earlier ones: counts only.

    Attributes:
        earlier: Names of the releases of this work folder.
        pairs: Pairs of releases that were attacked together.
        changes: Cells of which it can be proven that persons joined or left.
        is_twin: This peildatum was released before, with the same question.
        small: Those of which it can be proven that they were few; none, or nothing is published.
        together: What is left to an attacker who has the releases of the same persons, too, if there are any.
        refused: Requests that were refused.
        rejected: Runs that the officer rejected, and why, in Dutch.
    """

    earlier: tuple[str, ...]
    pairs: int = 0
    changes: int = 0
    small: int = 0
    is_twin: bool = False
    together: Audit | None = None
    refused: int = 0
    rejected: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class RunFacts:
    """What the officer reads beside the evidence; counts of rows and cells only.

    Attributes:
        missing: Empty fields of valid rows.
        explanation: `Protected.explanation`.
        beside: What the release adds to those that this work folder published before.
        sums: What was published and withheld of sums, and why.
        mark: Random, so that the hash of the dossier in a release says nothing of its content.
    """

    run_id: str
    linked: tuple[LinkCount, ...]
    missing: tuple[Missing, ...]
    explanation: pl.DataFrame
    beside: OverTimeFacts
    mark: str
    sums: SumRelease = field(default_factory=SumRelease)


def dossier(evidence: Evidence, findings: Sequence[tuple[Measure, Finding]], facts: RunFacts) -> str:
    """The whole dossier of one run, as Markdown."""
    question = evidence.profile.question
    parts = (
        _opening(evidence, findings, facts),
        *(("## Het verzoek\n\n" + describe_question(question, evidence.released),) if question else ()),
        "## 1. Maatregelen die de software uitvoert\n\n" + _measures(findings),
        "## 2. Organisatorische maatregelen\n\n" + _organisation(evidence.today),
        "## 3. Leveringen en quarantaine\n\n" + _deliveries(evidence) + _missing(facts.missing),
        "## 4. Koppeling\n\n" + _links(facts.linked),
        "## 5. Wat wordt gepubliceerd\n\n" + _tables((*evidence.released, *evidence.sums)),
        "## 6. Waarom een cel leeg is\n\n" + _suppressions(facts.explanation) + "\n\n" + _sums(facts.sums),
        "## 7. Eerdere uitgiften\n\n" + _beside(facts.beside) + _rejected(facts.beside.rejected),
        "## 8. Uw besluit\n\n" + _decision(facts),
    )
    return "\n\n".join(parts) + "\n"


def _opening(evidence: Evidence, findings: Sequence[tuple[Measure, Finding]], facts: RunFacts) -> str:
    broken = sum(not finding.holds for _, finding in findings)
    verdict = (
        f"{broken} van de {len(findings)} technische maatregelen houden geen stand"
        if broken
        else f"de {len(findings)} technische maatregelen houden stand"
    )
    organisational = f"{len(ORGANISATIONAL_MEASURES)} organisatorische maatregelen kan de software niet zien"
    demo = "**DEMO: verzonnen inwoners, niet voor besluitvorming.**\n\n" if evidence.profile.demo else ""
    return (
        f"# Dossier bestandsanalyse {evidence.profile.gemeente}, peildatum {evidence.peildatum:%d-%m-%Y}\n\n{demo}"
        f"Run `{facts.run_id}`, profiel `{evidence.profile.id}`. Oordeel van de software: **{verdict}**; "
        f"{organisational}, "
        "die bevestigt u zelf (punt 2).\n\n"
        f"Gemeentecode {evidence.profile.gemeente_code}; postcodes van de gemeente op de peildatum: "
        f"{', '.join(evidence.profile.pc4_on(evidence.peildatum))}.\n\n"
        f"De DPIA is een concept en de grondslagen zijn {TO_BE_CONFIRMED}. Dit dossier is vertrouwelijk: het noemt "
        "kleine aantallen en hoort niet bij de uitgifte."
    )


def _measures(findings: Sequence[tuple[Measure, Finding]]) -> str:
    rows = (
        (m.id, m.text, m.risk, m.basis, "houdt stand" if finding.holds else "**houdt geen stand**", finding.seen)
        for m, finding in findings
    )
    risks = "\n".join(f"- {risk.id} ({risk.level}): {risk.text}" for risk in RISKS)
    return f"De risico's, met hun niveau zonder maatregelen:\n\n{risks}\n\n" + markdown_table(
        ("Maatregel", "Tekst", "Risico", "Grondslag (te bevestigen)", "Oordeel", "Gezien"), rows
    )


def _organisation(today: date) -> str:
    rows = (
        (m.id, m.text, m.owner, m.evidence, "**verlopen**" if m.expired(today) else f"{m.valid_until:%d-%m-%Y}", "nee")
        for m in ORGANISATIONAL_MEASURES
    )
    header = (
        "Maatregel",
        "Wat waar moet zijn",
        "Eigenaar",
        "Bewijs",
        "Opnieuw bezien voor",
        "Door software aangetoond",
    )
    return markdown_table(header, rows)


def _deliveries(evidence: Evidence) -> str:
    delivered = markdown_table(
        ("Levering", "Regels", "Goedgekeurd", "Quarantaine", "Niet gelezen of vervangen", "Maanden voor de peildatum"),
        (
            (one.source, *map(str, (one.lines, one.valid, one.quarantined, one.excluded, one.months_behind)))
            for one in evidence.delivered
        ),
    )
    broken = [one for one in evidence.counts if one.rows]
    rules = markdown_table(
        ("Levering", "Kolom", "Regel", "Rijen", "Grens"),
        ((one.source, one.column, one.text, str(one.rows), str(one.allowed)) for one in broken),
    )
    return f"{delivered}\n\nRegels waar rijen niet aan voldoen (van {len(evidence.counts)} regels):\n\n{rules}"


def _missing(missing: Sequence[Missing]) -> str:
    rows = (
        (one.source, one.field, str(one.rows), str(one.missing), f"{100 * one.missing / max(one.rows, 1):.0f} %")
        for one in missing
    )
    table = markdown_table(("Levering", "Veld", "Goedgekeurde rijen", "Waarvan leeg", "Aandeel"), rows)
    return f"\n\nLege velden die de analyse gebruikt (een lege einddatum betekent dat iets loopt):\n\n{table}"


def _links(linked: Sequence[LinkCount]) -> str:
    table = markdown_table(
        ("Levering", "Rijen", "Van iemand met een lopende regeling", "Niet gekoppeld"),
        ((one.source, str(one.rows), str(one.linked), str(one.rows - one.linked)) for one in linked),
    )
    return f"{table}\n\nRijen zonder geldig BSN staan in quarantaine en worden nooit gekoppeld."


def _tables(released: Sequence[Released | ReleasedSums]) -> str:
    rows = (
        (table.spec.id, table.spec.title, str(table.frame.height), str(table.frame[VALUE].null_count()))
        for table in released
    )
    return markdown_table(("Tabel", "Titel", "Cellen", "Waarvan niet gepubliceerd"), rows)


def _suppressions(explanation: pl.DataFrame) -> str:
    rows = (
        (tabel, cel, regel, reden, f"{laag} tot en met {hoog}")
        for tabel, cel, regel, reden, laag, hoog in explanation.iter_rows()
    )
    headers = ("Tabel", "Cel", "Regel", "Waarom de cel leeg is", "Wat iemand met alle tabellen nog kan zeggen")
    return "Vertrouwelijk: wie dit naast de tabellen legt, weet welke aantallen klein zijn.\n\n" + markdown_table(
        headers, rows
    )


def _sums(sums: SumRelease) -> str:
    """Per amount why it is not published, or per blank cell which rule it breaks; bounds in whole euros."""
    titles = {amount.id: amount.title for amount in AMOUNTS}
    held = [f"- {titles[name]}: {WITHHELD[code]}" for name, code in sums.withheld.items()]
    rows = (
        (tabel, cel, regel, reden, f"€ {low // 100} tot en met {'onbegrensd' if high is None else f'€ {high // 100}'}")
        for tabel, cel, regel, reden, low, high in sums.explanation.iter_rows()
    )
    headers = ("Tabel", "Cel", "Regel", "Waarom het bedrag leeg is", "Wat iemand met alle tabellen nog kan zeggen")
    table = markdown_table(headers, rows)
    return "### Bedragen\n\n" + ("Niet gepubliceerd:\n\n" + "\n".join(held) if held else table)


def _rejected(rejected: Sequence[str]) -> str:
    return "\n\nEerder afgewezen:\n\n" + "\n".join(f"- {one}" for one in rejected) if rejected else ""


def _beside(beside: OverTimeFacts) -> str:
    if not beside.earlier:
        return "Uit deze werkmap is nog niets gepubliceerd."
    twin = (
        "**Let op.** Van deze peildatum is al een uitgifte. Twee uitgiften van een dag zijn van elkaar af te trekken; "
        "een tweede met andere inhoud wordt geweigerd.\n\n"
    )
    return (
        (twin if beside.is_twin else "")
        + together(beside.together, beside.refused)
        + f"Deze uitgifte is samen met de eerdere beoordeeld, in {beside.pairs} paren: van {beside.changes} cellen "
        f"volgt dat er veel inwoners bij kwamen of weggingen, van {beside.small} cellen dat het er weinig waren.\n\n"
        + "\n".join(f"- {name}" for name in beside.earlier)
    )


def _decision(facts: RunFacts) -> str:
    return (
        "Controleer de tabellen en het rapport in de map `te-publiceren` naast dit dossier. Akkoord geeft u met\n\n"
        f"    bestandsanalyse approve {facts.run_id} --key UW-SLEUTEL\n\n"
        "en u wijst af met `reject`. De opdracht toont wat u tekent en vraagt of u het zeker weet. Uw handtekening "
        "staat over precies deze bestanden en dit dossier: wat daarna verandert, wordt niet gepubliceerd. "
        f"Zonder handtekening ook niets.\n\nKenmerk van dit dossier: {facts.mark}"
    )
