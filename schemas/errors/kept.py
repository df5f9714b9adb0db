"""What stands in the way in a work folder: damaged runs, an empty inbox, the clock. Exit codes 150-152."""

from collections.abc import Sequence
from datetime import datetime

from schemas.errors.base import BestandsanalyseError


class RunUnreadable(BestandsanalyseError):
    """What tells of a run, or its index, is damaged; every other run was done."""

    exit_code = 150

    def __init__(self, run_ids: Sequence[str], done: str) -> None:
        self.run_ids = tuple(run_ids)
        super().__init__(
            f"Damaged, and so neither searched nor judged: {', '.join(run_ids)}. {done} Put what belongs to it (in "
            "'runs' and 'archief') back from a backup, or leave it to go at the end of its term; then give the command "
            "again."
        )


class InboxEmpty(BestandsanalyseError):
    """There is nothing to read, as it was read before."""

    exit_code = 151

    def __init__(self, run_ids: Sequence[str]) -> None:
        self.run_ids = tuple(run_ids)
        super().__init__(
            f"The inbox is empty, and nothing was read. Waiting for the officer: {', '.join(run_ids)}. Approve what "
            f"waits, put new deliveries in the inbox, or read archived ones again: --archived {run_ids[-1]}"
        )


class ClockDoubtful(BestandsanalyseError):
    """The clock is before the last line of the audit log, or long after it."""

    exit_code = 152

    def __init__(self, now: datetime, last: datetime) -> None:
        super().__init__(
            f"The clock of this machine says {now:%Y-%m-%d}, and the last line of the audit log is of "
            f"{last:%Y-%m-%d}. Nothing was done, removed or destroyed. Set the clock; if it is right, say so, which "
            "is logged and removes what is past its term: bestandsanalyse bewaartermijnen --clock-is-right"
        )
