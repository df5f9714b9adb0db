"""Raw text to typed columns, as Polars expressions: Dutch dates and decimals."""

from collections.abc import Callable

import polars as pl

from schemas.specs import Field, Kind, SourceSpec
from transforms.intake.delivery import CELLS, PERSONS, ROW_NUMBER

UNREADABLE = "__onleesbaar"
"""Suffix of the boolean column that says that a delivered text could not be read as its kind."""
AS_DELIVERED = (Kind.TEXT, Kind.BSN)
"""Kinds that stay text, so that nothing in them is unreadable; codes and the 11-proef are rules."""
LATEST = "__laatst"
"""Suffix of the column with the last possible date, where the day or month of birth is unknown."""

# The year 0000 is a date to Polars and to nobody else.
_DATE = "^[0-9]{2}-[0-9]{2}-[1-9][0-9]{3}$"
_OPEN = "31-12-9999"
"""How source systems write an end that is not there."""
_BIRTH_DATE_UNKNOWN = "^00-([0-9]{2})-([1-9][0-9]{3})$"
_DECIMAL = "^-?[0-9]+(,[0-9]{1,2})?$"
# With its decimals a point between thousands can be nothing else; without them 1.174 could be.
_THOUSANDS = r"^-?[0-9]{1,3}([.][0-9]{3})+,[0-9]{2}$"
_PERCENT = "^[0-9]{1,3}(,[0-9]+)?$"
_POSTCODE = "^[1-9][0-9]{3} ?[A-Z]{2}$"


def parse_columns(frame: pl.DataFrame, source: SourceSpec) -> pl.DataFrame:
    """Typed columns beside a flag for every text that could not be read.

    Args:
        frame: Of the rows of `read_delivery`.
        source: Declaration with the kind of each column.

    Returns:
        The same rows: per field its typed column (null if empty or unreadable) and, where
        text can be unreadable, `<name>__onleesbaar`; a birth date has `<name>__laatst` too.
    """
    expressions: list[pl.Expr] = [pl.col(ROW_NUMBER, CELLS, PERSONS)]
    for field in (column.field for column in source.read):
        value = parse_field(field)
        expressions.append(value.alias(field.name))
        if field.kind not in AS_DELIVERED:
            is_empty = field.col.is_null() | ((field.col == _OPEN) & (field.kind is Kind.END_DATE))
            expressions.append((~is_empty & value.is_null()).fill_null(False).alias(field.name + UNREADABLE))
        if field.kind is Kind.BIRTH_DATE:
            expressions.append(latest_birth_date(field.col).alias(field.name + LATEST))
    return frame.select(expressions)


def parse_field(field: Field) -> pl.Expr:
    """The typed value of a text column; null stays null, unreadable text becomes null."""
    return _READERS[field.kind](field.col)


def dutch_date(text: pl.Expr) -> pl.Expr:
    """Date of `dd-mm-jjjj`; anything else, a year of two digits included, is null.

    The pattern comes first because `%Y` reads `01-02-85` as the year 85.
    """
    return _matching(text, _DATE).str.to_date("%d-%m-%Y", strict=False)


def _end_date(text: pl.Expr) -> pl.Expr:
    return dutch_date(pl.when(text != _OPEN).then(text))


def earliest_birth_date(text: pl.Expr) -> pl.Expr:
    """First day that a birth date can be: `00-00-1960` is 1 January, `00-05-1960` is 1 May 1960."""
    return pl.coalesce(dutch_date(text), _unknown_birth_day(text))


def latest_birth_date(text: pl.Expr) -> pl.Expr:
    """Last day that a birth date can be; equal to the earliest if the whole date is known."""
    month = text.str.extract(_BIRTH_DATE_UNKNOWN, 1)
    year_end = _unknown_birth_day(text).dt.offset_by("11mo").dt.month_end()
    month_end = _unknown_birth_day(text).dt.month_end()
    unknown = pl.when(month == "00").then(year_end).otherwise(month_end)
    return pl.coalesce(dutch_date(text), unknown)


def _unknown_birth_day(text: pl.Expr) -> pl.Expr:
    month = text.str.extract(_BIRTH_DATE_UNKNOWN, 1).str.replace("00", "01", literal=True)
    return ("01-" + month + "-" + text.str.extract(_BIRTH_DATE_UNKNOWN, 2)).str.to_date("%d-%m-%Y", strict=False)


def cent(text: pl.Expr) -> pl.Expr:
    """Eurocent (Int64) of an amount with a decimal comma, as `1174,87` or `1.174,87`; `100.50` is unreadable."""
    plain = pl.when(text.str.contains(_THOUSANDS)).then(text.str.replace_all(".", "", literal=True)).otherwise(text)
    amount = _matching(plain, _DECIMAL)
    euros = amount.str.extract("^(-?[0-9]+)", 1).cast(pl.Int64, strict=False)
    cents = amount.str.extract(",([0-9]{1,2})$", 1).fill_null("0").str.pad_end(2, "0").cast(pl.Int64, strict=False)
    return euros * 100 + pl.when(amount.str.starts_with("-")).then(-cents).otherwise(cents)


def _matching(text: pl.Expr, pattern: str) -> pl.Expr:
    """The text if it matches, else null. Patterns spell [0-9]: `\\d` takes Arabic digits too."""
    return pl.when(text.str.contains(pattern)).then(text)


def _whole(text: pl.Expr) -> pl.Expr:
    return _matching(text, "^[0-9]{1,15}$").cast(pl.Int64, strict=False)


def _percent(text: pl.Expr) -> pl.Expr:
    return _matching(text, _PERCENT).str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)


def _postcode(text: pl.Expr) -> pl.Expr:
    return _matching(text, _POSTCODE).str.replace(" ", "", literal=True)


def _as_delivered(text: pl.Expr) -> pl.Expr:
    return text


_READERS: dict[Kind, Callable[[pl.Expr], pl.Expr]] = {
    Kind.TEXT: _as_delivered,
    Kind.BSN: _as_delivered,
    Kind.DATE: dutch_date,
    Kind.END_DATE: _end_date,
    Kind.BIRTH_DATE: earliest_birth_date,
    Kind.INTEGER: _whole,
    Kind.CENT: cent,
    Kind.PERCENT: _percent,
    Kind.POSTCODE: _postcode,
}
