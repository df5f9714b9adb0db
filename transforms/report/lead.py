"""The answer to a question in a sentence: the largest groups of a table, where the release proves that they are.

A blank cell may be larger than what is shown beside it, and a rounded count may hide which of two is the
larger. Then nothing is said: a sentence of a report is never a guess about what was left out.
"""

from math import inf

from schemas.codes import JA_OF_NEE
from schemas.specs import TOTAAL
from schemas.specs.axes import categories
from transforms.language.language import Language
from transforms.released.content import Cells, Levels
from transforms.released.figures import persons_text


def lead(cells: Cells, language: Language, group: Levels) -> str:
    """Return sentences that name the largest category and the next one; empty if neither is proven.

    Args:
        group: Level of the second dimension that the sentences are about; empty if there is none.
    """
    dimension = cells.spec.dimensions[0]
    if dimension.codes == JA_OF_NEE:
        return ""
    sentences = []
    for key, level in zip(("lead.first", "lead.next"), largest(cells, group), strict=False):
        persons = persons_text(language, cells, (level, *group), (TOTAAL, *group))
        sentences.append(language.say(key, label=language.declared(dimension.label(level)), persons=persons))
    return " ".join(sentences)


def largest(cells: Cells, group: Levels) -> tuple[str, ...]:
    """Return the categories that are provably the largest and the second largest, in that order; two at most."""
    levels = categories(cells.spec.dimensions[0])
    shown = {level: value for level in levels if (value := cells[(level, *group)]) is not None}
    unknown = _most(cells, group, shown)
    ranked = sorted(shown, key=lambda level: (-shown[level], level))
    # A rounded count may be off by its reach, and so may the one it is compared with.
    apart = 2 * cells.spec.disclosure.reach
    proven: list[str] = []
    for place, level in enumerate(ranked[:2]):
        after = max([unknown, *(shown[other] for other in ranked[place + 1 :])])
        if shown[level] <= after + apart:
            break
        proven.append(level)
    return tuple(proven)


def _most(cells: Cells, group: Levels, shown: dict[str, int]) -> float:
    """Return the highest possible count of a category that is not shown; 0 if all are shown."""
    dimension, total = cells.spec.dimensions[0], cells[(TOTAAL, *group)]
    hidden = {(level, *group) for level in categories(dimension) if level not in shown}
    if hidden <= cells.below:
        return cells.threshold - 1 if hidden else 0
    if total is None or cells.is_rounded:
        return inf
    # Who is in several categories is counted in each, so that only the total bounds another one.
    return total if dimension.multiple else total - sum(shown.values())
