"""What `protect` writes and says: a CSV per table, the audit, and a line for the terminal."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import polars as pl

from schemas.names import AANTAL, BELOW, HIGH, LOW, STATUS, VALUE, WEIGHTED
from schemas.specs import Dimension, DisclosureProfile, Method, Profile
from schemas.specs.sums import GEMIDDELDE, MINIMUM_P_PCT
from schemas.states import Counted, Released, ReleasedSums
from transforms.disclosure import Protected
from transforms.disclosure.counts.groups import told_groups
from transforms.disclosure.model.solver import UNBOUNDED
from transforms.disclosure.sums.magnitude import ProtectedSums
from transforms.disclosure.suppression.task import OPTIMAL
from transforms.microdata.persons_file import EMPTY
from transforms.microdata.table_plan import Plan
from transforms.package.tables import euros

_GUARDED = ("=", "+", "-", "@")

Json = dict[str, Any]


def summary(audit: Json) -> str:
    """Summarise what was done and what was assumed, in a few lines for a terminal."""
    proven = "proven least" if audit["solver_status"] == OPTIMAL else f"at most {audit['gap']:.1%} above the least"
    if audit["own_record"]:
        proven += " if people in the file attack together"
    blank = f"{audit['suppressed']} of {audit['cells']} cells blank"
    hidden = (
        blank if audit["base"] is None else "every cell rounded" if not audit["suppressed"] else f"rounded, {blank}"
    )
    if audit["base"] is None and audit["suppressed"]:
        width = audit["narrowest_interval"]
        hidden += f" ({proven}), each " + (
            f"at least {width:.0f} wide to an attacker" if width < UNBOUNDED else "bounded by nothing to an attacker"
        )
    lines = [f"{len(audit['tables'])} tables: {hidden}."]
    for dependency in audit["taken_as_public"]:
        name = ",".join(dependency["from"])
        chance = f" Few records show it; if nobody outside knows it: --private {name}:{dependency['to']}."
        is_doubtful = dependency["may_be_chance"] and not dependency["declared"]
        determines = "mostly determines" if dependency["partly"] else "determines"
        lines.append(f"Taken as public: {name} {determines} {dependency['to']}.{chance if is_doubtful else ''}")
    for column, other_column in audit["taken_as_impossible"]:
        lines.append(f"Taken as public: some combinations of {column} and {other_column} cannot exist.")
    for old, name in audit["recognised_by_categories"]:
        lines.append(f"Column {name} is taken to be {old} of the ledger, by its categories; if not: --new {name}.")
    if "ledger" in audit:
        pairs, most = audit["ledger"]["pairs"], audit["threshold"] - 1
        compared = f"Compared with {pairs} earlier moment{'s' if pairs > 1 else ''}: no change of 1-{most} is provable."
        lines.append(compared if pairs else audit["ledger"]["note"])
    lines += _group_lines(audit["groups_told"]) + (_sums_lines(audit["sums"]) if "sums" in audit else [])
    lines += [f"Not judged: {sentence}" for sentence in audit["not_judged"]]
    return "\n".join(lines) + "\n"


def _group_lines(groups: Sequence[Json]) -> list[str]:
    """Return a sentence per table and column that gives groups away, with the first group as an example."""
    by_column: dict[tuple[str, str], list[Json]] = {}
    for group in groups:
        by_column.setdefault((group["table"], group["dimension"]), []).append(group)
    return [
        f"Told of whole groups in {table}: {_share_of_group(first)} {', '.join(first['group'])} "
        f"are in {column} {first['category']}"
        + (f", and {len(rest)} more (audit.json)" if rest else "")
        + f". If nobody may learn that: --sensitive {column}."
        for (table, column), (first, *rest) in by_column.items()
    ]


def _share_of_group(group: Json) -> str:
    """Return how many of how many, or all of a number that is blank."""
    return "all of" if group["size"] is None else f"{group['persons']} of the {group['size']} of"


def audit_of(
    counted: Sequence[Counted],
    protected: Protected,
    profile: Profile,
    disclosure: DisclosureProfile,
    warnings: Sequence[str],
) -> Json:
    """Return the audit of the tables: what was done, its cost, and a lower bound on the cost of any safe pattern."""
    audit, pattern = protected.audit, protected.suppression
    groups = [group for table in protected.released for group in told_groups(table, profile) if group.category != EMPTY]
    is_small = pl.col(AANTAL).is_between(1, profile.threshold - 1)
    return {
        "method": disclosure.method.name.lower(),
        "base": disclosure.base if disclosure.method == Method.ROUND else None,
        "threshold": profile.threshold,
        "own_record": bool(profile.pooled),
        "blank_cost": disclosure.weight.name.lower(),
        "cost": pattern.cost,
        "tables": [f"{table.spec.id}.csv" for table in counted],
        "cells": audit.cells,
        "sensitive": int(sum(table.frame.filter(is_small).height for table in counted)),
        "suppressed": audit.suppressed,
        "lower_bound": pattern.bound,
        "gap": (pattern.cost - pattern.bound) / max(pattern.cost, 1),
        "solver_status": pattern.status,
        "lowest_upper_bound": audit.lowest_high,
        "narrowest_interval": audit.narrowest,
        "provably_small": audit.provably_small,
        "groups_told": [asdict(group) for group in groups],
        "warnings": list(warnings),
    }


def assumptions(planned: Plan) -> Json:
    """Return what the attacker is assumed to know beside the tables, and what knowledge was not judged."""
    return {
        "taken_as_public": [
            {
                "from": list(dependency.fine),
                "to": dependency.coarse,
                "partly": dependency.is_partial,
                "declared": dependency.is_declared,
                "may_be_chance": dependency.may_be_chance,
            }
            for dependency in planned.public
        ],
        "taken_as_impossible": [list(pair) for pair in planned.excluded],
        "recognised_by_categories": [list(pair) for pair in planned.recognised],
        "not_judged": list(planned.not_judged),
    }


def sums_audit(protected: ProtectedSums, column: str, unknown: int) -> Json:
    """Return how many sums are blank, and why.

    Args:
        unknown: Number of rows without an amount.
    """
    audit = protected.audit
    return {
        "column": column,
        "cells": audit.cells,
        "blank": audit.suppressed,
        "break_a_rule": protected.by_rule,
        "protect_these": audit.suppressed - protected.by_rule,
        "total_blank": protected.is_total_blank,
        "narrowest_pct": audit.narrowest_pct,
        "unknown_amounts": unknown,
    }


def _sums_lines(sums: Json) -> list[str]:
    """Return sentences on how many sums are blank and why, and on how empty amounts are treated."""
    lines = [
        f"Sums of {sums['column']}: {sums['blank']} of {sums['cells']} blank; {sums['break_a_rule']} break a rule "
        f"themselves, {sums['protect_these']} keep these from following."
    ]
    if sums["total_blank"]:
        lines.append(
            "The total is blank, too: with it, or less what one contributor knows to be his own, a blank sum could be "
            f"estimated within {MINIMUM_P_PCT} %."
        )
    if sums["unknown_amounts"]:
        lines.append(
            f"In {sums['unknown_amounts']} rows the amount is empty: it is taken as unknown and not as 0, so the sums "
            "are of the known amounts, and there are no means."
        )
    return lines


def weighted_audit(column: str, weighted: Sequence[pl.Series]) -> Json:
    """Return how many weighted counts are published, and what is promised of those that are not."""
    withheld = int(sum(table.null_count() for table in weighted))
    return {
        "column": column,
        "published": int(sum(len(table) for table in weighted)) - withheld,
        "withheld": withheld,
        "note": "Threshold and blank cells are of persons, not weighted. A weighted count is published only where the "
        "count is, and where it adds up nothing blank, unless all weights are equal: so no blank cell follows from "
        "the weights either, whoever knows them. Two runs were not judged together.",
    }


def table_csv(
    counts: Released,
    threshold: int,
    summed: Sequence[tuple[ReleasedSums, pl.DataFrame]] = (),
    measure: str = "",
    weighted: Sequence[pl.Series] = (),
) -> str:
    """Dimensions, value, status, low and high; then the same of the sums, in whole and hundredths, and the mean.

    Args:
        weighted: The weighted counts of the table, if there are any; they come last.
    """
    profile = counts.spec.disclosure
    # The largest multiple that is not shown, and what lies less than a base above it.
    below = f"<{-(-threshold // profile.base) * profile.base}" if profile.method == Method.ROUND else ""
    value = pl.when(pl.col(STATUS) == BELOW).then(pl.lit(below)).otherwise(pl.col(VALUE).cast(pl.String))
    high = pl.when(pl.col(HIGH) < UNBOUNDED).then(pl.col(HIGH))
    frame = counts.frame.select(*map(_label, counts.spec.dimensions), value.alias(VALUE), STATUS, LOW, high.alias(HIGH))
    for table, mean in summed:
        amounts_of = [euros(name).alias(f"{measure}_{name}") for name in (VALUE, LOW, HIGH)]
        sums_of = table.frame.select(*amounts_of, pl.col(STATUS).alias(f"{measure}_{STATUS}"))
        per_person = mean.select(euros(GEMIDDELDE).alias(f"{measure}_{GEMIDDELDE}"))
        frame = pl.concat([frame, sums_of, per_person], how="horizontal")
    frame = frame.with_columns(series.alias(WEIGHTED) for series in weighted)
    return frame.write_csv(line_terminator="\n")


def _label(dimension: Dimension) -> pl.Expr:
    labels = {level: _guarded(dimension.label(level)) for level in dimension.levels}
    return pl.col(dimension.name).replace_strict(labels)


def _guarded(label: str) -> str:
    """Return the label, with an apostrophe before it if a spreadsheet would take it for a formula."""
    return f"'{label}" if label.startswith(_GUARDED) else label
