"""The PIA's own count of lines, from the bytes of a file.

Independent of the reader.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from html import unescape

_EMPTY = b' \t\x1a"'
_MARK = b"\xef\xbb\xbf"
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ROW = re.compile(rb"<(?:\w+:)?row(?:\s[^>]*)?(?<!/)>(.*?)</(?:\w+:)?row>", re.DOTALL)
_CELL = re.compile(rb"<(?:\w+:)?c(\s[^>]*)?(?<!/)>(.*?)</(?:\w+:)?c>", re.DOTALL)
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|t)(?:\s[^>]*)?>([^<]*)<")
_STRING = re.compile(rb"<(?:\w+:)?si(?:\s[^>]*)?(?:/>|>(.*?)</(?:\w+:)?si>)", re.DOTALL)
_STRINGS = "xl/sharedStrings.xml"


def count_rows(content: bytes) -> int:
    """Count lines below the header with more on them than separators and spaces.

    Cells and quotes are not parsed, so that a row that another one swallows is counted. A line may end in CR, LF, or
    both.
    """
    lines = _lines(content, b";")
    above = 2 if lines and lines[0].lower().startswith(b"sep=") else 1
    return max(0, len(lines) - above)


def count_lines(content: bytes, separator: str) -> int:
    """Count the lines of a file with more on them than separators and spaces, as `count_rows`; the header too."""
    return len(_lines(content, separator.encode()))


def _lines(content: bytes, separator: bytes) -> list[bytes]:
    nothing = _EMPTY + separator
    return [line for line in content.removeprefix(_MARK).replace(b"\r", b"\n").split(b"\n") if line.strip(nothing)]


def count_sheet_rows(content: bytes, sheet: str) -> int:
    """Count the rows of a sheet with something in a cell, from the parts of a workbook (ECMA-376, part 1, 18.3.1.73).

    Args:
        content: A workbook that could be opened.
        sheet: Name; '' is the first sheet.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        strings = _STRING.findall(book.read(_STRINGS)) if _STRINGS in book.namelist() else []
        texts = [_text_of(string) for string in strings]
        rows = _ROW.findall(book.read(_part_of(book, sheet)))
    return sum(any(_cell_texts(row, texts)) for row in rows)


def _part_of(book: zipfile.ZipFile, sheet: str) -> str:
    """Return the part of a workbook with a sheet."""
    sheets = [_attributes(tag) for tag in _SHEET.findall(book.read("xl/workbook.xml"))]
    wanted = next(one for one in sheets if not sheet or one["name"] == sheet)
    tags = _RELATION.findall(book.read("xl/_rels/workbook.xml.rels"))
    targets = {one["Id"]: one["Target"] for one in map(_attributes, tags)}
    target = targets[next(value for name, value in wanted.items() if name.endswith(":id"))]
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _attributes(tag: bytes) -> dict[str, str]:
    return {name: unescape(value) for name, _, value in re.findall(r"""([\w:]+)=(["'])(.*?)\2""", tag.decode())}


def _cell_texts(row: bytes, strings: list[str]) -> Iterator[str]:
    """Yield what stands in the cells of a row, without spaces around it; an error of a formula is nothing."""
    for found in _CELL.finditer(row):
        kind, text = _attributes(found[1] or b"").get("t", "n"), _text_of(found[2])
        if kind == "s" and text:
            yield strings[int(text)]
        elif kind != "e":
            yield text


def _text_of(part: bytes) -> str:
    return unescape(b"".join(_VALUE.findall(part)).decode()).strip(" \t\r\n\x1a")
