"""What is wrong with what was given: profile, peildatum, folders, deliveries. Exit codes 10-37."""

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

    def __init__(self, source: str, **told: object) -> None:
        self.source = source
        super().__init__(f"The {source} file {self.problem.format(**told)}. Nothing was published. {self.remedy}")


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
    """Another kind of file than text that is agreed."""

    exit_code = 24
    problem = "is {kind}, and no CSV in UTF-8 or Windows-1252"
    remedy = "Ask for an export as CSV with semicolons."

    def __init__(self, source: str, kind: str) -> None:
        super().__init__(source, kind=kind)


class WrongSeparator(DeliveryError):
    exit_code = 25
    problem = "does not use the agreed separator (;)"
    remedy = "Ask for an export with semicolons."


class UnreadableLine(DeliveryError):
    exit_code = 26
    problem = "has a quote in line {line} that is not closed there, or something behind a closed one"
    remedy = "No cell may hold a line break. Ask for the export again, without quotes in the text."

    def __init__(self, source: str, line: int) -> None:
        super().__init__(source, line=line)


class WrongMunicipality(DeliveryError):
    exit_code = 27
    problem = "is of another municipality: most of its rows have its code"
    remedy = "Check that the right file was delivered."


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

    def __init__(self, source: str, positions: tuple[int, ...], expected: tuple[str, ...]) -> None:
        places = ", ".join(str(position) for position in positions)
        super().__init__(
            f"The {source} file has a column that the PIA register does not know, at position {places}. "
            f"Nothing was published. Agreed is: {';'.join(expected)}. Ask for these columns only, or have the privacy "
            f"officer judge the new column and declare it in schemas/sources/{source}.py."
        )


class WrongColumns(BestandsanalyseError):
    exit_code = 31

    def __init__(self, source: str, missing: tuple[str, ...], expected: tuple[str, ...]) -> None:
        what = f"misses {', '.join(missing)}" if missing else "has its columns doubled or in another order"
        super().__init__(
            f"The {source} file {what}. Nothing was published. Ask for these columns, in this order: "
            f"{';'.join(expected)}."
        )


class RowsLost(DeliveryError):
    """The parser gave another number of rows than lines were counted."""

    exit_code = 34
    problem = "has {lines} lines below its header, of which {rows} were read"
    remedy = "Nothing may vanish, so nothing was used. Report this line, which holds no data, and ask for a new export."

    def __init__(self, source: str, lines: int, rows: int) -> None:
        super().__init__(source, lines=lines, rows=rows)


class ControlUnreadable(BestandsanalyseError):
    exit_code = 36

    def __init__(self) -> None:
        super().__init__(
            "levering.toml is no TOML, or says something that cannot be checked. Nothing was read. It may say van and "
            "tot (dates), and per file, such as [declaraties], regels, bedrag (euros, '1234,56') and sha256. Correct "
            "it, or take it out of the folder."
        )


class TotalsDiffer(BestandsanalyseError):
    """A delivery is not what its supplier says it is."""

    exit_code = 37

    def __init__(self, said: str, found: str) -> None:
        super().__init__(
            f"levering.toml gives the {said}, {found}. Nothing was published. Ask which is right: part of the delivery "
            "may be missing, or the file of another period lies beside it."
        )


class DeliveriesRefused(BestandsanalyseError):
    """Several files are wrong as a whole; every problem is told at once."""

    exit_code = 35

    def __init__(self, problems: tuple[BestandsanalyseError, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join([f"{len(problems)} deliveries cannot be read:", *map(str, problems)]))


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
