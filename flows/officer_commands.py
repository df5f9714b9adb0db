"""The commands of the privacy officer: her key, and her approval of a run."""

from functools import partial
from pathlib import Path
from typing import Annotated

from cyclopts import Group, Parameter
from cyclopts.validators import LimitedChoice

from flows import steps
from flows.audit import Role, noted
from flows.home import find_home, locked, recorded_run
from flows.options import HomeOption, KeyPassphraseOption
from flows.passphrase import officer_passphrase
from flows.screen import Screen
from flows.signing import load_public, make_officer_key, pin_officer_key

_WHOSE = Group("Which key", validator=LimitedChoice(1))
_screen = Screen(soft_wrap=True, markup=False, highlight=False)


def officer_key(
    *,
    out: Annotated[Path | None, Parameter(group=_WHOSE)] = None,
    public: Annotated[Path | None, Parameter(group=_WHOSE)] = None,
    no_passphrase: Annotated[bool, Parameter(negative="")] = False,
    home: HomeOption = None,
    key_passphrase_fd: KeyPassphraseOption = None,
) -> None:
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
    noted(work, "officer-key", Role.OFFICER)
    if out is not None:
        secret = b"" if no_passphrase else officer_passphrase(key_passphrase_fd, new=True)
        make_officer_key(out, work.officer_public_key, secret)
        _screen.print(f"Private key: {out}")
    elif public is not None:
        pin_officer_key(public, work.officer_public_key)
    _screen.print(f"Public key, to hand to researchers: {work.officer_public_key}")
    _screen.print(f"Fingerprint, to tell them by another way: {load_public(work.officer_public_key).fingerprint}")


def approve(run_id: str, *, key: Path, home: HomeOption = None, key_passphrase_fd: KeyPassphraseOption = None) -> None:
    """Sign a run that awaits approval with the officer's key, and publish it.

    Parameters
    ----------
    run_id:
        As `run` printed it.
    key:
        The officer's private key (OpenSSH), or her public key if her ssh-agent or FIDO key is to sign.
    """
    work = find_home(home)
    with locked(work):
        pending = recorded_run(work, run_id)
        steps.approve(pending, key, partial(officer_passphrase, key_passphrase_fd))
        target = steps.publish(pending)
        steps.close(pending)
    _screen.print(f"Release: {target}")
