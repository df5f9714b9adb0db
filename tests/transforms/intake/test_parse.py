"""Typed columns against a few lines of plain Python."""

from datetime import date
from decimal import Decimal

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.intake.elfproef import is_valid_bsn, passes_elfproef
from transforms.intake.parse import cent, dutch_date, earliest_birth_date, latest_birth_date


def evaluated(expression: pl.Expr, *values: object) -> list[object]:
    return (
        pl.DataFrame({"x": values}, schema_overrides=None if values else {"x": pl.String})
        .select(expression)
        .to_series()
        .to_list()
    )


def passes_elf(text: str) -> bool:
    if len(text) != 9 or not text.isascii() or not text.isdigit() or text == "000000000":
        return False
    digits = [int(digit) for digit in text]
    return (sum(digit * (9 - place) for place, digit in enumerate(digits[:8])) - digits[8]) % 11 == 0


@given(st.lists(st.from_regex(r"[0-9]{7,10}", fullmatch=True) | st.text(max_size=12), min_size=1))
def test_elfproef_agrees_with_plain_python(texts: list[str]) -> None:
    assert evaluated(is_valid_bsn(pl.col("x")), *texts) == [passes_elf(text) for text in texts]


def test_elfproef_of_numbers_agrees_with_that_of_digits() -> None:
    numbers = np.concatenate(
        [np.arange(20_000, dtype=np.uint32), np.arange(999_980_000, 10**9, dtype=np.uint32), np.uint32([0, 10002546])]
    )
    assert passes_elfproef(numbers).tolist() == [passes_elf(f"{number:09}") for number in numbers.tolist()]


@pytest.mark.parametrize("bsn", ["010002546", "022264541", "999990019", "999996770"])
def test_known_test_numbers_pass(bsn: str) -> None:
    assert evaluated(is_valid_bsn(pl.col("x")), bsn) == [True]


@pytest.mark.parametrize("text", ["000000000", "987654321", "99999001", "٩٩٩٩٩٠٠١٩", "999 99019"])
def test_what_is_no_bsn_fails(text: str) -> None:
    assert evaluated(is_valid_bsn(pl.col("x")), text) == [False]


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_dutch_date_reads_every_day(day: date) -> None:
    assert evaluated(dutch_date(pl.col("x")), f"{day:%d-%m-%Y}") == [day]


@pytest.mark.parametrize(
    "text", ["01-02-85", "1-2-1985", "1985-02-01", "31-02-2019", "00-00-1960", "01/02/1985", "31-12-0000"]
)
def test_anything_else_is_no_date(text: str) -> None:
    assert evaluated(dutch_date(pl.col("x")), text) == [None]


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("00-00-1960", date(1960, 1, 1), date(1960, 12, 31)),
        ("00-02-1960", date(1960, 2, 1), date(1960, 2, 29)),
        ("00-12-1961", date(1961, 12, 1), date(1961, 12, 31)),
        ("17-05-1960", date(1960, 5, 17), date(1960, 5, 17)),
        ("00-13-1960", None, None),
        ("00-00-60", None, None),
        ("00-00-0000", None, None),
    ],
)
def test_unknown_day_of_birth_gives_its_bounds(text: str, earliest: date | None, latest: date | None) -> None:
    assert evaluated(earliest_birth_date(pl.col("x")), text) == [earliest]
    assert evaluated(latest_birth_date(pl.col("x")), text) == [latest]


@given(st.decimals(Decimal("-99999.99"), Decimal("99999.99"), places=2))
def test_cents_are_exact(amount: Decimal) -> None:
    text = f"{amount:.2f}".replace(".", ",")
    assert evaluated(cent(pl.col("x")), text) == [int(amount * 100)]


def test_a_point_between_thousands_is_read_beside_decimals() -> None:
    assert evaluated(cent(pl.col("x")), "-1.234.567,89") == [-123456789]


@pytest.mark.parametrize("text", ["100.50", "1.234", "12.34,56", "1.234,5", "12,345", "€ 12", "12,", ",50", "--1"])
def test_other_amounts_are_unreadable(text: str) -> None:
    assert evaluated(cent(pl.col("x")), text) == [None]
