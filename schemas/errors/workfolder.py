"""What is wrong with the work folder or its machine: registers, staging, clock and lock. An administrator acts."""

from collections.abc import Sequence
from datetime import datetime

from schemas.errors.base import BestandsanalyseError, Exit


class RunInProgress(BestandsanalyseError):
    exit_code = Exit.WORKFOLDER

    def __init__(self) -> None:
        super().__init__("Another run holds the lock of this work folder. Nothing was started. Wait for it to end.")


class RunUnreadable(BestandsanalyseError):
    """What tells of a run, or its index, is damaged; every other run was done."""

    exit_code = Exit.WORKFOLDER

    def __init__(self, run_ids: Sequence[str], outcome: str) -> None:
        self.run_ids = tuple(run_ids)
        super().__init__(
            f"Damaged, and so neither searched nor judged: {', '.join(run_ids)}. {outcome} Put what belongs to it (in "
            "'runs' and 'archief') back from a backup, or leave it to go at the end of its term; then give the command "
            "again."
        )


class StagingError(BestandsanalyseError):
    exit_code = Exit.WORKFOLDER

    def __init__(self, problem: str) -> None:
        super().__init__(f"The encrypted staging {problem}. Nothing was published. Run again from the deliveries.")


class ClockDoubtful(BestandsanalyseError):
    """The clock is before the last line of the audit log, or long after it."""

    exit_code = Exit.WORKFOLDER

    def __init__(self, now: datetime, last: datetime) -> None:
        super().__init__(
            f"The clock of this machine says {now:%Y-%m-%d}, and the last line of the audit log is of "
            f"{last:%Y-%m-%d}. Nothing was done, removed or destroyed. Set the clock; if it is right, say so, which "
            "is logged and removes what is past its term: bestandsanalyse bewaartermijnen --clock-is-right"
        )


class LedgerDamaged(BestandsanalyseError):
    """A line was changed, lost, added or moved, so that earlier releases are not known for certain."""

    exit_code = Exit.WORKFOLDER

    def __init__(self, problem: str) -> None:
        self.problem = problem
        super().__init__(
            f"The ledger of releases {problem}. Nothing was published or added to it, because nobody can tell any "
            "more what earlier releases gave away. Put back the last copy of the whole ledger folder."
        )


class LedgerUnknown(BestandsanalyseError):
    """Written by a version that says more than this one understands."""

    exit_code = Exit.WORKFOLDER

    def __init__(self, line: int) -> None:
        self.line = line
        super().__init__(
            f"Line {line} of the ledger of releases was written by another version of this program. Nothing was "
            "published or added to it. Use that version, or a later one."
        )


class AuditLogDamaged(BestandsanalyseError):
    exit_code = Exit.WORKFOLDER

    def __init__(self, problem: str) -> None:
        super().__init__(
            f"The audit log of the keys {problem}. Somebody or something changed it, so nothing was done. Compare it "
            "with a copy, and with the head in the manifest of the last release."
        )


class AuditLogUnknown(BestandsanalyseError):
    exit_code = Exit.WORKFOLDER

    def __init__(self, line: int) -> None:
        self.line = line
        super().__init__(f"Line {line} of the audit log was written by a newer version. Nothing was done.")


class RegisterUnusable(BestandsanalyseError):
    """Who is left out cannot be known."""

    exit_code = Exit.WORKFOLDER

    def __init__(self, problem: str) -> None:
        super().__init__(
            f"The register of who is left out {problem}, so nobody knows who asked to be. Nothing was read or "
            "published. Put back what belongs together from a backup: the key store and the folder 'rechten'."
        )


class ContractUnchecked(BestandsanalyseError):
    exit_code = Exit.WORKFOLDER

    def __init__(self) -> None:
        super().__init__(
            "The contract could not be checked in full: Pandera is switched off in the environment, or gave no "
            "row for a breach. Nothing was published. Unset PANDERA_VALIDATION_ENABLED and PANDERA_VALIDATION_DEPTH."
        )


class ServiceFailure(BestandsanalyseError):
    exit_code = Exit.WORKFOLDER

    def __init__(self, problem: str) -> None:
        super().__init__(f"The scheduling service stopped: {problem}. No run was started.")
