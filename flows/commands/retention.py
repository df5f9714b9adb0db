"""`bestandsanalyse bewaartermijnen`: remove what is past its term."""

from datetime import UTC, datetime
from typing import Annotated

from cyclopts import Parameter

from flows.commands.options import HomeOption, PassphraseOption
from flows.custody.passphrase import use_descriptor
from flows.registers.audit import CLOCK_IS_RIGHT, Role, record_deed
from flows.rights.retention import Removed, apply_retention
from flows.screen import Screen
from flows.workfolder.home import find_home


def remove(
    *,
    home: HomeOption = None,
    passphrase_fd: PassphraseOption = None,
    clock_is_right: Annotated[bool, Parameter(negative=())] = False,
) -> Removed:
    """Remove deliveries, quarantines and indexes past their term, and destroy the keys that opened nothing else.

    Parameters
    ----------
    clock_is_right:
        The clock of this machine is right, though it does not follow the audit log; this is logged.
    """
    use_descriptor(passphrase_fd)
    work = find_home(home)
    if clock_is_right:
        record_deed(work, CLOCK_IS_RIGHT, Role.STEWARD)
    gone = apply_retention(work, datetime.now(UTC).date())
    Screen(soft_wrap=True, markup=False, highlight=False).print(gone.summary)
    if gone.keys:
        Screen(soft_wrap=True).print(
            "The officer signs their certificates: bestandsanalyse keys destroy KEY --key FILE"
        )
    gone.require_judged()
    return gone
