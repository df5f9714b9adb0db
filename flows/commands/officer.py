"""The commands of the privacy officer: her key, and what she decides about a run."""

from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Annotated

from cyclopts import Group, Parameter
from cyclopts.validators import LimitedChoice

from flows.commands.confirm import confirm
from flows.commands.ending import Data
from flows.commands.options import HomeOption, KeyPassphraseOption, PassphraseOption, SigningOptions, YesOption
from flows.custody.passphrase import officer_passphrase, use_descriptor
from flows.custody.signing import load_public, make_officer_key, pin_officer_key, signer_of
from flows.custody.sshsig import PublicKey
from flows.pipeline import steps
from flows.registers.audit import Role, record_deed
from flows.release import approval
from flows.release.approval import Reason, Waiting
from flows.screen import Screen
from flows.workfolder.files import write_private
from flows.workfolder.home import Run, find_home, lock_home, read_run
from schemas.errors import FolderUnusable

_WHOSE = Group("Which key", validator=LimitedChoice(1))
_screen = Screen(soft_wrap=True, markup=False, highlight=False)


def officer_key(
    *,
    out: Annotated[Path | None, Parameter(group=_WHOSE)] = None,
    public: Annotated[Path | None, Parameter(group=_WHOSE)] = None,
    no_passphrase: Annotated[bool, Parameter(negative="")] = False,
    home: HomeOption = None,
    key_passphrase_fd: KeyPassphraseOption = None,
) -> Data:
    """Make the officer's key pair and pin its public half in the work folder, or pin a public key of her own.

    Parameters
    ----------
    out:
        File for a new private key (0600), with a passphrase; keep it where only the officer can reach it.
    public:
        A public key (ssh-ed25519, or of FIDO: sk-ssh-ed25519@openssh.com) of which she has the private half.
    no_passphrase:
        The new key opens without a passphrase.
    """
    work = find_home(home)
    record_deed(work, "officer-key", Role.OFFICER)
    if out is not None:
        secret = b"" if no_passphrase else officer_passphrase(key_passphrase_fd, new=True)
        make_officer_key(out, work.officer_public_key, secret)
        _screen.print(f"Private key: {out}")
    elif public is not None:
        pin_officer_key(public, work.officer_public_key)
    fingerprint = load_public(work.officer_public_key).fingerprint
    _screen.print(f"Public key, to hand to researchers: {work.officer_public_key}")
    _screen.print(f"Fingerprint, to tell them by another way: {fingerprint}")
    return {"private_key": out, "public_key": work.officer_public_key, "fingerprint": fingerprint}


def approve(
    run_id: str,
    *,
    how: SigningOptions | None = None,
    yes: YesOption = False,
    home: HomeOption = None,
    key_passphrase_fd: KeyPassphraseOption = None,
    passphrase_fd: PassphraseOption = None,
) -> Data:
    """Show what awaits approval, sign it with the officer's key, and publish it.

    Parameters
    ----------
    run_id:
        As `run` printed it.
    """
    use_descriptor(passphrase_fd)
    work, how = find_home(home), how or SigningOptions()
    with lock_home(work):
        run = read_run(work, run_id)
        pinned = load_public(work.officer_public_key)
        published = approval.find_published_release(run, pinned)
        if published:
            steps.close(run)
            _screen.print(f"Run {run_id} is published already, as {published}. Nothing was done.")
            return {"run_id": run_id, "release": published, "folder": None}
        record_deed(work, "review", Role.OFFICER, run.key_id, run=run_id)
        shown = _shown(run, approval.require_waiting(run), pinned)
        if how.statement is not None:
            return _hand_over(how.statement, approval.write_statement(run, pinned), shown)
        confirm(shown, yes=yes)
        if how.key is not None:
            steps.approve(run, how.key, partial(officer_passphrase, key_passphrase_fd))
        elif how.signature is not None:
            record_deed(work, "approve", Role.OFFICER, run.key_id, run=run_id)
            approval.take_signature(run, _signature(how.signature), pinned)
        target = steps.publish(run)
        steps.close(run)
    _screen.print(f"Release: {target}")
    return {"run_id": run_id, "release": target.name, "folder": target}


def reject(
    run_id: str,
    *,
    reason: Reason,
    how: SigningOptions | None = None,
    yes: YesOption = False,
    home: HomeOption = None,
    key_passphrase_fd: KeyPassphraseOption = None,
) -> Data:
    """Reject what awaits approval, signed: the run ends, and the next dossier says so.

    Parameters
    ----------
    run_id:
        As `run` printed it.
    reason:
        Why, of a closed list.
    """
    work, how = find_home(home), how or SigningOptions()
    with lock_home(work):
        run, pinned = read_run(work, run_id), load_public(work.officer_public_key)
        if how.statement is not None:
            return _hand_over(how.statement, approval.write_rejection(run, reason, pinned))
        approval.require_rejectable(run)
        confirm((f"Run {run_id} ends, and what waits of it is removed. Its dossier and its deliveries stay.",), yes=yes)
        record_deed(work, "reject", Role.OFFICER, run.key_id, run=run_id, reason=reason)
        if how.key is not None:
            sign = signer_of(how.key, pinned, partial(officer_passphrase, key_passphrase_fd))
            approval.reject(run, reason, sign(approval.write_rejection(run, reason, pinned)), pinned)
        elif how.signature is not None:
            approval.reject(run, reason, _signature(how.signature), pinned)
    _screen.print(f"Run {run_id} is rejected; the next dossier says why. Make the run again when that is mended.")
    return {"run_id": run_id, "reason": reason}


def _signature(path: Path) -> bytes:
    """Read a signature that was made elsewhere; empty, and so never valid, if the file is missing."""
    return path.read_bytes() if path.is_file() else b""


def _hand_over(path: Path, statement: bytes, shown: Sequence[str] = ()) -> Data:
    """Write what is to be signed elsewhere; raises `FolderUnusable`."""
    with suppress(OSError):
        write_private(path, statement)
        for line in (*shown, f"Statement, to be signed within {approval.VALID.days} days: {path}"):
            _screen.print(line)
        return {"statement": path}
    raise FolderUnusable("output", "cannot be written")


def _shown(run: Run, waiting: Waiting, pinned: PublicKey) -> Sequence[str]:
    return (
        f"Run       {run.run_id}, peildatum {run.peildatum}, profile {run.profile}",
        f"Release   {waiting.facts['release']}: {waiting.files} files, {waiting.tables} tables",
        f"Output    {run.out}",
        f"Manifest  SHA-256 {waiting.facts['manifest_sha256']}",
        f"Dossier   SHA-256 {waiting.facts['dossier_sha256']}",
        f"Key       {pinned.fingerprint}",
        f"Warnings  {len(waiting.warnings)} in the dossier",
        *(f"  {warning}" for warning in waiting.warnings),
    )
