"""What whoever gave a command can set right in it: its words, its folders, a yes, or a role."""

from collections.abc import Sequence

from schemas.errors.base import BestandsanalyseError, Exit


class UnknownProfile(BestandsanalyseError):
    exit_code = Exit.COMMAND

    def __init__(self, known: tuple[str, ...]) -> None:
        self.known = known
        super().__init__(f"There is no such profile. Nothing was read. Choose from: {', '.join(known)}.")


class PeildatumInFuture(BestandsanalyseError):
    exit_code = Exit.COMMAND

    def __init__(self) -> None:
        super().__init__("The peildatum lies in the future. Nothing was read. Choose today or earlier.")


class PeildatumTooEarly(BestandsanalyseError):
    exit_code = Exit.COMMAND

    def __init__(self) -> None:
        super().__init__(
            "The peildatum lies before 2015, before the laws it is about. Nothing was read. Choose a later one."
        )


class DeliveryFolderMissing(BestandsanalyseError):
    exit_code = Exit.COMMAND

    def __init__(self) -> None:
        super().__init__("The delivery folder does not exist or is not a folder. Nothing was read. Check --deliveries.")


class DeliveryFolderEmpty(BestandsanalyseError):
    exit_code = Exit.DELIVERY

    def __init__(self) -> None:
        super().__init__(
            "The delivery folder holds no file. Nothing was read. Put the deliveries in `inbox` in the work folder, or "
            "name their folder with --deliveries."
        )


class FolderUnusable(BestandsanalyseError):
    """The output or work folder cannot hold what it must."""

    exit_code = Exit.COMMAND

    def __init__(self, which: str, problem: str) -> None:
        super().__init__(f"The {which} folder {problem}. Nothing was published. Choose another one.")


class FolderInUse(BestandsanalyseError):
    """The output folder holds something, which tables might be taken for part of, or take the place of."""

    exit_code = Exit.COMMAND

    def __init__(self) -> None:
        super().__init__(
            "The output folder is not empty. Nothing was read or written. Give a new folder with --out, or --force to "
            "put the tables there, in the place of those of an earlier run."
        )


class DemoRefused(BestandsanalyseError):
    """The demo would write over what is not its own, or cannot make its residents."""

    exit_code = Exit.COMMAND

    def __init__(self, problem: str, remedy: str = "Give --folder another one, or a new one.") -> None:
        super().__init__(f"The demo cannot be made: it {problem}. Nothing was touched. {remedy}")


class UnknownDimension(BestandsanalyseError):
    exit_code = Exit.COMMAND

    def __init__(self, which: str) -> None:
        super().__init__(
            f"{which} is not a column of the microdata, or is named twice. Nothing was written. "
            "Check --by, --sensitive, --sum, --person, --household and --survey-weight against the header of the file."
        )


class NotTogether(BestandsanalyseError):
    """Options that exclude each other, or of which one means nothing without the other."""

    exit_code = Exit.COMMAND

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(f"{problem}. Nothing was written. {remedy}")


class UnknownRun(BestandsanalyseError):
    exit_code = Exit.COMMAND

    def __init__(self) -> None:
        super().__init__(
            "No such run is known here, or nothing of it waits for approval (it may be published already). "
            "Nothing was done. Check the run's name and --home."
        )


class NotArchived(BestandsanalyseError):
    """There is no archive of that run."""

    exit_code = Exit.COMMAND

    def __init__(self) -> None:
        super().__init__(
            "There are no archived deliveries of that run: it was not made from the inbox, or they were removed. "
            "Nothing was read. Name a folder with --deliveries."
        )


class NotConfirmed(BestandsanalyseError):
    """What cannot be undone was asked, and nobody said yes."""

    exit_code = Exit.COMMAND

    def __init__(self) -> None:
        super().__init__(
            "Nothing was done: what cannot be undone is asked first, and nobody said yes. Give the command again in a "
            "terminal and type yes, or, in a script, with --yes."
        )


class NoBsn(BestandsanalyseError):
    """What was typed is no BSN."""

    exit_code = Exit.COMMAND

    def __init__(self) -> None:
        super().__init__(
            "What was given is no BSN: nine digits that pass the 11-proef. Nothing was looked up or changed. "
            "Try again; it is asked for, or read from --bsn-fd, and never stands in the command."
        )


class NothingToLift(BestandsanalyseError):
    """Nobody is left out under that BSN."""

    exit_code = Exit.COMMAND

    def __init__(self) -> None:
        super().__init__("The register leaves nobody out under that BSN. Nothing was changed.")


class SeveralRights(BestandsanalyseError):
    """Somebody is left out for more than one reason, and none was named."""

    exit_code = Exit.COMMAND

    def __init__(self) -> None:
        super().__init__(
            "The register leaves this person out for more than one reason. Nothing was changed. Say which one has "
            "ended: --of rectificatie, wissing, beperking or bezwaar; 'rights access' tells which there are."
        )


class PackageRefused(BestandsanalyseError):
    exit_code = Exit.COMMAND

    def __init__(self, problem: str) -> None:
        super().__init__(f"The package {problem}. Nothing was written.")


class MunicipalityPinned(BestandsanalyseError):
    """A work folder is of one municipality: keys, ledger and officer are."""

    exit_code = Exit.COMMAND

    def __init__(self) -> None:
        super().__init__(
            "This work folder is of another municipality, has other postcodes, or was used before one was declared: "
            "its keys and ledger are of that one. Nothing was changed. Give this municipality a work folder of its own "
            "with --home; of the same one, only leveringen may be declared anew."
        )


class RoleRefused(BestandsanalyseError):
    """`rollen.toml` gives none of the roles that a command is for to who gave it."""

    exit_code = Exit.ROLE

    def __init__(self, command: str, roles: Sequence[str]) -> None:
        self.command = command
        self.roles = tuple(roles)
        super().__init__(
            f"The command {command} is for the {' or the '.join(roles)}, and rollen.toml in the work folder does not "
            "give you that role. Nothing was done. Have somebody with the role give the command, or who manages the "
            "work folder change that file."
        )


class KeysBarred(BestandsanalyseError):
    """A process that promised to do without keys was about to open one."""

    exit_code = Exit.ROLE

    def __init__(self) -> None:
        super().__init__(
            "This command does without keys, so its process may not open any for as long as it lives. Nothing was "
            "read. Give a command that needs a key by itself."
        )
