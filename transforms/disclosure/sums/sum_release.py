"""The sums of a release: whether there may be any, which are published, and per blank cell why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from schemas.errors import DisclosureFailure
from schemas.names import AANTAL, HIGH, LOW, STATUS, SUPPRESSED
from schemas.specs import Profile
from schemas.specs.sums import GROOTSTE, SOM, TWEEDE, Amount
from schemas.states import Released, ReleasedSums, Summed
from schemas.tables.sums import AMOUNTS, EARLIER, UNSAFE, are_rounded, sums_of
from schemas.tables.sums import ROUNDED as ROUNDED_COUNTS
from transforms.disclosure.model.cells import labels
from transforms.disclosure.over_time.history import Publication
from transforms.disclosure.sums.magnitude import protect_sums
from transforms.disclosure.sums.magnitude_audit import SumAudit, audit_sums

BOUNDS: dict[str, type[pl.DataType]] = {"laag": pl.Int64, "hoog": pl.Int64}
_EXPLANATION: dict[str, type[pl.DataType]] = dict.fromkeys(("tabel", "cel", "regel", "reden"), pl.String) | BOUNDS


@dataclass(frozen=True, eq=False)
class SumRelease:
    """The protected sums of a release with what the officer may know of them.

    Attributes:
        released: Tables of the amounts that are published, in order of declaration.
        withheld: Why an amount is not published at all: its id to a code of `schemas.tables.sums.WITHHELD`.
        audits: What an attacker is left with, by id of the amount.
        explanation: A row per blank cell: `tabel`, `cel`, `regel`, `reden`, `laag` and `hoog` (eurocent;
            null if nothing bounds it). Confidential: it tells why.
    """

    released: tuple[ReleasedSums, ...] = ()
    withheld: Mapping[str, str] = field(default_factory=dict)
    audits: Mapping[str, SumAudit] = field(default_factory=dict)
    explanation: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=_EXPLANATION), repr=False)


def why_none(profile: Profile, earlier: Iterable[Publication], peildatum: date) -> str | None:
    """The code of why a release may hold no sums at all; None if it may.

    Exact sums are judged within one release. Two of them, a year apart too, hold nearly the same
    persons with nearly the same monthly amounts, so their difference may be what one person had.
    So there is one release with sums per ledger; another one of the same peildatum is the same
    release or refused.
    """
    if are_rounded(profile):
        return ROUNDED_COUNTS
    return EARLIER if any(one.sums and one.peildatum != peildatum for one in earlier) else None


def protect_amounts(summed: Mapping[str, Sequence[Summed]], counted: Sequence[Released]) -> SumRelease:
    """Every amount protected beside the released counts, or withheld as a whole.

    Args:
        summed: All tables of sums by id of their amount.
        counted: The protected counts of the same release.
    """
    released: list[ReleasedSums] = []
    withheld: dict[str, str] = {}
    audits: dict[str, SumAudit] = {}
    explanations = [pl.DataFrame(schema=_EXPLANATION)]
    for amount in AMOUNTS:
        try:
            made = protect_sums(summed[amount.id], counted, amount.profile)
        except DisclosureFailure:
            # Without its grand total no sum can be published; that is no reason to publish no counts.
            withheld[amount.id] = UNSAFE
            continue
        released += made.released
        audits[amount.id] = made.audit
        explanations.append(_explained(summed[amount.id], made.released, counted, amount))
    return SumRelease(tuple(released), withheld, audits, pl.concat(explanations))


def audit_amounts(released: Sequence[ReleasedSums], counted: Sequence[Released]) -> dict[str, SumAudit]:
    """Attack all sums of a release from outside, with its counts; by id of the amount.

    Raises:
        UnknownCategory, DisclosureFailure: See `audit_sums`; or an amount lacks one of its tables.
    """
    audits = {}
    for amount in AMOUNTS:
        specs = [spec.table for spec in sums_of(amount)]
        own = [table for table in released if table.spec in specs]
        if own and [table.spec for table in own] != specs:
            raise DisclosureFailure("an amount lacks one of its tables, so it is not as it was judged")
        if own:
            audits[amount.id] = audit_sums(own, counted, amount.profile)
    if sum(len(sums_of(amount)) for amount in AMOUNTS if amount.id in audits) != len(released):
        raise DisclosureFailure("there is a table of sums that nobody declared")
    return audits


def _explained(
    summed: Sequence[Summed], released: Sequence[ReleasedSums], counted: Sequence[Released], amount: Amount
) -> pl.DataFrame:
    """Per blank cell of an amount the first rule that it breaks."""
    shown = {table.spec.id: table.frame.get_column(STATUS) for table in counted}
    frames = []
    for spec, truth, table in zip(sums_of(amount), summed, released, strict=True):
        count_is_blank = (shown[spec.counted.id] == SUPPRESSED).alias("_leeg")
        cells = pl.Series("cel", labels(table.spec))
        beside = table.frame.select(STATUS, LOW, HIGH).with_columns(cells, count_is_blank, tabel=pl.lit(table.spec.id))
        whole = pl.concat([truth.frame.select(AANTAL, SOM, GROOTSTE, TWEEDE), beside], how="horizontal")
        frames.append(whole.filter(pl.col(STATUS) == SUPPRESSED).with_columns(_reason(amount)))
    columns = [pl.col("why").struct.field("regel"), pl.col("why").struct.field("reden")]
    return pl.concat(frames).select("tabel", "cel", *columns, pl.col(LOW).alias("laag"), pl.col(HIGH).alias("hoog"))


def _reason(amount: Amount) -> pl.Expr:
    """The rule of `magnitude_rules` that makes a sum sensitive; without one it is blank for its neighbours."""
    rules, som, largest, second = amount.profile, pl.col(SOM), pl.col(GROOTSTE), pl.col(TWEEDE)
    return (
        pl.when(pl.col("_leeg"))
        .then(_words("aantal", "het aantal inwoners achter dit bedrag is niet gepubliceerd"))
        .when(pl.col(AANTAL).is_between(1, rules.contributors - 1))
        .then(_words("bijdragers", f"minder dan {rules.contributors} inwoners hebben een bedrag"))
        .when(100 * largest > rules.dominance_pct * som)
        .then(_words("dominantie", f"een inwoner heeft meer dan {rules.dominance_pct} % van het bedrag"))
        .when(100 * (som - largest - second) < rules.p_pct * largest)
        .then(_words("p-procent", f"de een na grootste kan het grootste bedrag op {rules.p_pct} % na schatten"))
        .otherwise(_words("aanvullend", "met dit bedrag zou een ander leeg bedrag te berekenen zijn"))
        .alias("why")
    )


def _words(rule: str, reason: str) -> pl.Expr:
    return pl.struct(pl.lit(rule).alias("regel"), pl.lit(reason).alias("reden"))
