"""Check of the published statement of quality.

It tells of rows that were kept out of the analysis.
"""

import re

from pia.evidence import DeliveryFacts, Evidence, Finding
from transforms.intake.quality import SHARES_PCT

STATEMENT = "kwaliteitsverklaring.md"
TOO_SMALL = "niet gepubliceerd: te kleine levering"
_AT_MOST = re.compile(r"ten hoogste ([0-9]{1,3}) %")


def no_small_quarantine(evidence: Evidence) -> Finding:
    """Check M33: every delivery has a true line that reveals no number of 1 to threshold - 1.

    Reads the text that is published; the attacker knows the number of rows and the declared classes.
    """
    text = "".join(content.decode() for name, content in evidence.files.items() if name.endswith(STATEMENT))
    statements = _statements(text)
    titles = {source.id: source.title for source in evidence.sources}
    wrong = sum(
        not _is_safe_class(statements.get(titles[delivery.source], ""), delivery, evidence.profile.threshold)
        for delivery in evidence.delivered
    )
    wrong += abs(len(statements) - len(evidence.delivered))
    return Finding(wrong == 0, f"{wrong} van {len(evidence.delivered)} leveringen zonder veilige klasse")


def _statements(text: str) -> dict[str, str]:
    """Return what the first table of the statement says, by title."""
    table = re.search(r"(?:^\|[^\n]*\n)+", text, re.MULTILINE)
    rows = table.group().splitlines()[2:] if table else []
    cells = (tuple(cell.strip() for cell in row.strip("|").split("|")) for row in rows)
    return {title: text_of for title, text_of, *_ in cells}


def _is_safe_class(statement: str, delivery: DeliveryFacts, threshold: int) -> bool:
    """Return whether a line states one declared class, a true one, whose ends are far enough from few rows.

    'Too small' may be stated below the threshold only; there it reveals nothing of the rows in it.
    """
    if statement == TOO_SMALL:
        return delivery.lines < threshold
    match = _AT_MOST.fullmatch(statement)
    if match is None or int(match[1]) not in SHARES_PCT:
        return False
    most = int(match[1]) * delivery.lines // 100
    below = max((share * delivery.lines // 100 for share in SHARES_PCT if share < int(match[1])), default=0)
    # A class of fewer rows than the threshold is never stated, so its absence says nothing.
    least = below + 1 if below >= threshold else 0
    return least <= delivery.quarantined <= most and most >= threshold
