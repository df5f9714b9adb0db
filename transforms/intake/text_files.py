"""Text of a delimited file: kind, encoding, and records by line.

A record is a line: no file that is read here may have a line break inside a cell. Python's csv module would take
everything between a `"` at the start of one row's last cell and a `"` at the end of a later row's as one cell, rows of
other persons included.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_MAGIC = (
    (b"PK\x03\x04", "a workbook (XLSX) or ZIP file"),
    (b"\xd0\xcf\x11\xe0", "an old workbook (XLS), or one with a password"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"%PDF", "a PDF"),
    (b"<?xml", "XML"),
    (b"\xef\xbb\xbf<?xml", "XML"),
    (b"\xff\xfe", "text in UTF-16"),
    (b"\xfe\xff", "text in UTF-16"),
)
_LINE_END = re.compile("\r\n|\n|\r")
_UTF8_PAIR = re.compile(rb"[\xc3-\xc5][\x80-\xbf]")
_NOTHING = " \t\x1a"
"""Characters that an empty cell may hold; old programs end a file with Ctrl-Z."""


class NotText(Exception):
    """A file that is not text in one of the two encodings."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        super().__init__(kind)


class LineUnreadable(Exception):
    """A line with an unclosed quote, or text behind a closed one."""

    def __init__(self, line: int) -> None:
        self.line = line
        super().__init__(str(line))


class Record(NamedTuple):
    """The cells of one line, as they stand there.

    Attributes:
        line: Line number in the file; the first one is 1, and empty lines count.
    """

    line: int
    cells: list[str]

    @property
    def is_empty(self) -> bool:
        return not any(cell.strip(_NOTHING) for cell in self.cells)


def decode_text(content: bytes) -> str:
    """Return the text of a file in UTF-8, with or without mark, or Windows-1252.

    Nearly every byte is a letter in Windows-1252. A file that is not UTF-8 but holds one of its pairs for a letter with
    an accent was glued together from both; read as either, names would break silently.

    Raises:
        NotText: It is another kind of file, or glued together; the error names the kind.
    """
    for magic, kind in _MAGIC:
        if content.startswith(magic):
            raise NotText(kind)
    if b"\x00" in content:
        raise NotText("text in UTF-16, or no text at all")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "cp1252" and _UTF8_PAIR.search(content):
            raise NotText("partly in UTF-8 and partly in Windows-1252")
        return text
    raise NotText("neither in UTF-8 nor in Windows-1252")


def records(text: str, separator: str) -> Iterator[Record]:
    """Yield the records of a text with their line numbers; an empty line is a record without cells.

    Raises:
        LineUnreadable: A quote is not closed on its line, or something stands behind a closed one.
    """
    lines = _LINE_END.split(text)
    if not lines[-1]:
        lines.pop()  # behind the last line end
    reader = csv.reader(lines, delimiter=separator, strict=True)
    line = 0
    try:
        for line, cells in enumerate(reader, start=1):
            if reader.line_num != line:
                break
            yield Record(line, cells)
        else:
            return
    except csv.Error:
        line += 1  # its text quotes the row
    raise LineUnreadable(line)


def join_records(rows: Iterable[Iterable[str]], separator: str) -> bytes:
    """Return records as the bytes of a file that `records` reads as the same cells."""
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=separator).writerows(rows)
    return written.getvalue().encode()
