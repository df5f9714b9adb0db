"""The privacy officer's dossier: Markdown, Dutch, without a value of a person.

It holds counts below the threshold (rows in quarantine, reasons of suppression). It is for the officer and stays in the
work folder; it is not part of a release.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import polars as pl

from pia.evidence import DeliveryFacts, Evidence, Finding
from pia.measures import Measure
from pia.organisation import ORGANISATIONAL_MEASURES
from pia.question_dossier import describe_question, together
from pia.register import TO_BE_CONFIRMED, markdown_table
from pia.risks import RISKS
from schemas.names import VALUE
from schemas.sources import absent_sources
from schemas.specs import Profile
from schemas.states import Released, ReleasedSums
from schemas.tables import tables_of
from schemas.tables.sums import AMOUNTS, WITHHELD
from transforms.disclosure import Audit
from transforms.disclosure.sums.sum_release import SumRelease
from transforms.disclosure.suppression.utility import FIGURES, POOLED, RECORDS, TABLES, Utility
from transforms.intake.plausibility import Doubt
from transforms.intake.quality import Missing
from transforms.persons.link import LinkCount


@dataclass(frozen=True)
class OverTimeFacts:
    """Counts that a release adds to earlier ones.

    Attributes:
        earlier: Names of the releases of this work folder.
        pairs: Pairs of releases that were attacked together.
        changes: Cells that persons provably joined or left.
        is_twin: This peildatum was released before, with the same question.
        small: Cells that few persons provably joined or left; 0, or nothing is published.
        together: Result of the attack together with releases of the same persons; None if there are none.
        refused: Number of refused requests.
        rejected: Runs that the officer rejected, each with the reason, in Dutch.
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
    """Facts for the officer beside the evidence.

    Counts of rows and cells only.

    Attributes:
        missing: Empty fields of valid rows.
        explanation: `Protected.explanation`.
        over_time: Counts that the release adds to earlier ones of this work folder.
        told_elsewhere: Blank counts that the figures of others alone tell more closely than is promised.
        sums: Published and withheld sums, with reasons.
        utility: What each attacker costs.
        mapping: SHA-256 of the declaration by which files became deliveries; empty if they were ours.
        doubts: What of the deliveries was not plausible.
        compared: Ids of the sources of which there was a delivery before to compare with.
        reason: Why the steward believes it; empty of deliveries from the archive, or if there are no doubts.
        mark: Random text, so that the hash of the dossier in a release reveals nothing of its content.
    """

    run_id: str
    linked: tuple[LinkCount, ...]
    missing: tuple[Missing, ...]
    explanation: pl.DataFrame
    over_time: OverTimeFacts
    mark: str
    sums: SumRelease = field(default_factory=SumRelease)
    told_elsewhere: int = 0
    utility: tuple[Utility, ...] = ()
    mapping: str = ""
    doubts: tuple[Doubt, ...] = ()
    compared: tuple[str, ...] = ()
    reason: str = ""


def dossier(evidence: Evidence, findings: Sequence[tuple[Measure, Finding]], facts: RunFacts) -> str:
    """Return the whole dossier of one run, as Markdown."""
    question = evidence.profile.question
    parts = (
        _opening(evidence, findings, facts),
        *(("## Het verzoek\n\n" + describe_question(question, evidence.released),) if question else ()),
        "## 1. Maatregelen die de software uitvoert\n\n" + _measures(findings),
        "## 2. Organisatorische maatregelen\n\n" + _organisation(evidence.today),
        "## 3. Leveringen en quarantaine\n\n"
        + _deliveries(evidence, facts.mapping)
        + _doubts(facts)
        + _missing(facts.missing),
        "## 4. Koppeling\n\n" + _links(facts.linked),
        "## 5. Wat wordt gepubliceerd\n\n" + _tables((*evidence.released, *evidence.sums)),
        "## 6. Waarom een cel leeg is\n\n"
        + "\n\n".join(
            (
                _suppressions(facts.explanation),
                _sums(facts.sums),
                _public(evidence.profile, facts),
                *_utility(facts.utility),
            )
        ),
        "## 7. Eerdere uitgiften\n\n" + _earlier_releases(facts.over_time) + _rejections(facts.over_time.rejected),
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
        f"{_absent(evidence)}Gemeentecode {evidence.profile.gemeente_code}; postcodes van de gemeente op de peildatum: "
        f"{', '.join(evidence.profile.pc4_on(evidence.peildatum))}.\n\n"
        f"De DPIA is een concept en de grondslagen zijn {TO_BE_CONFIRMED}. Dit dossier is vertrouwelijk: het noemt "
        "kleine aantallen en hoort niet bij de uitgifte."
    )


def _absent(evidence: Evidence) -> str:
    """Return what is not delivered, and the tables that are therefore not made; nothing if all is delivered."""
    profile = evidence.profile
    if not profile.absent:
        return ""
    titles = "; ".join(f"{source.title} (`{source.id}`)" for source in absent_sources(profile))
    made = {table.id for table in tables_of(profile)}
    left_out = [table.id for table in tables_of(replace(profile, absent=())) if table.id not in made]
    tables = f" Daarom zijn er geen tabellen {', '.join(left_out)}." if left_out else ""
    return f"**Niet geleverd**, volgens `gemeente.toml`: {titles}.{tables}\n\n"


def _measures(findings: Sequence[tuple[Measure, Finding]]) -> str:
    rows = (
        (m.id, m.text, m.risk, m.basis, "houdt stand" if finding.holds else "**houdt geen stand**", finding.observation)
        for m, finding in findings
    )
    risks = "\n".join(f"- {risk.id} ({risk.level}): {risk.text}" for risk in RISKS)
    return f"De risico's, met hun niveau zonder maatregelen:\n\n{risks}\n\n" + markdown_table(
        ("Maatregel", "Tekst", "Risico", "Grondslag (te bevestigen)", "Oordeel", "Gezien"), rows
    )


def _organisation(today: date) -> str:
    rows = (
        (
            m.id,
            m.text,
            m.owner,
            m.evidence,
            "**verlopen**" if m.is_expired(today) else f"{m.valid_until:%d-%m-%Y}",
            "nee",
        )
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


def _deliveries(evidence: Evidence, mapping: str) -> str:
    delivered = markdown_table(
        ("Levering", "Regels", "Goedgekeurd", "Quarantaine", "Niet gelezen of vervangen", "Maanden voor de peildatum"),
        (
            (
                delivery.source,
                *map(
                    str,
                    (delivery.lines, delivery.valid, delivery.quarantined, delivery.excluded, delivery.months_behind),
                ),
            )
            for delivery in evidence.delivered
        ),
    )
    broken = [count for count in evidence.counts if count.rows]
    rules = markdown_table(
        ("Levering", "Kolom", "Regel", "Rijen", "Grens"),
        ((count.source, count.column, count.text, str(count.rows), str(count.allowed)) for count in broken),
    )
    mapped = _mapped(evidence.delivered, mapping)
    return f"{delivered}{mapped}\n\nRegels waar rijen niet aan voldoen (van {len(evidence.counts)} regels):\n\n{rules}"


def _mapped(delivered: Sequence[DeliveryFacts], mapping: str) -> str:
    """Return what the mapping left out of the files of suppliers; nothing if there is none."""
    if not mapping:
        return ""
    said = (
        "\n\nBestanden van leveranciers zijn omgezet volgens `omzetting.toml` in de map van deze run: welke kolom welk "
        f"veld is, en welk woord welke code (SHA-256 `{mapping}`)."
    )
    rows = [
        (facts.source, *map(str, (of.above, of.aside, of.totals, of.unmeasured, of.unread)))
        for facts in delivered
        if (of := facts.mapped)
    ]
    header = (
        *("Levering", "Regels boven de kop", "Regels zonder gelezen veld", "Regels met een totaal"),
        *("Metingen die niet zijn gedaan", "Kolommen die niet zijn gelezen"),
    )
    table = f" Dit werd geen rij, en telt hierboven niet mee:\n\n{markdown_table(header, rows)}"
    return said + (table if rows else "")


def _doubts(facts: RunFacts) -> str:
    """Return what is not plausible of the deliveries, and why the steward believes it; that nothing is, too."""
    if not facts.doubts:
        beside = f"en naast de vorige van {', '.join(facts.compared)}" if facts.compared else "; er is geen vorige"
        return f"\n\nAannemelijkheid: niets bijzonders binnen de leveringen {beside}."
    table = markdown_table(
        ("Levering", "Kolom", "Niet aannemelijk"),
        ((doubt.source, doubt.place, doubt.text) for doubt in facts.doubts),
    )
    reason = facts.reason or "gegeven bij de eerste run met deze leveringen; zie het dossier daarvan"
    return f"\n\n**Niet aannemelijk, en toch gebruikt.** Reden van de datasteward: {reason}.\n\n{table}"


def _missing(missing: Sequence[Missing]) -> str:
    rows = (
        (
            field.source,
            field.field,
            str(field.rows),
            str(field.missing),
            f"{100 * field.missing / max(field.rows, 1):.0f} %",
        )
        for field in missing
    )
    table = markdown_table(("Levering", "Veld", "Goedgekeurde rijen", "Waarvan leeg", "Aandeel"), rows)
    return f"\n\nLege velden die de analyse gebruikt (een lege einddatum betekent dat iets loopt):\n\n{table}"


def _links(linked: Sequence[LinkCount]) -> str:
    table = markdown_table(
        ("Levering", "Rijen", "Van iemand met een lopende regeling", "Niet gekoppeld"),
        ((count.source, str(count.rows), str(count.linked), str(count.rows - count.linked)) for count in linked),
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
    """Return why an amount is not published, or which rule each blank cell breaks.

    Bounds are in whole euros.
    """
    titles = {amount.id: amount.title for amount in AMOUNTS}
    withheld = [f"- {titles[name]}: {WITHHELD[code]}" for name, code in sums.withheld.items()]
    rows = (
        (tabel, cel, regel, reden, f"€ {low // 100} tot en met {'onbegrensd' if high is None else f'€ {high // 100}'}")
        for tabel, cel, regel, reden, low, high in sums.explanation.iter_rows()
    )
    headers = ("Tabel", "Cel", "Regel", "Waarom het bedrag leeg is", "Wat iemand met alle tabellen nog kan zeggen")
    table = markdown_table(headers, rows)
    return "### Bedragen\n\n" + ("Niet gepubliceerd:\n\n" + "\n".join(withheld) if withheld else table)


def _public(profile: Profile, facts: RunFacts) -> str:
    """Return which figures of others the tables were attacked with."""
    title = "### Wat anderen al publiceren\n\n"
    if not profile.public:
        return title + (
            "Voor deze uitgifte is niets opgegeven: tabellen gelden voor hun eigen peildatum en voor de hele gemeente. "
            "Wat iemand te weten komt die een tabel van bijvoorbeeld het CBS ernaast legt, is dus niet nagerekend. "
            "Zulke tabellen zijn op te geven met `bestandsanalyse public`."
        )
    rows = (
        (
            statistic.title,
            statistic.source,
            f"{statistic.rounding}",
            f"{statistic.margin}",
            f"{sum(value is not None for value in statistic.values)}",
        )
        for statistic in profile.public
    )
    table = markdown_table(("Tabel", "Bron", "Afgerond op", "Marge", "Cijfers"), rows)
    conclusion = (
        "Deze tabellen verraden uit zichzelf van geen enkele lege cel meer dan de uitgifte toelaat."
        if facts.told_elsewhere == 0
        else f"Van {facts.told_elsewhere} lege aantallen verraden deze tabellen zelf al meer dan de uitgifte toelaat; "
        "de uitgifte voegt daar niets aan toe."
    )
    return f"{title}Bij de proefaanval had de aanvaller ook deze tabellen.\n\n{table}\n\n{conclusion}"


_ATTACKERS = {
    TABLES: "wie alle tabellen kent",
    RECORDS: "en wie zelf in het bestand staat, met al zijn eigen gegevens",
    FIGURES: "en wie daarbij de opgegeven cijfers van anderen heeft",
    POOLED: "en wie zijn gegevens met een andere inwoner deelt, zoals een partner",
}


def _utility(utility: Sequence[Utility]) -> Iterator[str]:
    """Yield a table of what each attacker costs, if that was measured."""
    if not utility:
        return
    rows = (
        (
            _ATTACKERS[cost.attacker],
            "geen veilig patroon gevonden" if cost.blank is None else f"{cost.blank} van {cost.cells}",
            "" if cost.published_pct is None else f"{cost.published_pct} %",
            "ja" if cost.is_chosen else "nee",
        )
        for cost in utility
    )
    table = markdown_table(("Beschermd tegen", "Lege cellen", "Inwoners in niet-lege cellen", "Deze uitgifte"), rows)
    yield (
        "### Wat bescherming kost\n\nElke regel komt bij die erboven. Wie tegen meer aanvallers beschermt, publiceert "
        f"minder.\n\n{table}\n\nBij elke regel is apart gezocht; een patroon met iets minder lege cellen kan bestaan. "
        "Tegen wie deze uitgifte beschermt, staat in het profiel (`pooled`) en in wat is opgegeven met "
        "`bestandsanalyse public`. Of twee inwoners samen horen mee te tellen, is aan u."
    )


def _rejections(rejected: Sequence[str]) -> str:
    return "\n\nEerder afgewezen:\n\n" + "\n".join(f"- {rejection}" for rejection in rejected) if rejected else ""


def _earlier_releases(facts: OverTimeFacts) -> str:
    if not facts.earlier:
        return "Uit deze werkmap is nog niets gepubliceerd."
    twin = (
        "**Let op.** Van deze peildatum is al een uitgifte. Twee uitgiften van een dag zijn van elkaar af te trekken; "
        "een tweede met andere inhoud wordt geweigerd.\n\n"
    )
    return (
        (twin if facts.is_twin else "")
        + together(facts.together, facts.refused)
        + f"Deze uitgifte is samen met de eerdere beoordeeld, in {facts.pairs} paren: van {facts.changes} cellen "
        f"volgt dat er veel inwoners bij kwamen of weggingen, van {facts.small} cellen dat het er weinig waren.\n\n"
        + "\n".join(f"- {name}" for name in facts.earlier)
    )


def _decision(facts: RunFacts) -> str:
    return (
        "Controleer de tabellen en het rapport in de map `te-publiceren` naast dit dossier. Akkoord geeft u met\n\n"
        f"    bestandsanalyse approve {facts.run_id} --key UW-SLEUTEL\n\n"
        "en u wijst af met `reject`. De opdracht toont wat u tekent en vraagt of u het zeker weet. Uw handtekening "
        "staat over precies deze bestanden en dit dossier: wat daarna verandert, wordt niet gepubliceerd. "
        f"Zonder handtekening ook niets.\n\nKenmerk van dit dossier: {facts.mark}"
    )
