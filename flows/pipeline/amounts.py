"""The sums of a run: staged encrypted beside the counts, protected with them, and read back for the release."""

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

from flows.registers.ledger import read_ledger
from flows.runs.facts import SumFacts, read_facts, write_facts
from flows.runs.staging import Staging
from flows.workfolder.files import write_private
from flows.workfolder.home import Run
from schemas.specs import Profile
from schemas.states import Pseudonymised, Released, ReleasedSums, Summed
from schemas.tables.sums import AMOUNTS, sums_for, sums_of
from transforms.counting.aggregate import sum_amounts
from transforms.disclosure.sums.sum_release import BOUNDS, SumRelease, protect_amounts, why_none

_BLANK = "bedragen_leeg.csv"


def put(staging: Staging, made: Mapping[str, Pseudonymised]) -> None:
    """Stage the amounts per person of `transforms.persons.costs.with_costs`."""
    for amount in AMOUNTS:
        staging.put(_name(amount.id), made[amount.id])


def add_up(staging: Staging, profile: Profile) -> None:
    """Every table of sums of a run, with its true figures."""
    for one in sums_for(profile):
        staging.put(one.id, sum_amounts(staging.persons(_name(one.amount.id), Pseudonymised), one))


def added_up(staging: Staging, profile: Profile) -> tuple[Summed, ...]:
    """The true figures of every table of sums; confidential."""
    return tuple(staging.table(one.table, Summed) for one in sums_for(profile))


def protect_sums(run: Run, staging: Staging, profile: Profile, peildatum: date, counted: Sequence[Released]) -> None:
    """Sums beside the counts as they will be released; or none, and why."""
    none = why_none(profile, read_ledger(run.home.ledger), peildatum)
    made = SumRelease(withheld={amount.id: none for amount in AMOUNTS} if none and sums_for(profile) else {})
    if none is None and sums_for(profile):
        tables = {amount.id: [staging.table(one.table, Summed) for one in sums_of(amount)] for amount in AMOUNTS}
        made = protect_amounts(tables, counted)
    for table in made.released:
        staging.put(table.spec.id, table)
    write_facts(run, SumFacts(made.withheld, made.audits))
    # Why a cell is blank tells small numbers: it goes when staging goes.
    write_private(run.staging / _BLANK, made.explanation.write_csv().encode())


def read_sums(run: Run, staging: Staging, profile: Profile) -> SumRelease:
    """What `protect_sums` put; an amount is there with all its tables or not at all.

    Raises:
        StagingError: A table of sums is missing or was changed.
        RunOutdated: It was put by another version.
    """
    facts = read_facts(run, SumFacts)
    published = [one for one in sums_for(profile) if one.amount.id not in facts.withheld]
    return SumRelease(
        tuple(staging.table(one.table, ReleasedSums) for one in published),
        facts.withheld,
        facts.audits,
        pl.read_csv(run.staging / _BLANK, schema_overrides=BOUNDS),
    )


def _name(amount: str) -> str:
    return f"bedragen_{amount}"
