"""Where keys, staged files and locks lie, and what is refused."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from prefect.exceptions import TerminationSignal

from flows.custody.keys import key_for, secret_for
from flows.custody.signing import make_officer_key
from flows.guard import value_free
from flows.rights.retention import Removed, remove_due
from flows.runs.staging import Staging
from flows.workfolder.files import lock_file
from flows.workfolder.home import Home, Run, find_home, lock_home
from schemas import errors
from schemas.profiles import STANDAARD
from schemas.sources import SOURCES
from schemas.states import Counted, Identified, Pseudonymised, Released
from schemas.tables import TABLES
from tests.builders.sample import PEILDATUM
from transforms.counting.aggregate import count

Flow = Callable[..., Any]


def test_a_key_file_that_others_can_read_stops_the_run(run_flow: Flow, home: Home) -> None:
    home.keys.chmod(0o644)
    with pytest.raises(errors.KeyStoreError):
        run_flow()


def test_a_key_file_inside_the_output_stops_the_run(run_flow: Flow, home: Home) -> None:
    with pytest.raises(errors.KeyStoreError):
        run_flow(out=home.root)


def test_a_secret_is_made_once_per_municipality_and_year(home: Home) -> None:
    days = (PEILDATUM, PEILDATUM, date(2020, 7, 1))
    first, again, other = (secret_for(home, key_for(home, STANDAARD.gemeente_code, day)) for day in days)
    assert (first.key_id, other.key_id) == ("bestandsanalyse/0865/2019/1", "bestandsanalyse/0865/2020/1")
    assert first.value == again.value != other.value
    assert first.fingerprint != other.fingerprint
    assert len({first.staging_key, first.quarantine_key, first.pseudonym_key.key, first.value}) == 4
    assert first.value.hex() not in repr(first)


def test_without_a_key_store_nothing_runs_and_none_is_made(inbox: Path, run_flow: Flow, home: Home) -> None:
    home.keys.unlink()
    with pytest.raises(errors.KeyStoreMissing, match="keys init"):
        run_flow()
    assert not home.keys.exists()


def test_staging_refuses_a_swapped_changed_or_foreign_file(tmp_path: Path, personen: Pseudonymised) -> None:
    staging = Staging(tmp_path, "run-1", bytes(32))
    staging.put("personen", personen)
    assert staging.persons("personen", Pseudonymised).frame.equals(personen.frame)
    (path,) = tmp_path.iterdir()
    refused = [
        lambda: Staging(tmp_path, "run-2", bytes(32)).persons("personen", Pseudonymised),
        lambda: Staging(tmp_path, "run-1", bytes([1] * 32)).persons("personen", Pseudonymised),
        lambda: staging.persons("personen", Identified),
        lambda: staging.persons("anders", Pseudonymised),
    ]
    shutil.copy(path, tmp_path / "anders.pseudonymised.parquet")
    shutil.copy(path, tmp_path / "personen.identified.parquet")
    path_bytes = path.read_bytes()
    for read in refused:
        with pytest.raises(errors.StagingError):
            read()
    path.write_bytes(path_bytes[:-1] + bytes([path_bytes[-1] ^ 1]))
    with pytest.raises(errors.StagingError):
        staging.persons("personen", Pseudonymised)
    counted = count(personen, TABLES[0])
    staging.put(TABLES[0].id, counted)
    with pytest.raises(errors.StagingError):
        staging.table(TABLES[0], Released)
    assert staging.table(TABLES[0], Counted).frame.equals(counted.frame)


def test_one_run_at_a_time(run_flow: Flow, home: Home) -> None:
    with lock_home(home), pytest.raises(errors.RunInProgress):
        run_flow()


def test_nothing_stays_in_staging_and_everything_is_private(run_flow: Flow, home: Home) -> None:
    run_flow()
    assert list(home.root.glob("runs/*/staging")) == []
    for path in (home.root, *home.root.rglob("*")):
        if "prefect" not in path.parts:
            assert path.stat().st_mode & 0o077 == 0, path.name


@pytest.mark.parametrize("where", ["a file", "below a file", "the deliveries"])
def test_an_output_folder_that_cannot_be_written_is_refused_before_the_run(
    where: str, run_flow: Flow, inbox: Path, tmp_path: Path
) -> None:
    (tmp_path / "bestand").write_text("x")
    out = {"a file": tmp_path / "bestand", "below a file": tmp_path / "bestand" / "uit", "the deliveries": inbox}[where]
    with pytest.raises(errors.FolderUnusable):
        run_flow(out=out)


def test_a_work_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("x")
    with pytest.raises(errors.FolderUnusable):
        find_home(tmp_path / "bestand" / "werkmap")


@pytest.mark.parametrize("name", ["keys", "runs", "archief", "rechten", "logboek", "sleutels.toml", "lock"])
def test_a_work_folder_with_a_link_to_another_ones_is_refused(home: Home, tmp_path: Path, name: str) -> None:
    """Keys and runs of one, and the roles of another that nobody named."""
    shadow = tmp_path / "schaduw"
    shadow.mkdir()
    (shadow / name).symlink_to(home.root / name)
    with pytest.raises(errors.FolderUnusable):
        find_home(shadow)


def test_a_lock_that_is_a_link_leaves_what_it_leads_to_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "brief").write_text("of somebody else")
    (tmp_path / "lock").symlink_to(tmp_path / "brief")
    with pytest.raises(OSError, match="symbolic"), lock_file(tmp_path / "lock"):
        pass
    assert (tmp_path / "brief").read_text() == "of somebody else"


def test_a_work_folder_that_exists_keeps_its_mode_and_ours_is_private(tmp_path: Path) -> None:
    (tmp_path / "gedeeld").mkdir(mode=0o755)
    (tmp_path / "gedeeld").chmod(0o755)
    work = find_home(tmp_path / "gedeeld")
    assert work.root.stat().st_mode & 0o777 == 0o755
    assert all(path.stat().st_mode & 0o077 == 0 for path in work.root.rglob("*"))


def test_an_officers_key_is_never_overwritten_nor_lost(tmp_path: Path) -> None:
    make_officer_key(tmp_path / "een.pem", tmp_path / "een.pub")
    before = (tmp_path / "een.pem").read_bytes()
    for private, public in (("een.pem", "twee.pub"), ("twee.pem", "een.pub"), ("weg/twee.pem", "twee.pub")):
        with pytest.raises(errors.KeyStoreError):
            make_officer_key(tmp_path / private, tmp_path / public)
    assert (tmp_path / "een.pem").read_bytes() == before


def test_a_quarantine_goes_when_its_retention_has_passed(pending: Run) -> None:
    started = date(int(pending.run_id[:4]), int(pending.run_id[4:6]), int(pending.run_id[6:8]))
    assert remove_due(pending.home, started.replace(year=started.year + 1)).quarantines == 1
    assert not pending.index.exists()
    assert not pending.quarantine.exists()
    assert pending.dossier.exists()


def test_a_quarantine_stays_within_its_retention(pending: Run) -> None:
    started = date(int(pending.run_id[:4]), int(pending.run_id[4:6]), int(pending.run_id[6:8]))
    assert remove_due(pending.home, started) == Removed(0, 0, 0, 0)
    assert len(list(pending.quarantine.iterdir())) == len(SOURCES)


def test_a_run_that_is_stopped_is_not_a_failure_to_be_tried_again() -> None:
    """SIGTERM comes as an exception of Prefect's; as a failure of ours it would start the task once more."""

    def stopped() -> None:
        raise TerminationSignal(signal=15)

    with pytest.raises(TerminationSignal):
        value_free(stopped)()
