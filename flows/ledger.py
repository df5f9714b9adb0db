"""The ledger: what every release told, kept for as long as releases can be subtracted.

`ledger.jsonl` holds one line per release, in canonical JSON: what was published, what it means,
and the hash of the line before. Nothing of a person and no true count: only what everybody who
holds the releases can read there. `head.json` holds the number of lines and the last hash.

What that proves: a line that was changed, taken out, put in or moved breaks the chain, and a
ledger cut off at the end does not reach its head any more. What it does not prove: there is no
key in it, so whoever may write both files can cut off both, or make a whole new chain. Only a
copy of the head elsewhere, such as in the manifest that the officer signs, shows that.
"""

import fcntl
import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

import polars as pl

from flows.home import make_private, write_private
from schemas.errors import LedgerDamaged, LedgerMoved, LedgerUnknown, ReleasesDiffer
from schemas.names import STATUS
from schemas.specs import TableSpec
from schemas.states import Released
from transforms.disclosure.history import Publication, facts
from transforms.disclosure.system import rows

LEDGER, HEAD = "ledger.jsonl", "head.json"
_LOCK = "lock"
_FORMAT = 1
_START = "0" * 64
_SEAL = ("number", "previous", "sha256")


@dataclass(frozen=True)
class Head:
    """How far a ledger goes: number of releases and hash of the last line."""

    releases: int
    sha256: str


def append(folder: Path, publication: Publication, judged: int | None = None) -> Head:
    """Add a release to the ledger, before it is published; adding it again changes nothing.

    Args:
        folder: Of the ledger; it is made when it is not there.
        publication: What the release tells.
        judged: Number of releases that it was judged beside; None if that does not matter.

    Returns:
        The head of the ledger with this release in it.

    Raises:
        LedgerDamaged, LedgerUnknown: See `read`.
        LedgerMoved: Other releases were entered since it was judged.
        ReleasesDiffer: The ledger has a release of this name that tells something else.
        UnknownCategory, DisclosureFailure: A table is not as declared.
    """
    facts(publication)
    content = _content(publication)
    make_private(folder)
    with _locked(folder):
        lines = _lines(folder)
        if not any(_is_same(line, content) for line in lines):
            if judged not in {None, len(lines)}:
                raise LedgerMoved
            lines.append(_sealed(content, lines))
            write_private(folder / LEDGER, b"".join(_canonical(line) + b"\n" for line in lines))
        head = Head(len(lines), lines[-1]["sha256"])
        write_private(folder / HEAD, _canonical({"releases": head.releases, "sha256": head.sha256}))
        return head


def read(folder: Path) -> tuple[Publication, ...]:
    """All releases in order, with the declarations that they were made with.

    Raises:
        LedgerDamaged: A line was changed, lost, added or moved, or the ledger ends before its head.
        LedgerUnknown: A line was written by a version that says more.
    """
    lines = _lines(folder)
    return tuple(_publication(line) for line in lines)


def head(folder: Path) -> Head:
    """How far the ledger goes, to be kept elsewhere; raises as `read`."""
    lines = _lines(folder)
    return Head(len(lines), lines[-1]["sha256"] if lines else _START)


def head_at(folder: Path, releases: int) -> Head:
    """How far the ledger went when it held so many releases; raises as `read`.

    A release that is made again is judged beside as many, and so has the same manifest.
    """
    lines = _lines(folder)[:releases]
    return Head(len(lines), lines[-1]["sha256"] if lines else _START)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """One writer at a time; another one waits. The lock goes with the process, a killed one included."""
    with (folder / _LOCK).open("w") as file:
        (folder / _LOCK).chmod(0o600)
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _canonical(content: object) -> bytes:
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def _sealed(content: dict[str, Any], lines: list[dict[str, Any]]) -> dict[str, Any]:
    line = {**content, "number": len(lines) + 1, "previous": lines[-1]["sha256"] if lines else _START}
    return {**line, "sha256": hashlib.sha256(_canonical(line)).hexdigest()}


def _is_same(line: dict[str, Any], content: dict[str, Any]) -> bool:
    """Whether a line is this release; raises `ReleasesDiffer` if it only has its name."""
    if line["release"] != content["release"]:
        return False
    if _unsealed(line) != content:
        raise ReleasesDiffer(content["release"])
    return True


def _lines(folder: Path) -> list[dict[str, Any]]:
    """The lines, if the chain holds and reaches the head.

    The head is read first, and may be one line behind: a release is added to the ledger, then to the head.
    """
    known = _head(folder)
    path = folder / LEDGER
    content = path.read_bytes() if path.is_file() else b""
    lines: list[dict[str, Any]] = []
    for number, text in enumerate(content.splitlines(keepends=True), start=1):
        line = _parsed(text, f"cannot be read in line {number}")
        if line.get("format") != _FORMAT:
            raise LedgerUnknown(number)
        if not _follows(line, lines, text):
            raise LedgerDamaged(f"was changed in or before line {number}")
        lines.append(line)
    _require_reached(lines, known)
    return lines


def _follows(line: dict[str, Any], lines: list[dict[str, Any]], text: bytes) -> bool:
    """Whether a line is, byte for byte, what is written after those before it."""
    with suppress(ValueError, RecursionError):
        return _canonical(_sealed(_unsealed(line), lines)) + b"\n" == text
    return False


def _unsealed(line: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in line.items() if name not in _SEAL}


def _require_reached(lines: list[dict[str, Any]], known: Head) -> None:
    if len(lines) < known.releases:
        raise LedgerDamaged("lost its last lines")
    if len(lines) > known.releases + 1:
        raise LedgerDamaged("goes on beyond its head")
    if known.releases and lines[known.releases - 1]["sha256"] != known.sha256:
        raise LedgerDamaged("does not lead to its head")


def _head(folder: Path) -> Head:
    path = folder / HEAD
    if not path.is_file():
        return Head(0, _START)
    found = _parsed(path.read_bytes(), "has a head that cannot be read")
    releases, last = found.get("releases"), found.get("sha256")
    if isinstance(releases, int) and releases >= 0 and isinstance(last, str):
        return Head(releases, last)
    raise LedgerDamaged("has a head that cannot be read")


def _parsed(text: bytes, problem: str) -> dict[str, Any]:
    with suppress(ValueError, RecursionError):
        found = json.loads(text)
        if isinstance(found, dict):
            return found
    raise LedgerDamaged(problem)


def _content(publication: Publication) -> dict[str, Any]:
    """What a line says; how a table was protected is part of its declaration."""
    content = {
        "format": _FORMAT,
        "release": publication.release,
        "peildatum": publication.peildatum.isoformat() if publication.peildatum else None,
        "population": publication.population,
        "contains": sorted(publication.contains),
        "threshold": publication.threshold,
        "tables": [{"spec": _written(table.spec), "columns": _columns(table)} for table in publication.tables],
    }
    # Only where there are any, so that a line of before there were sums and questions stays what it was.
    return (
        content
        | ({"sums": list(publication.sums)} if publication.sums else {})
        | ({"question": publication.question} if publication.question else {})
    )


def _columns(table: Released) -> list[list[Any]]:
    """What is published of the cells, in the order of the declaration: name and values."""
    names = [dimension.name for dimension in table.spec.dimensions]
    return [[column.name, column.to_list()] for column in table.frame.drop(names).iter_columns()]


def _publication(line: dict[str, Any]) -> Publication:
    with suppress(KeyError, TypeError, ValueError, LookupError, pl.exceptions.PolarsError):
        return Publication(
            release=line["release"],
            peildatum=date.fromisoformat(line["peildatum"]) if line["peildatum"] else None,
            population=line["population"],
            tables=tuple(_released(table) for table in line["tables"]),
            threshold=line["threshold"],
            contains=frozenset(line["contains"]),
            sums=tuple(line.get("sums", ())),
            question=line.get("question", ""),
        )
    raise LedgerUnknown(line["number"])


def _released(table: dict[str, Any]) -> Released:
    spec = _read(TableSpec, table["spec"])
    if not isinstance(spec, TableSpec):
        raise TypeError
    names = [dimension.name for dimension in spec.dimensions]
    cells = pl.DataFrame(list(rows(spec)), schema=dict.fromkeys(names, pl.String), orient="row")
    columns = [
        pl.Series(name, values, dtype=pl.String if name == STATUS else pl.Int64) for name, values in table["columns"]
    ]
    return Released(cells.with_columns(columns), spec)


def _written(declared: object) -> object:
    """A declaration as JSON: fields by name, members of an enumeration by name."""
    if is_dataclass(declared):
        return {field.name: _written(getattr(declared, field.name)) for field in fields(declared)}
    if isinstance(declared, tuple):
        return [_written(part) for part in declared]
    return declared.name if isinstance(declared, Enum) else declared


def _read(kind: object, written: object) -> object:
    """A declaration from JSON; raises `KeyError`, `TypeError` or `ValueError` if it is not of that kind."""
    if isinstance(kind, type) and is_dataclass(kind) and isinstance(written, dict):
        return _read_fields(kind, written)
    if get_origin(kind) is tuple and isinstance(written, list):
        parts = get_args(kind)
        kinds = parts[:1] * len(written) if parts[-1] is Ellipsis else parts
        return tuple(_read(one, part) for one, part in zip(kinds, written, strict=True))
    if get_origin(kind) is UnionType:
        return None if written is None else _read(get_args(kind)[0], written)
    if not isinstance(kind, type):
        raise TypeError
    if issubclass(kind, Enum):
        return kind[str(written)]
    if not isinstance(written, kind):
        raise TypeError
    return written


def _read_fields(kind: type, written: dict[str, object]) -> object:
    """A field that is not there has its default; one that is not declared was written by another version."""
    hints = get_type_hints(kind)
    if not written.keys() <= hints.keys():
        raise KeyError
    return kind(**{name: _read(hints[name], value) for name, value in written.items()})
