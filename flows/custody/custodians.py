"""The key store of a work folder: which custodian has its wrapping key, and one user of it at a time.

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
from flows.custody.keystore import Described, Store, new_store, open_store, read_description
from flows.custody.passphrase import credential, handed_on, passphrase
from flows.custody.wrapping import PASSPHRASE, Cost, Custodian, two_halves
from flows.registers.audit import Role, record_deed
from flows.workfolder.files import exclusive, sweep, write_private
from flows.workfolder.home import Home
from schemas.errors import CustodianFailure, KeyStoreError, KeyStoreMissing, PassphraseWeak

Kind = Literal["passphrase", "openbao", "pkcs11"]
_SECTION, _KIND, _HALF, _FOLDER = "sleutels", "bewaarder", "tweede_helft", "werkmap"


@dataclass(frozen=True)
class Custody:
    """What `sleutels.toml` says: the kind of custodian, and the folder of the second half."""

    kind: str
    second_half: Path


def begin_store(home: Home, kind: Kind, second_half: Path | None = None, cost: Cost | None = None) -> Store:
    """A new, empty key store.

    Args:
        second_half: Folder for it, best on another medium; by default in the work folder.
        cost: Of a guess of the passphrase.

    Raises:
        KeyStoreError: There is one already.
        PassphraseMissing, PassphraseWeak, CustodianFailure: There is nothing to keep the wrapping key with.
        AuditLogDamaged, AuditLogUnknown: It cannot be noted.
        KeysBarred: This process does without keys.
    """
    require_keys_allowed()
    with _locked(home):
        if home.keys.exists() or home.keys.is_symlink():
            raise KeyStoreError("exists already; it is never overwritten")
        folder = (second_half or home.root / "tweede-helft").absolute()
        name = secrets.token_hex(4)
        custodian = (
            two_halves(folder, name, passphrase(new=True), cost=cost) if kind == PASSPHRASE else _elsewhere(kind, name)
        )
        told = {_KIND: kind, _HALF: str(folder), _FOLDER: str(home.root.resolve())}
        lines = (f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in told.items())
        content = f"[{_SECTION}]\n" + "".join(lines)
        record_deed(home, "init", Role.HOLDER, custodian=kind)
        write_private(home.custody, content.encode())
        return new_store(home.keys, custodian, name)


@contextmanager
def store_of(home: Home) -> Iterator[Store]:
    """The open store of a work folder; nobody else opens or changes it meanwhile.

    Raises:
        KeyStoreMissing: There is none.
        KeyStoreError, PassphraseMissing, CustodianFailure: See `open_store` and `passphrase`.
    """
    if not home.keys.exists() and not home.keys.is_symlink():
        raise KeyStoreMissing
    if custody_of(home).kind == PASSPHRASE:
        passphrase()  # asked before the lock: nobody waits for somebody who types
    with _locked(home):
        yield open_store(home.keys, lambda known: custodian_of(home, known))


@contextmanager
def for_children(home: Home) -> Iterator[None]:
    """Processes that are started meanwhile can open the store; raises as `store_of` if this one cannot."""
    with store_of(home) as store:
        kind = store.custodian.kind
    with handed_on() if kind == PASSPHRASE else nullcontext():
        yield


def require_open(home: Home) -> None:
    """Return if the store opens, so that what would fail later fails now; raises as `store_of`."""
    with store_of(home):
        return


def under_new_passphrase(home: Home, old: bytes) -> Store:
    """The store that an old passphrase opens, under a new one and a fresh second half.

    Raises:
        PassphraseWrong, KeyStoreError: See `open_store`; or another custodian holds the wrapping key.
        PassphraseMissing, PassphraseWeak: There is no new one.
    """
    known = describe_store(home)
    if known.custodian.get("kind") != PASSPHRASE:
        raise KeyStoreError("has no passphrase: another custodian holds its wrapping key")
    new = passphrase(new=True)
    with _locked(home):
        store = open_store(home.keys, lambda found: custodian_of(home, found, old))
        if new == old:
            raise PassphraseWeak("is the old one, which the old shares open")
        cost = Cost(**known.custodian["cost"])
        return store.under(two_halves(custody_of(home).second_half, known.name, new, cost=cost))


def custodian_of(home: Home, known: Described, phrase: bytes | None = None) -> Custodian:
    """The custodian that a store describes, of the folder's own passphrase or of the one that is given.

    Raises:
        KeyStoreError: `sleutels.toml` is missing or names another custodian, or the store says none.
        PassphraseMissing, CustodianFailure: What it needs is not there.
        KeysBarred: This process does without keys.
    """
    require_keys_allowed()
    custody = custody_of(home)
    if known.custodian.get("kind") != custody.kind:
        raise KeyStoreError("has another custodian than sleutels.toml names")
    if custody.kind != PASSPHRASE:
        return _elsewhere(custody.kind, known.name)
    given = passphrase() if phrase is None else phrase
    # Values of the file as it lies there: whatever is no salt or cost of ours does not open it.
    with suppress(KeyError, TypeError, ValueError, OverflowError, MemoryError):
        salt, cost = bytes.fromhex(known.custodian["salt"]), Cost(**known.custodian["cost"])
        return two_halves(custody.second_half, known.name, given, salt=salt, cost=cost)
    raise KeyStoreError("says a cost or a salt of its passphrase that cannot be; put back a copy of it")


def custody_of(home: Home) -> Custody:
    """What `sleutels.toml` says.

    Raises:
        KeyStoreError: It says nothing of the kind, or is of another work folder: who destroys a key in a copy
            destroys the wrapping key of the original.
    """
    custody = None
    with suppress(OSError, ValueError, KeyError, TypeError):
        told = tomllib.loads(home.custody.read_text(encoding="utf-8"))[_SECTION]
        folder, custody = Path(told.get(_FOLDER, home.root.resolve())), Custody(str(told[_KIND]), Path(told[_HALF]))
    if custody is None:
        raise KeyStoreError("has no sleutels.toml beside it that names its custodian; put back a copy of that")
    if not _is_same(folder, home.root):
        raise KeyStoreError(
            "belongs to the work folder that sleutels.toml names, which is not this one. If that was moved here, say "
            "so in sleutels.toml (werkmap); if this is a copy, use the original: they share their wrapping key"
        )
    return custody


def _is_same(named: Path, root: Path) -> bool:
    """Through whatever link or mount: a copy is another folder."""
    return named == root.resolve() or (named.exists() and named.samefile(root))


def warnings_of(home: Home) -> tuple[str, ...]:
    """What is not as it should be with where things lie."""
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


def describe_store(home: Home) -> Described:
    """What the store of a work folder says of itself, unopened; raises `KeyStoreMissing`, `KeyStoreError`."""
    if not home.keys.exists() and not home.keys.is_symlink():
        raise KeyStoreMissing
    return read_description(home.keys)


def _elsewhere(kind: str, name: str) -> Custodian:
    if kind == OPENBAO:
        return openbao(name, _given("BAO_ADDR", "VAULT_ADDR"), _given("BAO_TOKEN", "VAULT_TOKEN"))
    if kind == PKCS11:
        module, label, pin = (_given(f"BESTANDSANALYSE_PKCS11_{part}") for part in ("MODULE", "LABEL", "PIN"))
        return Token(name, module, label, pin)
    raise KeyStoreError("has a custodian that this version does not know")


def _given(*names: str) -> str:
    """The first of these variables that is set, or the file of the credentials folder that is named after it."""
    for name in names:
        found = os.environ.get(name) or credential(name.lower().replace("_", "-")).decode("utf-8", "replace")
        if found:
            return found
    name = names[0].lower().replace("_", "-")
    raise CustodianFailure(f"needs {names[0]} in the environment, or the file {name} in the credentials folder")


@contextmanager
def _locked(home: Home) -> Iterator[None]:
    """One at a time: opening finishes what was cut short, and must not take what is under way for that."""
    with exclusive(home.keys.parent / "lock"):
        sweep(home.keys.parent)
        yield
