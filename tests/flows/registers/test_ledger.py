"""The ledger as a file: what is appended is read back, and whatever was changed, lost or moved is seen."""

import json
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from flows.registers.chain import Head
from flows.registers.ledger import HEAD, LEDGER, append, head_at, read_ledger
from schemas.errors import DisclosureFailure, LedgerDamaged, LedgerUnknown, ReleasesDiffer
from schemas.specs import DisclosureProfile, TableSpec, Weight
from schemas.tables import TABLES
from tests.builders.releases import (
    A,
    B,
    M,
    cells_of,
    drawn_months,
    is_small,
    key_of,
    monthly,
    never,
    publication_of,
    tables_of,
)
from transforms.disclosure.over_time.history import Publication


def _filled(folder: Path, number: int = 4) -> list[dict]:
    for month, personen in enumerate(drawn_months(number), start=1):
        append(folder, monthly(personen, month, is_small))
    return [json.loads(line) for line in (folder / LEDGER).read_text().splitlines()]


def _same(one: Publication, other: Publication) -> bool:
    facts = [
        (p.release, p.peildatum, p.population, p.threshold, p.contains, [t.spec for t in p.tables])
        for p in (one, other)
    ]
    frames = zip(one.tables, other.tables, strict=True)
    return facts[0] == facts[1] and all(left.frame.equals(right.frame) for left, right in frames)


def test_what_was_appended_is_read_back(tmp_path: Path) -> None:
    odd = TableSpec(
        "T99",
        "Titel é",
        "Vraag?",
        (A, M),
        ((B, "p"),),
        ("één", "twee"),
        DisclosureProfile(weight=Weight.LOG, margin_factor=5, sensitive=(A,), zeros=True),
    )
    counts = range(20, 20 + len(cells_of([odd])))
    releases = [
        publication_of("r1", 1, tables_of(counts, [odd], {21, 30}.__contains__), of="wijk"),
        publication_of(
            "r2", None, tables_of([20 + len(key_of(cell)) for cell in cells_of(TABLES)], TABLES, never), contains="r1"
        ),
    ]
    heads = [append(tmp_path / "ledger", release) for release in releases]
    found = read_ledger(tmp_path / "ledger")
    assert all(_same(*pair) for pair in zip(found, releases, strict=True))
    assert [head_at(tmp_path / "ledger", number) for number in range(1, len(heads) + 1)] == heads
    assert stat.S_IMODE((tmp_path / "ledger").stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "ledger").iterdir()} == {0o600}
    assert read_ledger(tmp_path / "nothing") == ()
    assert head_at(tmp_path / "nothing", 1) == Head(0, "0" * 64)


def test_appending_again_changes_nothing_and_other_content_is_refused(tmp_path: Path) -> None:
    _filled(tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    _filled(tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    changed = replace(monthly(drawn_months(1)[0], 1), population="anders")
    with pytest.raises(ReleasesDiffer):
        append(tmp_path, changed)
    wrong = replace(changed, release="nieuw", tables=(replace(changed.tables[0], frame=pl.DataFrame({"x": [1]})),))
    with pytest.raises(DisclosureFailure):
        append(tmp_path, wrong)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_nothing_of_a_suppressed_count_is_in_the_ledger(tmp_path: Path) -> None:
    for line in _filled(tmp_path):
        for table in line["tables"]:
            columns = dict(table["columns"])
            assert all(not is_small(value) for value in columns["value"] if value is not None)
            assert [value is None for value in columns["value"]] == [status == "Q" for status in columns["status"]]


def _paths(content: object, path: tuple = ()) -> Iterator[tuple]:
    """Every place in a line, lists by their first and last entry."""
    yield path
    if isinstance(content, dict):
        for name, part in content.items():
            yield from _paths(part, (*path, name))
    elif isinstance(content, list):
        for place in {0, len(content) - 1} if content else ():
            yield from _paths(content[place], (*path, place))


def _changed(content, path: tuple):
    """The content with something else at that place."""
    if path:
        copy = dict(content) if isinstance(content, dict) else list(content)
        copy[path[0]] = _changed(content[path[0]], path[1:])
        return copy
    if isinstance(content, str):
        return f"{content}x"
    return (
        {None: 1, True: False, False: True}.get(content, 12345) if not isinstance(content, dict | list) else [content]
    )


def _write(folder: Path, lines: Sequence[object]) -> None:
    texts = [json.dumps(line, sort_keys=True, separators=(",", ":"), ensure_ascii=False) for line in lines]
    (folder / LEDGER).write_text("".join(f"{text}\n" for text in texts))


def test_a_change_at_any_place_is_seen(tmp_path: Path) -> None:
    lines = _filled(tmp_path)
    good = (tmp_path / LEDGER).read_bytes()
    _write(tmp_path, lines)
    assert (tmp_path / LEDGER).read_bytes() == good
    paths = sorted(set(_paths(lines[1])), key=repr)
    assert len(paths) > 100
    for path in paths:
        _write(tmp_path, [lines[0], _changed(lines[1], path), *lines[2:]])
        with pytest.raises((LedgerDamaged, LedgerUnknown)):
            read_ledger(tmp_path)


DAMAGE: dict[str, Callable[[list], list]] = {
    "first": lambda lines: lines[1:],
    "second": lambda lines: [lines[0], *lines[2:]],
    "last": lambda lines: lines[:-1],
    "all": lambda lines: [],
    "swapped": lambda lines: [lines[1], lines[0], *lines[2:]],
    "swapped at the end": lambda lines: [*lines[:-2], lines[-1], lines[-2]],
    "last twice": lambda lines: [*lines, lines[-1]],
    "first twice": lambda lines: [lines[0], *lines],
    "field added": lambda lines: [*lines[:-1], {**lines[-1], "extra": 1}],
    "no number": lambda lines: [*lines[:-1], {**lines[-1], "threshold": float("nan")}],
    "no object": lambda lines: [*lines[:-1], "text"],
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_lines_lost_moved_or_added_are_seen(tmp_path: Path, damage: str) -> None:
    _write(tmp_path, DAMAGE[damage](_filled(tmp_path)))
    with pytest.raises(LedgerDamaged):
        read_ledger(tmp_path)
    with pytest.raises(LedgerDamaged):
        append(tmp_path, monthly(drawn_months(1)[0], 9))


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"nothing", b'{"releases":-1,"sha256":""}', b'{"releases":9,"sha256":""}']
)
def test_a_damaged_head_or_half_a_line_is_seen(tmp_path: Path, content: bytes) -> None:
    _filled(tmp_path)
    good = (tmp_path / HEAD).read_bytes()
    (tmp_path / HEAD).write_bytes(content)
    with pytest.raises(LedgerDamaged):
        read_ledger(tmp_path)
    (tmp_path / HEAD).unlink()
    with pytest.raises(LedgerDamaged):
        read_ledger(tmp_path)
    (tmp_path / HEAD).write_bytes(good)
    whole = (tmp_path / LEDGER).read_bytes()
    for cut in (-1, -50, -len(whole) // 2):
        (tmp_path / LEDGER).write_bytes(whole[:cut])
        with pytest.raises(LedgerDamaged):
            read_ledger(tmp_path)
    (tmp_path / LEDGER).unlink()
    with pytest.raises(LedgerDamaged):
        read_ledger(tmp_path)


def test_an_append_that_was_cut_short_counts_and_is_mended(tmp_path: Path) -> None:
    """The line was written and the head was not: the release may be out, so it is judged against."""
    _filled(tmp_path, 3)
    behind = (tmp_path / HEAD).read_bytes()
    lines = _filled(tmp_path, 4)
    (tmp_path / HEAD).write_bytes(behind)
    assert len(read_ledger(tmp_path)) == 4
    _filled(tmp_path, 4)
    assert json.loads((tmp_path / HEAD).read_bytes()) == {"releases": 4, "sha256": lines[-1]["sha256"]}


def test_a_line_of_another_version_is_refused_not_guessed(tmp_path: Path) -> None:
    (line,) = _filled(tmp_path, 1)
    _write(tmp_path, [{**line, "format": 2}])
    with pytest.raises(LedgerUnknown):
        read_ledger(tmp_path)
