"""The output tables, in order of publication. A new one is a module here and a line in TABLES."""

from dataclasses import replace

from schemas.specs import Profile, TableSpec
from schemas.tables import (
    belemmeringen_by_regeling,
    beweging,
    deeltijdwerk,
    duur_by_regeling,
    geslacht_by_regeling,
    kansen,
    leeftijd_by_regeling,
    leefvorm,
    loonwaarde,
    mogelijkheid,
    ontheffing,
    productcategorie,
    regeling,
    risicos,
    startkwalificatie,
    trede_by_leeftijd,
    trede_by_regeling,
    voorziening,
    zrm,
)

TABLES: tuple[TableSpec, ...] = (
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
