"""Options that more than one command has, and the groups of commands by role."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated

from cyclopts import Group, Parameter
from cyclopts.validators import LimitedChoice

from flows.custody.roles import COMMANDS, EVERYBODY, roles_for
from flows.registers.audit import Role
from schemas.profiles import PROFILE_HELP, STANDAARD

_ROLES = {
    Role.STEWARD: "Data steward",
    Role.OFFICER: "Privacy officer",
    Role.HOLDER: "Key holder",
    Role.RESEARCHER: "Researcher",
}
ROLES = ("Data steward", "Privacy officer", "Key holder", "Key holder or privacy officer", "Researcher", "Everybody")
"""Names of the groups of commands, in their order."""

PROGRAM = Group("Program", sort_key=len(ROLES))
"""The group of what is no command of anyone: help, version, completion."""


def role_group(command: str) -> Group:
    """Return the group in the help to which a command belongs, by the roles that may give it.

    A word that only begins other commands, such as `keys`, belongs where the first of those does.
    """
    roles = roles_for(command) or next(allowed for name, allowed in COMMANDS.items() if name.startswith(f"{command} "))
    name = "Everybody" if roles == EVERYBODY else " or ".join(_ROLES[role] for role in roles).capitalize()
    return _group(name)


@cache
def _group(name: str) -> Group:
    return Group(name, sort_key=ROLES.index(name))


HomeOption = Annotated[
    Path | None, Parameter(help="Work folder with keys and runs; default BESTANDSANALYSE_HOME, or below your home.")
]

PassphraseOption = Annotated[
    int | None,
    Parameter(help="File descriptor with the passphrase of the key store; otherwise credentials folder or prompt."),
]

KeyPassphraseOption = Annotated[
    int | None,
    Parameter(help="File descriptor with the passphrase of the officer's key; otherwise it is asked for."),
]

YesOption = Annotated[bool, Parameter(negative="", help="Do what cannot be undone without asking, as in a script.")]

_PROFILES = (f"{name}: {help_text}." for name, help_text in PROFILE_HELP.items())
ProfileOption = Annotated[str, Parameter(help="\n".join(("What the release is held to, one of these:", *_PROFILES)))]


@Parameter(name="*")
@dataclass(frozen=True)
class RunOptions:
    """What a run is of, and where its release goes."""

    peildatum: Annotated[date, Parameter(help="Reference date, such as 2019-07-01.")]
    out: Annotated[Path, Parameter(help="Folder in which the release will appear.")]
    deliveries: Annotated[
        Path | None,
        Parameter(
            help="Folder with the delivered files; by default `inbox` in the work folder, from which they move to the "
            "archive."
        ),
    ] = None
    archived: Annotated[
        str, Parameter(help="Id of an earlier run from the inbox, of which the archived deliveries are read again.")
    ] = ""
    profile: ProfileOption = STANDAARD.id
    reason: Annotated[
        str,
        Parameter(
            help="Why deliveries are right that are not plausible, in a sentence without a name; for the dossier."
        ),
    ] = ""

    def parameters(self) -> dict[str, object]:
        """Return the options as parameters of the flow, with absolute paths, as the flow runs in another folder."""
        return {
            "peildatum": self.peildatum,
            "out": self.out.absolute(),
            "deliveries": self.deliveries.absolute() if self.deliveries else None,
            "archived": self.archived,
            "profile": self.profile,
            "reason": self.reason,
        }


_HOW = Group("How it is signed", validator=LimitedChoice(1))


@Parameter(name="*")
@dataclass(frozen=True)
class SigningOptions:
    """How the officer signs: here, or elsewhere in two steps."""

    key: Annotated[
        Path | None,
        Parameter(
            group=_HOW,
            help="The officer's private key (OpenSSH), or her public key if her ssh-agent or FIDO key is to sign.",
        ),
    ] = None
    statement: Annotated[
        Path | None,
        Parameter(
            group=_HOW,
            help="File for the statement, to be signed elsewhere, and nothing is decided yet: "
            "ssh-keygen -Y sign -n bestandsanalyse -f KEY FILE",
        ),
    ] = None
    signature: Annotated[
        Path | None,
        Parameter(group=_HOW, help="The signature that was made elsewhere over that statement (FILE.sig)."),
    ] = None
