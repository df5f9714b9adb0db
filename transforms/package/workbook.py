"""The release as one workbook: a sheet that explains, then a sheet per table."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import polars as pl
from xlsxwriter import Workbook

from schemas.names import HIGH, STATUS, VALUE
from schemas.specs import TableSpec
from schemas.tables.counted import caveats_of
from transforms.package.archive import stored_again
from transforms.package.tables import COUNT_COLUMNS, SUM_COLUMNS, label_column, shown_cells, shown_sums
from transforms.released import statuses
from transforms.released.content import ReleaseContent

EXPLANATION = "Toelichting"
VALUE_TITLE = "Aantal inwoners"
STATUS_TITLE, LOW_TITLE, HIGH_TITLE = "Status", "Ten minste", "Ten hoogste"
COUNT_TITLES = (VALUE_TITLE, STATUS_TITLE, LOW_TITLE, HIGH_TITLE)
SUM_TITLES = (
    "Bedrag (euro)",
    STATUS_TITLE,
    LOW_TITLE,
    HIGH_TITLE,
    "Gemiddeld per inwoner met een bedrag",
    "Inwoners met een bedrag",
)
UNBOUNDED = "niet begrensd"
"""Where nothing bounds a suppressed sum from above."""
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
    euro: Any
    blank: Any


@dataclass(frozen=True)
class _Sheet:
    """A table as it is shown, with the titles of its columns after the labels."""

    spec: TableSpec
    cells: pl.DataFrame
    columns: tuple[str, ...]
    titles: tuple[str, ...]

    def rows(self) -> list[dict[str, Any]]:
        labels = [label_column(dimension) for dimension in self.spec.dimensions]
        return self.cells.select(*labels, *self.columns).to_dicts()


def workbook_xlsx(content: ReleaseContent) -> bytes:
    """Return the workbook.

    Numbers are numbers; a value that is not published is a word, never 0 and never empty. Equal content gives equal
    bytes: the date of making is the peildatum, and the archive has no clock.
    """
    file = io.BytesIO()
    book = Workbook(file, _TEXT_ONLY)
    created = datetime(content.peildatum.year, content.peildatum.month, content.peildatum.day)  # noqa: DTZ001 - a day
    book.set_properties({"title": content.stamped_title, "created": created})
    formats = _formats(book)
    _write_explanation(book, content, formats)
    for sheet in _sheets(content):
        _write_table(book, sheet, content, formats)
    book.close()
    return stored_again(file.getvalue())


def explanation(content: ReleaseContent) -> tuple[tuple[str, str], ...]:
    """Return the lines of the first sheet: a subject and its explanation."""
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
        *(line for spec in content.specs for line in _about(spec)),
    )


def _sheets(content: ReleaseContent) -> Iterator[_Sheet]:
    for released in content.released:
        yield _Sheet(released.spec, shown_cells(released), COUNT_COLUMNS, COUNT_TITLES)
    for sums in content.sums:
        yield _Sheet(sums.spec, shown_sums(sums, content.counted(sums)), SUM_COLUMNS, SUM_TITLES)


def _about(spec: TableSpec) -> tuple[tuple[str, str], ...]:
    text = " ".join((f"{spec.title}.", spec.question, *caveats_of(spec)))
    return ((f"Blad {spec.id}", text),)


def _formats(book: Workbook) -> _Formats:
    top = {"valign": "top"}
    return _Formats(
        head=book.add_format({"bold": True, "bottom": 1, "text_wrap": True, **top}),
        text=book.add_format(top),
        wrapped=book.add_format({"text_wrap": True, **top}),
        number=book.add_format({"num_format": "#,##0", **top}),
        euro=book.add_format({"num_format": "#,##0.00", **top}),
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


def _write_table(book: Workbook, table: _Sheet, content: ReleaseContent, formats: _Formats) -> None:
    """Write the sheet of a table with labels for codes; the codes stand in the CSV and in the codebook."""
    sheet = book.add_worksheet(table.spec.id)
    titles = [*(dimension.title for dimension in table.spec.dimensions), *table.titles]
    _write_head(sheet, titles, formats)
    rows = table.rows()
    for row, cells in enumerate(rows, start=1):
        for place, (name, cell) in enumerate(cells.items()):
            _write_cell(sheet, (row, place), _blank(name, cells[STATUS], content) if cell is None else cell, formats)
    for place, (title, name) in enumerate(zip(titles, rows[0], strict=True)):
        sheet.set_column(place, place, _width([title, *(str(cells[name]) for cells in rows)]))
    sheet.autofilter(0, 0, len(rows), len(titles) - 1)


class _Blank(str):
    """The word for a number that is not there."""

    __slots__ = ()


def _blank(name: str, status: str, content: ReleaseContent) -> _Blank:
    """Return the text for a missing number: an absent bound, an unpublished value, or none beside a sum."""
    if name == HIGH:
        return _Blank(UNBOUNDED)
    if name == VALUE:
        return _Blank(statuses.stands_for(status, content.profile))
    return _Blank(statuses.NONE)


def _write_cell(sheet: Any, place: tuple[int, int], cell: Any, formats: _Formats) -> None:  # noqa: ANN401 - xlsxwriter has no types
    if isinstance(cell, str):
        sheet.write_string(*place, cell, formats.blank if isinstance(cell, _Blank) else formats.text)
    else:
        sheet.write_number(*place, cell, formats.euro if isinstance(cell, Decimal) else formats.number)


def _write_head(sheet: Any, titles: Sequence[str], formats: _Formats) -> None:  # noqa: ANN401 - xlsxwriter has no types
    for place, title in enumerate(titles):
        sheet.write_string(0, place, title, formats.head)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _width(texts: Sequence[str]) -> int:
    return min(_WIDEST, max(map(len, texts)) + 2)
