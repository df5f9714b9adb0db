"""The register: DPIA points 2, 3, 10, 16 and 17 as Markdown tables, built from the declarations."""

from collections.abc import Iterable, Sequence

from schemas.errors import PiaRefusal
from schemas.segments import Segment
from schemas.specs import Field, SourceSpec, TableSpec

TO_BE_CONFIRMED = "te bevestigen door de privacy officer"


def register(sources: Sequence[SourceSpec]) -> str:
    """Point 2: every delivered field, once per delivery, as a Markdown table."""
    return markdown_table(
        ("Levering", "Veld", "Betekenis", "Soort persoonsgegeven", "Doel", "Behandeling", "Bron", "Bewaartermijn"),
        (
            (
                source.file_name,
                field.name,
                field.meaning,
                field.category.value,
                field.purpose,
                field.treatment.value,
                field.source,
                f"{field.retention_months} maanden",
            )
            for source in sources
            for field in source.fields
        ),
    )


def unregistered_fields(sources: Sequence[SourceSpec]) -> tuple[Field, ...]:
    """Fields that lack what AVG art. 5 lid 2 asks: meaning, unit, purpose, source or retention."""
    return tuple(
        field
        for source in sources
        for field in source.fields
        if not (field.meaning and field.unit and field.purpose and field.source and field.retention_months > 0)
    )


def require_registered(sources: Sequence[SourceSpec]) -> None:
    """Stop before anything is read when a declared field lacks its register entry.

    Raises:
        PiaRefusal: A field has no meaning, unit, purpose, source or retention.
    """
    if unregistered_fields(sources):
        raise PiaRefusal(("M02",))


def processing(sources: Sequence[SourceSpec]) -> str:
    """Point 3: what is delivered, and what one row is."""
    rows = ((source.file_name, source.title, source.grain) for source in sources)
    return markdown_table(("Levering", "Inhoud", "Een rij is"), rows)


def outputs(tables: Sequence[TableSpec]) -> str:
    """The tables that a release holds, with the question each answers."""
    rows = (
        (table.id, table.title, table.question, " x ".join(dimension.title for dimension in table.dimensions))
        for table in tables
    )
    return markdown_table(("Tabel", "Titel", "Beleidsvraag", "Uitsplitsing"), rows)


def segment_rules(segments: Sequence[Segment]) -> str:
    """Point 4: every rule that picks out a group, with the classes that it reads."""
    rows = (
        (one.indicator, one.label, one.text, ", ".join(sorted(set(one.rule.meta.root_names())))) for one in segments
    )
    return markdown_table(("Indicator", "Groep", "Regel", "Leest"), rows)


def markdown_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; a `|` in a cell is escaped, a line break becomes a space."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
