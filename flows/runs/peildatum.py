"""The reference date of a run."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from schemas.errors import PeildatumInFuture, PeildatumTooEarly

TIME_ZONE = ZoneInfo("Europe/Amsterdam")
_FIRST_YEAR = 2015  # Participatiewet and Wmo 2015


def peildatum_or_default(peildatum: date | None) -> date:
    """Return the peildatum, by default the first day of the present quarter.

    Raises `PeildatumInFuture` or `PeildatumTooEarly` if it cannot be analysed.
    """
    today = datetime.now(TIME_ZONE).date()
    if peildatum is None:
        return today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
    if peildatum > today:
        raise PeildatumInFuture
    if peildatum.year < _FIRST_YEAR:
        raise PeildatumTooEarly
    return peildatum
