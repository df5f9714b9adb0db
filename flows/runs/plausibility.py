"""Deliveries of a run beside those of the run before, and the steward's reason to believe what differs."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, timedelta

from flows.runs.facts import PlausibilityFacts, read_facts, write_facts
from flows.workfolder.home import Home, Run, read_runs
from schemas.errors import DeliveriesImplausible, ReasonUnusable, RunOutdated
from schemas.sources import SOURCES
from transforms.inspection.tables.identifiers import identifiers_in
from transforms.intake.contract import Checked
from transforms.intake.plausibility import Doubt, Shape, doubts_beside, doubts_within, shape_of
from transforms.requests.request import is_sentence

MAXIMUM_REASON, MOST_DIGITS = 500, 7
"""Signs of a reason, and digits of it: a BSN that lost its zeros has seven or more."""
_BEFORE = timedelta(days=550)
"""How long ago a delivery may have been to be compared with: one and a half year."""


def require_reason(reason: str) -> None:
    """Raise `ReasonUnusable` unless a reason is empty, or a sentence without what looks like a number of somebody."""
    is_long = len(reason) > MAXIMUM_REASON or sum(map(str.isdigit, reason)) > MOST_DIGITS
    if reason and (is_long or not is_sentence(reason) or identifiers_in(reason)):
        raise ReasonUnusable(MAXIMUM_REASON)


def shapes_before(home: Home, peildatum: str) -> Mapping[str, Shape]:
    """Return by source the shape of the last delivery of an earlier peildatum that a run came to the officer with."""
    shapes: dict[str, Shape] = {}
    oldest = (date.fromisoformat(peildatum) - _BEFORE).isoformat()
    for run in sorted(read_runs(home), key=lambda run: (run.peildatum, run.run_id)):
        if oldest <= run.peildatum < peildatum and run.dossier.is_file():
            with suppress(RunOutdated, OSError):
                shapes |= {shape.source: shape for shape in read_facts(run, PlausibilityFacts).shapes}
    return shapes


def doubts_of(checked: Sequence[Checked], before: Mapping[str, Shape]) -> list[Doubt]:
    """Return what is not plausible of deliveries, within and beside those before, in order of delivery."""
    sources = {source.id: source for source in SOURCES}
    shapes = [shape_of(delivery) for delivery in checked]
    beside = [
        doubt
        for shape in shapes
        if shape.source in before
        for doubt in doubts_beside(shape, before[shape.source], sources[shape.source])
    ]
    order = list(sources)
    return sorted([*doubts_within(checked), *beside], key=lambda doubt: order.index(doubt.source))


def require_plausible(run: Run, checked: Sequence[Checked]) -> None:
    """Note the shape of every delivery of a run and what is not plausible, and stop unless the steward gave a reason.

    What is read again from the archive was believed when it was read first.

    Raises:
        DeliveriesImplausible: Something is not plausible.
    """
    before = shapes_before(run.home, run.peildatum)
    doubts, shapes = doubts_of(checked, before), tuple(map(shape_of, checked))
    compared = tuple(shape.source for shape in shapes if shape.source in before)
    write_facts(run, PlausibilityFacts(shapes, tuple(doubts), compared))
    if doubts and not run.reason and not run.archived:
        raise DeliveriesImplausible([f"{doubt.source}, {doubt.place}: {doubt.text}" for doubt in doubts])
