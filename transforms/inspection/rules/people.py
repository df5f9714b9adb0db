"""Rows, names, numbers and words of persons.

A published table never holds these. No value is repeated here.
"""

from collections.abc import Iterator

from transforms.inspection.rules.figures import figure
from transforms.inspection.tables import words
from transforms.inspection.tables.identifiers import BARE_NAMES
from transforms.inspection.tables.model import Hit, Inspection, Severity, Table
from transforms.inspection.tables.personal import (
    ATTRIBUTES,
    PERSON_KEYS,
    ROW_KEYS,
    direct_identifiers,
    free_text,
    person_key,
)
from transforms.inspection.tables.words import normalise, tokens

_KNOWN = PERSON_KEYS | ROW_KEYS | ATTRIBUTES | BARE_NAMES


def microdata(inspection: Inspection) -> Iterator[Hit]:
    """Yield tables with one row per person."""
    for table in inspection.tables:
        if table.is_personal:
            key = person_key(table) or table.frame.columns[0]
            reveals = f"Elke rij is een persoon: {figure(table.frame.height)} rijen."
            safe = "Alleen als tabel met aantallen van 10 of meer personen; rijen van personen niet publiceren."
            yield Hit(table.name, "", _header(table, key), Severity.HIGH, reveals, safe)


def identifiers(inspection: Inspection) -> Iterator[Hit]:
    """Yield columns with a direct identifier; the row is the number of the first one."""
    for table in inspection.tables:
        for sighting in direct_identifiers(table):
            reveals = f"De kolom bevat een {sighting.kind} in {_rows(len(sighting.rows))}."
            safe = "De kolom niet publiceren."
            yield Hit(
                table.name, str(sighting.rows[0] + 1), _header(table, sighting.column), Severity.HIGH, reveals, safe
            )


def free_texts(inspection: Inspection) -> Iterator[Hit]:
    """Yield columns with sentences about persons; the row is the number of the first one."""
    for table in inspection.tables:
        for name, rows in free_text(table):
            reveals = f"De kolom bevat zinnen over of van personen in {_rows(len(rows))}."
            safe = "De vrije tekst niet publiceren; ten hoogste een samenvatting over de hele groep."
            yield Hit(table.name, str(rows[0] + 1), _header(table, name), Severity.HIGH, reveals, safe)


def unreadable(inspection: Inspection) -> Iterator[Hit]:
    """Yield tables in which no number was recognised, so that nothing could be judged.

    A sheet named as an explanation is left out; it was read for names and sentences of persons.
    """
    for table in inspection.tables:
        if words.is_explanation(table.name.rpartition("/")[2]):
            continue
        is_found = table.is_personal or any(cell.value is not None for cell in table.cells.values())
        if not is_found and not any(free_text(table)) and not any(direct_identifiers(table)):
            reveals = "In deze tabel is geen getal herkend; zij is niet beoordeeld."
            safe = "Met de hand nakijken, of een datapackage.json met eenheid per kolom meegeven."
            yield Hit(table.name, "", "", Severity.LOW, reveals, safe)


def _rows(count: int) -> str:
    return "1 rij" if count == 1 else f"{figure(count)} rijen"


def _header(table: Table, name: str) -> str:
    """Return the header, or its place if it may itself be a value.

    A table of persons may lack a header line.
    """
    is_word = bool(set(tokens(name)) & _KNOWN) or not any(sign.isdigit() for sign in normalise(name))
    place = table.frame.columns.index(name) + 1
    return name if is_word else f"kolom {place}"
