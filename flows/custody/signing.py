"""The officer's keys and signatures: SSHSIG, checked against a pinned key."""

import json
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import partial
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from flows.custody import sshsig
from flows.custody.keyless import require_keys_allowed
from flows.custody.sshsig import PublicKey
from flows.workfolder.files import write_private
from schemas.errors import ApprovalRefused, KeyStoreError, SigningFailed

DECISION = "publiceren"
SIGNER = "privacyfunctionaris"
"""Name of the signer in the comment of the public key and in an `allowed_signers` file."""

Signer = Callable[[bytes], bytes]
"""Gives the SSHSIG over a message; raises `SigningFailed`."""


@dataclass(frozen=True)
class Statement:
    """The officer's decision about these bytes and this dossier.

    Attributes:
        reason: Why she rejects; empty if she publishes.
        stated_at: When the statement was made; it may be signed until `valid_until`, and published until then.
    """

    decision: str
    reason: str
    release: str
    run_id: str
    manifest_sha256: str
    dossier_sha256: str
    officer_fingerprint: str
    stated_at: str
    valid_until: str


def bytes_to_sign(facts: Mapping[str, str]) -> bytes:
    """Return the bytes that an officer signs: JSON, sorted keys, one line feed at the end."""
    return (json.dumps(facts, sort_keys=True, indent=2) + "\n").encode()


def make_officer_key(private_path: Path, public_path: Path, passphrase: bytes = b"") -> None:
    """Make a key pair as OpenSSH keeps them: private 0600 for the officer, public pinned in the work folder.

    Args:
        private_path: New file for the private half.
        public_path: New file for the public half.
        passphrase: Encrypts the private half; empty for none.

    Raises:
        KeyStoreError: One of the files exists, or there is no folder for the private key.
        KeysBarred: This process is barred from keys.
    """
    require_keys_allowed()
    if not private_path.absolute().parent.is_dir():
        raise KeyStoreError("has no folder for the officer's key there; make it first")
    if private_path.exists():
        raise KeyStoreError("cannot have the officer's key in a file that exists; a key is never overwritten")
    _require_unpinned(public_path)
    key = Ed25519PrivateKey.generate()
    encryption = serialization.BestAvailableEncryption(passphrase) if passphrase else serialization.NoEncryption()
    content = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.OpenSSH, encryption)
    write_private(private_path, content)
    write_private(public_path, public_line(sshsig.public_key(key)))


def pin_officer_key(source_path: Path, public_path: Path) -> None:
    """Pin a public key whose private half is elsewhere: in an agent, on a FIDO key, on another machine.

    Raises:
        KeyStoreError: The work folder has an officer's key already.
        ApprovalRefused: The file holds no Ed25519 public key of OpenSSH.
    """
    _require_unpinned(public_path)
    write_private(public_path, public_line(load_public(source_path)))


def _require_unpinned(public_path: Path) -> None:
    if public_path.exists():
        raise KeyStoreError(
            "has an officer's key already (keys/officer.pub; the demo made its own, keys/demo-officer.key); a key is "
            "never overwritten"
        )


def signer_of(path: Path, pinned: PublicKey, passphrase: Callable[[], bytes]) -> Signer:
    """Return a function that signs with the officer's key, which must be the pinned one.

    A private key in a file signs here. With a public key the officer's ssh-agent signs, or her FIDO key itself: both by
    `ssh-keygen -Y sign`.

    Args:
        path: The private or public key that the officer named.
        pinned: The public key of the work folder.
        passphrase: Asks for the passphrase; called only for a key that has one.

    Raises:
        ApprovalRefused: The file is missing, open to others, no such key, or not the pinned officer's.
        OfficerPassphraseMissing: The key has a passphrase, and none was given.
        KeysBarred: This process is barred from keys.
    """
    require_keys_allowed()
    public = _read_public(path)
    if public is None and not pinned.application:
        private = load_private(path, passphrase)
        public, signer = sshsig.public_key(private), partial(sshsig.sign, private)
    else:
        signer = partial(_sign_by_openssh, path, pinned)
    if public is not None and public != pinned:
        raise ApprovalRefused("the key is not the pinned officer's")
    return signer


def _sign_by_openssh(path: Path, pinned: PublicKey, message: bytes) -> bytes:
    """Return the signature that the officer's agent or FIDO key makes.

    For a FIDO key the output of OpenSSH is shown: only that asks her to touch the key.
    """
    command = ["ssh-keygen", "-Y", "sign", "-n", sshsig.NAMESPACE, "-f", str(path.absolute())]
    stderr = None if pinned.application else subprocess.DEVNULL
    try:
        armored = subprocess.run(command, input=message, stdout=subprocess.PIPE, stderr=stderr, check=True).stdout  # noqa: S603
        sshsig.require_signed(armored, message, pinned)
        problem = ""
    except FileNotFoundError:
        problem = "OpenSSH (ssh-keygen) is not on this machine"
    except (OSError, subprocess.CalledProcessError):
        problem = "the agent or the FIDO key did not sign (ssh-add -L lists what an agent has)"
    except InvalidSignature:
        problem = "another key signed than the pinned officer's"
    if problem:
        raise SigningFailed(problem)
    return armored


def load_private(path: Path, passphrase: Callable[[], bytes] = bytes) -> Ed25519PrivateKey:
    """Return the officer's private key.

    Args:
        path: The private key, as OpenSSH keeps it.
        passphrase: Asks for the passphrase; called only for a key that has one.

    Raises:
        ApprovalRefused: The file is missing, open to others, or holds no Ed25519 key of OpenSSH; or the passphrase
            is wrong.
        OfficerPassphraseMissing: The key has a passphrase, and none was given.
        KeysBarred: This process is barred from keys.
    """
    require_keys_allowed()
    content = path.read_bytes() if path.is_file() else b""
    if content and path.stat().st_mode & 0o077:
        raise ApprovalRefused("the officer's private key can be read by others (chmod 600, and consider another key)")
    is_locked, key = _parse_private(content, None)
    if is_locked:
        key = _parse_private(content, passphrase())[1]
    if not isinstance(key, Ed25519PrivateKey):
        raise ApprovalRefused(
            "the passphrase is not that of the officer's key"
            if is_locked
            else "the key file is missing, or holds no Ed25519 private key of OpenSSH"
        )
    return key


def _parse_private(content: bytes, passphrase: bytes | None) -> tuple[bool, object]:
    """Return whether a key asks for a passphrase, and the key if it opens."""
    try:
        return False, serialization.load_ssh_private_key(content, passphrase)
    except TypeError:  # cryptography raises it if a key needs a passphrase and has none
        return passphrase is None, None
    except (ValueError, UnsupportedAlgorithm):
        return False, None


def load_public(path: Path) -> PublicKey:
    """Return a pinned public key.

    Raises:
        ApprovalRefused: The file is missing or holds no Ed25519 public key of OpenSSH.
    """
    key = _read_public(path)
    if key is None:
        raise ApprovalRefused(
            "there is no Ed25519 public key (ssh-ed25519 ... or sk-ssh-ed25519@openssh.com ...) to check against; "
            "in a work folder the officer makes one with officer-key"
        )
    return key


def _read_public(path: Path) -> PublicKey | None:
    try:
        return sshsig.read_public_key(path.read_bytes() if path.is_file() else b"")
    except ValueError:
        return None


def public_line(key: PublicKey) -> bytes:
    """Return a public key as one line of OpenSSH: `ssh-ed25519 AAAA... privacyfunctionaris`."""
    return key.line + f" {SIGNER}\n".encode()


def require_signature(statement: bytes, signature: bytes, pinned: PublicKey, decision: str = DECISION) -> Statement:
    """Return the statement, if the pinned key signed these bytes and they state this decision.

    Raises:
        ApprovalRefused: The key is another one, the bytes were changed, or the statement decides something else.
    """
    try:
        sshsig.require_signed(signature, statement, pinned)
        is_signed = True
    except InvalidSignature:
        is_signed = False
    if not is_signed:
        raise ApprovalRefused("the signature is not the pinned officer's, or the statement was changed")
    facts = json.loads(statement)
    if not isinstance(facts, dict) or set(facts) != {field.name for field in fields(Statement)}:
        raise ApprovalRefused(
            "what was signed is no statement about a release, or one of another version (which its manifest names)"
        )
    signed = Statement(**facts)
    if signed.decision != decision or signed.officer_fingerprint != pinned.fingerprint:
        raise ApprovalRefused("the statement does not decide that")
    return signed
