"""The register of who is left out of coming runs: encrypted, under a key of its own that rotation translates."""

import polars as pl

from flows.home import Home, make_private, write_private
from flows.keys import register_key, rotated, secret_for
from flows.keystore import Entry
from flows.secret import REGISTER_PERIOD, REGISTER_PURPOSE, Secret
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


def register_secret(home: Home, gemeente_code: str) -> Secret:
    """The secret of the register; with the first one comes an empty register. Raises as `register_key`."""
    key_id = register_key(home, gemeente_code, make=False)
    if key_id:
        return secret_for(home, key_id)
    secret = secret_for(home, register_key(home, gemeente_code, make=True))
    write_register(home, secret, pl.DataFrame(schema=REGISTER))
    return secret


def left_out(delivered: pl.DataFrame, home: Home, gemeente_code: str) -> pl.DataFrame:
    """Rows of a delivery of nobody who is left out.

    Raises:
        KeyDestroyed, StagingError: Who is left out cannot be known any more, so nothing is read.
    """
    key_id = register_key(home, gemeente_code, make=False)
    if not key_id:
        return delivered
    secret = secret_for(home, key_id)
    return without(delivered, read_register(home, secret), secret.pseudonym_key)


def rotate_register(home: Home, gemeente_code: str) -> Entry:
    """The next version of the register's key, and the register translated to it.

    The new file is written before the old one goes. Killed between key and file, the next command of the register
    says that it is missing, and the old key and file are still there.

    Raises:
        ForeignPseudonym, StagingError: The register is not what was written; nothing was rotated.
    """
    old = register_secret(home, gemeente_code)
    register = read_register(home, old)
    made = rotated(home, gemeente_code, REGISTER_PERIOD, REGISTER_PURPOSE)
    new = secret_for(home, made.key_id)
    write_register(home, new, translated(register, old=old.pseudonym_key, new=new.pseudonym_key))
    (home.rights / _FILE.format(version=old.version)).unlink()
    return made


def _bound_to(secret: Secret) -> bytes:
    return f"register/{secret.key_id}".encode()
