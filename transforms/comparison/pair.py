"""Two releases of one municipality: whether they go together, and what they prove together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from schemas.errors import Contradiction, DisclosureFailure, NotComparable, PairUnsafe
from transforms.comparison.change import Changed
from transforms.comparison.told import Told
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
    if len({(one.profile.gemeente_code, one.profile.population, one.peildatum) for one in contents}) > 1:
        raise NotComparable("they are of other residents, or of other days", "For two days, use compare.")
    strictest = replace(
        first,
        threshold=max(one.profile.threshold for one in contents),
        minimum_width=max(one.profile.minimum_width for one in contents),
        group_pct=min(one.profile.group_pct for one in contents),
        public=tuple(dict.fromkeys(statistic for one in contents for statistic in one.profile.public)),
    )
    tables = [table for one in contents for table in one.released]
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


def in_order(one: Told, other: Told) -> tuple[Told, Told]:
    """Two releases, the earlier peildatum first.

    Raises:
        NotComparable: They are of other municipalities, of other populations or of one peildatum, or
            one of them is a demo.
        PairUnsafe: They are of one peildatum, and tell of a small number together.
    """
    before, after = sorted((one, other), key=lambda told: told.content.peildatum)
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


def require_safe(before: Told, after: Told) -> PairProof:
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
        threshold=max(one.threshold for one in profiles),
        minimum_width=max(one.minimum_width for one in profiles),
    )
    found = compare(_publication(after), History([_publication(before)]), strictest)
    if found.breaches or found.narrowed:
        cells = len(found.breaches) + len(found.narrowed)
        raise PairUnsafe(
            f"they prove that at least one and fewer than {strictest.threshold} came or left, in {cells} cells"
        )
    return PairProof(found.solved, len(found.changes), strictest.threshold)


def _publication(told: Told) -> Publication:
    content = told.content
    profile = content.profile
    sums = tuple(table.spec.id for table in content.sums)
    return Publication(
        told.release, content.peildatum, profile.population, content.released, profile.threshold, sums=sums
    )


def require_no_small_change(tables: Iterable[Changed], threshold: int) -> None:
    """The bounds that are printed prove no change of 1 to threshold - 1 either: a second look, cell by cell.

    Raises:
        PairUnsafe: They do.
    """
    changes = [change for table in tables for change in table]
    small = sum(
        (change.low is not None and 1 <= change.low < threshold)
        or (change.high is not None and 1 <= -change.high < threshold)
        for change in changes
    )
    if small:
        raise PairUnsafe(f"by their bounds, {small} cells changed by at least one and fewer than {threshold} residents")
