"""What is wrong with what was given: profile, peildatum, folders, deliveries. Exit codes 10-34."""

from typing import ClassVar

from schemas.errors.base import BestandsanalyseError


class UnknownProfile(BestandsanalyseError):
    exit_code = 10

    def __init__(self, known: tuple[str, ...]) -> None:
        super().__init__(f"There is no such profile. Nothing was read. Choose from: {', '.join(known)}.")


class PeildatumInFuture(BestandsanalyseError):
    exit_code = 11

    def __init__(self) -> None:
        super().__init__("The peildatum lies in the future. Nothing was read. Choose today or earlier.")


class DeliveryFolderMissing(BestandsanalyseError):
    exit_code = 12

    def __init__(self) -> None:
        super().__init__("The delivery folder does not exist or is not a folder. Nothing was read. Check --deliveries.")


class FolderUnusable(BestandsanalyseError):
    """The output or work folder cannot hold what it must."""

    exit_code = 13

    def __init__(self, which: str, problem: str) -> None:
        super().__init__(f"The {which} folder {problem}. Nothing was published. Choose another one.")


class DemoRefused(BestandsanalyseError):
    """The demo would write over what is not its own."""

    exit_code = 15

    def __init__(self, problem: str) -> None:
        super().__init__(
            f"The folder of the demo {problem}. Nothing in it was touched. Give --folder another one, or a new one."
        )


class PeildatumTooEarly(BestandsanalyseError):
    exit_code = 14

    def __init__(self) -> None:
        super().__init__(
            "The peildatum lies before 2015, before the laws it is about. Nothing was read. Choose a later one."
        )


class DeliveryError(BestandsanalyseError):
    """Base of everything that is wrong with one delivered file as a whole."""

    problem: ClassVar[str]
    remedy: ClassVar[str]

    def __init__(self, source: str) -> None:
        self.source = source
        super().__init__(f"The {source} file {self.problem}. Nothing was published. {self.remedy}")


class DeliveryMissing(DeliveryError):
    exit_code = 20
    problem = "is missing from the delivery folder"
    remedy = "Put it there under exactly this name, with .csv behind it."


class DeliveryEmpty(DeliveryError):
    exit_code = 21
    problem = "is empty or holds a header without rows"
    remedy = "Ask for the delivery again."


class DeliveryIsLink(DeliveryError):
    exit_code = 22
    problem = "is a link or not a regular file"
    remedy = "Put the file itself in the folder."


class DeliveryTooLarge(DeliveryError):
    exit_code = 23
    problem = "is larger than the agreed maximum and was not opened"
    remedy = "Check that the right file was delivered."


class WrongEncoding(DeliveryError):
    exit_code = 24
    problem = "is not written in the agreed encoding (cp1252)"
    remedy = "Ask for an export in Windows-1252 (ANSI)."


class WrongSeparator(DeliveryError):
    exit_code = 25
    problem = "does not use the agreed separator (;)"
    remedy = "Ask for an export with semicolons."


class UnreadableRows(DeliveryError):
    exit_code = 26
    problem = "has rows that do not fit its header, or an unclosed quote"
    remedy = "Ask for the export again."


class WrongMunicipality(DeliveryError):
    exit_code = 27
    problem = "holds rows of another municipality (or a spreadsheet took the leading zero from its code)"
    remedy = "Check that the right file was delivered, straight from the source system."


class StaleDelivery(DeliveryError):
    exit_code = 29
    problem = "ends many months before the peildatum"
    remedy = "Ask for a delivery of the peildatum; last period's files may still be in the folder."


class UnexpectedFiles(BestandsanalyseError):
    exit_code = 28

    def __init__(self, count: int) -> None:
        super().__init__(
            f"The delivery folder holds {count} file(s) that no source declares. Nothing was read. Take them out "
            "(a name with ~$ in front is left by Excel: close it), or declare a source for them."
        )


class UnknownColumn(BestandsanalyseError):
    """A delivered column that the register does not know; its header may be a value, so only its place."""

    exit_code = 30

    def __init__(self, source: str, positions: tuple[int, ...]) -> None:
        places = ", ".join(str(position) for position in positions)
        super().__init__(
            f"The {source} file has a column that the PIA register does not know, at position {places}. "
            "Nothing was published. Ask for the agreed columns only, or have the privacy officer judge the new "
            f"column and declare it in schemas/sources/{source}.py."
        )


class WrongColumns(BestandsanalyseError):
    exit_code = 31

    def __init__(self, source: str, missing: tuple[str, ...]) -> None:
        what = f"misses {', '.join(missing)}" if missing else "has its columns doubled or in another order"
        super().__init__(
            f"The {source} file {what}. Nothing was published. Ask for the agreed columns in the agreed order."
        )


class ContractBreach(BestandsanalyseError):
    """More rows break a rule than the contract allows."""

    exit_code = 32

    def __init__(self, breaches: tuple[tuple[str, str, str, int, int], ...]) -> None:
        self.breaches = breaches
        lines = "\n".join(
            f"  {source}, {column}: {rule} ({rows} rows, {allowed} allowed)"
            for source, column, rule, rows, allowed in breaches
        )
        super().__init__(
            f"The deliveries break {len(breaches)} rule(s) beyond the limit:\n{lines}\n"
            "Nothing was published; the rows are in the encrypted quarantine. Ask for a corrected file, or, if the "
            "delivery changed on purpose, change the contract in schemas/sources."
        )


class ContractUnchecked(BestandsanalyseError):
    exit_code = 33

    def __init__(self) -> None:
        super().__init__(
            "The contract could not be checked in full: Pandera is switched off in the environment, or gave no "
            "row for a breach. Nothing was published. Unset PANDERA_VALIDATION_ENABLED and PANDERA_VALIDATION_DEPTH."
        )
