"""What went wrong underway: keys, staging, disclosure control, PIA, approval. Exit codes 3, 4 and 40-69."""

from collections.abc import Sequence

from schemas.errors.base import BestandsanalyseError


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


class LowLinkRate(BestandsanalyseError):
    """Hardly any row of a delivery belongs to someone in stock: another period, key or population."""

    exit_code = 44

    def __init__(self, sources: tuple[str, ...]) -> None:
        super().__init__(
            f"Too few rows of {', '.join(sources)} belong to someone with a running benefit or provision. Nothing was "
            "published. Check that all deliveries are of the same peildatum and municipality."
        )


class StagingError(BestandsanalyseError):
    exit_code = 43

    def __init__(self, problem: str) -> None:
        super().__init__(f"The encrypted staging {problem}. Nothing was published. Run again from the deliveries.")


class DisclosureFailure(BestandsanalyseError):
    """No safe pattern was found, or the attacker's audit found a hole."""

    exit_code = 50

    def __init__(self, problem: str) -> None:
        self.problem = problem
        super().__init__(f"Disclosure control: {problem}. Nothing was published. Coarsen or drop a table.")


class Contradiction(DisclosureFailure):
    """No file of persons has these counts."""

    exit_code = 53

    def __init__(self, problem: str = "the counts contradict each other") -> None:
        super().__init__(problem)


class UnsafeOverTime(BestandsanalyseError):
    """With what was published before, the release would prove that few persons came or left."""

    exit_code = 52

    def __init__(self, problem: str, base: int | None) -> None:
        self.base = base
        rounding = "No rounding makes it safe now."
        if base:
            rounding = (
                f"Rounded to multiples of {base} it is safe now (protect --method round --base {base}); profile "
                "kwartaal rounds to multiples of 10, and a run with a larger base needs a profile of its own."
            )
        super().__init__(
            f"The release is held back: beside earlier ones, {problem}. Nothing was published; earlier "
            f"releases stay valid under their own peildatum. {rounding}"
        )


class TooExact(BestandsanalyseError):
    """Counts that show changes, beside an earlier release of perhaps the same persons; no count was looked at."""

    exit_code = 59

    def __init__(self, columns: Sequence[str], threshold: int) -> None:
        super().__init__(
            f"An earlier release counts perhaps the same persons, so counts by {', '.join(columns)} tell too much: the "
            "difference of numbers that are exact, or hardly rounded, shows who came or left, and a blank shows that "
            f"few did. Nothing was published. Round to multiples of {threshold} or more, which hardly move (profile "
            f"kwartaal; protect --method round --base {threshold}), or say what is true: the peildatum and population "
            "of the earlier release if these are its persons, --disjoint if none of them is in this file."
        )


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
            "No such run is known here, or nothing of it waits for approval (it may be published already). "
            "Nothing was done. Check the run's name and --home."
        )


class ApprovalRefused(BestandsanalyseError):
    exit_code = 62

    def __init__(self, problem: str) -> None:
        self.problem = problem
        super().__init__(
            f"The officer's approval does not hold: {problem}. Nothing was signed, destroyed or published."
        )


class ReleaseExists(BestandsanalyseError):
    exit_code = 63

    def __init__(self, release: str) -> None:
        super().__init__(
            f"Release {release} exists already with other content. It was left as it is; nothing was published."
        )


class PeildatumReleased(BestandsanalyseError):
    exit_code = 67

    def __init__(self, release: str) -> None:
        super().__init__(
            f"A release of this peildatum exists already ({release}), with other content. Two releases of one day can "
            "be subtracted, so nothing was published. Withdraw the first one, or keep it."
        )


class VerificationFailed(BestandsanalyseError):
    exit_code = 64

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__(
            "The release does not verify: " + "; ".join(problems) + ". Do not use it; ask the municipality again."
        )


class SignatureUnchecked(BestandsanalyseError):
    """Everything else of a release is proven, but not who signed it."""

    exit_code = 4

    def __init__(self) -> None:
        super().__init__(
            "Who signed was not checked: no public key was given. Ask the privacy officer for hers, and give it "
            "with --key."
        )


class RunInProgress(BestandsanalyseError):
    exit_code = 65

    def __init__(self) -> None:
        super().__init__("Another run holds the lock of this work folder. Nothing was started. Wait for it to end.")


class ServiceFailure(BestandsanalyseError):
    exit_code = 66

    def __init__(self, problem: str) -> None:
        super().__init__(f"The scheduling service stopped: {problem}. No run was started.")


class PackageRefused(BestandsanalyseError):
    exit_code = 68

    def __init__(self, problem: str) -> None:
        super().__init__(f"The package {problem}. Nothing was written.")


class NotTranslated(BestandsanalyseError):
    """A declared text has no English; texts of declarations hold nothing of a person."""

    exit_code = 69

    def __init__(self, text: str) -> None:
        super().__init__(
            f"The report cannot be written in English: “{text}” is declared without English. "
            "Nothing was published. Declare it as Text(nl=..., en=...) and run again."
        )


class StateForged(BestandsanalyseError):
    """Rows of persons were given a privacy state by code that may not give it."""

    exit_code = 99

    def __init__(self) -> None:
        super().__init__(
            "A step gave rows of persons a privacy state that they do not have. Nothing was published. This is a "
            "fault of the program: report it, and do not use this version."
        )
