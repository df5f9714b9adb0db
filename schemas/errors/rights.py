"""What goes wrong with the rights of people in the file, and with what is kept too long. Exit codes 110-116."""

from schemas.errors.base import BestandsanalyseError


class NoBsn(BestandsanalyseError):
    """What was typed is no BSN."""

    exit_code = 110

    def __init__(self) -> None:
        super().__init__(
            "What was given is no BSN: nine digits that pass the 11-proef. Nothing was looked up or changed. "
            "Try again; it is asked for, or read from --bsn-fd, and never stands in the command."
        )


class RetentionPassed(BestandsanalyseError):
    """What is asked for may not be kept any more."""

    exit_code = 111

    def __init__(self, months: int) -> None:
        super().__init__(
            f"These deliveries were received more than {months} months ago, which is how long the PIA register "
            "lets them be kept. Nothing was read. Ask for a new delivery; 'bewaartermijnen' removes what is due."
        )


class NotArchived(BestandsanalyseError):
    """There is no archive of that run."""

    exit_code = 112

    def __init__(self) -> None:
        super().__init__(
            "There are no archived deliveries of that run: it was not made from the inbox, or they were removed. "
            "Nothing was read. Name a folder with --deliveries."
        )


class NothingToLift(BestandsanalyseError):
    """Nobody is left out under that BSN."""

    exit_code = 113

    def __init__(self) -> None:
        super().__init__("The register leaves nobody out under that BSN. Nothing was changed.")


class RegisterUnusable(BestandsanalyseError):
    """Who is left out cannot be known."""

    exit_code = 114

    def __init__(self, problem: str) -> None:
        super().__init__(
            f"The register of who is left out {problem}, so nobody knows who asked to be. Nothing was read or "
            "published. Put back what belongs together from a backup: the key store and the folder 'rechten'."
        )


class SeveralRights(BestandsanalyseError):
    """Somebody is left out for more than one reason, and none was named."""

    exit_code = 115

    def __init__(self) -> None:
        super().__init__(
            "The register leaves this person out for more than one reason. Nothing was changed. Say which one has "
            "ended: --of rectificatie, wissing, beperking or bezwaar; 'rights access' tells which there are."
        )


class InboxNotErased(BestandsanalyseError):
    """Files of the inbox cannot be read as agreed, so nobody can be erased from them."""

    exit_code = 116

    def __init__(self, file_names: tuple[str, ...]) -> None:
        super().__init__(
            "This person is left out of every coming run, and is erased from all that is kept, but not from these "
            f"files of the inbox, which are not as agreed: {', '.join(file_names)}. There is no letter yet. Mend or "
            "remove those files, and give the command again."
        )
