"""The commands `rights …`: for the key holder. The BSN is typed or read from a descriptor; it is never an argument."""

import os
import re
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Annotated, Literal

from cyclopts import App, Parameter

from flows.commands.confirm import confirm
from flows.commands.ending import Data
from flows.commands.options import HomeOption, PassphraseOption, YesOption, role_group
from flows.custody.passphrase import ask_unseen, use_descriptor
from flows.rights.exercise import describe_erasure, exercise_right
from flows.screen import Screen
from flows.workfolder.home import find_home
from schemas.errors import NoBsn, RunUnreadable
from schemas.rights import Right

BsnOption = Annotated[
    int | None, Parameter(help="File descriptor with the BSN; otherwise it is asked for, without showing it.")
]
Reason = Literal["rectificatie", "wissing", "beperking", "bezwaar"]
_LONGEST = 64
_DIGITS = re.compile("[0-9]{9}")

app = App(
    name="rights",
    help="Do what a resident asks under the AVG, and write the letter; the BSN is asked for.",
    group_commands=role_group("rights"),
)
_screen = Screen(soft_wrap=True, markup=False, highlight=False)


@app.command
def access(*, home: HomeOption = None, bsn_fd: BsnOption = None, passphrase_fd: PassphraseOption = None) -> Data:
    """Art. 15: which deliveries, fields, purposes, tables and terms concern this person."""
    return _do(Right.ACCESS, home, bsn_fd, passphrase_fd)


@app.command
def rectify(*, home: HomeOption = None, bsn_fd: BsnOption = None, passphrase_fd: PassphraseOption = None) -> Data:
    """Art. 16: leave this person out until the source is corrected and `lift` is given."""
    return _do(Right.RECTIFY, home, bsn_fd, passphrase_fd)


@app.command
def erase(
    *,
    yes: YesOption = False,
    home: HomeOption = None,
    bsn_fd: BsnOption = None,
    passphrase_fd: PassphraseOption = None,
) -> Data:
    """Art. 17: remove every row about this person that is kept here, and leave this person out of coming runs."""
    work = find_home(home)
    return _do(Right.ERASE, home, bsn_fd, passphrase_fd, confirmed=lambda: confirm(describe_erasure(work), yes=yes))


@app.command
def restrict(*, home: HomeOption = None, bsn_fd: BsnOption = None, passphrase_fd: PassphraseOption = None) -> Data:
    """Art. 18: keep the rows, and use them in no coming run until `lift`."""
    return _do(Right.RESTRICT, home, bsn_fd, passphrase_fd)


@app.command(name="object")
def object_to(*, home: HomeOption = None, bsn_fd: BsnOption = None, passphrase_fd: PassphraseOption = None) -> Data:
    """Art. 21: leave this person out of every coming run."""
    return _do(Right.OBJECT, home, bsn_fd, passphrase_fd)


@app.command
def lift(
    *,
    of: Reason | None = None,
    home: HomeOption = None,
    bsn_fd: BsnOption = None,
    passphrase_fd: PassphraseOption = None,
) -> Data:
    """End a reason to leave this person out: the correction is made, or the restriction or objection has ended.

    Parameters
    ----------
    of:
        Which reason has ended; needed if there is more than one.
    """
    return _do(Right.LIFT, home, bsn_fd, passphrase_fd, Right(of) if of else None)


def _do(
    right: Right,
    home: HomeOption,
    bsn_fd: int | None,
    passphrase_fd: int | None,
    ended: Right | None = None,
    *,
    confirmed: Callable[[], None] = lambda: None,
) -> Data:
    use_descriptor(passphrase_fd)
    work = find_home(home)
    result = exercise_right(work, right, _bsn(bsn_fd), ended, confirm=confirmed)
    _screen.print(f"Rows of this person were found in {result.runs} runs.")
    if result.inbox_rows:
        _screen.print(f"Rows of this person that were removed from the inbox: {result.inbox_rows}")
    elif not result.runs:
        _screen.print("Nowhere: see that it is the right BSN. If it is not, end what was entered: rights lift")
    _screen.print(f"Letter, for the officer to confirm: {result.letter}")
    data: Data = {"runs": result.runs, "inbox_rows": result.inbox_rows, "letter": result.letter}
    if result.damaged:
        undone = RunUnreadable(result.damaged, "Everything else was done, and the letter says how many these are.")
        raise undone.about(**data)
    return data


def _bsn(descriptor: int | None) -> str:
    """Nine digits, whatever points and spaces stand between them. Eight with a zero in front may be somebody else's."""
    if descriptor is None and not sys.stdin.isatty():
        raise NoBsn
    typed = ask_unseen("BSN: ") if descriptor is None else _read(descriptor)
    digits = "".join(typed.replace(".", " ").split())
    if not _DIGITS.fullmatch(digits):
        raise NoBsn
    return digits


def _read(descriptor: int) -> str:
    """Everything until its end: half of a BSN may be somebody else's."""
    with suppress(OSError, ValueError), os.fdopen(descriptor, "rb") as file:
        return file.read(_LONGEST).decode("ascii")
    return ""
