"""What a resident asks is done, told in a letter, and seen nowhere."""

import os
import shutil
import threading
import time
from base64 import b64encode
from collections.abc import Mapping
from datetime import UTC, date, datetime

import polars as pl
import pytest

from flows.commands.cli import main
from flows.custody.keys import secret_for
from flows.custody.secret import REGISTER_PERIOD
from flows.registers import audit
from flows.rights.exclusions import begin_register
from flows.rights.exercise import exercise_right
from flows.rights.retention import apply_retention
from flows.runs.person_index import holdings
from flows.workfolder.home import Home, Run, lock_home
from pia.letters import letter
from schemas.errors import AuditLogDamaged, RunInProgress
from schemas.fields import BSN
from schemas.names import PERSOON_ID
from schemas.rights import ARTICLE, INDEX, QUARANTAINE, RIJEN, Right
from schemas.sources import SOURCES
from tests.builders.archived import archive_of, rows_of
from tests.builders.kills import killed
from tests.builders.sample import KEY
from transforms.intake.contract import Checked
from transforms.persons.exclusion import index_of
from transforms.persons.pseudonymise import encode

GEMEENTE = "0865"
TODAY = datetime.now(UTC).date()


def test_inzage_finds_every_row_and_changes_nothing(archived: Run, somebody: str, sample: Mapping[str, bytes]) -> None:
    before = archived.index.read_bytes(), archive_of(archived)
    done = exercise_right(archived.home, Right.ACCESS, somebody)
    assert done.runs == 1
    assert (archived.index.read_bytes(), archive_of(archived)) == before
    rows = {
        source.id: rows_of(sample[source.file_name], source).filter(BSN.col == somebody).height for source in SOURCES
    }
    (held,), closed, _ = holdings(archived.home, somebody)
    assert {source: count for source, count, _ in held.deliveries} == {name: n for name, n in rows.items() if n}
    assert closed == 0
    text = done.letter.read_text()
    for word in ("AVG art. 15", "Doel", "3 maanden", "T01", "te bevestigen door de privacyfunctionaris", "art. 89"):
        assert word in text


def test_the_index_counts_every_row_of_somebody(checked: tuple[Checked, ...]) -> None:
    index = index_of(checked, KEY)
    assert dict(index.schema) == INDEX
    valid = sum(one.valid.frame.height for one in checked)
    assert index[RIJEN].sum() - index[QUARANTAINE].sum() == valid
    assert index[PERSOON_ID].bin.starts_with(KEY.prefix.encode()).all()
    numbers = [one.valid.frame[BSN.name].unique() for one in checked]
    for number in pl.concat(numbers).unique():
        assert not index[PERSOON_ID].bin.contains(number.encode()).any()


@pytest.mark.parametrize("right", Right)
def test_every_letter_says_what_was_done_and_what_is_to_be_confirmed(right: Right) -> None:
    text = letter(right, date(2026, 11, 22), [], 2, [(Right.OBJECT, date(2026, 11, 1))])
    assert ARTICLE[right] in text
    assert "22 november 2026" in text
    assert "bezwaar, sinds 1 november 2026" in text
    assert "te bevestigen" in text
    assert "vernietigd: 2." in text


def test_every_right_is_a_line_in_the_audit_log(home: Home, somebody: str) -> None:
    for right in (Right.ACCESS, Right.OBJECT, Right.LIFT):
        exercise_right(home, right, somebody)
    found = [line for line in audit.lines(home) if line["action"].startswith("recht op")]
    assert [line["action"] for line in found] == ["recht op inzage", "recht op bezwaar", "recht op opheffing"]
    assert all(line["role"] == "sleutelhouder" and line["about"] == {"runs": 0, "closed": 0} for line in found)


def _everywhere(home: Home) -> bytes:
    return b"\n".join(path.read_bytes() + path.name.encode() for path in sorted(home.root.rglob("*")) if path.is_file())


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


def test_what_waits_keeps_nothing_in_clear_when_somebody_asks_to_be_left_out(archived: Run, somebody: str) -> None:
    """Beside the next run, it would tell how many rows of which deliveries were whose."""
    exercise_right(archived.home, Right.ACCESS, somebody)
    assert archived.pending.is_dir()
    exercise_right(archived.home, Right.OBJECT, somebody)
    names = {path.name for path in archived.folder.iterdir()}
    assert names <= {"run.json", "personen.parquet", "quarantine", "staging"}


def test_the_command_reads_the_bsn_from_a_descriptor(
    archived: Run, somebody: str, capsys: pytest.CaptureFixture[str]
) -> None:
    reading, writing = os.pipe()
    os.write(writing, f"{somebody}\n".encode())
    os.close(writing)
    main(["rights", "erase", "--yes", "--bsn-fd", str(reading), "--home", str(archived.home.root)])
    assert "in 1 runs" in capsys.readouterr().out


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


def test_while_a_run_is_under_way_nothing_of_it_is_changed(home: Home, somebody: str) -> None:
    with lock_home(home):
        for act in (
            lambda: exercise_right(home, Right.ERASE, somebody),
            lambda: apply_retention(home, TODAY),
        ):
            with pytest.raises(RunInProgress):
                act()
        with pytest.raises(SystemExit) as ended:
            main(["keys", "rotate", REGISTER_PERIOD, "--home", str(home.root)])
    assert ended.value.word == "run-in-progress"


def test_the_staging_of_a_killed_run_goes_with_any_request_and_with_any_removal(archived: Run, somebody: str) -> None:
    home = archived.home
    for act in (lambda: exercise_right(home, Right.ACCESS, somebody), lambda: apply_retention(home, TODAY)):
        archived.staging.mkdir(exist_ok=True)
        (archived.staging / "personen.pseudonymised.parquet").write_bytes(b"rows")
        act()
        assert not archived.staging.exists()


def test_a_request_that_fails_before_anything_was_done_stops_no_approval(
    archived: Run, somebody: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("flows.rights.exercise.find_register_secret", killed)
        with pytest.raises(KeyboardInterrupt):
            exercise_right(archived.home, Right.OBJECT, somebody)
    assert audit.count_exclusions_since(archived.home, archived.run_id) == 0
    exercise_right(archived.home, Right.OBJECT, somebody)
    assert audit.count_exclusions_since(archived.home, archived.run_id) == 1
    with pytest.raises(AuditLogDamaged, match="does not know"):
        audit.count_exclusions_since(archived.home, "20990101T000000-000000")


def test_rows_of_a_run_that_nothing_tells_of_are_not_taken_for_none(archived: Run, somebody: str) -> None:
    shutil.rmtree(archived.folder)
    assert exercise_right(archived.home, Right.ACCESS, somebody).damaged == (archived.run_id,)


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
