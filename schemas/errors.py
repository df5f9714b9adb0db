"""Every error of the pipeline: typed, without a value of a person, with an exit code.

A message says what is wrong, what was not done and what to do next. Errors are raised
outside `except` blocks, so that `__context__` does not carry values of a library's error.
"""

from typing import ClassVar


class BestandsanalyseError(Exception):
    """Base of all our errors. Messages are built from declarations and counts only."""

    exit_code: ClassVar[int] = 1

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle the message and the public attributes; subclasses build their message themselves."""
        return _rebuilt, (type(self), self.args, self.__dict__)


def _rebuilt(
    kind: type[BestandsanalyseError], args: tuple[object, ...], attributes: dict[str, object]
) -> BestandsanalyseError:
    error = kind.__new__(kind, *args)
    error.args = args
    error.__dict__.update(attributes)
    return error


class UnexpectedFailure(BestandsanalyseError):
    """Something broke that has no type of its own; its text may hold values and is dropped."""

    exit_code = 70

    def __init__(self, step: str, kind: str, place: str) -> None:
        super().__init__(
            f"Step {step} stopped on an unexpected {kind} at {place}. Nothing was published. "
            "Run again; if it stays, report this line (it holds no data)."
        )


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
    remedy = "Put it there under its agreed name."


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
    problem = "holds rows of another municipality"
    remedy = "Check that the right file was delivered."


class UnexpectedFiles(BestandsanalyseError):
    exit_code = 28

    def __init__(self, count: int) -> None:
        super().__init__(
            f"The delivery folder holds {count} file(s) that no source declares. Nothing was read. "
            "Take them out, or declare a source for them."
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


class InvalidBsn(BestandsanalyseError):
    exit_code = 40

    def __init__(self) -> None:
        super().__init__(
            "A column offered for pseudonymisation holds something that is not a valid BSN. Nothing was published. "
            "The contract must quarantine such rows first."
        )


class ForeignPseudonym(BestandsanalyseError):
    exit_code = 41

    def __init__(self) -> None:
        super().__init__("A pseudonym was not made with this key, or was changed. Nothing was decoded.")


class KeyStoreError(BestandsanalyseError):
    exit_code = 42

    def __init__(self, problem: str) -> None:
        super().__init__(f"The key store {problem}. Nothing was read or published.")


class StagingError(BestandsanalyseError):
    exit_code = 43

    def __init__(self, problem: str) -> None:
        super().__init__(f"The encrypted staging {problem}. Nothing was published. Run again from the deliveries.")


class DisclosureFailure(BestandsanalyseError):
    """No safe pattern was found, or the attacker's audit found a hole."""

    exit_code = 50

    def __init__(self, problem: str) -> None:
        super().__init__(f"Disclosure control: {problem}. Nothing was published. Coarsen or drop a table.")


class UnknownCategory(BestandsanalyseError):
    exit_code = 51

    def __init__(self, table: str, dimension: str) -> None:
        super().__init__(
            f"Table {table}: {dimension} holds a value outside its closed categories. Nothing was published."
        )


class PiaRefusal(BestandsanalyseError):
    exit_code = 60

    def __init__(self, measures: tuple[str, ...]) -> None:
        self.measures = measures
        super().__init__(
            f"The PIA does not allow this release: {', '.join(measures)} not met. Nothing was published. "
            "The dossier tells the privacy officer why."
        )


class AwaitingApproval(BestandsanalyseError):
    """The run is complete and waits for the privacy officer's signature."""

    exit_code = 3

    def __init__(self, run_id: str, dossier: str, home: str) -> None:
        self.run_id = run_id
        super().__init__(
            f"Run {run_id} is complete and waits for approval. Nothing was published.\n"
            f"Read {dossier}, then: bestandsanalyse approve {run_id} --key FILE --home {home}"
        )


class UnknownRun(BestandsanalyseError):
    exit_code = 61

    def __init__(self) -> None:
        super().__init__(
            "There is no such run waiting for approval. Nothing was published. Check the run id and --home."
        )


class ApprovalRefused(BestandsanalyseError):
    exit_code = 62

    def __init__(self, problem: str) -> None:
        super().__init__(f"The approval does not hold: {problem}. Nothing was published.")


class ReleaseExists(BestandsanalyseError):
    exit_code = 63

    def __init__(self, release: str) -> None:
        super().__init__(
            f"Release {release} exists already with other content. It was left as it is; nothing was published."
        )


class VerificationFailed(BestandsanalyseError):
    exit_code = 64

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("The release does not verify: " + "; ".join(problems) + ". Do not use it.")


class RunInProgress(BestandsanalyseError):
    exit_code = 65

    def __init__(self) -> None:
        super().__init__("Another run holds the lock of this work folder. Nothing was started. Wait for it to end.")


class ServiceFailure(BestandsanalyseError):
    exit_code = 66

    def __init__(self, problem: str) -> None:
        super().__init__(f"The scheduling service stopped: {problem}. No run was started.")
