"""The key store: secrets, each wrapped on its own.

There is one random secret per purpose, municipality, period and version. There is no master key with branches: a branch
of a tree cannot be destroyed as long as its root lives. HKDF is used only below a secret (`flows.custody.secret`). A
destroyed secret leaves its fingerprint and the hash of its wrapped bytes, which show what key it was.

Every write is atomic. Replacing the wrapping key takes three steps: the next generation is made, the store is written
under it, and the previous generation is destroyed. Killed between any two of them, the store opens with the generation
that it names, and `open_store` destroys the other one. Whoever changes or opens a store holds its lock
(`flows.custody.store_access`).
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
    """When and why a secret was destroyed, and its wrapped bytes' hash.

    The reason is a name in `certificate.REASONS`.
    """

    at: datetime
    reason: str
    sha256: str


@dataclass(frozen=True)
class Entry:
    """One secret as the file holds it.

    Attributes:
        key_id: Purpose, municipality, period and version: `bestandsanalyse/0865/2019/1`.
        fingerprint: 16 hex digits that lead back to nothing; they stay when the secret is destroyed.
        created: Day on which the secret was made.
        wrapped: The secret under the wrapping key; None when it was destroyed.
        dropped: How it was destroyed; None while it exists.
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
        """Return the wrapped secret; raise `KeyDestroyed`, which names the day, if it was destroyed."""
        if self.wrapped is None:
            raise KeyDestroyed(self.key_id, self.dropped.at if self.dropped else None)
        return self.wrapped


@dataclass(frozen=True)
class StoreDescription:
    """An unopened store: what its file says, still unproven.

    Attributes:
        name: Eight random hex digits, in the names of its wrapping keys.
        custodian: Kind of custodian, and what it needs to find its key again.
        generation: Number of the wrapping key's present generation.
        check: The wrapped digest of the file, which shows that no other hand changed it.
    """

    name: str
    custodian: dict[str, Any]
    generation: int
    check: bytes = field(repr=False)
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Store:
    """An open key store.

    Methods that change it return a new store; all but `with_new` have written it when they return.
    """

    path: Path
    name: str
    custodian: Custodian
    generation: int
    entries: tuple[Entry, ...]

    def latest(self, domain: str) -> Entry | None:
        """Return the last version of a domain such as `bestandsanalyse/0865/2019`; None if there never was one."""
        versions = [entry for entry in self.entries if entry.domain == domain]
        return max(versions, key=lambda entry: entry.version, default=None)

    def entry(self, key_id: str) -> Entry:
        """Return the entry with this id, destroyed or not; raise `KeyStoreError` if there is none."""
        existing = next((entry for entry in self.entries if entry.key_id == key_id), None)
        if existing is None:
            raise KeyStoreError("has no key of that name")
        return existing

    def secret(self, key_id: str) -> bytes:
        """Return the 32 bytes of a secret.

        Raises:
            KeyDestroyed: The secret was destroyed; the error names the day.
            KeyStoreError: There is no such secret, or another hand changed the store.
        """
        entry = self.entry(key_id)
        clear = self.custodian.unwrap(self.generation, entry.require_wrapped(), entry.key_id)
        if clear is None or fingerprint(clear) != entry.fingerprint:
            raise KeyStoreError("was changed: a key in it is not the one that was put there")
        return clear

    def with_new(self, domain: str, today: date) -> "Store":
        """Return the store with a new version of a domain's secret; nothing is written yet."""
        last = self.latest(domain)
        key_id = f"{domain}/{last.version + 1 if last else 1}"
        clear = secrets.token_bytes(_SECRET_BYTES)
        entry = Entry(key_id, fingerprint(clear), today, self.custodian.wrap(self.generation, clear, key_id))
        return replace(self, entries=tuple(sorted((*self.entries, entry), key=_sort_key)))

    def save(self) -> None:
        """Write the store in one step, readable by its owner only (0600)."""
        make_private(self.path.parent)
        write_private(self.path, _store_bytes(self))

    def destroy(self, key_id: str, at: datetime, reason: str) -> "Store":
        """Destroy a secret, and put the others under a fresh wrapping key.

        Raises:
            KeyDestroyed: The secret was destroyed before.
            KeyStoreError: There is no such secret, or another hand changed the store; nothing was destroyed.
        """
        entry = self.entry(key_id)
        dropped = Dropped(at, reason, sha256(entry.require_wrapped()).hexdigest())
        other_entries = (other for other in self.entries if other is not entry)
        emptied = replace(entry, wrapped=None, dropped=dropped)
        return self._rewrap(self.custodian, tuple(sorted((*other_entries, emptied), key=_sort_key)))

    def rewrap(self, custodian: Custodian) -> "Store":
        """Put everything under a fresh wrapping key, of this or another passphrase; raises as `secret`."""
        return self._rewrap(custodian, self.entries)

    def _rewrap(self, custodian: Custodian, entries: Sequence[Entry]) -> "Store":
        clear = {entry.key_id: self.secret(entry.key_id) for entry in entries if entry.wrapped}
        generation = self.generation + 1
        custodian.destroy(generation)
        custodian.make(generation)
        wrapped = {key_id: custodian.wrap(generation, secret, key_id) for key_id, secret in clear.items()}
        rewrapped = tuple(replace(entry, wrapped=wrapped.get(entry.key_id)) for entry in entries)
        renewed = replace(self, custodian=custodian, generation=generation, entries=rewrapped)
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
    """Write an empty store with its first wrapping key; raises `KeyStoreError`, `KeysBarred`."""
    require_keys_allowed()
    if path.exists() or path.is_symlink():
        raise KeyStoreError("exists already; it is never overwritten")
    custodian.make(1)
    store = Store(path, name, custodian, 1, ())
    store.save()
    return store


def open_store(path: Path, custodian_of: Callable[[StoreDescription], Custodian]) -> Store:
    """Open a store, after finishing or undoing an interrupted replacement of its wrapping key.

    Args:
        path: The file of the store.
        custodian_of: Makes the custodian that a store describes; its errors pass through.

    Raises:
        PassphraseWrong: The passphrase and the second half do not open it together.
        KeyStoreError: The store or its wrapping key is missing, damaged or open to others, or another hand
            changed the store.
        KeysBarred: This process is barred from keys.
    """
    require_keys_allowed()
    content = read_private(path, "key file")
    description = parse_store(content)
    custodian = custodian_of(description)
    digest = custodian.unwrap(description.generation, description.check, _CHECK)
    if digest is None and custodian.kind == PASSPHRASE:
        raise PassphraseWrong
    if digest != _digest(json.loads(content)):
        raise KeyStoreError("was changed by another hand, or belongs to another wrapping key; put back a copy of it")
    # Only now is it proven that this generation is the store's own.
    custodian.destroy(description.generation - 1)
    custodian.destroy(description.generation + 1)
    return Store(path, description.name, custodian, description.generation, description.entries)


def read_description(path: Path) -> StoreDescription:
    """Return what an unopened store says of itself; raises `KeyStoreError` if it cannot be read."""
    return parse_store(read_private(path, "key file"))


def fingerprint(secret: bytes) -> str:
    """Return 16 hex digits that tell secrets apart; nothing follows from them about 256 random bits."""
    return sha256(b"bestandsanalyse 1|fingerprint|" + secret).hexdigest()[:16]


def _sort_key(entry: Entry) -> tuple[str, int]:
    return entry.domain, entry.version


def _digest(content: dict[str, Any]) -> bytes:
    """Return the hash of the whole file but the check, so that no line of it can be changed, removed or added."""
    return sha256(canonical({name: value for name, value in content.items() if name != _CHECK})).digest()


def _store_bytes(store: Store) -> bytes:
    """Return the file of a store, with the wrapped digest of its content as check."""
    content: dict[str, Any] = {
        "format": _FORMAT,
        "store": store.name,
        "custodian": store.custodian.description(),
        "generation": store.generation,
        "secrets": [_entry_facts(entry) for entry in store.entries],
    }
    content[_CHECK] = b64encode(store.custodian.wrap(store.generation, _digest(content), _CHECK)).decode()
    return (json.dumps(content, indent=2) + "\n").encode()


def _entry_facts(entry: Entry) -> dict[str, Any]:
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


def parse_store(content: bytes) -> StoreDescription:
    """Parse the file of a store; raises `KeyStoreError` if it is not of this version."""
    with suppress(KeyError, TypeError, ValueError, RecursionError):
        parsed = json.loads(content)
        if parsed["format"] == _FORMAT:
            entries = tuple(_parse_entry(facts) for facts in parsed["secrets"])
            check = b64decode(parsed[_CHECK])
            return StoreDescription(
                str(parsed["store"]), dict(parsed["custodian"]), int(parsed["generation"]), check, entries
            )
    raise KeyStoreError("cannot be read, or was written by another version; put back a copy of it")


def _parse_entry(facts: dict[str, Any]) -> Entry:
    dropped = facts["destroyed"]
    return Entry(
        facts["key_id"],
        facts["fingerprint"],
        date.fromisoformat(facts["created"]),
        b64decode(facts["wrapped"]) if facts["wrapped"] else None,
        Dropped(datetime.fromisoformat(dropped["at"]), dropped["reason"], dropped["sha256"]) if dropped else None,
    )
