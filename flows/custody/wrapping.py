"""Who holds the key that secrets are wrapped under, and how it goes so that no backup opens what was destroyed.

A wrapping key has generations, numbered from 1; the store names the one that it is wrapped under. To
replace it is to make the next, to wrap everything anew, and to destroy the one before. Whatever else was
kept of the store then opens nothing, as its generation is gone.

Three custodians do this in the same words: here a passphrase with a second half, in `flows.custody.holders.openbao` a
server, in `flows.custody.holders.hsm` a hardware token.

With a passphrase two halves make the key: what somebody knows (Argon2id, RFC 9106), and a file of random
bytes that is kept apart from the store. The passphrase alone destroys nothing: an old backup of the store
opens with it for ever. The second half of a generation is overwritten and removed. What that does not
prove: a disk may keep old blocks, and a backup of the second half defeats it.
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
    """Holds the generations of one wrapping key.

    All of them raise `KeyStoreError` where the generation is not there, and `CustodianFailure` where
    whoever holds it cannot be used.
    """

    @property
    def kind(self) -> str:
        """Name of the kind: passphrase, openbao or pkcs11."""

    def described(self) -> dict[str, Any]:
        """What the store notes of it, so that it is found again; no secret."""

    def make(self, generation: int) -> None:
        """A new random key; one that exists is never overwritten."""

    def wrap(self, generation: int, clear: bytes, bound_to: str) -> bytes:
        """AES-256-GCM; only the same generation and the same `bound_to` open it again."""

    def unwrap(self, generation: int, wrapped: bytes, bound_to: str) -> bytes | None:
        """What was wrapped; None with another key, another `bound_to` or changed bytes."""

    def destroy(self, generation: int) -> None:
        """The key is gone for good; one that is not there stays so."""


@dataclass(frozen=True)
class Cost:
    """What a guess of the passphrase costs: RFC 9106, section 4, second recommended option by default."""

    iterations: int = 3
    lanes: int = 4
    memory_kib: int = 65536


@dataclass(frozen=True)
class TwoHalves:
    """A passphrase, and a file per generation with the second half; repr shows no key.

    Attributes:
        folder: Of the second halves; on another medium than the store, if it is to withstand its loss.
        name: Of the store, in the names of the files: two stores may share a medium.
        first: What the passphrase came to. Whoever has it need not know the passphrase, so it is never kept.
    """

    folder: Path
    name: str
    salt: bytes
    cost: Cost
    first: bytes = field(repr=False)

    @property
    def kind(self) -> str:
        return PASSPHRASE

    def described(self) -> dict[str, Any]:
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
        return nonce + self._joined(generation).encrypt(nonce, clear, bound_to.encode())

    def unwrap(self, generation: int, wrapped: bytes, bound_to: str) -> bytes | None:
        key = self._joined(generation)
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

    def _joined(self, generation: int) -> AESGCM:
        half = read_private(self.half(generation), "second half", _KEY_BYTES)
        return AESGCM(HKDF(algorithm=SHA256(), length=_KEY_BYTES, salt=None, info=_INFO).derive(self.first + half))


def two_halves(
    folder: Path, name: str, passphrase: bytes, *, salt: bytes | None = None, cost: Cost | None = None
) -> TwoHalves:
    """The custodian of a passphrase; with a fresh salt if none is given."""
    salted, price = salt or secrets.token_bytes(SALT_BYTES), cost or Cost()
    return TwoHalves(folder, name, salted, price, _stretched(passphrase, salted, price))


def _stretched(passphrase: bytes, salt: bytes, cost: Cost) -> bytes:
    derive = Argon2id(
        salt=salt, length=_KEY_BYTES, iterations=cost.iterations, lanes=cost.lanes, memory_cost=cost.memory_kib
    )
    return derive.derive(passphrase)


def read_private(path: Path, name: str, length: int | None = None) -> bytes:
    """The bytes of a file that only its owner can read.

    Raises:
        KeyStoreError: It is missing, a link, no file, open to others, or of another length.
    """
    if path.is_symlink() or not path.is_file():
        raise KeyStoreError(
            f"has no {name} in its place, or a link; is the medium mounted? Its folder stands in sleutels.toml"
        )
    found = path.stat()
    # Not 0600 exactly: a medium without modes of its own shows what it was mounted with.
    if stat.S_IMODE(found.st_mode) & 0o077 or found.st_uid != os.getuid():
        raise KeyStoreError(f"has a {name} that is open to others than its owner (it must be mode 0600: chmod 600)")
    content = path.read_bytes()
    if length not in (None, len(content)):
        raise KeyStoreError(f"has a {name} that is damaged; put back a copy of it, if there is one")
    return content


def _overwrite(path: Path) -> None:
    """Random bytes over a file, in place and on the disk."""
    size = path.stat().st_size
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_NOFOLLOW), "wb") as file:
        file.write(secrets.token_bytes(size))
        file.flush()
        os.fsync(file.fileno())
