"""The key store: one random secret per purpose, municipality, period and version, each wrapped on its own.

Not one master with branches: a branch of a tree cannot be destroyed as long as its root lives. HKDF is
used only below a secret (`flows.keys`). What a destroyed secret leaves behind is its fingerprint, so
that it can be said which key it was.

Every write is atomic. Replacing the wrapping key takes three writes: the next second half, the store
under it, and the next half in place of the old one. Killed between any two of them, the store opens
with the half that belongs to it, and `open_store` finishes or undoes the rest.
"""

import json
import secrets
from base64 import b64decode, b64encode
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from flows.home import make_private, write_private
from flows.wrapping import SALT_BYTES, Cost, SecondHalf, WrappingKey, joined, read_private, stretched
from schemas.errors import KeyDestroyed, KeyStoreError, PassphraseWrong

_FORMAT = 1
_CHECK, _CHECK_NAME = b"bestandsanalyse", "check"
_SECRET_BYTES = 32


@dataclass(frozen=True)
class Entry:
    """One secret as the file holds it.

    Attributes:
        key_id: Purpose, municipality, period and version: `bestandsanalyse/0865/2019/1`.
        fingerprint: 16 hex digits that lead back to nothing; they stay when the secret is destroyed.
        wrapped: None when it was destroyed.
        destroyed: The day of that.
    """

    key_id: str
    fingerprint: str
    created: date
    wrapped: bytes | None = field(repr=False)
    destroyed: date | None = None


@dataclass(frozen=True)
class Store:
    """An open key store. What changes it gives a new one; `save` and `destroyed` write it.

    Attributes:
        salt, cost: Of the passphrase.
        first: What the passphrase came to; with a second half it makes the wrapping key.
    """

    path: Path
    half: SecondHalf
    salt: bytes
    cost: Cost
    entries: tuple[Entry, ...]
    first: bytes = field(repr=False)
    key: WrappingKey = field(repr=False)

    def latest(self, domain: str) -> Entry | None:
        """The last version of a domain such as `bestandsanalyse/0865/2019`; None if there never was one."""
        own = [entry for entry in self.entries if entry.key_id.rpartition("/")[0] == domain]
        return max(own, key=lambda entry: version(entry.key_id), default=None)

    def entry(self, key_id: str) -> Entry:
        """The entry of that name, destroyed or not; raises `KeyStoreError` if there is none."""
        found = next((entry for entry in self.entries if entry.key_id == key_id), None)
        if found is None:
            raise KeyStoreError("has no key of that name")
        return found

    def secret(self, key_id: str) -> bytes:
        """The 32 bytes of a secret.

        Raises:
            KeyDestroyed: It was destroyed; the error names the day.
            KeyStoreError: There is none of that name, or another hand changed the store.
        """
        entry = self.entry(key_id)
        if entry.wrapped is None:
            raise KeyDestroyed(entry.key_id, entry.destroyed)
        clear = self.key.unwrap(entry.wrapped, entry.key_id)
        if clear is None or fingerprint(clear) != entry.fingerprint:
            raise KeyStoreError("was changed: a key in it is not the one that was put there")
        return clear

    def with_new(self, domain: str, today: date) -> "Store":
        """With a new secret of a domain: its first, or the next version beside the one before."""
        last = self.latest(domain)
        key_id = f"{domain}/{version(last.key_id) + 1 if last else 1}"
        clear = secrets.token_bytes(_SECRET_BYTES)
        entry = Entry(key_id, fingerprint(clear), today, self.key.wrap(clear, key_id))
        return replace(self, entries=tuple(sorted((*self.entries, entry), key=_place)))

    def save(self) -> None:
        """Write the store at once or not at all, 0600."""
        make_private(self.path.parent)
        write_private(self.path, _written(self))

    def destroyed(self, key_id: str, today: date) -> "Store":
        """Without a secret, and with the survivors under a fresh wrapping key; both are on disk when this returns.

        Raises:
            KeyDestroyed: It was destroyed before.
            KeyStoreError: There is none of that name, or another hand changed the store; nothing was destroyed.
        """
        self.secret(key_id)
        others = [one for one in self.entries if one.key_id != key_id]
        survivors = {one.key_id: self.secret(one.key_id) for one in others if one.wrapped}
        self.half.prepare()
        key = joined(self.first, self.half.next)
        wrapped = {name: key.wrap(clear, name) for name, clear in survivors.items()}
        dropped = replace(self.entry(key_id), wrapped=None, destroyed=today)
        kept = (replace(one, wrapped=wrapped.get(one.key_id)) for one in others)
        renewed = replace(self, key=key, entries=tuple(sorted((*kept, dropped), key=_place)))
        renewed.save()
        self.half.replace()
        return renewed


def new_store(path: Path, half: SecondHalf, passphrase: bytes, cost: Cost = Cost()) -> Store:  # noqa: B008 - frozen
    """An empty store with its second half, written.

    Raises:
        KeyStoreError: There is one already.
    """
    if path.exists() or path.is_symlink():
        raise KeyStoreError("exists already; it is never overwritten")
    half.make()
    salt = secrets.token_bytes(SALT_BYTES)
    first = stretched(passphrase, salt, cost)
    store = Store(path, half, salt, cost, (), first, joined(first, half.path))
    store.save()
    return store


def open_store(path: Path, half: SecondHalf, passphrase: bytes) -> Store:
    """The store, after finishing or undoing a replacement of its second half that was cut short.

    Raises:
        PassphraseWrong: The passphrase and the second half do not open it together.
        KeyStoreError: The store or the second half is missing, damaged or open to others.
    """
    known = _parsed(read_private(path, "key file"))
    salt, cost = b64decode(known["salt"]), Cost(**known["cost"])
    first = stretched(passphrase, salt, cost)
    if not half.path.exists() and not half.next.exists():
        raise KeyStoreError("has no second half; without it nothing opens")
    for place, finish in ((half.path, half.forget_next), (half.next, half.replace)):
        if not place.exists():
            continue
        key = joined(first, place)
        if key.unwrap(b64decode(known["check"]), _CHECK_NAME) == _CHECK:
            if half.next.exists():
                finish()
            return Store(path, half, salt, cost, _entries(known["secrets"]), first, key)
    raise PassphraseWrong


def version(key_id: str) -> int:
    return int(key_id.rpartition("/")[2])


def fingerprint(secret: bytes) -> str:
    """16 hex digits that tell two secrets apart; of 256 random bits, they say nothing of them."""
    return sha256(b"bestandsanalyse 1|fingerprint|" + secret).hexdigest()[:16]


def _place(entry: Entry) -> tuple[str, int]:
    return entry.key_id.rpartition("/")[0], version(entry.key_id)


def _written(store: Store) -> bytes:
    content = {
        "format": _FORMAT,
        "salt": b64encode(store.salt).decode(),
        "cost": asdict(store.cost),
        "check": b64encode(store.key.wrap(_CHECK, _CHECK_NAME)).decode(),
        "secrets": [
            {
                "key_id": entry.key_id,
                "fingerprint": entry.fingerprint,
                "created": entry.created.isoformat(),
                "wrapped": b64encode(entry.wrapped).decode() if entry.wrapped else None,
                "destroyed": entry.destroyed.isoformat() if entry.destroyed else None,
            }
            for entry in store.entries
        ],
    }
    return (json.dumps(content, indent=2) + "\n").encode()


def _parsed(content: bytes) -> dict[str, Any]:
    with suppress(ValueError, RecursionError):
        found = json.loads(content)
        if isinstance(found, dict) and found.get("format") == _FORMAT:
            return found
    raise KeyStoreError("cannot be read, or was written by another version")


def _entries(written: Sequence[dict[str, Any]]) -> tuple[Entry, ...]:
    with suppress(KeyError, TypeError, ValueError):
        return tuple(
            Entry(
                one["key_id"],
                one["fingerprint"],
                date.fromisoformat(one["created"]),
                b64decode(one["wrapped"]) if one["wrapped"] else None,
                date.fromisoformat(one["destroyed"]) if one["destroyed"] else None,
            )
            for one in written
        )
    raise KeyStoreError("cannot be read")
