"""What keeps the privacy officer from signing. Exit codes 122 and 123."""

from schemas.errors.base import BestandsanalyseError


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
