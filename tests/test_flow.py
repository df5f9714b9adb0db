"""The flow as the steward, the officer and the researcher meet it; Prefect runs for real."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from flows import inbox as inbox_module
from flows import steps
from flows.home import Home, Run, locked, recorded_run
from flows.keys import secret_for
from flows.signing import make_officer_key
from flows.staging import Staging
from flows.verify import verify_release
from schemas import errors
from schemas.profiles import STANDAARD
from schemas.states import Counted, Identified, Pseudonymised, Released
from schemas.tables import TABLES
from tests.conftest import PEILDATUM
from tests.recount import recount
from transforms.aggregate import count

Flow = Callable[..., Any]


@pytest.fixture
def release(run_flow: Flow, home: Home, officer: Path, tmp_path: Path) -> Path:
    """A release that the officer signed."""
    outcome = run_flow()
    pending = recorded_run(home, outcome.run_id)
    steps.approve(pending, officer)
    return steps.publish(pending)


def test_without_a_signature_nothing_is_published(run_flow: Flow, tmp_path: Path) -> None:
    outcome = run_flow()
    assert outcome.release is None
    assert outcome.dossier.is_file()
    assert not (tmp_path / "uit").exists()


def test_the_officer_approves_and_anyone_verifies(release: Path, home: Home) -> None:
    proven = verify_release(release, home.officer_public_key)
    assert proven.audit.lowest_high is None or proven.audit.lowest_high >= STANDAARD.threshold
    assert {path.name for path in release.iterdir()} >= {
        "manifest.json", "akkoord.json", "akkoord.sig", "datapackage.json", "rapport.html", "ladder.svg",
    }  # fmt: skip
    assert "DEMO" not in (release / "rapport.html").read_text()


def test_released_tables_equal_a_recount_after_suppression(release: Path, home: Home, sample) -> None:
    import csv

    from transforms.present import stem

    published = suppressed = 0
    for spec in TABLES:
        truth = recount(sample, spec, PEILDATUM)
        with (release / f"{stem(spec)}.csv").open(newline="") as file:
            rows = list(csv.DictReader(file))
        assert len(rows) == len(truth)
        for row in rows:
            true_count = truth[tuple(row[dimension.name] for dimension in spec.dimensions)]
            if row["status"] == "A":
                published += 1
                assert int(row["value"]) == true_count
                assert true_count == 0 or true_count >= STANDAARD.threshold
            else:
                suppressed += 1
                assert (row["status"], row["value"]) == ("Q", "")
    assert published > suppressed > 0


def test_same_input_and_key_give_the_same_bytes(run_flow: Flow, home: Home) -> None:
    first, second = (recorded_run(home, run_flow().run_id).pending for _ in range(2))
    assert [path.name for path in sorted(first.iterdir())] == [path.name for path in sorted(second.iterdir())]
    for path in first.iterdir():
        assert path.read_bytes() == (second / path.name).read_bytes(), path.name


def test_publishing_the_same_release_again_leaves_it_as_it_is(
    release: Path, run_flow: Flow, home: Home, officer: Path
) -> None:
    before = {path.name: path.read_bytes() for path in release.iterdir()}
    pending = recorded_run(home, run_flow().run_id)
    steps.approve(pending, officer)
    assert steps.publish(pending) == release
    assert before == {path.name: path.read_bytes() for path in release.iterdir()}


def test_nothing_stays_in_staging_and_everything_is_private(release: Path, home: Home) -> None:
    assert list(home.root.glob("runs/*/staging")) == []
    for path in home.root.rglob("*"):
        if "prefect" not in path.parts:
            assert path.stat().st_mode & 0o077 == 0, path.name


def _append_column(folder: Path) -> None:
    path = folder / "wmo.csv"
    lines = path.read_bytes().split(b"\r\n")
    path.write_bytes(b"\r\n".join([lines[0] + b";Telefoon", *(line + b";0612345678" for line in lines[1:] if line)]))


def _swap_columns(folder: Path) -> None:
    path = folder / "zrm.csv"
    path.write_bytes(path.read_bytes().replace(b"Domein;ZRMScore", b"ZRMScore;Domein"))


def _replace(name: str, old: bytes, new: bytes) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        path = folder / name
        path.write_bytes(path.read_bytes().replace(old, new))

    return change


def _grow(folder: Path) -> None:
    with (folder / "wmo.csv").open("r+b") as file:
        file.truncate(2 * 1024**3)


def _link(folder: Path) -> None:
    (folder / "wmo.csv").rename(folder.parent / "elders.csv")
    (folder / "wmo.csv").symlink_to(folder.parent / "elders.csv")


def _pipe(folder: Path) -> None:
    (folder / "wmo.csv").unlink()
    os.mkfifo(folder / "wmo.csv")


BAD_INPUT: dict[str, tuple[Callable[[Path], object], type[errors.BestandsanalyseError]]] = {
    "missing folder": (shutil.rmtree, errors.DeliveryFolderMissing),
    "missing file": (lambda folder: (folder / "zrm.csv").unlink(), errors.DeliveryMissing),
    "extra file": (lambda folder: (folder / "Jansen.csv").write_text("x"), errors.UnexpectedFiles),
    "empty file": (lambda folder: (folder / "zrm.csv").write_bytes(b""), errors.DeliveryEmpty),
    "wrong separator": (_replace("zrm.csv", b";", b","), errors.WrongSeparator),
    "wrong encoding": (
        lambda folder: (folder / "wmo.csv").write_bytes((folder / "wmo.csv").read_bytes().decode("cp1252").encode()),
        errors.WrongEncoding,
    ),
    "swapped column": (_swap_columns, errors.WrongColumns),
    "extra column": (_append_column, errors.UnknownColumn),
    "2 GB file": (_grow, errors.DeliveryTooLarge),
    "symlink": (_link, errors.DeliveryIsLink),
    "named pipe": (_pipe, errors.DeliveryIsLink),
    "another municipality": (_replace("trajecten.csv", b"0865;", b"0757;"), errors.WrongMunicipality),
    "too many breaches": (_replace("trajecten.csv", b";23;", b";24;"), errors.ContractBreach),
}


@pytest.mark.parametrize("case", BAD_INPUT)
def test_bad_input_stops_with_its_own_error_and_nothing_lost(
    case: str, run_flow: Flow, inbox: Path, tmp_path: Path, home: Home
) -> None:
    spoil, error = BAD_INPUT[case]
    spoil(inbox)
    before = sorted(path.name for path in inbox.iterdir()) if inbox.exists() else []
    with pytest.raises(error) as caught:
        run_flow()
    assert caught.type is error
    assert caught.value.__context__ is None
    assert "Jansen" not in str(caught.value)
    assert not (tmp_path / "uit").exists()
    assert before == (sorted(path.name for path in inbox.iterdir()) if inbox.exists() else [])
    assert list(home.root.glob("runs/*/staging")) == []


def test_a_peildatum_in_the_future_is_refused(run_flow: Flow) -> None:
    with pytest.raises(errors.PeildatumInFuture):
        run_flow(peildatum=datetime.now(UTC).date() + timedelta(days=2))


def test_an_unknown_profile_is_refused(run_flow: Flow) -> None:
    with pytest.raises(errors.UnknownProfile):
        run_flow(profile="anders")


def test_unknown_column_stops_the_run(run_flow: Flow, inbox: Path, tmp_path: Path) -> None:
    _append_column(inbox)
    with pytest.raises(errors.UnknownColumn) as caught:
        run_flow()
    assert "at position 21" in str(caught.value)
    assert "Telefoon" not in str(caught.value)


def test_only_the_demo_signs_within_the_run(run_flow: Flow, officer: Path) -> None:
    with pytest.raises(errors.ApprovalRefused):
        run_flow(demo_key=officer)


def test_the_demo_is_stamped_everywhere(run_flow: Flow, officer: Path) -> None:
    release = run_flow(profile="demo", demo_key=officer).release
    assert release.name.startswith("DEMO-")
    assert json.loads((release / "manifest.json").read_text())["demo"] is True
    plain = {"manifest.json", "akkoord.json", "akkoord.sig", "datapackage.json"}
    assert all(path.name.startswith("DEMO_") for path in release.iterdir() if path.name not in plain)
    assert "DEMO" in (release / "DEMO_rapport.html").read_text()
    assert "DEMO" in (release / "DEMO_ladder.svg").read_text()


def _tampered(folder: Path) -> list[Callable[[], object]]:
    table = folder / "T01_regeling.csv"
    manifest = folder / "manifest.json"
    return [
        lambda: table.write_bytes(table.read_bytes().replace(b"430", b"431")),
        lambda: (folder / "extra.csv").write_text("x"),
        table.unlink,
        lambda: manifest.write_bytes(manifest.read_bytes().replace(b'"minimum_cell": 10', b'"minimum_cell": 1')),
        lambda: (folder / "akkoord.sig").write_bytes(bytes(64)),
        lambda: (folder / "akkoord.json").write_bytes((folder / "akkoord.json").read_bytes() + b" "),
        (folder / "akkoord.sig").unlink,
    ]


@pytest.mark.parametrize("number", range(7))
def test_a_changed_release_does_not_verify(number: int, release: Path, home: Home) -> None:
    _tampered(release)[number]()
    with pytest.raises(errors.ApprovalRefused):
        verify_release(release, home.officer_public_key)


@pytest.mark.parametrize("number", range(7))
def test_a_release_changed_after_signing_is_not_published(
    number: int, run_flow: Flow, home: Home, officer: Path, tmp_path: Path
) -> None:
    pending = recorded_run(home, run_flow().run_id)
    steps.approve(pending, officer)
    _tampered(pending.pending)[number]()
    with pytest.raises(errors.ApprovalRefused):
        steps.publish(pending)
    assert not (tmp_path / "uit").exists() or list((tmp_path / "uit").iterdir()) == []


def test_release_without_signature_is_not_published(run_flow: Flow, home: Home, officer: Path, tmp_path: Path) -> None:
    """Also with the right key pinned and every hash right: without the officer's signature nothing appears."""
    pending = recorded_run(home, run_flow().run_id)
    other_home, key = Home(tmp_path / "ander").make(), tmp_path / "ander.pem"
    make_officer_key(key, other_home.officer_public_key)
    stranger = Run(pending.run_id, other_home, pending.deliveries, pending.out, pending.peildatum, pending.profile)
    shutil.copytree(pending.folder, stranger.folder)
    steps.approve(stranger, key)
    for name in ("akkoord.json", "akkoord.sig"):
        shutil.copy(stranger.pending / name, pending.pending / name)
    with pytest.raises(errors.ApprovalRefused):
        steps.publish(pending)
    assert not (tmp_path / "uit").exists()


def test_another_key_than_the_pinned_one_cannot_approve(
    run_flow: Flow, home: Home, officer: Path, tmp_path: Path
) -> None:
    pending = recorded_run(home, run_flow().run_id)
    make_officer_key(tmp_path / "ander.pem", tmp_path / "ander.pub")
    with pytest.raises(errors.ApprovalRefused):
        steps.approve(pending, tmp_path / "ander.pem")


def test_an_unsafe_release_does_not_verify_even_when_signed(run_flow: Flow, home: Home, officer: Path) -> None:
    """The audit of `verify` looks at the tables themselves, whatever the officer signed."""
    pending = recorded_run(home, run_flow().run_id)
    table = pending.pending / "T05_productcategorie.csv"
    table.write_bytes(table.read_bytes().replace(b"04,Kortdurend verblijf,0,A", b"04,Kortdurend verblijf,7,A"))
    manifest_path = pending.pending / "manifest.json"
    manifest = json.loads(manifest_path.read_text())
    content = table.read_bytes()
    manifest["files"][table.name] = {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
    manifest_path.write_text(json.dumps(manifest))
    steps.approve(pending, officer)
    with pytest.raises(errors.VerificationFailed):
        verify_release(steps.publish(pending), home.officer_public_key)


def test_one_run_at_a_time(run_flow: Flow, home: Home) -> None:
    with locked(home), pytest.raises(errors.RunInProgress):
        run_flow()


def test_an_unknown_run_cannot_be_approved(home: Home) -> None:
    for run_id in ("20260101T000000-abcdef", "../keys"):
        with pytest.raises(errors.UnknownRun):
            recorded_run(home, run_id)


def test_a_key_file_that_others_can_read_stops_the_run(run_flow: Flow, home: Home) -> None:
    secret_for(home.keys, STANDAARD, PEILDATUM)
    home.keys.chmod(0o644)
    with pytest.raises(errors.KeyStoreError):
        run_flow()


def test_a_key_file_inside_the_output_stops_the_run(run_flow: Flow, home: Home) -> None:
    with pytest.raises(errors.KeyStoreError):
        run_flow(out=home.root)


def test_a_secret_is_made_once_per_municipality_and_year(home: Home) -> None:
    first, again = (secret_for(home.keys, STANDAARD, PEILDATUM) for _ in range(2))
    other = secret_for(home.keys, STANDAARD, date(2020, 7, 1))
    assert first.value == again.value != other.value
    assert first.fingerprint != other.fingerprint
    assert len({first.staging_key, first.quarantine_key, first.pseudonym_key.key, first.value}) == 4
    assert first.value.hex() not in repr(first)


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
    shutil.copy(path, tmp_path / "anders.pseudonymised.enc")
    shutil.copy(path, tmp_path / "personen.identified.enc")
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


def test_the_size_limit_is_read_from_the_open_file(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox_module, "MAXIMUM_BYTES", 10)
    from schemas.sources import SOURCES

    with pytest.raises(errors.DeliveryTooLarge):
        inbox_module.read_file(inbox, SOURCES[0])
