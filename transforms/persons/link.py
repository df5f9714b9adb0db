"""All deliveries joined on the pseudonym.

Rows that could not be linked are counted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

import polars as pl

from schemas.errors import LowLinkRate
from schemas.fields import INGANGS_DATUM
from schemas.names import LEEFTIJD_HOOGST, LEEFTIJD_LAAGST, PC4, PERSOON_ID
from schemas.specs.area import Part
from schemas.states import Pseudonymised
from transforms.persons.history import history
from transforms.persons.observed import PRODUCTCATEGORIEEN, observe, runs_on

MINIMUM_LINKED_PCT = 25
"""Share of rows (0-100) of a delivery that must belong to someone in stock; ours, to be confirmed."""


@dataclass(frozen=True)
class LinkCount:
    """Rows of one delivery, and those of persons in stock.

    In stock: with a benefit or provision on the peildatum.
    """

    source: str
    rows: int
    linked: int


@dataclass(frozen=True, eq=False)
class Linked:
    """Everybody in the deliveries, a row each, with link counts.

    The counts are per delivery.
    """

    personen: Pseudonymised
    counts: tuple[LinkCount, ...]


def link(deliveries: Mapping[str, Pseudonymised], *, peildatum: date) -> Linked:
    """Join all deliveries on the pseudonym.

    A person is in stock if a benefit or a WMO provision runs on the peildatum.

    Args:
        deliveries: Pseudonymised rows by source id.

    Returns:
        A row per person, sorted by `persoon_id`: `in_pwet`, `in_wmo`, the ages that all their
        rows allow, `eerste_datum` (first start in either scheme), the columns of
        `transforms.persons.observed` (null where nothing was delivered, and an empty list of
        `productcategorieen` without WMO), and the columns of `transforms.persons.history`.
        A person whose benefits and provisions have all ended is in neither scheme.
    """
    runs = runs_on(peildatum)
    frames = {source: delivery.frame for source, delivery in deliveries.items()}
    stock = _stock(frames["participatiewet"].filter(runs), frames["wmo"].filter(runs))
    counts = tuple(
        LinkCount(source, frame.height, frame.join(stock, on=PERSOON_ID, how="semi").height)
        for source, frame in frames.items()
    )
    return Linked(Pseudonymised.joined(deliveries, partial(_personen, stock=stock, peildatum=peildatum)), counts)


def _personen(frames: Mapping[str, pl.DataFrame], *, stock: pl.DataFrame, peildatum: date) -> pl.DataFrame:
    """Return a row per person with all columns of `link`."""
    everybody = _everybody(frames)
    ages_and_start = _ages_and_start(pl.concat([frames["participatiewet"], frames["wmo"]], how="diagonal"))
    personen = everybody.join(stock, on=PERSOON_ID, how="left").with_columns(
        pl.col("in_pwet", "in_wmo").fill_null(False)
    )
    for facts in (
        ages_and_start,
        *observe(frames, peildatum),
        history(frames, everybody, peildatum=peildatum),
    ):
        personen = personen.join(facts, on=PERSOON_ID, how="left")
    return personen.with_columns(pl.col(PRODUCTCATEGORIEEN).fill_null([])).sort(PERSOON_ID)


def restrict_to_part(personen: Pseudonymised, part: Part | None) -> Pseudonymised:
    """Return the persons of a declared part; everybody if there is no part.

    All their rows lie in its postcode areas.
    """
    if part is None:
        return personen
    is_inside = pl.col(PC4).list.eval(pl.element().is_in(part.postcodes)).list.all()
    return personen.where(is_inside)


def enforce_link_rate(counts: Sequence[LinkCount]) -> None:
    """Stop when hardly any row of a delivery belongs to someone in stock.

    Raises:
        LowLinkRate: Names the deliveries.
    """
    if low := low_link_rates(counts):
        raise LowLinkRate(low)


def low_link_rates(counts: Sequence[LinkCount]) -> tuple[str, ...]:
    """Return the deliveries of which fewer rows than `MINIMUM_LINKED_PCT` belong to somebody in stock."""
    return tuple(count.source for count in counts if count.linked * 100 < count.rows * MINIMUM_LINKED_PCT)


def _everybody(frames: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Return everybody who ever had a benefit or provision; a person who was only measured is no client."""
    sources = ("participatiewet", "wmo", "trajecten", "ogdb")
    return pl.concat([frames[source].select(PERSOON_ID) for source in sources]).unique().sort(PERSOON_ID)


def _stock(pwet: pl.DataFrame, wmo: pl.DataFrame) -> pl.DataFrame:
    """Return the persons in stock with `in_pwet` and `in_wmo`."""
    in_pwet = pwet.select(pl.col(PERSOON_ID).unique()).with_columns(in_pwet=True)
    in_wmo = wmo.select(pl.col(PERSOON_ID).unique()).with_columns(in_wmo=True)
    in_scheme = in_pwet.join(in_wmo, on=PERSOON_ID, how="full", coalesce=True)
    return in_scheme.with_columns(pl.col("in_pwet", "in_wmo").fill_null(False))


def _ages_and_start(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the ages that all rows of a person allow, the first start, and all postcode areas (a sorted list)."""
    return rows.group_by(PERSOON_ID).agg(
        pl.col(LEEFTIJD_LAAGST).max(),
        pl.col(LEEFTIJD_HOOGST).min(),
        INGANGS_DATUM.col.min().alias("eerste_datum"),
        pl.col(PC4).unique().sort(),
    )
