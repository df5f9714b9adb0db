"""The output tables, in order of publication. A new one is a declaration in the module of its theme.

Raises:
    NotTranslated: A text of a table has no English: then nothing starts.
"""

from dataclasses import replace

from schemas.specs import Profile, TableSpec
from schemas.tables import arrangement, costs, population, segments, self_reliance, work
from schemas.tables.question import is_countable, table_of
from schemas.text import english

_THEMES = (population, work, self_reliance, segments, arrangement, costs)
TABLES: tuple[TableSpec, ...] = tuple(
    sorted((table for theme in _THEMES for table in theme.TABLES), key=lambda table: table.id)
)
for _text in (text for table in TABLES for text in table.texts):
    english(_text)


def tables_of(profile: Profile) -> tuple[TableSpec, ...]:
    """Return the output tables of a profile, made safe by its method: those of the analysis, or the one asked for.

    Tables that are rounded, to be published again and again, come without the breakdowns: beside those it is hard, or
    takes too long, to find multiples that are safe from one release to the next. A table of which a field is not
    delivered is left out.
    """
    if profile.question:
        tables: tuple[TableSpec, ...] = (table_of(profile.question, TABLES),)
    else:
        countable = tuple(table for table in TABLES if is_countable(table, profile))
        tables = tuple(table for table in countable if profile.method is None or not table.only_exact)
    if profile.method is None:
        return tables
    return tuple(
        replace(table, disclosure=replace(table.disclosure, method=profile.method, base=profile.base, steady=True))
        for table in tables
    )


def table_by_id(table_id: str) -> TableSpec:
    """Return the table with that id; raise `StopIteration` if there is none."""
    return next(table for table in TABLES if table.id == table_id)
