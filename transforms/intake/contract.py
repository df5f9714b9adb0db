"""Deliveries judged by their Pandera contract.

Valid rows, quarantined rows, and counts per rule; never values.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

import pandera.polars as pa
import polars as pl
from pandera.config import CONFIG, ValidationDepth
from pandera.errors import SchemaErrors

from schemas.errors import ContractBreach, ContractUnchecked, StaleDelivery, WrongMunicipality
from schemas.fields import BSN, GEMEENTE_CODE
from schemas.specs import Column, Field, Kind, Profile, Rule, SourceSpec
from schemas.states import SEAL, Delivered, Identified
from transforms.intake.delivery import BSNS, CELL_COUNT, ROW_NUMBER
from transforms.intake.elfproef import is_valid_bsn
from transforms.intake.parse import AS_DELIVERED, UNREADABLE, parse_columns

REASONS = "redenen"
"""Column of the quarantine: `column:rule` of every rule that the row breaks, sorted."""

UNREADABLE_RULE = "onleesbaar"

TOTAL_LIMIT_PCT = 10
"""Share of rows (0-100) that may be in quarantine for all rules together; ours, to be confirmed."""

MAXIMUM_MONTHS_BEHIND = 6
"""A delivery whose newest date is older does not describe the peildatum; the number is ours, to be confirmed."""

_ALL_TOGETHER = f"ten hoogste {TOTAL_LIMIT_PCT} % van de rijen staat in quarantaine, voor alle regels samen"
_MAXIMUM_AGE_YEARS = 120  # iWmo TR002
_EARLIEST, _LATEST = date(1900, 1, 1), date(2099, 12, 31)
"""Dates outside these are fillers of a source system."""

WHOLE = Rule(id="cellen", column="rij", text="de regel heeft evenveel cellen als de kop", valid=pl.lit(True))
_DOUBLE = Rule(id="dubbel", column="rij", text="de rij is geen herhaling van een eerdere rij", valid=pl.lit(True))
_CONTRADICTION = Rule(
    id="tegenstrijdig",
    column="rij",
    text="er is geen andere rij met dit nummer die iets anders zegt",
    valid=pl.lit(True),
)
"""Rules about a line, and about rows beside each other: `check_contract` finds their breaches, `valid` is not used."""


@dataclass(frozen=True)
class RuleCount:
    """Number of rows that break a rule, and number allowed; the column by its header in the file."""

    source: str
    column: str
    rule: str
    text: str
    rows: int
    allowed: int


@dataclass(frozen=True, eq=False)
class Checked:
    """One delivery after its contract.

    Every delivered row is valid, in quarantine, or excluded.

    Attributes:
        rows: Lines of the file with a row on them.
        valid: Typed rows.
        quarantine: Of every broken row its line, cells and persons, and the rules it breaks; no other value.
        excluded: Rows that are written nowhere: a rule of the source keeps them out, or another version holds.
    """

    source: SourceSpec
    rows: int
    valid: Identified
    quarantine: Identified
    excluded: int
    counts: tuple[RuleCount, ...]


def check_contract(delivered: Delivered, source: SourceSpec, *, profile: Profile, peildatum: date) -> Checked:
    """Judge delivered rows by the rules of their source.

    Repeats and versions are sought among rows that are otherwise good, so that a broken first row
    does not invalidate its good repeat.

    Args:
        source: Declaration of the delivery.
        profile: Municipality whose rows these should be.
        peildatum: Day on which postcodes must lie in the municipality.

    Returns:
        Valid rows without helper flags, the lines of broken rows with their reasons, and a count per rule in order
        of declaration, zeros included.

    Raises:
        WrongMunicipality: Most rows name another municipality.
    """
    _require_pandera_is_on()
    frame = parse_columns(delivered.frame, source)
    is_whole = pl.col(CELL_COUNT).is_null()
    rows = frame.filter(is_whole)
    _require_own_municipality(rows, source, profile)
    rules = row_rules(source, profile=profile, peildatum=peildatum)
    breaches = _breaches(rows, rules).group_by(ROW_NUMBER).agg(pl.col(REASONS).sort())
    good = rows.join(breaches, on=ROW_NUMBER, how="anti").sort(ROW_NUMBER)
    double, replaced, contradicting = find_repeats_and_versions(good, source)
    reasons = pl.concat(
        [
            breaches,
            _reason(WHOLE, frame.filter(~is_whole)[ROW_NUMBER]),
            _reason(_DOUBLE, double),
            _reason(_CONTRADICTION, contradicting),
        ]
    )
    quarantine = frame.select(ROW_NUMBER, CELL_COUNT, BSNS).join(reasons, on=ROW_NUMBER).sort(ROW_NUMBER)
    dropped = pl.concat([double, replaced, contradicting])
    flags = [name for name in frame.columns if name.endswith(UNREADABLE)]
    return Checked(
        source,
        frame.height + len(delivered.excluded),
        Identified(good.filter(~pl.col(ROW_NUMBER).is_in(dropped.implode())).drop(CELL_COUNT, *flags), SEAL),
        Identified(quarantine, SEAL),
        len(delivered.excluded) + len(replaced),
        _counts(source, (WHOLE, *rules, _DOUBLE, _CONTRADICTION), quarantine, frame.height),
    )


def renumber(checked: Checked, lines: Mapping[int, int], cells: Mapping[int, str]) -> Checked:
    """Return a delivery with other line numbers, which several rows may share, and with the cells of those lines."""
    number = pl.col(ROW_NUMBER).replace_strict(lines, return_dtype=pl.UInt32)
    cell_count = number.replace_strict(cells, return_dtype=pl.String, default=None).alias(CELL_COUNT)
    valid, quarantine = checked.valid.frame, checked.quarantine.frame
    return replace(
        checked,
        valid=Identified(valid.with_columns(number), SEAL),
        quarantine=Identified(quarantine.with_columns(number, cell_count), SEAL),
    )


def find_repeats_and_versions(good: pl.DataFrame, source: SourceSpec) -> tuple[pl.Series, pl.Series, pl.Series]:
    """Return the line numbers of repeats, replaced versions and contradictions among good rows.

    A repeat equals an earlier row in every field. Of unequal rows with one key the latest by the order of the source
    holds, wherever it stands in the file (iWmo OP033x1: the latest Toewijzingsdatum and Toewijzingstijd are the
    state). Without an order, if rows differ in their closing fields only, the one with the earliest end counts. All
    others contradict each other, also those about several persons: the file does not say which is true.

    Args:
        good: Typed rows that break no rule.
        source: Its `key`, `order` and `closing` are used. A row with an incomplete key is no version of another.
    """
    aside = {field.name for field in source.aside}
    fields = [column.field.name for column in source.read if column.field.name not in aside]
    key = [field.name for field in source.key]
    is_first = pl.struct(fields).is_first_distinct()
    versions = good.filter(is_first & pl.all_horizontal(pl.col(key).is_not_null())).filter(pl.len().over(key) > 1)
    order, closing = [field.name for field in source.order], [field.name for field in source.closing]
    of_one = versions.filter(BSN.col.n_unique().over(key) == 1)
    is_dated = pl.all_horizontal(pl.col(order).is_not_null()).all().over(key) if order else pl.lit(False)
    alike = pl.struct(name for name in fields if name not in closing).n_unique().over(key) == 1
    is_closing = ~is_dated & alike if closing else pl.lit(False)
    latest = _first(of_one.filter(is_dated), key, order, descending=True)
    closed = _first(of_one.filter(is_closing), key, closing[:1], descending=False)
    current = versions.filter(pl.col(ROW_NUMBER).is_in(pl.concat([latest, closed]).implode()))
    replaced = versions.join(current, on=key, how="semi").join(current, on=ROW_NUMBER, how="anti")
    contradicting = versions.join(current, on=key, how="anti")
    return good.filter(~is_first)[ROW_NUMBER], replaced[ROW_NUMBER], contradicting[ROW_NUMBER]


def _first(rows: pl.DataFrame, key: list[str], by: list[str], *, descending: bool) -> pl.Series:
    """Return the line of the first row per key in this order; none if two tie for first."""
    if rows.is_empty():
        return rows[ROW_NUMBER]
    place = pl.struct(by)
    is_alone = place.eq_missing(place.first()).sum() == 1
    sorted_rows = rows.sort(by, descending=descending, nulls_last=True)
    firsts = sorted_rows.group_by(key, maintain_order=True).agg(pl.col(ROW_NUMBER).first(), is_alone.alias("is_alone"))
    return firsts.filter("is_alone")[ROW_NUMBER]


def _reason(rule: Rule, lines: pl.Series) -> pl.DataFrame:
    """Return a rule as the reason for these lines."""
    return pl.DataFrame(
        {ROW_NUMBER: lines, REASONS: [[f"{rule.column}:{rule.id}"]] * len(lines)},
        schema={ROW_NUMBER: pl.UInt32, REASONS: pl.List(pl.String)},
    )


def _require_own_municipality(rows: pl.DataFrame, source: SourceSpec, profile: Profile) -> None:
    """Raise `WrongMunicipality` if most rows name another municipality; single rows break a rule."""
    is_other = ~_is_code(GEMEENTE_CODE.col, profile.gemeente_code)
    if 2 * rows.filter(is_other).height > rows.height:
        raise WrongMunicipality(source.id)


def _is_code(text: pl.Expr, code: str) -> pl.Expr:
    """Return whether a text is this code of a municipality."""
    # A spreadsheet drops the leading zero of 0865.
    return text.str.zfill(4) == code


def enforce_limits(checked: Sequence[Checked]) -> None:
    """Stop when more rows break a rule than its limit allows.

    Raises:
        ContractBreach: Names source, column, rule and counts; no values.
    """
    counts = [count for delivery in checked for count in over_limit(delivery)]
    if counts:
        raise ContractBreach(tuple((c.source, c.column, c.text, c.rows, c.allowed) for c in counts))


def over_limit(delivery: Checked) -> list[RuleCount]:
    """Return the rules that more rows of a delivery break than may, and all rules together if that is so of them."""
    return [count for count in (*delivery.counts, _total(delivery)) if count.rows > count.allowed]


def _total(delivery: Checked) -> RuleCount:
    """Count all quarantined rows together.

    Many rules, each just within its limit, are a bad file too.
    """
    allowed = delivery.rows * TOTAL_LIMIT_PCT // 100
    return RuleCount(delivery.source.id, "alle", "totaal", _ALL_TOGETHER, delivery.quarantine.frame.height, allowed)


def months_behind(delivery: Checked, *, peildatum: date) -> int:
    """Return the whole months from the newest date of a delivery to the peildatum.

    Dates after the peildatum, such as a planned end, and birth dates do not count. A delivery without any
    valid date is behind for ever.
    """
    dates = [column.field.col for column in delivery.source.read if column.field.kind in (Kind.DATE, Kind.END_DATE)]
    until = (day.filter(day <= peildatum).max() for day in dates)
    newest: date | None = delivery.valid.frame.select(pl.max_horizontal(until)).item()
    if newest is None:
        return 12 * peildatum.year
    months = (peildatum.year - newest.year) * 12 + peildatum.month - newest.month
    return max(0, months - (newest.day > peildatum.day))


def enforce_recency(checked: Sequence[Checked], *, peildatum: date) -> None:
    """Stop when a delivery ends long before the peildatum: last quarter's files left in the inbox.

    Raises:
        StaleDelivery: Names the delivery; no date.
    """
    for delivery in checked:
        if months_behind(delivery, peildatum=peildatum) > MAXIMUM_MONTHS_BEHIND:
            raise StaleDelivery(delivery.source.id)


def row_rules(source: SourceSpec, *, profile: Profile, peildatum: date) -> tuple[Rule, ...]:
    """Return the row rules of a source: those that follow from its fields, and its own."""
    births = [column.field for column in source.read if column.field.kind is Kind.BIRTH_DATE]
    derived = [
        rule
        for column in source.read
        for rule in _column_rules(column, profile=profile, peildatum=peildatum, births=births)
    ]
    return (*derived, *source.rules)


def texts_by_reason(source: SourceSpec, *, profile: Profile, peildatum: date) -> dict[str, str]:
    """Return the Dutch text of every rule, by the reason that stands for it in the quarantine."""
    rules = (WHOLE, *row_rules(source, profile=profile, peildatum=peildatum), _DOUBLE, _CONTRADICTION)
    return {f"{rule.column}:{rule.id}": rule.text for rule in rules}


def _column_rules(column: Column, *, profile: Profile, peildatum: date, births: Sequence[Field]) -> list[Rule]:
    """Return the rules that follow from the declaration of one column.

    Args:
        births: The birth dates of the same row.
    """
    field, name = column.field, column.field.name
    rules: list[Rule] = []
    unreadable = pl.lit(False)
    if field.kind not in AS_DELIVERED:
        unreadable = pl.col(name + UNREADABLE)
        rules.append(
            Rule(
                id=UNREADABLE_RULE, column=name, text=f"de inhoud is leesbaar als {field.kind.value}", valid=~unreadable
            )
        )
    if column.required:
        is_present = field.col.is_not_null() | unreadable
        rules.append(Rule(id="ontbreekt", column=name, text="er is een waarde ingevuld", valid=is_present))
    if field.codes is not None:
        is_known = field.col.is_in(field.codes.values).fill_null(True)
        rules.append(Rule(id="onbekende_code", column=name, text="de code staat in de gesloten lijst", valid=is_known))
    if field is GEMEENTE_CODE:
        is_own = _is_code(field.col, profile.gemeente_code).fill_null(True)
        rules.append(
            Rule(id="andere_gemeente", column=name, text=f"de code is die van {profile.gemeente}", valid=is_own)
        )
    if field.kind in (Kind.DATE, Kind.END_DATE):
        is_likely = field.col.is_between(_EARLIEST, _LATEST).fill_null(True)
        text = f"de datum ligt van {_EARLIEST.year} tot en met {_LATEST.year}"
        rules.append(Rule(id="onwaarschijnlijk", column=name, text=text, valid=is_likely))
        rules += [
            Rule(
                id="voor_geboorte",
                column=name,
                text="de datum ligt niet voor de geboorte",
                valid=(field.col >= birth.col).fill_null(True),
            )
            for birth in births
        ]
    if field.kind is Kind.BSN:
        is_bsn = is_valid_bsn(field.col).fill_null(True)
        rules.append(
            Rule(
                id="elfproef", column=name, text="het BSN heeft negen cijfers en voldoet aan de 11-proef", valid=is_bsn
            )
        )
    if field.kind is Kind.POSTCODE:
        is_inside = field.col.str.slice(0, 4).is_in(profile.pc4_on(peildatum)).fill_null(True)
        rules.append(
            Rule(id="buiten_gemeente", column=name, text=f"de postcode ligt in {profile.gemeente}", valid=is_inside)
        )
    if field.kind is Kind.BIRTH_DATE:
        oldest = date(peildatum.year - _MAXIMUM_AGE_YEARS, 1, 1)
        is_possible = ((field.col >= oldest) & (field.col <= peildatum)).fill_null(True)
        rules.append(
            Rule(
                id="onmogelijk",
                column=name,
                text=f"de geboortedatum ligt tot {_MAXIMUM_AGE_YEARS} jaar voor de peildatum",
                valid=is_possible,
            )
        )
    return rules


def _breaches(frame: pl.DataFrame, rules: Sequence[Rule]) -> pl.DataFrame:
    """Return row number and reason of every breach.

    Eager, because Pandera skips values on a LazyFrame.
    """
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
    """Return whether a rule holds per row."""
    # A check that yields null passes in Pandera; here null is a breach.
    return data.lazyframe.select(valid.fill_null(False))


def _counts(source: SourceSpec, rules: Sequence[Rule], quarantine: pl.DataFrame, rows: int) -> tuple[RuleCount, ...]:
    """Return a count per rule, zeros included."""
    reasons = quarantine.select(pl.col(REASONS).explode().alias("reason")).group_by("reason").len()
    broken = dict(reasons.iter_rows())
    return tuple(
        RuleCount(
            source.id,
            source.header_of(rule.column),
            rule.id,
            rule.text,
            broken.get(f"{rule.column}:{rule.id}", 0),
            int(rows * rule.limit_pct / 100),
        )
        for rule in rules
    )


def _require_pandera_is_on() -> None:
    """Refuse to run while Pandera is switched off.

    Two environment variables make every value check pass silently.

    Raises:
        ContractUnchecked: Validation is off, or limited to the schema.
    """
    if not CONFIG.validation_enabled or CONFIG.validation_depth not in (None, ValidationDepth.SCHEMA_AND_DATA):
        raise ContractUnchecked
