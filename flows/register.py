"""The register of who is left out of coming runs: encrypted, under a key of its own that rotation translates."""

from collections.abc import Callable
from functools import partial

import polars as pl

from flows.home import Home, make_private, write_private
from flows.keys import register_made, register_secret, secret_for
from flows.keystore import Entry
from flows.secret import Secret
from schemas.rights import REGISTER
from transforms.parquet import decrypted, encrypted
from transforms.rights import translated, without

_FILE = "register.v{version}.parquet"


def read_register(home: Home, secret: Secret) -> pl.DataFrame:
    """Columns of `REGISTER`; no row if nobody was ever entered.

    Raises:
        StagingError: It was changed, is missing though its key is not new, or was made with another key.
    """
    path = home.rights / _FILE.format(version=secret.version)
    content = path.read_bytes() if path.is_file() else b""
    return decrypted(content, key=secret.derived("register"), bound_to=_bound_to(secret))


def write_register(home: Home, secret: Secret, register: pl.DataFrame) -> None:
    """Replace the register at once or not at all, 0600."""
    make_private(home.rights)
    content = encrypted(register, key=secret.derived("register"), bound_to=_bound_to(secret))
    write_private(home.rights / _FILE.format(version=secret.version), content)


def begun_register(home: Home, gemeente_code: str) -> Secret:
    """The secret of the register; with the first one comes an empty register.

    Raises:
        KeyStoreMissing, KeyStoreError, PassphraseMissing, KeyDestroyed: See `flows.keys.register_secret`.
    """
    known = register_secret(home, gemeente_code)
    if known:
        return known
    empty = pl.DataFrame(schema=REGISTER)
    made = register_made(home, gemeente_code, lambda secret: write_register(home, secret, empty))
    return secret_for(home, made.key_id)


def left_out(home: Home, gemeente_code: str) -> Callable[[pl.DataFrame], pl.DataFrame]:
    """What takes the rows of who is left out from a delivery.

    Raises:
        KeyDestroyed, StagingError: Who is left out cannot be known any more, so nothing may be read.
    """
    secret = register_secret(home, gemeente_code)
    if secret is None:
        return lambda delivered: delivered
    return partial(without, register=read_register(home, secret), key=secret.pseudonym_key)


def rotate_register(home: Home, gemeente_code: str) -> Entry:
    """The next version of the register's key, and the register translated to it.

    The new file is written first, then the key is kept, then the old file goes: killed at any point, the latest key
    has its file.

    Raises:
        ForeignPseudonym, StagingError: The register is not what was written; nothing was rotated.
    """
    old = begun_register(home, gemeente_code)
    register = read_register(home, old)

    def write(new: Secret) -> None:
        write_register(home, new, translated(register, old=old.pseudonym_key, new=new.pseudonym_key))

    made = register_made(home, gemeente_code, write)
    (home.rights / _FILE.format(version=old.version)).unlink()
    return made


def _bound_to(secret: Secret) -> bytes:
    return f"register/{secret.key_id}".encode()
