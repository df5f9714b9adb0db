"""The officer's approval: an SSHSIG over a canonical statement, checked against a pinned key."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from flows import sshsig
from flows.files import write_private
from flows.keyless import require_keys_allowed
from schemas.errors import ApprovalRefused, KeyStoreError

DECISION = "publiceren"
SIGNER = "privacyfunctionaris"
"""Who signs, as the comment of the public key and in an `allowed_signers` file."""


@dataclass(frozen=True)
class Statement:
    """What the officer signs. The hashes bind the decision to these bytes and this dossier."""

    decision: str
    release: str
    run_id: str
    manifest_sha256: str
    dossier_sha256: str
    officer_fingerprint: str
    signed_at: str


def signed_bytes(facts: Mapping[str, str]) -> bytes:
    """The bytes that an officer signs: JSON, sorted keys, one line feed at the end."""
    return (json.dumps(facts, sort_keys=True, indent=2) + "\n").encode()


def make_officer_key(private_path: Path, public_path: Path) -> None:
    """Make a key pair as OpenSSH keeps them: private 0600 for the officer, public pinned in the work folder.

    Raises:
        KeyStoreError: One of the files exists, or there is no folder for the private key.
        KeysBarred: This process does without keys.
    """
    require_keys_allowed()
    if not private_path.absolute().parent.is_dir():
        raise KeyStoreError("has no folder for the officer's key there; make it first")
    if private_path.exists() or public_path.exists():
        raise KeyStoreError(
            "or the file that was named has an officer's key already (keys/officer.pub; the demo made its own, "
            "keys/demo-officer.key); a key is never overwritten"
        )
    key = Ed25519PrivateKey.generate()
    write_private(
        private_path,
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.OpenSSH, serialization.NoEncryption()
        ),
    )
    write_private(public_path, public_line(key.public_key()))


def load_private(path: Path) -> Ed25519PrivateKey:
    """The officer's private key.

    Raises:
        ApprovalRefused: The file is missing, open to others, or holds no unencrypted Ed25519 key of OpenSSH.
        KeysBarred: This process does without keys.
    """
    require_keys_allowed()
    content = path.read_bytes() if path.is_file() else b""
    if content and path.stat().st_mode & 0o077:
        raise ApprovalRefused("the officer's private key can be read by others (chmod 600, and consider another key)")
    try:
        key = serialization.load_ssh_private_key(content, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise ApprovalRefused(
            "the key file is missing, asks for a passphrase, or holds no Ed25519 private key of OpenSSH"
        )
    return key


def load_public(path: Path) -> Ed25519PublicKey:
    """A pinned public key.

    Raises:
        ApprovalRefused: The file is missing or holds no Ed25519 public key of OpenSSH.
    """
    content = path.read_bytes() if path.is_file() else b""
    try:
        key = serialization.load_ssh_public_key(content)
    except (ValueError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PublicKey):
        raise ApprovalRefused(
            "there is no Ed25519 public key (ssh-ed25519 ...) to check against; "
            "in a work folder the officer makes one with officer-key"
        )
    return key


def public_line(key: Ed25519PublicKey) -> bytes:
    """A public key as one line of OpenSSH: `ssh-ed25519 AAAA... privacyfunctionaris`."""
    line = key.public_bytes(serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH)
    return line + f" {SIGNER}\n".encode()


def fingerprint(key: Ed25519PublicKey) -> str:
    """SHA-256 of the 32 bytes of a public key, in lower-case hex: how a statement names the officer."""
    raw = key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return hashlib.sha256(raw).hexdigest()


def require_signature(statement: bytes, signature: bytes, pinned: Ed25519PublicKey) -> Statement:
    """The statement, if the pinned key signed these bytes and it decides to publish.

    Raises:
        ApprovalRefused: Another key, changed bytes, or another decision.
    """
    try:
        sshsig.require_signed(signature, statement, pinned)
        is_signed = True
    except InvalidSignature:
        is_signed = False
    if not is_signed:
        raise ApprovalRefused("the signature is not the pinned officer's, or the statement was changed")
    told = json.loads(statement)
    if not isinstance(told, dict) or set(told) != {one.name for one in fields(Statement)}:
        raise ApprovalRefused("what was signed is no statement about a release")
    signed = Statement(**told)
    if signed.decision != DECISION or signed.officer_fingerprint != fingerprint(pinned):
        raise ApprovalRefused("the statement does not decide to publish")
    return signed
