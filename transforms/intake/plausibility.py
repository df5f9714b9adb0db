"""Whether deliveries are plausible, each within itself and beside the one before: what no rule about a row can see."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from schemas.fields import BSN, TOEWIJZING_NUMMER
from schemas.plausibility import (
    FACTOR,
    FIRST_DAYS_PCT,
    LEAST_ROWS,
    LEAST_VALUES,
    MEDIANS,
    ROWS_PCT,
    SHARE_POINTS,
    UNALLOCATED_PCT,
)
from schemas.specs import Field, Kind, SourceSpec
from transforms.intake.contract import Checked

_ALLOCATIONS, _CLAIMS = "wmo", "declaraties"
_FIRST_DAYS = 12
"""Days of a month that could be months."""


@dataclass(frozen=True)
class Shape:
    """A delivery in whole shares, by which a later one can be compared with it.

    Attributes:
        rows: Valid rows.
        persons: Different persons in them.
        empty_pct: Share (0-100) of empty cells, by field that may be empty.
        code_pct: Share (0-100) of a code among the filled cells, by field and code with a space between.
        medians: By field with an amount or a percentage, in its unit, in two digits.

    Of fewer than `LEAST_ROWS` rows or values there are no shares and no medians.
    """

    source: str
    rows: int
    persons: int
    empty_pct: Mapping[str, int]
    code_pct: Mapping[str, int]
    medians: Mapping[str, int]


@dataclass(frozen=True)
class Doubt:
    """One thing about a delivery that is not plausible.

    Attributes:
        column: Header, or empty if it is about all rows.
        rule: Word of the rule.
        text: What was found and what is plausible, in Dutch, with shares and no value.
    """

    source: str
    column: str
    rule: str
    text: str

    @property
    def place(self) -> str:
        return self.column or "alle rijen"


def shape_of(checked: Checked) -> Shape:
    """Return the shape of a delivery."""
    frame, source = checked.valid.frame, checked.source
    if frame.height < LEAST_ROWS:  # of a few, shares would tell of persons
        return Shape(source.id, frame.height, frame[BSN.name].n_unique(), {}, {}, {})
    empty = {column.field.name: _pct(frame[column.field.name].null_count(), frame.height) for column in source.read}
    medians = {field.name: _median(frame, field, LEAST_ROWS) for field in _measured(source)}
    return Shape(
        source=source.id,
        rows=frame.height,
        persons=frame[BSN.name].n_unique(),
        empty_pct={name: share for name, share in empty.items() if not _is_required(source, name)},
        code_pct={f"{field.name} {code}": share for field in _coded(source) for code, share in _shares(frame, field)},
        medians={name: _rounded(median) for name, median in medians.items() if median is not None},
    )


def _is_required(source: SourceSpec, name: str) -> bool:
    return any(column.field.name == name and column.required for column in source.read)


def _coded(source: SourceSpec) -> list[Field]:
    return [field for field in (column.field for column in source.read) if field.codes is not None]


def _measured(source: SourceSpec) -> list[Field]:
    return [field for field in (column.field for column in source.read) if field.kind in (Kind.CENT, Kind.PERCENT)]


def _shares(frame: pl.DataFrame, field: Field) -> Iterator[tuple[str, int]]:
    """Yield every code of a field with its share of the filled cells."""
    filled = frame[field.name].drop_nulls()
    if len(filled) < LEAST_ROWS:
        return
    counts = dict(filled.value_counts().iter_rows())
    for code in field.codes.values if field.codes else ():
        yield code, _pct(counts.get(code, 0), len(filled))


def _median(frame: pl.DataFrame, field: Field, least: int) -> int | None:
    """Return the median of a field in its unit, rounded; None of fewer values than the least."""
    filled = frame[field.name].drop_nulls()
    return round(float(str(filled.median()))) if len(filled) >= least else None


def _rounded(median: int) -> int:
    """Return a median in two digits, so that it is nobody's amount."""
    return int(float(f"{median:.2g}"))


def _pct(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 0


def doubts_within(checked: Sequence[Checked]) -> list[Doubt]:
    """Return what is not plausible of deliveries by themselves, in order of delivery."""
    doubts = [doubt for delivery in checked for doubt in (*_of_medians(delivery), *_of_birth_dates(delivery))]
    return doubts + _of_allocations({delivery.source.id: delivery for delivery in checked})


def _of_medians(delivery: Checked) -> Iterator[Doubt]:
    """Yield the fields of which half the values are too low or too high."""
    for field in _measured(delivery.source):
        median, (low, high) = _median(delivery.valid.frame, field, LEAST_VALUES), MEDIANS.get(field, (0, 0))
        if median is not None and high and not low <= median <= high:
            said = "lager" if median < low else "hoger"
            text = f"de helft van de waarden is {said} dan aannemelijk: euro of cent, deel of procent?"
            yield Doubt(delivery.source.id, delivery.source.header_of(field.name), "mediaan", text)


def _of_birth_dates(delivery: Checked) -> Iterator[Doubt]:
    """Yield the birth dates of which hardly any day is higher than a month can be; a first day may mean unknown."""
    for field in (column.field for column in delivery.source.read if column.field.kind is Kind.BIRTH_DATE):
        day = field.col.dt.day()
        days = delivery.valid.frame.select(day.filter(day != 1)).to_series().drop_nulls()
        if len(days) >= LEAST_ROWS and _pct(int((days <= _FIRST_DAYS).sum()), len(days)) >= FIRST_DAYS_PCT:
            text = f"bijna geen dag is later dan de {_FIRST_DAYS}e: zijn dag en maand verwisseld?"
            yield Doubt(delivery.source.id, delivery.source.header_of(field.name), "dag_en_maand", text)


def _of_allocations(deliveries: Mapping[str, Checked]) -> list[Doubt]:
    """Return a doubt if too many claims are on no delivered allocation; none if either is not delivered."""
    if not {_ALLOCATIONS, _CLAIMS} <= deliveries.keys():
        return []
    allocated, claimed = (deliveries[name].valid.frame[TOEWIJZING_NUMMER.name] for name in (_ALLOCATIONS, _CLAIMS))
    share = _pct(len(claimed) - int(claimed.is_in(allocated.implode()).sum()), len(claimed))
    if len(claimed) < LEAST_ROWS or share <= UNALLOCATED_PCT:
        return []
    header = deliveries[_CLAIMS].source.header_of(TOEWIJZING_NUMMER.name)
    text = f"{share} % van de declaraties noemt een toewijzing die niet is geleverd (aannemelijk: {UNALLOCATED_PCT} %)"
    return [Doubt(_CLAIMS, header, "zonder_toewijzing", text)]


def doubts_beside(now: Shape, before: Shape, source: SourceSpec) -> list[Doubt]:
    """Return what of a delivery changed more since the one before than is plausible; nothing of a small one."""
    if before.rows < LEAST_ROWS:
        return []
    doubts = [
        _changed(source, "", name, part, whole)
        for name, part, whole in (("rijen", now.rows, before.rows), ("inwoners", now.persons, before.persons))
        if abs(part - whole) * 100 > ROWS_PCT * whole
    ]
    for name, share, earlier in _both(now.empty_pct, before.empty_pct):
        if abs(share - earlier) > SHARE_POINTS:
            text = f"{share} % van de cellen is leeg, en was {earlier} % (aannemelijk verschil: {SHARE_POINTS} punten)"
            doubts.append(Doubt(now.source, source.header_of(name), "lege_cellen", text))
    for name, share, earlier in _both(now.code_pct, before.code_pct):
        field, _, code = name.partition(" ")
        if abs(share - earlier) > SHARE_POINTS:
            text = (
                f"code {code} is {share} % van wat is ingevuld, en was {earlier} % (aannemelijk: {SHARE_POINTS} punten)"
            )
            doubts.append(Doubt(now.source, source.header_of(field), "verdeling", text))
    for name, median, earlier in _both(now.medians, before.medians):
        if min(median, earlier) > 0 and (median > FACTOR * earlier or earlier > FACTOR * median):
            text = f"het midden van de waarden is meer dan {FACTOR} keer zo hoog of zo laag als het was"
            doubts.append(Doubt(now.source, source.header_of(name), "mediaan", text))
    return doubts


def _both(now: Mapping[str, int], before: Mapping[str, int]) -> Iterator[tuple[str, int, int]]:
    """Yield what both have, by name."""
    for name, value in now.items():
        if name in before:
            yield name, value, before[name]


def _changed(source: SourceSpec, column: str, what: str, now: int, before: int) -> Doubt:
    text = f"het aantal {what} is {_pct(now, before)} % van dat van de vorige levering (grens: {ROWS_PCT} % verschil)"
    return Doubt(source.id, column, "aantal", text)
