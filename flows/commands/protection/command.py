"""`bestandsanalyse protect`: disclosure control for anyone's file and any set of tables."""

import hashlib
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import polars as pl
from cyclopts import Parameter
from cyclopts.validators import Number

from flows.commands.protection.amounts import Measure, column_names, make_sums
from flows.commands.protection.exclusive_options import (
    require_alone,
    require_sum_apart,
    require_together,
)
from flows.commands.protection.folder import AUDIT, require_unused, write_together
from flows.commands.protection.protected_tables import (
    Json,
    assumptions,
    audit_of,
    summary,
    table_csv,
    weighted_audit,
)
from flows.commands.protection.watched_search import watch_search
from flows.registers.ledger import append, read_ledger
from flows.screen import escape_controls
from schemas.errors import CodesUnusable, FolderUnusable, MicrodataUnreadable, NotTogether, UnknownDimension
from schemas.profiles import STANDAARD
from schemas.specs import DisclosureProfile, Method, Profile, TableSpec, Weight
from schemas.specs.sums import SumProfile
from schemas.states import Counted, Released, ReleasedSums
from transforms.counting.aggregate import count_records
from transforms.disclosure.over_time.history import History, Publication
from transforms.disclosure.over_time.next_release import Naming, NextRelease, Occasion, protect_next, same_day
from transforms.disclosure.suppression.job import SameFile
from transforms.disclosure.suppression.task import OPTIMAL
from transforms.microdata.code_lists import CodeLists, read_code_lists
from transforms.microdata.persons_file import (
    HOUSEHOLD,
    amounts,
    persons,
    read_microdata,
    strip_spaces,
    warnings,
)
from transforms.microdata.survey_weights import weighted_counts, weighted_persons
from transforms.microdata.table_plan import Plan, Statements, plan

_METHODS = {"suppress": Method.SUPPRESS, "round": Method.ROUND}


def protect(
    microdata: Path,
    *,
    by: list[str],
    out: Path,
    sum: str | None = None,  # noqa: A002 - the name of the option
    person: str | None = None,
    household: str | None = None,
    sheet: str = "",
    survey_weight: str | None = None,
    threshold: Annotated[int, Parameter(validator=Number(gte=2))] = 10,
    method: Literal["suppress", "round"] = "suppress",
    base: Annotated[int, Parameter(validator=Number(gte=2))] = 5,
    blank_cost: Literal["cells", "count", "log"] = "cells",
    contributors: Annotated[int, Parameter(validator=Number(gte=10))] = 10,
    own_record: bool = False,
    ledger: Path | None = None,
    peildatum: date | None = None,
    population: str = "",
    contains: list[str] | None = None,
    disjoint: list[str] | None = None,
    hierarchy: list[str] | None = None,
    private: list[str] | None = None,
    sensitive: list[str] | None = None,
    same_as: list[str] | None = None,
    new: list[str] | None = None,
    codes: Path | None = None,
    force: bool = False,
) -> Json:
    """Make tables of a file of persons that give no small number away, and write them.

    Parameters
    ----------
    microdata:
        CSV, XLSX or Parquet with a header and a row per person.
    by:
        Columns of a table, separated by commas; repeat it for more tables, which are then safe together.
    out:
        Folder for a CSV per table, and audit.json.
    sum:
        Column with amounts, to be summed in every table as well.
    person:
        Column that tells persons apart, if they have several rows.
    household:
        Column that tells households apart: a number also needs five of them, and they are contributors to a sum.
    sheet:
        Sheet of a workbook; without it, the first one.
    survey_weight:
        Column with the weight of each person in a sample, for a weighted count beside the protected one.
    threshold:
        Smallest number of persons that may be published.
    method:
        Leave cells out, or round all of them.
    base:
        What rounded counts are multiples of; with more than half the threshold, nobody can prove that a cell is small.
    blank_cost:
        What a blank cell costs: the same everywhere, its number of persons, or the logarithm of that.
    contributors:
        Persons in a published sum, at least; 100 is the rule for money.
    own_record:
        The attacker may be in the file himself, and knows his whole record.
    ledger:
        Folder of earlier releases: the tables are made safe together with those, and added to them.
    peildatum:
        Reference date of the file, for the ledger; releases of one date and population count the same persons.
    population:
        Name of who is in the file, for the ledger; without it, everybody.
    contains:
        Release in the ledger of which every person is in this file too, such as a part that was analysed first.
    disjoint:
        Population in the ledger that shares nobody with this file.
    hierarchy:
        Columns of which the categories lie in each other, from fine to coarse: buurt:wijk:gemeente.
    private:
        FINE:COARSE, if nobody outside knows that one follows from the other; the attacker is not given it.
    sensitive:
        COLUMN or COLUMN=CATEGORY,CATEGORY: nobody may learn that nearly everybody, or nobody, of a group is in it.
    same_as:
        A column of the ledger that has another name in this file: OLD=NEW.
    new:
        Column of this file that has nothing to do with any column of the ledger.
    codes:
        TOML file with code lists: all categories in order, which lie in which, what cannot exist, what was split.
    force:
        Write into a folder that is not empty, replacing the tables of an earlier run.
    """
    started = time.process_time()
    require_together(sum, method, ledger, [peildatum, population, contains, disjoint, same_as, new])
    other_options = {"--method round": method == "round", "--ledger": ledger}
    reason = "exact weighted counts show what it hides"
    require_alone("--survey-weight", survey_weight, other_options | {"--sum": sum}, reason)
    if not force:
        require_unused(out)
    disclosure = DisclosureProfile(
        _METHODS[method], base, Weight[blank_cost.upper()], margin_factor=1, steady=method == "round" and bool(ledger)
    )
    profile = replace(STANDAARD, id="protect", threshold=threshold, minimum_width=threshold, pooled=int(own_record))
    statements = Statements(
        tuple(hierarchy or ()),
        frozenset(private or ()),
        _renamed(same_as or ()),
        frozenset(new or ()),
        _lists(codes),
        tuple(sensitive or ()),
    )
    delivered = read_microdata(_content(microdata), sheet)
    frame = strip_spaces(delivered)
    columns_by_table = [_split(names) for names in by]
    require_sum_apart(sum, columns_by_table)
    described = _described(frame, columns_by_table, person, [sum, survey_weight, household])
    planned = plan(described, columns_by_table, disclosure, _read(ledger) if ledger else (), statements)
    sum_profile = SumProfile(money=False, contributors=contributors)
    measure = None if sum is None else Measure(sum, person, household, sum_profile)
    # Before the search, so that an amount or a weight that is no number is told at once.
    paid = None if measure is None else amounts(frame, measure.column)
    columns = column_names(planned.specs)
    weights = None if survey_weight is None else weighted_persons(frame, columns, survey_weight, person)
    naming = _naming(peildatum, population, threshold)
    occasion = Occasion(naming, peildatum, population, frozenset(contains or ()), frozenset(disjoint or ()))
    done = _protected(frame, planned, (person, household), profile, occasion)
    protected = done.made.protected
    summed = None if measure is None or paid is None else make_sums(paid, measure, protected)
    weighted = [] if weights is None else weighted_counts(weights, survey_weight or "", protected.released)
    audit = audit_of(done.counted, protected, profile, disclosure, warnings(delivered, planned.specs))
    audit |= assumptions(planned) | {"interrupted": done.is_cut}
    if ledger:
        audit["ledger"] = _added(ledger, done.made, len(planned.earlier))
    if summed:
        audit["sums"] = summed.audit
    if weighted:
        audit["weighted_counts"] = weighted_audit(survey_weight or "", weighted)
    audit["seconds"] = round(time.process_time() - started, 3)
    tables = _tables(protected.released, threshold, summed.tables if summed else (), sum or "", weighted)
    write_together(out, tables | {AUDIT: json.dumps(audit, indent=2) + "\n"})
    sys.stderr.writelines(f"{escape_controls(warning)}\n" for warning in audit["warnings"])
    sys.stdout.write(escape_controls(summary(audit)))
    return audit


@dataclass(frozen=True)
class Done:
    """Counts and the release that was made of them.

    Attributes:
        is_cut: Somebody ended the search before it was proven the best.
    """

    counted: Sequence[Counted]
    made: NextRelease
    is_cut: bool


def _protected(
    frame: pl.DataFrame, planned: Plan, keys: tuple[str | None, str | None], profile: Profile, occasion: Occasion
) -> Done:
    """Count the planned tables and protect them beside earlier releases, with progress on the screen.

    Args:
        keys: Columns of the person and of the household.

    Raises:
        NotTogether: See `_require_earlier` and `_counted_again`.
        DisclosureFailure, UnsafeOverTime, TooExact: No release is safe.
    """
    person, household = keys
    counted = _counted(frame, planned.specs, person)
    _require_earlier(planned.earlier, profile.threshold, occasion)
    history = History(planned.earlier)
    earlier = same_day(history, occasion)
    again = _counted_again(frame, earlier, person)
    names = column_names([*planned.specs, *(table.spec for table in earlier)])
    everybody = persons(frame, names, person, household)
    with watch_search() as search:
        file = SameFile(persons=everybody, households=everybody[HOUSEHOLD] if household else None)
        made = protect_next(counted, profile, history, occasion, again=again, file=file, watch=search.watch)
    return Done(counted, made, search.is_interrupted and made.protected.suppression.status != OPTIMAL)


def _tables(
    released: Sequence[Released],
    threshold: int,
    summed: Sequence[tuple[ReleasedSums, pl.DataFrame]],
    measure: str,
    weighted: Sequence[pl.Series],
) -> dict[str, str]:
    """Return the CSV of every table, by file name."""
    return {
        f"{table.spec.id}.csv": table_csv(
            table, threshold, summed[place : place + 1], measure, weighted[place : place + 1]
        )
        for place, table in enumerate(released)
    }


def _split(names: str) -> list[str]:
    return [name.strip() for name in names.split(",")]


def _described(
    frame: pl.DataFrame, by: Sequence[Sequence[str]], person: str | None, measures: Sequence[str | None]
) -> pl.DataFrame:
    """Return a row per person, without the columns that identify, weigh or hold amounts.

    The values of those columns are no categories. A column by which a table is asked stays, whatever it holds.

    Args:
        person: Column that identifies the person; None if every row is a person.
        measures: Columns of amount, weight and household; None for those that were not given.

    Raises:
        UnknownDimension: There is no such column of persons.
    """
    if person is not None and person not in frame.columns:
        raise UnknownDimension(person)
    rows = frame if person is None else frame.unique(subset=[person], keep="first", maintain_order=True)
    used = {name for names in by for name in names}
    return rows.drop([name for name in (person, *measures) if name in rows.columns and name not in used])


def _renamed(pairs: Sequence[str]) -> dict[str, str]:
    """Earlier and present name per `OLD=NEW`."""
    if not all(0 < pair.find("=") < len(pair) - 1 for pair in pairs):
        raise NotTogether("--same-as takes OLD=NEW", "Write it as --same-as wijk=wijknaam.")
    return {old.strip(): new.strip() for old, new in (pair.split("=", 1) for pair in pairs)}


def _lists(codes: Path | None) -> CodeLists:
    if codes is None:
        return CodeLists()
    try:
        return read_code_lists(codes.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError):
        pass
    raise CodesUnusable("it cannot be read as text in UTF-8")


def _require_earlier(earlier: Sequence[Publication], threshold: int, occasion: Occasion) -> None:
    """Return if what is said of earlier releases can be.

    Raises:
        NotTogether: One promised a higher threshold, or a population is said to be disjoint that is not there, is this
            one, or is part of this file.
    """
    if any(publication.threshold > threshold for publication in earlier):
        raise NotTogether(
            "An earlier release in the ledger promised a higher --threshold, and this one would undo it",
            "Give that threshold or a higher one.",
        )
    others = {publication.population for publication in earlier} - {"", occasion.population}
    contained = {publication.population for publication in earlier if publication.release in occasion.contains}
    if occasion.disjoint and (not occasion.population or contained & occasion.disjoint or occasion.disjoint - others):
        raise NotTogether(
            "--disjoint names another population of the ledger, of which this file contains nobody, and needs a "
            "--population of its own",
            "Check the names of --population that were given before.",
        )


def _counted_again(frame: pl.DataFrame, before: Sequence[Released], person: str | None) -> list[Counted]:
    """Earlier tables of the same persons, counted in this file; raises `NotTogether` if it lacks a column of them."""
    specs = [table.spec for table in before]
    if missing := sorted({*column_names(specs)} - {*frame.columns}):
        raise NotTogether(
            f"An earlier release of the same persons counts by {', '.join(map(repr, missing))}, which this file does "
            "not have, and both are one release to an attacker",
            "Give a file that has those columns as well.",
        )
    return _counted(frame, specs, person)


def _counted(frame: pl.DataFrame, specs: Sequence[TableSpec], person: str | None) -> list[Counted]:
    records = persons(frame, column_names(specs), person)
    return [count_records(records, spec) for spec in specs]


def _content(microdata: Path) -> bytes:
    try:
        return microdata.read_bytes()
    except OSError:
        pass
    raise MicrodataUnreadable("does not exist or cannot be read")


def _naming(peildatum: date | None, population: str, threshold: int) -> Naming:
    """Content-addressed release names: equal tables, peildatum and population give equal names."""

    def name(released: Sequence[Released]) -> str:
        content = "\n".join([str(peildatum), population, *(table_csv(table, threshold) for table in released)])
        return f"protect-{hashlib.sha256(content.encode()).hexdigest()[:12]}"

    return name


def _read(ledger: Path) -> tuple[Publication, ...]:
    if ledger.exists() and not ledger.is_dir():
        raise FolderUnusable("ledger", "is a file")
    return read_ledger(ledger)


def _added(ledger: Path, made: NextRelease, judged: int) -> Json:
    """Add a release to the ledger, before it is written; what was compared with nothing proves nothing."""
    head, over_time = append(ledger, made.publication, judged), made.over_time
    compared: Json = {"changes_proven": len(over_time.changes), "small_changes_proven": len(over_time.breaches)}
    if not over_time.pairs:
        compared = {"note": "No earlier release of perhaps the same persons at another moment: nothing was compared."}
    return {
        "release": made.publication.release,
        "releases": head.lines,
        "head": head.sha256,
        "pairs": over_time.pairs,
        **compared,
    }
