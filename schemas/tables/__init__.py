"""The output tables, in order of publication. A new one is a module here and a line in TABLES."""

from dataclasses import replace

from schemas.specs import Profile, TableSpec
from schemas.tables import (
    detacheringsvorm,
    diensten,
    duur_by_regeling,
    leeftijd_by_regeling,
    lks_begin,
    lks_stand,
    ogdb_stand,
    productcategorie,
    regeling,
    ta_begin,
    ta_stand,
    trede_by_leeftijd,
    trede_by_regeling,
    uitval_baan,
    uitval_proef,
)
from schemas.tables.dimensions import IN_STOCK

_STOCK: tuple[TableSpec, ...] = (
    regeling.TABLE,
    leeftijd_by_regeling.TABLE,
    trede_by_regeling.TABLE,
    duur_by_regeling.TABLE,
    productcategorie.TABLE,
    trede_by_leeftijd.TABLE,
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

TABLES: tuple[TableSpec, ...] = (
    *(replace(table, population=(IN_STOCK, *table.population)) for table in _STOCK),
    *_HISTORY,
)


def tables_of(profile: Profile) -> tuple[TableSpec, ...]:
    """The output tables as a profile wants them made safe."""
    if profile.method is None:
        return TABLES
    return tuple(
        replace(table, disclosure=replace(table.disclosure, method=profile.method, base=profile.base))
        for table in TABLES
    )


def table_by_id(table_id: str) -> TableSpec:
    """The table of that id; raises `StopIteration` if there is none."""
    return next(table for table in TABLES if table.id == table_id)
