"""Errors of suppliers' files, and of the mappings that make deliveries of them."""

from collections.abc import Sequence

from schemas.errors.base import BestandsanalyseError, Exit
from schemas.errors.delivery import DeliveryError


class WorkbookRefused(DeliveryError):
    """A workbook that cannot be read, or without the sheet that its mapping reads."""

    exit_code = Exit.DELIVERY
    problem = "{kind}"
    remedy = "Look whether the sheet of the mapping (`blad`) is in it; else ask for it again."

    def __init__(self, source: str, kind: str) -> None:
        super().__init__(source, kind=kind)


class MappingUnusable(BestandsanalyseError):
    """A declaration of mappings that says something it cannot."""

    exit_code = Exit.DECLARATION

    def __init__(self, problem: str) -> None:
        self.problem = problem
        super().__init__(
            f"The mapping {problem}. Nothing was read. Correct it; docs/steward.md says what a mapping can say."
        )


class ExamplesUnknown(BestandsanalyseError):
    """Examples of which no mapping can be proposed."""

    exit_code = Exit.DELIVERY

    def __init__(self, places: Sequence[int]) -> None:
        self.places = tuple(places)
        named = f"Example {', '.join(map(str, places))} was not recognised" if places else "There is no example"
        super().__init__(
            f"{named}, so no mapping was written: no header was found with a BSN and most other columns of one "
            "delivery. Save a workbook as CSV first. Otherwise leave that example out, or write its [[bestand]] by "
            "hand; docs/steward.md shows one."
        )


class MappedHeaderMissing(DeliveryError):
    """A file without the header that its mapping reads."""

    exit_code = Exit.DELIVERY
    problem = "has no header with every column of its mapping, once each; missing or double: {missing}"
    remedy = "Was a column renamed? Then change its name in the mapping; else ask for the file as it was."

    def __init__(self, source: str, missing: Sequence[str]) -> None:
        super().__init__(source, missing=", ".join(missing))


class MappedHeaderAgain(DeliveryError):
    """A file of which the columns change on the way."""

    exit_code = Exit.DELIVERY
    problem = "has a second header on line {line}, with its columns in another order"
    remedy = "Ask for a file with one header, or cut it there into two."

    def __init__(self, source: str, line: int) -> None:
        super().__init__(source, line=line)


class MappedPersonAbove(DeliveryError):
    """A file with a person above its header."""

    exit_code = Exit.DELIVERY
    problem = "has a BSN above its header, on line {line}"
    remedy = "Ask for a file with its header on top, and with no number of a resident in its title."

    def __init__(self, source: str, line: int) -> None:
        super().__init__(source, line=line)


class MappedTotalMissing(DeliveryError):
    """A file of which the end may be missing."""

    exit_code = Exit.DELIVERY
    problem = "has no total below its last row, though its mapping says how one begins"
    remedy = "Is the end of the file missing? Ask for it again; or correct `totaal` in the mapping."


class MappedSeparatorOther(DeliveryError):
    """A file that its mapping would fit with another separator."""

    exit_code = Exit.DELIVERY
    problem = "has another separator between its columns than its mapping says"
    remedy = "Change `scheiding` in the mapping, or ask for the file as it was."
