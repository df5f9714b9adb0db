"""Specification of the deliveries, generated from their declarations.

For people, for a spreadsheet, and for a validator. The examples are invented, and a test reads them as deliveries.
"""

import json
from collections.abc import Sequence

from schemas.sources import SOURCES
from schemas.specs import Column, Kind, SourceSpec, Treatment
from transforms.intake.delivery import SEPARATOR

DOCUMENT, DESCRIPTOR = "leveringen.md", "datapackage.json"

_EXAMPLES = {
    Kind.BSN: "999990019",
    Kind.DATE: "01-03-2019",
    Kind.END_DATE: "30-06-2019",
    Kind.BIRTH_DATE: "00-05-1972",
    Kind.INTEGER: "4",
    Kind.CENT: "320,00",
    Kind.PERCENT: "45,0",
    Kind.POSTCODE: "5261 AB",
    Kind.TEXT: "voorbeeld",
}
_EXAMPLES_BY_UNIT = {"4 cijfers": "0865", "uu:mm:ss": "10:30:00"}
_DATE: dict[str, object] = {"type": "date", "format": "%d-%m-%Y"}
_DECIMAL: dict[str, object] = {"type": "number", "decimalChar": ",", "groupChar": ".", "bareNumber": True}
_TYPES: dict[Kind, dict[str, object]] = {
    Kind.DATE: _DATE,
    Kind.END_DATE: _DATE,
    Kind.INTEGER: {"type": "integer"},
    Kind.CENT: _DECIMAL,
    Kind.PERCENT: _DECIMAL,
}
"""Types of Frictionless Table Schema; every other kind is text, a birth date too: its day may be 00."""


def specification_files() -> dict[str, bytes]:
    """Describe every delivery.

    Returns:
        By file name: `leveringen.md` in Dutch, a template per delivery with the headers of what is read, and
        `datapackage.json` (Frictionless Data Package, version 2) with a Table Schema per delivery.
    """
    templates = {source.file_name: _line([column.header for column in source.read]) for source in SOURCES}
    descriptor = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "leveringen-bestandsanalyse",
        "title": "Leveringen voor de bestandsanalyse",
        "resources": [_resource(source) for source in SOURCES],
    }
    return {
        DOCUMENT: "\n".join(_document()).encode(),
        **{name: line.encode() for name, line in templates.items()},
        DESCRIPTOR: (json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n").encode(),
    }


def example(source: SourceSpec) -> str:
    """Return the header and one invented row of a delivery, of what is read; a date that may be empty is empty."""
    return _line([column.header for column in source.read]) + _line([_example(column) for column in source.read])


def _line(cells: Sequence[str]) -> str:
    """Return cells as a line of a delivered file."""
    return SEPARATOR.join(cells) + "\n"


def _example(column: Column) -> str:
    """Return an invented value of a column."""
    field = column.field
    if field.codes:
        return field.codes.values[0]
    if not column.required and field.kind in {Kind.DATE, Kind.END_DATE}:
        return ""
    return _EXAMPLES_BY_UNIT.get(field.unit) or _EXAMPLES[field.kind]


def _document() -> list[str]:
    """Return the lines of `leveringen.md`."""
    lines = [
        "# Leveringen voor de bestandsanalyse",
        "",
        "Gemaakt met `bestandsanalyse contract`. Elk bestand is CSV met een puntkomma tussen de kolommen, in UTF-8 of "
        "Windows-1252, met een kopregel en de kolommen in deze volgorde. Elke regel is een rij: in een cel staat geen "
        "regeleinde. Een kolom die niet wordt gelezen, kan beter wegblijven; de sjablonen en de verzonnen voorbeelden "
        "hebben haar niet.",
        "",
    ]
    for source in SOURCES:
        lines += [f"## {source.file_name}: {source.title}", "", f"Een rij is {source.grain}.", ""]
        lines += ["| Kolom | Betekenis | Vorm | Verplicht | In de analyse |", "| --- | --- | --- | --- | --- |"]
        lines += [_row(column) for column in source.columns]
        lines += ["", "```", *example(source).splitlines(), "```", ""]
        lines += [
            f"- {rule.text}; hoogstens {rule.limit_pct:g} % van de rijen mag anders zijn." for rule in source.rules
        ]
        lines += [""] * bool(source.rules)
    lines += ["## Codelijsten", ""]
    lists = {field.codes.id: field.codes for source in SOURCES for field in source.fields if field.codes}
    for codes in lists.values():
        lines += [f"### {codes.id}", "", f"Bron: {codes.source}.", "", "| Code | Betekenis |", "| --- | --- |"]
        lines += [f"| `{code.code}` | {code.label} |" for code in codes.codes]
        lines += [""]
    return lines


def _row(column: Column) -> str:
    """Return a column as a row of its table in `leveringen.md`."""
    field = column.field
    form = f"code van de lijst [{field.codes.id}](#{field.codes.id})" if field.codes else field.kind.value
    unit = "" if field.codes or field.unit == "datum" or field.unit in form else f" ({field.unit})"
    needed = "kolom mag ontbreken" if column.may_be_absent else "ja" if column.required else "mag leeg zijn"
    return f"| `{column.header}` | {field.meaning} | {form}{unit} | {needed} | {field.treatment.value} |"


def _resource(source: SourceSpec) -> dict[str, object]:
    """Return a delivery as a Frictionless resource."""
    return {
        "name": source.id,
        "path": source.file_name,
        "title": source.title,
        "type": "table",
        "format": "csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": SEPARATOR},
        "schema": {"fields": [_schema_field(column) for column in source.columns], "missingValues": [""]},
    }


def _schema_field(column: Column) -> dict[str, object]:
    """Return a column as a Frictionless field."""
    field = column.field
    constraints: dict[str, object] = {"required": True} if column.required and not column.may_be_absent else {}
    if field.codes and field.treatment is not Treatment.UNREAD:
        constraints |= {"enum": list(field.codes.values)}
    described = {"name": column.header, "title": field.meaning, **_TYPES.get(field.kind, {"type": "string"})}
    return described | ({"constraints": constraints} if constraints else {})
