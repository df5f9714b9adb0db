"""Why releases are not put beside each other. Exit codes 92-94."""

from schemas.errors.base import BestandsanalyseError


class NotComparable(BestandsanalyseError):
    """The releases do not go together; a name of a municipality or a release is nothing of a person."""

    exit_code = 92

    def __init__(self, problem: str, remedy: str) -> None:
        self.problem = problem
        super().__init__(f"These releases cannot be compared: {problem}. Nothing was written. {remedy}")


class PairUnsafe(BestandsanalyseError):
    """Both releases are public, and together they give residents away; a comparison would print it."""

    exit_code = 93

    def __init__(self, problem: str) -> None:
        self.problem = problem
        super().__init__(
            f"The two releases together give residents away: {problem}. Nothing was written, but whoever holds both "
            "can compute it. Tell the privacy officer, and withdraw one of them. Releases of one work folder are made "
            "safe together; make the next one there, with profile kwartaal."
        )


class OfficerKeyMissing(BestandsanalyseError):
    """Nobody vouches for a municipality's release."""

    exit_code = 94

    def __init__(self, gemeente: str, code: str) -> None:
        super().__init__(
            f"There is no key of the privacy officer of {gemeente}. Nothing was written. Ask her for her public key, "
            f"and put it in the folder of --keys as {code}.pub."
        )
