"""What is wrong with a file that was given to `protect`. Exit codes 80-83 and 85; no cell is in a message."""

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


class FolderInUse(BestandsanalyseError):
    """The output folder holds something, which tables might be taken for part of, or take the place of."""

    exit_code = 85

    def __init__(self) -> None:
        super().__init__(
            "The output folder is not empty. Nothing was read or written. Give a new folder with --out, or --force to "
            "put the tables there, in the place of those of an earlier run."
        )
