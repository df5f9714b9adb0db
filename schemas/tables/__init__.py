"""The output tables, in order of publication. A new one is a module here and a line in TABLES."""

from dataclasses import replace

from schemas.specs import Profile, TableSpec
from schemas.tables import (
    declaratie_by_kostensoort,
    declaratie_by_leeftijd,
    duur_by_regeling,
    leeftijd_by_regeling,
    productcategorie,
    regeling,
    traject,
    traject_by_klasse,
    trede_by_leeftijd,
    trede_by_regeling,
    wmo_declaratie,
)

TABLES: tuple[TableSpec, ...] = (
    regeling.TABLE,
    leeftijd_by_regeling.TABLE,
    trede_by_regeling.TABLE,
    duur_by_regeling.TABLE,
    productcategorie.TABLE,
    trede_by_leeftijd.TABLE,
    wmo_declaratie.TABLE,
    declaratie_by_kostensoort.TABLE,
    declaratie_by_leeftijd.TABLE,
    traject.TABLE,
    traject_by_klasse.TABLE,
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
