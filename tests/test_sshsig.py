"""The signature of a release is an SSHSIG: OpenSSH itself checks ours, and ours checks OpenSSH's."""

import base64
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature

from flows import sshsig
from flows.signing import SIGNER, load_private, load_public, make_officer_key

MESSAGE = b'{"decision": "publiceren"}\n'


@pytest.fixture
def keys(tmp_path: Path) -> tuple[Path, Path]:
    make_officer_key(tmp_path / "officer.key", tmp_path / "officer.pub")
    return tmp_path / "officer.key", tmp_path / "officer.pub"


needs_openssh = pytest.mark.skipif(not shutil.which("ssh-keygen"), reason="OpenSSH is not installed here")


def ssh_keygen(*words: str, message: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(["ssh-keygen", *words], input=message, capture_output=True, check=False, timeout=20)


def checked_by_openssh(folder: Path, public: Path, armored: bytes, message: bytes) -> int:
    signers, signature = folder / "allowed_signers", folder / "akkoord.sig"
    signers.write_text(f'{SIGNER} namespaces="{sshsig.NAMESPACE}" {public.read_text()}')
    signature.write_bytes(armored)
    done = ssh_keygen("-Y", "verify", "-f", str(signers), "-I", SIGNER, "-n", sshsig.NAMESPACE, "-s", str(signature),
                      message=message)  # fmt: skip
    return done.returncode


@needs_openssh
def test_openssh_accepts_what_we_sign_and_nothing_else(keys: tuple[Path, Path], tmp_path: Path) -> None:
    armored = sshsig.sign(load_private(keys[0]), MESSAGE)
    assert checked_by_openssh(tmp_path, keys[1], armored, MESSAGE) == 0
    assert checked_by_openssh(tmp_path, keys[1], armored, MESSAGE + b" ") != 0
    make_officer_key(tmp_path / "ander.key", tmp_path / "ander.pub")
    assert checked_by_openssh(tmp_path, tmp_path / "ander.pub", armored, MESSAGE) != 0


@needs_openssh
def test_we_accept_what_openssh_signs_with_the_same_bytes(keys: tuple[Path, Path]) -> None:
    done = ssh_keygen("-Y", "sign", "-f", str(keys[0]), "-n", sshsig.NAMESPACE, message=MESSAGE)
    sshsig.require_signed(done.stdout, MESSAGE, load_public(keys[1]))
    assert done.stdout == sshsig.sign(load_private(keys[0]), MESSAGE)


@needs_openssh
def test_a_signature_for_another_purpose_is_refused(keys: tuple[Path, Path]) -> None:
    done = ssh_keygen("-Y", "sign", "-f", str(keys[0]), "-n", "git", message=MESSAGE)
    with pytest.raises(InvalidSignature):
        sshsig.require_signed(done.stdout, MESSAGE, load_public(keys[1]))


def test_every_changed_byte_of_the_blob_is_seen(keys: tuple[Path, Path]) -> None:
    armored = sshsig.sign(load_private(keys[0]), MESSAGE)
    blob = base64.b64decode(b"".join(armored.splitlines()[1:-1]))
    for place in range(len(blob)):
        changed = bytearray(blob)
        changed[place] ^= 1
        body = base64.b64encode(bytes(changed)).decode()
        forged = f"-----BEGIN SSH SIGNATURE-----\n{body}\n-----END SSH SIGNATURE-----\n".encode()
        with pytest.raises(InvalidSignature):
            sshsig.require_signed(forged, MESSAGE, load_public(keys[1]))


@pytest.mark.parametrize("armored", [b"", b"\n", b"x", bytes(64), b"\xff\xfe", b"-----BEGIN SSH SIGNATURE-----",
                                     b"-----BEGIN SSH SIGNATURE-----\nA\n-----END SSH SIGNATURE-----\n"])  # fmt: skip
def test_what_is_no_signature_is_refused(armored: bytes, keys: tuple[Path, Path]) -> None:
    with pytest.raises(InvalidSignature):
        sshsig.require_signed(armored, MESSAGE, load_public(keys[1]))
