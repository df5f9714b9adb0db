"""Check of the measure on households."""

import polars as pl

from pia.evidence import Evidence, Finding
from schemas.names import AANTAL, VALUE
from schemas.profiles import MINIMUM_HOUSEHOLDS
from schemas.specs.sums import GROOTSTE, SOM
from schemas.tables.sums import SUMS

_PERSONS = "inwoners"


def nothing_of_few_households(evidence: Evidence) -> Finding:
    """Check M34: cell by cell, beside the true numbers of households."""
    if not evidence.households:
        return Finding(True, "niet geleverd is wie samen een uitkering krijgt: huishoudens zijn niet beoordeeld")
    # What counts fewer persons is the rule for persons: rounding leaves open how few.
    is_enough = pl.col(_PERSONS) >= evidence.profile.threshold
    persons = {table.spec.id: table.frame[AANTAL] for table in evidence.counted}
    homes = {table.spec.id: table.frame for table in evidence.households}
    known = [
        table
        for table in evidence.released
        if len(persons.get(table.spec.id, ())) == table.frame.height == len(homes.get(table.spec.id, ()))
    ]
    unjudged = len(evidence.released) - len(known)
    counts = sum(
        _published(table.frame, homes[table.spec.id].with_columns(persons[table.spec.id].alias(_PERSONS)))
        .filter(is_enough & (pl.col(AANTAL) < MINIMUM_HOUSEHOLDS))
        .height
        for table in known
    )
    by_household = {table.spec.id: table.frame for table in evidence.household_sums}
    dominance = {spec.id: spec.amount.profile.dominance_pct for spec in SUMS}
    sums = sum(
        _published(table.frame, by_household[table.spec.id])
        .filter(
            pl.col(AANTAL).is_between(1, MINIMUM_HOUSEHOLDS - 1)
            | (100 * pl.col(GROOTSTE) > dominance[table.spec.id] * pl.col(SOM))
        )
        .height
        for table in evidence.sums
    )
    everybody, households = evidence.counted[0].frame[AANTAL][-1], evidence.households[0].frame[AANTAL][-1]
    return Finding(
        counts == sums == unjudged == 0,
        f"{everybody} inwoners in {households} huishoudens; {unjudged} tabellen met andere cellen dan zijn geteld, "
        f"{counts} aantallen van genoeg inwoners maar minder dan {MINIMUM_HOUSEHOLDS} huishoudens, en {sums} bedragen "
        "van zo weinig huishoudens of met een te groot aandeel van een ervan",
    )


def _published(released: pl.DataFrame, figures: pl.DataFrame) -> pl.DataFrame:
    """Return the true figures of the published cells of a table, with what is published."""
    return figures.with_columns(released.get_column(VALUE)).filter(pl.col(VALUE).is_not_null())
