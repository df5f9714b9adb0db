"""Lines of JSON in a chain of hashes: nothing in it can be changed, taken out, put in or moved unseen.

A file holds one line per entry, in canonical JSON, with its number and the hash of the line
before. A head beside it holds the number of lines and the last hash.

What that proves: a line that was touched breaks the chain, and a file cut off at the end does not
reach its head any more. What it does not prove: there is no key in it, so whoever may write both
files can cut off both, or make a whole new chain. Only a copy of the head elsewhere, such as in
the manifest that the officer signs, shows that.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flows.workfolder.files import exclusive, make_private, sweep, write_private

START = "0" * 64
_SEAL = ("number", "previous", "sha256")

Line = dict[str, Any]


@dataclass(frozen=True)
class Head:
    """How far a chain goes: number of lines and hash of the last one."""

    lines: int
    sha256: str


@dataclass(frozen=True)
class Chain:
    """One file of lines with its head, in a folder of its own.

    Attributes:
        counted: What the head calls the number of lines.
        version: The `format` of every line; another one was written by a version that says more.
        damaged: Makes the error for a chain that does not hold, from what is wrong with it.
        unknown: Makes the error for a line of another version, from its number.
    """

    folder: Path
    file: str
    head_file: str
    counted: str
    version: int
    damaged: Callable[[str], Exception]
    unknown: Callable[[int], Exception]

    @contextmanager
    def locked(self) -> Iterator[None]:
        """One writer at a time; another one waits."""
        make_private(self.folder)
        with exclusive(self.folder / "lock"):
            sweep(self.folder)
            yield

    def lines(self) -> list[Line]:
        """The lines, if the chain holds and reaches the head.

        The head is read first, and may be one line behind: an entry is added to the file, then to the head.
        """
        known = self._known_head()
        path = self.folder / self.file
        content = path.read_bytes() if path.is_file() else b""
        lines: list[Line] = []
        for number, text in enumerate(content.splitlines(keepends=True), start=1):
            line = self._parsed(text, f"cannot be read in line {number}")
            if line.get("format") != self.version:
                raise self.unknown(number)
            if not _follows(line, lines, text):
                raise self.damaged(f"was changed in or before line {number}")
            lines.append(line)
        self._require_reached(lines, known)
        return lines

    def store(self, lines: Sequence[Line]) -> Head:
        """Write lines that follow each other, and then the head; each at once or not at all.

        The head of the lines before comes first if a kill left it behind: it is never more than one line behind.
        """
        if self._known_head().lines < len(lines) - 1:
            self._store_head(head_of(lines[:-1]))
        write_private(self.folder / self.file, b"".join(canonical(line) + b"\n" for line in lines))
        return self._store_head(head_of(lines))

    def _store_head(self, head: Head) -> Head:
        write_private(self.folder / self.head_file, canonical({self.counted: head.lines, "sha256": head.sha256}))
        return head

    def _require_reached(self, lines: Sequence[Line], known: Head) -> None:
        if len(lines) < known.lines:
            raise self.damaged("lost its last lines")
        if len(lines) > known.lines + 1:
            raise self.damaged("goes on beyond its head")
        if known.lines and lines[known.lines - 1]["sha256"] != known.sha256:
            raise self.damaged("does not lead to its head")

    def _known_head(self) -> Head:
        path = self.folder / self.head_file
        if not path.is_file():
            return Head(0, START)
        found = self._parsed(path.read_bytes(), "has a head that cannot be read")
        lines, last = found.get(self.counted), found.get("sha256")
        if isinstance(lines, int) and lines >= 0 and isinstance(last, str):
            return Head(lines, last)
        raise self.damaged("has a head that cannot be read")

    def _parsed(self, text: bytes, problem: str) -> Line:
        with suppress(ValueError, RecursionError):
            found = json.loads(text)
            if isinstance(found, dict):
                return found
        raise self.damaged(problem)


def canonical(content: object) -> bytes:
    """JSON that equal content has one way of writing."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def seal_line(content: Line, lines: Sequence[Line]) -> Line:
    """An entry as the next line: with its number, the hash of the line before and its own."""
    line = {**content, "number": len(lines) + 1, "previous": head_of(lines).sha256}
    return {**line, "sha256": hashlib.sha256(canonical(line)).hexdigest()}


def unseal_line(line: Line) -> Line:
    """What was entered, without its place in the chain."""
    return {name: value for name, value in line.items() if name not in _SEAL}


def head_of(lines: Sequence[Line]) -> Head:
    """How far these lines go."""
    return Head(len(lines), lines[-1]["sha256"] if lines else START)


def _follows(line: Line, lines: Sequence[Line], text: bytes) -> bool:
    """Whether a line is, byte for byte, what is written after those before it."""
    with suppress(ValueError, RecursionError):
        return canonical(seal_line(unseal_line(line), lines)) + b"\n" == text
    return False
