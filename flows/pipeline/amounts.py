"""Sums of a run: staged, protected beside the counts, read back."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl

from flows.registers.ledger import read_ledger
from flows.runs.context import PERSONEN, RunContext
from flows.runs.facts import SumFacts, read_facts, write_facts
from flows.workfolder.files import write_private
from schemas.names import HUISHOUDEN
from schemas.specs.sums import Amount
from schemas.states import Pseudonymised, Released, ReleasedSums, Summed
from schemas.tables.sums import AMOUNTS, NOT_DELIVERED, amounts_for, sums_for, sums_of
from transforms.counting.aggregate import sum_amounts, sum_without_suppliers
from transforms.disclosure.sums.sum_release import BOUNDS, SumRelease, protect_amounts, why_none
from transforms.persons.derive import has_households

_BLANK = "bedragen_leeg.csv"


def stage(context: RunContext, personen: Mapping[str, Pseudonymised]) -> None:
    """Stage the amounts per person.

    Args:
        context: Context of the run.
        personen: By name, as `transforms.persons.costs.add_costs` gives them: a row per person, category and amount.
    """
    for amount in AMOUNTS:
        for name in (amount.id, f"{amount.id}_facturen"):
            context.staging.put(_staging_name(name), personen[name])


def add_up(context: RunContext) -> None:
    """Stage every table of sums with its true figures; confidential."""
    staging = context.staging
    for spec in sums_for(context.profile):
        staging.put(spec.id, sum_amounts(staging.persons(_staging_name(spec.amount.id), Pseudonymised), spec))


def true_sums(context: RunContext) -> tuple[Summed, ...]:
    """Return the true figures of every table of sums; confidential."""
    return tuple(context.staging.table(spec.table, Summed) for spec in sums_for(context.profile))


def true_household_sums(context: RunContext) -> tuple[Summed, ...]:
    """Return every table of sums with a household as one contributor; none if households were not delivered."""
    return tuple(table for tables in _by_household(context).values() for table in tables)


def true_rests(context: RunContext) -> tuple[Summed, ...]:
    """Return every table of sums for each supplier, without what he was paid; confidential."""
    amounts = amounts_for(context.profile)
    return tuple(table for amount in amounts for rests in _without_suppliers(context, amount) for table in rests)


def protect_sums(context: RunContext, counted: Sequence[Released]) -> None:
    """Protect the sums beside the counts of this release, or withhold them and note why.

    Args:
        context: Context of the run.
        counted: The tables of counts as they will be released.
    """
    run, amounts = context.run, amounts_for(context.profile)
    reason = why_none(context.profile, read_ledger(run.home.ledger), context.peildatum)
    sums = SumRelease(withheld={amount.id: reason for amount in amounts} if reason else {})
    if reason is None:
        tables = {
            amount.id: [context.staging.table(spec.table, Summed) for spec in sums_of(amount)] for amount in amounts
        }
        by_supplier = {amount.id: _without_suppliers(context, amount) for amount in amounts}
        sums = protect_amounts(tables, counted, by_supplier, _by_household(context))
    if not context.profile.question:
        missing = {amount.id: NOT_DELIVERED for amount in AMOUNTS if amount not in amounts}
        sums = replace(sums, withheld={**sums.withheld, **missing})
    for table in sums.released:
        context.staging.put(table.spec.id, table)
    write_facts(run, SumFacts(sums.withheld, sums.audits))
    # The reason why a cell is blank shows small numbers, so this file is removed with the staging folder.
    write_private(run.staging / _BLANK, sums.explanation.write_csv().encode())


def _by_household(context: RunContext) -> dict[str, list[Summed]]:
    """Return by id of an amount its tables with a household as one contributor; none if households are not known."""
    tables: dict[str, list[Summed]] = {}
    if has_households(context.staging.persons(PERSONEN, Pseudonymised)):
        for spec in sums_for(context.profile):
            rows = context.staging.persons(_staging_name(spec.amount.id), Pseudonymised)
            tables.setdefault(spec.amount.id, []).append(sum_amounts(rows, spec, HUISHOUDEN))
    return tables


def _without_suppliers(context: RunContext, amount: Amount) -> list[tuple[Summed, ...]]:
    """Return for each supplier the tables of an amount without what he was paid; confidential."""
    rows, invoices = (
        context.staging.persons(_staging_name(name), Pseudonymised) for name in (amount.id, f"{amount.id}_facturen")
    )
    by_table = [sum_without_suppliers(rows, invoices, spec) for spec in sums_of(amount)]
    return list(zip(*(rests.values() for rests in by_table), strict=True))


def read_sums(context: RunContext) -> SumRelease:
    """Read back what `protect_sums` staged; of an amount all tables are there or none.

    Raises:
        StagingError: A table of sums is missing or was changed.
        RunOutdated: Another version staged it.
    """
    facts = read_facts(context.run, SumFacts)
    published = [spec for spec in sums_for(context.profile) if spec.amount.id not in facts.withheld]
    return SumRelease(
        tuple(context.staging.table(spec.table, ReleasedSums) for spec in published),
        facts.withheld,
        facts.audits,
        pl.read_csv(context.run.staging / _BLANK, schema_overrides=BOUNDS),
    )


def _staging_name(name: str) -> str:
    return f"bedragen_{name}"
