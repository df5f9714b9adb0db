"""The signature of a release is an SSHSIG: OpenSSH itself checks ours, and ours checks OpenSSH's."""

import base64
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature

from flows.custody import sshsig
from flows.custody.signing import load_private, load_public, make_officer_key
from tests.builders.officer import FidoKey, checked_by_openssh, openssh

MESSAGE = b'{"decision": "publiceren"}\n'


@pytest.fixture
def keys(tmp_path: Path) -> tuple[Path, Path]:
    make_officer_key(tmp_path / "officer.key", tmp_path / "officer.pub")
    return tmp_path / "officer.key", tmp_path / "officer.pub"


def test_openssh_accepts_what_we_sign_and_nothing_else(keys: tuple[Path, Path], tmp_path: Path) -> None:
    armored = sshsig.sign(load_private(keys[0]), MESSAGE)
    assert checked_by_openssh(tmp_path, keys[1], armored, MESSAGE)
    assert not checked_by_openssh(tmp_path, keys[1], armored, MESSAGE + b" ")
    make_officer_key(tmp_path / "ander.key", tmp_path / "ander.pub")
    assert not checked_by_openssh(tmp_path, tmp_path / "ander.pub", armored, MESSAGE)


def test_we_accept_what_openssh_signs_with_the_same_bytes(keys: tuple[Path, Path]) -> None:
    done = openssh("ssh-keygen", "-Y", "sign", "-f", keys[0], "-n", sshsig.NAMESPACE, message=MESSAGE)
    sshsig.require_signed(done.stdout, MESSAGE, load_public(keys[1]))
    assert done.stdout == sshsig.sign(load_private(keys[0]), MESSAGE)


def test_a_signature_for_another_purpose_is_refused(keys: tuple[Path, Path]) -> None:
    done = openssh("ssh-keygen", "-Y", "sign", "-f", keys[0], "-n", "git", message=MESSAGE)
    with pytest.raises(InvalidSignature):
        sshsig.require_signed(done.stdout, MESSAGE, load_public(keys[1]))


@pytest.mark.parametrize("is_fido", [False, True])
def test_every_changed_byte_of_the_blob_is_seen(is_fido: bool, keys: tuple[Path, Path]) -> None:
    fido = FidoKey()
    armored = fido.sign(MESSAGE) if is_fido else sshsig.sign(load_private(keys[0]), MESSAGE)
    pinned = fido.public if is_fido else load_public(keys[1])
    sshsig.require_signed(armored, MESSAGE, pinned)
    blob = base64.b64decode(b"".join(armored.splitlines()[1:-1]))
    for place in range(len(blob)):
        changed = bytearray(blob)
        changed[place] ^= 1
        body = base64.b64encode(bytes(changed)).decode()
        forged = f"-----BEGIN SSH SIGNATURE-----\n{body}\n-----END SSH SIGNATURE-----\n".encode()
        with pytest.raises(InvalidSignature):
            sshsig.require_signed(forged, MESSAGE, pinned)


@pytest.mark.parametrize("armored", [b"", b"\n", b"x", bytes(64), b"\xff\xfe", b"-----BEGIN SSH SIGNATURE-----",
                                     b"-----BEGIN SSH SIGNATURE-----\nA\n-----END SSH SIGNATURE-----\n"])  # fmt: skip
def test_what_is_no_signature_is_refused(armored: bytes, keys: tuple[Path, Path]) -> None:
    with pytest.raises(InvalidSignature):
        sshsig.require_signed(armored, MESSAGE, load_public(keys[1]))
