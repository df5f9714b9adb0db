"""The officer signs what she read, with the key that she has, and is asked before anything that cannot be undone."""

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from flows.commands.cli import main
from flows.custody import sshsig
from flows.custody.keys import secret_for
from flows.custody.signing import load_private, load_public, require_signature, signer_of
from flows.registers.audit import lines
from flows.release import approval, publication
from flows.release.publication import list_files
from flows.workfolder.home import Home, Run, lock_home
from schemas import errors
from tests.builders.officer import FILES, PASSPHRASE, descriptor_of, never, openssh, waiting_run, word_of

MESSAGE = b'{"decision": "publiceren"}\n'
Screen = pytest.CaptureFixture[str]


@pytest.fixture
def waiting(home: Home, tmp_path: Path) -> Run:
    return waiting_run(home, tmp_path / "uit")


def approved(run: Run, key: Path) -> None:
    pinned = load_public(run.home.officer_public_key)
    approval.approve(run, signer_of(key, pinned, never), pinned)


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Somebody at a terminal, who types this."""

    def types(text: str) -> None:
        monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
        monkeypatch.setattr("builtins.input", lambda _: text)

    return types


def _manifest(run: Run, **changed: object) -> None:
    path = run.pending / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_bytes()) | changed))


def _file(run: Run, name: str) -> None:
    """Another content, and a manifest that says so."""
    (run.pending / name).write_bytes(b"iets anders")
    _manifest(run, files=list_files({**FILES, name: b"iets anders"}))


def _seal_of_another(run: Run) -> None:
    other = waiting_run(run.home, run.out)
    (run.folder / "zegel.json").write_bytes((other.folder / "zegel.json").read_bytes())


TAMPERED: dict[str, Callable[[Run], object]] = {
    "versions": lambda run: _manifest(run, versions={"python": "4"}),
    "release name": lambda run: _manifest(run, release="bestandsanalyse-anders"),
    "report": lambda run: _file(run, "rapport_nl.html"),
    "Parquet beside CSV": lambda run: _file(run, "T01.parquet"),
    "a file and not its manifest": lambda run: (run.pending / "T01.csv").write_bytes(b"iets anders"),
    "a file that was added": lambda run: (run.pending / "T02.csv").write_bytes(b""),
    "dossier": lambda run: run.dossier.write_bytes(run.dossier.read_bytes().replace(b"al een", b"geen")),
    "no manifest": lambda run: (run.pending / "manifest.json").unlink(),
    "no seal": lambda run: (run.folder / "zegel.json").unlink(),
    "a seal that is none": lambda run: (run.folder / "zegel.json").write_text("[]"),
    "the seal of another run": _seal_of_another,
}


@pytest.mark.parametrize("name", TAMPERED)
def test_what_was_changed_since_the_run_is_neither_signed_nor_published(name: str, waiting: Run, officer: Path) -> None:
    pinned = load_public(waiting.home.officer_public_key)
    approved(waiting, officer)
    approval.require_signed(waiting, pinned)
    TAMPERED[name](waiting)
    with pytest.raises(errors.ApprovalRefused):
        approval.require_signed(waiting, pinned)
    with pytest.raises(errors.ApprovalRefused):
        approved(waiting, officer)


@pytest.mark.parametrize("told", [{"profile": "demo"}, {"peildatum": "2019-04-01"}])
def test_what_is_said_of_the_run_beside_its_files_is_what_was_sealed(
    told: dict[str, str], waiting: Run, officer: Path
) -> None:
    """A demo may be published twice for one day, and the peildatum says beside which releases a run is judged."""
    with pytest.raises(errors.ApprovalRefused, match=r"run\.json"):
        approved(replace(waiting, **told), officer)


def test_an_upgrade_between_run_and_approval_means_another_run(
    waiting: Run, officer: Path, monkeypatch: pytest.MonkeyPatch, capsys: Screen
) -> None:
    monkeypatch.setattr(approval, "versions", lambda: {"python": "4"})
    assert word_of(["approve", waiting.run_id, "--key", str(officer), "--yes"]) == "run-outdated"
    assert "bestandsanalyse run" in capsys.readouterr().err
    assert not (waiting.pending / "akkoord.sig").exists()


def test_the_statement_of_another_run_is_no_approval(waiting: Run, officer: Path) -> None:
    """Also of one that made the same files."""
    other = waiting_run(waiting.home, waiting.out)
    other.dossier.write_bytes(waiting.dossier.read_bytes())
    approved(other, officer)
    for name in ("akkoord.json", "akkoord.sig"):
        (waiting.pending / name).write_bytes((other.pending / name).read_bytes())
    with pytest.raises(errors.ApprovalRefused, match="another run"):
        approval.require_signed(waiting, load_public(waiting.home.officer_public_key))


@pytest.mark.parametrize("days", [-1, 30])
def test_an_approval_holds_for_its_time_only(
    days: int, waiting: Run, officer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that is over, and one that gave itself more time than there is."""
    with monkeypatch.context() as patch:
        patch.setattr(approval, "VALID", timedelta(days=days))
        approved(waiting, officer)
    with pytest.raises(errors.ApprovalRefused, match="is over"):
        approval.require_signed(waiting, load_public(waiting.home.officer_public_key))


# Keys of the officer: with a passphrase, in an agent, of FIDO, elsewhere.


def test_a_key_with_a_passphrase_of_openssh_approves(waiting: Run, tmp_path: Path) -> None:
    key, pinned = tmp_path / "haar", waiting.home.officer_public_key
    openssh("ssh-keygen", "-t", "ed25519", "-N", PASSPHRASE.decode(), "-f", key)
    main(["officer-key", "--public", str(key.with_suffix(".pub"))])
    approval.approve(waiting, signer_of(key, load_public(pinned), lambda: PASSPHRASE), load_public(pinned))
    approval.require_signed(waiting, load_public(pinned))
    words = ["approve", waiting.run_id, "--key", str(key), "--yes"]
    assert word_of(words) == "officer-passphrase-missing", "there is no terminal to ask at"
    assert word_of([*words, "--key-passphrase-fd", descriptor_of(b"een andere zin")]) == "approval-refused"


def test_a_signature_that_was_made_elsewhere_approves(
    waiting: Run, officer: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    statement, signature = tmp_path / "verklaring.json", tmp_path / "verklaring.json.sig"
    words = ["approve", waiting.run_id]
    pinned = load_public(waiting.home.officer_public_key)
    with pytest.raises(errors.ApprovalRefused, match="no statement"):
        approval.take_signature(waiting, b"", pinned)
    main([*words, "--statement", str(statement)])
    assert json.loads(statement.read_bytes())["run_id"] == waiting.run_id
    done = openssh("ssh-keygen", "-Y", "sign", "-n", "bestandsanalyse", "-f", officer, statement)
    assert done.returncode == 0, done.stderr
    approval.take_signature(waiting, signature.read_bytes(), pinned)
    approval.require_signed(waiting, pinned)
    monkeypatch.setattr(approval, "VALID", timedelta(days=6))
    main([*words, "--statement", str(tmp_path / "nog een")])
    assert word_of([*words, "--signature", str(signature), "--yes"]) == "approval-refused", "of the statement before"
    assert word_of([*words, "--signature", str(tmp_path / "geen"), "--yes"]) == "approval-refused"
    assert word_of([*words, "--signature", str(signature), "--key", str(officer), "--yes"]) == "command-line", "one way"
    assert word_of([*words, "--yes"]) == "command-line"
    assert word_of([*words, "--statement", str(tmp_path / "weg" / "verklaring.json")]) == "folder-unusable"


def test_a_signature_that_was_made_elsewhere_is_refused_after_its_time(
    waiting: Run, officer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pinned = load_public(waiting.home.officer_public_key)
    with monkeypatch.context() as patch:
        patch.setattr(approval, "VALID", timedelta(days=-1))
        statement = approval.write_statement(waiting, pinned)
    with pytest.raises(errors.ApprovalRefused, match="is over"):
        approval.take_signature(waiting, sshsig.sign(load_private(officer), statement), pinned)


# What cannot be undone is asked.


def test_without_a_terminal_and_without_yes_nothing_is_done(waiting: Run, officer: Path, capsys: Screen) -> None:
    key = ["--key", str(officer)]
    erase = ["rights", "erase", "--bsn-fd", descriptor_of(b"999990019")]
    commands = {
        "approve": (["approve", waiting.run_id, *key], "3 files, 1 tables"),
        "reject": (["reject", waiting.run_id, "--reason", "cijfers", *key], "is removed"),
        "destroy": (["keys", "destroy", waiting.key_id, "--reason", "gelekt", *key], waiting.run_id),
        "erase": (erase, waiting.run_id),
    }
    before = waiting.home.keys.read_bytes(), sorted(waiting.pending.iterdir())
    for name, (words, told) in commands.items():
        assert word_of(words) == "not-confirmed", name
        shown = capsys.readouterr()
        assert told in shown.out, name
        assert "--yes" in shown.err
    assert (waiting.home.keys.read_bytes(), sorted(waiting.pending.iterdir())) == before
    assert not waiting.home.rights.exists()
    assert [line["action"] for line in lines(waiting.home)] == ["init", "make", "run", "review"]


@pytest.mark.parametrize("typed", ["", "y", "no"])
def test_who_says_anything_but_yes_did_not_say_it(
    typed: str, waiting: Run, officer: Path, terminal: Callable[[str], None]
) -> None:
    terminal(typed)
    assert word_of(["keys", "destroy", waiting.key_id, "--reason", "gelekt", "--key", str(officer)]) == "not-confirmed"
    assert secret_for(waiting.home, waiting.key_id)


def test_who_says_yes_at_a_terminal_is_believed(
    waiting: Run, officer: Path, terminal: Callable[[str], None], capsys: Screen
) -> None:
    terminal("yes")
    main(["keys", "destroy", waiting.key_id, "--reason", "gelekt", "--key", str(officer)])
    assert f"cannot be approved any more: {waiting.run_id}" in capsys.readouterr().out
    with pytest.raises(errors.KeyDestroyed):
        approved(waiting, officer)


def test_what_is_signed_is_shown_first(waiting: Run, officer: Path, capsys: Screen) -> None:
    assert word_of(["approve", waiting.run_id, "--key", str(officer)]) == "not-confirmed"
    shown = capsys.readouterr().out
    known = approval.require_waiting(waiting).facts
    assert all(value in shown for value in known.values())
    assert load_public(waiting.home.officer_public_key).fingerprint in shown
    assert "1 in the dossier" in shown
    assert "Er is al een uitgifte" in shown


# A rejection ends a run.


def test_a_rejected_run_is_over_and_the_next_dossier_says_so(waiting: Run, officer: Path) -> None:
    words = ["reject", waiting.run_id, "--reason", "cijfers", "--key", str(officer), "--yes"]
    (waiting.pending / "manifest.json").write_text("what waits may be anything")
    main(words)
    assert not waiting.pending.exists()
    pinned = load_public(waiting.home.officer_public_key)
    statement, signature = ((waiting.folder / name).read_bytes() for name in ("afwijzing.json", "afwijzing.sig"))
    assert require_signature(statement, signature, pinned, approval.REJECTION).run_id == waiting.run_id
    with pytest.raises(errors.ApprovalRefused, match="does not decide"):
        require_signature(statement, signature, pinned)
    assert lines(waiting.home)[-1]["about"] == {"run": waiting.run_id, "reason": "cijfers"}
    assert word_of(["approve", waiting.run_id, "--key", str(officer), "--yes"]) == "approval-refused"
    assert word_of(words) == "unknown-run"
    (told,) = approval.earlier_rejections(waiting.home)
    assert waiting.run_id in told
    assert "omdat de cijfers niet kloppen" in told
    (waiting.folder / "afwijzing.json").write_bytes(statement.replace(b"cijfers", b"levering"))
    assert "niet met de huidige sleutel" in approval.earlier_rejections(waiting.home)[0]


def test_a_rejection_is_signed_elsewhere_as_an_approval_is(waiting: Run, officer: Path, tmp_path: Path) -> None:
    words, statement = ["reject", waiting.run_id, "--reason", "cijfers"], tmp_path / "verklaring.json"
    main([*words, "--statement", str(statement)])
    assert openssh("ssh-keygen", "-Y", "sign", "-n", "bestandsanalyse", "-f", officer, statement).returncode == 0
    signed = ["--signature", f"{statement}.sig", "--yes"]
    assert word_of(["reject", waiting.run_id, "--reason", "tekst", *signed]) == "approval-refused"
    assert waiting.pending.is_dir()
    main([*words, *signed])
    assert not waiting.pending.exists()


# Kills.


def test_a_kill_while_the_signature_is_written_leaves_the_run_to_be_approved(
    waiting: Run, officer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Path.replace

    def killed(path: Path, target: Path) -> Path:
        if target.name == publication.SIGNATURE:
            raise KeyboardInterrupt
        return whole(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            approved(waiting, officer)
    assert list(waiting.pending.glob(".*"))
    with lock_home(waiting.home):
        approved(waiting, officer)
    approval.require_signed(waiting, load_public(waiting.home.officer_public_key))
