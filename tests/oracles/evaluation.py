"""What the evaluation report counts that is not a number of residents: services, providers, loonwaarde, goals.

Rows that `transforms.disclosure.sums.magnitude.sums` can add up over declared dimensions, or counts of their
own. None of it is released as it is: `schemas.withheld` says which rule withholds what.
"""

from datetime import date

import polars as pl

from schemas.codes import ONBEKEND
from schemas.fields import (
    AANBIEDERSOORT,
    BEREIKT_DATUM,
    DETACHERINGSVORM,
    DOEL_DOMEIN,
    INGANGS_DATUM,
    LOONWAARDE,
    OGDB_STATUS,
)
from schemas.names import AANBIEDER_NUMMER, AANTAL, PERSOON_ID
from transforms.persons.history import IN_ARRANGEMENT, WSD
from transforms.persons.observed import runs_between

LOONWAARDE_HONDERDSTEN = "loonwaarde_honderdsten"
"""Loonwaarde in hundredths of a percent, so that sums are exact."""

MONTHS_TO_SECOND_MEASUREMENT = 3
"""A goal reached in the first three months shows in the second ZRM measurement, a later one in the third."""


def arrangement_between(trajecten: pl.DataFrame, first: date, last: date) -> int:
    """Persons who were in the Transitie Arrangement on any day from the first to the last."""
    rows = trajecten.filter(IN_ARRANGEMENT & runs_between(first, last))
    return rows.get_column(PERSOON_ID).n_unique()


def services_bought(trajecten: pl.DataFrame, *, year: int, peildatum: date) -> dict[str, int]:
    """Services of WSD and of others that ran on any day of a calendar year, up to the peildatum.

    A service is a voorziening with a kind of provider: the Transitie Arrangement is in it, a LKS-baan with
    an employer is not, nor is the Wsw, which is no voorziening of the Participatiewet.
    """
    last = min(date(year, 12, 31), peildatum)
    ran = trajecten.filter(AANBIEDERSOORT.col.is_not_null() & runs_between(date(year, 1, 1), last))
    wsd = ran.filter(AANBIEDERSOORT.col == WSD).height
    return {"wsd": wsd, "overig": ran.height - wsd}


def providers_per_trede(trajecten: pl.DataFrame, personen: pl.DataFrame, *, peildatum: date) -> pl.DataFrame:
    """Different providers of services that ran in the year up to the peildatum, per trede of the client.

    Args:
        personen: Persons of `transforms.persons.derive.derive`; those in the Participatiewet count.

    Returns:
        `trede`, `aanbiedersoort_code` and `aantal` (different providers), sorted; only what occurs.
    """
    year_ago = personen.select(pl.lit(peildatum).dt.offset_by("-1y").dt.offset_by("1d")).item()
    clients = personen.filter(pl.col("regeling").is_in(("pwet", "beide"))).select(PERSOON_ID, "trede")
    ran = trajecten.filter(AANBIEDERSOORT.col.is_not_null() & runs_between(year_ago, peildatum))
    return (
        ran.join(clients, on=PERSOON_ID)
        .group_by("trede", AANBIEDERSOORT.name)
        .agg(pl.col(AANBIEDER_NUMMER).n_unique().cast(pl.Int64).alias(AANTAL))
        .sort("trede", AANBIEDERSOORT.name)
    )


def placed(trajecten: pl.DataFrame, *, peildatum: date) -> pl.DataFrame:
    """Who is placed at WSD on a day: `persoon_id`, `detacheringsvorm` and `loonwaarde_honderdsten`, null if unknown."""
    rows = trajecten.filter(IN_ARRANGEMENT & runs_between(peildatum, peildatum))
    return rows.select(
        PERSOON_ID,
        DETACHERINGSVORM.col.fill_null(ONBEKEND).alias("detacheringsvorm"),
        (LOONWAARDE.col * 100).round().cast(pl.Int64).alias(LOONWAARDE_HONDERDSTEN),
    )


def participants(ogdb: pl.DataFrame) -> pl.DataFrame:
    """Applications for the pilot with `ogdb_stand`: what was extended counts as finished."""
    return ogdb.with_columns(OGDB_STATUS.col.replace("verlengd", "afgerond").alias("ogdb_stand"))


def goals(doelen: pl.DataFrame, ogdb: pl.DataFrame) -> pl.DataFrame:
    """A row per goal: `persoon_id`, its domain, the `ogdb_stand` of the participant and when it was reached.

    Returns:
        `bereikt` is `binnen` (in the first three months after the start), `later`, or null if it was not.
    """
    starts = participants(ogdb).select(PERSOON_ID, "ogdb_stand", INGANGS_DATUM.name)
    second = INGANGS_DATUM.col.dt.offset_by(f"{MONTHS_TO_SECOND_MEASUREMENT}mo")
    is_early = BEREIKT_DATUM.col <= second
    reached = pl.when(is_early).then(pl.lit("binnen")).when(~is_early).then(pl.lit("later"))
    return doelen.join(starts, on=PERSOON_ID).select(
        PERSOON_ID, DOEL_DOMEIN.name, "ogdb_stand", reached.alias("bereikt")
    )
