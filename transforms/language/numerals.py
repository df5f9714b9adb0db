"""Numbers, dates and lists as a reader of a language expects them: 1.234, 22,0 % and 1 juli 2019, or 1,234 and 22.0%.

Whole numbers only: a float would round 0,25 down and 0,35 up.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

NO_BREAK_SPACE = "\u00a0"
_MINUS = "\u2212"


@dataclass(frozen=True)
class Numerals:
    """How a language writes numbers, dates and lists.

    Attributes:
        thousands, decimal: What stands between thousands and before tenths.
        per_cent, euro_sign: With the space that belongs to them.
        both: The word before the last of a list.
        months: Their names, January first.
    """

    thousands: str
    decimal: str
    per_cent: str
    euro_sign: str
    both: str
    months: tuple[str, ...]

    def number(self, value: int) -> str:
        """Return a whole number with a sign per thousand: 1.234."""
        return f"{value:,}".replace(",", self.thousands)

    def percentage(self, part: int, whole: int) -> str:
        """Return a share in tenths of a per cent, halves rounded up: 22,0 %. `whole` is more than 0."""
        tenths = (2000 * part + whole) // (2 * whole)
        return f"{self.number(tenths // 10)}{self.decimal}{tenths % 10}{self.per_cent}"

    def whole_percentage(self, part: int, whole: int) -> str:
        """Return a share in whole per cents, halves rounded up: 22 %. `whole` is more than 0."""
        return f"{self.number((200 * part + whole) // (2 * whole))}{self.per_cent}"

    def euro(self, cents: int) -> str:
        """Return an amount in whole euros, halves rounded up: € 1.234."""
        return f"{self.euro_sign}{self.number((cents + 50) // 100)}"

    def difference(self, cents: int) -> str:
        """Return a change in whole euros with its sign, or without one if it rounds to 0: +€ 1.234."""
        sign = "+" if cents >= 50 else _MINUS if cents <= -50 else ""
        return f"{sign}{self.euro(abs(cents))}"

    def signed(self, value: int) -> str:
        """Return a change with its sign: +40, −40 or 0."""
        sign = "+" if value > 0 else _MINUS if value < 0 else ""
        return f"{sign}{self.number(abs(value))}"

    def factor(self, value: Fraction) -> str:
        """Return a factor in hundredths, halves rounded up: 1,10."""
        hundredths = int(100 * value + Fraction(1, 2))
        return f"{hundredths // 100}{self.decimal}{hundredths % 100:02d}"

    def long_date(self, day: date) -> str:
        """Return a day with the month in letters: 1 juli 2019."""
        return f"{day.day} {self.months[day.month - 1]} {day.year}"

    def enumeration(self, words: Sequence[str]) -> str:
        """Words as a list: 'a', 'a en b', 'a, b en c'."""
        if len(words) < 2:
            return "".join(words)
        return f"{', '.join(words[:-1])} {self.both} {words[-1]}"


DUTCH = Numerals(
    thousands=".",
    decimal=",",
    per_cent=f"{NO_BREAK_SPACE}%",
    euro_sign=f"€{NO_BREAK_SPACE}",
    both="en",
    months=(
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
    ),
)
ENGLISH = Numerals(
    thousands=",",
    decimal=".",
    per_cent="%",
    euro_sign="€",
    both="and",
    months=(
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
    ),
)
