"""What the published statement of quality tells of the rows that were kept out of the analysis."""

import re

from pia.evidence import DeliveryFacts, Evidence, Finding
from transforms.intake.quality import SHARES_PCT

STATEMENT = "kwaliteitsverklaring.md"
TOO_SMALL = "niet gepubliceerd: te kleine levering"
_AT_MOST = re.compile(r"ten hoogste ([0-9]{1,3}) %")


def no_small_quarantine(evidence: Evidence) -> Finding:
    """M33: every delivery has its line, which is true, and from which no number of 1 to threshold - 1 follows.

    Reads the text that is published; the attacker knows the number of rows and the declared classes.
    """
    text = "".join(content.decode() for name, content in evidence.files.items() if name.endswith(STATEMENT))
    told = _told(text)
    titles = {source.id: source.title for source in evidence.sources}
    wrong = sum(
        not _is_safe(told.get(titles[one.source], ""), one, evidence.profile.threshold) for one in evidence.delivered
    )
    wrong += abs(len(told) - len(evidence.delivered))
    return Finding(wrong == 0, f"{wrong} van {len(evidence.delivered)} leveringen zonder veilige klasse")


def _told(text: str) -> dict[str, str]:
    """Per title what the first table of the statement says of it."""
    table = re.search(r"(?:^\|[^\n]*\n)+", text, re.MULTILINE)
    rows = table.group().splitlines()[2:] if table else []
    cells = (tuple(cell.strip() for cell in row.strip("|").split("|")) for row in rows)
    return {title: said for title, said, *_ in cells}


def _is_safe(said: str, one: DeliveryFacts, threshold: int) -> bool:
    """Whether a line tells one declared class, a true one, whose ends are far enough from few rows.

    That a delivery is too small to tell of holds below the threshold; there it says nothing of the rows in it.
    """
    if said == TOO_SMALL:
        return one.lines < threshold
    found = _AT_MOST.fullmatch(said)
    if found is None or int(found[1]) not in SHARES_PCT:
        return False
    most = int(found[1]) * one.lines // 100
    below = max((share * one.lines // 100 for share in SHARES_PCT if share < int(found[1])), default=0)
    # A class that could not stand for the threshold is never told, so not telling it says nothing.
    least = below + 1 if below >= threshold else 0
    return least <= one.quarantined <= most and most >= threshold
