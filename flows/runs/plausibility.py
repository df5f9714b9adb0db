"""Deliveries of a run beside those of the run before, and the steward's reason to believe what differs."""

from collections.abc import Mapping, Sequence
from contextlib import suppress

from flows.runs.facts import PlausibilityFacts, read_facts, write_facts
from flows.workfolder.home import Home, Run, read_runs
from schemas.errors import DeliveriesImplausible, ReasonUnusable, RunOutdated
from schemas.sources import SOURCES
from transforms.inspection.tables.identifiers import identifiers_in
from transforms.intake.contract import Checked
from transforms.intake.plausibility import Doubt, Shape, doubts_beside, doubts_within, shape_of
from transforms.requests.request import is_sentence

MAXIMUM_REASON = 500


def require_reason(reason: str) -> None:
    """Raise `ReasonUnusable` unless a reason is empty, or a sentence that names nobody."""
    if reason and (len(reason) > MAXIMUM_REASON or not is_sentence(reason) or identifiers_in(reason)):
        raise ReasonUnusable(MAXIMUM_REASON)


def shapes_before(home: Home, peildatum: str) -> Mapping[str, Shape]:
    """Return by source the shape of the last delivery of an earlier peildatum that a run came to the officer with."""
    shapes: dict[str, Shape] = {}
    for run in sorted(read_runs(home), key=lambda run: (run.peildatum, run.run_id)):
        if run.peildatum < peildatum and run.dossier.is_file():
            with suppress(RunOutdated, FileNotFoundError):
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
    doubts = doubts_of(checked, shapes_before(run.home, run.peildatum))
    write_facts(run, PlausibilityFacts(tuple(map(shape_of, checked)), tuple(doubts)))
    if doubts and not run.reason and not run.archived:
        raise DeliveriesImplausible([f"{doubt.source}, {doubt.place}: {doubt.text}" for doubt in doubts])
