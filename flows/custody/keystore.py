"""The key store: one random secret per purpose, municipality, period and version, each wrapped on its own.

Not one master with branches: a branch of a tree cannot be destroyed as long as its root lives. HKDF is
used only below a secret (`flows.custody.secret`). What a destroyed secret leaves behind is its fingerprint and
the hash of what was dropped, so that it can be said which key it was.

Every write is atomic. Replacing the wrapping key takes three steps: the next generation is made, the
store is written under it, and the generation before is destroyed. Killed between any two of them, the
store opens with the generation that it names, and `open_store` destroys what is beside that. Whoever
changes a store, or opens it, holds its lock (`flows.custody.custodians`).
"""

import json
import secrets
from base64 import b64decode, b64encode
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from flows.custody.keyless import require_keys_allowed
from flows.custody.wrapping import PASSPHRASE, Custodian, read_private
from flows.registers.chain import canonical
from flows.workfolder.files import make_private, write_private
from schemas.errors import CustodianFailure, KeyDestroyed, KeyStoreError, PassphraseWrong

_FORMAT = 1
_CHECK = "check"
_SECRET_BYTES = 32


@dataclass(frozen=True)
class Dropped:
    """How a secret went: when, why (a name of `certificate.REASONS`), and the hash of its wrapped bytes."""

    at: datetime
    reason: str
    sha256: str


@dataclass(frozen=True)
class Entry:
    """One secret as the file holds it.

    Attributes:
        key_id: Purpose, municipality, period and version: `bestandsanalyse/0865/2019/1`.
        fingerprint: 16 hex digits that lead back to nothing; they stay when the secret is destroyed.
        wrapped: None when it was destroyed; `dropped` tells of that.
    """

    key_id: str
    fingerprint: str
    created: date
    wrapped: bytes | None = field(repr=False)
    dropped: Dropped | None = None

    @property
    def domain(self) -> str:
        return self.key_id.rpartition("/")[0]

    @property
    def period(self) -> str:
        return self.domain.rpartition("/")[2]

    @property
    def version(self) -> int:
        return int(self.key_id.rpartition("/")[2])

    def require_wrapped(self) -> bytes:
        """The wrapped secret; raises `KeyDestroyed`, which names the day, if it is no more."""
        if self.wrapped is None:
            raise KeyDestroyed(self.key_id, self.dropped.at if self.dropped else None)
        return self.wrapped


@dataclass(frozen=True)
class Described:
    """What a store says of itself before it is opened; by whoever wrote the file last.

    Attributes:
        name: Eight random hex digits, in the names of its wrapping keys.
        custodian: Kind of custodian, and what that notes to be found again.
    """

    name: str
    custodian: dict[str, Any]
    generation: int
    check: bytes = field(repr=False)
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Store:
    """An open key store. What changes it gives a new one; all but `with_new` are on disk when they return."""

    path: Path
    name: str
    custodian: Custodian
    generation: int
    entries: tuple[Entry, ...]

    def latest(self, domain: str) -> Entry | None:
        """The last version of a domain such as `bestandsanalyse/0865/2019`; None if there never was one."""
        own = [entry for entry in self.entries if entry.domain == domain]
        return max(own, key=lambda entry: entry.version, default=None)

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
        clear = self.custodian.unwrap(self.generation, entry.require_wrapped(), entry.key_id)
        if clear is None or fingerprint(clear) != entry.fingerprint:
            raise KeyStoreError("was changed: a key in it is not the one that was put there")
        return clear

    def with_new(self, domain: str, today: date) -> "Store":
        """With a new secret of a domain: its first, or the next version beside the one before; not written yet."""
        last = self.latest(domain)
        key_id = f"{domain}/{last.version + 1 if last else 1}"
        clear = secrets.token_bytes(_SECRET_BYTES)
        entry = Entry(key_id, fingerprint(clear), today, self.custodian.wrap(self.generation, clear, key_id))
        return replace(self, entries=tuple(sorted((*self.entries, entry), key=_place)))

    def save(self) -> None:
        """Write the store at once or not at all, 0600."""
        make_private(self.path.parent)
        write_private(self.path, _written(self))

    def destroyed(self, key_id: str, at: datetime, reason: str) -> "Store":
        """Without a secret, and with the survivors under a fresh wrapping key.

        Raises:
            KeyDestroyed: It was destroyed before.
            KeyStoreError: There is none of that name, or another hand changed the store; nothing was destroyed.
        """
        entry = self.entry(key_id)
        dropped = Dropped(at, reason, sha256(entry.require_wrapped()).hexdigest())
        others = (one for one in self.entries if one is not entry)
        gone = replace(entry, wrapped=None, dropped=dropped)
        return self._under(self.custodian, tuple(sorted((*others, gone), key=_place)))

    def under(self, custodian: Custodian) -> "Store":
        """Everything under a fresh wrapping key, of this or another passphrase; raises as `secret`."""
        return self._under(custodian, self.entries)

    def _under(self, custodian: Custodian, entries: Sequence[Entry]) -> "Store":
        clear = {one.key_id: self.secret(one.key_id) for one in entries if one.wrapped}
        generation = self.generation + 1
        custodian.destroy(generation)
        custodian.make(generation)
        wrapped = {key_id: custodian.wrap(generation, secret, key_id) for key_id, secret in clear.items()}
        kept = tuple(replace(one, wrapped=wrapped.get(one.key_id)) for one in entries)
        renewed = replace(self, custodian=custodian, generation=generation, entries=kept)
        renewed.save()
        try:
            self.custodian.destroy(self.generation)
            is_gone = True
        except CustodianFailure:
            is_gone = False
        if not is_gone:
            raise CustodianFailure(
                "does not let the wrapping key of before be destroyed, which the store does not use any more; until it "
                "is, a backup of the store opens what was dropped. Give whoever does this the right to delete keys, "
                "and give the command again"
            )
        return renewed


def new_store(path: Path, custodian: Custodian, name: str) -> Store:
    """An empty store with its first wrapping key, written; raises `KeyStoreError`, `KeysBarred` if it may not be."""
    require_keys_allowed()
    if path.exists() or path.is_symlink():
        raise KeyStoreError("exists already; it is never overwritten")
    custodian.make(1)
    store = Store(path, name, custodian, 1, ())
    store.save()
    return store


def open_store(path: Path, custodian_of: Callable[[Described], Custodian]) -> Store:
    """The store, after finishing or undoing a replacement of its wrapping key that was cut short.

    Args:
        custodian_of: Makes the custodian that a store describes; its errors pass through.

    Raises:
        PassphraseWrong: The passphrase and the second half do not open it together.
        KeyStoreError: The store or its wrapping key is missing, damaged or open to others, or another hand
            changed the store.
        KeysBarred: This process does without keys.
    """
    require_keys_allowed()
    content = read_private(path, "key file")
    known = parse_store(content)
    custodian = custodian_of(known)
    digest = custodian.unwrap(known.generation, known.check, _CHECK)
    if digest is None and custodian.kind == PASSPHRASE:
        raise PassphraseWrong
    if digest != _digest(json.loads(content)):
        raise KeyStoreError("was changed by another hand, or belongs to another wrapping key; put back a copy of it")
    # Only now that this generation is proven to be the store's own.
    custodian.destroy(known.generation - 1)
    custodian.destroy(known.generation + 1)
    return Store(path, known.name, custodian, known.generation, known.entries)


def read_description(path: Path) -> Described:
    """What a store says of itself, unopened and so unproven; raises `KeyStoreError` if it cannot be read."""
    return parse_store(read_private(path, "key file"))


def fingerprint(secret: bytes) -> str:
    """16 hex digits that tell two secrets apart; of 256 random bits, they say nothing of them."""
    return sha256(b"bestandsanalyse 1|fingerprint|" + secret).hexdigest()[:16]


def _place(entry: Entry) -> tuple[str, int]:
    return entry.domain, entry.version


def _digest(content: dict[str, Any]) -> bytes:
    """Of the whole file but the check itself, so that no line of it can be changed, taken out or put in."""
    return sha256(canonical({name: value for name, value in content.items() if name != _CHECK})).digest()


def _written(store: Store) -> bytes:
    content: dict[str, Any] = {
        "format": _FORMAT,
        "store": store.name,
        "custodian": store.custodian.described(),
        "generation": store.generation,
        "secrets": [_entry_written(entry) for entry in store.entries],
    }
    content[_CHECK] = b64encode(store.custodian.wrap(store.generation, _digest(content), _CHECK)).decode()
    return (json.dumps(content, indent=2) + "\n").encode()


def _entry_written(entry: Entry) -> dict[str, Any]:
    dropped = entry.dropped
    return {
        "key_id": entry.key_id,
        "fingerprint": entry.fingerprint,
        "created": entry.created.isoformat(),
        "wrapped": b64encode(entry.wrapped).decode() if entry.wrapped else None,
        "destroyed": {"at": dropped.at.isoformat(), "reason": dropped.reason, "sha256": dropped.sha256}
        if dropped
        else None,
    }


def parse_store(content: bytes) -> Described:
    """A store from its bytes; raises `KeyStoreError` if it is none of this version."""
    with suppress(KeyError, TypeError, ValueError, RecursionError):
        found = json.loads(content)
        if found["format"] == _FORMAT:
            entries = tuple(_entry(one) for one in found["secrets"])
            check = b64decode(found[_CHECK])
            return Described(str(found["store"]), dict(found["custodian"]), int(found["generation"]), check, entries)
    raise KeyStoreError("cannot be read, or was written by another version; put back a copy of it")


def _entry(one: dict[str, Any]) -> Entry:
    gone = one["destroyed"]
    return Entry(
        one["key_id"],
        one["fingerprint"],
        date.fromisoformat(one["created"]),
        b64decode(one["wrapped"]) if one["wrapped"] else None,
        Dropped(datetime.fromisoformat(gone["at"]), gone["reason"], gone["sha256"]) if gone else None,
    )
