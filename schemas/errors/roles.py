"""Who may give which command, and which process may open keys. Exit codes 95-97; no message names a user."""

from collections.abc import Sequence

from schemas.errors.base import BestandsanalyseError


class RoleRefused(BestandsanalyseError):
    """`rollen.toml` gives none of the roles that a command is for to who gave it."""

    exit_code = 95

    def __init__(self, command: str, roles: Sequence[str]) -> None:
        super().__init__(
            f"The command {command} is for the {' or the '.join(roles)}, and rollen.toml in the work folder does not "
            "give you that role. Nothing was done. Have somebody with the role give the command, or who manages the "
            "work folder change that file."
        )


class RolesUnusable(BestandsanalyseError):
    """Who has which role cannot be known, so nobody has any."""

    exit_code = 96

    def __init__(self, problem: str) -> None:
        super().__init__(
            f"The file rollen.toml in the work folder {problem}. Nothing was done. Correct it, chmod 600; see "
            "docs/key-holder.md for an example."
        )


class KeysBarred(BestandsanalyseError):
    """A process that promised to do without keys was about to open one."""

    exit_code = 97

    def __init__(self) -> None:
        super().__init__(
            "This command does without keys, so its process may not open any for as long as it lives. Nothing was "
            "read. Give a command that needs a key by itself."
        )
