"""Answers to questions, or the coarser question that would pass.

A refusal is an answer, too: it tells that a table cannot be made safe, or would be mostly blank. It depends on the
residents only through pass or fail: of the question, and of the few coarser ones of `coarser` in a fixed order. That is
less than a table of them would tell, the counts behind it are never in its text, and the coarser question is judged
again, with everything published by then, when it is asked. Many questions filed to learn from refusals are noticed:
each is counted in the officer's dossier.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

from schemas.errors import DisclosureFailure, RequestNotAllowed, RequestPublished
from schemas.names import STATUS, SUPPRESSED
from schemas.specs import TableSpec
from schemas.specs.question import MINIMUM_PUBLISHED_PCT, Question
from schemas.states import Released
from schemas.tables.question import EVERYBODY, askable
from transforms.disclosure.model.system import build
from transforms.disclosure.over_time.next_release import NextRelease


@dataclass(frozen=True)
class Refusal:
    """A refusal, and what can be had instead.

    Attributes:
        coarser: The first coarser question that passes; None if none does.
        published: Tables that answer a coarser question already.
    """

    coarser: Question | None
    published: tuple[str, ...] = ()


Ask = Callable[[Question], NextRelease]
Allow = Callable[[Question], None]
Published = Callable[[Question], str]


def answer(question: Question, ask: Ask, allow: Allow, published: Published) -> NextRelease | Refusal:
    """Return the safe release of a question, or a refusal with a coarser question that would pass.

    What is published already is not tried: that takes long, and would tell nothing new.

    Args:
        ask: Makes the release of a question, safe beside what was published before.
        allow: Raises `RequestNotAllowed` for a question that the register does not allow.
        published: Names the table that answers a question already; an empty name if there is none.

    Raises:
        RequestPublished: The question is answered already.
        What `ask` raises, but for `DisclosureFailure`, which is a refusal.
    """
    if table := published(question):
        raise RequestPublished(table)
    release = _release_if_safe(question, ask)
    if release is not None:
        return release
    tables = {candidate: published(candidate) for candidate in coarser(question, allow)}
    table_ids = tuple(sorted({table for table in tables.values() if table}))
    passing = (candidate for candidate, table in tables.items() if not table and _release_if_safe(candidate, ask))
    return Refusal(next(passing, None), table_ids)


def published_by(specs: Sequence[TableSpec], published: Sequence[Released]) -> str:
    """Return the id of the published table that has every count of these tables, blank or not; "" if none has."""
    keys = {key for spec in specs for key in build([spec]).keys}
    return next((table.spec.id for table in published if keys <= set(build([table.spec]).keys)), "")


def coarser(question: Question, allow: Allow) -> tuple[Question, ...]:
    """Return questions with a dimension less or of more residents, most cells first.

    Among equals, those about fewer persons go first. Two dimensions and two populations make five at most. Questions
    that the register does not allow are left out.
    """
    populations = tuple(dict.fromkeys((question.population, EVERYBODY)))
    choices = (question.dimensions, *((name,) for name in question.dimensions))
    candidates = [question.of(population, *names) for names, population in product(choices, populations)]
    allowed = dict.fromkeys(
        candidate for candidate in candidates if candidate != question and _is_allowed(candidate, allow)
    )
    # Sorting is stable: the order above decides among as many cells.
    return tuple(sorted(allowed, key=lambda candidate: -_cells(candidate)))


def published_pct(released: Released) -> int:
    """Return the share (0-100, rounded down) of inner cells of a table that are not suppressed."""
    inner = released.frame
    for dimension in released.spec.dimensions:
        inner = inner.filter(inner[dimension.name].is_in(dimension.codes.values))
    return 100 * inner.filter(inner[STATUS] != SUPPRESSED).height // inner.height


def _release_if_safe(question: Question, ask: Ask) -> NextRelease | None:
    """Return the release of a question; None if it cannot be made safe or is mostly blank."""
    try:
        release = ask(question)
    except DisclosureFailure:
        return None
    tables = release.protected.released
    return release if all(published_pct(table) >= MINIMUM_PUBLISHED_PCT for table in tables) else None


def _is_allowed(question: Question, allow: Allow) -> bool:
    """Return whether the register allows a question."""
    try:
        allow(question)
    except RequestNotAllowed:
        return False
    return True


def _cells(question: Question) -> int:
    """Return the number of cells of a question, without totals."""
    return prod(len(entry.dimension.codes.values) for name in question.dimensions if (entry := askable(name)))
