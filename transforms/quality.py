"""How complete a delivery is, for the privacy officer's dossier (indicatorencatalogus I18).

Shares of empty fields stay in the dossier: beside the released tables, in which 'onbekend' is a category
under disclosure control, they would tell small counts.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from schemas.specs import Treatment
from transforms.contract import Checked


@dataclass(frozen=True)
class Missing:
    """Valid rows of one delivery in which a field that the analysis reads is empty."""

    source: str
    field: str
    rows: int
    missing: int


def missing_values(checked: Iterable[Checked]) -> tuple[Missing, ...]:
    """A count per field that may be empty and that pseudonymisation keeps, in order of delivery."""
    return tuple(
        Missing(one.source.id, column.field.name, frame.height, frame[column.field.name].null_count())
        for one in checked
        for frame in (one.valid.frame,)
        for column in one.source.columns
        if not column.required and column.field.treatment is not Treatment.DROP
    )
