"""The shape of a field: one delivered column, what it means and what becomes of it."""

from dataclasses import dataclass
from enum import Enum

import polars as pl

from schemas.codes import CodeList


class Kind(Enum):
    """How the delivered text is read (`transforms.intake.parse`)."""

    TEXT = "tekst"
    BSN = "burgerservicenummer"
    DATE = "datum dd-mm-jjjj"
    END_DATE = "datum dd-mm-jjjj; 31-12-9999 is geen einde"
    BIRTH_DATE = "datum dd-mm-jjjj, onbekende dag of maand als 00"
    INTEGER = "geheel getal"
    CENT = "bedrag met decimale komma, gelezen als eurocent"
    PERCENT = "percentage met decimale komma"
    POSTCODE = "postcode 1234 AB"


class Category(Enum):
    """Kind of personal data, point 2.1.4 of the Model DPIA Rijksdienst."""

    GEEN = "geen persoonsgegeven"
    GEWOON = "gewoon"
    GEVOELIG = "gevoelig"
    BIJZONDER = "bijzonder"
    NATIONAAL_NUMMER = "nationaal identificatienummer"


class Treatment(Enum):
    """What pseudonymisation does with a field; nothing else passes that step."""

    KEEP = "blijft"
    DROP = "vervalt"
    UNREAD = "wordt niet gelezen"
    PSEUDONYM = "wordt pseudoniem"
    AGE = "wordt leeftijd op de peildatum"
    PC4 = "wordt viercijferige postcode"
    NUMBER = "wordt volgnummer binnen de levering"


@dataclass(frozen=True, kw_only=True)
class Field:
    """One column, declared once: it feeds the contract, the PIA and the data dictionary.

    Attributes:
        name: Our name: snake_case, Dutch noun, unit suffix.
        meaning: Dutch, for the data dictionary.
        unit: Unit or format of a value.
        category: Kind of personal data.
        purpose: Why the analysis reads it (AVG art. 5 lid 1 onder b).
        source: Standard that defines it.
        retention_months: Months that identified or staged values may be kept.
        codes: Closed list, if the values are codes.
    """

    name: str
    meaning: str
    kind: Kind
    unit: str
    category: Category
    treatment: Treatment
    purpose: str
    source: str
    retention_months: int = 3
    codes: CodeList | None = None

    @property
    def col(self) -> pl.Expr:
        return pl.col(self.name)
