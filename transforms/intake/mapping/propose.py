"""A mapping proposed from an example: from its headers and the shapes of its values, which it does not repeat."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import compress, islice

import polars as pl

from schemas.fields import BSN, GEMEENTE_CODE
from schemas.sources import SOURCES
from schemas.specs import Column, SourceSpec
from transforms.intake.mapping.declaration import SEPARATORS, RowMapping
from transforms.intake.mapping.lines import first_text
from transforms.intake.mapping.shapes import shapes_of
from transforms.intake.mapping.synonyms import HEADERS, TOTAL_WORDS, UNTIL, UNTIL_WORDS, bare
from transforms.intake.mapping.wide import Wide, wide_form
from transforms.intake.sheet_parts import WorkbookUnreadable
from transforms.intake.text_files import LineUnreadable, NotText, Record, decode_text, records
from transforms.intake.workbooks import is_workbook, sheet_names, sheet_records

_LEAST_COLUMNS_PCT = 60
"""Share of the needed columns of a source (0-100) that a header must have to be taken for it."""
_LEAST_DIGITS = 7
"""Fewest digits in the column of the BSN that are taken for one, as in `lines`."""
_SEARCHED = 50
"""Lines from the top among which the header is sought."""


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What a mapping of an example could be; all but the headers is from our own lists.

    Attributes:
        separator: Empty for a workbook.
        sheet: Name of the sheet of a workbook; empty is its only one, or that of a text.
        wide: The rows that a line holds, if it is more than one.
        missing: Our headers that must be filled and to which nothing was found to map.
        unread: Positions of columns that nothing is made of; the first is 1.
        unknown_words: By our header, how many different words of the file stand in no list.
        doubts: What the steward has to look up, in Dutch.
        rivals: By our header, positions of columns that could be it as well.
    """

    source: SourceSpec
    separator: str
    sheet: str
    totals: Sequence[str]
    fixed: Mapping[str, str]
    columns: Mapping[str, str]
    wide: Wide
    forms: Mapping[str, Sequence[str]]
    codes: Mapping[str, Mapping[str, str]]
    missing: Sequence[str] = ()
    unread: Sequence[int] = ()
    unknown_words: Mapping[str, int] = field(default_factory=dict)
    doubts: Sequence[str] = ()
    rivals: Mapping[str, Sequence[int]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class _Found:
    """A line that may be the header of a source."""

    source: SourceSpec
    separator: str
    sheet: str
    lines: Sequence[Record]
    header: Record
    columns: Mapping[str, str]
    wide: Wide
    rivals: Mapping[str, Sequence[str]]

    @property
    def filled(self) -> set[str]:
        """Our headers that something is mapped to."""
        return {*self.columns.values()}.union(*({*row.columns.values(), *row.fixed} for row in self.wide.rows))

    @property
    def read(self) -> int:
        """Number of columns of the file that something is made of."""
        return len({*self.columns}.union(*(row.columns for row in self.wide.rows)))

    @property
    def needed(self) -> list[str]:
        """Our headers that every row has, and no constant can fill."""
        return [column.header for column in self.source.read if column.required and column.field is not GEMEENTE_CODE]

    @property
    def share_pct(self) -> float:
        """Share of the needed columns that were found; 0 without a BSN."""
        found = sum(name in self.filled for name in self.needed)
        return 100 * found / len(self.needed) if self.bsn else 0

    @property
    def bsn(self) -> str:
        """Header of the file of the BSN; empty if it has none."""
        ours = self.source.header_of(BSN.name)
        return next((header for header, name in self.columns.items() if name == ours), "")


def propose(content: bytes, *, gemeente_code: str) -> list[Proposal]:
    """Return a mapping of an example of a file; of a workbook, one of every sheet with the columns of a source.

    Args:
        content: The example: text in UTF-8 or Windows-1252, or an XLSX workbook.
        gemeente_code: What stands in every row where the file does not say it.
    """
    texts = _sheets(content) if is_workbook(content) else [("", _texts(content))]
    proposals = []
    for sheet, lines_by_separator in texts:
        candidates = (one for one in _candidates(sheet, lines_by_separator) if one.share_pct >= _LEAST_COLUMNS_PCT)
        # Not the share: a source that needs little would be found in every file with a BSN and a date.
        best = max(candidates, key=lambda found: (found.read, found.share_pct), default=None)
        if best:
            proposals.append(_proposal(best, gemeente_code))
    return proposals


def _sheets(content: bytes) -> Iterator[tuple[str, Mapping[str, Sequence[Record]]]]:
    """Yield the sheets of a workbook by name, an only one without, as lines; none if it cannot be read."""
    with suppress(WorkbookUnreadable):
        names = sheet_names(content)
        for name in names:
            lines = [line for line in sheet_records(content, name) if not line.is_empty]
            yield name if len(names) > 1 else "", {"": lines}


def _texts(content: bytes) -> Mapping[str, Sequence[Record]]:
    """Return the lines of a text by the separator of their cells."""
    return {separator: _lines(content, separator) for separator in SEPARATORS}


def _candidates(sheet: str, lines_by_separator: Mapping[str, Sequence[Record]]) -> Iterator[_Found]:
    """Yield every line that may be the header of a source, with every separator."""
    for separator, lines in lines_by_separator.items():
        for header in islice(lines, _SEARCHED):
            for source in SOURCES:
                wide = wide_form(header.cells, source)
                columns, rivals = _matched(header.cells, source, wide)
                yield _Found(
                    source=source,
                    separator=separator,
                    sheet=sheet,
                    lines=lines,
                    header=header,
                    columns=columns,
                    wide=wide,
                    rivals=rivals,
                )


def _lines(content: bytes, separator: str) -> list[Record]:
    """Return the lines of a text that hold something; none if it is no text with this separator."""
    try:
        return [line for line in records(decode_text(content), separator) if not line.is_empty]
    except (NotText, LineUnreadable):
        return []


def _matched(
    headers: Sequence[str], source: SourceSpec, wide: Wide
) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """Return our header by header of the file, each once, but for what the measurements of a line fill.

    Then by our header those that could be it as well: others, and those that a file has twice.
    """
    counts = Counter(cell.strip() for cell in headers)
    taken = {name for row in wide.rows for name in row.columns}
    filled = {name for row in wide.rows for name in (*row.columns.values(), *row.fixed)}
    columns: dict[str, str] = {}
    rivals: dict[str, tuple[str, ...]] = {}
    for column in source.read:
        if column.header not in filled:
            known = HEADERS.get(column.field.name, frozenset()) | {bare(column.header), bare(column.field.name)}
            found = [name for name in counts if bare(name) in known and name not in taken and name not in columns]
            single = next((name for name in found if counts[name] == 1), None)
            columns |= {single: column.header} if single is not None else {}
            others = tuple(name for name in found if name != single)
            rivals |= {column.header: others} if others else {}
    return columns, rivals


def _proposal(found: _Found, gemeente_code: str) -> Proposal:
    """Return the proposal for a file of which the header was found."""
    headers = [cell.strip() for cell in found.header.cells]
    while not headers[-1]:
        headers.pop()
    below = [line for line in found.lines if line.line > found.header.line and len(line.cells) >= len(headers)]
    first_words = [re.split(r"[\W\d_]", first_text(line), maxsplit=1)[0] for line in below]
    has_person = [sum(map(str.isdigit, line.cells[headers.index(found.bsn)])) >= _LEAST_DIGITS for line in below]
    is_total = [word in TOTAL_WORDS and not person for word, person in zip(first_words, has_person, strict=True)]
    totals = [word for word in TOTAL_WORDS if word in compress(first_words, is_total)]
    rows = [line.cells for line, total in zip(below, is_total, strict=True) if not total]
    all_rows = (RowMapping(columns=found.columns, fixed={}), *found.wide.rows)
    values: dict[Column, pl.Series] = {}
    for column in found.source.read:
        names = [name for row in all_rows for name, ours in row.columns.items() if ours == column.header]
        places = [headers.index(name) for name in names]
        cells = pl.Series([line[place].strip() for place in places for line in rows], dtype=pl.String)
        values[column] = _that_may_be_read(cells.filter(cells != ""), column, found.source)
    shapes = shapes_of(values)
    codes = {name: dict(words) for name, words in found.wide.codes.items()}
    for name, words in shapes.codes.items():
        codes[name] = {**words, **codes.get(name, {})}
    gemeente = next(column.header for column in found.source.columns if column.field is GEMEENTE_CODE)
    fixed = {} if gemeente in found.filled else {gemeente: gemeente_code}
    read = {name for row in all_rows for name in row.columns}
    return Proposal(
        source=found.source,
        separator=found.separator,
        sheet=found.sheet,
        totals=totals,
        fixed=fixed,
        columns=found.columns,
        wide=found.wide,
        forms=shapes.forms,
        codes=codes,
        missing=[name for name in found.needed if name not in found.filled],
        unread=[place for place, name in enumerate(headers, start=1) if name and name not in read],
        unknown_words=shapes.unknown_words,
        doubts=[*shapes.doubts, *_doubts_of_headers(found)],
        rivals={
            ours: [place for place, name in enumerate(headers, start=1) if name in names]
            for ours, names in found.rivals.items()
        },
    )


def _that_may_be_read(values: pl.Series, column: Column, source: SourceSpec) -> pl.Series:
    """Return the values of a column without those by which a rule of the source keeps a row out."""
    if source.excluded is None or source.excluded.meta.root_names() != [column.field.name]:
        return values
    return values.to_frame(column.field.name).filter(~source.excluded).to_series()


def _doubts_of_headers(found: _Found) -> list[str]:
    """Return the columns of which the header leaves open whether its day still counts."""
    return [f"{ours}: {UNTIL}" for header, ours in found.columns.items() if bare(header) in UNTIL_WORDS]
