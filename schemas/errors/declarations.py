"""What is wrong with a declaration, or with the program: the municipality or the maintainers mend it."""

from schemas.errors.base import BestandsanalyseError, Exit


class MunicipalityUnusable(BestandsanalyseError):
    """The file that declares it cannot be used."""

    exit_code = Exit.DECLARATION

    def __init__(self, problem: str) -> None:
        self.problem = problem
        super().__init__(
            f"The file that declares the municipality {problem}. Nothing was read or published. It is TOML, with "
            'gemeente_code = "0757", gemeente = "Boxtel" and postcodes = ["1001", ...]; see docs/steward.md.'
        )


class PublicFiguresUnusable(BestandsanalyseError):
    """The file that declares what others publish cannot be used."""

    exit_code = Exit.DECLARATION

    def __init__(self, problem: str) -> None:
        self.problem = problem
        super().__init__(
            f"The file with figures of others {problem}. It was not taken, and nothing was published without it; what "
            "was declared before stays. `bestandsanalyse public` prints a template to fill in; see docs/steward.md."
        )


class RolesUnusable(BestandsanalyseError):
    """Who has which role cannot be known, so nobody has any."""

    exit_code = Exit.DECLARATION

    def __init__(self, problem: str) -> None:
        super().__init__(
            f"The file rollen.toml in the work folder {problem}. Nothing was done. Correct it, chmod 600; see "
            "docs/key-holder.md for an example."
        )


class AssumptionImpossible(BestandsanalyseError):
    exit_code = Exit.DECLARATION

    def __init__(self, assumption: str) -> None:
        self.assumption = assumption
        super().__init__(
            f"Assumption {assumption} of the scenarios is not possible: a share lies from 0 to 1, a price is not "
            "negative, and WSD's present share at its price leaves something for local work. Nothing was published. "
            "Correct it in schemas/scenarios.toml."
        )


class RuleNotEnumerable(BestandsanalyseError):
    exit_code = Exit.DECLARATION

    def __init__(self, segment: str, problem: str) -> None:
        self.segment = segment
        super().__init__(
            f"The rule of segment {segment} {problem}. What it tells about other tables cannot be derived, so "
            "disclosure control would not know it. Nothing was read. Correct it in schemas/segments.py."
        )


class NotTranslated(BestandsanalyseError):
    """A declared text has no English; texts of declarations hold nothing of a person."""

    exit_code = Exit.DECLARATION

    def __init__(self, text: str) -> None:
        self.text = text
        super().__init__(
            f"The report cannot be written in English: “{text}” is declared without English. "
            "Nothing was published. Declare it as Text(nl=..., en=...) and run again."
        )


class UnknownCategory(BestandsanalyseError):
    exit_code = Exit.UNEXPECTED

    def __init__(self, table: str, dimension: str) -> None:
        self.table = table
        self.dimension = dimension
        super().__init__(
            f"Table {table}: {dimension} holds a value outside its closed categories. Nothing was published."
        )


class InvalidBsn(BestandsanalyseError):
    exit_code = Exit.UNEXPECTED

    def __init__(self) -> None:
        super().__init__(
            "A column offered for pseudonymisation holds something that is not a valid BSN. Nothing was published. "
            "The contract must quarantine such rows first."
        )


class StateForged(BestandsanalyseError):
    """Rows of persons were given a privacy state by code that may not give it."""

    exit_code = Exit.UNEXPECTED

    def __init__(self) -> None:
        super().__init__(
            "A step gave rows of persons a privacy state that they do not have. Nothing was published. This is a "
            "fault of the program: report it, and do not use this version."
        )
