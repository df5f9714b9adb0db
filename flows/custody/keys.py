"""The secret of a run, from the key store: its latest version, made at the first run of a period."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from flows.custody.custodians import store_of
from flows.custody.keystore import Entry, Store
from flows.custody.secret import PURPOSE, REGISTER_PERIOD, REGISTER_PURPOSE, Secret, domain_of
from flows.registers.audit import Role, record_deed
from flows.workfolder.home import Home
from schemas.errors import KeyStoreError


def key_for(home: Home, gemeente_code: str, peildatum: date) -> str:
    """The id of the key that a new run uses: the latest version of its period; made if there never was one.

    Raises:
        KeyStoreMissing, KeyStoreError, PassphraseMissing: The store does not open.
        KeyDestroyed: The latest version was destroyed; another one is made on purpose only (`rotate_key`).
    """
    domain = domain_of(gemeente_code, str(peildatum.year))
    with store_of(home) as store:
        latest = store.latest(domain) or _made(home, store, domain, "make", Role.STEWARD)
        latest.require_wrapped()
    return latest.key_id


def secret_for(home: Home, key_id: str) -> Secret:
    """The secret of that name.

    Raises:
        KeyStoreMissing, KeyStoreError, PassphraseMissing: The store does not open, or has no such key.
        KeyDestroyed: It was destroyed.
    """
    with store_of(home) as store:
        return _secret(store, key_id)


def register_secret(home: Home, gemeente_code: str) -> Secret | None:
    """The present secret of the register of who is left out; None if there never was one.

    Raises:
        KeyStoreMissing, KeyStoreError, PassphraseMissing: The store does not open.
        KeyDestroyed: It was destroyed, and with it who is in the register.
    """
    with store_of(home) as store:
        latest = store.latest(domain_of(gemeente_code, REGISTER_PERIOD, REGISTER_PURPOSE))
        return _secret(store, latest.key_id) if latest else None


def make_register_key(home: Home, gemeente_code: str, write: Callable[[Secret], None]) -> Entry:
    """The first or next version of the register's key.

    Args:
        write: Writes the register under the new secret, before the store has it: killed in between, the store and
            the register of the version before belong together as they did.

    Raises:
        KeyStoreMissing, KeyStoreError, PassphraseMissing: The store does not open.
    """
    with store_of(home) as store:
        domain = domain_of(gemeente_code, REGISTER_PERIOD, REGISTER_PURPOSE)
        return _made(home, store, domain, "rotate" if store.latest(domain) else "make", Role.HOLDER, write=write)


def rotate_key(home: Home, gemeente_code: str, period: str) -> Entry:
    """The next version of a period's key; the old ones stay until they are destroyed.

    Raises:
        KeyStoreMissing, KeyStoreError, PassphraseMissing: The store does not open.
    """
    with store_of(home) as store:
        return _made(home, store, domain_of(gemeente_code, period), "rotate", Role.HOLDER)


def _made(
    home: Home, store: Store, domain: str, action: str, role: Role, *, write: Callable[[Secret], None] | None = None
) -> Entry:
    renewed = store.with_new(domain, datetime.now(UTC).date())
    made = renewed.latest(domain)
    if made is None:
        raise KeyStoreError("lost a key that it just made")
    record_deed(home, action, role, made.key_id, fingerprint=made.fingerprint)
    if write is not None:
        write(_secret(renewed, made.key_id))
    renewed.save()
    return made


def _secret(store: Store, key_id: str) -> Secret:
    purpose, gemeente_code, period, version = _parts(key_id)
    return Secret(purpose, gemeente_code, period, version, store.entry(key_id).fingerprint, store.secret(key_id))


def _parts(key_id: str) -> tuple[str, str, str, int]:
    purpose, *rest = key_id.split("/")
    if purpose not in {PURPOSE, REGISTER_PURPOSE} or len(rest) != 3 or not rest[2].isdigit():
        raise KeyStoreError("has no key of that name")
    return purpose, rest[0], rest[1], int(rest[2])
