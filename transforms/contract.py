"""A frame against its Pandera contract: valid rows, quarantined rows, counts per rule; never values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

import pandera.polars as pa
import polars as pl
from pandera.config import CONFIG, ValidationDepth
from pandera.errors import SchemaErrors

from schemas.errors import ContractBreach, ContractUnchecked, StaleDelivery, WrongMunicipality
from schemas.fields import GEMEENTE_CODE
from schemas.specs import Column, Kind, Profile, Rule, SourceSpec
from schemas.states import Identified
from transforms.delivery import ROW_NUMBER
from transforms.elfproef import is_valid_bsn
from transforms.parse import AS_DELIVERED, UNREADABLE

REASONS = "redenen"
"""Column of the quarantine: `column:rule` of every rule that the row breaks, sorted."""

TOTAL_LIMIT_PCT = 10
"""Share of rows (0-100) that may be in quarantine for all rules together; ours, to be confirmed."""

MAXIMUM_MONTHS_BEHIND = 6
"""A delivery whose newest date is older is not a picture of the peildatum; the number is ours, to be confirmed."""

_MAXIMUM_AGE_YEARS = 120  # iWmo TR002


@dataclass(frozen=True)
class RuleCount:
    """How many rows of a delivery break a rule, and how many may."""

    source: str
    column: str
    rule: str
    text: str
    rows: int
    allowed: int


@dataclass(frozen=True, eq=False)
class Checked:
    """One delivery after its contract: every delivered row is in `valid` or in `quarantine`."""

    source: SourceSpec
    rows: int
    valid: Identified
    quarantine: Identified
    counts: tuple[RuleCount, ...]


def check_contract(frame: pl.DataFrame, source: SourceSpec, *, profile: Profile, peildatum: date) -> Checked:
    """Judge typed rows by the rules of their source.

    Doubled rows are sought among the rows that are otherwise good, so that a broken first row
    does not take its good repeat along.

    Args:
        frame: Rows of `parse_columns`.
        source: Declaration of the delivery.
        profile: Municipality whose rows these should be.
        peildatum: Day on which postcodes must lie in the municipality.

    Returns:
        Valid rows without helper flags, quarantined rows with their reasons, and a count
        per rule in order of declaration, zeros included.

    Raises:
        WrongMunicipality: A row names another municipality.
    """
    _require_pandera_is_on()
    if frame.filter(GEMEENTE_CODE.col != profile.gemeente_code).height:
        raise WrongMunicipality(source.id)
    rules = row_rules(source, profile=profile, peildatum=peildatum)
    reasons = _breaches(frame, rules).group_by(ROW_NUMBER).agg(pl.col(REASONS).sort())
    flags = [name for name in frame.columns if name.endswith(UNREADABLE)]
    rows = frame.drop(flags)
    quarantine = rows.join(reasons, on=ROW_NUMBER, how="inner").sort(ROW_NUMBER)
    return Checked(
        source,
        frame.height,
        Identified(_without(rows, reasons)),
        Identified(quarantine),
        _counts(source, rules, quarantine, frame.height),
    )


def enforce_limits(checked: Sequence[Checked]) -> None:
    """Stop when more rows break a rule than its limit allows.

    Raises:
        ContractBreach: Names source, column, rule and counts; no values.
    """
    counts = [count for one in checked for count in (*one.counts, _total(one)) if count.rows > count.allowed]
    if counts:
        raise ContractBreach(tuple((c.source, c.column, c.text, c.rows, c.allowed) for c in counts))


def _total(one: Checked) -> RuleCount:
    """All quarantined rows together: many rules, each just within its limit, are a bad file too."""
    allowed = one.rows * TOTAL_LIMIT_PCT // 100
    return RuleCount(one.source.id, "alle", "totaal", "alle regels samen", one.quarantine.frame.height, allowed)


def months_behind(one: Checked, *, peildatum: date) -> int:
    """Whole months between the newest date of a delivery and the peildatum; 0 if dates run on to it.

    A birth date does not count. A delivery without any valid date is behind for ever.
    """
    dates = [field.col for field in one.source.fields if field.kind is Kind.DATE]
    newest: date | None = one.valid.frame.select(pl.max_horizontal(column.max() for column in dates)).item()
    if newest is None:
        return 12 * peildatum.year
    months = (peildatum.year - newest.year) * 12 + peildatum.month - newest.month
    return max(0, months - (newest.day > peildatum.day))


def enforce_recency(checked: Sequence[Checked], *, peildatum: date) -> None:
    """Stop when a delivery ends long before the peildatum: last quarter's files left in the inbox.

    Raises:
        StaleDelivery: Names the delivery; no date.
    """
    for one in checked:
        if months_behind(one, peildatum=peildatum) > MAXIMUM_MONTHS_BEHIND:
            raise StaleDelivery(one.source.id)


def row_rules(source: SourceSpec, *, profile: Profile, peildatum: date) -> tuple[Rule, ...]:
    """All row rules of a source: those that follow from its fields, its own, and last that no key repeats."""
    derived = [
        rule for column in source.columns for rule in _column_rules(column, profile=profile, peildatum=peildatum)
    ]
    rules = (*derived, *source.rules)
    return (*rules, _first_of_its_key(source, rules))


def _column_rules(column: Column, *, profile: Profile, peildatum: date) -> list[Rule]:
    field, name = column.field, column.field.name
    rules: list[Rule] = []
    unreadable = pl.lit(False)
    if field.kind not in AS_DELIVERED:
        unreadable = pl.col(name + UNREADABLE)
        rules.append(Rule("onleesbaar", name, f"de inhoud is leesbaar als {field.kind.value}", ~unreadable))
    if column.required:
        is_present = field.col.is_not_null() | unreadable
        rules.append(Rule("ontbreekt", name, "er is een waarde ingevuld", is_present))
    if field.codes is not None:
        is_known = field.col.is_in(field.codes.values).fill_null(True)
        rules.append(Rule("onbekende_code", name, "de code staat in de gesloten lijst", is_known))
    if field.kind is Kind.BSN:
        is_bsn = is_valid_bsn(field.col).fill_null(True)
        rules.append(Rule("elfproef", name, "het BSN heeft negen cijfers en voldoet aan de 11-proef", is_bsn))
    if field.kind is Kind.POSTCODE:
        is_inside = field.col.str.slice(0, 4).is_in(profile.pc4_on(peildatum)).fill_null(True)
        rules.append(Rule("buiten_gemeente", name, f"de postcode ligt in {profile.gemeente}", is_inside))
    if field.kind is Kind.BIRTH_DATE:
        oldest = date(peildatum.year - _MAXIMUM_AGE_YEARS, 1, 1)
        is_possible = ((field.col >= oldest) & (field.col <= peildatum)).fill_null(True)
        rules.append(
            Rule(
                "onmogelijk",
                name,
                f"de geboortedatum ligt tot {_MAXIMUM_AGE_YEARS} jaar voor de peildatum",
                is_possible,
            )
        )
    return rules


def _first_of_its_key(source: SourceSpec, others: Sequence[Rule]) -> Rule:
    """Doubled rows, sought among the rows that no other rule breaks."""
    key = [field.name for field in source.key]
    is_good = pl.all_horizontal(rule.valid.fill_null(False) for rule in others)
    is_first = pl.struct(*key, is_good.alias("is_good")).is_first_distinct()
    return Rule("dubbel", key[0], "de rij is geen herhaling van een eerdere rij", is_first | ~is_good)


def _breaches(frame: pl.DataFrame, rules: Sequence[Rule]) -> pl.DataFrame:
    """Row number and reason of every breach. Eager, because Pandera skips values on a LazyFrame."""
    checks = [pa.Check(partial(_holds, rule.valid), name=f"{rule.column}:{rule.id}") for rule in rules]
    schema = pa.DataFrameSchema(checks=checks)
    none = pl.DataFrame(schema={ROW_NUMBER: pl.UInt32, REASONS: pl.String})
    try:
        schema.validate(frame, lazy=True)
    except SchemaErrors as error:
        # Only check and index: `failure_case` holds whole rows, and so does the error itself.
        failures = error.failure_cases.select("check", "index")
    else:
        return none
    if failures["index"].null_count():
        raise ContractUnchecked
    row_numbers = frame[ROW_NUMBER].gather(failures["index"].to_list())
    return pl.DataFrame({ROW_NUMBER: row_numbers, REASONS: failures["check"]})


def _holds(valid: pl.Expr, data: pa.PolarsData) -> pl.LazyFrame:
    # A check that yields null passes in Pandera; here null is a breach.
    return data.lazyframe.select(valid.fill_null(False))


def _without(frame: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    return frame.join(rows, on=ROW_NUMBER, how="anti").sort(ROW_NUMBER)


def _counts(source: SourceSpec, rules: Sequence[Rule], quarantine: pl.DataFrame, rows: int) -> tuple[RuleCount, ...]:
    reasons = quarantine.select(pl.col(REASONS).explode().alias("reason")).group_by("reason").len()
    found = dict(reasons.iter_rows())
    return tuple(
        RuleCount(
            source.id,
            rule.column,
            rule.id,
            rule.text,
            found.get(f"{rule.column}:{rule.id}", 0),
            int(rows * rule.limit_pct / 100),
        )
        for rule in rules
    )


def _require_pandera_is_on() -> None:
    """Two environment variables of Pandera make every value check pass without a word.

    Raises:
        ContractUnchecked: Validation is off, or limited to the schema.
    """
    if not CONFIG.validation_enabled or CONFIG.validation_depth not in (None, ValidationDepth.SCHEMA_AND_DATA):
        raise ContractUnchecked
