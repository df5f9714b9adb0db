"""The parts of an XLSX workbook, read with the XML parser of the standard library: what each sheet holds, and where.

A second reader beside calamine, which makes the texts. It reads in pieces, expands no entity, and says where something
stands, so that a sheet that is too large is never opened, and a cell that the other one loses is seen.

Source: ECMA-376, part 1, 12.3 (parts), 18.2 (workbook), 18.3.1 (sheets), 18.4 (shared strings).
"""

import io
import lzma
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from xml.parsers import expat

MAXIMUM_BYTES = 256 * 1024 * 1024
"""Most bytes of all parts of a workbook, unpacked."""

MAXIMUM_CELLS = 5_000_000
"""Most cells of all sheets, empty ones included: a reader makes room for every cell up to the last row and column."""

_CHUNK = 1024 * 1024
_DEEPEST = 64
_ADDRESS = re.compile("([A-Z]{1,3})([1-9][0-9]{0,6})")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_BLANK = " \t\r\n\x1a"
_NOWHERE = 1 << 20
_CELL = ["sheetData", "row", "c"]
"""Where a cell stands below the sheet itself."""
_OF_CELLS = re.compile("xl/(?:worksheets/[^/]*|sharedStrings.xml)$", re.IGNORECASE)
_WORKBOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


class WorkbookUnreadable(Exception):
    """A file that is no workbook that can be read, or lacks a sheet."""

    def __init__(self, problem: str) -> None:
        self.problem = problem
        super().__init__(problem)


@dataclass
class SheetFacts:
    """What a sheet holds; rows and columns are numbered from 1.

    Attributes:
        filled: Columns with something in them, by row; an error of a formula is something, and so is a formula of
            which no outcome is kept.
        last_row: The last row with a cell.
        last_column: The last column with one.
        starts: The first column with something, and the first with a value, be it blank: a reader may begin at either.
        merged: Cells that cover others: their first and last row, and their first and last column.
    """

    filled: dict[int, list[int]] = field(default_factory=dict)
    last_row: int = 0
    last_column: int = 0
    starts: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


@dataclass(frozen=True)
class WorkbookFacts:
    """The sheets of a workbook by name, in order; `from_1904` if its days are counted from 1904."""

    sheets: Mapping[str, SheetFacts]
    from_1904: bool


def facts_of(content: bytes) -> WorkbookFacts:
    """Return what the sheets of a workbook hold.

    Raises:
        WorkbookUnreadable: It is no XLSX, is too large, has an entity or a DTD, or has cells twice or out of order.
    """
    facts = _facts_or_problem(content)
    if isinstance(facts, str):
        raise WorkbookUnreadable(facts)
    return facts


@lru_cache(maxsize=4)
def _facts_or_problem(content: bytes) -> WorkbookFacts | str:
    """Return the facts of a workbook, or why there are none; remembered, as every mapping, reader and count asks it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return _facts(_Package(book))
    except WorkbookUnreadable as error:
        return error.problem
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, RuntimeError, EOFError, OSError):
        return "is a damaged workbook"
    except (expat.ExpatError, LookupError, ValueError):
        return "is a damaged workbook"


def mentions(content: bytes, text: str) -> bool:
    """Return whether a part of a workbook that is no sheet and no string of one has a text, such as a comment."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        others = [name for name in book.namelist() if not _OF_CELLS.match(name)]
        return any(text.encode() in book.read(name) for name in others)


class _Package:
    """The parts of a workbook, found as readers do: without regard to capitals."""

    def __init__(self, book: zipfile.ZipFile) -> None:
        self._book = book
        self._names = {name.lower(): name for name in book.namelist()}
        if _WORKBOOK not in self._names:
            raise WorkbookUnreadable("is a packed file, but no XLSX workbook")
        if sum(part.file_size for part in book.infolist()) > MAXIMUM_BYTES:
            raise WorkbookUnreadable("is a workbook that is too large when unpacked")

    def has(self, name: str) -> bool:
        return name.lower() in self._names

    def parse(self, name: str, handler: "_Handler") -> None:
        """Read a part in pieces; raises `LookupError` if it is not there."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_dtd
        parser.StartElementHandler = handler.begin
        parser.EndElementHandler = handler.end
        parser.CharacterDataHandler = handler.text
        with self._book.open(self._names[name.lower()]) as part:
            while piece := part.read(_CHUNK):
                parser.Parse(piece, False)
        parser.Parse(b"", True)


def _refuse_dtd(*_: object) -> None:
    raise WorkbookUnreadable("is a workbook with a DTD, which no spreadsheet writes")


class _Handler:
    """Calls a function per element, by its local name within its parents; text only where it is asked for."""

    def __init__(self) -> None:
        self.path: list[str] = []
        self.heard: list[str] = []

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        self.path.append(name.rsplit(" ", 1)[-1])
        if len(self.path) > _DEEPEST:
            raise WorkbookUnreadable("is a workbook that is nested too deep")
        self.begun({key.rsplit(" ", 1)[-1]: value for key, value in attributes.items()})

    def end(self, _: str) -> None:
        self.ended()
        self.path.pop()

    def text(self, text: str) -> None:
        if self.is_heard():
            self.heard.append(text)

    def begun(self, attributes: dict[str, str]) -> None:
        """Take note of an element, the last of `path`."""

    def ended(self) -> None:
        """Take note of its end."""

    def is_heard(self) -> bool:
        """Return whether the text of the element is wanted."""
        return False


class _Elements(_Handler):
    """Keeps the attributes of the elements of one name."""

    def __init__(self, *names: str) -> None:
        super().__init__()
        self.names = names
        self.found: list[tuple[str, dict[str, str]]] = []

    def begun(self, attributes: dict[str, str]) -> None:
        if self.path[-1] in self.names:
            self.found.append((self.path[-1], attributes))


class _Strings(_Handler):
    """Keeps of every shared string whether it is blank; phonetic text is no text of a cell."""

    def __init__(self) -> None:
        super().__init__()
        self.is_blank: list[bool] = []

    def ended(self) -> None:
        if self.path[-1] == "si":
            self.is_blank.append(_is_blank("".join(self.heard)))
            self.heard.clear()

    def is_heard(self) -> bool:
        return self.path[-1] == "t" and "rPh" not in self.path


class _Sheet(_Handler):
    """Keeps where something stands in a sheet."""

    def __init__(self, strings: list[bool], room: Callable[[SheetFacts], None]) -> None:
        super().__init__()
        self.facts = SheetFacts()
        self._strings, self._room = strings, room
        self._row = self._column = 0
        self._firsts = [_NOWHERE, _NOWHERE]
        self._kind, self._has_formula, self._has_value = "", False, False

    def begun(self, attributes: dict[str, str]) -> None:
        name = self.path[-1]
        if self.path[1:] == _CELL[:2]:
            self._row = self._next(attributes.get("r"), self._row)
            self._column = 0
        elif self.path[1:] == _CELL:
            self._begin_cell(attributes)
        elif name == "f":
            self._has_formula = True
        elif name == "v":
            self._has_value = True
        elif name == "mergeCell":
            first, _, last = attributes["ref"].partition(":")
            (top, left), (bottom, right) = (_place(address) for address in (first, last or first))
            self.facts.merged.append((top, bottom, left, right))

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        row, column = _place(attributes["r"]) if "r" in attributes else (self._row, self._column + 1)
        if row != self._row or column <= self._column:
            raise WorkbookUnreadable("is a workbook with a cell twice, or out of its row or order")
        self._column = column
        self._kind, self._has_formula, self._has_value = attributes.get("t", "n").strip(), False, False
        self.facts.last_row, self.facts.last_column = row, max(column, self.facts.last_column)
        self._room(self.facts)

    def ended(self) -> None:
        if self.path[1:] == _CELL:
            is_filled = self._is_filled("".join(self.heard))
            if is_filled:
                self.facts.filled.setdefault(self._row, []).append(self._column)
            for kind, is_first in enumerate((is_filled, self._has_value or bool(self.heard))):
                if is_first:
                    self._firsts[kind] = min(self._firsts[kind], self._column)
            self.heard.clear()
        elif self.path[1:] == _CELL[:1]:
            self.facts.starts = {*self._firsts} - {_NOWHERE}

    def _is_filled(self, text: str) -> bool:
        if self._kind == "e":
            return True
        if self._has_formula and _is_blank(text):
            return self._kind != "str" or not self._has_value  # only of a text is nothing an outcome
        if self._kind == "s" and text.strip():
            return not self._strings[int(text)]
        return not _is_blank(text)

    def is_heard(self) -> bool:
        return self.path[-1] in ("v", "t") and self.path[1:4] == _CELL and "rPh" not in self.path

    @staticmethod
    def _next(number: str | None, before: int) -> int:
        row = before + 1 if number is None else int(number)
        if row <= before:
            raise WorkbookUnreadable("is a workbook with a row twice, or out of order")
        return row


def _facts(package: _Package) -> WorkbookFacts:
    """Return the facts of all sheets; the room that they take together is bounded while they are read."""
    book, relations, strings = _Elements("sheet", "workbookPr"), _Elements("Relationship"), _Strings()
    package.parse(_WORKBOOK, book)
    package.parse(_RELATIONS, relations)
    internal = [one for _, one in relations.found if one.get("TargetMode") != "External"]
    parts = {one["Id"]: (one["Type"], _part(one["Target"])) for one in internal}
    shared = {part for kind, part in parts.values() if kind.endswith("/sharedStrings") and package.has(part)}
    used = [parts[one["id"]][1] for name, one in book.found if name == "sheet"]
    if len(shared) > 1 or len({*used}) < len(used):
        raise WorkbookUnreadable("is a workbook with one part for two sheets, or two for the texts")
    for part in shared:
        package.parse(part, strings)
    before = 0

    def room(facts: SheetFacts) -> None:
        if before + facts.last_row * facts.last_column > MAXIMUM_CELLS:
            raise WorkbookUnreadable("is a workbook that is too large, perhaps by a single cell far from the others")

    sheets: dict[str, SheetFacts] = {}
    for name, one in book.found:
        kind, part = parts[one["id"]] if name == "sheet" else ("", "")
        if kind.endswith("/worksheet"):
            sheet = _Sheet(strings.is_blank, room)
            package.parse(part, sheet)
            room(sheet.facts)
            before += sheet.facts.last_row * sheet.facts.last_column
            if one["name"] in sheets:
                raise WorkbookUnreadable("is a workbook with two sheets of one name")
            sheets[one["name"]] = sheet.facts
    from_1904 = any(one.get("date1904") in ("1", "true") for name, one in book.found if name == "workbookPr")
    return WorkbookFacts(sheets, from_1904)


def _part(target: str) -> str:
    """Return the part that a relation of the workbook points at."""
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


def _place(address: str) -> tuple[int, int]:
    """Return row and column of an address such as B2; raises `ValueError`."""
    found = _ADDRESS.fullmatch(address.strip().upper())
    if found is None:
        raise ValueError
    column = 0
    for letter in found[1]:
        column = 26 * column + ord(letter) - ord("A") + 1
    return int(found[2]), column


def _is_blank(text: str) -> bool:
    """Return whether a text is nothing but spaces and breaks, escaped ones (22.9.2.19) too."""
    return not _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text).strip().strip(_BLANK)
