"""The commands `keys …`: for the key holder, and `destroy` for the privacy officer."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Literal

from cyclopts import App

from flows.commands.confirm import confirm
from flows.commands.ending import Data
from flows.commands.options import HomeOption, KeyPassphraseOption, PassphraseOption, YesOption, role_group
from flows.custody import certificate
from flows.custody.holders.shares import join, read_share, split
from flows.custody.keys import rotate_key
from flows.custody.passphrase import officer_passphrase, passphrase, use_descriptor
from flows.custody.secret import REGISTER_PERIOD, REGISTER_PURPOSE
from flows.custody.signing import load_public, signer_of
from flows.custody.store_access import (
    Kind,
    begin_store,
    change_passphrase,
    custody_of,
    custody_warnings,
    describe_store,
    store_of,
)
from flows.custody.wrapping import PASSPHRASE
from flows.registers import audit
from flows.registers.audit import Role, record_deed
from flows.registers.chain import Head
from flows.release.proof import read_manifest
from flows.release.publication import sha256
from flows.rights.exclusions import rotate_register
from flows.screen import Screen
from flows.workfolder.files import make_private, write_private
from flows.workfolder.home import Home, find_home, lock_home, read_runs
from flows.workfolder.municipality import profile_for
from schemas.errors import AuditLogDamaged, CertificateRefused, FolderUnusable, KeyDestroyed, KeyStoreError, SharesWrong
from schemas.profiles import STANDAARD

Reason = Literal["bewaartermijn", "beeindigd", "vervangen", "gelekt", "verzoek"]

_YEAR = re.compile("(19|20)[0-9]{2}")

app = App(name="keys", help="Make, list, rotate, destroy, split and restore the keys of a work folder; and its log.")
_REPLACED = "vervangen"
_screen = Screen(soft_wrap=True, markup=False, highlight=False)


@app.command(group=role_group("keys init"))
def init(
    *,
    custodian: Kind = "passphrase",
    second_half: Path | None = None,
    home: HomeOption = None,
    passphrase_fd: PassphraseOption = None,
) -> Data:
    """Make the key store of a work folder.

    Parameters
    ----------
    custodian:
        Who holds the wrapping key: a passphrase with a second half, an OpenBao or Vault server, or a token.
    second_half:
        Folder for the second half, on another medium than the work folder.
    """
    use_descriptor(passphrase_fd)
    work = find_home(home)
    begin_store(work, custodian, second_half)
    _screen.print(f"Key store: {work.keys}, with its wrapping key held by: {custodian}")
    half = custody_of(work).second_half if custodian == PASSPHRASE else None
    if half is not None:
        _screen.print(f"Second half: {half}")
    return {"store": work.keys, "custodian": custodian, "second_half": half, "warnings": _warned(work)}


@app.command(name="list", group=role_group("keys list"))
def list_keys(*, home: HomeOption = None) -> Data:
    """List the keys: id, fingerprint, when made, and whether it is destroyed. It needs no passphrase."""
    work = find_home(home)
    description = describe_store(work)
    names = ("key", "fingerprint", "made", "destroyed", "certificate")
    rows = []
    for entry in description.entries:
        day, reason = (f"{entry.dropped.at:%Y-%m-%d}", entry.dropped.reason) if entry.dropped else ("", "")
        proof = "yes" if certificate.is_written(work.certificates, entry.key_id) else ""
        rows.append((entry.key_id, entry.fingerprint, f"{entry.created}", f"{day} {reason}".strip(), proof))
    _show([names, *rows])
    custodian = description.custodian.get("kind")
    _screen.print(f"Wrapping key: generation {description.generation}, held by {custodian}")
    keys = [dict(zip(names, row, strict=True)) for row in rows]
    return {"keys": keys, "generation": description.generation, "custodian": custodian, "warnings": _warned(work)}


@app.command(group=role_group("keys rotate"))
def rotate(period: str, *, home: HomeOption = None, passphrase_fd: PassphraseOption = None) -> Data:
    """Make the next version of a period's key. New runs use it; the old one stays until it is destroyed.

    Parameters
    ----------
    period:
        Year of the peildata that the key is for, such as 2019; or `register`: who is left out of coming runs.
    """
    use_descriptor(passphrase_fd)
    work = find_home(home)
    gemeente_code = profile_for(work, STANDAARD.id).gemeente_code
    if period == REGISTER_PERIOD:
        with lock_home(work):
            entry = rotate_register(work, gemeente_code)
    elif _YEAR.fullmatch(period):
        entry = rotate_key(work, gemeente_code, period)
    else:
        raise KeyStoreError("has no key of that period; give a year of four digits, or register")
    _screen.print(f"Key {entry.key_id} with fingerprint {entry.fingerprint} is used by runs from now on.")
    return {"key": entry.key_id, "fingerprint": entry.fingerprint}


@app.command(group=role_group("keys destroy"))
def destroy(
    key_id: str,
    *,
    reason: Reason,
    key: Path,
    yes: YesOption = False,
    home: HomeOption = None,
    key_passphrase_fd: KeyPassphraseOption = None,
    passphrase_fd: PassphraseOption = None,
) -> Data:
    """Show what becomes unreadable, destroy a key for good, and write the officer's signed certificate of it.

    Parameters
    ----------
    key_id:
        As `keys list` shows it.
    reason:
        Why, of a closed list.
    key:
        The officer's key, with which the certificate is signed: private, or public if her agent or FIDO key signs.
    """
    use_descriptor(passphrase_fd)
    work = find_home(home)
    officer = load_public(work.officer_public_key)
    sign = signer_of(key, officer, partial(officer_passphrase, key_passphrase_fd))
    with lock_home(work), store_of(work) as store:
        entry = store.entry(key_id)
        if entry.dropped and certificate.is_written(work.certificates, key_id):
            raise KeyDestroyed(key_id, entry.dropped.at)
        latest = store.latest(entry.domain)
        if reason == _REPLACED and latest == entry and entry.wrapped:
            raise CertificateRefused(
                "would say that a newer version replaced it, and there is none; give another reason"
            )
        if entry.wrapped is not None:
            confirm(_unreadable(work, key_id), yes=yes)
            record_deed(work, "destroy", Role.OFFICER, key_id, reason=reason, fingerprint=entry.fingerprint)
            entry = store.destroy(key_id, datetime.now(UTC).replace(microsecond=0), reason).entry(key_id)
        path = certificate.write_certificate(work.certificates, entry, sign, officer)
        record_deed(work, "certificate", Role.OFFICER, key_id, sha256=sha256(path.read_bytes()))
    _screen.print(f"Key {key_id} is destroyed. Certificate: {path}")
    return {"key": key_id, "certificate": path}


@app.command(name="split", group=role_group("keys split"))
def split_passphrase(*, out: Path, home: HomeOption = None, passphrase_fd: PassphraseOption = None) -> Data:
    """Split the passphrase in three shares, any two of which restore it.

    Parameters
    ----------
    out:
        Folder for the three files (0600): give each to another holder, and remove it here.
    """
    use_descriptor(passphrase_fd)
    work = find_home(home)
    with store_of(work) as store:
        if store.custodian.kind != PASSPHRASE:
            raise KeyStoreError("has no passphrase to split: another custodian holds its wrapping key")
    if out.exists():
        raise FolderUnusable("output", "exists already")
    record_deed(work, "split", Role.HOLDER, shares=3)
    make_private(out)
    for share in split(passphrase()):
        write_private(out / f"deel-{share.holder}.txt", f"{share.text()}\n".encode())
    _screen.print(f"Three shares: {out}. Give each to another holder, and remove it there. Any two restore it.")
    return {"folder": out, "shares": 3}


@app.command(group=role_group("keys restore"))
def restore(share: Path, other: Path, /, *, home: HomeOption = None, passphrase_fd: PassphraseOption = None) -> Data:
    """Open the store with two shares, and put it under a new passphrase, which comes from where they always do.

    Parameters
    ----------
    share:
        The file of one holder.
    other:
        The file of another. Shares that are older than the new passphrase open nothing any more.
    """
    use_descriptor(passphrase_fd)
    work = find_home(home)
    old = join(read_share(_read(share)), read_share(_read(other)))
    with lock_home(work):
        record_deed(work, "restore", Role.HOLDER, shares=2)
        renewed = change_passphrase(work, old)
    _screen.print(f"The store is under the new passphrase, with wrapping key {renewed.generation}. Split it anew.")
    return {"generation": renewed.generation}


@app.command(name="audit", group=role_group("keys audit"))
def audit_log(*, release: Path | None = None, home: HomeOption = None) -> Data:
    """Prove that the audit log of the keys is whole. It needs no passphrase.

    Parameters
    ----------
    release:
        A release of this work folder: the log must also lead to the head in its manifest.
    """
    work = find_home(home)
    lines = audit.lines(work)
    if release is not None:
        audit.require_head(lines, _head_in(release))
    names = ("time", "user", "role", "action", "key_id")
    head = lines[-1]["sha256"] if lines else None
    _show([names, *(tuple(str(line[name]) for name in names) for line in lines)])
    _screen.print(f"{len(lines)} lines, none changed, lost or moved; head {head or '-'}")
    return {"lines": lines, "head": head}


def _warned(work: Home) -> Sequence[str]:
    warnings = custody_warnings(work)
    for warning in warnings:
        _screen.print(warning)
    return warnings


def _unreadable(work: Home, key_id: str) -> Sequence[str]:
    """Return sentences on what nobody can read once a key is destroyed: counts, and ids of runs that await approval."""
    runs = [run for run in read_runs(work) if run.key_id == key_id]
    waiting = [run.run_id for run in runs if run.pending.is_dir()]
    archives = sum((work.archive / run.run_id).is_dir() for run in runs)
    indexes, quarantines = sum(run.index.is_file() for run in runs), sum(run.quarantine.is_dir() for run in runs)
    lost = f"{archives} archives, {quarantines} quarantines, {indexes} indexes of persons"
    sentences = [f"Key {key_id} is destroyed for good. Of its {len(runs)} runs nobody can read any more: {lost}."]
    if waiting:
        sentences.append(f"These wait for the officer, and cannot be approved any more: {', '.join(waiting)}")
    if key_id.startswith(f"{REGISTER_PURPOSE}/"):
        sentences.append("Who asked to be left out of coming runs cannot be known any more, unless a newer key has it.")
    return sentences


def _show(rows: Sequence[Sequence[str]]) -> None:
    """Columns side by side, however narrow the terminal: a key's id is copied from here."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        _screen.print("  ".join(map(str.ljust, row, widths)).rstrip())


def _head_in(release: Path) -> Head:
    head = read_manifest(release).get("audit_log")
    if not isinstance(head, dict):
        raise AuditLogDamaged("cannot be compared: that manifest holds no head of it")
    return Head(head["lines"], head["sha256"])


def _read(path: Path) -> str:
    if not path.is_file():
        raise SharesWrong
    return path.read_text(encoding="utf-8", errors="replace")
