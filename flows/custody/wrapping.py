"""Custodians of the wrapping key, and the custodian with a passphrase.

A wrapping key has generations, numbered from 1; the store names the one that it is wrapped under. To replace it, the
next is made, everything is wrapped anew, and the previous one is destroyed. Whatever older copy of the store exists
then opens nothing, as its generation is gone.

Three custodians share this interface: here a passphrase with a second half, in `flows.custody.holders.openbao` a
server, in `flows.custody.holders.hsm` a hardware token.

With a passphrase two halves make the key: what somebody knows (Argon2id, RFC 9106), and a file of random bytes that is
kept apart from the store. A passphrase alone could destroy nothing: it would open an old backup of the store for ever.
The second half of a generation is overwritten and removed. That proves nothing about old blocks that a disk may keep,
and a backup of the second half defeats it.
"""

import os
import secrets
import stat
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from flows.workfolder.files import make_private, sync_folder, write_private
from schemas.errors import KeyStoreError

PASSPHRASE: Final = "passphrase"  # noqa: S105 - the name of a kind
NONCE_BYTES, SALT_BYTES = 12, 16
_KEY_BYTES = 32
_INFO = b"bestandsanalyse 1|wrapping"


class Custodian(Protocol):
    """Holder of the generations of one wrapping key.

    All methods raise `KeyStoreError` if the generation does not exist, and `CustodianFailure` if the holder cannot be
    used.
    """

    @property
    def kind(self) -> str:
        """Name of the kind: passphrase, openbao or pkcs11."""

    def description(self) -> dict[str, Any]:
        """Return what the store notes to find the key again; no secret."""

    def make(self, generation: int) -> None:
        """Make a new random key; an existing one is never overwritten."""

    def wrap(self, generation: int, clear: bytes, bound_to: str) -> bytes:
        """Encrypt with AES-256-GCM; only the same generation and the same `bound_to` decrypt it."""

    def unwrap(self, generation: int, wrapped: bytes, bound_to: str) -> bytes | None:
        """Return what was wrapped; None for another key, another `bound_to` or changed bytes."""

    def destroy(self, generation: int) -> None:
        """Destroy a generation for good; one that does not exist is no error."""


@dataclass(frozen=True)
class Cost:
    """Argon2id's cost per guess; RFC 9106's second recommended option by default."""

    iterations: int = 3
    lanes: int = 4
    memory_kib: int = 65536


@dataclass(frozen=True)
class TwoHalves:
    """A passphrase, and a file per generation with the second half.

    `repr` shows no key.

    Attributes:
        folder: Folder of the second halves, best on another medium than the store, so that no one backup holds both.
        name: Name of the store, in the names of the files: two stores may share a medium.
        first: The stretched passphrase. It opens as much as the passphrase itself, so it is never stored.
    """

    folder: Path
    name: str
    salt: bytes
    cost: Cost
    first: bytes = field(repr=False)

    @property
    def kind(self) -> str:
        return PASSPHRASE

    def description(self) -> dict[str, Any]:
        return {"kind": self.kind, "salt": self.salt.hex(), "cost": asdict(self.cost)}

    def half(self, generation: int) -> Path:
        return self.folder / f"tweede-helft-{self.name}-{generation}"

    def make(self, generation: int) -> None:
        if self.half(generation).exists():
            raise KeyStoreError("has a second half of that name already; a key is never overwritten")
        is_written = False
        with suppress(OSError):
            if not self.folder.is_dir():
                make_private(self.folder)
            write_private(self.half(generation), secrets.token_bytes(_KEY_BYTES))
            is_written = True
        if not is_written:
            raise KeyStoreError(
                "has no folder for its second half that can be written and has room; mount it, or name another "
                "(tweede_helft in sleutels.toml; keys init --second-half DIR), and give the command again"
            )

    def wrap(self, generation: int, clear: bytes, bound_to: str) -> bytes:
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._wrapping_key(generation).encrypt(nonce, clear, bound_to.encode())

    def unwrap(self, generation: int, wrapped: bytes, bound_to: str) -> bytes | None:
        key = self._wrapping_key(generation)
        try:
            return key.decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], bound_to.encode())
        except (InvalidTag, ValueError):
            return None

    def destroy(self, generation: int) -> None:
        path = self.half(generation)
        if path.exists() or path.is_symlink():
            if not path.is_symlink():  # what a link leads to is not ours
                _overwrite(path)
            path.unlink()
            sync_folder(self.folder)

    def _wrapping_key(self, generation: int) -> AESGCM:
        half = read_private(self.half(generation), "second half", _KEY_BYTES)
        return AESGCM(HKDF(algorithm=SHA256(), length=_KEY_BYTES, salt=None, info=_INFO).derive(self.first + half))


def two_halves(
    folder: Path, name: str, passphrase: bytes, *, salt: bytes | None = None, cost: Cost | None = None
) -> TwoHalves:
    """Return the custodian of a passphrase; with a fresh salt if none is given."""
    own_salt, own_cost = salt or secrets.token_bytes(SALT_BYTES), cost or Cost()
    return TwoHalves(folder, name, own_salt, own_cost, _stretch(passphrase, own_salt, own_cost))


def _stretch(passphrase: bytes, salt: bytes, cost: Cost) -> bytes:
    derive = Argon2id(
        salt=salt, length=_KEY_BYTES, iterations=cost.iterations, lanes=cost.lanes, memory_cost=cost.memory_kib
    )
    return derive.derive(passphrase)


def read_private(path: Path, name: str, length: int | None = None) -> bytes:
    """Read a file that only its owner can read.

    Raises:
        KeyStoreError: The file is missing, a link, no file, open to others, or of another length.
    """
    if path.is_symlink() or not path.is_file():
        raise KeyStoreError(
            f"has no {name} in its place, or a link. Mount the medium with the folder that sleutels.toml names; a "
            "store from a backup needs the one of its own time"
        )
    facts = path.stat()
    # Not 0600 exactly: a medium without file modes shows those it was mounted with.
    if stat.S_IMODE(facts.st_mode) & 0o077 or facts.st_uid != os.getuid():
        raise KeyStoreError(f"has a {name} that is open to others than its owner (it must be mode 0600: chmod 600)")
    content = path.read_bytes()
    if length not in (None, len(content)):
        raise KeyStoreError(f"has a {name} that is damaged; put back a copy of it, if there is one")
    return content


def _overwrite(path: Path) -> None:
    """Write random bytes over a file, in place and through to the disk."""
    size = path.stat().st_size
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_NOFOLLOW), "wb") as file:
        file.write(secrets.token_bytes(size))
        file.flush()
        os.fsync(file.fileno())
