"""Numbers and dates as an English reader expects them: 1,234, 22.0% and 1 July 2019."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def number(value: int) -> str:
    """A whole number with a comma per thousand: 1,234."""
    return f"{value:,}"


def percentage(part: int, whole: int) -> str:
    """A share in tenths of a per cent, halves rounded up: 22.0%. `whole` is more than 0."""
    tenths = (2000 * part + whole) // (2 * whole)
    return f"{number(tenths // 10)}.{tenths % 10}%"


def whole_percentage(part: int, whole: int) -> str:
    """A share in whole per cents, halves rounded up: 22%. `whole` is more than 0."""
    return f"{number((200 * part + whole) // (2 * whole))}%"


def euro(cents: int) -> str:
    """An amount in whole euros, halves rounded up: €1,234."""
    return f"€{number((cents + 50) // 100)}"


def difference(cents: int) -> str:
    """A change in whole euros with its sign: +€1,234, -€1,234 or €0."""
    sign = "+" if cents >= 50 else "\u2212" if cents <= -50 else ""
    return f"{sign}{euro(abs(cents))}"


def signed(value: int) -> str:
    """A change with its sign: +40, −40 or 0."""
    sign = "+" if value > 0 else "\u2212" if value < 0 else ""
    return f"{sign}{number(abs(value))}"


def factor(value: Fraction) -> str:
    """A factor in hundredths, halves rounded up: 1.10."""
    hundredths = int(100 * value + Fraction(1, 2))
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def long_date(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def enumeration(words: Sequence[str]) -> str:
    """Words as an English list: 'a', 'a and b', 'a, b and c'."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
