"""The output tables, in order of publication. A new one is a declaration in the module of its theme.

Raises:
    NotTranslated: A text of a table has no English: then nothing starts.
"""

from dataclasses import replace

from schemas.specs import Profile, TableSpec
from schemas.tables import arrangement, costs, population, segments, self_reliance, work
from schemas.tables.question import table_of
from schemas.text import english

_THEMES = (population, work, self_reliance, segments, arrangement, costs)
TABLES: tuple[TableSpec, ...] = tuple(
    sorted((table for theme in _THEMES for table in theme.TABLES), key=lambda table: table.id)
)
for _text in (text for table in TABLES for text in table.texts):
    english(_text)


def tables_of(profile: Profile) -> tuple[TableSpec, ...]:
    """The output tables as a profile wants them made safe: those of the analysis, or the one that was asked.

    What is rounded, to be published again and again, goes without the breakdowns: with them beside it
    multiples that are safe from one release to the next are hardly found, or not in reasonable time.
    """
    if profile.question:
        tables: tuple[TableSpec, ...] = (table_of(profile.question, TABLES),)
    else:
        tables = tuple(table for table in TABLES if profile.method is None or not table.only_exact)
    if profile.method is None:
        return tables
    return tuple(
        replace(table, disclosure=replace(table.disclosure, method=profile.method, base=profile.base, steady=True))
        for table in tables
    )


def table_by_id(table_id: str) -> TableSpec:
    """The table of that id; raises `StopIteration` if there is none."""
    return next(table for table in TABLES if table.id == table_id)
