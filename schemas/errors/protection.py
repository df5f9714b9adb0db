"""What is wrong with a file that was given to `protect`. Exit codes 80-83, 85-87 and 98; no cell is in a message."""

from collections.abc import Sequence

from schemas.errors.base import BestandsanalyseError


class MicrodataUnreadable(BestandsanalyseError):
    exit_code = 80

    def __init__(self, problem: str) -> None:
        super().__init__(
            f"The microdata file {problem}. Nothing was written. "
            "Give a CSV, XLSX or Parquet file with one header line and a row per person."
        )


class UnknownDimension(BestandsanalyseError):
    exit_code = 81

    def __init__(self, which: str) -> None:
        super().__init__(
            f"{which} is not a column of the microdata, or is named twice. Nothing was written. "
            "Check --by, --sum, --person and --survey-weight against the header of the file."
        )


class UnusableColumn(BestandsanalyseError):
    exit_code = 82

    def __init__(self, column: str, problem: str) -> None:
        super().__init__(f"Column {column} {problem}. Nothing was written. Correct it in the file, or leave it out.")


class NotTogether(BestandsanalyseError):
    """Options that exclude each other, or of which one means nothing without the other."""

    exit_code = 83

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(f"{problem}. Nothing was written. {remedy}")


class CodesUnusable(BestandsanalyseError):
    exit_code = 85

    def __init__(self, problem: str) -> None:
        super().__init__(
            f"The file of code lists is unusable: {problem}. Nothing was written. See docs/tools.md for an example."
        )


class ColumnsUnrelated(BestandsanalyseError):
    """Nobody knows whether a column depends on one that an earlier release counted."""

    exit_code = 86

    def __init__(self, column: str, missing: Sequence[str]) -> None:
        super().__init__(
            f"Column {column} cannot be related to what earlier releases in the ledger counted, as the file does not "
            f"have their {', '.join(missing)}. Nothing was written. If it is one of those under another name, say so "
            f"with --same-as OLD={column}; if it is coarser or finer than one, declare both with --codes FILE; if it "
            f"has nothing to do with them, say --new {column}."
        )


class CategoriesChanged(BestandsanalyseError):
    """A code list grew, was merged or split since an earlier release."""

    exit_code = 87

    def __init__(self, column: str) -> None:
        super().__init__(
            f"Column {column} has other categories than in earlier releases in the ledger. Nothing was written. A "
            "mistake in the file is mended there; a code list that changed is declared with --codes FILE: all "
            f"categories of today under [{column}], and under [{column}.was] which earlier ones were merged or split."
        )


class FolderInUse(BestandsanalyseError):
    """The output folder holds something, which tables might be taken for part of, or take the place of."""

    exit_code = 98

    def __init__(self) -> None:
        super().__init__(
            "The output folder is not empty. Nothing was read or written. Give a new folder with --out, or --force to "
            "put the tables there, in the place of those of an earlier run."
        )
