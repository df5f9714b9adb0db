"""What is wrong with the assumptions of the scenarios. Exit code 88."""

from schemas.errors.base import BestandsanalyseError


class AssumptionImpossible(BestandsanalyseError):
    exit_code = 88

    def __init__(self, assumption: str) -> None:
        super().__init__(
            f"Assumption {assumption} of the scenarios is not possible: a share lies from 0 to 1, a price is not "
            "negative, and WSD's present share at its price leaves something for local work. Nothing was published. "
            "Correct it in schemas/scenarios.toml."
        )
