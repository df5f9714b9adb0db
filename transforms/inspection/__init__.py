"""Inspection of tables that others made: what they give away of persons.

model, numerals, words          a table, its printed numbers, and the Dutch words that say what they count
delivered, columns, interpret   bytes -> text frame -> cells with statistic and subject
structure, bounds               what adds up to what, and how small a withheld count must be
personal, identifiers           rows of persons and what points at one
counts, ratios, magnitudes, within, between, people   the rules
registry                        every rule once, with its source
"""

from collections.abc import Sequence

from transforms.inspection.rules.registry import RULES
from transforms.inspection.tables.interpret import read_table
from transforms.inspection.tables.model import Finding, Given, Inspection

__all__ = ["RULES", "Finding", "Given", "findings"]


def findings(tables: Sequence[Given], *, threshold: int = 10) -> list[Finding]:
    """Judge tables by every rule, also against each other.

    Args:
        tables: The tables, in the order of their findings.
        threshold: Smallest count of persons that may be published (CBS: 10 units); 0 may be, too.

    Returns:
        Findings in the order of tables, then of rules, each once. Empty cells and marks are
        no values; they are only computed from what is printed.
    """
    inspection = Inspection(tuple(map(read_table, tables)), threshold)
    unsorted = [
        Finding(hit.table, hit.row, hit.column, rule.id, hit.severity.value, hit.reveals, hit.safe)
        for rule in RULES
        for hit in rule.find(inspection)
    ]
    order = [table.name for table in tables]
    return sorted(dict.fromkeys(unsorted), key=lambda finding: order.index(finding.table))
