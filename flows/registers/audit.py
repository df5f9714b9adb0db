"""The audit log of the keys: who used which key for what, in a chain of hashes that only grows.

A line holds the time, the user of the operating system, the role that the command stands for, what was
done, the key's id, and names and counts. Never a value of a person, a secret or a passphrase.
"""

import os
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import dropwhile, takewhile
from pathlib import Path

from flows.registers.chain import Chain, Head, Line, head_of, seal_line
from flows.workfolder.home import TERM, Home
from schemas.errors import AuditLogDamaged, AuditLogUnknown, ClockDoubtful
from schemas.rights import Right

AUDIT, HEAD = "sleutels.jsonl", "head.json"
RUN = "run"
ASKED = "verzoek om"
CLOCK_IS_RIGHT = "clock is right"
"""What the steward says of a clock that is not believed: from its line on, it is."""

_BACK = timedelta(days=1)
_LEAVES_OUT = {f"{ASKED} {right.value}" for right in Right if right not in {Right.ACCESS, Right.LIFT}}
_FORMAT = 1
_LOGIN = Path("/proc/self/loginuid")
_NOBODY_LOGGED_IN = 2**32 - 1


class Role(StrEnum):
    """Whom a command is for; who gave it is the user beside it."""

    STEWARD = "datasteward"
    OFFICER = "privacyfunctionaris"
    HOLDER = "sleutelhouder"
    RESEARCHER = "onderzoeker"


def record_deed(home: Home, action: str, role: Role, key_id: str = "", **about: str | int) -> Head:
    """Add a line, before the deed that it tells of; how far the log goes now.

    Args:
        action: What is done with the key, such as `run`, `approve`, `rotate`, `destroy`.
        about: Names and counts: the run, a reason of a closed list, how many rows.

    Raises:
        AuditLogDamaged, AuditLogUnknown: See `lines`. Nothing is done with a key that cannot be told of.
        ClockDoubtful: The clock is a day or more before the last line, or more than a term after it.
    """
    now = datetime.now(UTC)
    chain = _chain(home.audit)
    with chain.locked():
        known = chain.lines()
        last = datetime.fromisoformat(known[-1]["time"]) if known else now
        if action != CLOCK_IS_RIGHT and not -_BACK < now - last <= TERM:
            raise ClockDoubtful(now, last)
        entry: Line = {
            "format": _FORMAT,
            "time": now.isoformat(timespec="seconds"),
            "user": user(),
            "role": role,
            "action": action,
            "key_id": key_id,
            "about": about,
        }
        return chain.store([*known, seal_line(entry, known)])


def lines(home: Home) -> list[Line]:
    """Everything that was noted, if the chain holds.

    Raises:
        AuditLogDamaged: A line was changed, lost, added or moved, or the log ends before its head.
        AuditLogUnknown: A line was written by a version that says more.
    """
    return _chain(home.audit).lines()


def count_exclusions_since(home: Home, run_id: str) -> int:
    """How many residents asked to be left out after a run was started.

    Raises:
        AuditLogDamaged, AuditLogUnknown: As `lines`, or the log does not know the run.
    """
    later = list(dropwhile(lambda line: line["about"].get("run") != run_id, lines(home)))
    if not later:
        raise AuditLogDamaged("does not know this run: it was cut off or made anew")
    return sum(line["action"] in _LEAVES_OUT for line in later)


def head_before(home: Home, occasion: str) -> Head:
    """How far the log went before the first run for a release; raises as `lines`.

    A release that is made again has the same head, and so the same manifest.
    """
    return head_of(list(takewhile(lambda line: line["about"].get("occasion") != occasion, lines(home))))


def require_head(known: list[Line], head: Head) -> None:
    """Return if a head that was kept elsewhere, such as in a manifest, is one of this log.

    Raises:
        AuditLogDamaged: The log is shorter than that, or another one.
    """
    if len(known) < head.lines or head_of(known[: head.lines]) != head:
        raise AuditLogDamaged("does not lead to the head in that manifest: it was cut off or made anew")


def _chain(folder: Path) -> Chain:
    return Chain(folder, AUDIT, HEAD, "lines", _FORMAT, AuditLogDamaged, AuditLogUnknown)


def user() -> str:
    """As the operating system knows him; the variables of the environment say whatever one likes.

    Where it knows who logged in, that is who: also if he gives the command as the user of a service, with sudo.
    """
    import pwd  # POSIX only, as work folders are

    number = _logged_in()
    number = os.getuid() if number is None else number
    with suppress(KeyError):
        return pwd.getpwuid(number).pw_name
    return str(number)


def _logged_in() -> int | None:
    """Set once by the login (pam_loginuid), and kept by every process below it; None for a service or container."""
    with suppress(OSError, ValueError):
        number = int(_LOGIN.read_text())
        return None if number == _NOBODY_LOGGED_IN else number
    return None
