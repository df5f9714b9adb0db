"""Direct identifiers: numbers with a check digit, addresses, and named columns."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from transforms.inspection.tables.words import THINGS, tokens, word_set

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w+])(?:(?:\+|00)31[\s-]?\(?0?\)?[\s-]?[1-9]|\(?0[1-9])(?:[\s()-]{0,2}\d){8}(?!\d)")
_NINE = re.compile(r"(?<![\d.,])\d{9}(?![\d.,]\d|\d)")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
_POSTCODE = re.compile(r"[1-9]\d{3} ?[A-Z]{2}")
_DATE = re.compile(r"\d{1,2}[-/ .]\d{1,2}[-/ .](?:19|20)?\d{2}|(?:19|20)\d{2}-\d{2}-\d{2}(?:[ T].*)?|(?:19|20)\d{6}")
_IN_TEXT = {
    # Somebody's title and name; or a street and a house number.
    "naam van een persoon": re.compile(
        r"\b(?:[Mm]evr(?:ouw|\.)?|[Mm]w\.?|[Mm]eneer|[Dd]hr\.?|[Dd]e heer|[Mm]rs?\.?|[Mm]s\.?)\s+"
        r"(?:van |de |den |der )*[A-Z]"
    ),
    "adres": re.compile(r"\b[A-Z][a-z]+(?:straat|weg|laan|plein|hof|dreef|pad|dijk|singel|kade|steeg)\s+\d+", re.ASCII),
    "nummer van acht of negen cijfers": re.compile(r"(?<!\d)\d{3}[ .]?\d{2,3}[ .]?\d{3}(?!\d)"),
    "postcode met letters": re.compile(r"\b[1-9]\d{3} ?[A-Z]{2}\b"),
    "datum": re.compile(
        rf"{_DATE.pattern}|\b\d{{1,2}} (?:jan|feb|maa|mrt|apr|mei|jun|jul|aug|sep|okt|oct|nov|dec)", re.IGNORECASE
    ),
}
_NAMED = {
    "naam": word_set(
        "achternaam voornaam voornamen roepnaam voorletters tussenvoegsel geslachtsnaam surname "
        "significantdeelvandeachternaam"
    ),
    "bsn": word_set("bsn burgerservicenummer burgerservicenr sofinummer"),
    "geboortedatum": word_set("geboortedatum geboortedat gebdatum geb gebdat dob geboren birthdate"),
    "adres": word_set("huisnummer woonadres straatnaam"),
}
BARE_NAMES = word_set("naam name clientnaam kandidaat_naam adres straat contactpersoon volledige")
"""Headers that name a person only where the table counts nobody: 'naam' may be the name of a wijk."""


@dataclass(frozen=True)
class Sighting:
    """Rows (from 0) of a column with an identifier; never its values."""

    column: str
    kind: str
    rows: tuple[int, ...]


def is_bsn(digits: str) -> bool:
    """Return whether digits pass the 11-proef: 9a+8b+...+2h-i divisible by 11.

    Source: iWmo 3.2 CS002; nine zeros are refused.
    """
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    is_number = bool(re.fullmatch(r"[0-9]{9}", digits)) and digits != "000000000"
    return is_number and sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11 == 0


def is_iban(text: str) -> bool:
    """Return whether a text passes the 97-proef of ISO 13616."""
    bare = text.replace(" ", "")
    return len(bare) >= 15 and int("".join(str(int(sign, 36)) for sign in bare[4:] + bare[:4])) % 97 == 1


def find_identifiers(frame: pl.DataFrame, *, names_groups: bool, names_organisations: bool) -> Iterator[Sighting]:
    """Yield every column with a direct identifier, once per kind.

    Args:
        names_groups: Whether the table counts persons or things, so that 'naam' names no person.
        names_organisations: Whether a row is an organisation, whose addresses are no secret; a BSN is.
    """
    for name in frame.columns:
        values = [str(value) if value is not None else "" for value in frame[name]]
        for kind, holds in _IN_VALUES.items():
            rows = tuple(row for row, value in enumerate(values) if holds(value))
            if rows and _is_evidence(kind, name, values, rows) and (kind == "bsn" or not names_organisations):
                yield Sighting(name, kind, rows)
        kind = _kind_by_header(name, values, names_groups or names_organisations)
        if kind:
            yield Sighting(name, kind, tuple(row for row, value in enumerate(values) if value))


def identifiers_in(text: str) -> tuple[str, ...]:
    """Return the kinds of identifiers that a sentence seems to hold.

    Stricter than `find_identifiers`, which can count over a column. A number as long as a BSN is reported, whether or
    not it passes the 11-proef. A name without a title is not seen.
    """
    kinds = [kind for kind, holds in _IN_VALUES.items() if holds(text)]
    return tuple(dict.fromkeys([*kinds, *(kind for kind, pattern in _IN_TEXT.items() if pattern.search(text))]))


def _has_bsn(text: str) -> bool:
    return any(is_bsn(digits) for digits in _NINE.findall(text))


def _has_iban(text: str) -> bool:
    return any(is_iban(candidate) for candidate in _IBAN.findall(text))


def _matcher(pattern: "re.Pattern[str]") -> Callable[[str], bool]:
    return lambda text: bool(pattern.search(text))


_IN_VALUES: dict[str, Callable[[str], bool]] = {
    "bsn": _has_bsn,
    "e-mailadres": _matcher(_EMAIL),
    "telefoonnummer": _matcher(_PHONE),
    "IBAN": _has_iban,
    "postcode met letters": lambda text: bool(_POSTCODE.fullmatch(text)),
}


def _is_evidence(kind: str, name: str, values: Sequence[str], rows: tuple[int, ...]) -> bool:
    """Return whether rows suffice to call a column an identifier.

    One in eleven numbers of nine digits is a BSN by chance, and '2018 AB' may be a label.
    """
    filled = [value for value in values if value]
    if kind == "postcode met letters":
        return "postcode" in name.casefold() or 2 * len(rows) >= len(filled)
    if kind != "bsn" or _NAMED["bsn"] & set(tokens(name)):
        return True
    bare = [value for value in filled if re.fullmatch(r"\d{9}", value)]
    in_words = any(not re.fullmatch(r"[\d.,\s]+", values[row]) for row in rows)
    return in_words or (len(bare) > 1 and 2 * sum(map(is_bsn, bare)) > len(bare))


def _kind_by_header(name: str, values: Sequence[str], names_groups: bool) -> str:
    """Return the kind of identifier that a header names.

    Dates count only where the values are dates.
    """
    words = set(tokens(name)) | {"".join(tokens(name))}
    if words & THINGS or not any(values):
        return ""
    for kind, headers in _NAMED.items():
        if words & headers and kind == "geboortedatum":
            return kind if any(_DATE.fullmatch(value) for value in values) else ""
        if words & headers and kind != "bsn":
            return kind
    return "naam of adres" if words & BARE_NAMES and not names_groups else ""
