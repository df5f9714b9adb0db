"""What is wrong with the rule of a segment. Exit code 89."""

from schemas.errors.base import BestandsanalyseError


class RuleNotEnumerable(BestandsanalyseError):
    exit_code = 89

    def __init__(self, segment: str, problem: str) -> None:
        super().__init__(
            f"The rule of segment {segment} {problem}. What it tells about other tables cannot be derived, so "
            "disclosure control would not know it. Nothing was read. Correct it in schemas/segments.py."
        )
