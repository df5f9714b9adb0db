"""Approval, publication and verification: nothing appears that the officer did not sign."""

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from flows.commands.cli import main
from flows.commands.verify_wording import verified_text
from flows.custody import sshsig
from flows.custody.signing import bytes_to_sign, load_private, load_public, make_officer_key, require_signature
from flows.pipeline import steps
from flows.release import approval
from flows.release.ledger_entry import enter
from flows.release.proof import prove
from flows.release.publication import publish_pending
from flows.release.verification import OwnRecord, verify_release
from flows.rights.exercise import exercise_right
from flows.workfolder.home import Home, Run, read_run
from schemas import errors
from schemas.profiles import STANDAARD
from schemas.rights import Right
from schemas.tables import TABLES
from tests.builders.officer import list_again, openssh, seal_again, waiting_run
from tests.builders.sample import PEILDATUM
from tests.oracles.recount import recount
from transforms.package.files import stem

Flow = Callable[..., Any]


@pytest.fixture
def release(pending: Run, officer: Path) -> Path:
    """A release that the officer signed."""
    steps.approve(pending, officer)
    return steps.publish(pending)


def test_the_officer_approves_and_anyone_verifies(release: Path, home: Home) -> None:
    proven = verify_release(release, home.officer_public_key)
    assert proven.statement
    assert proven.proof.is_redrawn
    assert proven.proof.audit.lowest_high is None or proven.proof.audit.lowest_high >= STANDAARD.threshold
    assert {path.name for path in release.iterdir()} >= {
        "manifest.json", "akkoord.json", "akkoord.sig", "datapackage.json", "rapport_nl.html", "report_en.pdf",
        "T03_trede_x_regeling.svg",
    }  # fmt: skip
    assert "DEMO" not in (release / "rapport_nl.html").read_text()


def test_released_tables_equal_a_recount_after_suppression(release: Path, home: Home, sample) -> None:

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


def test_publishing_the_same_release_again_leaves_it_as_it_is(
    release: Path, pending: Run, home: Home, officer: Path
) -> None:
    before = {path.name: path.read_bytes() for path in release.iterdir()}
    steps.approve(pending, officer)
    assert steps.publish(pending) == release
    assert before == {path.name: path.read_bytes() for path in release.iterdir()}


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
    with pytest.raises(errors.VerificationFailed):
        verify_release(release, home.officer_public_key)


@pytest.mark.parametrize("number", range(7))
def test_a_release_changed_after_signing_is_not_published(
    number: int, pending: Run, home: Home, officer: Path, tmp_path: Path
) -> None:
    steps.approve(pending, officer)
    _tampered(pending.pending)[number]()
    with pytest.raises(errors.ApprovalRefused):
        steps.publish(pending)
    assert not (tmp_path / "uit").exists() or list((tmp_path / "uit").iterdir()) == []


def test_release_without_signature_is_not_published(pending: Run, home: Home, officer: Path, tmp_path: Path) -> None:
    """Every hash right, the statement in the officer's name: signed by a stranger, nothing appears."""
    steps.approve(pending, officer)
    make_officer_key(tmp_path / "ander.pem", tmp_path / "ander.pub")
    statement = (pending.pending / "akkoord.json").read_bytes()
    (pending.pending / "akkoord.sig").write_bytes(sshsig.sign(load_private(tmp_path / "ander.pem"), statement))
    with pytest.raises(errors.ApprovalRefused):
        steps.publish(pending)
    assert not (tmp_path / "uit").exists()


def test_another_key_than_the_pinned_one_cannot_approve(
    pending: Run, home: Home, officer: Path, tmp_path: Path
) -> None:
    make_officer_key(tmp_path / "ander.pem", tmp_path / "ander.pub")
    with pytest.raises(errors.ApprovalRefused):
        steps.approve(pending, tmp_path / "ander.pem")


@pytest.mark.parametrize("right", [Right.OBJECT, Right.ERASE, Right.RESTRICT, Right.RECTIFY])
def test_what_somebody_asked_to_be_left_out_of_meanwhile_is_not_approved(
    right: Right, pending: Run, officer: Path
) -> None:
    exercise_right(pending.home, Right.ACCESS, "999990019")
    with pytest.raises(errors.NothingToLift):
        exercise_right(pending.home, Right.LIFT, "999990019")
    steps.approve(pending, officer)
    exercise_right(pending.home, right, "999990019")
    with pytest.raises(errors.ApprovalRefused, match="make the run again"):
        steps.approve(pending, officer)


def test_what_stands_in_the_ledger_is_published_also_after_an_objection(pending: Run, officer: Path) -> None:
    """It was approved before; only its output could not be written."""
    steps.approve(pending, officer)
    enter(pending)
    exercise_right(pending.home, Right.OBJECT, "999990019")
    steps.approve(pending, officer)
    assert steps.publish(pending).is_dir()


def test_an_officers_key_that_others_can_read_signs_nothing(pending: Run, officer: Path) -> None:
    officer.chmod(0o640)
    with pytest.raises(errors.ApprovalRefused, match="chmod 600"):
        steps.approve(pending, officer)


def test_what_the_officer_signed_for_another_purpose_is_no_approval(home: Home, officer: Path) -> None:
    other = bytes_to_sign({"format": "bestandsanalyse-vernietiging/1", "key_id": "x"})
    for content in (other, b"[]"):
        with pytest.raises(errors.ApprovalRefused, match="no statement"):
            require_signature(
                content, sshsig.sign(load_private(officer), content), load_public(home.officer_public_key)
            )


FORGERIES = {
    "a small count": ("T05_productcategorie.csv", b"04,Kortdurend verblijf,0,A", b"04,Kortdurend verblijf,7,A"),
    "a sentence in the report": ("rapport_nl.html", b"</h1>", b"</h1><p>Beschermd wonen: 3</p>"),
    "another chart": ("T03_trede_x_regeling.svg", b"</svg>", b"<text>3</text></svg>"),
    "another sentence in the method": ("methode.md", b"Geen aantal van", b"Elk aantal van"),
    "another class of quality": ("kwaliteitsverklaring.md", b"ten hoogste 5 %", b"ten hoogste 1 %"),
    "another number": ("T01_regeling.csv", b",130,A", b",131,A"),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_files_that_were_changed_before_signing_are_not_published(
    name: str, pending: Run, home: Home, officer: Path
) -> None:
    """Also who has the run's key gets nothing past the officer: publishing makes everything again from the tables."""
    file_name, old, new = FORGERIES[name]
    path = pending.pending / file_name
    assert old in path.read_bytes()
    path.write_bytes(path.read_bytes().replace(old, new))
    list_again(pending)
    steps.approve(pending, officer)
    with pytest.raises(errors.VerificationFailed):
        steps.publish(pending)
    publish_pending(pending, load_public(home.officer_public_key))
    with pytest.raises(errors.VerificationFailed):
        verify_release(next(pending.out.iterdir()), home.officer_public_key)


def test_what_cannot_be_made_again_with_these_versions_is_not_published(
    pending: Run, officer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By changing one version in the manifest, any report could be published under a true signature."""
    steps.approve(pending, officer)
    monkeypatch.setattr("flows.release.proof.versions", lambda: {"python": "4"})
    with pytest.raises(errors.RunOutdated):
        steps.publish(pending)
    assert not pending.out.exists()


def test_what_was_signed_elsewhere_is_published_and_stays_so_whatever_a_kill_left(
    pending: Run, officer: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words, statement = ["approve", pending.run_id], tmp_path / "verklaring.json"
    main([*words, "--statement", str(statement)])
    assert openssh("ssh-keygen", "-Y", "sign", "-n", "bestandsanalyse", "-f", officer, statement).returncode == 0
    with monkeypatch.context() as patch:
        patch.setattr(steps, "close", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(SystemExit) as ended:
            main([*words, "--signature", f"{statement}.sig", "--yes"])
    assert ended.value.word == "interrupted"
    (release,) = pending.out.iterdir()
    assert verify_release(release, pending.home.officer_public_key).statement
    assert pending.pending.is_dir()
    monkeypatch.setattr(approval, "versions", lambda: {"python": "4"})
    exercise_right(pending.home, Right.OBJECT, "999990019")
    for where in (release, release, tmp_path / "verhuisd"):
        release.rename(where)
        capsys.readouterr()
        main([*words, "--key", str(officer)])
        assert f"is published already, as {release.name}" in capsys.readouterr().out
        assert not pending.pending.exists()


def test_a_file_that_was_added_before_signing_is_not_published(pending: Run, officer: Path) -> None:
    (pending.pending / "namen.csv").write_text("x")
    list_again(pending)
    steps.approve(pending, officer)
    with pytest.raises(errors.VerificationFailed):
        steps.publish(pending)


def test_a_manifest_of_another_version_is_not_guessed_at(pending: Run) -> None:
    path = pending.pending / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"format": "bestandsanalyse-manifest/1"}))
    with pytest.raises(errors.VerificationFailed, match="another version"):
        prove(pending.pending)


def test_without_a_key_all_is_proven_but_who_signed(release: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["verify", str(release)])
    assert (ended.value.word, ended.value.code) == ("signature-unchecked", 4)
    said = capsys.readouterr()
    proven, unproven = said.out.split("Not proven:")
    assert "signature" not in proven
    assert "equal" in proven
    assert "WHO SIGNED" in unproven
    assert "--key" in said.err
    assert len(said.out.splitlines()) <= 24, "one screen"


@pytest.mark.parametrize("reached", [0, 3])
def test_what_an_attacker_does_reach_is_not_listed_as_proven(reached: int, release: Path) -> None:
    found = verify_release(release, None)
    audit = replace(found.proof.audit, provably_small=reached)
    shown = verified_text(replace(found, own_record=OwnRecord(reached, 9), proof=replace(found.proof, audit=audit)))
    proven, unproven = shown.split("Not proven:")
    assert "comes below" not in proven
    assert "manifest says" not in proven
    assert "only the manifest says so" in unproven
    assert ("gets no further" in proven) == (not reached)
    assert ("comes below those limits for 3 of" in unproven) == bool(reached)
    assert ("that no rounded count is provably small: 3 of" in unproven) == bool(reached)
    assert len(shown.splitlines()) <= 24, "one screen"


def test_with_other_versions_at_hand_the_package_is_not_called_proven(
    release: Path, home: Home, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.release.proof.versions", lambda: {"python": "4"})
    main(["verify", str(release), "--key", str(home.officer_public_key)])
    proven, unproven = capsys.readouterr().out.split("Not proven:")
    assert "content" not in proven
    assert "other versions" in unproven


@pytest.mark.parametrize("name", ["../elders", "/elders", ""])
def test_a_release_cannot_leave_the_output_folder(name: str, pending: Run, officer: Path) -> None:
    path = pending.pending / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"release": name}))
    seal_again(pending)
    steps.approve(pending, officer)
    with pytest.raises(errors.ApprovalRefused):
        steps.publish(pending)


def test_a_second_release_of_the_same_peildatum_is_refused(
    release: Path, pending: Run, run_flow: Flow, inbox: Path, officer: Path
) -> None:
    """Two releases of one day can be subtracted."""
    path = inbox / "participatieladder.csv"
    lines = path.read_bytes().split(b"\r\n")
    path.write_bytes(b"\r\n".join(line for line in lines if not line.endswith(b";6")).replace(b";1;", b";2;", 30))
    rejected = waiting_run(pending.home, pending.out)
    main(["reject", rejected.run_id, "--reason", "levering", "--key", str(officer), "--yes"])
    other = read_run(pending.home, run_flow().run_id)
    assert "Let op" in other.dossier.read_text()
    assert f"Run `{rejected.run_id}` (peildatum 2019-07-01) is afgewezen" in other.dossier.read_text()
    steps.approve(other, officer)
    with pytest.raises(errors.PeildatumReleased):
        steps.publish(other)
    assert [path.name for path in pending.out.iterdir()] == [release.name]


def test_an_unknown_run_cannot_be_approved(home: Home) -> None:
    for run_id in ("20260101T000000-abcdef", "../keys", "../runs/20260101T000000-abcdef", ""):
        with pytest.raises(errors.UnknownRun):
            read_run(home, run_id)
