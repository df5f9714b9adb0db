"""A file of a supplier made into a delivery, with the line of the file for every row."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

import polars as pl

from schemas.errors import MappedHeaderMissing, RowsLost, UnreadableLine, WrongEncoding
from schemas.fields import BSN
from schemas.specs import Column, SourceSpec, Treatment
from transforms.intake.contract import Checked, renumber
from transforms.intake.delivery import SEPARATOR, persons_on_lines
from transforms.intake.elfproef import is_valid_bsn, meant_bsn
from transforms.intake.mapping.declaration import FileMapping, RowMapping
from transforms.intake.mapping.forms import in_our_form
from transforms.intake.text_files import LineUnreadable, NotText, Record, decode_text, join_records, records

_ODD = "-"
"""A cell behind the others of a line with too many or too few cells, so that it never has as many as a row."""
_LINE, _ROW = "regel", "meting"
_SEARCHED = 50
"""Lines from the top among which the header is sought."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Mapped:
    """A file as a delivery, and what became of its lines: each is the header, a row or more, or named here.

    Attributes:
        header: Line of the header in the file.
        content: The delivery, as bytes: a header, and a line per row.
        lines: Line of the file by row of the delivery.
        odd: By line of the file that has too many or too few cells: how many, as `11/12`.
        aside: Lines that hold nothing in any column that is read, such as a title.
        totals: Lines that begin as a total does and name no person.
        unmeasured: The line of every measurement that was not made; a line may be in it several times.
        unread: Positions of the columns that were not read; the first is 1.
    """

    header: int
    content: bytes
    lines: tuple[int, ...]
    odd: Mapping[int, str]
    aside: tuple[int, ...]
    totals: tuple[int, ...]
    unmeasured: tuple[int, ...]
    unread: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class _Lines:
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
    try:
        return 1 - len(_missing(_header(_records(content, mapping), mapping), mapping)) / len(mapping.read)
    except (NotText, LineUnreadable):
        return 0


def apply(content: bytes, mapping: FileMapping) -> Mapped:
    """Return a file as a delivery of its source: the columns that the analysis reads, and nothing else.

    Args:
        content: The file: UTF-8 or Windows-1252.
        mapping: How it becomes a delivery.

    Raises:
        WrongEncoding, UnreadableLine: It is no such text.
        MappedHeaderMissing: None of its first lines has all columns that the mapping reads, each once.
    """
    lines = _lines(content, mapping)
    columns = [column for column in mapping.source.columns if _is_written(column, mapping)]
    frame = lines.frame.with_columns(pl.Series(_LINE, [line.line for line in lines.whole], dtype=pl.UInt32))
    is_total, is_read = _totals(lines, mapping), _read_cells(lines, mapping)
    odd_totals = [line for line in lines.odd if _is_odd_total(line, mapping)]
    odd_rows = [line for line in lines.odd if line not in odd_totals]
    rows = frame.filter(~is_total & is_read)
    made = pl.concat(
        rows.select(pl.col(_LINE), pl.lit(number).alias(_ROW), *_values(row, columns, lines.headers, mapping))
        for number, row in enumerate(mapping.rows)
    )
    is_made = made[mapping.only_with] != "" if mapping.only_with else pl.repeat(True, made.height, eager=True)
    unmeasured, made = made.filter(~is_made)[_LINE].sort(), made.filter(is_made)
    made = made.sort(_LINE, _ROW)
    width = len(columns)
    odd = [[*line.cells, _ODD, *([_ODD] if len(line.cells) + 1 == width else [])] for line in odd_rows]
    header = [column.header for column in columns]
    return Mapped(
        header=lines.header,
        content=join_records(chain([header], made.drop(_LINE, _ROW).rows(), odd), SEPARATOR),
        lines=(*made[_LINE], *(line.line for line in odd_rows)),
        odd={line.line: f"{len(line.cells)}/{len(lines.headers)}" for line in odd_rows},
        aside=tuple(sorted([line.line for line in lines.above] + [*frame.filter(~is_total & ~is_read)[_LINE]])),
        totals=tuple(sorted([*frame.filter(is_total)[_LINE], *(line.line for line in odd_totals)])),
        unmeasured=tuple(unmeasured),
        unread=tuple(place for place, name in enumerate(lines.headers, start=1) if name not in mapping.read),
    )


def require_all_lines(mapped: Mapped, counted: int, source: SourceSpec) -> None:
    """Raise unless every line of a file is its header, became a row, or is named as one that did not.

    Args:
        counted: Lines of the file with something on them, counted from its bytes by other code.

    Raises:
        RowsLost: A line is neither.
    """
    named = {mapped.header, *mapped.lines, *mapped.aside, *mapped.totals, *mapped.unmeasured}
    if len(named) != counted:
        raise RowsLost(source.id, counted, len(named))


def at_lines_of_file(checked: Checked, mapped: Mapped) -> Checked:
    """Return a delivery after its contract, with the lines and cells of the file in the place of those of `content`."""
    return renumber(checked, dict(enumerate(mapped.lines, start=2)), mapped.odd)  # the header is line 1


def lines_about(content: bytes, mapping: FileMapping, bsn: str) -> set[int]:
    """Return the lines of a file that are about a person, as far as a BSN in any of their cells says so.

    Raises:
        WrongEncoding, UnreadableLine, MappedHeaderMissing: As `apply`.
    """
    lines = _lines(content, mapping)
    records_below = [*lines.whole, *lines.odd]
    own = [line.cells[_bsn_place(lines, mapping)] for line in lines.whole] + [""] * len(lines.odd)
    persons = persons_on_lines(pl.Series(own, dtype=pl.String), [line.cells for line in records_below])
    is_about = persons.list.contains(bsn)
    return {line.line for line, about in zip(records_below, is_about, strict=True) if about}


def _lines(content: bytes, mapping: FileMapping) -> _Lines:
    """Return the lines of a file that hold something; raise as `apply`."""
    lines = [line for line in _read_records(content, mapping) if not line.is_empty]
    header = _header(lines, mapping)
    if missing := _missing(header, mapping):
        raise MappedHeaderMissing(mapping.source.id, missing)
    headers = [cell.strip() for cell in header.cells]
    while not headers[-1]:
        headers.pop()
    below = [
        Record(line.line, _without_empty_end(line.cells, len(headers))) for line in lines if line.line > header.line
    ]
    whole = [line for line in below if len(line.cells) == len(headers)]
    schema = {str(place): pl.String for place in range(len(headers))}
    stripped = pl.all().str.strip_chars()
    cells = pl.DataFrame([line.cells for line in whole], schema=schema, orient="row")
    return _Lines(
        [line for line in lines if line.line < header.line],
        header.line,
        headers,
        whole,
        [line for line in below if len(line.cells) != len(headers)],
        cells.select(pl.when(stripped != "").then(stripped)),
    )


def _header(lines: Iterable[Record], mapping: FileMapping) -> Record:
    """Return the line of the first ones that has most of the columns that a mapping reads."""
    first = islice((line for line in lines if not line.is_empty), _SEARCHED)
    return min(first, key=lambda line: len(_missing(line, mapping)), default=Record(0, []))


def _missing(header: Record, mapping: FileMapping) -> tuple[str, ...]:
    """Return our headers of the columns that a mapping reads, and that a line has not, or twice."""
    headers = Counter(cell.strip() for cell in header.cells)
    ours = {name: our for row in mapping.rows for name, our in row.columns.items()}
    return tuple(our for name, our in ours.items() if headers[name] != 1)


def _read_records(content: bytes, mapping: FileMapping) -> list[Record]:
    """Return the lines of a file; raise `WrongEncoding` or `UnreadableLine`."""
    try:
        return list(_records(content, mapping))
    except NotText as error:
        kind, line = error.kind, 0
    except LineUnreadable as error:
        kind, line = "", error.line
    if kind:
        raise WrongEncoding(mapping.source.id, kind)
    raise UnreadableLine(mapping.source.id, line)


def _records(content: bytes, mapping: FileMapping) -> Iterator[Record]:
    return records(decode_text(content), mapping.separator)


def _without_empty_end(cells: list[str], width: int) -> list[str]:
    """Return a line without empty cells behind the last column."""
    return cells if any(cell.strip() for cell in cells[width:]) else cells[:width]


def _is_written(column: Column, mapping: FileMapping) -> bool:
    """Return whether the delivery gets a column: not one that may be absent and is not mapped."""
    is_filled = any(column.header in {*row.columns.values(), *row.fixed} for row in mapping.rows)
    return is_filled or not column.may_be_absent


def _values(row: RowMapping, columns: Sequence[Column], headers: Sequence[str], mapping: FileMapping) -> list[pl.Expr]:
    """Return the columns of ours; empty where nothing is mapped to one, or the analysis does not read it."""
    origins = {ours: str(headers.index(header)) for header, ours in row.columns.items()}
    return [_value(column, origins, row.fixed, mapping).fill_null("").alias(column.header) for column in columns]


def _value(column: Column, origins: Mapping[str, str], fixed: Mapping[str, str], mapping: FileMapping) -> pl.Expr:
    name = column.header
    if name not in origins or column.field.treatment is Treatment.UNREAD:
        return pl.lit(fixed.get(name, ""))
    text = pl.col(origins[name])
    if name in mapping.codes:
        text = _coded(text, mapping.codes[name])
    forms = mapping.forms.get(name, ())
    return in_our_form(text, column.field.kind, forms) if forms else text


def _coded(text: pl.Expr, codes: Mapping[str, str]) -> pl.Expr:
    """Return the code of a word; a word that stands in no list stays, so that the contract can say so."""
    word = text.str.to_lowercase()
    exact = {known: code for known, code in codes.items() if not known.endswith("*")}
    coded = word.replace_strict(exact, default=None, return_dtype=pl.String)
    beginnings = [(known[:-1], code) for known, code in codes.items() if known.endswith("*")]
    for beginning, code in sorted(beginnings, key=lambda pair: -len(pair[0])):
        coded = pl.coalesce(coded, pl.when(word.str.starts_with(beginning)).then(pl.lit(code)))
    return pl.coalesce(coded, text)


def _read_cells(lines: _Lines, mapping: FileMapping) -> pl.Series:
    """Return which whole lines hold something in a column that is read."""
    places = [str(lines.headers.index(header)) for header in sorted(mapping.read)]
    return lines.frame.select(pl.any_horizontal(pl.col(places).is_not_null())).to_series()


def _totals(lines: _Lines, mapping: FileMapping) -> pl.Series:
    """Return which whole lines are totals: the first cell that is not empty begins as one, and there is no BSN."""
    first = pl.coalesce(pl.all()).str.to_lowercase()
    is_total = pl.any_horizontal(pl.lit(False), *(first.str.starts_with(word) for word in mapping.totals))
    own = pl.col(str(_bsn_place(lines, mapping)))
    is_person = is_valid_bsn(meant_bsn(own)).fill_null(False)
    return lines.frame.select((is_total & ~is_person).fill_null(False).alias("totaal")).to_series()


def _is_odd_total(line: Record, mapping: FileMapping) -> bool:
    """Return whether a line with too many or too few cells is a total; a line with a BSN in any cell is none."""
    first = next(cell.strip().casefold() for cell in line.cells if cell.strip())
    persons = persons_on_lines(pl.Series([""]), [line.cells])
    return first.startswith(tuple(mapping.totals)) and not len(persons[0])


def _bsn_place(lines: _Lines, mapping: FileMapping) -> int:
    """Return the position of the BSN, which every row has; the first column is 0."""
    bsn = next(column.header for column in mapping.source.columns if column.field is BSN)
    origins = {ours: header for header, ours in mapping.rows[0].columns.items()}
    return lines.headers.index(origins[bsn])
