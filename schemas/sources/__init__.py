"""The deliveries that the pipeline reads. A new one is a module here and a line in SOURCES."""

from schemas.sources import declaraties, ogdb, ogdb_doelen, participatieladder, participatiewet, trajecten, wmo, zrm
from schemas.specs import Field, Profile, SourceSpec

SOURCES: tuple[SourceSpec, ...] = (
    participatiewet.SOURCE,
    wmo.SOURCE,
    trajecten.SOURCE,
    participatieladder.SOURCE,
    zrm.SOURCE,
    ogdb.SOURCE,
    ogdb_doelen.SOURCE,
    declaraties.SOURCE,
)

FIELDS: tuple[Field, ...] = tuple(dict.fromkeys(field for source in SOURCES for field in source.fields))
"""Every field of every source, once, in order of first delivery."""

RETENTION_MONTHS = min(field.retention_months for field in FIELDS)
"""A delivery is kept no longer than its field with the shortest term (AVG art. 5 lid 1 onder e)."""


REQUIRED = (participatiewet.SOURCE.id, wmo.SOURCE.id)
"""Sources without which there is nothing to count: they say who is in the file."""


def delivered_sources(profile: Profile) -> tuple[SourceSpec, ...]:
    """Return the sources that the municipality of a profile delivers, in order of declaration."""
    return tuple(source for source in SOURCES if source.id not in profile.absent)


def absent_sources(profile: Profile) -> tuple[SourceSpec, ...]:
    """Return the sources that it does not deliver, in order of declaration."""
    return tuple(source for source in SOURCES if source.id in profile.absent)
