"""Raw text to typed columns, as Polars expressions."""

from collections.abc import Callable

import polars as pl

from schemas.specs import Field, Kind, SourceSpec
from transforms.intake.delivery import BSNS, CELL_COUNT, ROW_NUMBER

UNREADABLE = "__onleesbaar"
"""Suffix of the boolean column that is true where a delivered text could not be read as its kind."""
AS_DELIVERED = (Kind.TEXT, Kind.BSN)
"""Kinds that stay text, so that nothing in them is unreadable; codes and the 11-proef are rules."""
LATEST = "__laatst"
"""Suffix of the column with the last possible date, where the day or month of birth is unknown."""

# Polars reads the year 0000; no source means it.
_DATE = "^[0-9]{2}-[0-9]{2}-[1-9][0-9]{3}$"
_OPEN = "31-12-9999"
"""End date by which source systems mean that there is no end."""
_BIRTH_DATE_UNKNOWN = "^00-([0-9]{2})-([1-9][0-9]{3})$"
_DECIMAL = "^-?[0-9]+(,[0-9]{1,2})?$"
# With decimals a point can only separate thousands; without them 1.174 is ambiguous.
_THOUSANDS = r"^-?[0-9]{1,3}([.][0-9]{3})+,[0-9]{2}$"
_PERCENT = "^[0-9]{1,3}(,[0-9]+)?$"
_POSTCODE = "^[1-9][0-9]{3} ?[A-Z]{2}$"


def parse_columns(frame: pl.DataFrame, source: SourceSpec) -> pl.DataFrame:
    """Return typed columns beside a flag for every text that could not be read.

    Args:
        frame: Of the rows of `read_delivery`.
        source: Declaration with the kind of each column.

    Returns:
        The same rows: per field its typed column (null if empty or unreadable) and, where
        text can be unreadable, `<name>__onleesbaar`; a birth date has `<name>__laatst` too.
    """
    expressions: list[pl.Expr] = [pl.col(ROW_NUMBER, CELL_COUNT, BSNS)]
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
    """Return the typed value of a text column; null stays null, unreadable text becomes null."""
    return _READERS[field.kind](field.col)


def dutch_date(text: pl.Expr) -> pl.Expr:
    """Return the date of `dd-mm-jjjj`; anything else, a year of two digits included, is null.

    The pattern comes first because `%Y` reads `01-02-85` as the year 85.
    """
    return _text_if_match(text, _DATE).str.to_date("%d-%m-%Y", strict=False)


def _end_date(text: pl.Expr) -> pl.Expr:
    """Return the date of a text; null also for the text that means no end."""
    return dutch_date(pl.when(text != _OPEN).then(text))


def earliest_birth_date(text: pl.Expr) -> pl.Expr:
    """Return the first possible day of a birth date: `00-00-1960` is 1 January, `00-05-1960` is 1 May 1960."""
    return pl.coalesce(dutch_date(text), _unknown_birth_day(text))


def latest_birth_date(text: pl.Expr) -> pl.Expr:
    """Return the last possible day of a birth date; the earliest if the whole date is known."""
    month = text.str.extract(_BIRTH_DATE_UNKNOWN, 1)
    year_end = _unknown_birth_day(text).dt.offset_by("11mo").dt.month_end()
    month_end = _unknown_birth_day(text).dt.month_end()
    unknown = pl.when(month == "00").then(year_end).otherwise(month_end)
    return pl.coalesce(dutch_date(text), unknown)


def _unknown_birth_day(text: pl.Expr) -> pl.Expr:
    """Return the first day of a birth date without day, or without day and month; null for any other."""
    month = text.str.extract(_BIRTH_DATE_UNKNOWN, 1).str.replace("00", "01", literal=True)
    return ("01-" + month + "-" + text.str.extract(_BIRTH_DATE_UNKNOWN, 2)).str.to_date("%d-%m-%Y", strict=False)


def cent(text: pl.Expr) -> pl.Expr:
    """Return eurocent (Int64) of an amount with a decimal comma.

    `1174,87` and `1.174,87` are read; `100.50` is unreadable.
    """
    plain = pl.when(text.str.contains(_THOUSANDS)).then(text.str.replace_all(".", "", literal=True)).otherwise(text)
    amount = _text_if_match(plain, _DECIMAL)
    euros = amount.str.extract("^(-?[0-9]+)", 1).cast(pl.Int64, strict=False)
    cents = amount.str.extract(",([0-9]{1,2})$", 1).fill_null("0").str.pad_end(2, "0").cast(pl.Int64, strict=False)
    return euros * 100 + pl.when(amount.str.starts_with("-")).then(-cents).otherwise(cents)


def _text_if_match(text: pl.Expr, pattern: str) -> pl.Expr:
    """Return the text if it matches, else null.

    Patterns spell [0-9]: `\\d` takes Arabic digits too.
    """
    return pl.when(text.str.contains(pattern)).then(text)


def _integer(text: pl.Expr) -> pl.Expr:
    return _text_if_match(text, "^[0-9]{1,15}$").cast(pl.Int64, strict=False)


def _percent(text: pl.Expr) -> pl.Expr:
    return _text_if_match(text, _PERCENT).str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)


def _postcode(text: pl.Expr) -> pl.Expr:
    return _text_if_match(text, _POSTCODE).str.replace(" ", "", literal=True)


def _keep(text: pl.Expr) -> pl.Expr:
    return text


_READERS: dict[Kind, Callable[[pl.Expr], pl.Expr]] = {
    Kind.TEXT: _keep,
    Kind.BSN: _keep,
    Kind.DATE: dutch_date,
    Kind.END_DATE: _end_date,
    Kind.BIRTH_DATE: earliest_birth_date,
    Kind.INTEGER: _integer,
    Kind.CENT: cent,
    Kind.PERCENT: _percent,
    Kind.POSTCODE: _postcode,
}
