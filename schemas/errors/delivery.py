"""Why deliveries cannot be used: the data steward asks the supplier, or mends the folder."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from schemas.errors.base import BestandsanalyseError, Exit


class DeliveryError(BestandsanalyseError):
    """Base of everything that is wrong with one delivered file as a whole."""

    problem: ClassVar[str]
    remedy: ClassVar[str]

    def __init__(self, source: str, **details: object) -> None:
        self.source = source
        self.__dict__.update(details)
        super().__init__(f"The {source} file {self.problem.format(**details)}. Nothing was published. {self.remedy}")


class DeliveryMissing(DeliveryError):
    exit_code = Exit.DELIVERY
    problem = "is missing from the delivery folder"
    remedy = (
        "Put it there under exactly this name, with .csv behind it, or a file that a mapping makes it of. If the "
        "municipality does not have it, say so with leveringen in the file of `municipality`."
    )


class DeliveryUndeclared(DeliveryError):
    exit_code = Exit.DELIVERY
    problem = "is there, and the declaration of the municipality says that it is not delivered"
    remedy = "Take it out, or add it to its leveringen and declare it again with `municipality`."


class DeliveryEmpty(DeliveryError):
    exit_code = Exit.DELIVERY
    problem = "is empty or holds a header without rows"
    remedy = "Ask for the delivery again."


class DeliveryIsLink(DeliveryError):
    exit_code = Exit.DELIVERY
    problem = "is a link or not a regular file"
    remedy = "Put the file itself in the folder."


class DeliveryUnreadable(DeliveryError):
    exit_code = Exit.DELIVERY
    problem = "may not be read by you"
    remedy = "Ask its owner to let you read it."


class DeliveryTooLarge(DeliveryError):
    exit_code = Exit.DELIVERY
    problem = "is larger than the agreed maximum and was not opened"
    remedy = "Check that the right file was delivered."


class WrongEncoding(DeliveryError):
    """Another kind of file than text that is agreed."""

    exit_code = Exit.DELIVERY
    problem = "is {kind}, and no CSV in UTF-8 or Windows-1252"
    remedy = (
        "Ask for an export as CSV with semicolons. Of a workbook (XLSX), let `map` propose how it becomes a delivery."
    )

    def __init__(self, source: str, kind: str) -> None:
        super().__init__(source, kind=kind)


class WrongSeparator(DeliveryError):
    exit_code = Exit.DELIVERY
    problem = "does not use the agreed separator (;)"
    remedy = "Ask for an export with semicolons."


class UnreadableLine(DeliveryError):
    exit_code = Exit.DELIVERY
    problem = "has a quote in line {line} that is not closed there, or something behind a closed one"
    remedy = "No cell may hold a line break. Ask for the export again, without quotes in the text."

    def __init__(self, source: str, line: int) -> None:
        super().__init__(source, line=line)


class WrongMunicipality(DeliveryError):
    exit_code = Exit.DELIVERY
    problem = "is of another municipality: most of its rows have its code"
    remedy = "Is it the right file, --home the right work folder, and Gemeentecode right in a mapping?"


class StaleDelivery(DeliveryError):
    exit_code = Exit.DELIVERY
    problem = "ends many months before the peildatum"
    remedy = "Ask for a delivery of the peildatum; last period's files may still be in the folder."


class RowsLost(DeliveryError):
    """The parser gave another number of rows than lines were counted."""

    exit_code = Exit.DELIVERY
    problem = "has {lines} lines below its header, of which {rows} were read"
    remedy = "Nothing may vanish, so nothing was used. Report this line, which holds no data, and ask for a new export."

    def __init__(self, source: str, lines: int, rows: int) -> None:
        super().__init__(source, lines=lines, rows=rows)


class UnexpectedFiles(BestandsanalyseError):
    exit_code = Exit.DELIVERY

    def __init__(self, count: int) -> None:
        self.count = count
        super().__init__(
            f"The delivery folder holds {count} file(s) that no source declares. Nothing was read. Take them out "
            "(a name with ~$ in front is left by Excel: close it), or declare a source for them."
        )


class FileUnknown(BestandsanalyseError):
    """A file with the columns of no source."""

    exit_code = Exit.DELIVERY

    def __init__(self) -> None:
        super().__init__(
            "It has the columns of no delivery, and of no mapping. A run would stop. Take it out of the folder, let "
            "`bestandsanalyse map` propose a mapping, or have its columns made as `bestandsanalyse contract` says."
        )


class WrongFileName(BestandsanalyseError):
    """A delivery under another name than a run reads."""

    exit_code = Exit.DELIVERY

    def __init__(self, file_name: str) -> None:
        self.file_name = file_name
        super().__init__(f"By its columns it is {file_name}, and a run reads it under that name only. Rename it.")


class SeveralFiles(BestandsanalyseError):
    """Two files of one kind in a folder."""

    exit_code = Exit.DELIVERY

    def __init__(self, file_name: str, files: int) -> None:
        self.file_name = file_name
        super().__init__(
            f"By their columns {files} files of this folder are {file_name}. A run would stop. Keep the right one."
        )


class DeliveriesImplausible(BestandsanalyseError):
    """Deliveries that keep their contract, and that something is wrong with all the same."""

    exit_code = Exit.DELIVERY

    def __init__(self, doubts: Sequence[str]) -> None:
        self.doubts = tuple(doubts)
        super().__init__(
            f"What was delivered is not plausible. {'; '.join(doubts)}. The run was held, and nothing was published. "
            "Look it up at the source. Is it right? Then give the run again with --reason and why, for the dossier."
        )


class ReasonUnusable(BestandsanalyseError):
    """A steward's reason that cannot stand in a dossier."""

    exit_code = Exit.COMMAND

    def __init__(self, most: int) -> None:
        super().__init__(
            f"The reason has more than {most} signs, others than those of a sentence, or something that looks like a "
            "number, an address or a name of a resident. Nothing was done. Say it in a sentence about the deliveries."
        )


class DeliveriesNotAgreed(BestandsanalyseError):
    """What `check` says of a folder for which a run would stop."""

    exit_code = Exit.DELIVERY

    def __init__(self, problems: int) -> None:
        self.problems = problems
        super().__init__(
            f"A run would stop for {problems} problem(s) in this folder. Nothing was kept. Mend those, or ask the "
            "supplier for it, and check again."
        )


class UnknownColumn(BestandsanalyseError):
    """A delivered column that the register does not know; its header may be a value, so only its place."""

    exit_code = Exit.DELIVERY

    def __init__(self, source: str, positions: tuple[int, ...], expected: tuple[str, ...]) -> None:
        self.source = source
        self.positions = positions
        self.expected = expected
        places = ", ".join(str(position) for position in positions)
        super().__init__(
            f"The {source} file has a column that the PIA register does not know, at position {places}. "
            f"Nothing was published. Agreed is: {';'.join(expected)}. Ask for these columns only, or have the privacy "
            f"officer judge the new column and declare it in schemas/sources/{source}.py."
        )


class WrongColumns(BestandsanalyseError):
    exit_code = Exit.DELIVERY

    def __init__(self, source: str, missing: tuple[str, ...], expected: tuple[str, ...]) -> None:
        self.source = source
        self.missing = missing
        self.expected = expected
        problem = f"misses {', '.join(missing)}" if missing else "has its columns doubled or in another order"
        super().__init__(
            f"The {source} file {problem}. Nothing was published. Ask for these columns, in this order: "
            f"{';'.join(expected)}."
        )


class ControlUnreadable(BestandsanalyseError):
    exit_code = Exit.DELIVERY

    def __init__(self) -> None:
        super().__init__(
            "levering.toml is no TOML, or says something that cannot be checked. Nothing was read. It may say van and "
            "tot (dates), and per file, such as [declaraties], regels, bedrag (euros, '1234,56') and sha256. Correct "
            "it, or take it out of the folder."
        )


class TotalsDiffer(BestandsanalyseError):
    """A delivery is not what its supplier says it is."""

    exit_code = Exit.DELIVERY

    def __init__(self, stated: str, difference: str) -> None:
        super().__init__(
            f"levering.toml gives the {stated}, {difference}. Nothing was published. Ask which is right: part of the "
            "delivery may be missing, or the file of another period lies beside it."
        )


class DeliveriesRefused(BestandsanalyseError):
    """Several files are wrong as a whole; every problem is told at once."""

    exit_code = Exit.DELIVERY

    def __init__(self, problems: tuple[BestandsanalyseError, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join([f"{len(problems)} deliveries cannot be read:", *map(str, problems)]))


@dataclass(frozen=True)
class Breach:
    """A rule that more rows break than the contract allows."""

    source: str
    column: str
    rule: str
    rows: int
    allowed: int


class ContractBreach(BestandsanalyseError):
    """More rows break a rule than the contract allows."""

    exit_code = Exit.DELIVERY

    def __init__(self, breaches: tuple[tuple[str, str, str, int, int], ...]) -> None:
        self.breaches = tuple(Breach(*breach) for breach in breaches)
        lines = "\n".join(
            f"  {source}, {column}: {rule} ({rows} rows, {allowed} allowed)"
            for source, column, rule, rows, allowed in breaches
        )
        super().__init__(
            f"The deliveries break {len(breaches)} rule(s) beyond the limit:\n{lines}\n"
            "Nothing was published; the rows are in the encrypted quarantine. Ask for a corrected file, or, if the "
            "delivery changed on purpose, change the contract in schemas/sources."
        )


class LowLinkRate(BestandsanalyseError):
    """Hardly any row of a delivery belongs to someone in stock: another period, key or population."""

    exit_code = Exit.DELIVERY

    def __init__(self, sources: tuple[str, ...]) -> None:
        self.sources = sources
        super().__init__(
            f"Too few rows of {', '.join(sources)} belong to someone with a running benefit or provision. Nothing was "
            "published. Check that all deliveries are of the same peildatum and municipality."
        )


class RetentionPassed(BestandsanalyseError):
    """What is asked for may not be kept any more."""

    exit_code = Exit.DELIVERY

    def __init__(self, months: int) -> None:
        self.months = months
        super().__init__(
            f"These deliveries were received more than {months} months ago, which is how long the PIA register "
            "lets them be kept. Nothing was read. Ask for a new delivery; 'bewaartermijnen' removes what is due."
        )


class InboxEmpty(BestandsanalyseError):
    """There is nothing to read, as it was read before."""

    exit_code = Exit.DELIVERY

    def __init__(self, run_ids: Sequence[str]) -> None:
        self.run_ids = tuple(run_ids)
        super().__init__(
            f"The inbox is empty, and nothing was read. Waiting for the officer: {', '.join(run_ids)}. Approve what "
            f"waits, put new deliveries in the inbox, or read archived ones again: --archived {run_ids[-1]}"
        )


class InboxNotErased(BestandsanalyseError):
    """Files of the inbox cannot be read as agreed, so nobody can be erased from them."""

    exit_code = Exit.DELIVERY

    def __init__(self, file_names: Sequence[str], unknown: int = 0) -> None:
        self.file_names = tuple(file_names)
        named = [*file_names, *([f"{unknown} of another name"] if unknown else [])]
        super().__init__(
            "This person is left out of every coming run, and is erased from all that is kept, but not from these "
            f"files of the inbox, which are not as agreed: {', '.join(named)}. There is no letter yet. Mend or "
            "remove those files, and give the command again."
        )
