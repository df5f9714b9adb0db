"""Derived columns as expressions: completed years, classes, and segments."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from schemas.codes import (
    DEELTIJDWERK,
    DUURKLASSEN,
    GEEN,
    LEEFTIJDSKLASSEN,
    NIET_GEMETEN,
    ONBEKEND,
    STARTKWALIFICATIES,
    ZRM_DOMEINEN,
    CodeList,
)
from schemas.fields import (
    GESLACHT,
    INKOMSTEN_UIT_ARBEID,
    LAATSTE_CONTACT,
    LEEFVORM,
    LOONWAARDE,
    ONTHEFFING,
    STARTKWALIFICATIE,
    TREDE,
)
from schemas.names import DOSSIER_NUMMER, HUISHOUDEN, LEEFTIJD_HOOGST, LEEFTIJD_LAAGST, PERSOON_ID
from schemas.segments import GEEN_CONTACT, INDICATIE_EINDIGT, KANSEN, MOGELIJKHEID, RISICOS, Segment
from schemas.states import Pseudonymised
from schemas.tables.dimensions import IN_STOCK
from transforms.persons.history import COLUMNS
from transforms.persons.observed import PRODUCTCATEGORIEEN, TREDE_EERDER, VOORZIENINGEN, zrm_column

CONTACT_MONTHS = 12
"""Months without contact after which a person counts as a risk (indicatorencatalogus I15)."""


def completed_years(start: pl.Expr, *, peildatum: date) -> pl.Expr:
    """Return whole years from a date to the peildatum: an age, or a duration.

    Args:
        start: Date column; null stays null.
        peildatum: Reference date. A person born on 29 February is a year older on 1 March of
            a common year.

    Returns:
        Int32 expression in years; negative if the date lies after the peildatum.
    """
    # dt.month() is Int8, so times 100 wraps around without the cast.
    month_day = start.dt.month().cast(pl.Int32) * 100 + start.dt.day()
    is_to_come = month_day > peildatum.month * 100 + peildatum.day
    return peildatum.year - start.dt.year() - is_to_come.cast(pl.Int32)


def leeftijdsklasse(laagst: pl.Expr, hoogst: pl.Expr) -> pl.Expr:
    """Return the age class of a person.

    `onbekend` if the lowest and the highest possible age fall in different classes, if sources contradict each other
    (lowest above highest), or if an age is null.
    """
    lowest, highest = (_klasse(age, LEEFTIJDSKLASSEN) for age in (laagst, hoogst))
    return pl.when((lowest == highest) & (laagst <= hoogst)).then(lowest).otherwise(pl.lit(ONBEKEND))


def duurklasse(jaren: pl.Expr) -> pl.Expr:
    """Return the duration class of completed years; null stays null."""
    return _klasse(jaren, DUURKLASSEN)


def _klasse(jaren: pl.Expr, klassen: CodeList) -> pl.Expr:
    """Return the class of completed years by the upper bounds that the code list declares."""
    bounded = [code for code in klassen.codes if code.up_to is not None]
    highest = klassen.codes[len(bounded)]
    return pl.coalesce(
        *(pl.when(jaren <= code.up_to).then(pl.lit(code.code)) for code in bounded),
        pl.when(jaren.is_not_null()).then(pl.lit(highest.code)),
    )


def regeling(in_pwet: pl.Expr, in_wmo: pl.Expr) -> pl.Expr:
    """Return `pwet`, `wmo` or `beide` from two boolean columns; null if a person is in neither scheme."""
    return (
        pl.when(in_pwet & in_wmo)
        .then(pl.lit("beide"))
        .when(in_pwet)
        .then(pl.lit("pwet"))
        .when(in_wmo)
        .then(pl.lit("wmo"))
    )


def loonwaardeklasse(pct: pl.Expr, has_provision: pl.Expr) -> pl.Expr:
    """Return the class of a loonwaarde; null is `onbekend` with a running provision, else `geen`."""
    return (
        pl.when(~has_provision)
        .then(pl.lit(GEEN))
        .when(pct.is_null())
        .then(pl.lit(ONBEKEND))
        .when(pct < 30)
        .then(pl.lit("<30"))
        .when(pct < 50)
        .then(pl.lit("30-49"))
        .when(pct < 70)
        .then(pl.lit("50-69"))
        .otherwise(pl.lit("70+"))
    )


def beweging(nu: pl.Expr, eerder: pl.Expr) -> pl.Expr:
    """Return `omhoog`, `gelijk` or `omlaag` from two codes of treden; `onbekend` if one is null."""
    verschil = nu.cast(pl.Int32) - eerder.cast(pl.Int32)
    return (
        pl.when(verschil > 0)
        .then(pl.lit("omhoog"))
        .when(verschil == 0)
        .then(pl.lit("gelijk"))
        .when(verschil < 0)
        .then(pl.lit("omlaag"))
        .otherwise(pl.lit(ONBEKEND))
    )


def ontheffingklasse(code: pl.Expr) -> pl.Expr:
    """Return `geen`, `tijdelijk` or `permanent` of a delivered ontheffing; `onbekend` if it is null."""
    klassen = {"00": GEEN, "01": "tijdelijk", "02": "tijdelijk", "03": "permanent"}
    return code.replace_strict(klassen, return_dtype=pl.String).fill_null(ONBEKEND)


def ja_nee(code: pl.Expr, klassen: CodeList) -> pl.Expr:
    """Return the first class for a delivered J, the second for N, the third for null."""
    ja, nee, onbekend = klassen.values
    return code.replace_strict({"J": ja, "N": nee}, return_dtype=pl.String).fill_null(onbekend)


def zrm_uitkomsten() -> pl.Expr:
    """Return the list of `domein:klasse` of all measured domains; `niet_gemeten` alone if none.

    The order is that of the declaration.
    """
    measured = pl.concat_list(_zrm_uitkomst(domein) for domein in ZRM_DOMEINEN.values).list.drop_nulls()
    return pl.when(measured.list.len() > 0).then(measured).otherwise(pl.lit([NIET_GEMETEN]))


def _zrm_uitkomst(domein: str) -> pl.Expr:
    """Return `domein:klasse` of one domain; null if it was not measured."""
    score = pl.col(zrm_column(domein))
    klasse = pl.when(score <= 2).then(pl.lit("1-2")).when(score == 3).then(pl.lit("3")).otherwise(pl.lit("4-5"))
    return pl.when(score.is_not_null()).then(pl.lit(f"{domein}:") + klasse)


def belemmeringen() -> pl.Expr:
    """Return the number of domains with a score of 1 or 2 as `0` to `4`; `onbekend` if none was measured."""
    scores = [pl.col(zrm_column(domein)) for domein in ZRM_DOMEINEN.values]
    low = pl.sum_horizontal((score <= 2).fill_null(False) for score in scores)
    nothing = pl.all_horizontal(score.is_null() for score in scores)
    return pl.when(nothing).then(pl.lit(ONBEKEND)).otherwise(low.cast(pl.String))


def segmenten(segments: Sequence[Segment]) -> pl.Expr:
    """Return the codes of the segments that contain a person, in declared order; `geen` alone if none."""
    codes = pl.concat_list(pl.when(segment.rule).then(pl.lit(segment.code)) for segment in segments).list.drop_nulls()
    return pl.when(codes.list.len() > 0).then(codes).otherwise(pl.lit([GEEN]))


def stand(in_pwet: pl.Expr, in_wmo: pl.Expr) -> pl.Expr:
    """Return `lopend` if a person is in either scheme on the peildatum, else `voorbij`."""
    return pl.when(in_pwet | in_wmo).then(pl.lit("lopend")).otherwise(pl.lit("voorbij"))


def derive(personen: Pseudonymised, *, peildatum: date) -> Pseudonymised:
    """Derive the columns that the tables count, one per dimension.

    Args:
        personen: A row per person of `transforms.persons.link.link`.

    Returns:
        A row per person: `persoon_id`, `huishouden` (Int64), stand, and a column per dimension of
        `schemas.tables.dimensions` (String, or a list of String where a person may be in several
        categories; never null for a person in stock, and never empty but productcategorie), among
        them those of `transforms.persons.history`. Ages, dates and scores are dropped.
    """
    return personen.then(
        lambda frame: (
            frame.select(PERSOON_ID, _huishouden(), *_classes(peildatum), *COLUMNS, *_signals(peildatum))
            .with_columns(
                pl.when(MOGELIJKHEID.rule).then(pl.lit("ja")).otherwise(pl.lit("nee")).alias("mogelijkheid"),
                segmenten(KANSEN).alias("kans"),
                segmenten(RISICOS).alias("risico"),
            )
            .drop(INDICATIE_EINDIGT, GEEN_CONTACT)
        )
    )


def _huishouden() -> pl.Expr:
    """Return the number of the benefit file; for a person without one a number below 0 of his own."""
    return pl.coalesce(pl.col(DOSSIER_NUMMER).cast(pl.Int64), -1 - pl.int_range(pl.len())).alias(HUISHOUDEN)


def _classes(peildatum: date) -> tuple[pl.Expr, ...]:
    """Return a column per class, and the stand."""
    voorzieningen = pl.col(VOORZIENINGEN)
    return (
        stand(pl.col("in_pwet"), pl.col("in_wmo")).alias("stand"),
        regeling(pl.col("in_pwet"), pl.col("in_wmo")).alias("regeling"),
        leeftijdsklasse(pl.col(LEEFTIJD_LAAGST), pl.col(LEEFTIJD_HOOGST)).alias("leeftijdsklasse"),
        TREDE.col.fill_null(ONBEKEND).alias("trede"),
        duurklasse(completed_years(pl.col("eerste_datum"), peildatum=peildatum)).alias("duurklasse"),
        pl.col(PRODUCTCATEGORIEEN).alias("productcategorie"),
        GESLACHT.col.fill_null("0").alias("geslacht"),
        LEEFVORM.col.fill_null(ONBEKEND).alias("leefvorm"),
        beweging(TREDE.col, pl.col(TREDE_EERDER)).alias("beweging"),
        ja_nee(STARTKWALIFICATIE.col, STARTKWALIFICATIES).alias("startkwalificatie"),
        loonwaardeklasse(LOONWAARDE.col, voorzieningen.is_not_null()).alias("loonwaarde"),
        ontheffingklasse(ONTHEFFING.col).alias("ontheffing"),
        voorzieningen.fill_null([GEEN]).alias("voorziening"),
        ja_nee(INKOMSTEN_UIT_ARBEID.col, DEELTIJDWERK).alias("deeltijdwerk"),
        zrm_uitkomsten().alias("zrm"),
        belemmeringen().alias("belemmeringen"),
    )


def _signals(peildatum: date) -> tuple[pl.Expr, ...]:
    """Return two boolean columns that only the segment rules use; an unknown value is false."""
    long_ago = pl.lit(peildatum).dt.offset_by(f"-{CONTACT_MONTHS}mo")
    return (
        pl.col(INDICATIE_EINDIGT).fill_null(False),
        (LAATSTE_CONTACT.col < long_ago).fill_null(False).alias(GEEN_CONTACT),
    )


def has_households(personen: Pseudonymised) -> bool:
    """Return whether of anybody was delivered with whom he shares a benefit; else nothing is known of households."""
    return bool((personen.frame[HUISHOUDEN] >= 0).any())


def residents(personen: Pseudonymised) -> int:
    """Count persons in stock: with a benefit or WMO provision that runs on the peildatum."""
    dimension, level = IN_STOCK
    return personen.frame.filter(pl.col(dimension.name) == level).height
