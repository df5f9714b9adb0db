"""The commands `keys …`, as their users type them: what they say, leave behind, and note in the audit log."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.commands.cli import main
from flows.commands.ending import Stopped
from flows.custody import certificate
from flows.custody.keys import key_for, rotate_key, secret_for
from flows.custody.passphrase import CREDENTIAL, CREDENTIALS_VARIABLE
from flows.custody.store_access import store_of
from flows.registers import audit, chain
from flows.runs.context import occasion
from flows.runs.quarantine import quarantined_rows
from flows.workfolder.home import HOME_VARIABLE, Home, Run, lock_home
from schemas import errors
from tests.builders.custody import SOFTHSM, TOKEN, openbao_server, softhsm_token
from tests.builders.officer import checked_by_openssh
from tests.builders.sample import PEILDATUM
from tests.project import PROJECT

KEY_ID = "bestandsanalyse/0865/2019/1"
Screen = pytest.CaptureFixture[str]


@pytest.fixture
def used(home: Home) -> Home:
    """A work folder with the keys of two years."""
    for year in (2019, 2020):
        key_for(home, "0865", PEILDATUM.replace(year=year))
    return home


@pytest.fixture
def credentials(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Gives another passphrase in a credentials folder."""
    folder = tmp_path / "inlog"
    folder.mkdir(mode=0o700)
    monkeypatch.setenv(CREDENTIALS_VARIABLE, str(folder))

    def give(text: str) -> None:
        (folder / CREDENTIAL).write_text(text)
        (folder / CREDENTIAL).chmod(0o600)

    return give


def word_of(words: list[str]) -> str:
    with pytest.raises(Stopped) as stopped:
        main(words)
    return stopped.value.word


def actions(home: Home) -> list[tuple[str, str, str]]:
    return [(line["action"], line["role"], line["key_id"]) for line in audit.lines(home)]


def test_init_makes_a_store_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Screen, credentials: Callable[[str], None]
) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "nieuw"))
    credentials("een lange nieuwe zin\n")
    main(["keys", "init", "--second-half", str(tmp_path / "stick")])
    shown = capsys.readouterr().out
    assert str(tmp_path / "stick") in shown
    assert "same file system" in shown, "it is, in a test"
    assert "een lange" not in shown
    home = Home(tmp_path / "nieuw")
    assert [path.name[:13] for path in (tmp_path / "stick").iterdir()] == ["tweede-helft-"]
    assert key_for(home, "0865", PEILDATUM) == KEY_ID
    before = home.keys.read_bytes()
    assert word_of(["keys", "init"]) == "key-store-error"
    assert home.keys.read_bytes() == before
    assert [action for action, *_ in actions(home)] == ["init", "make"]


def test_init_refuses_a_short_passphrase(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, credentials: Callable[[str], None], capsys: Screen
) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "nieuw"))
    credentials("elf tekens.")
    assert word_of(["keys", "init"]) == "passphrase-weak"
    assert "elf tekens" not in capsys.readouterr().err
    assert not Home(tmp_path / "nieuw").keys.exists()


def test_list_needs_no_passphrase_and_shows_no_secret(
    used: Home, monkeypatch: pytest.MonkeyPatch, capsys: Screen
) -> None:
    secret = secret_for(used, KEY_ID)
    monkeypatch.delenv(CREDENTIALS_VARIABLE)
    main(["keys", "list"])
    shown = capsys.readouterr().out
    assert KEY_ID in shown
    assert secret.fingerprint in shown
    assert secret.value.hex() not in shown


def test_a_rotated_key_is_used_from_then_on_and_the_old_one_stays(used: Home, capsys: Screen) -> None:
    old = secret_for(used, KEY_ID)
    main(["keys", "rotate", "2019"])
    assert "bestandsanalyse/0865/2019/2" in capsys.readouterr().out
    assert key_for(used, "0865", PEILDATUM) == "bestandsanalyse/0865/2019/2"
    assert secret_for(used, KEY_ID) == old
    assert secret_for(used, "bestandsanalyse/0865/2019/2").pseudonym_key.prefix == "p0865y2019v2_"
    assert actions(used)[-1] == ("rotate", "sleutelhouder", "bestandsanalyse/0865/2019/2")


def test_a_destroyed_key_leaves_a_certificate_that_openssh_verifies(
    used: Home, officer: Path, tmp_path: Path, capsys: Screen
) -> None:
    kept = secret_for(used, "bestandsanalyse/0865/2020/1")
    gone = secret_for(used, KEY_ID)
    main(["keys", "destroy", KEY_ID, "--reason", "bewaartermijn", "--key", str(officer), "--yes"])
    path = used.certificates / "bestandsanalyse-0865-2019-1.json"
    told = json.loads(path.read_bytes())
    assert (told["key_id"], told["fingerprint"], told["reason"]) == (KEY_ID, gone.fingerprint, "bewaartermijn")
    assert gone.fingerprint in path.with_suffix(".md").read_text()
    assert "de bewaartermijn is verstreken" in path.with_suffix(".md").read_text()
    with pytest.raises(errors.KeyDestroyed):
        secret_for(used, KEY_ID)
    with pytest.raises(errors.KeyDestroyed, match="keys rotate"):
        key_for(used, "0865", PEILDATUM)
    assert secret_for(used, kept.key_id) == kept
    assert [action for action, *_ in actions(used)][-2:] == ["destroy", "certificate"]
    main(["keys", "list"])
    assert "bewaartermijn" in capsys.readouterr().out
    assert rotate_key(used, "0865", "2019").key_id == key_for(used, "0865", PEILDATUM)
    assert word_of(["keys", "destroy", KEY_ID, "--reason", "gelekt", "--key", str(officer), "--yes"]) == "key-destroyed"
    public, signature = used.officer_public_key, path.with_suffix(".json.sig").read_bytes()
    assert checked_by_openssh(tmp_path, public, signature, path.read_bytes())
    assert not checked_by_openssh(tmp_path, public, signature, path.read_bytes().replace(b"bewaar", b"x"))


def test_only_the_pinned_officer_destroys(used: Home, officer: Path, tmp_path: Path) -> None:
    from flows.custody.signing import make_officer_key

    make_officer_key(tmp_path / "vreemd.key", tmp_path / "vreemd.pub")
    before = used.keys.read_bytes()
    assert (
        word_of(["keys", "destroy", KEY_ID, "--reason", "gelekt", "--key", str(tmp_path / "vreemd.key"), "--yes"])
        == "approval-refused"
    )
    assert (
        word_of(["keys", "destroy", "geen/sleutel", "--reason", "gelekt", "--key", str(officer), "--yes"])
        == "key-store-error"
    )
    assert used.keys.read_bytes() == before


def test_nothing_is_destroyed_during_a_run(used: Home, officer: Path) -> None:
    with lock_home(used):
        assert (
            word_of(["keys", "destroy", KEY_ID, "--reason", "gelekt", "--key", str(officer), "--yes"])
            == "run-in-progress"
        )
    assert secret_for(used, KEY_ID).version == 1


def test_a_certificate_that_a_kill_kept_from_being_written_is_made_later(
    used: Home, officer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ["keys", "destroy", KEY_ID, "--reason", "gelekt", "--key", str(officer), "--yes"]
    with monkeypatch.context() as patch:
        patch.setattr(certificate, "write_certificate", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        assert word_of(words) == "interrupted"
    assert not used.certificates.exists()
    main([*words[:4], "vervangen", *words[5:]])
    told = json.loads((used.certificates / "bestandsanalyse-0865-2019-1.json").read_bytes())
    assert told["reason"] == "gelekt", "what it was destroyed for"


def test_two_shares_put_the_store_under_a_new_passphrase(
    used: Home,
    tmp_path: Path,
    credentials: Callable[[str], None],
    session_credentials: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Screen,
) -> None:
    with monkeypatch.context() as patch:
        patch.setenv(CREDENTIALS_VARIABLE, str(session_credentials))
        before = secret_for(used, KEY_ID)
        main(["keys", "split", "--out", str(tmp_path / "delen")])
        old = (session_credentials / CREDENTIAL).read_text()
    shares = sorted((tmp_path / "delen").iterdir())
    assert [path.stat().st_mode & 0o777 for path in shares] == [0o600] * 3
    credentials("de tweede lange zin")
    with pytest.raises(errors.PassphraseWrong):
        secret_for(used, KEY_ID)
    assert word_of(["keys", "restore", str(shares[0]), str(shares[0])]) == "shares-wrong"
    main(["keys", "restore", str(shares[0]), str(shares[2])])
    assert secret_for(used, KEY_ID) == before
    assert old not in capsys.readouterr().out
    assert word_of(["keys", "restore", str(shares[0]), str(shares[1])]) == "passphrase-wrong", (
        "the old shares open nothing any more"
    )
    assert [action for action, *_ in actions(used)][-3:] == ["split", "restore", "restore"]


def test_a_store_is_not_restored_under_the_passphrase_that_the_old_shares_open(
    used: Home, tmp_path: Path, capsys: Screen
) -> None:
    main(["keys", "split", "--out", str(tmp_path / "delen")])
    shares = sorted(map(str, (tmp_path / "delen").iterdir()))
    assert word_of(["keys", "restore", *shares[:2]]) == "passphrase-weak"
    assert "the old one" in capsys.readouterr().err
    assert secret_for(used, KEY_ID)


@pytest.mark.parametrize("period", ["999990019", "7", "²", "٢٠١٩", "20190", "1850", "registers"])
def test_no_key_is_made_for_what_is_no_year(used: Home, period: str) -> None:
    assert word_of(["keys", "rotate", period]) == "key-store-error"
    assert [action for action, *_ in actions(used)] == ["init", "make", "make"]


def test_a_certificate_does_not_say_that_a_version_was_replaced_which_is_the_last(used: Home, officer: Path) -> None:
    words = ["keys", "destroy", KEY_ID, "--reason", "vervangen", "--key", str(officer), "--yes"]
    assert word_of(words) == "certificate-refused"
    assert secret_for(used, KEY_ID)
    rotate_key(used, "0865", "2019")
    main(words)
    with pytest.raises(errors.KeyDestroyed):
        secret_for(used, KEY_ID)


def test_a_copy_of_a_work_folder_destroys_nothing_of_the_original(used: Home, officer: Path, tmp_path: Path) -> None:
    copy = tmp_path / "kopie"
    shutil.copytree(used.root, copy)
    words = ["keys", "destroy", KEY_ID, "--reason", "gelekt", "--key", str(officer), "--yes", "--home", str(copy)]
    assert word_of(words) == "key-store-error"
    assert secret_for(used, KEY_ID)
    custody = Home(copy).custody
    custody.write_text(custody.read_text().replace(str(used.root.resolve()), str(copy.resolve())))
    assert secret_for(Home(copy), KEY_ID) == secret_for(used, KEY_ID)


def test_a_work_folder_is_the_same_through_a_link(used: Home, tmp_path: Path) -> None:
    (tmp_path / "weg").symlink_to(used.root)
    custody = used.custody.read_text()
    used.custody.write_text(custody.replace(str(used.root.resolve()), str(tmp_path / "weg")))
    assert secret_for(used, KEY_ID)


@pytest.mark.parametrize("words", [["999990019"], ["rights", "999990019"], ["rights", "lift", "--of", "9999 90019"]])
def test_a_bsn_in_a_command_is_not_repeated(words: list[str], home: Home, capsys: Screen) -> None:
    assert word_of(words) == "command-line"
    told = capsys.readouterr()
    assert "90019" not in told.out + told.err
    assert "A BSN never" in told.err


def test_a_log_that_was_killed_twice_before_its_head_goes_on(used: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    write = chain.write_private

    def killed_at_the_head(path: Path, content: bytes) -> None:
        if path.name == audit.HEAD:
            raise KeyboardInterrupt
        write(path, content)

    for _ in range(2):
        with monkeypatch.context() as patch:
            patch.setattr(chain, "write_private", killed_at_the_head)
            with pytest.raises(KeyboardInterrupt):
                audit.record_deed(used, "list", audit.Role.HOLDER)
    assert len(audit.lines(used)) == 4
    audit.record_deed(used, "list", audit.Role.HOLDER)
    assert len(audit.lines(used)) == 5


def test_the_audit_log_is_shown_and_every_change_in_it_is_seen(
    used: Home, monkeypatch: pytest.MonkeyPatch, capsys: Screen
) -> None:
    rotate_key(used, "0865", "2019")
    with monkeypatch.context() as patch:
        patch.delenv(CREDENTIALS_VARIABLE)
        main(["keys", "audit"])
    shown = capsys.readouterr().out
    assert "4 lines, none changed" in shown
    assert "sleutelhouder" in shown
    log = used.audit / audit.AUDIT
    whole = log.read_bytes()
    first, second, *others = whole.splitlines(keepends=True)
    third = b"".join(others)
    changed = first.replace(b'"init"', b'"list"')
    assert changed != first
    for broken in (first + second, second + first + third, changed + second + third, first + third, b"", first * 2):
        log.write_bytes(broken)
        assert word_of(["keys", "audit"]) == "audit-log-damaged"
        with pytest.raises(errors.AuditLogDamaged):
            rotate_key(used, "0865", "2019")
    log.write_bytes(whole)
    main(["keys", "audit"])


def test_a_log_that_was_made_anew_does_not_lead_to_the_head_of_a_manifest(used: Home) -> None:
    known = audit.lines(used)
    kept = audit.head_of(known)
    rotate_key(used, "0865", "2019")
    audit.require_head(audit.lines(used), kept)
    shutil.rmtree(used.audit)
    for year in ("2019", "2020", "2021"):
        rotate_key(used, "0865", year)
    with pytest.raises(errors.AuditLogDamaged, match="made anew"):
        audit.require_head(audit.lines(used), kept)
    with pytest.raises(errors.AuditLogDamaged, match="cut off"):
        audit.require_head(known[:1], kept)


def test_a_line_tells_who_did_what_and_no_value(used: Home) -> None:
    import pwd

    line = audit.lines(used)[1]
    assert line["user"] == pwd.getpwuid(os.getuid()).pw_name
    assert (line["action"], line["role"], line["key_id"]) == ("make", "datasteward", KEY_ID)
    assert line["about"] == {"fingerprint": secret_for(used, KEY_ID).fingerprint}
    assert secret_for(used, KEY_ID).value.hex() not in (used.audit / audit.AUDIT).read_text()


def test_what_cannot_be_noted_is_not_done(used: Home, officer: Path) -> None:
    (used.audit / audit.AUDIT).write_bytes(b"x\n")
    before = used.keys.read_bytes()
    for words in (["rotate", "2019"], ["destroy", KEY_ID, "--reason", "gelekt", "--key", str(officer), "--yes"]):
        assert word_of(["keys", *words]) == "audit-log-damaged"
    assert used.keys.read_bytes() == before


@pytest.mark.parametrize("kind", ["openbao", "pkcs11"])
def test_a_server_or_token_holds_the_wrapping_key_of_a_work_folder(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Screen
) -> None:
    """From init to destroy without any passphrase; what it needs comes from the environment."""
    from flows.custody.signing import make_officer_key

    monkeypatch.delenv(CREDENTIALS_VARIABLE)
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "werkmap"))
    home = Home(tmp_path / "werkmap").make()
    make_officer_key(tmp_path / "officer.key", home.officer_public_key)
    assert word_of(["keys", "init", "--custodian", kind]) == "custodian-failure", "nothing says where it is"
    assert not home.keys.exists()
    if kind == "openbao":
        with openbao_server(tmp_path) as address:
            monkeypatch.setenv("BAO_ADDR", address)
            monkeypatch.setenv("BAO_TOKEN", TOKEN)
            _whole_life(home, kind, tmp_path / "officer.key")
    else:
        monkeypatch.setenv("BESTANDSANALYSE_PKCS11_PIN", softhsm_token())
        monkeypatch.setenv("BESTANDSANALYSE_PKCS11_MODULE", str(SOFTHSM))
        monkeypatch.setenv("BESTANDSANALYSE_PKCS11_LABEL", "proef")
        _whole_life(home, kind, tmp_path / "officer.key")
    assert not (home.root / "tweede-helft").exists()


def _whole_life(home: Home, kind: str, officer: Path) -> None:
    main(["keys", "init", "--custodian", kind])
    made = secret_for(home, key_for(home, "0865", PEILDATUM))
    other = secret_for(home, key_for(home, "0865", PEILDATUM.replace(year=2020)))
    assert secret_for(home, made.key_id) == made
    main(["keys", "destroy", made.key_id, "--reason", "beeindigd", "--key", str(officer), "--yes"])
    with pytest.raises(errors.KeyDestroyed):
        secret_for(home, made.key_id)
    assert secret_for(home, other.key_id) == other
    assert word_of(["keys", "split", "--out", str(home.root / "delen")]) == "key-store-error"


def test_the_head_before_a_release_was_first_made_stands_in_its_manifest(pending: Run) -> None:
    """So a release that is made again has the same manifest; and the log before it cannot be rewritten unseen."""
    told = json.loads((pending.pending / "manifest.json").read_bytes())
    known = audit.lines(pending.home)
    assert [line["action"] for line in known] == ["init", "make", "run", "pseudonymise"]
    assert told["audit_log"] == {"lines": 2, "sha256": known[1]["sha256"]}
    assert told["key"]["id"] == KEY_ID == pending.key_id
    assert known[3]["about"] == {"run": pending.run_id, "rows": known[3]["about"]["rows"]}
    assert known[3]["about"]["rows"] > 1000
    audit.record_deed(pending.home, "list", audit.Role.HOLDER)
    assert audit.head_before(pending.home, occasion(pending)) == audit.head_of(known[:2])


def test_approval_opens_the_key_that_sealed_the_run_and_is_noted(
    pending: Run, officer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ["approve", pending.run_id, "--key", str(officer), "--yes"]
    with monkeypatch.context() as patch:
        patch.delenv(CREDENTIALS_VARIABLE)
        assert word_of(words) == "passphrase-missing"
    main(words)
    assert actions(pending.home)[-3:] == [
        ("review", "privacyfunctionaris", KEY_ID),
        ("approve", "privacyfunctionaris", KEY_ID),
        ("publish", "privacyfunctionaris", KEY_ID),
    ]


def test_a_run_keeps_its_version_and_its_quarantine_goes_with_the_key(pending: Run, officer: Path) -> None:
    rotate_key(pending.home, "0865", "2019")
    assert len(quarantined_rows(pending.home, pending.run_id)) > 40
    main(["keys", "destroy", KEY_ID, "--reason", "vervangen", "--key", str(officer), "--yes"])
    with pytest.raises(errors.KeyDestroyed):
        quarantined_rows(pending.home, pending.run_id)


def test_another_custodian_than_the_stores_own_is_refused(used: Home) -> None:
    used.custody.write_text(used.custody.read_text().replace("passphrase", "openbao"))
    with pytest.raises(errors.KeyStoreError, match="another custodian"):
        secret_for(used, KEY_ID)
    used.custody.unlink()
    with pytest.raises(errors.KeyStoreError, match=r"sleutels\.toml"):
        secret_for(used, KEY_ID)


def test_opening_waits_for_who_is_changing_the_store(used: Home) -> None:
    """What is under way is not taken for what was cut short: the next second half is not swept away."""
    code = (
        "from pathlib import Path; from flows.workfolder.home import Home; "
        "from flows.custody.keys import secret_for; import sys;"
        f"print(secret_for(Home(Path(sys.argv[1])), '{KEY_ID}').fingerprint)"
    )
    with store_of(used) as store:
        store.custodian.make(store.generation + 1)
        other = subprocess.Popen([sys.executable, "-c", code, used.root], cwd=PROJECT, stdout=subprocess.PIPE)
        with pytest.raises(subprocess.TimeoutExpired):
            other.wait(4)
        assert store.custodian.half(store.generation + 1).exists()
    assert other.communicate(timeout=60)[0].decode().strip() == store.entry(KEY_ID).fingerprint
    assert not store.custodian.half(store.generation + 1).exists()


def test_the_researchers_commands_never_load_the_key_store(tmp_path: Path) -> None:
    code = (
        "import sys; from flows.commands.cli import main\n"
        "for words in (['dummy', '--out', sys.argv[1]], ['inspect', sys.argv[2]], ['verify', sys.argv[2]]):\n"
        "    try: main(words)\n"
        "    except SystemExit as end: print(words[0], end.code)\n"
        "secret = {f'flows.custody.{name}' for name in ('keystore', 'wrapping', 'store_access', 'passphrase')}\n"
        "print(sorted(secret & set(sys.modules)))"
    )
    (tmp_path / "map").mkdir()
    (tmp_path / "map" / "tabel.csv").write_text("wijk;aantal\nA;120\nB;130\nTotaal;250\n")
    command = [sys.executable, "-c", code, tmp_path / "dummy.zip", tmp_path / "map"]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False, timeout=120)
    assert done.stdout.splitlines()[-1] == "[]", done.stdout + done.stderr
    assert (tmp_path / "dummy.zip").exists()
    assert "verify 64" in done.stdout
