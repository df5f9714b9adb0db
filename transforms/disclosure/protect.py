"""From Counted to Released: the only door."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import polars as pl

from schemas.errors import DisclosureFailure
from schemas.names import AANTAL, PUBLISHED, STATUS, SUPPRESSED, VALUE
from schemas.specs import Profile, TableSpec
from schemas.states import Counted, Released
from transforms.disclosure.attack import Attack
from transforms.disclosure.audit import Audit, attack_checked, judge
from transforms.disclosure.cells import true_counts
from transforms.disclosure.suppress import suppress
from transforms.disclosure.system import System, build, rows

SMALL = "kleine cel"
COMPLEMENTARY = "aanvullend"


@dataclass(frozen=True, eq=False)
class Protected:
    """A protected release with what the officer may know of it.

    Attributes:
        released: The tables in the order given.
        audit: What an attacker is left with.
        explanation: A row per suppressed cell: `tabel` (id), `cel` (labels of its levels),
            `reden` (`kleine cel` or `aanvullend`), `laag` and `hoog` (bounds of the
            attacker). Together with the release, `reden` reveals small counts: confidential.
    """

    released: tuple[Released, ...]
    audit: Audit
    explanation: pl.DataFrame = field(repr=False)


def protect(counted: Sequence[Counted], profile: Profile) -> Protected:
    """Suppress what must be, attack the result, and only then let it out.

    Args:
        counted: All tables of one release; a table apart is no safer than its neighbours.
        profile: Threshold and minimum width.

    Returns:
        The tables: dimensions, `value` (Int64, null if suppressed) and `status` (`A` or `Q`;
        which suppressed counts are small is not told); what the attack on them found.

    Raises:
        UnknownCategory: A cell has a level that its dimension does not declare.
        DisclosureFailure: The tables contradict each other or cannot be protected.
    """
    system = build([table.spec for table in counted])
    truth = true_counts(system, counted)
    released = _release(system, counted, suppress(system, truth, profile))
    found = attack_checked(released, profile)
    for count, interval in found.intervals.items():
        if not interval.low <= truth[count] <= interval.high:
            raise DisclosureFailure("the attack excludes the truth, so it cannot be trusted")
    return Protected(released, judge(released, found, profile), _explanation(released, found, truth, profile))


def _explanation(released: Sequence[Released], found: Attack, truth: Sequence[int], profile: Profile) -> pl.DataFrame:
    cells = []
    for table, places in zip(released, found.system.places, strict=True):
        for cell, place, status in zip(_labels(table.spec), places, table.frame.get_column(STATUS), strict=True):
            if status == SUPPRESSED:
                reason = SMALL if 1 <= truth[place] < profile.threshold else COMPLEMENTARY
                interval = found.intervals[place]
                cells.append((table.spec.id, cell, reason, interval.low, interval.high))
    schema = {"tabel": pl.String, "cel": pl.String, "reden": pl.String, "laag": pl.Int64, "hoog": pl.Int64}
    return pl.DataFrame(cells, schema=schema, orient="row")


def _release(system: System, counted: Sequence[Counted], suppressed: frozenset[int]) -> tuple[Released, ...]:
    """The tables without the suppressed counts."""
    return tuple(
        Released(_hide(table, [place in suppressed for place in places]), table.spec)
        for table, places in zip(counted, system.places, strict=True)
    )


def _hide(counted: Counted, is_suppressed: Iterable[bool]) -> pl.DataFrame:
    names = [dimension.name for dimension in counted.spec.dimensions]
    hide = pl.Series(list(is_suppressed), dtype=pl.Boolean)
    return counted.frame.select(
        *names,
        pl.when(~hide).then(pl.col(AANTAL)).alias(VALUE),
        pl.when(hide).then(pl.lit(SUPPRESSED)).otherwise(pl.lit(PUBLISHED)).alias(STATUS),
    )


def _labels(spec: TableSpec) -> Iterator[str]:
    """The Dutch text of every cell, in order."""
    for levels in rows(spec):
        labels = (dimension.label(level) for dimension, level in zip(spec.dimensions, levels, strict=True))
        yield ", ".join(labels)
