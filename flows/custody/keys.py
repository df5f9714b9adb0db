"""Secrets from the key store: per run, and for the exclusion register."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from flows.custody.keystore import Entry, Store
from flows.custody.secret import PURPOSE, REGISTER_PERIOD, REGISTER_PURPOSE, Secret, domain_of
from flows.custody.store_access import store_of
from flows.registers.audit import Role, record_deed
from flows.workfolder.home import Home
from schemas.errors import KeyStoreError


def key_for(home: Home, gemeente_code: str, peildatum: date) -> str:
    """Return the id of the key for a new run: the latest version for its period, made if there is none.

    Raises:
        KeyStoreMissing, KeyStoreError, PassphraseMissing: The store does not open.
        KeyDestroyed: The latest version was destroyed; only `rotate_key` makes another one.
    """
    domain = domain_of(gemeente_code, str(peildatum.year))
    with store_of(home) as store:
        latest = store.latest(domain) or _make_key(home, store, domain, "make", Role.STEWARD)
        latest.require_wrapped()
    return latest.key_id


def secret_for(home: Home, key_id: str) -> Secret:
    """Return the secret with this key id.

    Raises:
        KeyStoreMissing, KeyStoreError, PassphraseMissing: The store does not open, or has no such key.
        KeyDestroyed: It was destroyed.
    """
    with store_of(home) as store:
        return _secret(store, key_id)


def register_secret(home: Home, gemeente_code: str) -> Secret | None:
    """Return the present secret of the register of excluded residents; None if there never was one.

    Raises:
        KeyStoreMissing, KeyStoreError, PassphraseMissing: The store does not open.
        KeyDestroyed: It was destroyed, and the register cannot be read any more.
    """
    with store_of(home) as store:
        latest = store.latest(domain_of(gemeente_code, REGISTER_PERIOD, REGISTER_PURPOSE))
        return _secret(store, latest.key_id) if latest else None


def make_register_key(home: Home, gemeente_code: str, write: Callable[[Secret], None]) -> Entry:
    """Make the first or next version of the register's key.

    Args:
        home: The work folder.
        gemeente_code: Code of the municipality, four digits.
        write: Writes the register under the new secret, before the store keeps it. After a kill in between, the store
            and the register of the previous version still belong together.

    Raises:
        KeyStoreMissing, KeyStoreError, PassphraseMissing: The store does not open.
    """
    with store_of(home) as store:
        domain = domain_of(gemeente_code, REGISTER_PERIOD, REGISTER_PURPOSE)
        return _make_key(home, store, domain, "rotate" if store.latest(domain) else "make", Role.HOLDER, write=write)


def rotate_key(home: Home, gemeente_code: str, period: str) -> Entry:
    """Make the next version of a period's key; the old ones stay until they are destroyed.

    Raises:
        KeyStoreMissing, KeyStoreError, PassphraseMissing: The store does not open.
    """
    with store_of(home) as store:
        return _make_key(home, store, domain_of(gemeente_code, period), "rotate", Role.HOLDER)


def _make_key(
    home: Home, store: Store, domain: str, action: str, role: Role, *, write: Callable[[Secret], None] | None = None
) -> Entry:
    """Make a new version, log it, let `write` use it, and save the store last."""
    renewed = store.with_new(domain, datetime.now(UTC).date())
    entry = renewed.latest(domain)
    if entry is None:
        raise KeyStoreError("lost a key that it just made")
    record_deed(home, action, role, entry.key_id, fingerprint=entry.fingerprint)
    if write is not None:
        write(_secret(renewed, entry.key_id))
    renewed.save()
    return entry


def _secret(store: Store, key_id: str) -> Secret:
    purpose, gemeente_code, period, version = _split_key_id(key_id)
    return Secret(purpose, gemeente_code, period, version, store.entry(key_id).fingerprint, store.secret(key_id))


def _split_key_id(key_id: str) -> tuple[str, str, str, int]:
    """Return purpose, municipality, period and version."""
    purpose, *rest = key_id.split("/")
    if purpose not in {PURPOSE, REGISTER_PURPOSE} or len(rest) != 3 or not rest[2].isdigit():
        raise KeyStoreError("has no key of that name")
    return purpose, rest[0], rest[1], int(rest[2])
