"""The ledger: everything that releases published, to judge later ones beside them.

`ledger.jsonl` holds one line per release in a chain of hashes (`flows.registers.chain`): the published tables with
their declarations, and which categories of dependent columns occur together. It holds no true count and no column that
identifies persons. It is kept for as long as releases can be subtracted from each other.
"""

import json
from contextlib import suppress
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache, lru_cache
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

import polars as pl

from flows.registers.chain import Chain, Head, head_of, seal_line, unseal_line
from schemas.errors import LedgerDamaged, LedgerMoved, LedgerUnknown, ReleasesDiffer
from schemas.names import STATUS
from schemas.specs import LATER, TableSpec
from schemas.states import Released
from transforms.disclosure.model.system import rows
from transforms.disclosure.over_time.history import Publication, facts

LEDGER, HEAD = "ledger.jsonl", "head.json"
_FORMAT = 1


def append(folder: Path, publication: Publication, judged: int | None = None) -> Head:
    """Add a release to the ledger, before it is published; adding it again changes nothing.

    Args:
        folder: Folder of the ledger; made if it does not exist.
        publication: The published tables, and whom and when they count.
        judged: Number of earlier releases that it was judged beside; None if that does not matter.

    Returns:
        The head of the ledger with this release in it.

    Raises:
        LedgerDamaged, LedgerUnknown: See `read_ledger`.
        LedgerMoved: Other releases were entered since it was judged.
        ReleasesDiffer: The ledger has a release of this name with other content.
        UnknownCategory, DisclosureFailure: A table is not as declared.
    """
    facts(publication)
    content, chain = _line_content(publication), _chain(folder)
    with chain.lock():
        lines = chain.lines()
        if not any(_is_same(line, content) for line in lines):
            if judged not in {None, len(lines)}:
                raise LedgerMoved
            lines.append(seal_line(content, lines))
        return chain.store(lines)


def read_ledger(folder: Path) -> tuple[Publication, ...]:
    """Return all releases in order, with the declarations that they were made with.

    Raises:
        LedgerDamaged: A line was changed, lost, added or moved, or the ledger ends before its head.
        LedgerUnknown: A line was written by a newer version.
    """
    return tuple(_parse_publication(line) for line in _chain(folder).lines())


def head_at(folder: Path, releases: int) -> Head:
    """Return the head that the ledger had when it held this many releases; raises as `read_ledger`.

    A release that is made again is judged beside as many, and so has the same manifest.
    """
    return head_of(_chain(folder).lines()[:releases])


def _chain(folder: Path) -> Chain:
    return Chain(folder, LEDGER, HEAD, "releases", _FORMAT, LedgerDamaged, LedgerUnknown)


def _is_same(line: dict[str, Any], content: dict[str, Any]) -> bool:
    """Return whether a line is this release; raise `ReleasesDiffer` if only the name is the same."""
    if line["release"] != content["release"]:
        return False
    if unseal_line(line) != content:
        raise ReleasesDiffer(content["release"])
    return True


def _line_content(publication: Publication) -> dict[str, Any]:
    """Return the content of a line; how a table was protected is part of its declaration."""
    content = {
        "format": _FORMAT,
        "release": publication.release,
        "peildatum": publication.peildatum.isoformat() if publication.peildatum else None,
        "population": publication.population,
        "contains": sorted(publication.contains),
        "threshold": publication.threshold,
        "tables": [{"spec": _to_json(table.spec), "columns": _columns(table)} for table in publication.tables],
    }
    # Only where there are any, so that a line from before there were sums and questions keeps its hash.
    return (
        content
        | ({"sums": list(publication.sums)} if publication.sums else {})
        | ({"question": publication.question} if publication.question else {})
        | ({"disjoint": sorted(publication.disjoint)} if publication.disjoint else {})
    )


def _columns(table: Released) -> list[list[Any]]:
    """Return the published columns of a table, name and values, with cells in the order of the declaration."""
    names = [dimension.name for dimension in table.spec.dimensions]
    return [[column.name, column.to_list()] for column in table.frame.drop(names).iter_columns()]


def _parse_publication(line: dict[str, Any]) -> Publication:
    with suppress(KeyError, TypeError, ValueError, LookupError, pl.exceptions.PolarsError):
        return Publication(
            release=line["release"],
            peildatum=date.fromisoformat(line["peildatum"]) if line["peildatum"] else None,
            population=line["population"],
            tables=tuple(_parse_table(table) for table in line["tables"]),
            threshold=line["threshold"],
            contains=frozenset(line["contains"]),
            sums=tuple(line.get("sums", ())),
            question=line.get("question", ""),
            disjoint=frozenset(line.get("disjoint", ())),
        )
    raise LedgerUnknown(line["number"])


def _parse_table(table: dict[str, Any]) -> Released:
    spec = _parse_spec(json.dumps(table["spec"], sort_keys=True))
    names = [dimension.name for dimension in spec.dimensions]
    cells = pl.DataFrame(list(rows(spec)), schema=dict.fromkeys(names, pl.String), orient="row")
    columns = [
        pl.Series(name, values, dtype=pl.String if name == STATUS else pl.Int64) for name, values in table["columns"]
    ]
    return Released(cells.with_columns(columns), spec)


@lru_cache(maxsize=1024)  # a command reads the ledger several times, and most lines declare the same tables
def _parse_spec(written: str) -> TableSpec:
    """Return the declaration of a table; raise `TypeError` if it is of something else."""
    spec = _from_json(TableSpec, json.loads(written))
    if not isinstance(spec, TableSpec):
        raise TypeError
    return spec


def _to_json(declared: object) -> object:
    """Return a declaration as JSON: fields by name, members of an enumeration by name."""
    if is_dataclass(declared):
        present = (field for field in fields(declared) if LATER not in field.metadata or getattr(declared, field.name))
        return {field.name: _to_json(getattr(declared, field.name)) for field in present}
    if isinstance(declared, tuple):
        return [_to_json(part) for part in declared]
    return declared.name if isinstance(declared, Enum) else declared


def _from_json(kind: object, written: object) -> object:
    """Return a declaration from JSON; raise `KeyError`, `TypeError` or `ValueError` if it is not of that kind."""
    if isinstance(kind, type) and is_dataclass(kind) and isinstance(written, dict):
        return _fields_from_json(kind, written)
    if get_origin(kind) is tuple and isinstance(written, list):
        parts = get_args(kind)
        kinds = parts[:1] * len(written) if parts[-1] is Ellipsis else parts
        return tuple(_from_json(part_kind, part) for part_kind, part in zip(kinds, written, strict=True))
    if get_origin(kind) is UnionType:
        return None if written is None else _from_json(get_args(kind)[0], written)
    if not isinstance(kind, type):
        raise TypeError
    if issubclass(kind, Enum):
        return kind[str(written)]
    if not isinstance(written, kind):
        raise TypeError
    return written


@cache
def _hints(kind: type) -> dict[str, object]:
    """Return the types of a declaration's fields; cached, as it is slow and called for every table of every release."""
    return get_type_hints(kind)


def _fields_from_json(kind: type, written: dict[str, object]) -> object:
    """Return a declaration with defaults for absent fields; an undeclared field raises `KeyError`."""
    hints = _hints(kind)
    if not written.keys() <= hints.keys():
        raise KeyError
    return kind(**{name: _from_json(hints[name], value) for name, value in written.items()})
