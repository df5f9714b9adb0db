"""The audit log of the keys, in a chain of hashes.

A line holds the time, the user of the operating system, the role that the command stands for, the action, the key's id,
and names and counts. It never holds a value of a person, a secret or a passphrase.
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
"""Action by which the steward confirms a doubtful clock: later lines are compared with this one."""

_BACK = timedelta(days=1)
_LEAVES_OUT = {f"{ASKED} {right.value}" for right in Right if right not in {Right.ACCESS, Right.LIFT}}
_FORMAT = 1
_LOGIN = Path("/proc/self/loginuid")
_NOBODY_LOGGED_IN = 2**32 - 1


class Role(StrEnum):
    """A role that commands are for.

    The user who gave a command is noted beside it.
    """

    STEWARD = "datasteward"
    OFFICER = "privacyfunctionaris"
    HOLDER = "sleutelhouder"
    RESEARCHER = "onderzoeker"


def record_deed(home: Home, action: str, role: Role, key_id: str = "", **about: str | int) -> Head:
    """Add a line before the deed that it describes, and return the new head of the log.

    Args:
        action: What is done with the key, such as `run`, `approve`, `rotate`, `destroy`.
        home: The work folder.
        role: The role that the command stands for.
        key_id: Id of the key that is used; empty if there is none.
        about: Names and counts, such as the run, a reason from a closed list, a number of rows.

    Raises:
        AuditLogDamaged, AuditLogUnknown: See `lines`. A key must not be used if its use cannot be logged.
        ClockDoubtful: The clock is a day or more before the last line, or more than a term after it.
    """
    now = datetime.now(UTC)
    chain = _chain(home.audit)
    with chain.lock():
        earlier_lines = chain.lines()
        last = datetime.fromisoformat(earlier_lines[-1]["time"]) if earlier_lines else now
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
        return chain.store([*earlier_lines, seal_line(entry, earlier_lines)])


def lines(home: Home) -> list[Line]:
    """Return every line, if the chain holds.

    Raises:
        AuditLogDamaged: A line was changed, lost, added or moved, or the log ends before its head.
        AuditLogUnknown: A line was written by a newer version.
    """
    return _chain(home.audit).lines()


def count_exclusions_since(home: Home, run_id: str) -> int:
    """Return how many residents asked to be left out after a run was started.

    Raises:
        AuditLogDamaged, AuditLogUnknown: As `lines`, or the log has no line of this run.
    """
    later = list(dropwhile(lambda line: line["about"].get("run") != run_id, lines(home)))
    if not later:
        raise AuditLogDamaged("does not know this run: it was cut off or made anew")
    return sum(line["action"] in _LEAVES_OUT for line in later)


def head_before(home: Home, occasion: str) -> Head:
    """Return the head that the log had before the first run for a release; raises as `lines`.

    A release that is made again has the same head, and so the same manifest.
    """
    return head_of(list(takewhile(lambda line: line["about"].get("occasion") != occasion, lines(home))))


def require_head(log_lines: list[Line], head: Head) -> None:
    """Return if a head that was kept elsewhere, such as in a manifest, belongs to this log.

    Raises:
        AuditLogDamaged: The log is shorter than the head says, or is another log.
    """
    if len(log_lines) < head.lines or head_of(log_lines[: head.lines]) != head:
        raise AuditLogDamaged("does not lead to the head in that manifest: it was cut off or made anew")


def _chain(folder: Path) -> Chain:
    return Chain(folder, AUDIT, HEAD, "lines", _FORMAT, AuditLogDamaged, AuditLogUnknown)


def user() -> str:
    """Return the name of the user, as the operating system knows it; the environment's variables can be set at will.

    If the system knows who logged in, that is returned, also for a command that is given by sudo as the user of a
    service.
    """
    import pwd  # POSIX only, as work folders are

    number = _login_id()
    number = os.getuid() if number is None else number
    with suppress(KeyError):
        return pwd.getpwuid(number).pw_name
    return str(number)


def _login_id() -> int | None:
    """Return the user id of the login; None for a service or container.

    The login sets it once (pam_loginuid), and every process below it keeps it.
    """
    with suppress(OSError, ValueError):
        number = int(_LOGIN.read_text())
        return None if number == _NOBODY_LOGGED_IN else number
    return None
