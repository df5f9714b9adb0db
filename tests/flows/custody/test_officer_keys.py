"""The officer signs with the key that she has: with a passphrase, in an agent, or of FIDO."""

from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature

from flows.commands.cli import main
from flows.custody import sshsig
from flows.custody.signing import load_private, load_public, make_officer_key, signer_of
from flows.workfolder.home import Home
from schemas import errors
from tests.builders.officer import (
    PASSPHRASE,
    FidoKey,
    agent_with,
    checked_by_openssh,
    descriptor_of,
    never,
    openssh,
    word_of,
)

MESSAGE = b'{"decision": "publiceren"}\n'
Screen = pytest.CaptureFixture[str]


def test_a_key_with_a_passphrase_that_we_made_opens_in_openssh_and_here(
    home: Home, tmp_path: Path, capsys: Screen
) -> None:
    key = tmp_path / "officer.key"
    main(["officer-key", "--out", str(key), "--key-passphrase-fd", descriptor_of(PASSPHRASE)])
    printed = openssh("ssh-keygen", "-lf", home.officer_public_key).stdout.decode().split()[1]
    assert printed.startswith("SHA256:")
    assert printed in capsys.readouterr().out
    assert openssh("ssh-keygen", "-y", "-P", "", "-f", key).returncode != 0
    opened = openssh("ssh-keygen", "-y", "-P", PASSPHRASE.decode(), "-f", key).stdout
    assert opened.split()[:2] == home.officer_public_key.read_bytes().split()[:2]
    assert sshsig.public_key(load_private(key, lambda: PASSPHRASE)) == load_public(home.officer_public_key)


def test_a_key_with_a_passphrase_of_openssh_signs(home: Home, tmp_path: Path) -> None:
    key, public = tmp_path / "haar", home.officer_public_key
    openssh("ssh-keygen", "-t", "ed25519", "-N", PASSPHRASE.decode(), "-f", key)
    main(["officer-key", "--public", str(key.with_suffix(".pub"))])
    signature = signer_of(key, load_public(public), lambda: PASSPHRASE)(MESSAGE)
    assert checked_by_openssh(tmp_path, public, signature, MESSAGE)
    with pytest.raises(errors.ApprovalRefused, match="passphrase"):
        signer_of(key, load_public(public), lambda: b"een andere zin")


def test_a_new_key_has_a_passphrase_unless_she_says_otherwise(home: Home, tmp_path: Path) -> None:
    words = ["officer-key", "--out", str(tmp_path / "officer.key")]
    assert word_of(words) == "officer-passphrase-missing", "there is no terminal to ask at"
    assert word_of([*words, "--key-passphrase-fd", descriptor_of(b"te kort")]) == "passphrase-weak"
    assert not home.officer_public_key.exists()
    main([*words, "--no-passphrase"])
    load_private(tmp_path / "officer.key", never)


def test_an_agent_signs_with_a_key_of_which_there_is_no_file(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = tmp_path / "haar"
    openssh("ssh-keygen", "-t", "ed25519", "-N", "", "-f", key)
    public = key.with_suffix(".pub")
    main(["officer-key", "--public", str(public)])
    sign = signer_of(public, load_public(home.officer_public_key), never)
    with agent_with(key, tmp_path) as socket:
        monkeypatch.setenv("SSH_AUTH_SOCK", socket)
        signature = sign(MESSAGE)
    assert checked_by_openssh(tmp_path, public, signature, MESSAGE)
    with pytest.raises(errors.SigningFailed):
        sign(MESSAGE)


def test_another_public_key_than_the_pinned_one_asks_no_agent(home: Home, officer: Path, tmp_path: Path) -> None:
    make_officer_key(tmp_path / "vreemd.key", tmp_path / "vreemd.pub")
    with pytest.raises(errors.ApprovalRefused, match="not the pinned"):
        signer_of(tmp_path / "vreemd.pub", load_public(home.officer_public_key), never)


def test_a_fido_key_is_checked_as_openssh_checks_it_and_must_be_touched(tmp_path: Path) -> None:
    fido, public = FidoKey(), tmp_path / "officer.pub"
    public.write_bytes(fido.public.line + b"\n")
    pinned = load_public(public)
    assert pinned == fido.public
    assert openssh("ssh-keygen", "-lf", public).stdout.decode().split()[1] == pinned.fingerprint
    signatures = {
        "good": fido.sign(MESSAGE),
        "verified with a PIN": fido.sign(MESSAGE, flags=5),
        "nobody touched it": fido.sign(MESSAGE, flags=0),
        "another message": fido.sign(b"x"),
        "another key": FidoKey().sign(MESSAGE),
        "another application": fido.sign(MESSAGE, application=b"ssh:elders"),
        "as a key in a file": sshsig.sign(fido.private, MESSAGE),
    }
    for name, signature in signatures.items():
        is_good = name in {"good", "verified with a PIN"}
        is_untouched = name == "nobody touched it"  # which OpenSSH does not mind
        assert checked_by_openssh(tmp_path, public, signature, MESSAGE) == (is_good or is_untouched), name
        assert _is_accepted(signature, pinned) == is_good, name
    assert not _is_accepted(fido.sign(MESSAGE), sshsig.public_key(fido.private))


def _is_accepted(signature: bytes, pinned: sshsig.PublicKey) -> bool:
    try:
        sshsig.require_signed(signature, MESSAGE, pinned)
    except InvalidSignature:
        return False
    return True


@pytest.mark.parametrize("kind", ["rsa", "ecdsa"])
def test_another_kind_of_key_is_not_pinned(kind: str, home: Home, tmp_path: Path) -> None:
    openssh("ssh-keygen", "-t", kind, "-N", "", "-f", tmp_path / "haar")
    assert word_of(["officer-key", "--public", str(tmp_path / "haar.pub")]) == "approval-refused"
    assert not home.officer_public_key.exists()
