"""The lines of a supplier's file: its header, found by what is read, and those above and below it."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

import polars as pl

from schemas.errors import (
    MappedHeaderAgain,
    MappedHeaderMissing,
    MappedPersonAbove,
)
from schemas.fields import BSN
from transforms.intake.delivery import persons_on_lines, read_records
from transforms.intake.elfproef import is_valid_bsn, meant_bsn
from transforms.intake.mapping.declaration import FileMapping, header_key
from transforms.intake.text_files import LineUnreadable, NotText, Record, decode_text, records

_SEARCHED = 50
"""Lines from the top among which the header is sought."""
_LEAST_DIGITS = 7
"""Fewest digits in the column of the BSN that are taken for one; a total may have its number of rows there."""


@dataclass(frozen=True, eq=False)
class Lines:
    """The lines of a file that hold something: above the header, it, and below it by whether they have its cells."""

    above: Sequence[Record]
    header: int
    headers: Sequence[str]
    whole: Sequence[Record]
    odd: Sequence[Record]
    frame: pl.DataFrame
    """Cells of the whole lines by position, stripped, empty is null."""


def share_of_columns(content: bytes, mapping: FileMapping) -> float:
    """Return the share (0-1) of the columns that a mapping reads, that a file has in its header; 0 if it is no text."""
    first: list[Record] = []
    with suppress(NotText, LineUnreadable):  # judged by the lines above it; the reader says which line it is
        lines = records(decode_text(content), mapping.separator)
        first += islice((line for line in lines if not line.is_empty), _SEARCHED)
    return 1 - len(_missing(_header(first, mapping), mapping)) / len(mapping.read)


def read_lines(content: bytes, mapping: FileMapping) -> Lines:
    """Return the lines of a file.

    Raises:
        WrongEncoding, UnreadableLine: It is no text that can be read.
        MappedHeaderMissing: None of its first lines has all columns that the mapping reads, each once.
        MappedHeaderAgain: A line below the header has them too, in another order.
        MappedPersonAbove: A BSN stands above the header.
    """
    lines = [line for line in read_records(content, mapping.source, mapping.separator) if not line.is_empty]
    header = _header(lines[:_SEARCHED], mapping)
    if missing := _missing(header, mapping):
        raise MappedHeaderMissing(mapping.source.id, missing)
    headers = [header_key(cell) for cell in header.cells]
    while not headers[-1]:
        headers.pop()
    above = [line for line in lines if line.line < header.line]
    below = [line._replace(cells=_without_empty_end(line.cells, len(headers))) for line in lines[len(above) + 1 :]]
    _require_no_person(above, mapping)
    _require_no_other_header(below, headers, mapping)
    whole = [line for line in below if len(line.cells) == len(headers)]
    schema = {str(place): pl.String for place in range(len(headers))}
    cells = pl.DataFrame([line.cells for line in whole], schema=schema, orient="row")
    stripped = pl.all().str.strip_chars()
    return Lines(
        above,
        header.line,
        headers,
        whole,
        [line for line in below if len(line.cells) != len(headers)],
        cells.select(pl.when(stripped != "").then(stripped)),
    )


def lines_about(content: bytes, mapping: FileMapping, bsn: str) -> set[int]:
    """Return the lines of a file that are about a person, as far as a BSN in any of their cells says so.

    Raises:
        WrongEncoding, UnreadableLine, MappedHeaderMissing, MappedHeaderAgain, MappedPersonAbove: As `read_lines`.
    """
    lines = read_lines(content, mapping)
    place = bsn_place(lines, mapping)
    searched = [*lines.whole, *lines.odd, *lines.above]
    own = [line.cells[place] for line in lines.whole] + [""] * (len(lines.odd) + len(lines.above))
    persons = persons_on_lines(pl.Series(own, dtype=pl.String), [line.cells for line in searched])
    return {line.line for line, about in zip(searched, persons.list.contains(bsn), strict=True) if about}


def total_lines(lines: Lines, mapping: FileMapping) -> set[int]:
    """Return the lines below the header that begin with the word of a total, and have a BSN in no cell."""
    if not mapping.totals:
        return set()
    word = re.compile(rf"(?:{'|'.join(map(re.escape, mapping.totals))})(?![^\W\d_])")
    candidates = [line for line in (*lines.whole, *lines.odd) if word.match(first_text(line))]
    width, place = len(lines.headers), bsn_place(lines, mapping)
    own = pl.Series([line.cells[place] if len(line.cells) == width else "" for line in candidates], dtype=pl.String)
    cells = pl.Series([line.cells for line in candidates], dtype=pl.List(pl.String))
    is_own = is_valid_bsn(meant_bsn(pl.lit(own))) & (pl.lit(own).str.count_matches("[0-9]") >= _LEAST_DIGITS)
    is_bsn = pl.element().str.contains("^[0-9]{8,9}$") & is_valid_bsn(pl.element().str.zfill(9))
    is_person = pl.select(is_own.fill_null(False) | pl.lit(cells).list.eval(is_bsn).list.any().fill_null(False))
    return {line.line for line, person in zip(candidates, is_person.to_series(), strict=True) if not person}


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
    """Raise `MappedPersonAbove` if a number of nine digits above the header is a BSN."""
    found = [(line.line, number) for line in above for cell in line.cells for number in re.findall("[0-9]{9,}", cell)]
    numbers = pl.Series([number for _, number in found], dtype=pl.String)
    is_bsn = pl.select(is_valid_bsn(pl.lit(numbers)).fill_null(False)).to_series()
    for (line, _), is_it in zip(found, is_bsn, strict=True):
        if is_it:
            raise MappedPersonAbove(mapping.source.id, line)


def _require_no_other_header(below: Sequence[Record], headers: Sequence[str], mapping: FileMapping) -> None:
    """Raise `MappedHeaderAgain` if a line has all columns that are read, and not where the header has them."""
    longest = max(mapping.read, key=len)
    for line in below:
        if any(header_key(cell) == longest for cell in line.cells):
            again = [header_key(cell) for cell in line.cells]
            if mapping.read.keys() <= {*again} and again != headers:
                raise MappedHeaderAgain(mapping.source.id, line.line)


def _without_empty_end(cells: list[str], width: int) -> list[str]:
    """Return a line without empty cells behind the last column."""
    return cells if any(cell.strip() for cell in cells[width:]) else cells[:width]
