"""What is plausible of a delivery, within itself and beside the one before. All of it is ours, to be confirmed."""

from collections.abc import Mapping

from schemas.fields import BEDRAG, LOONWAARDE, TRAJECT_KOSTEN
from schemas.specs import Field

LEAST_ROWS = 50
"""Rows of a delivery below which shares say nothing."""
LEAST_VALUES = 10
"""Values below which a median says nothing."""
ROWS_PCT = 30
"""Most change of the number of rows or persons, as a share (0-100) of those before."""
SHARE_POINTS = 20
"""Most change of the share of a code or of empty cells, in points (0-100)."""
FACTOR = 3
"""Most change of a median."""
FIRST_DAYS_PCT = 90
"""Least birth dates (share, 0-100) on the second to the twelfth of a month by which day and month seem swapped; of all
days these are 37 %."""
UNALLOCATED_PCT = 10
"""Most claims (share, 0-100) on an allocation that is not delivered (iWmo 3.2 TR338)."""
MEDIANS: Mapping[Field, tuple[int, int]] = {
    BEDRAG: (1_000, 500_000),
    TRAJECT_KOSTEN: (10_000, 5_000_000),
    LOONWAARDE: (5, 100),
}
"""By field the lowest and the highest median, in its unit: euros that became cents, or a percentage a fraction, are far
outside."""
