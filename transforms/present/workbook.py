"""The release as one workbook: a sheet that explains, then a sheet per table."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from xlsxwriter import Workbook

from schemas.names import PUBLISHED
from schemas.specs import TableSpec
from schemas.states import Released
from transforms.present import statuses
from transforms.present.archive import stored_again
from transforms.present.content import ReleaseContent
from transforms.present.tables import label_column, shown

EXPLANATION = "Toelichting"
VALUE_TITLE = "Aantal inwoners"
STATUS_TITLE, LOW_TITLE, HIGH_TITLE = "Status", "Ten minste", "Ten hoogste"
_WIDEST = 60
"""Characters; a longer text is wrapped."""

_TEXT_ONLY = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
"""No text of a cell is taken for anything else, and no temporary file is written."""


@dataclass(frozen=True)
class _Formats:
    head: Any
    text: Any
    wrapped: Any
    number: Any
    blank: Any


def workbook_xlsx(content: ReleaseContent) -> bytes:
    """The workbook. Numbers are numbers; what is not published is a word, never 0 and never empty.

    Equal content gives equal bytes: the date of making is the peildatum, and the archive has no clock.
    """
    file = io.BytesIO()
    book = Workbook(file, _TEXT_ONLY)
    made = datetime(content.peildatum.year, content.peildatum.month, content.peildatum.day)  # noqa: DTZ001 - a day
    book.set_properties({"title": content.stamped_title, "created": made})
    formats = _formats(book)
    _write_explanation(book, content, formats)
    for released in content.released:
        _write_table(book, released, content, formats)
    book.close()
    return stored_again(file.getvalue())


def explanation(content: ReleaseContent) -> tuple[tuple[str, str], ...]:
    """The lines of the first sheet: a subject and what there is to say of it."""
    profile = content.profile
    return (
        ("Wat", content.stamped_title),
        ("Peildatum", content.peildatum_text),
        ("Gemeente", f"{profile.gemeente} (gemeentecode {profile.gemeente_code})"),
        ("Profiel", f"{profile.id}: geen aantal van 1 tot en met {profile.threshold - 1} wordt gepubliceerd"),
        *((f"Status {letter}", meaning) for letter, meaning in statuses.STATUSES.items()),
        ("Ten minste, ten hoogste", "Wat iedereen uit alle tabellen samen kan afleiden van het ware aantal."),
        ("Methode", "Zie methode.md en codeboek.md in dezelfde uitgifte."),
        ("Contact", statuses.TO_CONFIRM),
        ("Hergebruik", f"Licentie {statuses.TO_CONFIRM}."),
        *(line for released in content.released for line in _about(released.spec)),
    )


def _about(spec: TableSpec) -> tuple[tuple[str, str], ...]:
    text = " ".join((f"{spec.title}.", spec.question, *spec.caveats))
    return ((f"Blad {spec.id}", text),)


def _formats(book: Workbook) -> _Formats:
    top = {"valign": "top"}
    return _Formats(
        head=book.add_format({"bold": True, "bottom": 1, "text_wrap": True, **top}),
        text=book.add_format(top),
        wrapped=book.add_format({"text_wrap": True, **top}),
        number=book.add_format({"num_format": "#,##0", **top}),
        blank=book.add_format({"italic": True, "align": "right", **top}),
    )


def _write_explanation(book: Workbook, content: ReleaseContent, formats: _Formats) -> None:
    sheet = book.add_worksheet(EXPLANATION)
    _write_head(sheet, ("Onderwerp", "Toelichting"), formats)
    lines = explanation(content)
    for row, (subject, text) in enumerate(lines, start=1):
        sheet.write_string(row, 0, subject, formats.text)
        sheet.write_string(row, 1, text, formats.wrapped)
    sheet.set_column(0, 0, _width([subject for subject, _ in lines]))
    sheet.set_column(1, 1, 2 * _WIDEST)


def _write_table(book: Workbook, released: Released, content: ReleaseContent, formats: _Formats) -> None:
    """A sheet with labels for codes; the codes stand in the CSV and in the codebook."""
    spec = released.spec
    sheet = book.add_worksheet(spec.id)
    labels = [label_column(dimension) for dimension in spec.dimensions]
    titles = [*(dimension.title for dimension in spec.dimensions), VALUE_TITLE, STATUS_TITLE, LOW_TITLE, HIGH_TITLE]
    _write_head(sheet, titles, formats)
    rows = shown(released).select(*labels, "value", "status", "low", "high").rows()
    for row, cells in enumerate(rows, start=1):
        _write_row(sheet, row, cells, content, formats)
    for place, title in enumerate(titles):
        sheet.set_column(place, place, _width([title, *(str(cells[place]) for cells in rows)]))
    sheet.autofilter(0, 0, len(rows), len(titles) - 1)


def _write_row(sheet: Any, row: int, cells: tuple[Any, ...], content: ReleaseContent, formats: _Formats) -> None:  # noqa: ANN401 - xlsxwriter has no types
    *labels, value, status, low, high = cells
    for place, label in enumerate(labels):
        sheet.write_string(row, place, label, formats.text)
    place = len(labels)
    if status == PUBLISHED:
        sheet.write_number(row, place, value, formats.number)
    else:
        sheet.write_string(row, place, statuses.stands_for(status, content.profile), formats.blank)
    sheet.write_string(row, place + 1, status, formats.text)
    sheet.write_number(row, place + 2, low, formats.number)
    sheet.write_number(row, place + 3, high, formats.number)


def _write_head(sheet: Any, titles: Sequence[str], formats: _Formats) -> None:  # noqa: ANN401 - xlsxwriter has no types
    for place, title in enumerate(titles):
        sheet.write_string(0, place, title, formats.head)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _width(texts: Sequence[str]) -> int:
    return min(_WIDEST, max(map(len, texts)) + 2)
