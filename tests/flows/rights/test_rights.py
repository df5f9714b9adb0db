"""What a resident asks is done, told in a letter, and seen nowhere."""

import json
import os
import shutil
import threading
import time
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from flows.commands.cli import main
from flows.custody.custodians import store_of
from flows.custody.keys import secret_for
from flows.custody.keystore import Store
from flows.custody.secret import REGISTER_PERIOD
from flows.pipeline import steps
from flows.registers import audit
from flows.rights.exclusions import begin_register, exclusion_filter, read_register, rotate_register
from flows.rights.exercise import exercise_right
from flows.rights.retention import apply_retention
from flows.runs.archive import archive, archived_files, keep
from flows.runs.context import context_of
from flows.runs.person_index import holdings
from flows.runs.quarantine import quarantined_rows
from flows.workfolder.home import Home, Run, locked, read_run, start_date
from pia.letters import letter
from schemas.errors import (
    AuditLogDamaged,
    InboxNotErased,
    KeyDestroyed,
    NotArchived,
    NothingToLift,
    PeildatumReleased,
    RegisterUnusable,
    RetentionPassed,
    RunInProgress,
    SeveralRights,
    StagingError,
    UnknownColumn,
)
from schemas.fields import BSN
from schemas.names import PERSOON_ID
from schemas.rights import ARTICLE, INDEX, QUARANTAINE, REGISTER, RIJEN, Right
from schemas.sources import SOURCES
from schemas.specs import SourceSpec
from schemas.states import Identified
from tests.conftest import KEY, archived_by_hand
from transforms.intake.contract import Checked
from transforms.intake.delivery import PERSONS, blank_unread_cells, read_delivery
from transforms.persons.exclusion import enter_person, index_of, registered_bsns, rights_of, without, without_person
from transforms.persons.pseudonymise import encode

Flow = Callable[..., Any]
GEMEENTE = "0865"
TODAY = datetime.now(UTC).date()


def rows_of(content: bytes, source: SourceSpec) -> pl.DataFrame:
    return read_delivery(content, source).frame


def _everywhere(home: Home) -> bytes:
    return b"\n".join(path.read_bytes() + path.name.encode() for path in sorted(home.root.rglob("*")) if path.is_file())


def test_the_index_counts_every_row_of_somebody(checked: tuple[Checked, ...]) -> None:
    index = index_of(checked, KEY)
    assert dict(index.schema) == INDEX
    valid = sum(one.valid.frame.height for one in checked)
    assert index[RIJEN].sum() - index[QUARANTAINE].sum() == valid
    assert index[PERSOON_ID].bin.starts_with(KEY.prefix.encode()).all()
    numbers = [one.valid.frame[BSN.name].unique() for one in checked]
    for number in pl.concat(numbers).unique():
        assert not index[PERSOON_ID].bin.contains(number.encode()).any()


def test_inzage_finds_every_row_and_changes_nothing(archived: Run, somebody: str, sample: Mapping[str, bytes]) -> None:
    before = archived.index.read_bytes(), _archive(archived)
    done = exercise_right(archived.home, Right.ACCESS, somebody)
    assert done.runs == 1
    assert (archived.index.read_bytes(), _archive(archived)) == before
    rows = {
        source.id: rows_of(sample[source.file_name], source).filter(BSN.col == somebody).height for source in SOURCES
    }
    (held,), closed, _ = holdings(archived.home, somebody)
    assert {source: count for source, count, _ in held.deliveries} == {name: n for name, n in rows.items() if n}
    assert closed == 0
    text = done.letter.read_text()
    for word in ("AVG art. 15", "Doel", "3 maanden", "T01", "te bevestigen door de privacy officer", "art. 89"):
        assert word in text


def _archive(run: Run) -> dict[str, bytes]:
    content = archived_files(run.home, run.run_id)
    return {source.id: content(source) for source in SOURCES}


def test_wissing_removes_every_row_and_nobody_elses(archived: Run, somebody: str) -> None:
    before = _archive(archived)
    exercise_right(archived.home, Right.ERASE, somebody)
    for source in SOURCES:
        was, now = (rows_of(content[source.id], source) for content in (before, _archive(archived)))
        columns = [name for name in was.columns if name != "regel_nummer"]
        assert now.select(columns).equals(was.filter(BSN.col.ne_missing(somebody)).select(columns))
        held = context_of(archived).quarantine.persons(source.id, Identified).frame
        assert somebody not in held[PERSONS].explode(empty_as_null=True).to_list()
    assert holdings(archived.home, somebody) == ([], 0, ())


@pytest.mark.parametrize("right", [Right.ERASE, Right.OBJECT, Right.RESTRICT, Right.RECTIFY])
def test_whoever_asks_is_left_out_until_opheffing(
    right: Right, archived: Run, somebody: str, sample: Mapping[str, bytes]
) -> None:
    home, source = archived.home, SOURCES[0]
    delivered = read_delivery(sample[source.file_name], source)
    exercise_right(home, right, somebody)
    assert exclusion_filter(home, GEMEENTE)(delivered).to_list() == [somebody]
    left = without(delivered, pl.Series([somebody])).frame
    assert left.equals(delivered.frame.filter(BSN.col.ne_missing(somebody)))
    exercise_right(home, Right.LIFT, somebody)
    assert exclusion_filter(home, GEMEENTE)(delivered).to_list() == []
    with pytest.raises(NothingToLift):
        exercise_right(home, Right.LIFT, somebody)


def test_a_bsn_that_is_written_otherwise_is_left_out_too() -> None:
    register = pl.DataFrame(
        {"persoon_id": encode(pl.Series(["010002546"]), KEY), "recht": ["bezwaar"], "sinds": [None]}
    )
    written = [
        "10002546",
        "010002546",
        " 010002546",
        "0100.02.546",
        "01000 2546",
        "10002546,0",
        "0010002546",
        "10002546.00",
    ]
    source = next(source for source in SOURCES if source.id == "participatieladder")
    rows = [f"0865;{bsn};4;01-03-2019;;" for bsn in (*written, "999990019", "geen", "")]
    shifted = ["0865;;010002546;01-03-2019;;", "0865;010002546;4", "0865;4;01-03-2019;;;bsn 010002546 dus"]
    content = "\n".join([";".join(source.headers), *rows, *shifted]).encode()
    delivered = read_delivery(content, source)
    absent = registered_bsns(delivered, register, KEY)
    assert absent.to_list() == ["010002546"]
    assert without(delivered, absent).frame[BSN.name].to_list() == ["999990019", "geen", None]
    assert b"010002546" not in without_person(content, source, "010002546")


def test_a_run_leaves_out_who_objected_and_the_same_day_is_not_published_twice(
    archived: Run, officer: Path, run_flow: Flow, somebody: str
) -> None:
    """What erasure means for tables that are published: a second release of that day would show who left."""
    steps.approve(archived, officer)
    steps.publish(archived)
    exercise_right(archived.home, Right.OBJECT, somebody)
    again = read_run(archived.home, run_flow().run_id)
    assert holdings(archived.home, somebody)[0][-1].run.run_id == archived.run_id
    steps.approve(again, officer)
    with pytest.raises(PeildatumReleased):
        steps.publish(again)


def test_the_register_is_translated_when_its_key_is_rotated(home: Home, somebody: str) -> None:
    exercise_right(home, Right.OBJECT, somebody)
    old = begin_register(home, GEMEENTE)
    main(["keys", "rotate", REGISTER_PERIOD, "--home", str(home.root)])
    new = begin_register(home, GEMEENTE)
    assert (old.version, new.version) == (1, 2)
    assert (
        read_register(home, new)["persoon_id"].to_list() == encode(pl.Series([somebody]), new.pseudonym_key).to_list()
    )
    with pytest.raises(RegisterUnusable):
        read_register(home, old)
    assert rotate_register(home, GEMEENTE).key_id.endswith("/3")


def test_killed_while_the_registers_key_is_made_or_rotated_the_register_opens(
    home: Home, somebody: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(_store: Store) -> None:
        raise KeyboardInterrupt

    for height in (0, 1):
        with monkeypatch.context() as patch:
            patch.setattr(Store, "save", killed)
            with pytest.raises(KeyboardInterrupt):
                rotate_register(home, GEMEENTE)
        assert read_register(home, begin_register(home, GEMEENTE)).height == height
        exercise_right(home, Right.OBJECT, somebody)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", killed)
        with pytest.raises(KeyboardInterrupt):
            rotate_register(home, GEMEENTE)
    assert read_register(home, begin_register(home, GEMEENTE)).height == 1


def test_killed_before_the_new_register_is_in_its_place_it_is_found(
    home: Home, somebody: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    exercise_right(home, Right.OBJECT, somebody)
    with monkeypatch.context() as patch:
        patch.setattr("flows.rights.exclusions._settle", _killed)
        with pytest.raises(KeyboardInterrupt):
            rotate_register(home, GEMEENTE)
    secret = begin_register(home, GEMEENTE)
    assert secret.version == 2
    assert read_register(home, secret).height == 1


def test_no_register_or_a_damaged_one_stops_every_run(home: Home, run_flow: Flow, somebody: str) -> None:
    exercise_right(home, Right.OBJECT, somebody)
    (path,) = home.rights.glob("*.parquet")
    content = path.read_bytes()
    path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(RegisterUnusable):
        run_flow()
    path.unlink()
    with pytest.raises(RegisterUnusable):
        run_flow()


def test_neither_bsn_nor_pseudonym_is_seen_anywhere(archived: Run, somebody: str) -> None:
    home = archived.home
    for right in (Right.ACCESS, Right.RESTRICT, Right.ERASE):
        exercise_right(home, right, somebody)
    pseudonyms = [
        encode(pl.Series([somebody]), secret.pseudonym_key)[0]
        for secret in (secret_for(home, archived.key_id), begin_register(home, GEMEENTE))
    ]
    everything = _everywhere(home)
    assert b"recht op wissing" in everything
    blocks = [one[-16:] for one in pseudonyms]
    for value in (somebody.encode(), *blocks, *(block.hex().encode() for block in blocks), *map(b64encode, blocks)):
        assert value not in everything


def test_every_right_is_a_line_in_the_audit_log(home: Home, somebody: str) -> None:
    for right in (Right.ACCESS, Right.OBJECT, Right.LIFT):
        exercise_right(home, right, somebody)
    found = [line for line in audit.lines(home) if line["action"].startswith("recht op")]
    assert [line["action"] for line in found] == ["recht op inzage", "recht op bezwaar", "recht op opheffing"]
    assert all(line["role"] == "sleutelhouder" and line["about"] == {"runs": 0, "closed": 0} for line in found)


@pytest.mark.parametrize("right", Right)
def test_every_letter_says_what_was_done_and_what_is_to_be_confirmed(right: Right) -> None:
    text = letter(right, date(2026, 11, 22), [], 2, [(Right.OBJECT, date(2026, 11, 1))])
    assert ARTICLE[right] in text
    assert "22 november 2026" in text
    assert "bezwaar, sinds 1 november 2026" in text
    assert "te bevestigen" in text
    assert "vernietigd: 2." in text


@pytest.mark.parametrize("typed", ["", "123456789", "99999001a", "9999900190"])
def test_what_is_no_bsn_is_refused(typed: str, home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    reading, writing = os.pipe()
    os.write(writing, typed.encode())
    os.close(writing)
    with pytest.raises(SystemExit) as ended:
        main(["rights", "access", "--bsn-fd", str(reading), "--home", str(home.root)])
    assert ended.value.word == "no-bsn"
    told = capsys.readouterr()
    assert not typed or typed not in told.out + told.err
    assert not home.rights.exists()


def test_the_command_reads_the_bsn_from_a_descriptor(
    archived: Run, somebody: str, capsys: pytest.CaptureFixture[str]
) -> None:
    reading, writing = os.pipe()
    os.write(writing, f"{somebody}\n".encode())
    os.close(writing)
    main(["rights", "erase", "--yes", "--bsn-fd", str(reading), "--home", str(archived.home.root)])
    assert "in 1 runs" in capsys.readouterr().out


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


def test_the_term_of_what_is_read_again_counts_from_its_delivery(archived: Run) -> None:
    later = replace(archived, run_id="20990101T000000-000000", archived=archived.run_id)
    later.record()
    (later.quarantine / "wmo.identified.parquet").write_bytes(b"rows")
    gone = apply_retention(archived.home, archived.received + timedelta(days=91))
    assert gone.quarantines == 2
    assert not later.quarantine.exists()


def test_the_key_of_a_year_that_is_not_over_stays_unless_it_was_replaced(archived: Run) -> None:
    home, day = archived.home, archived.received + timedelta(days=91)
    domain = f"bestandsanalyse/{GEMEENTE}/{day.year}"
    with store_of(home) as store:
        store.with_new(domain, day).save()
    replace(archived, key_id=f"{domain}/1").record()
    assert apply_retention(home, day).keys == ()
    assert apply_retention(home, date(day.year, 12, 31) + timedelta(days=90)).keys == ()
    with store_of(home) as store:
        store.with_new(domain, day).save()
    assert apply_retention(home, day).keys == (f"{domain}/1",)


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
        patch.setattr("flows.runs.archive._write", _killed)
        with pytest.raises(KeyboardInterrupt):
            exercise_right(home, Right.ERASE, somebody)
    delivered = read_delivery(sample[source.file_name], source)
    assert exclusion_filter(home, GEMEENTE)(delivered).to_list() == [somebody]
    left = without(delivered, pl.Series([somebody])).frame
    assert left.equals(delivered.frame.filter(BSN.col.ne_missing(somebody)))
    assert exercise_right(home, Right.ERASE, somebody).runs == 1
    assert holdings(home, somebody) == ([], 0, ())


def test_a_quarantine_past_its_term_is_not_read(archived: Run) -> None:
    old = replace(archived, run_id="20990101T000000-000000", archived="20190701T120000-000000")
    old.record()
    with pytest.raises(RetentionPassed):
        quarantined_rows(old.home, old.run_id)


def test_who_was_erased_is_in_no_later_archive(home: Home, inbox: Path, run_flow: Flow, somebody: str) -> None:
    exercise_right(home, Right.ERASE, somebody)
    for path in inbox.iterdir():
        shutil.copy(path, home.inbox)
    run = read_run(home, run_flow(deliveries=home.inbox).run_id)
    for source in SOURCES:
        delivered = (inbox / source.file_name).read_bytes()
        expected = rows_of(delivered, source).filter(BSN.col.ne_missing(somebody)).drop("regel_nummer")
        kept = _archive(run)[source.id]
        assert rows_of(kept, source).drop("regel_nummer").equals(expected)
        assert blank_unread_cells(kept, source) == kept
    assert holdings(home, somebody) == ([], 0, ())
    assert list(home.inbox.iterdir()) == []


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


def test_what_came_into_the_inbox_meanwhile_stays_and_is_notarchived_by_hand(pending: Run, inbox: Path) -> None:
    run = replace(pending, deliveries=pending.home.inbox)
    secret, (first, second) = secret_for(run.home, run.key_id), SOURCES[:2]
    for source in (first, second):
        content = (inbox / source.file_name).read_bytes()
        (run.home.inbox / source.file_name).write_bytes(content)
        keep(run, secret, source, content, content)
    (run.home.inbox / first.file_name).write_bytes(b"the next delivery")
    archive(run)
    assert [path.name for path in run.home.inbox.iterdir()] == [first.file_name]
    kept, delivered = archived_files(run.home, run.run_id)(first), (inbox / first.file_name).read_bytes()
    assert rows_of(kept, first).equals(rows_of(delivered, first))


@pytest.mark.parametrize("step", ["replace", "unlink"])
def test_an_archive_that_is_killed_is_whole_or_not_there(
    step: str, pending: Run, inbox: Path, somebody: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = replace(pending, deliveries=pending.home.inbox)
    secret = secret_for(run.home, run.key_id)
    for source in SOURCES:
        content = (inbox / source.file_name).read_bytes()
        (run.home.inbox / source.file_name).write_bytes(content)
        keep(run, secret, source, content, content)
    with monkeypatch.context() as patch:
        patch.setattr(Path, step, _killed)
        with pytest.raises(KeyboardInterrupt):
            archive(run)
    assert exercise_right(run.home, Right.ERASE, somebody).runs == 1
    is_archived = step == "unlink"
    assert [path.name for path in run.home.archive.iterdir()] == ([run.run_id] if is_archived else [])
    assert len(list(run.home.inbox.iterdir())) == (0 if is_archived else len(SOURCES))


def test_the_staging_of_a_killed_run_goes_with_any_request_and_with_any_removal(archived: Run, somebody: str) -> None:
    home = archived.home
    for act in (lambda: exercise_right(home, Right.ACCESS, somebody), lambda: apply_retention(home, TODAY)):
        archived.staging.mkdir(exist_ok=True)
        (archived.staging / "personen.pseudonymised.parquet").write_bytes(b"rows")
        act()
        assert not archived.staging.exists()


def test_deliveries_that_lie_in_the_inbox_for_longer_than_a_term_go(home: Home) -> None:
    (home.inbox / "wmo.csv").write_bytes(b"rows")
    assert apply_retention(home, TODAY + timedelta(days=80)).deliveries == 0
    assert apply_retention(home, TODAY + timedelta(days=100)).deliveries == 1
    assert list(home.inbox.iterdir()) == []


def test_a_register_without_its_key_stops_every_run_and_request(home: Home, run_flow: Flow, somebody: str) -> None:
    before = home.keys.read_bytes()
    exercise_right(home, Right.OBJECT, somebody)
    home.keys.write_bytes(before)
    with pytest.raises(RegisterUnusable):
        run_flow()
    with pytest.raises(RegisterUnusable):
        exercise_right(home, Right.OBJECT, somebody)


def test_a_reason_that_has_ended_ends_no_other(home: Home, somebody: str, sample: Mapping[str, bytes]) -> None:
    source = SOURCES[0]
    delivered = read_delivery(sample[source.file_name], source)
    for right in (Right.OBJECT, Right.RECTIFY):
        exercise_right(home, right, somebody)
    with pytest.raises(SeveralRights):
        exercise_right(home, Right.LIFT, somebody)
    with pytest.raises(NothingToLift):
        exercise_right(home, Right.LIFT, somebody, Right.RESTRICT)
    told = exercise_right(home, Right.LIFT, somebody, Right.RECTIFY).letter.read_text()
    assert "wij laten u weg uit elke nieuwe analyse (bezwaar, sinds" in told
    assert exclusion_filter(home, GEMEENTE)(delivered).to_list() == [somebody]
    assert "wij laten u nergens weg" in exercise_right(home, Right.LIFT, somebody).letter.read_text()
    assert exclusion_filter(home, GEMEENTE)(delivered).to_list() == []


def test_opheffing_for_nobody_makes_no_key(home: Home, somebody: str) -> None:
    with pytest.raises(NothingToLift):
        exercise_right(home, Right.LIFT, somebody)
    with store_of(home) as store:
        assert store.entries == ()


def test_a_damaged_index_keeps_nobody_from_being_left_out(
    archived: Run, somebody: str, sample: Mapping[str, bytes]
) -> None:
    archived.index.write_bytes(b"PAR1")
    assert exercise_right(archived.home, Right.OBJECT, somebody).damaged == (archived.run_id,)
    delivered = read_delivery(sample[SOURCES[0].file_name], SOURCES[0])
    assert exclusion_filter(archived.home, GEMEENTE)(delivered).to_list() == [somebody]
    assert audit.lines(archived.home)[-1]["about"] == {"runs": 0, "closed": 0, "damaged": 1}


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
        _archive(second)
    copy.write_bytes(sealed)
    assert exercise_right(home, Right.ERASE, somebody).runs == 2
    for run in (first, second):
        for source in SOURCES:
            assert rows_of(_archive(run)[source.id], source).filter(BSN.col == somebody).is_empty()
    assert holdings(home, somebody) == ([], 0, ())


def test_the_first_day_of_a_right_stays(home: Home) -> None:
    register = pl.DataFrame(schema=REGISTER)
    for day in (date(2026, 3, 1), date(2026, 1, 1), date(2026, 2, 1)):
        register = enter_person(register, b"p", Right.OBJECT, day)
    assert rights_of(register, b"p") == [(Right.OBJECT, date(2026, 1, 1))]
    assert rights_of(register, b"q") == []


def test_while_a_run_is_under_way_nothing_of_it_is_changed(home: Home, somebody: str) -> None:
    with locked(home):
        for act in (
            lambda: exercise_right(home, Right.ERASE, somebody),
            lambda: apply_retention(home, TODAY),
        ):
            with pytest.raises(RunInProgress):
                act()
        with pytest.raises(SystemExit) as ended:
            main(["keys", "rotate", REGISTER_PERIOD, "--home", str(home.root)])
    assert ended.value.word == "run-in-progress"


def test_older_registers_that_a_kill_left_go_at_the_next_rotation(
    home: Home, somebody: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    exercise_right(home, Right.OBJECT, somebody)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", _killed)
        with pytest.raises(KeyboardInterrupt):
            rotate_register(home, GEMEENTE)
    assert len(list(home.rights.glob("register.v*"))) == 2
    rotate_register(home, GEMEENTE)
    assert [path.name for path in home.rights.glob("register.v*")] == ["register.v3.parquet"]


@pytest.mark.parametrize(
    ("parts", "is_bsn"), [((b"99999", b"0019"), True), ((b"9999",), False), ((b"9999.900 19",), True)]
)
def test_a_bsn_is_read_whole_or_refused(
    parts: tuple[bytes, ...], is_bsn: bool, home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    reading, writing = os.pipe()

    def write() -> None:
        for part in parts:
            os.write(writing, part)
            time.sleep(0.2)
        os.close(writing)

    writer = threading.Thread(target=write)
    writer.start()
    command = ["rights", "access", "--bsn-fd", str(reading), "--home", str(home.root)]
    if is_bsn:
        main(command)
        assert "in 0 runs" in capsys.readouterr().out
    else:
        with pytest.raises(SystemExit) as ended:
            main(command)
        assert ended.value.word == "no-bsn"
    writer.join()


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
    assert (done.runs, done.waiting > 0) == (0, True)
    assert sorted(path.name for path in home.inbox.iterdir()) == sorted(source.file_name for source in SOURCES)


def test_what_waits_keeps_nothing_in_clear_when_somebody_asks_to_be_left_out(archived: Run, somebody: str) -> None:
    """Beside the next run, it would tell how many rows of which deliveries were whose."""
    exercise_right(archived.home, Right.ACCESS, somebody)
    assert archived.pending.is_dir()
    exercise_right(archived.home, Right.OBJECT, somebody)
    names = {path.name for path in archived.folder.iterdir()}
    assert names <= {"run.json", "personen.parquet", "quarantine", "staging"}


def test_what_is_not_ours_in_the_work_folder_stays_and_stops_nothing(archived: Run, somebody: str) -> None:
    home = archived.home
    for name in (
        "archief/.snapshot/a",
        "archief/LEESMIJ.txt",
        "rechten/.map/a",
        f"runs/{archived.run_id}/.map/a",
        "runs/a",
    ):
        (home.root / name).parent.mkdir(parents=True, exist_ok=True)
        (home.root / name).write_text("of somebody else")
    left = home.rights / ".register.v1.parquet.0123abcd"
    left.write_text("of a write that was killed")
    assert exercise_right(home, Right.ERASE, somebody).runs == 1
    assert not left.exists()
    assert (home.archive / ".snapshot" / "a").exists()
    assert (home.root / "runs" / "a").exists()


def test_rows_of_a_run_that_nothing_tells_of_are_not_taken_for_none(archived: Run, somebody: str) -> None:
    shutil.rmtree(archived.folder)
    assert exercise_right(archived.home, Right.ACCESS, somebody).damaged == (archived.run_id,)


def test_a_request_that_fails_before_anything_was_done_stops_no_approval(
    archived: Run, somebody: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("flows.rights.exercise.find_register_secret", _killed)
        with pytest.raises(KeyboardInterrupt):
            exercise_right(archived.home, Right.OBJECT, somebody)
    assert audit.asked_since(archived.home, archived.run_id) == 0
    exercise_right(archived.home, Right.OBJECT, somebody)
    assert audit.asked_since(archived.home, archived.run_id) == 1
    with pytest.raises(AuditLogDamaged, match="does not know"):
        audit.asked_since(archived.home, "20990101T000000-000000")


def _killed(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_what_is_due_goes_with_its_key_and_what_is_not_stays(archived: Run) -> None:
    home, day = archived.home, start_date(archived.run_id)
    kept = apply_retention(home, day + timedelta(days=90))
    assert (kept.quarantines, kept.archives, kept.indexes, kept.keys) == (0, 0, 0, ())
    gone = apply_retention(home, day + timedelta(days=91))
    assert (gone.quarantines, gone.archives, gone.indexes) == (1, 1, 1)
    assert gone.keys == (archived.key_id,)
    with pytest.raises(KeyDestroyed):
        secret_for(home, archived.key_id)
    with store_of(home) as store:
        assert store.entry(archived.key_id).wrapped is None
    assert archived.dossier.exists()
    assert apply_retention(home, day + timedelta(days=91)).keys == ()


def test_a_delivery_without_a_person_keeps_every_other_byte(sample: Mapping[str, bytes], somebody: str) -> None:
    for source in SOURCES:
        content = sample[source.file_name]
        kept = without_person(content, source, somebody)
        assert all(line in content.splitlines() for line in kept.splitlines())
        expected = rows_of(content, source).filter(BSN.col.ne_missing(somebody)).drop("regel_nummer")
        assert rows_of(kept, source).drop("regel_nummer").equals(expected)


def test_what_may_not_be_read_is_erased_too() -> None:
    source = next(source for source in SOURCES if source.id == "zrm")
    rows = ["0865;999990019;justitie;2;01-03-2019;", "0865;999909459;justitie;2;01-03-2019;"]
    content = "\n".join([";".join(source.headers), *rows, "0865;999909459;tijdsbesteding;2;01-03-2019;"]).encode()
    assert read_delivery(content, source).excluded == (2, 3)
    assert b"999990019" not in without_person(content, source, "999990019")
