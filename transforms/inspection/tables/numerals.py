"""Printed numbers (1.234, 12,5, 1,234.5, 98 %) and marks of withheld ones."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_DUTCH = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+(?:,\d+)?|[+-]?\d+,\d+")
_ENGLISH = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[+-]?\d+\.\d+")
_WHOLE = re.compile(r"[+-]?\d+")
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")
_BELOW = re.compile(
    r"(?:<|minder dan|less than|onder)\s*(\d+)|(?:≤|<=)\s*(\d+)|[01]\s*(?:-|\u2013|t/m|tot en met)\s*(\d+)"
)
_MARKS = re.compile(r"[-\u2013\u2014.:*x?]+|n\.?b\.?|n\.?v\.?t\.?|n/?a|nan|null|none|geheim|onbekend|onderdrukt|[qcs]")
_DECORATION = re.compile("[\\s\u00a0\u2009\u202f€$]|EUR|euro")


@dataclass(frozen=True)
class Numeral:
    """A printed number.

    Attributes:
        is_percentage: A percent sign stood behind it.
    """

    value: float
    decimals: int
    is_percentage: bool


def decimal_sign(texts: Iterable[str | None]) -> str:
    """Return the decimal sign of a table, by the unambiguous numbers; '' if there are none.

    '1.234' can be read in two ways and is no evidence; '12,5' and '1.234,5' are.
    """
    votes = {",": 0, ".": 0}
    for text in texts:
        bare = _bare(text or "")
        if _GROUPED.fullmatch(bare):
            continue
        if _DUTCH.fullmatch(bare):
            votes["," if "," in bare else "."] += 1 if "," in bare else 0
        elif _ENGLISH.fullmatch(bare):
            votes["."] += 1 if "." in bare else 0
    return "" if votes[","] == votes["."] else max(votes, key=votes.__getitem__)


def numeral(text: str | None, decimal: str = "") -> Numeral | None:
    """Return the number that a text prints; None for an empty cell, a mark, a bound such as '<10', or words."""
    bare = _bare(text or "")
    if _WHOLE.fullmatch(bare):
        return Numeral(float(bare), 0, _percent(text))
    is_dutch, is_english = bool(_DUTCH.fullmatch(bare)), bool(_ENGLISH.fullmatch(bare))
    if not is_dutch and not is_english:
        return None
    sign = _sign(bare, decimal) if is_dutch and is_english else "," if is_dutch else "."
    grouping = "." if sign == "," else ","
    plain = bare.replace(grouping, "").replace(sign, ".")
    return Numeral(float(plain), len(plain.partition(".")[2]), _percent(text))


def bound(text: str | None) -> int | None:
    """Return the bound of '<10' (10), '≤9' (10) or '1-9' (10); None for anything else."""
    match = _BELOW.fullmatch((text or "").strip().casefold())
    if not match:
        return None
    return int(match[1]) if match[1] else int(match[2] or match[3]) + 1


def is_withheld(text: str | None) -> bool:
    """Return whether a cell is empty or holds a mark or a bound instead of a number."""
    stripped = (text or "").strip().casefold()
    return not stripped or bool(_MARKS.fullmatch(stripped)) or bound(stripped) is not None


def are_numbers(texts: Sequence[str | None], decimal: str) -> bool:
    """Return whether a column holds numbers: one at least, and three quarters of what is not withheld."""
    printed = [text for text in texts if not is_withheld(text)]
    numbers = sum(numeral(text, decimal) is not None for text in printed)
    return numbers > 0 and 4 * numbers >= 3 * len(printed)


def _sign(bare: str, decimal: str) -> str:
    """Return the decimal sign of 1.234 or 1,234.

    It separates thousands, unless the table writes its decimals so, or it is 0.234.
    """
    written = "," if "," in bare else "."
    if written == decimal or bare.lstrip("+-").startswith("0"):
        return written
    return "." if written == "," else ","


def _bare(text: str) -> str:
    """Return a text without spaces, currency, percent sign and the star of a footnote."""
    stripped = _DECORATION.sub("", text).rstrip("*").rstrip("%")
    return stripped.rstrip("*")


def _percent(text: str | None) -> bool:
    return "%" in (text or "")
