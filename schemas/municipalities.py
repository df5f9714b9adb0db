"""The municipalities of WSD: names and CBS codes. Postcodes are each municipality's own to declare."""

import re
from dataclasses import dataclass

SOURCE = "CBS, gemeentelijke indeling op 1 januari 2026; leden van WSD te bevestigen"

_CODE = re.compile(r"[0-9]{4}")
_NAME = re.compile(r"[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ0-9 .'()-]{0,60}")


@dataclass(frozen=True)
class Gemeente:
    """A municipality by its CBS code of four digits."""

    code: str
    name: str


WSD = (
    Gemeente("0753", "Best"),
    Gemeente("0757", "Boxtel"),
    # A member until it was split on 1 January 2021; that it was the tenth is an inference.
    Gemeente("0788", "Haaren"),
    Gemeente("1948", "Meierijstad"),
    Gemeente("0820", "Nuenen c.a."),
    Gemeente("0823", "Oirschot"),
    Gemeente("0824", "Oisterwijk"),
    Gemeente("0845", "Sint-Michielsgestel"),
    Gemeente("0848", "Son en Breugel"),
    Gemeente("0865", "Vught"),
)
"""In order of name."""


def find_municipality(name_or_code: str) -> Gemeente | None:
    """Return the municipality with that name or code, in any case; None if it is not one of WSD."""
    plain = name_or_code.strip().casefold()
    return next((gemeente for gemeente in WSD if plain in {gemeente.code, gemeente.name.casefold()}), None)


def is_code(text: object) -> bool:
    """Return whether it is written as a CBS code: four digits."""
    return isinstance(text, str) and bool(_CODE.fullmatch(text))


def is_name(text: object) -> bool:
    """Return whether it could be the name of a municipality: it is printed, and becomes part of a folder's name."""
    return isinstance(text, str) and bool(_NAME.fullmatch(text))


def agree(code: str, name: str) -> bool:
    """Return whether a code and a name are not those of two different municipalities."""
    return all((gemeente.code == code) == (gemeente.name == name) for gemeente in WSD)
