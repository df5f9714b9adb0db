"""Completed years and classes of age, against plain Python."""

from datetime import date, timedelta

import polars as pl
import pytest

from transforms.persons.derive import completed_years, leeftijdsklasse


def test_completed_years_agree_with_datetime_on_every_day() -> None:
    days = [date(1930, 1, 1) + timedelta(days=number) for number in range(97 * 365)]
    for peildatum in (date(2019, 7, 1), date(2020, 2, 29), date(2019, 2, 28), date(2019, 12, 31), date(2020, 1, 1)):
        expected = [
            peildatum.year - day.year - ((peildatum.month, peildatum.day) < (day.month, day.day)) for day in days
        ]
        assert (
            pl.DataFrame({"x": days}).select(completed_years(pl.col("x"), peildatum=peildatum)).to_series().to_list()
            == expected
        )


@pytest.mark.parametrize(
    ("lowest", "highest", "expected"),
    [(26, 26, "<27"), (27, 27, "27-44"), (44, 44, "27-44"), (45, 45, "45-54"), (54, 54, "45-54"), (55, 55, "55-65"),
     (65, 65, "55-65"), (66, 66, "66+"), (58, 59, "55-65"), (26, 27, "onbekend"), (40, 39, "onbekend"),
     (None, 39, "onbekend"), (0, 0, "<27")],
)  # fmt: skip
def test_leeftijdsklasse_at_its_borders(lowest: int | None, highest: int, expected: str) -> None:
    frame = pl.DataFrame({"l": [lowest], "h": [highest]}, schema={"l": pl.Int32, "h": pl.Int32})
    assert frame.select(leeftijdsklasse(pl.col("l"), pl.col("h"))).item() == expected
