"""Custodian and lock of a work folder's key store.

`sleutels.toml` names the custodian and where the second half lies. Address, token and PIN come from the
environment (`BAO_ADDR`, `BAO_TOKEN`; `BESTANDSANALYSE_PKCS11_MODULE`, `_LABEL`, `_PIN`) or from files of the
credentials folder that are named likewise in lower case (`bao-token`, `bestandsanalyse-pkcs11-pin`).
"""

import json
import os
import secrets
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from flows.custody.holders.hsm import PKCS11, Token
from flows.custody.holders.openbao import OPENBAO, openbao
from flows.custody.keyless import require_keys_allowed
from flows.custody.keystore import Store, StoreDescription, new_store, open_store, read_description
from flows.custody.passphrase import credential, hand_on_passphrase, passphrase
from flows.custody.wrapping import PASSPHRASE, Cost, Custodian, two_halves
from flows.registers.audit import Role, record_deed
from flows.workfolder.files import lock_file, sweep, write_private
from flows.workfolder.home import Home
from schemas.errors import CustodianFailure, KeyStoreError, KeyStoreMissing, PassphraseWeak

Kind = Literal["passphrase", "openbao", "pkcs11"]
_SECTION, _KIND, _HALF, _FOLDER = "sleutels", "bewaarder", "tweede_helft", "werkmap"


@dataclass(frozen=True)
class Custody:
    """Custodian and second half, as `sleutels.toml` names them."""

    kind: str
    second_half: Path


def begin_store(home: Home, kind: Kind, second_half: Path | None = None, cost: Cost | None = None) -> Store:
    """Make a new, empty key store.

    Args:
        home: The work folder.
        kind: Kind of the custodian that will hold the wrapping key.
        second_half: Folder for the second half, best on another medium; by default in the work folder.
        cost: Cost of deriving a key from the passphrase, and so of every guess.

    Raises:
        KeyStoreError: There is a key store already.
        PassphraseMissing, PassphraseWeak, CustodianFailure: Nothing can hold the wrapping key.
        AuditLogDamaged, AuditLogUnknown: The new store cannot be logged.
        KeysBarred: This process is barred from keys.
    """
    require_keys_allowed()
    with _lock(home):
        if home.keys.exists() or home.keys.is_symlink():
            raise KeyStoreError("exists already; it is never overwritten")
        folder = (second_half or home.root / "tweede-helft").absolute()
        name = secrets.token_hex(4)
        custodian = (
            two_halves(folder, name, passphrase(new=True), cost=cost)
            if kind == PASSPHRASE
            else _external_custodian(kind, name)
        )
        settings = {_KIND: kind, _HALF: str(folder), _FOLDER: str(home.root.resolve())}
        lines = (f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in settings.items())
        content = f"[{_SECTION}]\n" + "".join(lines)
        record_deed(home, "init", Role.HOLDER, custodian=kind)
        write_private(home.custody, content.encode())
        return new_store(home.keys, custodian, name)


@contextmanager
def store_of(home: Home) -> Iterator[Store]:
    """Open the key store of a work folder, and keep other processes from it meanwhile.

    Raises:
        KeyStoreMissing: There is no key store.
        KeyStoreError, PassphraseMissing, CustodianFailure: See `open_store` and `passphrase`.
    """
    if not home.keys.exists() and not home.keys.is_symlink():
        raise KeyStoreMissing
    if custody_of(home).kind == PASSPHRASE:
        passphrase()  # before the lock, so that no other process waits while somebody types
    with _lock(home):
        yield open_store(home.keys, lambda description: custodian_of(home, description))


@contextmanager
def share_store_with_children(home: Home) -> Iterator[None]:
    """Let processes that are started meanwhile open the store.

    Raises as `store_of` if this process cannot open it.
    """
    with store_of(home) as store:
        kind = store.custodian.kind
    with hand_on_passphrase() if kind == PASSPHRASE else nullcontext():
        yield


def require_open(home: Home) -> None:
    """Return if the store opens, so that a failure comes now and not later; raises as `store_of`."""
    with store_of(home):
        return


def change_passphrase(home: Home, old_phrase: bytes) -> Store:
    """Put the store that an old passphrase opens under a new one and a fresh second half.

    Raises:
        PassphraseWrong, KeyStoreError: See `open_store`; or the custodian is no passphrase.
        PassphraseMissing, PassphraseWeak: There is no new passphrase, or it is too weak.
    """
    description = describe_store(home)
    if description.custodian.get("kind") != PASSPHRASE:
        raise KeyStoreError("has no passphrase: another custodian holds its wrapping key")
    new_phrase = passphrase(new=True)
    with _lock(home):
        store = open_store(home.keys, lambda current: custodian_of(home, current, old_phrase))
        if new_phrase == old_phrase:
            raise PassphraseWeak("is the old one, which the old shares open")
        cost = Cost(**description.custodian["cost"])
        return store.rewrap(two_halves(custody_of(home).second_half, description.name, new_phrase, cost=cost))


def custodian_of(home: Home, description: StoreDescription, given_phrase: bytes | None = None) -> Custodian:
    """Return the custodian that a store describes, with the passphrase that is given or the folder's own.

    Raises:
        KeyStoreError: `sleutels.toml` is missing or names another custodian, or the store names none.
        PassphraseMissing, CustodianFailure: The passphrase, address, token or PIN that it needs is missing.
        KeysBarred: This process is barred from keys.
    """
    require_keys_allowed()
    custody = custody_of(home)
    if description.custodian.get("kind") != custody.kind:
        raise KeyStoreError("has another custodian than sleutels.toml names")
    if custody.kind != PASSPHRASE:
        return _external_custodian(custody.kind, description.name)
    phrase = passphrase() if given_phrase is None else given_phrase
    # The file may have been changed, so salt and cost may be anything.
    with suppress(KeyError, TypeError, ValueError, OverflowError, MemoryError):
        salt, cost = bytes.fromhex(description.custodian["salt"]), Cost(**description.custodian["cost"])
        return two_halves(custody.second_half, description.name, phrase, salt=salt, cost=cost)
    raise KeyStoreError("says a cost or a salt of its passphrase that cannot be; put back a copy of it")


def custody_of(home: Home) -> Custody:
    """Read `sleutels.toml`.

    Raises:
        KeyStoreError: It names no custodian, or belongs to another work folder: destroying a key in a copy would
            destroy the wrapping key of the original.
    """
    custody = None
    with suppress(OSError, ValueError, KeyError, TypeError):
        section = tomllib.loads(home.custody.read_text(encoding="utf-8"))[_SECTION]
        folder = Path(section.get(_FOLDER, home.root.resolve()))
        custody = Custody(str(section[_KIND]), Path(section[_HALF]))
    if custody is None:
        raise KeyStoreError("has no sleutels.toml beside it that names its custodian; put back a copy of that")
    if not _is_same_folder(folder, home.root):
        raise KeyStoreError(
            "belongs to the work folder that sleutels.toml names, which is not this one. If that was moved here, say "
            "so in sleutels.toml (werkmap); if this is a copy, use the original: they share their wrapping key"
        )
    return custody


def _is_same_folder(recorded: Path, root: Path) -> bool:
    """Return whether both are one folder, through any link or mount; a copy is another folder."""
    return recorded == root.resolve() or (recorded.exists() and recorded.samefile(root))


def custody_warnings(home: Home) -> tuple[str, ...]:
    """Return warnings about where the key store and its second half lie."""
    custody = custody_of(home)
    if custody.kind != PASSPHRASE or not custody.second_half.is_dir():
        return ()
    if custody.second_half.stat().st_dev != home.keys.stat().st_dev:
        return ()
    return (
        "The second half lies on the same file system as the key store: one backup of that holds both, and then "
        "nothing that is destroyed is gone. Move the file tweede-helft-* to another medium, and say where it is in "
        "sleutels.toml (tweede_helft).",
    )


def describe_store(home: Home) -> StoreDescription:
    """Return the unopened store's description of itself; raises `KeyStoreMissing`, `KeyStoreError`."""
    if not home.keys.exists() and not home.keys.is_symlink():
        raise KeyStoreMissing
    return read_description(home.keys)


def _external_custodian(kind: str, name: str) -> Custodian:
    """Return the custodian outside this machine's disk: OpenBao or a hardware token."""
    if kind == OPENBAO:
        return openbao(name, _read_setting("BAO_ADDR", "VAULT_ADDR"), _read_setting("BAO_TOKEN", "VAULT_TOKEN"))
    if kind == PKCS11:
        module, label, pin = (_read_setting(f"BESTANDSANALYSE_PKCS11_{part}") for part in ("MODULE", "LABEL", "PIN"))
        return Token(name, module, label, pin)
    raise KeyStoreError("has a custodian that this version does not know")


def _read_setting(*names: str) -> str:
    """Return the first of these variables that is set, or the credentials file that is named after the first."""
    for name in names:
        value = os.environ.get(name) or credential(name.lower().replace("_", "-")).decode("utf-8", "replace")
        if value:
            return value
    name = names[0].lower().replace("_", "-")
    raise CustodianFailure(f"needs {names[0]} in the environment, or the file {name} in the credentials folder")


@contextmanager
def _lock(home: Home) -> Iterator[None]:
    """Let one process at a time open the store.

    Opening undoes what a kill left unfinished, and must not take another process's unfinished work for that.
    """
    with lock_file(home.keys.parent / "lock"):
        sweep(home.keys.parent)
        yield
