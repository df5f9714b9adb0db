"""What may be told of the quality of a delivery: a class of shares, never a number of rows."""

from dataclasses import dataclass

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
    `threshold` or more as well. So of no delivery can it be told that few rows were.
    """
    classes = [share for share in SHARES_PCT if share * rows >= 100 * threshold]
    return DeliveryQuality(source, next((share for share in classes if 100 * quarantined <= share * rows), None))
