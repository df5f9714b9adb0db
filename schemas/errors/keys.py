"""What the key holder can set right: the key store, its passphrase, and who holds the wrapping key.

No message holds a passphrase, secret, PIN, token or path of one: texts are ours, and key ids are names.
"""

from datetime import datetime

from schemas.errors.base import BestandsanalyseError, Exit


class KeyStoreError(BestandsanalyseError):
    exit_code = Exit.KEYS

    def __init__(self, problem: str) -> None:
        super().__init__(f"The key store {problem}. Nothing was read or published.")


class KeyStoreMissing(BestandsanalyseError):
    exit_code = Exit.KEYS

    def __init__(self) -> None:
        super().__init__(
            "This work folder has no key store. Nothing was done. The key holder makes one: bestandsanalyse keys init"
        )


class PassphraseMissing(BestandsanalyseError):
    exit_code = Exit.KEYS

    def __init__(self, problem: str = "is not given") -> None:
        super().__init__(
            f"The passphrase of the key store {problem}. Nothing was done. Three ways: type it at the prompt of a "
            "terminal; --passphrase-fd N, a file descriptor that it is read from; or CREDENTIALS_DIRECTORY, a private "
            "folder with the file bestandsanalyse-passphrase (systemd: LoadCredential)."
        )


class PassphraseWrong(KeyStoreError):
    exit_code = Exit.KEYS

    def __init__(self) -> None:
        super().__init__(
            "does not open with this passphrase and this second half; give the passphrase again, and see that the "
            "second half is the one that belongs to this store (its folder stands in sleutels.toml)"
        )


class PassphraseWeak(BestandsanalyseError):
    exit_code = Exit.KEYS

    def __init__(self, problem: str) -> None:
        super().__init__(f"The new passphrase {problem}. Nothing was written. Choose another one, and try again.")


class KeyDestroyed(KeyStoreError):
    exit_code = Exit.KEYS

    def __init__(self, key_id: str, at: datetime | None) -> None:
        self.key_id = key_id
        day = f" on {at:%Y-%m-%d}" if at else ""
        super().__init__(
            f"destroyed the key {key_id}{day}; what it opened cannot be opened any more. "
            "For new runs of that period, make another one: bestandsanalyse keys rotate"
        )


class SharesWrong(KeyStoreError):
    exit_code = Exit.KEYS

    def __init__(self) -> None:
        super().__init__(
            "was not opened: these are not two files of different holders, of one and the same split; give two that are"
        )


class CustodianFailure(BestandsanalyseError):
    """OpenBao, Vault or the hardware token that holds the wrapping key cannot be used."""

    exit_code = Exit.KEYS

    def __init__(self, problem: str) -> None:
        super().__init__(f"The holder of the wrapping key {problem}. Nothing was read or published.")


class ForeignPseudonym(BestandsanalyseError):
    exit_code = Exit.KEYS

    def __init__(self) -> None:
        super().__init__("A pseudonym was not made with this key, or was changed. Nothing was decoded.")
