"""Who asks to be erased is erased from every archive, index, quarantine and waiting delivery, and nobody else."""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from flows.rights.exclusions import exclusion_filter
from flows.rights.exercise import exercise_right
from flows.runs.context import context_of
from flows.runs.person_index import holdings
from flows.workfolder.home import Home, Run, read_run
from schemas.errors import InboxNotErased, StagingError
from schemas.fields import BSN
from schemas.rights import Right
from schemas.sources import SOURCES
from schemas.states import Identified
from tests.builders.archived import archive_of, archived_by_hand, rows_of
from tests.builders.kills import killed
from transforms.intake.delivery import BSNS, blank_unread_cells, read_delivery
from transforms.persons.exclusion import drop_lines_about, drop_lines_of_person

Flow = Callable[..., Any]
GEMEENTE = "0865"


def test_wissing_removes_every_row_and_nobody_elses(archived: Run, somebody: str) -> None:
    before = archive_of(archived)
    exercise_right(archived.home, Right.ERASE, somebody)
    for source in SOURCES:
        was, now = (rows_of(content[source.id], source) for content in (before, archive_of(archived)))
        columns = [name for name in was.columns if name != "regel_nummer"]
        assert now.select(columns).equals(was.filter(BSN.col.ne_missing(somebody)).select(columns))
        held = context_of(archived).quarantine.persons(source.id, Identified).frame
        assert somebody not in held[BSNS].explode(empty_as_null=True).to_list()
    assert holdings(archived.home, somebody) == ([], 0, ())


def test_wissing_reaches_every_run_and_their_files_are_not_each_others(
    pending: Run, inbox: Path, run_flow: Flow, somebody: str
) -> None:
    home, first = pending.home, archived_by_hand(pending, inbox)
    second = archived_by_hand(read_run(home, run_flow().run_id), inbox)
    index, copy = second.index.read_bytes(), home.archive / second.run_id / f"{SOURCES[0].id}.enc"
    second.index.write_bytes(first.index.read_bytes())
    assert exercise_right(home, Right.ACCESS, somebody).damaged == (second.run_id,)
    second.index.write_bytes(index)
    sealed = copy.read_bytes()
    copy.write_bytes((home.archive / first.run_id / copy.name).read_bytes())
    with pytest.raises(StagingError):
        archive_of(second)
    copy.write_bytes(sealed)
    assert exercise_right(home, Right.ERASE, somebody).runs == 2
    for run in (first, second):
        for source in SOURCES:
            assert rows_of(archive_of(run)[source.id], source).filter(BSN.col == somebody).is_empty()
    assert holdings(home, somebody) == ([], 0, ())


def test_wissing_works_beside_what_is_past_its_term(archived: Run, somebody: str) -> None:
    """A run of long ago, with an archive that may not be read any more."""
    old = replace(archived, run_id="20190701T120000-000000")
    old.record()
    shutil.copytree(archived.home.archive / archived.run_id, archived.home.archive / old.run_id)
    assert exercise_right(archived.home, Right.ERASE, somebody).runs == 1
    assert not (archived.home.archive / old.run_id).exists()


def test_a_wissing_that_is_killed_before_it_erases_has_left_the_person_out(
    archived: Run, somebody: str, sample: Mapping[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    home, source = archived.home, SOURCES[0]
    with monkeypatch.context() as patch:
        patch.setattr("flows.runs.archive._write", killed)
        with pytest.raises(KeyboardInterrupt):
            exercise_right(home, Right.ERASE, somebody)
    delivered = read_delivery(sample[source.file_name], source)
    assert exclusion_filter(home, GEMEENTE)(delivered).to_list() == [somebody]
    left = drop_lines_about(delivered, pl.Series([somebody])).frame
    assert left.equals(delivered.frame.filter(BSN.col.ne_missing(somebody)))
    assert exercise_right(home, Right.ERASE, somebody).runs == 1
    assert holdings(home, somebody) == ([], 0, ())


def test_who_was_erased_is_in_no_later_archive(home: Home, inbox: Path, run_flow: Flow, somebody: str) -> None:
    exercise_right(home, Right.ERASE, somebody)
    for path in inbox.iterdir():
        shutil.copy(path, home.inbox)
    run = read_run(home, run_flow(deliveries=home.inbox).run_id)
    for source in SOURCES:
        delivered = (inbox / source.file_name).read_bytes()
        expected = rows_of(delivered, source).filter(BSN.col.ne_missing(somebody)).drop("regel_nummer")
        kept = archive_of(run)[source.id]
        assert rows_of(kept, source).drop("regel_nummer").equals(expected)
        assert blank_unread_cells(kept, source) == kept
    assert holdings(home, somebody) == ([], 0, ())
    assert list(home.inbox.iterdir()) == []


def test_wissing_reaches_what_waits_in_the_inbox(home: Home, inbox: Path, somebody: str) -> None:
    for path in inbox.iterdir():
        shutil.copy(path, home.inbox)
    exercise_right(home, Right.ERASE, somebody)
    for source in SOURCES:
        before, now = (rows_of((folder / source.file_name).read_bytes(), source) for folder in (inbox, home.inbox))
        assert now.drop("regel_nummer").equals(before.filter(BSN.col.ne_missing(somebody)).drop("regel_nummer"))


def test_wissing_from_an_inbox_with_a_file_that_is_not_as_agreed_does_the_others_and_says_which(
    home: Home, inbox: Path, somebody: str
) -> None:
    for path in inbox.iterdir():
        shutil.copy(path, home.inbox)
    first = home.inbox / SOURCES[0].file_name
    header, rest = first.read_bytes().split(b"\n", 1)
    first.write_bytes(header.replace(b";", b";onbekend;", 1) + b"\n" + rest)
    with pytest.raises(InboxNotErased, match=SOURCES[0].file_name):
        exercise_right(home, Right.ERASE, somebody)
    assert all(somebody.encode() not in (home.inbox / source.file_name).read_bytes() for source in SOURCES[1:])
    (home.inbox / f".{SOURCES[1].file_name}.0123abcd").write_text("of a write that was killed")
    first.write_bytes(header + b"\n" + rest)
    done = exercise_right(home, Right.ERASE, somebody)
    assert (done.runs, done.inbox_rows > 0) == (0, True)
    assert sorted(path.name for path in home.inbox.iterdir()) == sorted(source.file_name for source in SOURCES)


def test_a_delivery_without_a_person_keeps_every_other_byte(sample: Mapping[str, bytes], somebody: str) -> None:
    for source in SOURCES:
        content = sample[source.file_name]
        kept = drop_lines_of_person(content, source, somebody)
        assert all(line in content.splitlines() for line in kept.splitlines())
        expected = rows_of(content, source).filter(BSN.col.ne_missing(somebody)).drop("regel_nummer")
        assert rows_of(kept, source).drop("regel_nummer").equals(expected)


def test_what_may_not_be_read_is_erased_too() -> None:
    source = next(source for source in SOURCES if source.id == "zrm")
    rows = ["0865;999990019;justitie;2;01-03-2019;", "0865;999909459;justitie;2;01-03-2019;"]
    content = "\n".join([";".join(source.headers), *rows, "0865;999909459;tijdsbesteding;2;01-03-2019;"]).encode()
    assert read_delivery(content, source).excluded == (2, 3)
    assert b"999990019" not in drop_lines_of_person(content, source, "999990019")
