"""Two releases of one municipality: whether they go together, and what they prove together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from schemas.errors import Contradiction, DisclosureFailure, NotComparable, PairUnsafe
from transforms.comparison.change import Changed
from transforms.comparison.verified_release import VerifiedRelease
from transforms.disclosure.counts.audit import attack_release, judge
from transforms.disclosure.over_time.history import History, Publication
from transforms.disclosure.over_time.over_time import compare
from transforms.disclosure.suppression.protect import with_intervals
from transforms.released.content import ReleaseContent

_ONE_FOLDER = "Choose two releases of one municipality and one population, of two peildata."


@dataclass(frozen=True)
class PairProof:
    """What an attacker gets who has all tables of both releases.

    Attributes:
        solved: Linear and integer programs that it took.
        changes: Cells of which it is proven that threshold or more persons joined or left.
        threshold: No change of fewer is proven.
    """

    solved: int
    changes: int
    threshold: int


def require_safe_as_one(contents: Sequence[ReleaseContent]) -> None:
    """Attack releases of the same residents and day as one, with what others publish according to any of them.

    Raises:
        PairUnsafe: Together they tell of a small number.
        NotComparable: They are not of the same residents and day, or contradict each other.
        DisclosureFailure: The attack has no proven answer.
    """
    first = contents[0].profile
    if (
        len({(content.profile.gemeente_code, content.profile.population, content.peildatum) for content in contents})
        > 1
    ):
        raise NotComparable("they are of other residents, or of other days", "For two days, use compare.")
    strictest = replace(
        first,
        threshold=max(content.profile.threshold for content in contents),
        minimum_width=max(content.profile.minimum_width for content in contents),
        group_pct=min(content.profile.group_pct for content in contents),
        public=tuple(dict.fromkeys(statistic for content in contents for statistic in content.profile.public)),
    )
    tables = [table for content in contents for table in content.released]
    try:
        attack = attack_release(tables, strictest)
        judge(with_intervals(tables, attack), attack, strictest)
        return
    except Contradiction:
        problem = None
    except DisclosureFailure as error:
        problem = error.problem
    if problem is None:
        raise NotComparable("their numbers contradict each other", "They are not of the same residents.")
    raise PairUnsafe(problem)


def in_order(release: VerifiedRelease, other: VerifiedRelease) -> tuple[VerifiedRelease, VerifiedRelease]:
    """Two releases, the earlier peildatum first.

    Raises:
        NotComparable: They are of other municipalities, of other populations or of one peildatum, or
            one of them is a demo.
        PairUnsafe: They are of one peildatum, and tell of a small number together.
    """
    before, after = sorted((release, other), key=lambda verified: verified.content.peildatum)
    first, second = before.content.profile, after.content.profile
    if first.gemeente_code != second.gemeente_code:
        raise NotComparable(
            f"one is of {first.gemeente}, the other of {second.gemeente}",
            "Choose two of one municipality, or put municipalities side by side with side-by-side.",
        )
    if first.population != second.population:
        raise NotComparable("one is of a part of the file, the other is not, or of another part", _ONE_FOLDER)
    if first.question or second.question:
        raise NotComparable("one answers a question that somebody asked", "Choose two releases of the analysis.")
    if first.demo != second.demo:
        raise NotComparable("one is a demo", "Choose two releases of residents, or two demos.")
    if before.content.peildatum == after.content.peildatum:
        require_safe_as_one([before.content, after.content])
        raise NotComparable(
            "both are of one peildatum, so that nothing changed; together they tell of no small number", _ONE_FOLDER
        )
    return before, after


def require_safe(before: VerifiedRelease, after: VerifiedRelease) -> PairProof:
    """Attack both releases together, with all their tables, as the ledger of one work folder would.

    Raises:
        PairUnsafe: They prove that at least one and fewer than threshold persons came or left, or both
            hold exact sums, of which the difference may be what one resident had.
        DisclosureFailure: The attack has no proven answer.
    """
    if before.content.sums and after.content.sums:
        raise PairUnsafe("both hold exact sums, and the difference of two may be what one resident cost")
    profiles = before.content.profile, after.content.profile
    strictest = replace(
        profiles[1],
        threshold=max(profile.threshold for profile in profiles),
        minimum_width=max(profile.minimum_width for profile in profiles),
    )
    comparison = compare(_publication(after), History([_publication(before)]), strictest)
    if comparison.breaches or comparison.narrowed:
        cells = len(comparison.breaches) + len(comparison.narrowed)
        raise PairUnsafe(
            f"they prove that at least one and fewer than {strictest.threshold} came or left, in {cells} cells"
        )
    return PairProof(comparison.solved, len(comparison.changes), strictest.threshold)


def _publication(release: VerifiedRelease) -> Publication:
    content = release.content
    profile = content.profile
    sums = tuple(table.spec.id for table in content.sums)
    return Publication(
        release.release, content.peildatum, profile.population, content.released, profile.threshold, sums=sums
    )


def require_no_small_change(tables: Iterable[Changed], threshold: int) -> None:
    """Raise `PairUnsafe` if the printed bounds prove a change of 1 to threshold - 1 in any cell.

    This is a second check, cell by cell.

    Raises:
        PairUnsafe: The bounds of a cell prove such a change.
    """
    changes = [change for table in tables for change in table]
    small = sum(
        (change.low is not None and 1 <= change.low < threshold)
        or (change.high is not None and 1 <= -change.high < threshold)
        for change in changes
    )
    if small:
        raise PairUnsafe(f"by their bounds, {small} cells changed by at least one and fewer than {threshold} residents")
