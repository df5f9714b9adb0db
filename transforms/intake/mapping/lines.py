"""The lines of a supplier's file: its header, found by what is read, and those above and below it."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import compress, islice

import polars as pl

from schemas.errors import (
    MappedHeaderAgain,
    MappedHeaderMissing,
    MappedPersonAbove,
    WorkbookRefused,
)
from schemas.fields import BSN
from transforms.intake.delivery import persons_on_lines, read_records
from transforms.intake.elfproef import is_valid_bsn, meant_bsn
from transforms.intake.mapping.declaration import FileMapping, header_key
from transforms.intake.sheet_parts import WorkbookUnreadable
from transforms.intake.text_files import LineUnreadable, NotText, Record, decode_text, records
from transforms.intake.workbooks import is_workbook, sheet_facts, sheet_records

_SEARCHED = 50
"""Lines from the top among which the header is sought."""
_LEAST_DIGITS, _DIGITS = 7, 9
"""Fewest digits in the column of the BSN that are taken for one, and those of a BSN anywhere else."""
_FEWEST = 4
"""Half of so many columns, two, is the least that is taken for a header."""
_MARK = " \t\ufeff"
_DAY_NUMBER = "excel"
"""The form that counts days from 1900."""
_BARE_NUMBER = re.compile(r"(?<![0-9.,])[0-9]{8,9}(?![0-9]|[.,][0-9])")
"""A number of eight or nine digits that is no part of an amount."""


@dataclass(frozen=True, eq=False)
class Lines:
    """The lines of a file that hold something: above the header, it, and below it by whether they have its cells."""

    above: Sequence[Record]
    header: int
    headers: Sequence[str]
    whole: Sequence[Record]
    odd: Sequence[Record]
    frame: pl.DataFrame
    """Cells of the whole lines in the columns that are read, by position, stripped, empty is null."""


def share_of_columns(content: bytes, mapping: FileMapping) -> float:
    """Return the share (0-1) of the columns that a mapping reads, that a file has in its header; 0 if it is no text."""
    first: list[Record] = []
    with suppress(NotText, LineUnreadable, WorkbookUnreadable):  # judged by the lines above it; the reader says which
        lines = _sheet_or_text(content, mapping)
        first += islice((line for line in lines if not line.is_empty), _SEARCHED)
    return 1 - len(_missing(_header(first, mapping), mapping)) / len(mapping.read)


def read_lines(content: bytes, mapping: FileMapping) -> Lines:
    """Return the lines of a file.

    Raises:
        WrongEncoding, UnreadableLine, WorkbookRefused: It is no text or workbook that can be read.
        MappedHeaderMissing: None of its first lines has all columns that the mapping reads, each once.
        MappedHeaderAgain: A line below the header has half of them or more, and differs from it.
        MappedPersonAbove: A BSN stands above the header, or in it.
    """
    lines = [line for line in _read_records(content, mapping) if not line.is_empty]
    header = _header(lines[:_SEARCHED], mapping)
    if missing := _missing(header, mapping):
        raise MappedHeaderMissing(mapping.source.id, missing)
    headers = [header_key(cell) for cell in header.cells]
    while not headers[-1]:
        headers.pop()
    above = [line for line in lines if line.line < header.line]
    below = [line._replace(cells=_without_empty_end(line.cells, len(headers))) for line in lines[len(above) + 1 :]]
    _require_no_person([*above, header], mapping)
    _require_plain_sheet(content, header.line, [headers.index(name) + 1 for name in mapping.read], mapping)
    whole = [line for line in below if len(line.cells) == len(headers)]
    odd = [line for line in below if len(line.cells) != len(headers)]
    places = [headers.index(name) for name in mapping.read]
    cells = pl.DataFrame(
        [[line.cells[place] for place in places] for line in whole],
        schema={str(place): pl.String for place in places},
        orient="row",
    )
    stripped = pl.all().str.strip_chars()
    frame = cells.select(pl.when(stripped != "").then(stripped))
    _require_no_other_header([*_like_headers(whole, frame, headers), *odd], headers, mapping)
    return Lines(above, header.line, headers, whole, odd, frame)


def lines_about(content: bytes, mapping: FileMapping, bsn: str) -> set[int]:
    """Return the lines of a file that are about a person, as far as a BSN in any of their cells says so.

    Raises:
        DeliveryError: As `read_lines`.
    """
    lines = read_lines(content, mapping)
    place = bsn_place(lines, mapping)
    searched = [*lines.whole, *lines.odd, *lines.above]
    own = [line.cells[place] for line in lines.whole] + [""] * (len(lines.odd) + len(lines.above))
    persons = persons_on_lines(pl.Series(own, dtype=pl.String), [line.cells for line in searched])
    return {line.line for line, about in zip(searched, persons.list.contains(bsn), strict=True) if about}


def _sheet_or_text(content: bytes, mapping: FileMapping) -> Iterable[Record]:
    """Return the records of a file; raises `NotText`, `LineUnreadable` or `WorkbookUnreadable`."""
    if is_workbook(content):
        return sheet_records(content, mapping.sheet)
    return records(decode_text(content), mapping.separator)


def _read_records(content: bytes, mapping: FileMapping) -> Sequence[Record]:
    """Return the records of a file; raises `WrongEncoding`, `UnreadableLine` or `WorkbookRefused`."""
    if not is_workbook(content):
        return read_records(content, mapping.source, mapping.separator)
    try:
        return sheet_records(content, mapping.sheet)
    except WorkbookUnreadable as error:
        problem = error.problem
    raise WorkbookRefused(mapping.source.id, problem)


def total_lines(lines: Lines, mapping: FileMapping) -> set[int]:
    """Return the lines below the header that begin with the word of a total, and have a BSN in no cell.

    A number of seven digits or more in the column of the BSN is one, whether it passes the 11-proef or not; the number
    of rows may stand there.
    """
    if not mapping.totals:
        return set()
    word = re.compile(rf"(?:{'|'.join(map(re.escape, mapping.totals))})(?![^\W\d_])")
    candidates = [line for line in (*lines.whole, *lines.odd) if word.match(first_text(line))]
    width, place = len(lines.headers), bsn_place(lines, mapping)
    own = pl.Series([line.cells[place] if len(line.cells) == width else "" for line in candidates], dtype=pl.String)
    numbers = [[number for cell in line.cells for number in _BARE_NUMBER.findall(cell)] for line in candidates]
    is_own = pl.lit(own).str.count_matches("[0-9]") >= _LEAST_DIGITS
    is_bsn = pl.lit(pl.Series(numbers, dtype=pl.List(pl.String))).list.eval(is_valid_bsn(pl.element().str.zfill(9)))
    is_person = pl.select(is_own | is_bsn.list.any().fill_null(False)).to_series()
    return {line.line for line, person in zip(candidates, is_person, strict=True) if not person}


def last_person(lines: Lines, mapping: FileMapping) -> int:
    """Return the last line with a number in the column of the BSN that is long enough for one; 0 if there is none."""
    is_person = lines.frame[str(bsn_place(lines, mapping))].str.count_matches("[0-9]").fill_null(0) >= _LEAST_DIGITS
    return max((line.line for line in compress(lines.whole, is_person)), default=0)


def bsn_place(lines: Lines, mapping: FileMapping) -> int:
    """Return the position of the BSN, which every row has; the first column is 0."""
    bsn = next(column.header for column in mapping.source.columns if column.field is BSN)
    (header,) = mapping.headers_of(bsn)
    return lines.headers.index(header_key(header))


def first_text(line: Record) -> str:
    """Return the first cell of a line that is not empty, in lower case; empty if there is none."""
    return next((cell.strip().casefold() for cell in line.cells if cell.strip()), "")


def _header(lines: Iterable[Record], mapping: FileMapping) -> Record:
    """Return the line that has most of the columns that a mapping reads; the first of those that are alike."""
    return min(lines, key=lambda line: len(_missing(line, mapping)), default=Record(0, []))


def _missing(header: Record, mapping: FileMapping) -> tuple[str, ...]:
    """Return the columns that a mapping reads and that a line has not, or twice: as declared, with ours in brackets."""
    headers = Counter(header_key(cell) for cell in header.cells)
    ours = {name: our for row in mapping.rows for name, our in row.columns.items()}
    return tuple(f"{name} ({our})" for name, our in ours.items() if headers[header_key(name)] != 1)


def _require_no_person(above: Sequence[Record], mapping: FileMapping) -> None:
    """Raise `MappedPersonAbove` if a number of nine digits above the header is a BSN, however it is written.

    On a line with as many cells filled as are read, which may be a row, a BSN that lost its zeros is one too.
    """
    found: list[tuple[int, str]] = []
    for line in above:
        filled = [cell for cell in line.cells if cell.strip()]
        least = _LEAST_DIGITS if len(filled) >= len(mapping.read) else _DIGITS
        texts = [*filled, *(number for cell in filled for number in re.findall("[0-9]{9,}", cell))]
        found += [(line.line, text) for text in texts if sum(map(str.isdigit, text)) >= least]
    numbers = pl.Series([text for _, text in found], dtype=pl.String)
    is_bsn = pl.select(is_valid_bsn(meant_bsn(pl.lit(numbers))).fill_null(False)).to_series()
    for (place, _), is_it in zip(found, is_bsn, strict=True):
        if is_it:
            raise MappedPersonAbove(mapping.source.id, place)


def _require_plain_sheet(content: bytes, header: int, read: Sequence[int], mapping: FileMapping) -> None:
    """Raise `WorkbookRefused` if a cell that is read covers other rows, or day numbers count from another day.

    Args:
        header: Line of the header.
        read: Columns that are read; the first is 1.
    """
    if not is_workbook(content):
        return
    facts, from_1904 = sheet_facts(content, mapping.sheet)
    for top, bottom, left, right in facts.merged:
        covers = any(max(top, header) < row <= bottom for row in facts.filled)
        if not covers or not any(left <= column <= right for column in read):
            continue
        raise WorkbookRefused(mapping.source.id, "has cells below its header that cover other rows (merged)")
    if from_1904 and any(_DAY_NUMBER in forms for forms in mapping.forms.values()):
        raise WorkbookRefused(mapping.source.id, f"counts its days from 1904, which the form {_DAY_NUMBER} does not")


def _like_headers(whole: Sequence[Record], frame: pl.DataFrame, headers: Sequence[str]) -> list[Record]:
    """Return the lines of which a cell that is read holds a word of the header."""
    is_like = pl.any_horizontal(pl.all().str.strip_chars(_MARK).str.to_lowercase().is_in(headers))
    return list(compress(whole, frame.select(is_like.fill_null(False)).to_series()))


def _require_no_other_header(lines: Sequence[Record], headers: Sequence[str], mapping: FileMapping) -> None:
    """Raise `MappedHeaderAgain` if a line has half of the columns that are read, and is not the header once more."""
    for line in lines:
        again = [header_key(cell) for cell in line.cells]
        if again != headers and 2 * len(mapping.read.keys() & {*again}) >= max(len(mapping.read), _FEWEST):
            raise MappedHeaderAgain(mapping.source.id, line.line)


def _without_empty_end(cells: list[str], width: int) -> list[str]:
    """Return a line without empty cells behind the last column."""
    return cells if any(cell.strip() for cell in cells[width:]) else cells[:width]
