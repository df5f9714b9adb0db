"""What is wrong with files of others: releases, tables and microdata. Their sender sets it right.

No message holds a cell; one about a table to be inspected names its file as the findings do, and no header either.
"""

from collections.abc import Sequence
from typing import ClassVar

from schemas.errors.base import BestandsanalyseError, Exit


class SignatureUnchecked(BestandsanalyseError):
    """Everything else of a release is proven, but not who signed it."""

    exit_code = Exit.UNSIGNED

    def __init__(self) -> None:
        super().__init__(
            "Who signed was not checked: no public key was given. Ask the privacy officer for hers, and give it "
            "with --key."
        )


class VerificationFailed(BestandsanalyseError):
    exit_code = Exit.RELEASE

    def __init__(self, problems: tuple[str, ...]) -> None:
        self.problems = problems
        super().__init__(
            "The release does not verify: " + "; ".join(problems) + ". Do not use it; ask the municipality again."
        )


class OfficerKeyMissing(BestandsanalyseError):
    """Nobody vouches for a municipality's release."""

    exit_code = Exit.RELEASE

    def __init__(self, gemeente: str, code: str) -> None:
        self.gemeente = gemeente
        self.gemeente_code = code
        super().__init__(
            f"There is no key of the privacy officer of {gemeente}. Nothing was written. Ask her for her public key, "
            f"and put it in the folder of --keys as {code}.pub."
        )


class NotComparable(BestandsanalyseError):
    """The releases do not go together; a name of a municipality or a release is nothing of a person."""

    exit_code = Exit.RECEIVED

    def __init__(self, problem: str, remedy: str) -> None:
        self.problem = problem
        super().__init__(f"These releases cannot be compared: {problem}. Nothing was written. {remedy}")


class FindingsMade(BestandsanalyseError):
    """Tables that were inspected give something away; what, was told."""

    exit_code = Exit.WAITING

    def __init__(self, count: int) -> None:
        self.count = count
        findings = "1 finding" if count == 1 else f"{count} findings"
        super().__init__(f"{findings}: publish these tables only when somebody has judged or mended what was found.")


class InspectionError(BestandsanalyseError):
    """Base of everything that keeps a table from being inspected."""

    problem: ClassVar[str]
    remedy: ClassVar[str]

    def __init__(self, table: str, problem: str = "") -> None:
        self.table = table
        super().__init__(f"{table}: this {problem or self.problem}. Nothing was inspected. {self.remedy}")


class InspectionPathMissing(InspectionError):
    exit_code = Exit.RECEIVED
    problem = "file or folder does not exist, or holds no table"
    remedy = "Give a CSV, an XLSX, or a folder with tables."


class UnsupportedTable(InspectionError):
    exit_code = Exit.RECEIVED
    problem = "kind of file cannot be inspected"
    remedy = "Save it as CSV or XLSX."


class UnreadableTable(InspectionError):
    exit_code = Exit.RECEIVED
    problem = "file cannot be read as a table"
    remedy = "Save it again, without password, as CSV or XLSX."


class WrongTableEncoding(UnreadableTable):
    exit_code = Exit.RECEIVED
    problem = "file is neither UTF-8 nor Windows-1252 text"
    remedy = "Save it as CSV in UTF-8."


class EmptyTable(UnreadableTable):
    exit_code = Exit.RECEIVED
    problem = "table is empty or holds a header without rows"
    remedy = "Check that the right file was given."


class BrokenDataPackage(InspectionError):
    exit_code = Exit.RECEIVED
    problem = "datapackage.json is not a data package of these files"
    remedy = "Repair it, or inspect the folder without it."


class MicrodataUnreadable(BestandsanalyseError):
    exit_code = Exit.RECEIVED

    def __init__(self, problem: str) -> None:
        super().__init__(
            f"The microdata file {problem}. Nothing was written. "
            "Give a CSV, XLSX or Parquet file with one header line and a row per person."
        )


class UnusableColumn(BestandsanalyseError):
    exit_code = Exit.RECEIVED

    def __init__(self, column: str, problem: str) -> None:
        self.column = column
        super().__init__(f"Column {column} {problem}. Nothing was written. Correct it in the file, or leave it out.")


class CodesUnusable(BestandsanalyseError):
    exit_code = Exit.RECEIVED

    def __init__(self, problem: str) -> None:
        super().__init__(
            f"The file of code lists is unusable: {problem}. Nothing was written. See docs/tools.md for an example."
        )


class ColumnsUnrelated(BestandsanalyseError):
    """Nobody knows whether a column depends on one that an earlier release counted."""

    exit_code = Exit.RECEIVED

    def __init__(self, column: str, missing: Sequence[str]) -> None:
        self.column = column
        self.missing = tuple(missing)
        super().__init__(
            f"Column {column} cannot be related to what earlier releases in the ledger counted, as the file does not "
            f"have their {', '.join(missing)}, or has one value there. Nothing was written. If it is one of those by "
            f"another name, say so with --same-as OLD={column}; if it is coarser or finer than one, declare both with "
            f"--codes FILE; if it has nothing to do with them, say --new {column}."
        )


class CategoriesChanged(BestandsanalyseError):
    """A code list grew, was merged or split since an earlier release."""

    exit_code = Exit.RECEIVED

    def __init__(self, column: str) -> None:
        self.column = column
        super().__init__(
            f"Column {column} has other categories than in earlier releases in the ledger. Nothing was written. A "
            "mistake in the file is mended there. If the code list changed, declare it with --codes FILE, here and in "
            f"every later release: under [{column}] all categories of today as values, which is enough for a new one; "
            f"under [{column}.was] also which earlier ones were merged or split."
        )
