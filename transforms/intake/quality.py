"""How good a delivery is (indicatorencatalogus I18): what may be told of it, and what only the officer reads.

A release tells a class of shares, never a number of rows. Shares of empty fields stay in the dossier:
beside the released tables, in which 'onbekend' is a category under disclosure control, they would
tell small counts.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from schemas.specs import Treatment
from transforms.intake.contract import Checked


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
        for column in one.source.read
        if not column.required and column.field.treatment is not Treatment.DROP
    )


SHARES_PCT = (5, 10, 25, 50, 100)
"""Classes of 'at most this share (0-100) of the rows'; ours, to be confirmed."""


@dataclass(frozen=True)
class DeliveryQuality:
    """One delivery, as a release tells of it.

    Attributes:
        quarantined_pct: At most this share (0-100) of the rows was kept out of the analysis;
            None if the delivery is too small to tell.
    """

    source: str
    quarantined_pct: int | None


def quality_of(source: str, *, rows: int, quarantined: int, threshold: int) -> DeliveryQuality:
    """The lowest class that holds, among those that may stand for the threshold or more rows.

    Somebody who knows the number of rows and this rule finds either that 0 to at least
    `threshold` rows were kept out, or that more were than the class below, which is
    `threshold` or more as well. So of no delivery can it be told that some rows were, but
    few. That there are few at most says the limit at which a run stops, of a small delivery.
    """
    classes = [share for share in SHARES_PCT if share * rows >= 100 * threshold]
    return DeliveryQuality(source, next((share for share in classes if 100 * quarantined <= share * rows), None))
