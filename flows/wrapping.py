"""The key that secrets are wrapped under, and how it is replaced so that no backup opens what was destroyed.

Two halves make it: a passphrase that somebody knows (Argon2id, RFC 9106), and a file of random bytes
that is kept apart from the key store. A passphrase alone destroys nothing: an old backup of the store
opens with it for ever. The second half is replaced whenever a secret is destroyed, and its old bytes
are overwritten; a backup of the store from before then lacks them.

What that does not prove: a disk may keep old blocks, and a backup of the second half defeats it. So it
belongs on another medium than the store, and is not backed up but split (`flows.split`).
"""

import os
import secrets
import stat
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from flows.home import make_private, sync_folder, write_private
from schemas.errors import KeyStoreError

_KEY_BYTES, _NONCE_BYTES, SALT_BYTES = 32, 12, 16
_INFO = b"bestandsanalyse 1|wrapping"


@dataclass(frozen=True)
class Cost:
    """What a guess of the passphrase costs: RFC 9106, section 4, second recommended option by default."""

    iterations: int = 3
    lanes: int = 4
    memory_kib: int = 65536


@dataclass(frozen=True)
class WrappingKey:
    """A key of 256 bits that wraps secrets one by one; repr shows no key."""

    value: bytes = field(repr=False)

    def wrap(self, clear: bytes, bound_to: str) -> bytes:
        """AES-256-GCM with a random nonce in front; only the same `bound_to` opens it again."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + AESGCM(self.value).encrypt(nonce, clear, bound_to.encode())

    def unwrap(self, wrapped: bytes, bound_to: str) -> bytes | None:
        """What was wrapped; None with another key, another `bound_to` or changed bytes."""
        try:
            return AESGCM(self.value).decrypt(wrapped[:_NONCE_BYTES], wrapped[_NONCE_BYTES:], bound_to.encode())
        except (InvalidTag, ValueError):
            return None


@dataclass(frozen=True)
class SecondHalf:
    """The file with the second half, and beside it the next one while it is being replaced."""

    path: Path

    @property
    def next(self) -> Path:
        return self.path.with_name(f"{self.path.name}.next")

    def make(self) -> None:
        """The first one, of random bytes.

        Raises:
            KeyStoreError: There is one already; it is never overwritten.
        """
        if self.path.exists() or self.next.exists():
            raise KeyStoreError("has a second half already; a key is never overwritten")
        make_private(self.path.parent)
        write_private(self.path, secrets.token_bytes(_KEY_BYTES))

    def prepare(self) -> None:
        """The next half beside the present one; nothing is lost yet."""
        write_private(self.next, secrets.token_bytes(_KEY_BYTES))

    def replace(self) -> None:
        """The next half in place of the present one, whose bytes are overwritten first."""
        if self.path.exists():
            _overwrite(self.path)
        self.next.replace(self.path)
        sync_folder(self.path.parent)

    def forget_next(self) -> None:
        """Leave the present half as it is: what it was prepared for did not happen."""
        _overwrite(self.next)
        self.next.unlink()


def stretched(passphrase: bytes, salt: bytes, cost: Cost) -> bytes:
    """The first half: what a passphrase comes to. Whoever has it need not know the passphrase, so it is never kept."""
    derive = Argon2id(
        salt=salt, length=_KEY_BYTES, iterations=cost.iterations, lanes=cost.lanes, memory_cost=cost.memory_kib
    )
    return derive.derive(passphrase)


def joined(first: bytes, half: Path) -> WrappingKey:
    """The key of both halves.

    Raises:
        KeyStoreError: The second half is missing, a link, open to others, or of another length.
    """
    both = first + read_private(half, "second half", _KEY_BYTES)
    return WrappingKey(HKDF(algorithm=SHA256(), length=_KEY_BYTES, salt=None, info=_INFO).derive(both))


def read_private(path: Path, name: str, length: int | None = None) -> bytes:
    """The bytes of a file that only its owner can read.

    Raises:
        KeyStoreError: It is missing, a link, no file, open to others, or of another length.
    """
    if path.is_symlink() or not path.is_file():
        raise KeyStoreError(f"has no {name}, or it is a link")
    found = path.stat()
    if stat.S_IMODE(found.st_mode) != 0o600 or found.st_uid != os.getuid():
        raise KeyStoreError(f"has a {name} that is open to others than its owner (it must be mode 0600)")
    content = path.read_bytes()
    if length not in (None, len(content)):
        raise KeyStoreError(f"has a {name} that is damaged")
    return content


def _overwrite(path: Path) -> None:
    """Random bytes over a file, in place and on the disk."""
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.write(secrets.token_bytes(size))
        file.flush()
        os.fsync(file.fileno())
