"""What cannot be undone is shown and asked first."""

import signal
import sys
from collections.abc import Sequence
from contextlib import suppress

from flows.screen import Screen, is_captured
from schemas.errors import NotConfirmed

_screen = Screen(soft_wrap=True, markup=False, highlight=False)


def confirm(will_happen: Sequence[str], *, yes: bool) -> None:
    """Show what will happen, and return if somebody says yes: here, or with `--yes` before.

    Raises:
        NotConfirmed: Somebody said something else, or there is no terminal to ask at, or its answer is JSON.
    """
    for line in will_happen:
        _screen.print(line)
    if not yes and not (sys.stdin.isatty() and not is_captured() and _typed() == "yes"):
        raise NotConfirmed


def _typed() -> str:
    """Return what is typed at the prompt; empty at the end of input.

    Ctrl-C ends the prompt at once (see `passphrase.ask_unseen`).
    """
    signal.siginterrupt(signal.SIGINT, True)
    with suppress(EOFError):
        return input("This cannot be undone. Type yes to go on: ").strip()
    return ""
