"""Delivered files as text by line, or a refusal without values."""

import re
from collections.abc import Collection, Sequence
from itertools import compress

import polars as pl

from schemas.errors import (
    DeliveryEmpty,
    RowsLost,
    UnknownColumn,
    UnreadableLine,
    WrongColumns,
    WrongEncoding,
    WrongSeparator,
)
from schemas.fields import BSN
from schemas.specs import SourceSpec
from schemas.states import SEAL, Delivered
from transforms.intake.elfproef import is_valid_bsn, meant_bsn
from transforms.intake.text_files import LineUnreadable, NotText, Record, decode_text, join_records, records

SEPARATOR = ";"
ROW_NUMBER = "regel_nummer"
"""Column with the line number in the delivered file, so that the steward can find a row at the source."""
CELL_COUNT = "cellen"
"""Column with the number of cells of a line that differs from the header, as `11/12`; null on every other line."""
BSNS = "betrokkenen"
"""Column with the BSNs, nine digits each, of everybody whom a line is about."""

SEPARATOR_LINE = re.compile(r"sep=.?", re.IGNORECASE)
NOTHING = ' \t\x1a;"'
"""Characters of a line that is no row; the same as in `pia.checks.lines`, which counts without parsing quotes."""
_LEAST_DIGITS = 7
"""Fewest digits of a number outside the BSN column that is taken for a BSN, which may have lost two zeros."""
_PLACEHOLDER = "-"
"""Replaces the content of a cell in an odd line, so that it has as many cells when it is read again."""
_CELLS_SCHEMA = {"text": pl.List(pl.String)}
_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\n|\r|$)")


def read_delivery(content: bytes, source: SourceSpec) -> Delivered:
    """Read the rows of a delivered file under our field names, as text.

    Everything stays text: type inference would drop the leading zero of a BSN. Fields that the analysis does not
    read, and rows that a rule of the source excludes, are left out here and go no further.

    Args:
        content: The whole file: UTF-8 or Windows-1252, `;`, one header line, an optional line `sep=;` above it.
        source: Declaration that the header must match column by column, without regard to case and spaces around.

    Returns:
        A row per line with something on it, in file order: `regel_nummer` (UInt32, header is 1 unless something
        stands above it), `cellen`, `betrokkenen`, and String columns, stripped, empty is null. A line with more or
        fewer cells than the header has only the first three. Empty cells behind the last column are no cells.

    Raises:
        WrongEncoding, WrongSeparator, UnknownColumn, WrongColumns, UnreadableLine, DeliveryEmpty: As named; nothing
            of the content is in the message.
    """
    header, *lines = _lines(content, source)
    names = column_names(header, source)
    cells = [_strip_empty_end(line.cells, len(names)) for line in lines]
    is_whole = [len(row) == len(names) for row in cells]
    frame = pl.DataFrame(
        [row if has_all else [None] * len(names) for row, has_all in zip(cells, is_whole, strict=True)],
        schema=dict.fromkeys(names, pl.String),
        orient="row",
    )
    numbers = pl.Series(ROW_NUMBER, [line.line for line in lines], dtype=pl.UInt32)
    sizes = [None if has_all else f"{len(row)}/{len(names)}" for row, has_all in zip(cells, is_whole, strict=True)]
    stripped = pl.all().str.strip_chars()
    rows = frame.select(pl.when(stripped != "").then(stripped))
    persons = persons_on_lines(rows[BSN.name], cells)
    read = [column.field.name for column in source.read]
    absent = [pl.lit(None, pl.String).alias(name) for name in read if name not in names]
    rows = rows.with_columns(*absent, numbers, pl.Series(CELL_COUNT, sizes, dtype=pl.String), persons)
    excluded = rows.filter(source.excluded).get_column(ROW_NUMBER) if source.excluded is not None else numbers[:0]
    analysed = rows.filter(~pl.col(ROW_NUMBER).is_in(excluded.implode()))
    return Delivered(analysed.select(ROW_NUMBER, CELL_COUNT, BSNS, *read), SEAL, tuple(excluded))


def no_rows(source: SourceSpec) -> pl.DataFrame:
    """Return the frame that `read_delivery` would give of a file without rows."""
    fields = dict.fromkeys((column.field.name for column in source.read), pl.String)
    return pl.DataFrame(schema={ROW_NUMBER: pl.UInt32, CELL_COUNT: pl.String, BSNS: pl.List(pl.String), **fields})


def require_all_rows(delivered: Delivered, counted: int, source: SourceSpec) -> None:
    """Raise unless every line of a file is a row that was read or excluded.

    Args:
        counted: Rows of the file, counted by code that is independent of the reader.

    Raises:
        RowsLost: A line is neither.
    """
    rows = delivered.frame.height + len(delivered.excluded)
    if rows != counted:
        raise RowsLost(source.id, counted, rows)


def drop_lines(content: bytes, lines: Collection[int]) -> bytes:
    """Return a file without some of its lines; every other byte stays."""
    dropped = set(lines)
    pieces = (match.group() for match in _LINE.finditer(content))
    return b"".join(piece for line, piece in enumerate(pieces, start=1) if line not in dropped)


def blank_unread_cells(content: bytes, source: SourceSpec) -> bytes:
    """Blank the cells of a delivered file that the analysis does not read, so that it can be kept.

    The result has the same rows, line by line: read again, it gives the same delivery. Two kinds of BSN are kept: on
    lines with a wrong number of cells, and in unread cells of a line of which the BSN column has none. So a request of
    a resident finds every line that may be about him.

    Raises:
        WrongEncoding, WrongSeparator, UnknownColumn, WrongColumns, UnreadableLine: As `read_delivery`.
    """
    header, *lines = _lines(content, source)
    names = column_names(header, source)
    is_read = [name in {column.field.name for column in source.read} for name in names]
    rows = [_strip_empty_end(line.cells, len(names)) for line in lines]
    bsn = names.index(BSN.name)
    bsns = pl.Series([row[bsn] if len(row) == len(names) else "" for row in rows], dtype=pl.String)
    is_sure = pl.select(_is_meant(pl.lit(bsns))).to_series()
    bare = iter(_only_bsns(list(compress(rows, ~is_sure))))
    blanked: list[list[str]] = []
    for row, sure in zip(rows, is_sure, strict=True):
        bsns_only = [""] * len(row) if sure else next(bare)
        if len(row) == len(names):
            blanked.append(
                [cell if read else bsn_only for cell, read, bsn_only in zip(row, is_read, bsns_only, strict=True)]
            )
        else:
            blanked.append([bsn_only or _PLACEHOLDER for bsn_only in bsns_only])
    headers = [column.header for column in source.columns if column.field.name in names]
    return join_records([headers, *blanked], SEPARATOR)


def unregistered_columns(content: bytes, source: SourceSpec) -> int:
    """Count the delivered headers that no declaration knows.

    This is the PIA's own look at the header, written apart from the reader, so that the PIA sees it when the check of
    the reader is gone.
    """
    lines = (line for line in re.split("[\r\n]+", content.decode("utf-8-sig", errors="replace")) if line.strip())
    headers = next(line for line in lines if not line.lower().startswith("sep=")).split(SEPARATOR)
    declared = {header.casefold() for header in source.headers}
    return len({header.strip(' "').casefold() for header in headers} - declared - {""})


def _lines(content: bytes, source: SourceSpec) -> list[Record]:
    """Return the header and every line below it that is not empty."""
    if not content.strip():
        raise DeliveryEmpty(source.id)
    all_lines = read_records(content, source, SEPARATOR)
    lines = [line for line in all_lines if any(cell.strip(NOTHING) for cell in line.cells)]
    if lines and SEPARATOR_LINE.fullmatch(SEPARATOR.join(lines[0].cells).strip()):
        del lines[0]
    if lines:
        column_names(lines[0], source)
    if len(lines) < 2:
        raise DeliveryEmpty(source.id)
    return lines


def read_records(content: bytes, source: SourceSpec, separator: str) -> list[Record]:
    """Return the records of a file, empty lines too.

    Raises:
        WrongEncoding, UnreadableLine: It is no text that can be read.
    """
    try:
        return list(records(decode_text(content), separator))
    except NotText as error:
        kind, line = error.kind, 0
    except LineUnreadable as error:
        kind, line = "", error.line
    if kind:
        raise WrongEncoding(source.id, kind)
    raise UnreadableLine(source.id, line)


def column_names(header: Record, source: SourceSpec) -> list[str]:
    """Return our names of the delivered columns, in order; columns that may be absent can be missing.

    An undeclared header may itself be a value (a file without a header line), so the error gives its position only.

    Raises:
        WrongSeparator: The header is one cell that other separators would split.
        UnknownColumn: A column that the PIA register does not know.
        WrongColumns: A column is missing, doubled or out of order.
    """
    declared = {column.header.casefold(): column for column in source.columns}
    headers = [cell.strip().casefold() for cell in header.cells]
    while headers and not headers[-1]:
        headers.pop()
    if len(headers) == 1 and any(mark in headers[0] for mark in ",\t|"):
        raise WrongSeparator(source.id)
    unknown = tuple(position for position, name in enumerate(headers, start=1) if name not in declared)
    if unknown:
        raise UnknownColumn(source.id, unknown, source.headers)
    expected = [name for name, column in declared.items() if name in headers or not column.may_be_absent]
    if headers != expected:
        missing = tuple(declared[name].header for name in expected if name not in headers)
        raise WrongColumns(source.id, missing, source.headers)
    return [declared[name].field.name for name in headers]


def _strip_empty_end(cells: list[str], width: int) -> list[str]:
    """Return a line without empty cells behind the last column.

    A separator at the end of every line is common.
    """
    return cells if any(cell.strip() for cell in cells[width:]) else cells[:width]


def persons_on_lines(bsn: pl.Series, rows: Sequence[list[str]]) -> pl.Series:
    """Return per line the BSNs of everybody it is about: nine digits each, sorted; an empty list if there are none.

    Where the BSN column has none, every cell is searched: cells may be shifted, or two lines be one. A number that is
    no BSN may pass the 11-proef; that is accepted: then a line is found for somebody it is not about.
    """
    in_place = (
        pl.DataFrame({"text": bsn}).with_row_index("place").with_columns(_is_meant(pl.col("text")).alias("is_own"))
    )
    unsure = in_place.filter(~pl.col("is_own")).get_column("place")
    cells = pl.DataFrame({"place": unsure, "text": [rows[place] for place in unsure]}, schema_overrides=_CELLS_SCHEMA)
    texts = cells.explode("text", empty_as_null=True)
    digits = [
        texts.with_columns(pl.col("text").str.extract_all(form)).explode("text", empty_as_null=True)
        for form in ("[0-9]{7,}", r"[0-9](?:[ .]?[0-9]){6,}")
    ]
    elsewhere = pl.concat([texts, *digits]).filter(pl.col("text").str.count_matches("[0-9]") >= _LEAST_DIGITS)
    bsns = pl.concat([in_place.filter("is_own").drop("is_own"), elsewhere.filter(_is_meant(pl.col("text")))])
    named = bsns.group_by("place").agg(meant_bsn(pl.col("text")).unique().sort().alias(BSNS))
    return in_place.join(named, on="place", how="left", maintain_order="left").get_column(BSNS).fill_null([])


def _is_meant(text: pl.Expr) -> pl.Expr:
    """Return whether a cell stands for a BSN, however it is written."""
    return is_valid_bsn(meant_bsn(text)).fill_null(False)


def _only_bsns(rows: Sequence[list[str]]) -> list[list[str]]:
    """Return rows with the same number of cells, each with only the BSNs in it."""
    cells = [[cell] for row in rows for cell in row]
    bsns = iter(persons_on_lines(pl.Series([""] * len(cells), dtype=pl.String), cells))
    return [[" ".join(next(bsns)) for _ in row] for row in rows]
