"""The bytes of a delivered file to a frame of text, or a typed refusal that shows none of it."""

import csv
import io
import re
from collections.abc import Collection

import polars as pl

from schemas.errors import (
    DeliveryEmpty,
    UnknownColumn,
    UnreadableRows,
    WrongColumns,
    WrongEncoding,
    WrongSeparator,
)
from schemas.fields import BSN
from schemas.specs import SourceSpec
from transforms.elfproef import meant_bsn

ENCODING = "cp1252"
SEPARATOR = ";"
_UTF8_PAIR = re.compile(rb"[\xc3-\xc5][\x80-\xbf]")
_UTF8_MARK = b"\xef\xbb\xbf".decode(ENCODING)
ROW_NUMBER = "regel_nummer"
"""Column with the line of the delivered file, so that the steward can find a row at the source."""


def read_delivery(content: bytes, source: SourceSpec) -> pl.DataFrame:
    """One delivered file as text columns under our field names.

    Everything stays text: type inference would drop the leading zero of a BSN.

    Args:
        content: The whole file: cp1252, `;`, one header line.
        source: Declaration that the file must match column by column.

    Returns:
        A row per delivered row, in file order; String columns, stripped, empty is null;
        plus `regel_nummer` (UInt32, header is 1, counted in records).

    Raises:
        WrongEncoding, WrongSeparator, UnknownColumn, WrongColumns, UnreadableRows,
        DeliveryEmpty: what its name says; nothing of the content is in the message.
    """
    if not content.strip():
        raise DeliveryEmpty(source.id)
    lines = _records(_decode(content, source), source)
    check_header(tuple(lines[0]), source)
    rows = [row for row in lines[1:] if row]
    if not rows:
        raise DeliveryEmpty(source.id)
    if {len(row) for row in rows} != {len(source.columns)}:
        raise UnreadableRows(source.id)
    names = [field.name for field in source.fields]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")
    stripped = pl.col(names).str.strip_chars()
    return frame.select(pl.when(stripped != "").then(stripped)).with_row_index(ROW_NUMBER, offset=2)


def without_persons(content: bytes, source: SourceSpec, bsns: Collection[str]) -> bytes:
    """A delivered file without the rows about these persons; every other row keeps its cells.

    Args:
        bsns: Nine digits each; the rows may have them written otherwise (`meant_bsn`).

    Raises:
        WrongEncoding, UnreadableRows: As `read_delivery`, which read it before.
    """
    if not bsns:
        return content
    header, *rows = _records(_decode(content, source), source)
    place = [field.name for field in source.fields].index(BSN.name)
    cells = pl.Series([row[place] if len(row) > place else None for row in rows], dtype=pl.String)
    about = pl.select(meant_bsn(pl.lit(cells)).is_in(list(bsns)).fill_null(False)).to_series()
    kept = [row for row, is_about in zip(rows, about, strict=True) if not is_about]
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=SEPARATOR).writerows([header, *kept])
    return written.getvalue().encode(ENCODING)


def check_header(headers: tuple[str, ...], source: SourceSpec) -> None:
    """The column check: exactly the declared columns, in the declared order.

    An undeclared header may itself be a value (a file without a header line), so the error
    gives its position only.

    Raises:
        WrongSeparator: The header is one cell that other separators would split.
        UnknownColumn: A column that the PIA register does not know.
        WrongColumns: A column is missing, doubled or out of order.
    """
    if len(headers) == 1 and any(mark in headers[0] for mark in ",\t|"):
        raise WrongSeparator(source.id)
    unknown = tuple(position for position, header in enumerate(headers, start=1) if header not in source.headers)
    if unknown:
        raise UnknownColumn(source.id, unknown)
    if headers != source.headers:
        raise WrongColumns(source.id, tuple(name for name in source.headers if name not in headers))


def unregistered_columns(content: bytes, source: SourceSpec) -> int:
    """How many delivered headers no declaration knows; the PIA's own look at the first line.

    Written apart from `check_header`, so that the PIA sees it when that check is gone.
    """
    first_line = re.split(rb"[\r\n]", content, maxsplit=1)[0].decode(ENCODING, errors="replace")
    return len({header.strip(' "') for header in first_line.split(SEPARATOR)} - set(source.headers))


def _decode(content: bytes, source: SourceSpec) -> str:
    """The text of a cp1252 file; UTF-8 and UTF-16 are told apart and refused.

    Nearly every byte is a letter in cp1252, so a UTF-8 file would decode into broken names
    without a word. It is known by its pairs: a letter such as ë is \xc3 and a byte that in
    cp1252 is a sign and no letter of a name. One pair suffices: files are glued together, too.
    """
    text = None if b"\x00" in content or _UTF8_PAIR.search(content) else _decoded(content)
    if text is None or text.startswith(_UTF8_MARK):
        raise WrongEncoding(source.id)
    return text


def _decoded(content: bytes) -> str | None:
    try:
        return content.decode(ENCODING)
    except UnicodeDecodeError:
        return None


def _records(text: str, source: SourceSpec) -> list[list[str]]:
    """Rows of cells. The csv module and not Polars: Polars fills a short row with nulls silently."""
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=SEPARATOR, strict=True))
    except csv.Error:
        pass  # its text quotes the row
    raise UnreadableRows(source.id)
