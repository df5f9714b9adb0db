"""What is wrong with the ledger of releases. Exit codes 75-77 and 84."""

from schemas.errors.base import BestandsanalyseError


class LedgerDamaged(BestandsanalyseError):
    """A line was changed, lost, added or moved, so that earlier releases are not known for certain."""

    exit_code = 75

    def __init__(self, problem: str) -> None:
        self.problem = problem
        super().__init__(
            f"The ledger of releases {problem}. Nothing was published or added to it, because nobody can tell any "
            "more what earlier releases gave away. Put back the last copy of the whole ledger folder."
        )


class LedgerUnknown(BestandsanalyseError):
    """Written by a version that says more than this one understands."""

    exit_code = 76

    def __init__(self, line: int) -> None:
        super().__init__(
            f"Line {line} of the ledger of releases was written by another version of this program. Nothing was "
            "published or added to it. Use that version, or a later one."
        )


class ReleasesDiffer(BestandsanalyseError):
    """A release is in the ledger already, and says something else there."""

    exit_code = 77

    def __init__(self, release: str) -> None:
        super().__init__(
            f"Release {release} is in the ledger already with other content. The ledger was left as it is; nothing "
            "was published. Give the new release another name, or publish what the ledger holds."
        )


class LedgerMoved(BestandsanalyseError):
    """Another release was entered after this one was judged."""

    exit_code = 84

    def __init__(self) -> None:
        super().__init__(
            "Another release was entered in the ledger while this one was made, so they were not judged together. "
            "Nothing was published. Run again."
        )
