"""The output tables, in order of publication. A new one is a module here and a line below: in `_BREAKDOWNS` if rounded
releases go without it."""

from dataclasses import replace

from schemas.specs import Profile, TableSpec
from schemas.tables import (
    belemmeringen,
    belemmeringen_by_regeling,
    beweging,
    declaratie_by_kostensoort,
    declaratie_by_leeftijd,
    declaratie_by_regeling,
    deeltijdwerk,
    deeltijdwerk_by_trede,
    detacheringsvorm,
    diensten,
    duur_by_leeftijd,
    duur_by_regeling,
    geslacht_by_regeling,
    kansen,
    leeftijd_by_regeling,
    leefvorm,
    lks_begin,
    lks_stand,
    loonwaarde,
    mogelijkheid,
    mogelijkheid_by_regeling,
    ogdb_stand,
    ontheffing,
    ontheffing_by_leeftijd,
    productcategorie,
    regeling,
    risicos,
    startkwalificatie,
    startkwalificatie_by_regeling,
    ta_begin,
    ta_stand,
    traject,
    traject_by_klasse,
    traject_by_regeling,
    trede_by_leeftijd,
    trede_by_regeling,
    uitval_baan,
    uitval_proef,
    voorziening,
    voorziening_by_trede,
    wmo_declaratie,
    zrm,
)
from schemas.tables.asked import table_of
from schemas.tables.dimensions import IN_STOCK

_STOCK: tuple[TableSpec, ...] = (
    regeling.TABLE,
    leeftijd_by_regeling.TABLE,
    trede_by_regeling.TABLE,
    duur_by_regeling.TABLE,
    productcategorie.TABLE,
    trede_by_leeftijd.TABLE,
    geslacht_by_regeling.TABLE,
    leefvorm.TABLE,
    beweging.TABLE,
    startkwalificatie.TABLE,
    loonwaarde.TABLE,
    ontheffing.TABLE,
    voorziening.TABLE,
    deeltijdwerk.TABLE,
    zrm.TABLE,
    belemmeringen_by_regeling.TABLE,
    mogelijkheid.TABLE,
    kansen.TABLE,
    risicos.TABLE,
    diensten.TABLE,
)
"""What describes the residents on the peildatum."""

_HISTORY: tuple[TableSpec, ...] = (
    lks_stand.TABLE,
    ta_stand.TABLE,
    ta_begin.TABLE,
    detacheringsvorm.TABLE,
    uitval_proef.TABLE,
    uitval_baan.TABLE,
    lks_begin.TABLE,
    ogdb_stand.TABLE,
)
"""What counts residents who may have left before the peildatum; each names its own population."""

_COSTS: tuple[TableSpec, ...] = (
    wmo_declaratie.TABLE,
    declaratie_by_kostensoort.TABLE,
    declaratie_by_leeftijd.TABLE,
    traject.TABLE,
    traject_by_klasse.TABLE,
)
"""For whom of the residents on the peildatum something was paid: the persons behind `schemas.sums`."""

_BREAKDOWNS: tuple[TableSpec, ...] = (
    ontheffing_by_leeftijd.TABLE,
    voorziening_by_trede.TABLE,
    deeltijdwerk_by_trede.TABLE,
    duur_by_leeftijd.TABLE,
    startkwalificatie_by_regeling.TABLE,
    mogelijkheid_by_regeling.TABLE,
    declaratie_by_regeling.TABLE,
    traject_by_regeling.TABLE,
)
"""What is in the tables above by one dimension more, most of it by coarser levels (`schemas.tables.coarser`)."""

_FOR_FACTS: tuple[TableSpec, ...] = (belemmeringen.TABLE,)
"""What facts about the tables above need to reach the attacker (`schemas.facts`), in rounded releases, too."""


def _of_stock(tables: tuple[TableSpec, ...]) -> tuple[TableSpec, ...]:
    return tuple(replace(table, population=(IN_STOCK, *table.population)) for table in tables)


_MAIN = (*_of_stock(_STOCK), *_HISTORY, *_of_stock(_COSTS))
TABLES: tuple[TableSpec, ...] = (*_MAIN, *_of_stock(_BREAKDOWNS), *_of_stock(_FOR_FACTS))


def tables_of(profile: Profile) -> tuple[TableSpec, ...]:
    """The output tables as a profile wants them made safe: those of the analysis, or the one that was asked.

    What is rounded, to be published again and again, goes without the breakdowns: with them beside it
    multiples that are safe from one release to the next are hardly found, or not in reasonable time.
    """
    if profile.question:
        tables: tuple[TableSpec, ...] = (table_of(profile.question, TABLES),)
    else:
        tables = TABLES if profile.method is None else (*_MAIN, *_of_stock(_FOR_FACTS))
    if profile.method is None:
        return tables
    return tuple(
        replace(table, disclosure=replace(table.disclosure, method=profile.method, base=profile.base, steady=True))
        for table in tables
    )


def table_by_id(table_id: str) -> TableSpec:
    """The table of that id; raises `StopIteration` if there is none."""
    return next(table for table in TABLES if table.id == table_id)
