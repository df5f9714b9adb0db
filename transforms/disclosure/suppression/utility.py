"""What each attacker costs: how much less is published where he is withstood, too."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from schemas.errors import DisclosureFailure
from schemas.specs import Profile
from schemas.states import Counted
from transforms.disclosure.suppression.job import NO_OTHERS, Job, SameFile, job_of, task_of
from transforms.disclosure.suppression.same_persons import SamePersons
from transforms.disclosure.suppression.suppress import suppress
from transforms.disclosure.suppression.task import EFFORT, Suppression

TABLES, RECORDS, FIGURES, POOLED = "tabellen", "bestand", "anderen", "samen"
"""Attackers, each with what those before him have: all tables; his own record in the file; what others publish; the
record of one more."""

_MOST_POOLED = 2


@dataclass(frozen=True)
class Utility:
    """What is published where some attackers are withstood.

    Attributes:
        attacker: The strongest of them.
        blank: Blank cells of all tables; None if no safe pattern was found.
        cells: Cells of all tables.
        published_pct: Persons in published cells, in percent of those in all cells, rounded down; None likewise.
        is_chosen: It is the release itself.
    """

    attacker: str
    blank: int | None
    cells: int
    published_pct: int | None
    is_chosen: bool


def utility_by_attacker(
    counted: Sequence[Counted], profile: Profile, chosen: Suppression, file: SameFile, effort: float = EFFORT
) -> tuple[Utility, ...]:
    """Return what is published against each attacker, weaker and stronger than those of a profile.

    Every row but that of the profile is a search of its own, without an attack to confirm it.

    Args:
        counted: All tables of a release that stands by itself: not rounded, and beside no other of its persons.
        profile: Its profile.
        chosen: The pattern of the release.
        file: What else is counted in the file.
        effort: As for `protect`.

    Raises:
        UnknownCategory, DisclosureFailure, PublicFiguresDiffer: See `protect`.
    """
    utilities = []
    for attacker, variant in _variants(profile):
        variant_file = file if variant.public else replace(file, public=())
        job = job_of(counted, variant, SamePersons(), NO_OTHERS, variant_file)
        is_chosen = variant == profile
        try:
            suppression = chosen if is_chosen else suppress(task_of(job, {}), effort)
        except DisclosureFailure:
            suppression = None
        utilities.append(_utility(attacker, job, suppression, is_chosen=is_chosen))
    return tuple(utilities)


def _variants(profile: Profile) -> Iterator[tuple[str, Profile]]:
    """Yield the profiles against more and more attackers, that of the release among them, and one step further."""
    yield TABLES, replace(profile, pooled=0, public=())
    for pooled in range(1, profile.pooled + 1):
        yield RECORDS if pooled == 1 else POOLED, replace(profile, pooled=pooled, public=())
    if profile.public:
        yield FIGURES, profile
    if profile.pooled < _MOST_POOLED:
        yield RECORDS if profile.pooled == 0 else POOLED, replace(profile, pooled=profile.pooled + 1)


def _utility(attacker: str, job: Job, suppression: Suppression | None, *, is_chosen: bool) -> Utility:
    """Count what a pattern publishes."""
    places = np.array([place for places in job.system.places for place in places])
    if suppression is None:
        return Utility(attacker, None, len(places), None, is_chosen=is_chosen)
    is_blank = np.isin(places, sorted(suppression.counts))
    persons = job.truth[places]
    published_pct = int(100 * persons[~is_blank].sum() // max(1, persons.sum()))
    return Utility(attacker, int(is_blank.sum()), len(places), published_pct, is_chosen=is_chosen)
