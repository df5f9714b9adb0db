"""Whom each command is for, and who has which role in a work folder: `rollen.toml`, private as the keys.

    [rollen]
    datasteward = ["..."]
    sleutelhouder = ["..."]
    privacyfunctionaris = ["...", "..."]

Names are users of the operating system, as they logged in. Without the file, whoever can use the work folder
has every role; with it, a role that it does not give is nobody's. Commands of the onderzoeker are for anyone,
need no work folder, and run in a process that cannot open a key.
"""

import os
import stat
import tomllib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from inspect import BoundArguments
from pathlib import Path
from typing import Any

from cyclopts import App

from flows.custody.keyless import without_keys
from flows.registers.audit import Role, record_deed, user
from flows.workfolder.home import Home, find_home
from schemas.errors import BestandsanalyseError, RoleRefused, RolesUnusable

EVERYBODY = tuple(Role)
"""Whom a command is for that anyone may give, of whatever role."""

COMMANDS: Mapping[str, tuple[Role, ...]] = {
    "run": (Role.STEWARD,),
    "request": (Role.STEWARD,),
    "quarantine": (Role.STEWARD,),
    "package": (Role.STEWARD,),
    "serve": (Role.STEWARD,),
    "trigger": (Role.STEWARD,),
    "bewaartermijnen": (Role.STEWARD,),
    "demo": (Role.STEWARD,),
    "municipality": (Role.STEWARD,),
    "keys init": (Role.HOLDER,),
    "keys list": (Role.HOLDER, Role.OFFICER),
    "keys rotate": (Role.HOLDER,),
    "keys destroy": (Role.OFFICER,),
    "keys split": (Role.HOLDER,),
    "keys restore": (Role.HOLDER,),
    "keys audit": (Role.HOLDER, Role.OFFICER),
    "rights": (Role.HOLDER,),  # each of its commands that is not named itself
    "approve": (Role.OFFICER,),
    "reject": (Role.OFFICER,),
    "officer-key": (Role.OFFICER,),
    "verify": (Role.RESEARCHER,),
    "dummy": (Role.RESEARCHER,),
    "contract": EVERYBODY,
    "inspect": EVERYBODY,
    "protect": EVERYBODY,
    "compare": EVERYBODY,
    "side-by-side": EVERYBODY,
    "dpia": EVERYBODY,
}
"""Of a command with two roles, either will do; the name of a group stands for what it holds."""

GIVEN = (Role.STEWARD, Role.HOLDER, Role.OFFICER)
"""What the file gives; the onderzoeker needs nothing of it."""

_SECTION = "rollen"
_LONGEST = 100_000


def admit(app: App, tokens: list[str] | None) -> None:
    """Return if these words may be carried out here; those of a researcher, without keys from here on.

    Raises:
        RoleRefused, RolesUnusable: See `require_role`.
        FolderUnusable: There is no work folder to look in.
    """
    command = " ".join(app.parse_commands(tokens)[0])
    # Before anything of the command itself is imported.
    if Role.RESEARCHER in roles_for(command):
        without_keys()
        return
    call, given, _ = app.parse_args(tokens)
    if not call.__module__.startswith("cyclopts"):  # which shows help or version
        require_role(_work_folder(command, given), command)


def require_role(home: Home, command: str) -> None:
    """Return if who gives a command has a role that it is for; a refusal is noted in the audit log.

    Raises:
        RoleRefused: Neither this user nor the command has such a role.
        RolesUnusable: The file cannot be relied on, so nobody has a role.
    """
    wanted, holders = roles_for(command), role_holders(home)
    if wanted and (holders is None or any(user() in holders.get(role, ()) for role in wanted)):
        return
    # A log that was changed or cannot be written does not turn a refusal into something else.
    with suppress(OSError, BestandsanalyseError):
        record_deed(home, "refused", wanted[0] if wanted else Role.HOLDER, command=command)
    raise RoleRefused(command, wanted)


def roles_for(command: str) -> tuple[Role, ...]:
    """The roles that a command is for; none if nobody declared it."""
    return COMMANDS.get(command) or COMMANDS.get(command.partition(" ")[0], ())


def role_holders(home: Home) -> Mapping[Role, Sequence[str]] | None:
    """Users per role; None if the work folder has no such file.

    Raises:
        RolesUnusable: It is a link, of somebody else, open to others, or says something else.
    """
    content = _private(home.roles)
    return None if content is None else parse_roles(content)


def parse_roles(content: bytes) -> Mapping[Role, Sequence[str]]:
    """Users per role, of a file; raises `RolesUnusable`, which quotes nothing of it."""
    told = _toml(content)
    section = told.get(_SECTION)
    if told.keys() != {_SECTION} or not isinstance(section, dict):
        raise RolesUnusable(f"has something else than one section [{_SECTION}]")
    if not section.keys() <= set(GIVEN):
        raise RolesUnusable(f"has another role than {', '.join(GIVEN)}")
    if not all(isinstance(names, list) and all(map(_is_name, names)) for names in section.values()):
        raise RolesUnusable("has a role that is no list of names of users, each between quotes")
    return {Role(role): tuple(names) for role, names in section.items()}


def _work_folder(command: str, given: BoundArguments) -> Home:
    """The one of `--home`, or that of the demo; a command without either is held to the user's own."""
    given.apply_defaults()
    if command == "demo":
        return Home((given.arguments["folder"] / "werkmap").absolute())
    return find_home(given.arguments.get("home"))


def _private(path: Path) -> bytes | None:
    """What is in a file of ours that nobody else can read or write; None if there is no file."""
    with suppress(FileNotFoundError):
        descriptor = _opened(path)
        try:
            found = os.fstat(descriptor)
            is_private = stat.S_ISREG(found.st_mode) and not found.st_mode & 0o077 and found.st_uid == os.geteuid()
            if not is_private or found.st_size > _LONGEST:
                raise RolesUnusable("is no file, too long, of somebody else, or open to others than its owner")
            return os.read(descriptor, _LONGEST)
        finally:
            os.close(descriptor)
    return None


def _opened(path: Path) -> int:
    try:
        return os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        raise
    except OSError:
        pass
    raise RolesUnusable("is a link or cannot be read")


def _toml(content: bytes) -> dict[str, Any]:
    with suppress(ValueError, RecursionError):  # its text quotes the file
        return tomllib.loads(content.decode("utf-8"))
    raise RolesUnusable("is no TOML")


def _is_name(name: object) -> bool:
    return isinstance(name, str) and bool(name.strip())
