"""What is wrong with the municipality that a work folder is for. Exit codes 90-91."""

from schemas.errors.base import BestandsanalyseError


class MunicipalityUnusable(BestandsanalyseError):
    """The file that declares it cannot be used."""

    exit_code = 90

    def __init__(self, problem: str) -> None:
        self.problem = problem
        super().__init__(
            f"The file that declares the municipality {problem}. Nothing was read or published. It is TOML, with "
            'gemeente_code = "0757", gemeente = "Boxtel" and postcodes = ["1001", ...]; see docs/steward.md.'
        )


class MunicipalityPinned(BestandsanalyseError):
    """A work folder is of one municipality: keys, ledger and officer are."""

    exit_code = 91

    def __init__(self) -> None:
        super().__init__(
            "This work folder is of another municipality, or was used before one was declared: its keys and ledger are "
            "of that one. Nothing was changed. Give this municipality a work folder of its own with --home."
        )
