"""A run from the inbox archives what it read, whole or not at all, and can be made again from there."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from flows.custody.keys import secret_for
from flows.rights.exercise import exercise_right
from flows.runs.archive import archive, archived_files, keep, note_read
from flows.workfolder.home import Home, Run, read_run, start_date
from schemas.errors import NotArchived, RetentionPassed, StagingError, UnknownColumn
from schemas.rights import Right
from schemas.sources import SOURCES
from tests.builders.archived import rows_of
from tests.builders.kills import killed

Flow = Callable[..., Any]


def test_a_run_from_the_inbox_archives_it_and_can_be_made_again_from_there(
    home: Home, inbox: Path, run_flow: Flow
) -> None:
    for path in inbox.iterdir():
        shutil.copy(path, home.inbox)
    first = run_flow(deliveries=home.inbox)
    assert list(home.inbox.iterdir()) == []
    assert len(list((home.archive / first.run_id).iterdir())) == len(SOURCES)
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in home.archive.rglob("*.enc"))
    again = run_flow(deliveries=home.inbox, archived=first.run_id)
    assert read_run(home, again.run_id).received == start_date(first.run_id)
    manifests = [
        json.loads((read_run(home, one.run_id).pending / "manifest.json").read_bytes()) for one in (first, again)
    ]
    assert manifests[0] == manifests[1]
    with pytest.raises(NotArchived):
        run_flow(deliveries=home.inbox, archived=again.run_id)


def test_an_archive_is_not_read_after_its_term_nor_when_it_was_changed(archived: Run, monkeypatch) -> None:
    source = SOURCES[0]
    path = archived.home.archive / archived.run_id / f"{source.id}.enc"
    other = archived.home.archive / archived.run_id / f"{SOURCES[1].id}.enc"
    content = path.read_bytes()
    for changed in (content[:-1] + bytes([content[-1] ^ 1]), other.read_bytes(), b""):
        path.write_bytes(changed)
        with pytest.raises(StagingError):
            archived_files(archived.home, archived.run_id)(source)
    monkeypatch.setattr("flows.runs.archive.is_past_term", lambda since, today: True)
    with pytest.raises(RetentionPassed):
        archived_files(archived.home, archived.run_id)


@pytest.mark.parametrize("step", ["replace", "unlink"])
def test_an_archive_that_is_killed_is_whole_or_not_there(
    step: str, pending: Run, inbox: Path, somebody: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = replace(pending, deliveries=pending.home.inbox)
    secret = secret_for(run.home, run.key_id)
    for source in SOURCES:
        content = (inbox / source.file_name).read_bytes()
        (run.home.inbox / source.file_name).write_bytes(content)
        keep(run, secret, source, content)
        note_read(run, source.file_name, content)
    with monkeypatch.context() as patch:
        patch.setattr(Path, step, killed)
        with pytest.raises(KeyboardInterrupt):
            archive(run)
    assert exercise_right(run.home, Right.ERASE, somebody).runs == 1
    is_archived = step == "unlink"
    assert [path.name for path in run.home.archive.iterdir()] == ([run.run_id] if is_archived else [])
    assert len(list(run.home.inbox.iterdir())) == (0 if is_archived else len(SOURCES))


def test_what_came_into_the_inbox_meanwhile_stays_and_is_not_archived(pending: Run, inbox: Path) -> None:
    run = replace(pending, deliveries=pending.home.inbox)
    secret, (first, second) = secret_for(run.home, run.key_id), SOURCES[:2]
    for source in (first, second):
        content = (inbox / source.file_name).read_bytes()
        (run.home.inbox / source.file_name).write_bytes(content)
        keep(run, secret, source, content)
        note_read(run, source.file_name, content)
    (run.home.inbox / first.file_name).write_bytes(b"the next delivery")
    archive(run)
    assert [path.name for path in run.home.inbox.iterdir()] == [first.file_name]
    kept, delivered = archived_files(run.home, run.run_id)(first), (inbox / first.file_name).read_bytes()
    assert rows_of(kept, first).equals(rows_of(delivered, first))


def test_a_run_that_stops_at_the_last_file_leaves_nobody_who_cannot_be_found(
    home: Home, inbox: Path, run_flow: Flow
) -> None:
    for path in inbox.iterdir():
        shutil.copy(path, home.inbox)
    last = home.inbox / SOURCES[-1].file_name
    header, rest = last.read_bytes().split(b"\n", 1)
    last.write_bytes(header.replace(b";", b";onbekend;", 1) + b"\n" + rest)
    with pytest.raises(UnknownColumn):
        run_flow(deliveries=home.inbox)
    assert not list(home.root.glob("runs/*/quarantine/*"))
    assert not list(home.archive.glob("*"))
    assert len(list(home.inbox.iterdir())) == len(SOURCES)
