"""The gate: a release that a measure does not allow is never written."""

from collections.abc import Sequence
from datetime import date

from pia.evidence import Finding
from pia.measures import Measure
from pia.organisation import ORGANISATIONAL_MEASURES
from schemas.errors import PiaRefusal


def assess(findings: Sequence[tuple[Measure, Finding]], today: date) -> None:
    """Refuse a run with a broken measure, or one whose organisational measures have expired.

    Raises:
        PiaRefusal: Names the measures; the dossier tells why.
    """
    broken = [measure.id for measure, finding in findings if not finding.holds]
    expired = [measure.id for measure in ORGANISATIONAL_MEASURES if measure.is_expired(today)]
    if broken or expired:
        raise PiaRefusal((*broken, *expired))
