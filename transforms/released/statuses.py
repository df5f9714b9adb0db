"""The letters that say what a value is, in words: one place for every file of a release."""

from schemas.names import BELOW, PUBLISHED, SUPPRESSED
from schemas.specs import Profile

SOURCE = "SDMX, codelijst CL_OBS_STATUS 2.2"

STATUSES: dict[str, str] = {
    PUBLISHED: "gepubliceerd",
    BELOW: "afgerond, en kleiner dan wat wordt getoond",
    SUPPRESSED: "onderdrukt om inwoners te beschermen",
}
"""Meaning by letter, in Dutch."""

TO_CONFIRM = "te bevestigen door de gemeente"
"""What nobody told us yet: contact, licence, access."""


NONE = "geen"
"""Where a number beside a sum is not published, or there is nobody to divide by."""


def stands_for(status: str, profile: Profile) -> str:
    """Return the text that a workbook shows for a missing number; a blank could be taken for 0."""
    return {SUPPRESSED: "onderdrukt", BELOW: f"<{profile.threshold}"}[status]
