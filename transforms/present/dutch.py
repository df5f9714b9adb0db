"""Numbers and dates as a Dutch reader expects them: 1.234, 22,0 % and 1 juli 2019."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

NO_BREAK_SPACE = "\u00a0"
_MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)


def number(value: int) -> str:
    """A whole number with a dot per thousand: 1.234."""
    return f"{value:,}".replace(",", ".")


def percentage(part: int, whole: int) -> str:
    """A share in tenths of a per cent, halves rounded up: 22,0 %. `whole` is more than 0."""
    # Whole numbers only: a float would round 0,25 down and 0,35 up.
    tenths = (2000 * part + whole) // (2 * whole)
    return f"{number(tenths // 10)},{tenths % 10}{NO_BREAK_SPACE}%"


def whole_percentage(part: int, whole: int) -> str:
    """A share in whole per cents, halves rounded up: 22 %. `whole` is more than 0."""
    return f"{number((200 * part + whole) // (2 * whole))}{NO_BREAK_SPACE}%"


def euro(cents: int) -> str:
    """An amount in whole euros, halves rounded up: € 1.234."""
    return f"€{NO_BREAK_SPACE}{number((cents + 50) // 100)}"


def difference(cents: int) -> str:
    """A change in whole euros with its sign: +€ 1.234, -€ 1.234 or € 0."""
    sign = "+" if cents >= 50 else "\u2212" if cents <= -50 else ""
    return f"{sign}{euro(abs(cents))}"


def signed(value: int) -> str:
    """A change with its sign: +40, −40 or 0."""
    sign = "+" if value > 0 else "\u2212" if value < 0 else ""
    return f"{sign}{number(abs(value))}"


def factor(value: Fraction) -> str:
    """A factor in hundredths, halves rounded up: 1,10."""
    hundredths = int(100 * value + Fraction(1, 2))
    return f"{hundredths // 100},{hundredths % 100:02d}"


def long_date(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def enumeration(words: Sequence[str]) -> str:
    """Words as a Dutch list: 'a', 'a en b', 'a, b en c'."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} en {words[-1]}"
