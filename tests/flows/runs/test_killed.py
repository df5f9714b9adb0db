"""A killed run blocks nobody, and no message after it is false; nor does a damaged run, or a clock that is wrong."""

import json
import os
import shutil
import signal
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from flows.commands.cli import main
from flows.custody.store_access import store_of
from flows.pipeline import steps
from flows.pipeline.bestandsanalyse import bestandsanalyse
from flows.registers import audit
from flows.registers.audit import Role, record_deed
from flows.registers.ledger import read_ledger
from flows.release.publication import MANIFEST
from flows.release.verification import verify_release
from flows.rights.exercise import exercise_right
from flows.rights.retention import apply_retention
from flows.runs.archive import settle
from flows.runs.person_index import holdings
from flows.workfolder.files import remove_folder, write_folder
from flows.workfolder.home import Home, Run, lock_home, waiting_run_ids
from flows.workfolder.inbox import require_filled
from schemas.errors import AuditLogDamaged, ClockDoubtful, InboxEmpty
from schemas.rights import Right
from schemas.sources import SOURCES
from tests.builders import kills
from tests.builders.requests import request_toml
from tests.builders.sample import PEILDATUM

_SOME = 71
"""Of the events of an approval, one in so many is looked at in every run of the tests."""

RIGHTS = (Right.ERASE, Right.OBJECT, Right.RESTRICT, Right.RECTIFY, Right.ACCESS)
Flow = Callable[..., Any]


def _require_right(home: Home, state: Path, target: Path, somebody: str) -> None:
    """As `kills.require_right`; and what waited goes, and the deliveries are in the inbox or in the archive."""
    right = RIGHTS[int(state.name) % len(RIGHTS)]
    after = kills.require_right(home, state, target, right, somebody)
    assert waiting_run_ids(after) == [] or right is Right.ACCESS
    delivered = {path.name for path in after.inbox.iterdir()}
    archives = [{path.name for path in folder.iterdir()} for folder in after.archive.glob("[!.]*")]
    assert delivered == {source.file_name for source in SOURCES} or {f"{one.id}.enc" for one in SOURCES} in archives
    if not delivered and right is Right.ACCESS:
        with pytest.raises(InboxEmpty, match=waiting_run_ids(after)[0]):
            require_filled(after, after.inbox)


def test_after_a_kill_of_a_run_every_right_is_exercised(finished: Run, somebody: str, tmp_path: Path) -> None:
    """Some twenty events over the whole of a run; `nightly` tries all."""
    states = sorted((finished.home.root.parent / "staten").iterdir())
    assert len(states) >= 15
    for state in states:
        _require_right(finished.home, state, tmp_path / state.name, somebody)


@pytest.mark.nightly
@pytest.mark.parametrize("asked", [False, True])
def test_after_a_kill_at_any_event_every_right_is_exercised(
    asked: bool, home: Home, run_flow: Flow, sample: Mapping[str, bytes], somebody: str, tmp_path: Path
) -> None:
    """Of a run, and of a request."""
    for name, content in sample.items():
        (home.inbox / name).write_bytes(content)
    given: dict[str, Any] = {"deliveries": home.inbox}
    if asked:
        (tmp_path / "verzoek.toml").write_bytes(request_toml(peildatum=PEILDATUM.isoformat()))
        given["request"] = tmp_path / "verzoek.toml"
    with kills.states_kept(home, tmp_path / "staten", every=1):
        run_flow(**given)
    states = sorted((tmp_path / "staten").iterdir())
    assert len(states) > 100
    for state in states:
        _require_right(home, state, tmp_path / "na" / state.name, somebody)
        shutil.rmtree(tmp_path / "na" / state.name)


@pytest.mark.parametrize("every", [_SOME, pytest.param(1, marks=pytest.mark.nightly)])
def test_after_a_kill_of_approve_the_same_command_publishes_or_says_that_it_did(
    every: int, pending: Run, officer: Path, somebody: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And a right is exercised, whatever was published."""
    run = replace(pending, out=pending.home.releases)
    run.record()
    with kills.states_kept(run.home, tmp_path / "staten", every=every):
        steps.approve(run, officer)
        release = steps.publish(run).name
        steps.close(run)
    states = sorted((tmp_path / "staten").iterdir())
    assert len(states) >= 3
    for state in states:
        _require_approved(kills.found_after(run.home, state, tmp_path / "na"), run.run_id, officer, release)
        shutil.rmtree(tmp_path / "na")
        capsys.readouterr()
        after = kills.found_after(run.home, state, tmp_path / "recht")
        assert exercise_right(after, Right.OBJECT, somebody).damaged == ()
        # What stands in the ledger is published still.
        assert not waiting_run_ids(after) or read_ledger(after.ledger)
        shutil.rmtree(tmp_path / "recht")


def _require_approved(home: Home, run_id: str, officer: Path, release: str) -> None:
    main(["approve", run_id, "--key", str(officer), "--yes", "--home", str(home.root)])
    assert [path.name for path in home.releases.iterdir()] == [release]
    assert verify_release(home.releases / release, home.officer_public_key).release == release


@pytest.mark.parametrize("act", [write_folder, lambda folder, _: remove_folder(folder)])
def test_a_folder_is_whole_or_not_there_after_a_real_kill(
    act: Callable[[Path, Mapping[str, bytes]], None], tmp_path: Path
) -> None:
    """SIGKILL at every event, in a process of its own."""
    old, new = {"a": b"1", "b": b"2"}, {"a": b"3", "c": b"4", "d": b"5"}
    home, number, ended = Home(tmp_path / "werkmap").make(), 0, False
    folder = home.root / "runs" / "20260101T000000-abcdef" / "te-publiceren"
    while not ended:
        number += 1
        shutil.rmtree(folder, ignore_errors=True)
        write_folder(folder, old)
        child = os.fork()
        if child == 0:
            with kills.at_events(home.root, partial(_killed_at, number)):
                act(folder, new)
            os._exit(0)
        ended = os.waitpid(child, 0)[1] == 0
        there = {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else {}
        assert there in ({}, old, new)
        with lock_home(home):
            assert kills.temporaries(home.root) == []
    assert number > 3


def _killed_at(number: int, seen: int) -> None:
    if seen == number:
        os.kill(os.getpid(), signal.SIGKILL)


ROOMS = (
    "sleutels.toml", "keys/store.json", "runs/20260101T000000-abcdef/run.json",
    "runs/20260101T000000-abcdef/quarantine/wmo.parquet", "archief/20260101T000000-abcdef/wmo.enc",
    "rechten/register.v1.parquet", "rechten/brieven/1.md", "inbox/wmo.csv", "grootboek/ledger.jsonl",
    "logboek/sleutels.jsonl", "vernietigd/1.json",
)  # fmt: skip


def test_temporaries_of_every_room_go_with_the_next_command(pending: Run, somebody: str) -> None:
    for room in ROOMS:
        place = pending.home.root / room
        place.parent.mkdir(parents=True, exist_ok=True)
        place.with_name(f".{place.name}.0123abcd").write_text("half")
        (place.parent / ".map.0123abcd" / "dieper").mkdir(parents=True)
    exercise_right(pending.home, Right.OBJECT, somebody)
    left = {path for path in kills.temporaries(pending.home.root) if "grootboek" not in path.parts}
    assert left == set()


def test_a_folder_without_manifest_of_an_earlier_version_blocks_nobody(pending: Run, somebody: str) -> None:
    (pending.pending / MANIFEST).unlink()
    assert exercise_right(pending.home, Right.OBJECT, somebody).damaged == ()
    assert not pending.pending.exists()
    assert not pending.dossier.exists()


DAMAGE: dict[str, Callable[[Run], object]] = {
    "half of run.json": lambda run: _cut(run.folder / "run.json"),
    "no JSON": lambda run: (run.folder / "run.json").write_bytes(b"\xff\x00"),
    "other JSON": lambda run: (run.folder / "run.json").write_text("[1]"),
    "no date": lambda run: (run.folder / "run.json").write_text(
        json.dumps(json.loads((run.folder / "run.json").read_bytes()) | {"peildatum": "gisteren"})
    ),
    "a folder": lambda run: ((run.folder / "run.json").unlink(), (run.folder / "run.json").mkdir()),
    "no run.json": lambda run: (run.folder / "run.json").unlink(),
    "half of the index": lambda run: _cut(run.index),
    "no index": lambda run: run.index.unlink(),
}


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


@pytest.mark.parametrize("name", DAMAGE)
@pytest.mark.parametrize("right", [Right.ERASE, Right.ACCESS])
def test_a_damaged_run_is_named_and_stops_nothing(name: str, right: Right, archived: Run, somebody: str) -> None:
    home = archived.home
    other = replace(archived, run_id="20990101T000000-abcdef")
    shutil.copytree(archived.folder, other.folder)
    shutil.copytree(home.archive / archived.run_id, home.archive / other.run_id)
    DAMAGE[name](other)
    done = exercise_right(home, right, somebody)
    assert (done.runs, done.damaged) == (1, (other.run_id,))
    text = done.letter.read_text()
    assert "beschadigd zijn: 1." in text
    assert "alle regels over u verwijderd" not in text
    found = holdings(home, somebody).holdings
    assert [held.run.run_id for held in found] == ([] if right is Right.ERASE else [archived.run_id])


def test_a_file_of_the_archive_that_is_damaged_does_not_stop_erasure(archived: Run, somebody: str) -> None:
    for path in (archived.home.archive / archived.run_id).iterdir():
        _cut(path)
    done = exercise_right(archived.home, Right.ERASE, somebody)
    assert (done.runs, done.damaged) == (1, (archived.run_id,))


def test_the_command_names_damaged_runs_and_says_so_with_its_word(
    archived: Run, somebody: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _cut(archived.folder / "run.json")
    reading, writing = os.pipe()
    os.write(writing, somebody.encode())
    os.close(writing)
    home = ["--home", str(archived.home.root)]
    for words in (
        ["rights", "object", "--bsn-fd", str(reading), *home],
        ["bewaartermijnen", *home],
        ["quarantine", archived.run_id, *home],
    ):
        with pytest.raises(SystemExit) as ended:
            main(words)
        assert ended.value.word == "run-unreadable"
        assert archived.run_id in capsys.readouterr().err


def test_while_a_run_within_its_term_is_damaged_no_key_is_destroyed(archived: Run) -> None:
    """It may be that run's; what can be judged goes."""
    home, day = archived.home, archived.received + timedelta(days=91)
    late = replace(archived, run_id=f"{day:%Y%m%d}T000000-abcdef")
    late.record()
    (late.folder / "run.json").write_text("{")
    gone = apply_retention(home, day)
    assert (gone.archives, gone.keys, gone.damaged) == (1, (), (late.run_id,))
    with store_of(home) as store:
        assert store.entry(archived.key_id).wrapped


def test_an_archive_of_which_the_list_is_damaged_stops_nothing(archived: Run) -> None:
    (archived.home.archive / archived.run_id / "gelezen.json").write_text("{")
    assert settle(archived.home) == {archived.run_id}
    assert apply_retention(archived.home, archived.received + timedelta(days=91)).archives == 1


def test_on_an_empty_inbox_a_run_names_what_waits_and_starts_nothing(archived: Run) -> None:
    home, before = archived.home, len(audit.lines(archived.home))
    with pytest.raises(InboxEmpty, match=archived.run_id) as told:
        bestandsanalyse.fn(PEILDATUM, None, archived.out)
    assert f"--archived {archived.run_id}" in str(told.value)
    assert (len(audit.lines(home)), len(list((home.root / "runs").iterdir()))) == (before, 1)
    (home.inbox / "wmo.csv").write_text("next")
    require_filled(home, home.inbox)


class _Clock(datetime):
    shift = timedelta()

    @classmethod
    def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
        return datetime.now(tz) + cls.shift


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> type[_Clock]:
    """A clock of the whole program that can be set."""
    rooms = ("registers.audit", "rights.retention", "rights.exercise", "pipeline.bestandsanalyse", "runs.archive")
    for module in (*rooms, "custody.keys", "commands.retention"):
        monkeypatch.setattr(f"flows.{module}.datetime", _Clock)
    monkeypatch.setattr(_Clock, "shift", timedelta())
    return _Clock


WRONG = {
    "five years on": timedelta(days=5 * 365),
    "a term on": timedelta(days=91),
    "a day back": timedelta(days=-1, hours=-1),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_with_a_clock_that_is_wrong_nothing_is_removed_or_destroyed(
    wrong: str, archived: Run, somebody: str, clock: type[_Clock]
) -> None:
    home = archived.home
    (home.inbox / "wmo.csv").write_bytes(b"of a minute ago")
    record_deed(home, "now", Role.STEWARD)
    clock.shift = WRONG[wrong]
    before = _everything(home)
    for act in (
        lambda: apply_retention(home, _Clock.now(UTC).date()),
        lambda: exercise_right(home, Right.OBJECT, somebody),
        lambda: bestandsanalyse.fn(PEILDATUM, None, archived.out),
        lambda: record_deed(home, "rotate", Role.HOLDER),
    ):
        with pytest.raises(ClockDoubtful, match="--clock-is-right"):
            act()
    assert _everything(home) == before


def _everything(home: Home) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in home.root.rglob("*") if path.is_file() and path.name != "lock"}


@pytest.mark.parametrize("shift", [timedelta(hours=-23), timedelta(days=89)])
def test_a_clock_that_is_near_enough_is_believed(shift: timedelta, archived: Run, clock: type[_Clock]) -> None:
    record_deed(archived.home, "now", Role.STEWARD)
    clock.shift = shift
    record_deed(archived.home, "now", Role.STEWARD)


def test_the_steward_says_that_the_clock_is_right_and_that_is_logged(
    archived: Run, clock: type[_Clock], capsys: pytest.CaptureFixture[str]
) -> None:
    home = archived.home
    clock.shift = WRONG["five years on"]
    with pytest.raises(SystemExit) as ended:
        main(["bewaartermijnen", "--home", str(home.root)])
    assert ended.value.word == "clock-doubtful"
    main(["bewaartermijnen", "--clock-is-right", "--home", str(home.root)])
    assert "1 archives" in capsys.readouterr().out
    assert not (home.archive / archived.run_id).exists()
    said = [line["action"] for line in audit.lines(home)]
    assert said.index("clock is right") < said.index("bewaartermijn") < said.index("destroy") < said.index("remove")


def test_what_is_removed_is_logged_before_and_not_removed_if_it_cannot_be(archived: Run) -> None:
    home, late = archived.home, archived.received + timedelta(days=91)
    log = home.audit / "sleutels.jsonl"
    whole = log.read_bytes()
    log.write_bytes(whole.replace(b'"user"', b'"USER"', 1))
    with pytest.raises(AuditLogDamaged):
        apply_retention(home, late)
    assert (home.archive / archived.run_id).is_dir()
    log.write_bytes(whole)
    apply_retention(home, late)
    (line,) = [line for line in audit.lines(home) if line["action"] == "remove"]
    assert line["about"] == {"quarantines": 1, "archives": 1, "indexes": 1, "deliveries": 0}
