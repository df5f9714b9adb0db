"""Hash chains of JSON lines, in which every change shows.

A file holds one line per entry, in canonical JSON, with its number and the hash of the previous line. A head beside it
holds the number of lines and the last hash.

That proves: a line that was changed, removed, added or moved breaks the chain, and a file that was cut off does not
reach its head. It does not prove: there is no key in it, so whoever may write both files can cut off both, or make a
whole new chain. Only a copy of the head elsewhere, such as in the manifest that the officer signs, shows that.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flows.workfolder.files import lock_file, make_private, sweep, write_private

START = "0" * 64
_SEAL = ("number", "previous", "sha256")

Line = dict[str, Any]


@dataclass(frozen=True)
class Head:
    """The length of a chain and its last line's hash."""

    lines: int
    sha256: str


@dataclass(frozen=True)
class Chain:
    """One file of lines with its head, in its own folder.

    Attributes:
        file: Name of the file of lines.
        head_file: Name of the file of the head.
        counted: Name that the head gives to the number of lines.
        version: The `format` of every line; a line with another one was written by a newer version.
        damaged: Makes the error for a chain that does not hold; its argument says what is wrong.
        unknown: Makes the error for a line of another version; its argument is the number of the line.
    """

    folder: Path
    file: str
    head_file: str
    counted: str
    version: int
    damaged: Callable[[str], Exception]
    unknown: Callable[[int], Exception]

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Let one writer in at a time; another one waits."""
        make_private(self.folder)
        with lock_file(self.folder / "lock"):
            sweep(self.folder)
            yield

    def lines(self) -> list[Line]:
        """Return the lines, if the chain holds and reaches the head.

        The head is read first and may be one line behind: an entry is added to the file, then to the head.
        """
        head = self._read_head()
        path = self.folder / self.file
        content = path.read_bytes() if path.is_file() else b""
        lines: list[Line] = []
        for number, text in enumerate(content.splitlines(keepends=True), start=1):
            line = self._parse(text, f"cannot be read in line {number}")
            if line.get("format") != self.version:
                raise self.unknown(number)
            if not _follows(line, lines, text):
                raise self.damaged(f"was changed in or before line {number}")
            lines.append(line)
        self._require_reached(lines, head)
        return lines

    def store(self, lines: Sequence[Line]) -> Head:
        """Write lines that follow each other, then the head; each in one step.

        If a kill left the head behind, it is first written for the lines before: it is never more than one line behind.
        """
        if self._read_head().lines < len(lines) - 1:
            self._store_head(head_of(lines[:-1]))
        write_private(self.folder / self.file, b"".join(canonical(line) + b"\n" for line in lines))
        return self._store_head(head_of(lines))

    def _store_head(self, head: Head) -> Head:
        write_private(self.folder / self.head_file, canonical({self.counted: head.lines, "sha256": head.sha256}))
        return head

    def _require_reached(self, lines: Sequence[Line], head: Head) -> None:
        if len(lines) < head.lines:
            raise self.damaged("lost its last lines")
        if len(lines) > head.lines + 1:
            raise self.damaged("goes on beyond its head")
        if head.lines and lines[head.lines - 1]["sha256"] != head.sha256:
            raise self.damaged("does not lead to its head")

    def _read_head(self) -> Head:
        path = self.folder / self.head_file
        if not path.is_file():
            return Head(0, START)
        facts = self._parse(path.read_bytes(), "has a head that cannot be read")
        lines, last = facts.get(self.counted), facts.get("sha256")
        if isinstance(lines, int) and lines >= 0 and isinstance(last, str):
            return Head(lines, last)
        raise self.damaged("has a head that cannot be read")

    def _parse(self, text: bytes, problem: str) -> Line:
        with suppress(ValueError, RecursionError):
            content = json.loads(text)
            if isinstance(content, dict):
                return content
        raise self.damaged(problem)


def canonical(content: object) -> bytes:
    """Return JSON in the only spelling that equal content has."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def seal_line(content: Line, lines: Sequence[Line]) -> Line:
    """Return an entry as the next line: with its number, the previous line's hash and its own."""
    line = {**content, "number": len(lines) + 1, "previous": head_of(lines).sha256}
    return {**line, "sha256": hashlib.sha256(canonical(line)).hexdigest()}


def unseal_line(line: Line) -> Line:
    """Return the entry without its place in the chain."""
    return {name: value for name, value in line.items() if name not in _SEAL}


def head_of(lines: Sequence[Line]) -> Head:
    """Return the head of these lines."""
    return Head(len(lines), lines[-1]["sha256"] if lines else START)


def _follows(line: Line, lines: Sequence[Line], text: bytes) -> bool:
    """Return whether a line is, byte for byte, the sealed successor of the lines before it."""
    with suppress(ValueError, RecursionError):
        return canonical(seal_line(unseal_line(line), lines)) + b"\n" == text
    return False
