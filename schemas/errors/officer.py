"""What keeps the privacy officer from deciding, and what only she can say. Exit codes 120-123."""

from schemas.errors.base import BestandsanalyseError


class RunOutdated(BestandsanalyseError):
    """What waits was made with other versions than are here, so it cannot be made again and compared."""

    exit_code = 120

    def __init__(self) -> None:
        super().__init__(
            "The run was made with other versions than are here, so nobody can see that its files follow from its "
            "tables. Nothing was published. Make the run again with these versions: bestandsanalyse run"
        )


class NotConfirmed(BestandsanalyseError):
    """What cannot be undone was asked, and nobody said yes."""

    exit_code = 121

    def __init__(self) -> None:
        super().__init__(
            "Nothing was done: what cannot be undone is asked first, and nobody said yes. Give the command again in a "
            "terminal and type yes, or, in a script, with --yes."
        )


class SigningFailed(BestandsanalyseError):
    exit_code = 122

    def __init__(self, problem: str) -> None:
        super().__init__(
            f"There is no signature: {problem}. Nothing was published. Give the same command again; a key that was "
            "destroyed stays so, and gets its certificate then."
        )


class OfficerPassphraseMissing(BestandsanalyseError):
    exit_code = 123

    def __init__(self) -> None:
        super().__init__(
            "The passphrase of the officer's key is not given. Nothing was made or signed. Type it at the prompt of a "
            "terminal, or name a file descriptor that it is read from: --key-passphrase-fd N. Who wants a new key "
            "without one says so: officer-key --no-passphrase"
        )
