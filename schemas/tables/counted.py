"""Whom a table counts besides the residents on the peildatum, said in every text about it."""

from schemas.specs import TableSpec
from schemas.tables.dimensions import IN_STOCK
from schemas.text import Text

ALSO_LEFT = Text(
    nl="Geteld is ook wie op de peildatum geen lopende uitkering of voorziening heeft.",
    en="Also counted is who has no running benefit or provision on the reference date.",
)


def is_of_stock(spec: TableSpec) -> bool:
    """Return whether everybody whom a table counts is in the file on the peildatum."""
    return IN_STOCK in spec.population


def caveats_of(spec: TableSpec) -> tuple[str, ...]:
    """Return a table's caveats; if it counts others than the residents on the peildatum, the first says so."""
    return spec.caveats if is_of_stock(spec) else (ALSO_LEFT, *spec.caveats)
