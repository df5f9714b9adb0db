"""Roles: which command each may give, and who has them.

`rollen.toml` in the work folder gives them, and is as private as the keys:

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
from collections.abc import Mapping, Sequence
from contextlib import suppress
from inspect import BoundArguments
from pathlib import Path

from cyclopts import App

from flows.custody.keyless import bar_keys
from flows.registers.audit import Role, record_deed, user
from flows.workfolder.declarations import LONGEST, parse_declaration
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
    "public": (Role.STEWARD,),
    "mapping": (Role.STEWARD,),
    "keys init": (Role.HOLDER,),
    "keys list": (Role.HOLDER, Role.OFFICER),
    "keys rotate": (Role.HOLDER,),
    "keys destroy": (Role.OFFICER,),
    "keys split": (Role.HOLDER,),
    "keys restore": (Role.HOLDER,),
    "keys audit": (Role.HOLDER, Role.OFFICER),
    "rights": (Role.HOLDER,),  # all of its commands
    "approve": (Role.OFFICER,),
    "reject": (Role.OFFICER,),
    "officer-key": (Role.OFFICER,),
    "verify": (Role.RESEARCHER,),
    "dummy": (Role.RESEARCHER,),
    "contract": EVERYBODY,
    "check": EVERYBODY,
    "map": EVERYBODY,
    "inspect": EVERYBODY,
    "protect": EVERYBODY,
    "compare": EVERYBODY,
    "side-by-side": EVERYBODY,
    "dpia": EVERYBODY,
}
"""Roles by command. For a command with two roles either will do; a group of commands may be named as one."""

GIVEN = (Role.STEWARD, Role.HOLDER, Role.OFFICER)
"""Roles that `rollen.toml` gives; anyone is an onderzoeker."""

_SECTION = "rollen"


def admit(app: App, tokens: list[str] | None) -> None:
    """Return if this command may be carried out here; bar keys from the process if it is a researcher's.

    Raises:
        RoleRefused, RolesUnusable: See `require_role`.
        FolderUnusable: There is no work folder to look in.
    """
    command = " ".join(app.parse_commands(tokens)[0])
    # Before anything of the command itself is imported.
    if Role.RESEARCHER in roles_for(command):
        bar_keys()
        return
    call, arguments, _ = app.parse_args(tokens)
    if not call.__module__.startswith("cyclopts"):  # help and version are for anyone
        require_role(_work_folder(command, arguments), command)


def require_role(home: Home, command: str) -> None:
    """Return if the user has a role that may give a command; note a refusal in the audit log.

    Raises:
        RoleRefused: Neither this user nor the command has such a role.
        RolesUnusable: `rollen.toml` cannot be relied on, so nobody has a role.
    """
    roles, holders = roles_for(command), role_holders(home)
    if roles and (holders is None or any(user() in holders.get(role, ()) for role in roles)):
        return
    # A log that was changed or cannot be written does not turn a refusal into something else.
    with suppress(OSError, BestandsanalyseError):
        record_deed(home, "refused", roles[0] if roles else Role.HOLDER, command=command)
    raise RoleRefused(command, roles)


def roles_for(command: str) -> tuple[Role, ...]:
    """Return the roles that may give a command; none if it is not declared."""
    return COMMANDS.get(command) or COMMANDS.get(command.partition(" ")[0], ())


def role_holders(home: Home) -> Mapping[Role, Sequence[str]] | None:
    """Return users by role; None if the work folder has no `rollen.toml`.

    Raises:
        RolesUnusable: The file is a link, belongs to somebody else, is open to others, or holds something else.
    """
    content = _read_private(home.roles)
    return None if content is None else parse_roles(content)


def parse_roles(content: bytes) -> Mapping[Role, Sequence[str]]:
    """Parse users by role; raises `RolesUnusable`, which quotes nothing of the file."""
    document = parse_declaration(content, RolesUnusable)
    section = document.get(_SECTION)
    if document.keys() != {_SECTION} or not isinstance(section, dict):
        raise RolesUnusable(f"has something else than one section [{_SECTION}]")
    if not section.keys() <= set(GIVEN):
        raise RolesUnusable(f"has another role than {', '.join(GIVEN)}")
    if not all(isinstance(names, list) and all(map(_is_name, names)) for names in section.values()):
        raise RolesUnusable("has a role that is no list of names of users, each between quotes")
    return {Role(role): tuple(names) for role, names in section.items()}


def _work_folder(command: str, arguments: BoundArguments) -> Home:
    """Return the folder of `--home` or of the demo; for a command without either, the user's own."""
    arguments.apply_defaults()
    if command == "demo":
        return Home((arguments.arguments["folder"] / "werkmap").absolute())
    return find_home(arguments.arguments.get("home"))


def _read_private(path: Path) -> bytes | None:
    """Read a file of ours that nobody else can read or write; None if there is none."""
    with suppress(FileNotFoundError):
        descriptor = _open(path)
        try:
            facts = os.fstat(descriptor)
            is_private = stat.S_ISREG(facts.st_mode) and not facts.st_mode & 0o077 and facts.st_uid == os.geteuid()
            if not is_private or facts.st_size > LONGEST:
                raise RolesUnusable("is no file, too long, of somebody else, or open to others than its owner")
            return os.read(descriptor, LONGEST)
        finally:
            os.close(descriptor)
    return None


def _open(path: Path) -> int:
    try:
        return os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        raise
    except OSError:
        pass
    raise RolesUnusable("is a link or cannot be read")


def _is_name(name: object) -> bool:
    return isinstance(name, str) and bool(name.strip())
