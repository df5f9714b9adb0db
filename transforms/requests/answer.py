"""The answer to a question, or the coarser question that would pass.

A refusal is an answer, too: it tells that a table cannot be made safe, or would be mostly blank. It depends on
the residents only through pass or fail: of the question, and of the few coarser ones of `coarser` in a fixed order.
That is less than a table of them would tell, the counts behind it are never in its text, and the coarser question
is judged again, with everything published by then, when it is asked. Who files many questions to learn from
refusals is seen: each is counted in the officer's dossier.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from math import prod

from schemas.errors import DisclosureFailure, RequestNotAllowed
from schemas.names import STATUS, SUPPRESSED
from schemas.specs.question import MINIMUM_PUBLISHED_PCT, Question
from schemas.states import Released
from schemas.tables.asked import EVERYBODY, askable
from transforms.disclosure.over_time.next_release import NextRelease


@dataclass(frozen=True)
class Refusal:
    """No answer; the first coarser question that passes, if one of those that were tried does."""

    coarser: Question | None


Ask = Callable[[Question], NextRelease]
Allow = Callable[[Question], None]


def answer(question: Question, ask: Ask, allow: Allow) -> NextRelease | Refusal:
    """The safe release of a question, or which coarser one would pass.

    Args:
        ask: Makes the release of a question, safe beside what was published before.
        allow: Raises `RequestNotAllowed` for a question that the register does not allow.

    Raises:
        What `ask` raises, but for `DisclosureFailure`, which is a refusal.
    """
    made = _passed(question, ask)
    if made is not None:
        return made
    for candidate in coarser(question, allow):
        if _passed(candidate, ask):
            return Refusal(candidate)
    return Refusal(None)


def coarser(question: Question, allow: Allow) -> tuple[Question, ...]:
    """Questions with a dimension less or of more residents, most cells first; of equal ones those about fewer people.

    Two dimensions and two populations make five at most. Questions that the register does not allow are left out.
    """
    populations = tuple(dict.fromkeys((question.population, EVERYBODY)))
    kept = (question.dimensions, *((name,) for name in question.dimensions))
    found = [question.of(population, *names) for names, population in product(kept, populations)]
    others = dict.fromkeys(one for one in found if one != question and _is_allowed(one, allow))
    # Sorting is stable: the order above decides among as many cells.
    return tuple(sorted(others, key=lambda one: -_cells(one)))


def published_pct(released: Released) -> int:
    """Share (0-100, rounded down) of the inner cells of a table that have a status other than suppressed."""
    inner = released.frame
    for dimension in released.spec.dimensions:
        inner = inner.filter(inner[dimension.name].is_in(dimension.codes.values))
    return 100 * inner.filter(inner[STATUS] != SUPPRESSED).height // inner.height


def _passed(question: Question, ask: Ask) -> NextRelease | None:
    try:
        made = ask(question)
    except DisclosureFailure:
        return None
    tables = made.protected.released
    return made if all(published_pct(table) >= MINIMUM_PUBLISHED_PCT for table in tables) else None


def _is_allowed(question: Question, allow: Allow) -> bool:
    try:
        allow(question)
    except RequestNotAllowed:
        return False
    return True


def _cells(question: Question) -> int:
    return prod(len(one.dimension.codes.values) for name in question.dimensions if (one := askable(name)))
