"""Spelling of categories: which look alike or mean unknown, and their order."""

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal

_UNKNOWN = frozenset({
    "leeg", "empty", "blank", "missing", "onbekend", "unknown", "nietbekend", "nietingevuld", "notknown", "na", "n/a",
    "nvt", "nb", "nan", "null", "notavailable", "geenopgave", "geenantwoord", "weetniet", "nonresponse",
})  # fmt: skip
"""Spellings of unknown, without spaces, brackets, full stops and signs around them. Neither `geen` nor `none`: no
benefit, no debts are answers."""


_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"))
_ALONE = re.compile(r"[-?.*#]+")
_INSIDE = re.compile(r"[ .-]")
_AROUND = " .,;:'\"()[]<>#"
_NUMBER = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?")
_ZEROS = re.compile(r"(?<![0-9.,])0+(?=[0-9])")
_BETWEEN = re.compile(r"(?<=[^\W\d])[ _-]+(?=\w)|(?<=\w)[ _-]+(?=[^\W\d])|(?<=-) +| +(?=-)")
"""Spaces, hyphens and underscores beside a letter, which are often left out; those between numbers separate them."""

_THOUSANDS = r"[1-9][0-9]{0,2}(?:[.,][0-9]{3})+"
_PART = re.compile(rf"(?:{_THOUSANDS}(?![0-9])|[0-9]+)(?:[.,][0-9]+)?|[^0-9]+")
_GROUPED = re.compile(rf"({_THOUSANDS})([.,][0-9]+)?")
_CURRENCY = re.compile(r"^(€|eur) ?")
_BELOW = re.compile(
    r"(<=?|≤|tot en met|tot|t/m|(minder|lager|jonger) dan|onder|under|below|less than|up to) ?(?=[€0-9-])"
)
_ABOVE = re.compile(r"(>=?|≥|vanaf|(meer|hoger|ouder) dan|boven|over|above|more than) ?(?=[€0-9-])")

Part = tuple[int, Decimal, str]
Place = tuple[bool, tuple[Part, ...], str]


def unknown_categories(values: Iterable[str]) -> frozenset[str]:
    """Return the categories that mean unknown: `onbekend`, `NA`, `-`, `(leeg)` and the like."""
    return frozenset(value for value in values if _is_unknown(value))


def place_of(category: str) -> Place:
    """Return the sort key of a category: numbers and bands by number, then words, then unknown.

    `<18` comes before `18-26`, and `65+` after `55-64`; `1.000` is a thousand. No two categories share a key.
    """
    text, side = _CURRENCY.sub("", _plain(category)), 0
    for shift, sign in ((-1, _BELOW), (1, _ABOVE)):
        if match := sign.match(text):
            text, side = _CURRENCY.sub("", text[match.end() :]), shift
    parts = [_part(part) for part in _PART.findall(text)]
    if len(parts) > 1 and parts[0][2] == "-" and not parts[1][0]:
        parts[:2] = [(0, -parts[1][1], "")]
    # Behind the first part, so that below and above 18 stand around 18 itself.
    return _is_unknown(category), (*parts[:1], (side, Decimal(0), ""), *parts[1:]), category


def spelling_warnings(column: str, categories: Iterable[str]) -> list[str]:
    """Return sentences about categories of a column that may be one; they are counted apart all the same."""
    ordered = sorted(categories, key=place_of)
    unknown = unknown_categories(ordered)
    groups: dict[str, list[str]] = {}
    for category in ordered:
        groups.setdefault(_spelling(category), []).append(category)
    alike = [group for group in groups.values() if len(group) > 1 and not unknown.issuperset(group)]
    remarks = [(group, "look alike") for group in alike]
    if len(unknown) > 1:
        remarks.append((sorted(unknown, key=place_of), "seem to mean unknown"))
    return [
        f"Column {column}: {len(group)} categories {remark}, and are counted apart: {_quote(group)}."
        for group, remark in remarks
    ]


def padding_warnings(column: str, categories: Iterable[str]) -> list[str]:
    """Return a sentence about categories that stand in the file with and without spaces around them."""
    padded = sorted(categories, key=place_of)
    if not padded:
        return []
    number = "1 category" if len(padded) == 1 else f"{len(padded)} categories"
    return [f"Column {column}: spaces around {number} were taken off, which made them one with: {_quote(padded)}."]


def _quote(categories: Iterable[str]) -> str:
    """Return categories as text, with control characters escaped, which a terminal would obey."""
    return ", ".join(map(repr, categories))


def _is_unknown(category: str) -> bool:
    """Return whether a category means unknown."""
    text = _plain(category)
    return not text or bool(_ALONE.fullmatch(text)) or _INSIDE.sub("", text.strip(_AROUND)) in _UNKNOWN


def _plain(category: str) -> str:
    """Return a category in lower case, with one kind of hyphen and space, without invisible signs."""
    text = unicodedata.normalize("NFKC", category).translate(_DASHES).casefold()
    return " ".join("".join(sign for sign in text if unicodedata.category(sign) != "Cf").split())


def _spelling(category: str) -> str:
    """Return a text that is equal for categories that look alike.

    Capitals, accents, spaces, hyphens and leading zeros do not count.
    """
    text = _plain(category)
    if _NUMBER.fullmatch(text):
        return str(Decimal(text.replace(",", ".")).normalize())
    letters = unicodedata.normalize("NFD", text)
    text = "".join(sign for sign in letters if not unicodedata.combining(sign))
    return _ZEROS.sub("", _BETWEEN.sub("", text.strip(" .,;:'\"") or text))


def _part(text: str) -> Part:
    """Return a number with its value, or a text; numbers come first."""
    if not text[0].isdecimal():
        return 1, Decimal(0), text
    if grouped := _GROUPED.fullmatch(text):
        text = grouped[1].replace(".", "").replace(",", "") + (grouped[2] or "")
    return 0, Decimal(text.replace(",", ".")), ""
