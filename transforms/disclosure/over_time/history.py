"""Releases in order, and which of them count the same persons.

Two releases of one population and peildatum count the same persons and are one moment: they are attacked together.
Other releases stand by themselves, except where one contains the persons of another.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from schemas.errors import DisclosureFailure
from schemas.specs import TableSpec
from schemas.states import Released
from transforms.disclosure.counts.known import stated_bounds as stated
from transforms.disclosure.model.cells import labels
from transforms.disclosure.model.interval import Interval
from transforms.disclosure.model.joint import Key
from transforms.disclosure.model.solver import CAP
from transforms.disclosure.model.system import System, build
from transforms.disclosure.over_time.together import Blocks, Edge, Ends, common, common_key, is_possible, names, several


@dataclass(frozen=True, eq=False)
class Publication:
    """Published tables with the persons and the day that they count.

    Attributes:
        release: Name of the release.
        peildatum: Reference date; None if it has none.
        population: Name of the population; empty is everybody that the municipality analyses.
        threshold: The smallest count that it publishes.
        sums: Ids of the tables of sums that it published beside these.
        contains: Earlier or later releases of which every person is counted here, too, in the same cells.
        question: The question of a researcher (`Profile.question_id`); empty is the analysis itself.
        disjoint: Populations of which nobody is counted here.
    """

    release: str
    peildatum: date | None
    population: str
    tables: tuple[Released, ...]
    threshold: int
    contains: frozenset[str] = frozenset()
    sums: tuple[str, ...] = ()
    question: str = ""
    disjoint: frozenset[str] = frozenset()

    @property
    def persons(self) -> tuple[date | None, str]:
        """Day and population: releases that have both in common are one to an attacker."""
        return self.peildatum, self.population

    def is_apart(self, other: "Publication") -> bool:
        """Return whether the two are declared to count nobody in common."""
        return other.population in self.disjoint or self.population in other.disjoint


Moment = tuple[Publication, ...]
"""Releases that count the same persons."""


@dataclass(frozen=True)
class Cell:
    """A cell as published, and as releases of any version know it."""

    table: str
    label: str
    key: Key
    common: Key


@dataclass(frozen=True)
class Facts:
    """Cells of a release in order, and stated bounds per count."""

    cells: tuple[Cell, ...]
    known: dict[Key, tuple[float, float]]


def facts(publication: Publication) -> Facts:
    """Return the cells of a release and the bounds that it states of them.

    Only `counts.known` knows in which ways a count can be published: exact, rounded or suppressed.

    Raises:
        UnknownCategory, DisclosureFailure: A frame is not as declared, or what its tables state
            contradicts itself.
    """
    specs = [table.spec for table in publication.tables]
    system, identities = build(specs), names(specs)
    shared = [common_key(key, identities) for key in system.keys]
    low, high = (bound.tolist() for bound in stated(system, publication.tables, publication.threshold))
    cells = tuple(
        Cell(spec.id, label, system.keys[place], shared[place])
        for spec, places in zip(specs, system.places, strict=True)
        for label, place in zip(labels(spec), places, strict=True)
        if is_possible(shared[place])
    )
    bounds_of = dict(zip(shared, zip(low, high, strict=True), strict=True))
    return Facts(cells, {key: bounds for key, bounds in bounds_of.items() if is_possible(key)})


class Linked:
    """Intervals of moments whose files depend on each other.

    Args:
        ends: Of every count of the base, per moment.
        moments, keys: In that order.
    """

    def __init__(self, ends: Ends, moments: Sequence[Moment], keys: Sequence[Key]) -> None:
        self._ends = ends
        self._place = {pair: place for place, pair in enumerate(product(moments, keys))}

    def interval(self, moment: Moment, key: Key) -> Interval:
        """Return the lowest and highest number of persons in a cell."""
        return self._ends.interval(self._place[moment, key])


Memory = dict[tuple[tuple[Moment, ...], tuple[TableSpec, ...]], Linked]
"""Results of attacks, per moments and tables."""


class History:
    """Earlier releases, each attacked once.

    However often new ones are judged against them.

    Args:
        publications: In order of publication.

    Raises:
        UnknownCategory, DisclosureFailure: See `facts`.
    """

    def __init__(self, publications: Iterable[Publication] = ()) -> None:
        self.publications = tuple(publications)
        self._facts = {publication: facts(publication) for publication in self.publications}
        self._bases: dict[tuple[TableSpec, ...], System] = {}
        self._linked: Memory = {}

    def base(self, specs: tuple[TableSpec, ...]) -> System:
        """Return the hidden cells of some tables."""
        if specs not in self._bases:
            self._bases[specs] = build(specs)
        return self._bases[specs]

    def timeline(self, *new: Publication) -> "Timeline":
        """Return these releases with new ones; a new one replaces an earlier one of its name."""
        replaced = {publication.release for publication in new}
        remaining = [publication for publication in self.publications if publication.release not in replaced]
        facts_of = {**self._facts, **{publication: facts(publication) for publication in new}}
        return Timeline(self, {publication: facts_of[publication] for publication in (*remaining, *new)})

    def memory(self, linked: Iterable[Moment]) -> Memory | None:
        """Return the memory for an attack on these moments; None if a new release is among them."""
        is_old = all(publication in self._facts for moment in linked for publication in moment)
        return self._linked if is_old else None


class Timeline:
    """Moments of some releases, and which contain which.

    Args:
        history: Keeps results that are about earlier releases only.
        facts: Facts of every release, in order of publication.

    Attributes:
        moments: Releases of the same persons together, in order of their first publication.
        stated: Per moment, the lowest and highest value of each count.
        edges: By position: the part and the whole.

    Raises:
        DisclosureFailure: A release contains one that is not there.
    """

    def __init__(self, history: History, facts: Mapping[Publication, Facts]) -> None:
        self.history, self.facts = history, facts
        self.moments = _moments(facts)
        self.stated = [self._bounds_of(moment) for moment in self.moments]
        self._position = {
            publication.release: place for place, moment in enumerate(self.moments) for publication in moment
        }
        pairs = {*self._declared_edges(), *self._edges_to_everybody()}
        self.edges: list[Edge] = sorted((part, whole) for part, whole in pairs if part != whole)
        self._linked: Memory = {}

    def position(self, release: str) -> int:
        """Return the moment of a release."""
        return self._position[release]

    def linked_moments(self, moment: int) -> tuple[int, ...]:
        """Return the moments whose files depend on each other, this one among them."""
        linked = {moment}
        while more := {end for edge in self.edges if linked & set(edge) for end in edge} - linked:
            linked |= more
        return tuple(sorted(linked))

    def contains(self, whole: int, part: int) -> bool:
        """Return whether all persons of one moment are in another, directly or by way of others."""
        containing = {part}
        while more := {above for below, above in self.edges if below in containing} - containing:
            containing |= more
        return whole in containing

    def specs(self, moments: Iterable[int], others: Iterable[TableSpec] = ()) -> tuple[TableSpec, ...]:
        """Return the tables of some moments, and others, together, as far as they matter to counts."""
        publications = (publication for moment in moments for publication in self.moments[moment])
        return common([*others, *(table.spec for publication in publications for table in publication.tables)])

    def outlook(self, moment: int, specs: tuple[TableSpec, ...]) -> Linked:
        """Return what can be proven of a moment and of those linked to it.

        The tables of all of them must be among `specs`.
        """
        linked = self.linked_moments(moment)
        moments = tuple(self.moments[place] for place in linked)
        memory = self.history.memory(moments)
        memory = self._linked if memory is None else memory
        if (moments, specs) not in memory:
            memory[moments, specs] = self._attack(linked, specs)
        return memory[moments, specs]

    def _attack(self, linked: Sequence[int], specs: tuple[TableSpec, ...]) -> Linked:
        """Attack linked moments as one linear system."""
        base = self.history.base(specs)
        blocks = Blocks(base, several(base, specs)[1])
        blocks.start(linked[0])
        blocks.include([edge for edge in self.edges if edge[0] in linked])
        system = blocks.system((blocks.files[moment], count) for moment in linked for count in range(len(base.keys)))
        stated = [self.stated[moment].get(key, (0.0, CAP)) for moment in linked for key in base.keys]
        ends = Ends(system, [low for low, _ in stated], [high for _, high in stated])
        return Linked(ends, [self.moments[moment] for moment in linked], base.keys)

    def _bounds_of(self, moment: Moment) -> dict[Key, tuple[float, float]]:
        """Return the narrowest bounds that the releases of a moment state per count."""
        bounds: dict[Key, tuple[float, float]] = {}
        for publication in moment:
            for key, (low, high) in self.facts[publication].known.items():
                lowest, highest = bounds.get(key, (low, high))
                bounds[key] = max(low, lowest), min(high, highest)
        return bounds

    def _declared_edges(self) -> Iterator[Edge]:
        """Yield the containments that releases declare."""
        for publication in self.facts:
            if publication.contains - self._position.keys():
                raise DisclosureFailure("a release contains another one that is not known here")
            for part in publication.contains:
                yield self._position[part], self._position[publication.release]

    def _edges_to_everybody(self) -> Iterator[Edge]:
        """Yield the containments of every population of a day in everybody of that day."""
        for (part, (first, *_)), (whole, (second, *_)) in product(enumerate(self.moments), repeat=2):
            if first.peildatum and first.peildatum == second.peildatum and first.population and not second.population:
                yield part, whole


def _moments(publications: Iterable[Publication]) -> list[Moment]:
    """Group releases of one population and peildatum; a release without peildatum is a moment of its own."""
    groups: dict[object, list[Publication]] = {}
    for publication in publications:
        same = (publication.population, publication.peildatum) if publication.peildatum else publication
        groups.setdefault(same, []).append(publication)
    return [tuple(group) for group in groups.values()]
