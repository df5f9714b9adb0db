"""The register: points of the DPIA as tables, built from the declarations."""

from collections.abc import Iterable, Sequence

from schemas.errors import PiaRefusal
from schemas.segments import Segment
from schemas.specs import Field, SourceSpec, TableSpec

TO_BE_CONFIRMED = "te bevestigen door de privacyfunctionaris"


def register(sources: Sequence[SourceSpec]) -> str:
    """Return point 2: every delivered field, once per delivery, as a Markdown table."""
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
    """Return fields that lack what AVG art. 5 lid 2 asks: meaning, unit, purpose, source or retention."""
    return tuple(
        field
        for source in sources
        for field in source.fields
        if not (field.meaning and field.unit and field.purpose and field.source and field.retention_months > 0)
    )


def require_registered(sources: Sequence[SourceSpec]) -> None:
    """Raise before anything is read if a declared field lacks its register entry.

    Raises:
        PiaRefusal: A field has no meaning, unit, purpose, source or retention.
    """
    if unregistered_fields(sources):
        raise PiaRefusal(("M02",))


def processing(sources: Sequence[SourceSpec]) -> str:
    """Return point 3: what is delivered, and what one row is."""
    rows = ((source.file_name, source.title, source.grain) for source in sources)
    return markdown_table(("Levering", "Inhoud", "Een rij is"), rows)


def outputs(tables: Sequence[TableSpec]) -> str:
    """Return the tables that a release holds, with the question that each answers."""
    rows = (
        (table.id, table.title, table.question, " x ".join(dimension.title for dimension in table.dimensions))
        for table in tables
    )
    return markdown_table(("Tabel", "Titel", "Beleidsvraag", "Uitsplitsing"), rows)


def segment_rules(segments: Sequence[Segment]) -> str:
    """Return point 4: every rule that defines a group, with the classes that it reads."""
    rows = (
        (segment.indicator, segment.label, segment.text, ", ".join(sorted(set(segment.rule.meta.root_names()))))
        for segment in segments
    )
    return markdown_table(("Indicator", "Groep", "Regel", "Leest"), rows)


def markdown_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table; a `|` in a cell is escaped, a line break becomes a space."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
