"""Quality of a delivery (indicatorencatalogus I18).

A release tells a class of shares, never a number of rows. Shares of empty fields stay in the dossier: beside the
released tables, in which 'onbekend' is a category under disclosure control, they would tell small counts.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from schemas.specs import Treatment
from transforms.intake.contract import Checked


@dataclass(frozen=True)
class Missing:
    """Valid rows of one delivery with a given field empty."""

    source: str
    field: str
    rows: int
    missing: int


def missing_values(checked: Iterable[Checked]) -> tuple[Missing, ...]:
    """Return a count per field that may be empty and that pseudonymisation keeps, in order of delivery."""
    return tuple(
        Missing(delivery.source.id, column.field.name, frame.height, frame[column.field.name].null_count())
        for delivery in checked
        for frame in (delivery.valid.frame,)
        for column in delivery.source.read
        if not column.required and column.field.treatment is not Treatment.DROP
    )


SHARES_PCT = (5, 10, 25, 50, 100)
"""Classes of 'at most this share (0-100) of the rows'; ours, to be confirmed."""


@dataclass(frozen=True)
class DeliveryQuality:
    """Quality of one delivery, as a release tells it.

    Attributes:
        quarantined_pct: At most this share (0-100) of the rows was kept out of the analysis;
            None if the delivery is too small to tell.
    """

    source: str
    quarantined_pct: int | None


def quality_of(source: str, *, rows: int, quarantined: int, threshold: int) -> DeliveryQuality:
    """Return the lowest true class of at least `threshold` rows.

    Knowing the number of rows and this rule, one finds either that 0 to at least `threshold` rows were kept out, or
    that more were than the class below, which is `threshold` or more as well. So nobody learns that some rows were kept
    out, but few. The limit at which a run stops does tell, of a small delivery, that there are few at most.
    """
    classes = [share for share in SHARES_PCT if share * rows >= 100 * threshold]
    return DeliveryQuality(source, next((share for share in classes if 100 * quarantined <= share * rows), None))
