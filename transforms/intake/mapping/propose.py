"""A mapping proposed from an example: from its headers and the shapes of its values, which it does not repeat."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

import polars as pl

from schemas.fields import BSN, GEMEENTE_CODE
from schemas.sources import SOURCES
from schemas.specs import Column, Kind, SourceSpec
from transforms.intake.elfproef import is_valid_bsn
from transforms.intake.mapping.declaration import SEPARATORS, RowMapping
from transforms.intake.mapping.forms import FORMS, in_our_form
from transforms.intake.mapping.lines import first_text
from transforms.intake.mapping.synonyms import HEADERS, TOTAL_WORDS, WORDS, bare
from transforms.intake.mapping.wide import Wide, wide_form
from transforms.intake.parse import parse_field
from transforms.intake.text_files import LineUnreadable, NotText, Record, decode_text, records

_LEAST_COLUMNS_PCT = 60
"""Share of the needed columns of a source (0-100) that a header must have to be taken for it."""
_LEAST_READABLE_PCT = 90
"""Share of the values of a column (0-100) that are in our form where no other form is proposed."""
_LENIENT = frozenset({Kind.CENT, Kind.PERCENT})
"""Kinds of which our form and others share texts, such as `1174`; a few values that are in neither say nothing."""
_DATES = frozenset({Kind.DATE, Kind.END_DATE, Kind.BIRTH_DATE})
_DAY_AND_MONTH, _MONTHS = r"^([0-9]{1,2})[-/.]([0-9]{1,2})[-/.][0-9]{4}", 12
_SHARE = "^(?:0|1|0[.,][0-9]+|1[.,]0+)$"
_SEARCHED = 50
"""Lines from the top among which the header is sought."""


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What a mapping of an example could be; all but the headers is from our own lists.

    Attributes:
        wide: The rows that a line holds, if it is more than one.
        missing: Our headers that must be filled and to which nothing was found to map.
        unread: Positions of columns that nothing is made of; the first is 1.
        unknown_words: By our header, how many different words of the file stand in no list.
        unsure_dates: Every date could be day and month the other way round.
        rivals: By our header, positions of columns that could be it as well.
    """

    source: SourceSpec
    separator: str
    totals: Sequence[str]
    fixed: Mapping[str, str]
    columns: Mapping[str, str]
    wide: Wide
    forms: Mapping[str, str]
    codes: Mapping[str, Mapping[str, str]]
    missing: Sequence[str] = ()
    unread: Sequence[int] = ()
    unknown_words: Mapping[str, int] = field(default_factory=dict)
    unsure_dates: bool = False
    rivals: Mapping[str, Sequence[int]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class _Found:
    """A line that may be the header of a source."""

    source: SourceSpec
    separator: str
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
        bsn = next(column.header for column in self.source.columns if column.field is BSN)
        found = sum(name in self.filled for name in self.needed)
        return 100 * found / len(self.needed) if bsn in self.columns.values() else 0


def propose(content: bytes, *, gemeente_code: str) -> Proposal | None:
    """Return a mapping of an example of a file; None if it is no text, or has the columns of no source.

    Args:
        content: The example: UTF-8 or Windows-1252.
        gemeente_code: What stands in every row where the file does not say it.
    """
    candidates = (found for found in _candidates(content) if found.share_pct >= _LEAST_COLUMNS_PCT)
    # Not the share: a source that needs little would be found in every file with a BSN and a date.
    best = max(candidates, key=lambda found: (found.read, found.share_pct), default=None)
    return _proposal(best, gemeente_code) if best else None


def _candidates(content: bytes) -> Iterator[_Found]:
    """Yield every line that may be the header of a source, with every separator."""
    for separator in SEPARATORS:
        lines = _lines(content, separator)
        for header in islice(lines, _SEARCHED):
            for source in SOURCES:
                wide = wide_form(header.cells, source)
                columns, rivals = _matched(header.cells, source, wide)
                yield _Found(
                    source=source,
                    separator=separator,
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

    Then by our header those that were not chosen, and could be it as well.
    """
    counts = Counter(cell.strip() for cell in headers)
    taken = {name for row in wide.rows for name in row.columns}
    filled = {name for row in wide.rows for name in (*row.columns.values(), *row.fixed)}
    columns: dict[str, str] = {}
    rivals: dict[str, tuple[str, ...]] = {}
    for column in source.read:
        if column.header not in filled:
            known = HEADERS.get(column.field.name, frozenset()) | {bare(column.header), bare(column.field.name)}
            found = [name for name in counts if bare(name) in known and counts[name] == 1]
            free = [name for name in found if name not in taken and name not in columns]
            columns |= {free[0]: column.header} if free else {}
            rivals |= {column.header: tuple(free[1:])} if free[1:] else {}
    return columns, rivals


def _proposal(found: _Found, gemeente_code: str) -> Proposal:
    """Return the proposal for a file of which the header was found."""
    headers = [cell.strip() for cell in found.header.cells]
    below = [line for line in found.lines if line.line > found.header.line]
    first_words = [re.split(r"[\W\d_]", first_text(line), maxsplit=1)[0] for line in below]
    totals = [word for word in TOTAL_WORDS if word in first_words]
    rows = [
        line.cells
        for line, word in zip(below, first_words, strict=True)
        if len(line.cells) >= len(headers) and word not in totals
    ]
    all_rows = (RowMapping(columns=found.columns, fixed={}), *found.wide.rows)
    codes = {name: dict(words) for name, words in found.wide.codes.items()}
    unknown: dict[str, int] = {}
    values: dict[Column, pl.Series] = {}
    for column in found.source.read:
        names = [name for row in all_rows for name, ours in row.columns.items() if ours == column.header]
        places = [headers.index(name) for name in names]
        cells = pl.Series([line[place].strip() for place in places for line in rows], dtype=pl.String)
        values[column] = cells.filter(cells != "")
        words, others = _words(column, values[column])
        if words:
            codes[column.header] = words | codes.get(column.header, {})
        if others:
            unknown[column.header] = others
    forms, unsure = _forms(values)
    gemeente = next(column.header for column in found.source.columns if column.field is GEMEENTE_CODE)
    fixed = {} if gemeente in found.filled else {gemeente: gemeente_code}
    read = {name for row in all_rows for name in row.columns}
    return Proposal(
        source=found.source,
        separator=found.separator,
        totals=totals,
        fixed=fixed,
        columns=found.columns,
        wide=found.wide,
        forms=forms,
        codes=codes,
        missing=[name for name in found.needed if name not in found.filled],
        unread=[place for place, name in enumerate(headers, start=1) if name and name not in read],
        unknown_words=unknown,
        unsure_dates=unsure,
        rivals={ours: [headers.index(name) + 1 for name in names] for ours, names in found.rivals.items()},
    )


def _words(column: Column, values: pl.Series) -> tuple[dict[str, str], int]:
    """Return the words of our list if a file has any, and how many of its words are in no list."""
    if column.field.codes is None:
        return {}, 0
    codes = {code.lower(): code for code in column.field.codes.values}
    other = {*values.filter(~values.is_in(column.field.codes.values)).str.to_lowercase()}
    known = dict(WORDS.get(column.field.name, {})) | {word: codes[word] for word in sorted(other & codes.keys())}
    unknown = [text for text in other if not any(_is_word(text, word) for word in known)]
    return dict(known) if len(unknown) < len(other) else {}, len(unknown)


def _is_word(text: str, word: str) -> bool:
    return text.startswith(word[:-1]) if word.endswith("*") else text == word


def _forms(values: Mapping[Column, pl.Series]) -> tuple[dict[str, str], bool]:
    """Return the form of every column that is not in ours, and whether all dates may have day and month swapped.

    A supplier writes all dates of a file alike, so a column that could be in two forms is in that of the others.
    """
    readable = {column: _readable_by_form(column, texts) for column, texts in values.items()}
    of_dates = [column for column in values if column.field.kind in _DATES]
    alike = {word: sum(readable[column].get(word, 0) for column in of_dates) for word in FORMS[Kind.DATE]}
    forms = {}
    for column, counts in readable.items():
        best = max(counts, key=lambda word: (counts[word], alike.get(word, 0)), default="")
        if best:
            forms[column.header] = best
    dates = pl.concat([pl.Series(dtype=pl.String), *(values[column] for column in of_dates)])
    parts = pl.concat([dates.str.extract(_DAY_AND_MONTH, place) for place in (1, 2)]).drop_nulls().cast(pl.Int32)
    return forms, not parts.is_empty() and not (parts > _MONTHS).any()


def _readable_by_form(column: Column, values: pl.Series) -> dict[str, int]:
    """Count the values that can be read in each form, our own by the word ``; empty if hardly any needs another one."""
    kind = column.field.kind
    if values.is_empty() or kind not in FORMS:
        return {}
    if kind is Kind.PERCENT and values.str.contains(_SHARE).all() and not values.is_in(["0", "1"]).all():
        return {"fractie": len(values)}  # as percentages they would all be of one percent or less
    ours = _readable(column, pl.lit(values))
    if 100 * ours >= _LEAST_READABLE_PCT * len(values) if kind in _LENIENT else ours == len(values):
        return {}
    other = {word: _readable(column, in_our_form(pl.lit(values), kind, [word])) for word in FORMS[kind]}
    return {"": ours} | {word: count for word, count in other.items() if count > ours}


def _readable(column: Column, text: pl.Expr) -> int:
    """Count the values of a column that can be read as its kind."""
    frame = pl.select(text.alias(column.field.name))
    is_read = is_valid_bsn(column.field.col) if column.field is BSN else parse_field(column.field).is_not_null()
    return int(frame.select(is_read.fill_null(False).sum()).item())
