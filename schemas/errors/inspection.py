"""What is wrong with a table that was given for inspection. Exit codes 71-74, 78, 79; 70 is the unexpected.

Messages name a file as the findings do, never a cell or a header.
"""

from typing import ClassVar

from schemas.errors.base import BestandsanalyseError


class InspectionError(BestandsanalyseError):
    """Base of everything that keeps a table from being inspected."""

    problem: ClassVar[str]
    remedy: ClassVar[str]

    def __init__(self, table: str, problem: str = "") -> None:
        self.table = table
        super().__init__(f"{table}: this {problem or self.problem}. Nothing was inspected. {self.remedy}")


class InspectionPathMissing(InspectionError):
    exit_code = 71
    problem = "file or folder does not exist, or holds no table"
    remedy = "Give a CSV, an XLSX, or a folder with tables."


class UnsupportedTable(InspectionError):
    exit_code = 72
    problem = "kind of file cannot be inspected"
    remedy = "Save it as CSV or XLSX."


class UnreadableTable(InspectionError):
    exit_code = 73
    problem = "file cannot be read as a table"
    remedy = "Save it again, without password, as CSV or XLSX."


class WrongTableEncoding(UnreadableTable):
    exit_code = 78
    problem = "file is neither UTF-8 nor Windows-1252 text"
    remedy = "Save it as CSV in UTF-8."


class EmptyTable(UnreadableTable):
    exit_code = 79
    problem = "table is empty or holds a header without rows"
    remedy = "Check that the right file was given."


class BrokenDataPackage(InspectionError):
    exit_code = 74
    problem = "datapackage.json is not a data package of these files"
    remedy = "Repair it, or inspect the folder without it."
