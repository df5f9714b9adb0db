"""Registry of the rules, each with its text and source.

A new rule is a new entry.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from transforms.inspection.rules.between import differences_between
from transforms.inspection.rules.counts import group_disclosures, small_counts
from transforms.inspection.rules.magnitudes import dominance, extremes, few_contributors
from transforms.inspection.rules.people import free_texts, identifiers, microdata, unreadable
from transforms.inspection.rules.ratios import small_numerators
from transforms.inspection.rules.within import differences_within
from transforms.inspection.tables.model import Hit, Inspection

ESSNET = "ESSnet SDC, Guidelines for the checking of output based on microdata research, 2015"
ABS = "ABS DataLab, output clearance rules (rule of 10, group disclosure, dominance)"
CBS = "CBS, Microdata: regels voor uitvoer, minimaal 10 eenheden"
AVG = "AVG art. 4 lid 1 en overweging 26"


@dataclass(frozen=True)
class Rule:
    """One rule of the inspection.

    Attributes:
        id: As in the output.
        text: What may not be published, in Dutch.
        source: Guideline of the rule.
    """

    id: str
    text: str
    source: str
    find: Callable[[Inspection], Iterator[Hit]]


RULES: tuple[Rule, ...] = (
    Rule("small-count", "Een aantal van minder dan 10 personen.", f"{CBS}; {ESSNET}", small_counts),
    Rule(
        "small-numerator", "Een percentage dat voor minder dan 10 personen staat, of voor alle op minder dan 10 na.",
        f"{ESSNET}; {ABS}", small_numerators,
    ),
    Rule("extreme", "Een minimum of maximum: de waarde van een persoon.", ESSNET, extremes),
    Rule(
        "few-contributors", "Een gemiddelde of som over minder dan 10 personen.", f"{CBS}; {ABS}", few_contributors
    ),
    Rule("dominance", "Een som waarvan een persoon meer dan de helft heeft.", f"{ESSNET}; {ABS}", dominance),
    Rule("microdata", "Een tabel met een rij per persoon.", f"{CBS}; {AVG}", microdata),
    Rule(
        "difference-within", "Een aantal van minder dan 10 personen dat uit de tabel zelf volgt.", ESSNET,
        differences_within,
    ),
    Rule(
        "difference-between", "Een aantal van minder dan 10 personen dat uit twee tabellen volgt.", f"{ESSNET}; {ABS}",
        differences_between,
    ),
    Rule(
        "group-disclosure", "Een groep van wie (bijna) iedereen of niemand in een categorie valt.", f"{ESSNET}; {ABS}",
        group_disclosures,
    ),
    Rule("identifier", "Een gegeven dat een persoon rechtstreeks aanwijst.", AVG, identifiers),
    Rule("free-text", "Vrije tekst over of van een persoon.", f"{AVG}; {ESSNET}", free_texts),
    Rule("unreadable", "Een tabel waarin niets te beoordelen viel.", "eigen regel: niets gaat stil", unreadable),
)  # fmt: skip
