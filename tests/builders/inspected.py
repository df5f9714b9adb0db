"""Tables that others made, from lines of text, and what inspection finds in them."""

from transforms.inspection import Finding, Given, findings
from transforms.inspection.tables.delivered import as_frame


def given_table(text: str, name: str = "tabel", **resource: object) -> Given:
    """A table from lines with `;`; keyword arguments are its part of the data package."""
    return Given(name, as_frame([line.split(";") for line in text.strip().splitlines()], name), resource)


def schema_of(**fields: dict[str, object]) -> dict[str, object]:
    """What a data package says of the columns of a table."""
    return {"fields": [{"name": name, **field} for name, field in fields.items()]}


def findings_in(*tables: Given | str) -> list[Finding]:
    return findings([given_table(one) if isinstance(one, str) else one for one in tables])
