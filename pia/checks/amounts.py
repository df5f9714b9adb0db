"""Checks of the measures on sums.

They read outcomes, as those in `pia.measures`.
"""

import polars as pl

from pia.evidence import Evidence, Finding
from schemas.errors import DisclosureFailure
from schemas.names import AANTAL, VALUE
from schemas.specs.sums import GROOTSTE, SOM, TWEEDE, SumProfile, SumSpec
from schemas.states import ReleasedSums
from schemas.tables.sums import SUMS
from transforms.disclosure.sums.sum_release import audit_amounts


def no_sum_gives_a_person_away(evidence: Evidence) -> Finding:
    """Check M31 in two ways: by the attack from outside, and by the true figures in plain arithmetic."""
    try:
        audits = audit_amounts(evidence.sums, evidence.released)
    except DisclosureFailure:
        return Finding(False, "een leeg bedrag is af te leiden of te nauw begrensd, of er zijn te weinig inwoners bij")
    truth = {table.spec.id: table.frame for table in evidence.summed}
    rules = {spec.id: spec.amount.profile for spec in SUMS}
    wrong = sum(_wrong_sums(table, truth.get(table.spec.id), rules[table.spec.id]) for table in evidence.sums)
    sums = {table.spec.id: table for table in evidence.sums}
    rests = [(sums[rest.spec.id], rest.frame) for rest in evidence.rests if rest.spec.id in sums]
    shown = sum(_published(table, rest).filter(_is_bad(rules[table.spec.id])).height for table, rest in rests)
    cells, blank = (sum(getattr(audit, name) for audit in audits.values()) for name in ("cells", "suppressed"))
    return Finding(
        wrong == shown == 0,
        f"{cells} bedragen, waarvan {blank} leeg; {wrong} gepubliceerd met te weinig inwoners of met een te groot "
        f"aandeel van een inwoner, en {shown} waarvan dat zo is na aftrek van wat een leverancier declareerde",
    )


def _wrong_sums(table: ReleasedSums, truth: pl.DataFrame | None, profile: SumProfile) -> int:
    """Count published sums that are not the true ones, or that the rules forbid."""
    if truth is None or truth.height != table.frame.height:
        return table.frame.height
    return _published(table, truth).filter(_is_bad(profile) | (pl.col(SOM) != pl.col(VALUE))).height


def _published(table: ReleasedSums, figures: pl.DataFrame) -> pl.DataFrame:
    """Return the figures of cells of which the sum is published."""
    return figures.with_columns(table.frame.get_column(VALUE)).filter(pl.col(VALUE).is_not_null())


def _is_bad(profile: SumProfile) -> pl.Expr:
    """Return whether too few contribute to a sum, but some, or one of them too much."""
    som, largest, second = pl.col(SOM), pl.col(GROOTSTE), pl.col(TWEEDE)
    return (
        (pl.col(AANTAL).is_between(1, profile.contributors - 1))
        | (100 * largest > profile.dominance_pct * som)
        | (100 * (som - largest - second) < profile.p_pct * largest)
    )


def sums_only_once(evidence: Evidence) -> Finding:
    """Check M32: no earlier release held sums, or this one holds none."""
    before = sum(bool(publication.sums) for publication in evidence.earlier) if evidence.sums else 0
    return Finding(
        before == 0, f"{len(evidence.sums)} tabellen met bedragen, naast {before} eerdere uitgiften met bedragen"
    )


def published_sums(evidence: Evidence) -> tuple[SumSpec, ...]:
    """Return the declarations of the tables of sums that would be published."""
    published = {table.spec.id for table in evidence.sums}
    return tuple(spec for spec in SUMS if spec.id in published)
