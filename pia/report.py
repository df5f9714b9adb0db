"""Findings to the privacy officer's dossier: Markdown, Dutch, without a value of a person.

The dossier holds counts below the threshold (rows in quarantine, reasons of suppression).
It is for the officer and stays in the work folder; it is not part of a release.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from pia.evidence import Delivered, Evidence, Finding
from pia.measures import Measure
from pia.organisation import ORGANISATIONAL_MEASURES
from pia.register import TO_BE_CONFIRMED, markdown_table
from schemas.names import VALUE
from schemas.states import Released
from transforms.contract import RuleCount
from transforms.link import LinkCount


@dataclass(frozen=True, eq=False)
class RunFacts:
    """What the officer reads beside the findings; counts of rows and cells only."""

    run_id: str
    released: tuple[Released, ...]
    delivered: tuple[Delivered, ...]
    counts: tuple[RuleCount, ...]
    linked: tuple[LinkCount, ...]
    explanation: pl.DataFrame


def dossier(evidence: Evidence, findings: Sequence[tuple[Measure, Finding]], facts: RunFacts) -> str:
    """The whole dossier of one run; `explanation` is the frame of `disclosure.explain`."""
    parts = (
        _opening(evidence, findings, facts),
        "## 1. Maatregelen die de software uitvoert\n\n" + _measures(findings),
        "## 2. Organisatorische maatregelen\n\n" + _organisation(evidence.today),
        "## 3. Leveringen en quarantaine\n\n" + _deliveries(facts),
        "## 4. Koppeling\n\n" + _links(facts.linked),
        "## 5. Wat wordt gepubliceerd\n\n" + _tables(facts.released),
        "## 6. Waarom een cel leeg is\n\n" + _suppressions(facts.explanation),
        "## 7. Uw besluit\n\n" + _decision(facts.run_id),
    )
    return "\n\n".join(parts) + "\n"


def _opening(evidence: Evidence, findings: Sequence[tuple[Measure, Finding]], facts: RunFacts) -> str:
    broken = sum(not finding.holds for _, finding in findings)
    verdict = "alle maatregelen houden stand" if not broken else f"{broken} maatregel(en) houden geen stand"
    demo = "**DEMO: verzonnen inwoners, niet voor besluitvorming.**\n\n" if evidence.profile.demo else ""
    return (
        f"# Dossier bestandsanalyse {evidence.profile.gemeente}, peildatum {evidence.peildatum:%d-%m-%Y}\n\n{demo}"
        f"Run `{facts.run_id}`, profiel `{evidence.profile.id}`. Oordeel van de software: **{verdict}**.\n\n"
        f"De DPIA is een concept en de grondslagen zijn {TO_BE_CONFIRMED}. Dit dossier is vertrouwelijk: het noemt "
        "kleine aantallen en hoort niet bij de uitgifte."
    )


def _measures(findings: Sequence[tuple[Measure, Finding]]) -> str:
    rows = (
        (m.id, m.text, m.risk, m.basis, "houdt stand" if finding.holds else "**houdt geen stand**", finding.seen)
        for m, finding in findings
    )
    return markdown_table(("Maatregel", "Tekst", "Risico", "Grondslag", "Oordeel", "Gezien"), rows)


def _organisation(today: date) -> str:
    rows = (
        (m.id, m.text, m.owner, m.evidence, "**verlopen**" if m.expired(today) else f"{m.valid_until:%d-%m-%Y}")
        for m in ORGANISATIONAL_MEASURES
    )
    return markdown_table(("Maatregel", "Tekst", "Eigenaar", "Bewijs", "Geldig tot en met"), rows)


def _deliveries(facts: RunFacts) -> str:
    delivered = markdown_table(
        ("Levering", "Rijen", "Door", "Quarantaine"),
        ((one.source, str(one.rows), str(one.valid), str(one.quarantined)) for one in facts.delivered),
    )
    broken = [one for one in facts.counts if one.rows]
    rules = markdown_table(
        ("Levering", "Kolom", "Regel", "Rijen", "Grens"),
        ((one.source, one.column, one.text, str(one.rows), str(one.allowed)) for one in broken),
    )
    return f"{delivered}\n\nRegels waar rijen niet aan voldoen (van {len(facts.counts)} regels):\n\n{rules}"


def _links(linked: Sequence[LinkCount]) -> str:
    table = markdown_table(
        ("Levering", "Rijen", "Van iemand met een lopende regeling", "Niet gekoppeld"),
        ((one.source, str(one.rows), str(one.linked), str(one.rows - one.linked)) for one in linked),
    )
    return f"{table}\n\nRijen zonder geldig BSN staan in quarantaine en worden nooit gekoppeld."


def _tables(released: Sequence[Released]) -> str:
    rows = (
        (table.spec.id, table.spec.title, str(table.frame.height), str(table.frame[VALUE].null_count()))
        for table in released
    )
    return markdown_table(("Tabel", "Titel", "Cellen", "Waarvan niet gepubliceerd"), rows)


def _suppressions(explanation: pl.DataFrame) -> str:
    rows = ([str(value) for value in row] for row in explanation.iter_rows())
    return "Per cel de reden, en wat iemand met alle tabellen er nog over kan zeggen.\n\n" + markdown_table(
        explanation.columns, rows
    )


def _decision(run_id: str) -> str:
    return (
        "Controleer de tabellen en het rapport in de map `te-publiceren` naast dit dossier. Akkoord geeft u met\n\n"
        f"    bestandsanalyse approve {run_id} --key UW-SLEUTEL\n\n"
        "Uw handtekening staat over precies deze bestanden en dit dossier. "
        "Zonder handtekening wordt niets gepubliceerd."
    )
