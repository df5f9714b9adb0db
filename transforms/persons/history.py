"""Dimensions of history: Transitie Arrangement, LKS-banen, services and pilot.

Every function takes pseudonymised rows and returns a row per person who has any; the first and the last day of a row
count. The window is from 1 January two years before the year of the peildatum, as in the report.
"""

from collections.abc import Mapping
from datetime import date

import polars as pl

from schemas.codes import ONBEKEND
from schemas.fields import (
    AANBIEDERSOORT,
    AANMELD_DATUM,
    DETACHERINGSVORM,
    EIND_DATUM,
    INGANGS_DATUM,
    OGDB_STATUS,
    REDEN_EINDE,
    VOORZIENINGSOORT,
)
from schemas.names import PERSOON_ID
from transforms.persons.observed import runs_between

LKS = "LKS"
PROEFPLAATSING = "23"
WSD = "wsd"

COLUMNS = (
    "dienst", "lks", "lks_stand", "lks_begin", "ta_begin", "detacheringsvorm", "uitval_proef", "uitval_baan", "ogdb",
    "ogdb_stand",
)  # fmt: skip
"""The dimensions of `history`. All but `dienst`, `lks` and `ogdb` are null for persons outside them."""

_IS_BAAN = VOORZIENINGSOORT.col == LKS
IN_ARRANGEMENT = VOORZIENINGSOORT.col.is_in((LKS, PROEFPLAATSING)) & (AANBIEDERSOORT.col == WSD).fill_null(False)
"""A proefplaatsing or detachering at WSD; our reading of the Transitie Arrangement, te bevestigen."""


def history(frames: Mapping[str, pl.DataFrame], persons: pl.DataFrame, *, peildatum: date) -> pl.DataFrame:
    """Return the dimensions of history for everybody.

    Args:
        frames: Pseudonymised rows by source id.
        persons: A column `persoon_id`, each once.

    Returns:
        `persoon_id` and `COLUMNS` (String), a row per person.
    """
    trajecten = frames["trajecten"]
    personen = persons.select(PERSOON_ID)
    for part in (
        services(trajecten, peildatum=peildatum),
        placements(trajecten, peildatum=peildatum),
        applications(frames["ogdb"], peildatum=peildatum),
    ):
        personen = personen.join(part, on=PERSOON_ID, how="left")
    return personen.with_columns(
        pl.col("dienst").fill_null("geen"), pl.col("lks").fill_null("nee"), pl.col("ogdb").fill_null("nee")
    ).select(PERSOON_ID, *COLUMNS)


def services(trajecten: pl.DataFrame, *, peildatum: date) -> pl.DataFrame:
    """Return `dienst`: the kind of provider of the services of this calendar year.

    A row without a provider is no service.
    """
    ran = trajecten.filter(AANBIEDERSOORT.col.is_not_null() & runs_between(date(peildatum.year, 1, 1), peildatum))
    is_wsd = AANBIEDERSOORT.col == WSD
    return ran.group_by(PERSOON_ID).agg(
        pl.when(is_wsd.all()).then(pl.lit("wsd")).when(is_wsd.any()).then(pl.lit("beide")).otherwise(pl.lit("overig"))
        .alias("dienst")
    )  # fmt: skip


def placements(trajecten: pl.DataFrame, *, peildatum: date) -> pl.DataFrame:
    """Return the placements of everybody in the arrangement or a LKS-baan since the window opened."""
    opens = date(peildatum.year - 2, 1, 1)
    rows = trajecten.filter((IN_ARRANGEMENT | _IS_BAAN) & runs_between(opens, peildatum))
    return (
        rows.group_by(PERSOON_ID)
        .agg(
            IN_ARRANGEMENT.any().alias("_ta"),
            *_standing_now(peildatum),
            _begin_of_baan(peildatum).alias("lks_begin"),
            _standing_on(opens).alias("ta_begin"),
            _kind(peildatum).alias("detacheringsvorm"),
            _reason(~_IS_BAAN, opens, peildatum).alias("uitval_proef"),
            _reason(_IS_BAAN, opens, peildatum).alias("uitval_baan"),
        )
        .with_columns(
            pl.when("_ta").then(pl.lit("ta")).otherwise(pl.lit("vught")).alias("lks"),
            pl.when("_ta").then(pl.col("ta_begin", "uitval_proef", "uitval_baan")),
        )
        .drop("_ta")
    )


def _standing_now(peildatum: date) -> tuple[pl.Expr, ...]:
    """Return the placement on the peildatum; a job goes before a trial placement."""
    runs = runs_between(peildatum, peildatum)
    return (
        pl.when((IN_ARRANGEMENT & _IS_BAAN & runs).any())
        .then(pl.lit("detachering"))
        .when((_IS_BAAN & runs).any())
        .then(pl.lit("vught"))
        .when(runs.any())
        .then(pl.lit("proefplaatsing"))
        .otherwise(pl.lit("uit"))
        .alias("lks_stand"),
    )


def _standing_on(day: date) -> pl.Expr:
    """Return the placement in the arrangement on an earlier day; `nieuw` if there was none."""
    runs = IN_ARRANGEMENT & runs_between(day, day)
    return (
        pl.when((_IS_BAAN & runs).any())
        .then(pl.lit("detachering"))
        .when(runs.any())
        .then(pl.lit("proefplaatsing"))
        .otherwise(pl.lit("nieuw"))
    )


def _begin_of_baan(peildatum: date) -> pl.Expr:
    """Return the calendar year in which the last LKS-baan began, as a class."""
    year = INGANGS_DATUM.col.filter(_IS_BAAN).max().dt.year()
    return (
        pl.when(year == peildatum.year)
        .then(pl.lit("dit_jaar"))
        .when(year == peildatum.year - 1)
        .then(pl.lit("vorig_jaar"))
        .otherwise(pl.lit("anders"))
    )


def _kind(peildatum: date) -> pl.Expr:
    """Return the detacheringsvorm of the running placement at WSD; null without one.

    Of two, the one that began last.
    """
    runs = IN_ARRANGEMENT & runs_between(peildatum, peildatum)
    latest = DETACHERINGSVORM.col.filter(runs).sort_by(
        INGANGS_DATUM.col.filter(runs), VOORZIENINGSOORT.col.filter(runs)
    )
    return pl.when(runs.any()).then(latest.last().fill_null(ONBEKEND))


def _reason(is_kind: pl.Expr, opens: date, peildatum: date) -> pl.Expr:
    """Return the reason of the last ending in the window among rows of a kind; `geen` if none ended."""
    has_ended = IN_ARRANGEMENT & is_kind & EIND_DATUM.col.is_between(opens, peildatum, closed="left").fill_null(False)
    latest = REDEN_EINDE.col.filter(has_ended).sort_by(
        EIND_DATUM.col.filter(has_ended), REDEN_EINDE.col.filter(has_ended)
    )
    return pl.when(has_ended.any()).then(latest.last().fill_null(ONBEKEND)).otherwise(pl.lit("geen"))


def applications(ogdb: pl.DataFrame, *, peildatum: date) -> pl.DataFrame:
    """Return `ogdb` and `ogdb_stand` of everybody with an application up to the peildatum; the last one counts."""
    until = ogdb.filter(AANMELD_DATUM.col <= peildatum).sort(PERSOON_ID, AANMELD_DATUM.name, OGDB_STATUS.name)
    stand = OGDB_STATUS.col.replace("verlengd", "afgerond")
    return until.group_by(PERSOON_ID, maintain_order=True).agg(
        pl.lit("ja").first().alias("ogdb"), stand.last().alias("ogdb_stand")
    )
