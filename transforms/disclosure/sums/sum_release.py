"""The sums of a release: whether, which, and why not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import polars as pl

from schemas.errors import DisclosureFailure
from schemas.names import AANTAL, HIGH, LOW, STATUS, SUPPRESSED
from schemas.profiles import MINIMUM_HOUSEHOLDS
from schemas.specs import Profile
from schemas.specs.sums import GROOTSTE, SOM, TWEEDE, Amount, SumProfile
from schemas.states import Released, ReleasedSums, Summed
from schemas.tables.sums import AMOUNTS, EARLIER, UNSAFE, are_rounded, sums_of
from schemas.tables.sums import ROUNDED as ROUNDED_COUNTS
from transforms.disclosure.model.cells import labels
from transforms.disclosure.model.solver import Pattern
from transforms.disclosure.over_time.history import Publication
from transforms.disclosure.sums.magnitude import protect_sums
from transforms.disclosure.sums.magnitude_audit import SumAudit, audit_sums
from transforms.disclosure.sums.magnitude_rules import is_sensitive

BOUNDS: dict[str, type[pl.DataType]] = {"laag": pl.Int64, "hoog": pl.Int64}
_HOUSEHOLD, _SUPPLIER = "huishouden", "leverancier"
_EXPLANATION: dict[str, type[pl.DataType]] = dict.fromkeys(("tabel", "cel", "regel", "reden"), pl.String) | BOUNDS


@dataclass(frozen=True, eq=False)
class SumRelease:
    """Protected sums of a release with confidential facts for the officer.

    Attributes:
        released: Tables of the amounts that are published, in order of declaration.
        withheld: Why an amount is not published at all: its id to a code of `schemas.tables.sums.WITHHELD`.
        audits: Results of the attacks, by id of the amount.
        explanation: A row per blank cell: `tabel`, `cel`, `regel`, `reden`, `laag` and `hoog` (eurocent;
            null if nothing bounds it). Confidential, as the rule reveals something about the sum.
    """

    released: tuple[ReleasedSums, ...] = ()
    withheld: Mapping[str, str] = field(default_factory=dict)
    audits: Mapping[str, SumAudit] = field(default_factory=dict)
    explanation: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=_EXPLANATION), repr=False)


def why_none(profile: Profile, earlier: Iterable[Publication], peildatum: date) -> str | None:
    """Return the code of why a release may hold no sums at all; None if it may.

    Exact sums are judged within one release. Two of them, a year apart too, hold nearly the same
    persons with nearly the same monthly amounts, so their difference may be what one person had.
    So there is one release with sums per ledger; another one of the same peildatum is the same
    release or refused.
    """
    if are_rounded(profile):
        return ROUNDED_COUNTS
    return EARLIER if any(publication.sums and publication.peildatum != peildatum for publication in earlier) else None


def protect_amounts(
    summed: Mapping[str, Sequence[Summed]],
    counted: Sequence[Released],
    by_supplier: Mapping[str, Sequence[Sequence[Summed]]],
    by_household: Mapping[str, Sequence[Summed]],
) -> SumRelease:
    """Protect every amount beside the released counts, or withhold it as a whole.

    Args:
        summed: All tables of sums by id of their amount; nothing of an amount that is not delivered.
        counted: The protected counts of the same release.
        by_supplier: By id of the amount, for each supplier the same tables without what he was paid.
        by_household: By id of the amount the same tables with a household as one contributor; empty if not known.
    """
    released: list[ReleasedSums] = []
    withheld: dict[str, str] = {}
    audits: dict[str, SumAudit] = {}
    explanations = [pl.DataFrame(schema=_EXPLANATION)]
    for amount in (amount for amount in AMOUNTS if amount.id in summed):
        tables, suppliers = summed[amount.id], by_supplier[amount.id]
        households = by_household.get(amount.id, ())
        try:
            protected = protect_sums(tables, counted, amount.profile, by_household=households, by_supplier=suppliers)
        except DisclosureFailure:
            # Without its grand total no sum can be published, but counts still can.
            withheld[amount.id] = UNSAFE
            continue
        released += protected.released
        audits[amount.id] = protected.audit
        broken = {
            _HOUSEHOLD: _broken(tables, [households] if households else [], amount.profile, MINIMUM_HOUSEHOLDS),
            _SUPPLIER: _broken(tables, suppliers, amount.profile, amount.profile.contributors),
        }
        explanations.append(_explanation(tables, protected.released, counted, broken, amount))
    return SumRelease(tuple(released), withheld, audits, pl.concat(explanations))


def audit_amounts(released: Sequence[ReleasedSums], counted: Sequence[Released]) -> dict[str, SumAudit]:
    """Attack all sums of a release from outside, with its counts; by id of the amount.

    Raises:
        UnknownCategory, DisclosureFailure: See `audit_sums`; or an amount lacks one of its tables.
    """
    audits = {}
    for amount in AMOUNTS:
        specs = [spec.table for spec in sums_of(amount)]
        tables = [table for table in released if table.spec in specs]
        if tables and [table.spec for table in tables] != specs:
            raise DisclosureFailure("an amount lacks one of its tables, so it is not as it was judged")
        if tables:
            audits[amount.id] = audit_sums(tables, counted, amount.profile)
    if sum(len(sums_of(amount)) for amount in AMOUNTS if amount.id in audits) != len(released):
        raise DisclosureFailure("there is a table of sums that nobody declared")
    return audits


def _explanation(
    summed: Sequence[Summed],
    released: Sequence[ReleasedSums],
    counted: Sequence[Released],
    broken: Mapping[str, Sequence[Pattern]],
    amount: Amount,
) -> pl.DataFrame:
    """Return a row per blank cell of an amount with the first rule that it breaks."""
    statuses = {table.spec.id: table.frame.get_column(STATUS) for table in counted}
    frames = []
    for place, (spec, truth, table) in enumerate(zip(sums_of(amount), summed, released, strict=True)):
        count_is_blank = (statuses[spec.counted.id] == SUPPRESSED).alias("_leeg")
        bounds = table.frame.select(STATUS, LOW, HIGH).with_columns(
            count_is_blank,
            pl.Series("cel", labels(table.spec)),
            *(pl.Series(rule, patterns[place]) for rule, patterns in broken.items()),
            tabel=pl.lit(table.spec.id),
        )
        cells = pl.concat([truth.frame.select(AANTAL, SOM, GROOTSTE, TWEEDE), bounds], how="horizontal")
        frames.append(cells.filter(pl.col(STATUS) == SUPPRESSED).with_columns(_reason(amount)))
    columns = [pl.col("why").struct.field("regel"), pl.col("why").struct.field("reden")]
    return pl.concat(frames).select("tabel", "cel", *columns, pl.col(LOW).alias("laag"), pl.col(HIGH).alias("hoog"))


def _broken(
    tables: Sequence[Summed], others: Sequence[Sequence[Summed]], profile: SumProfile, least: int
) -> list[Pattern]:
    """Return per table of an amount which sums the rules forbid of any other figures of it.

    Args:
        tables: The tables of the amount.
        others: The same tables with other contributors, or without what a supplier was paid.
        profile: Rules of the amount.
        least: Fewest contributors.
    """
    patterns = []
    for place, table in enumerate(tables):
        pattern = np.zeros(table.frame.height, dtype=bool)
        for other in others:
            aantal, som, largest, second = other[place].frame.select(AANTAL, SOM, GROOTSTE, TWEEDE).to_numpy().T
            pattern |= is_sensitive(aantal, som, largest, second, profile, least=least)
        patterns.append(pattern)
    return patterns


def _reason(amount: Amount) -> pl.Expr:
    """Return the rule of `magnitude_rules` that makes a sum sensitive.

    Without one a sum is blank for its neighbours.
    """
    rules, som, largest, second = amount.profile, pl.col(SOM), pl.col(GROOTSTE), pl.col(TWEEDE)
    return (
        pl.when(pl.col("_leeg"))
        .then(_words("aantal", "het aantal inwoners achter dit bedrag is niet gepubliceerd"))
        .when(som == 0)
        .then(_words("nul", "niemand van deze inwoners heeft een bedrag"))
        .when(pl.col(AANTAL).is_between(1, rules.contributors - 1))
        .then(_words("bijdragers", f"minder dan {rules.contributors} inwoners hebben een bedrag"))
        .when(100 * largest > rules.dominance_pct * som)
        .then(_words("dominantie", f"een inwoner heeft meer dan {rules.dominance_pct} % van het bedrag"))
        .when(100 * (som - largest - second) < rules.p_pct * largest)
        .then(_words("p-procent", f"de een na grootste kan het grootste bedrag op {rules.p_pct} % na schatten"))
        .when(pl.col(_HOUSEHOLD))
        .then(_words(_HOUSEHOLD, "het bedrag is van te weinig huishoudens, of te veel van een ervan"))
        .when(pl.col(_SUPPLIER))
        .then(_words(_SUPPLIER, "na aftrek van wat een leverancier declareerde, blijft te weinig over"))
        .otherwise(_words("aanvullend", "met dit bedrag zou een ander leeg bedrag te berekenen zijn"))
        .alias("why")
    )


def _words(rule: str, reason: str) -> pl.Expr:
    """Return a rule and its Dutch reason as a struct."""
    return pl.struct(pl.lit(rule).alias("regel"), pl.lit(reason).alias("reden"))
