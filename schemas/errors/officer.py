"""What the privacy officer decides: PIA, approval, signature and publication."""

from schemas.errors.base import BestandsanalyseError, Exit


class AwaitingApproval(BestandsanalyseError):
    """The run is complete and waits for the privacy officer's signature."""

    exit_code = Exit.WAITING

    def __init__(self, run_id: str, dossier: str, home: str) -> None:
        self.run_id = run_id
        self.dossier = dossier
        self.home = home
        super().__init__(
            f"Run {run_id} is complete and waits for approval. Nothing was published.\n"
            f"Read {dossier}, then: bestandsanalyse approve {run_id} --key FILE --home {home}"
        )


class PiaRefusal(BestandsanalyseError):
    exit_code = Exit.OFFICER

    def __init__(self, measures: tuple[str, ...]) -> None:
        self.measures = measures
        super().__init__(
            f"The PIA does not allow this release: {', '.join(measures)} not met. Nothing was published. "
            "The dossier tells the privacy officer why."
        )


class ApprovalRefused(BestandsanalyseError):
    exit_code = Exit.OFFICER

    def __init__(self, problem: str) -> None:
        self.problem = problem
        super().__init__(
            f"The officer's approval does not hold: {problem}. Nothing was signed, destroyed or published."
        )


class RunOutdated(BestandsanalyseError):
    """The run was made with other versions, so its files cannot be drawn again from its tables and compared."""

    exit_code = Exit.OFFICER

    def __init__(self) -> None:
        super().__init__(
            "The run was made with other versions than are here, so nobody can see that its files follow from its "
            "tables. Nothing was published. Make the run again with these versions: bestandsanalyse run"
        )


class SigningFailed(BestandsanalyseError):
    exit_code = Exit.OFFICER

    def __init__(self, problem: str) -> None:
        super().__init__(
            f"There is no signature: {problem}. Nothing was published. Give the same command again; a key that was "
            "destroyed stays so, and gets its certificate then."
        )


class OfficerPassphraseMissing(BestandsanalyseError):
    exit_code = Exit.OFFICER

    def __init__(self) -> None:
        super().__init__(
            "The passphrase of the officer's key is not given. Nothing was made or signed. Type it at the prompt of a "
            "terminal, or name a file descriptor that it is read from: --key-passphrase-fd N. Who wants a new key "
            "without one says so: officer-key --no-passphrase"
        )


class CertificateRefused(BestandsanalyseError):
    exit_code = Exit.OFFICER

    def __init__(self, problem: str) -> None:
        super().__init__(f"The certificate of destruction {problem}. No key was destroyed by this command.")


class ReleaseExists(BestandsanalyseError):
    exit_code = Exit.OFFICER

    def __init__(self, release: str) -> None:
        self.release = release
        super().__init__(
            f"Release {release} exists already with other content. It was left as it is; nothing was published."
        )


class ReleasesDiffer(BestandsanalyseError):
    """A release is in the ledger already, and says something else there."""

    exit_code = Exit.OFFICER

    def __init__(self, release: str) -> None:
        self.release = release
        super().__init__(
            f"Release {release} is in the ledger already with other content. The ledger was left as it is; nothing "
            "was published. Give the new release another name, or publish what the ledger holds."
        )


class PeildatumReleased(BestandsanalyseError):
    exit_code = Exit.OFFICER

    def __init__(self, release: str) -> None:
        self.release = release
        super().__init__(
            f"A release of this peildatum exists already ({release}), with other content. Two releases of one day can "
            "be subtracted, so nothing was published. The first one stays. Corrected figures come with the next "
            "peildatum."
        )


class PairUnsafe(BestandsanalyseError):
    """Both releases are public, and together they give residents away; a comparison would print it."""

    exit_code = Exit.OFFICER

    def __init__(self, problem: str) -> None:
        self.problem = problem
        super().__init__(
            f"The releases together give residents away: {problem}. Nothing was written, but whoever holds them all "
            "can compute it. Tell the privacy officer of the municipality: what was published can only be asked back "
            "from whoever received it. Releases of one work folder are made safe together; make the next one there, "
            "with profile kwartaal."
        )
