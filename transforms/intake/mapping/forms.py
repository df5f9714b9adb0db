"""Forms in which suppliers write dates, amounts, percentages and BSNs, and how each becomes ours.

Every form is an expression that gives null where a text is not in it. The contract says of what is in none of the
declared forms that it cannot be read.
"""

from collections.abc import Callable, Mapping, Sequence

import polars as pl

from schemas.specs import Kind

Form = Callable[[pl.Expr], pl.Expr]

_DAYS_OF_EXCEL = 25_569
"""Number of 1-1-1970 in a workbook (ECMA-376, 18.17.4.1: the 1900 date system, for days after 28-2-1900)."""

_UNREADABLE = "?"
"""In front of a text that is in none of the declared forms."""

_LAST_OF_EXCEL = "2958465"
"""Number of 31-12-9999, by which source systems mean that there is no end."""

_TIME = r"(?:[ T][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?)?$"
"""A time of day behind a date, which is cut off."""


def _date(pattern: str, day: int, month: int, year: int) -> Form:
    """Return a form of a date, given the place of its parts in a pattern."""

    def read(text: pl.Expr) -> pl.Expr:
        parts = [text.str.extract(pattern, place) for place in (day, month, year)]
        return parts[0].str.zfill(2) + "-" + parts[1].str.zfill(2) + "-" + parts[2]

    return read


def _excel(text: pl.Expr) -> pl.Expr:
    """Return the date of a day number of five digits in a workbook, from 18-5-1927; the last one is an open end."""
    number = text.str.extract("^([0-9]{5})(?:[.,][0-9]+)?$", 1).cast(pl.Int32, strict=False)
    day = (number - _DAYS_OF_EXCEL).cast(pl.Date).dt.strftime("%d-%m-%Y")
    return pl.when(text == _LAST_OF_EXCEL).then(pl.lit("31-12-9999")).otherwise(day)


def _amount(decimal: str, thousands: str) -> Form:
    """Return a form of an amount in euros, with or without euro sign, thousands and a minus in front or behind."""
    number = rf"(?:[0-9]{{1,3}}(?:[{thousands}][0-9]{{3}})+|[0-9]+)(?:[{decimal}][0-9]{{1,2}})?"

    def read(text: pl.Expr) -> pl.Expr:
        bare = text.str.replace("^(?:€|EUR)[ \u00a0]*", "").str.replace("[ \u00a0]*(?:€|EUR)$", "")
        digits = bare.str.replace_all(f"[{thousands}-]", "").str.replace(decimal, ",", literal=True)
        sign = pl.when(bare.str.contains("-", literal=True)).then(pl.lit("-")).otherwise(pl.lit(""))
        return pl.when(bare.str.contains(f"^(?:-?{number}|{number}-)$")).then(sign + digits)

    return read


def _cents(text: pl.Expr) -> pl.Expr:
    """Return euros of a whole number of eurocents."""
    digits = text.str.extract("^-?([0-9]+)$", 1).str.zfill(3)
    sign = pl.when(text.str.starts_with("-")).then(pl.lit("-")).otherwise(pl.lit(""))
    return sign + digits.str.head(-2) + "," + digits.str.tail(2)


def _fraction(text: pl.Expr) -> pl.Expr:
    """Return a percentage of a share between 0 and 1, such as 0,485."""
    share = text.str.extract("^([01](?:[.,][0-9]+)?)$", 1).str.replace(",", ".", literal=True).cast(pl.Float64)
    percentage = (share * 100).round(2).cast(pl.String).str.replace(r"\.0$", "")
    return pl.when(share <= 1).then(percentage.str.replace(".", ",", literal=True))


def _percentage(text: pl.Expr) -> pl.Expr:
    """Return a percentage with or without its sign, with a decimal comma or point."""
    return text.str.extract(r"^([0-9]{1,3}(?:[.,][0-9]+)?) ?%?$", 1).str.replace(".", ",", literal=True)


def _padded(text: pl.Expr) -> pl.Expr:
    """Return a BSN of which a spreadsheet dropped the zeros in front, or that has points or spaces in it.

    `99990039.0` is the number 99990039: a point before one digit or none parts no group of digits.
    """
    bare = text.str.replace(r"[.,]0{1,2}$", "")
    digits = bare.str.replace_all("[. ]", "")
    is_grouped = bare.str.contains("^[0-9]+(?:[. ][0-9]{2,})*$") & digits.str.contains("^[0-9]{7,9}$")
    return pl.when(is_grouped).then(digits.str.zfill(9))


def _upper(text: pl.Expr) -> pl.Expr:
    """Return a postcode in capitals."""
    return pl.when(text.str.contains("^[0-9]{4} ?[A-Za-z]{2}$")).then(text.str.to_uppercase())


_DATES: Mapping[str, Form] = {
    "d-m-jjjj": _date(r"^([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})" + _TIME, 1, 2, 3),
    "jjjj-mm-dd": _date(r"^([0-9]{4})[-/]([0-9]{2})[-/]([0-9]{2})" + _TIME, 3, 2, 1),
    "jjjjmmdd": _date(r"^([0-9]{4})([0-9]{2})([0-9]{2})$", 3, 2, 1),
    "m/d/jjjj": _date(r"^([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})" + _TIME, 2, 1, 3),
    "excel": _excel,
}
FORMS: Mapping[Kind, Mapping[str, Form]] = {
    Kind.DATE: _DATES,
    Kind.END_DATE: _DATES,
    Kind.BIRTH_DATE: _DATES,
    Kind.CENT: {"1.234,56": _amount(",", "."), "1,234.56": _amount(".", ","), "cent": _cents},
    Kind.PERCENT: {"procent": _percentage, "fractie": _fraction},
    Kind.BSN: {"zonder nullen": _padded},
    Kind.POSTCODE: {"kleine letters": _upper},
}
"""Forms by kind of field, by the word that a mapping has for them."""


def in_our_form(text: pl.Expr, kind: Kind, forms: Sequence[str]) -> pl.Expr:
    """Return a text as a delivery has it: by the first of these forms that it is in.

    A date or number in none of them gets a mark that makes it unreadable, as it could mean another one in our form:
    1174,00 in a column of eurocents. A BSN or postcode stays, as it cannot.

    Args:
        text: Stripped text; null stays null.
        kind: Kind of the field.
        forms: Words of `FORMS` of this kind.
    """
    rest = text if kind in (Kind.BSN, Kind.POSTCODE) else pl.lit(_UNREADABLE) + text
    return pl.coalesce(*(FORMS[kind][form](text) for form in forms), rest)
