"""The part of the dossier about a question.

Its text and reason, its fields and rules, and the table itself.
"""

from collections.abc import Sequence

from pia.register import TO_BE_CONFIRMED, markdown_table
from schemas.names import STATUS, SUPPRESSED, VALUE
from schemas.specs.question import Question
from schemas.states import Released
from schemas.tables.question import askable, fields_of
from transforms.disclosure import Audit


def describe_question(question: Question, released: Sequence[Released]) -> str:
    """Return what the officer judges before the measures, as Markdown."""
    rules = [f"- {entry.rule}" for name in question.dimensions if (entry := askable(name)) and entry.rule]
    limits = "\n".join(rules) or "- Geen regel beperkt deze indelingen."
    parts = (
        f"Een onderzoeker vraagt: **{question.title}**. Reden: {question.reason}",
        _subject(question),
        f"De velden achter het antwoord, uit het register (punt 2 van de DPIA; grondslagen {TO_BE_CONFIRMED}):",
        _fields(question),
        "Regels van de PIA voor deze indelingen, getoetst voordat een levering werd gelezen:\n\n" + limits,
        "De tabel zoals zij wordt gepubliceerd (• is leeg, < is afgerond en klein):",
        *(_table(table) for table in released),
    )
    return "\n\n".join(parts)


def _subject(question: Question) -> str:
    """Return measure, population and dimensions of a question."""
    names = ", ".join(f"`{name}`" for name in question.dimensions)
    return f"Maat `{question.measure}`, populatie `{question.population}`, indelingen {names}."


def _fields(question: Question) -> str:
    """Return the registered fields behind the answer."""
    return markdown_table(
        ("Veld", "Betekenis", "Soort persoonsgegeven", "Doel"),
        ((field.name, field.meaning, field.category.value, field.purpose) for field in fields_of(question)),
    )


def _table(released: Released) -> str:
    """Return a table as readers see it: rows by columns, with labels."""
    spec = released.spec
    rows, *columns = spec.dimensions
    cells = [
        "•" if status == SUPPRESSED else "<" if value is None else str(value)
        for value, status in released.frame.select(VALUE, STATUS).iter_rows()
    ]
    across = [column.label(level) for column in columns for level in column.levels] or ["Aantal"]
    lines = (
        (rows.label(level), *cells[place * len(across) : (place + 1) * len(across)])
        for place, level in enumerate(rows.levels)
    )
    return markdown_table((rows.title, *across), lines)


def together(audit: Audit | None, refused: int) -> str:
    """Return what a table proves with earlier releases of the same residents, and the number of refused requests."""
    text = ""
    if audit:
        text = (
            "Met eerdere uitgiften van dezelfde inwoners en peildatum is deze uitgifte als een geheel aangevallen: "
            f"{audit.cells} cellen, {audit.suppressed} leeg. "
        )
        if audit.lowest_high is not None and audit.narrowest is not None:
            text += (
                f"De laagste bovengrens van een lege cel is {audit.lowest_high:.0f}, de kleinste marge "
                f"{audit.narrowest:.0f}."
            )
        text += "\n\n"
    if refused:
        text += (
            f"Geweigerde verzoeken in deze werkmap: {refused}. Een weigering zegt alleen of een vraag veilig is; wie "
            "er veel uitlokt, zoekt misschien iets. De vragen staan in `run.json` van die runs.\n\n"
        )
    return text
