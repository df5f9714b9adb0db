"""Encrypted register of residents who are left out of coming runs.

It lies under a key of its own, and rotating that key translates the register.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import partial

import polars as pl

from flows.custody.keys import make_register_key, register_secret, secret_for
from flows.custody.keystore import Entry
from flows.custody.secret import Secret
from flows.workfolder.files import make_private, new_private_file, open_or_empty, sync_folder
from flows.workfolder.home import Home
from schemas.errors import RegisterUnusable, StagingError
from schemas.fields import BSN
from schemas.rights import REGISTER
from schemas.states import Delivered
from transforms.persons.exclusion import registered_bsns, translate_register
from transforms.sealing.parquet import decrypt_frame, encrypt_frame

_FILE = "register.v{version}.parquet"
_NEW = "register.v{version}.nieuw"
"""A register under a key that the store may not have yet; after a kill in between, no key opens this file."""


def read_register(home: Home, secret: Secret) -> pl.DataFrame:
    """Return the register, with the columns of `REGISTER`; no row if nobody was ever entered.

    Raises:
        RegisterUnusable: It was changed, is missing, or was made with another key.
    """
    path, new = (home.rights / name.format(version=secret.version) for name in (_FILE, _NEW))
    existing = path if path.is_file() else new
    with open_or_empty(existing) as file, suppress(StagingError):
        return decrypt_frame(file, key=secret.derive_key("register"), bound_to=_bound_to(secret))
    raise RegisterUnusable("is missing, was changed, or was made with another key")


def write_register(home: Home, secret: Secret, register: pl.DataFrame) -> None:
    """Replace the register in one step, readable by its owner only (0600)."""
    _write(home, _FILE, secret, register)


def find_register_secret(home: Home, gemeente_code: str) -> Secret | None:
    """Return the secret of the register; None if nobody was ever entered.

    Raises:
        KeyStoreMissing, KeyStoreError, PassphraseMissing, KeyDestroyed: See `flows.custody.keys.register_secret`.
        RegisterUnusable: There is a register, and no key of it in this store.
    """
    secret = register_secret(home, gemeente_code)
    if secret is None and any(home.rights.glob(_FILE.format(version="*"))):
        raise RegisterUnusable("was made with another key store, or for another municipality")
    return secret


def begin_register(home: Home, gemeente_code: str) -> Secret:
    """Return the secret of the register, after making it and an empty register if there is none.

    Raises as `find_register_secret`.
    """
    secret = find_register_secret(home, gemeente_code)
    if secret:
        return secret
    empty = pl.DataFrame(schema=REGISTER)
    entry = make_register_key(home, gemeente_code, lambda secret: _write(home, _NEW, secret, empty))
    _put_in_place(home, entry.version)
    return secret_for(home, entry.key_id)


def exclusion_filter(home: Home, gemeente_code: str) -> Callable[[Delivered], pl.Series]:
    """Return a function that finds the BSNs in a delivery that are left out.

    Raises:
        KeyDestroyed, RegisterUnusable: It is no longer known who is left out, so nothing may be read.
    """
    secret = find_register_secret(home, gemeente_code)
    if secret is None:
        return lambda _: pl.Series(BSN.name, [], dtype=pl.String)
    return partial(registered_bsns, register=read_register(home, secret), key=secret.pseudonym_key)


def rotate_register(home: Home, gemeente_code: str) -> Entry:
    """Make the next version of the register's key, and translate the register to it.

    The new file is written first, then the store keeps the key, then the file takes its place and older ones are
    removed, those that a kill left included. Killed at any point, the latest key has its file.

    Raises:
        ForeignPseudonym, RegisterUnusable: The register is not as it was written; nothing was rotated.
    """
    old = begin_register(home, gemeente_code)
    register = read_register(home, old)

    def write(new: Secret) -> None:
        _write(home, _NEW, new, translate_register(register, old=old.pseudonym_key, new=new.pseudonym_key))

    entry = make_register_key(home, gemeente_code, write)
    _put_in_place(home, entry.version)
    return entry


def _write(home: Home, name: str, secret: Secret, register: pl.DataFrame) -> None:
    make_private(home.rights)
    with new_private_file(home.rights / name.format(version=secret.version)) as file:
        encrypt_frame(register, file, key=secret.derive_key("register"), bound_to=_bound_to(secret))


def _put_in_place(home: Home, version: int) -> None:
    """Give the new register its final name, and remove every older one."""
    latest = home.rights / _FILE.format(version=version)
    (home.rights / _NEW.format(version=version)).replace(latest)
    sync_folder(home.rights)
    for path in home.rights.glob("register.v*"):
        if path != latest:
            path.unlink()


def _bound_to(secret: Secret) -> bytes:
    return f"register/{secret.key_id}".encode()
