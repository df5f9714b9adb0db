"""Statistic and subject of each column, and what rows may override.

Decided in this order: the column's own declaration, its name, the declaration of the table, and at last whether the
table is about persons at all.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from transforms.inspection.tables import words
from transforms.inspection.tables.model import Column, Given, Json, Override, Statistic, Subject
from transforms.inspection.tables.numerals import are_numbers, decimal_sign, numeral

UNIT_COLUMNS = ("unit", "eenheid")
STATISTIC_COLUMNS = ("statistic", "statistiek")
_REMARKS = re.compile(
    r"status|vlag|flag|obs status|opmerking(en)?|toelichting|notities?|voetnoot|bron|denominator|remarks?|notes?"
)

_INTERVALS = (("low", "high"), ("ten minste", "ten hoogste"))


@dataclass(frozen=True)
class Layout:
    """The role of each column of a table.

    Attributes:
        numbers: Names of the columns with numbers, in file order.
        decimal: The table's decimal sign, '' if it does not show.
    """

    given: Given
    fields: dict[str, Json]
    first: str
    numbers: tuple[str, ...]
    unit: str | None
    statistic: str | None
    decimal: str

    @property
    def texts(self) -> tuple[str, ...]:
        """Columns of words that may name a row; remarks and units do not."""
        used = {*self.numbers, self.unit, self.statistic}
        names = (name for name in self.given.frame.columns if name not in used)
        return tuple(name for name in names if name == self.first or not _REMARKS.fullmatch(words.normalise(name)))

    @property
    def title(self) -> str:
        parts = (str(self.given.resource.get(key) or "") for key in ("title", "description", "population"))
        return " ".join((self.given.name, *parts)).strip()

    def values(self, name: str) -> list[str | None]:
        return self.given.frame[name].to_list()


def read_layout(given: Given) -> Layout:
    """Find the number columns; the first column always names the row."""
    names = given.frame.columns
    fields = _fields(given.resource)
    signs = {str(field["decimalChar"]) for field in fields.values() if field.get("decimalChar")}
    decimal = signs.pop() if len(signs) == 1 else ""
    decimal = decimal or decimal_sign(text for name in names[1:] for text in given.frame[name])
    unit, statistic = _one_of(names[1:], UNIT_COLUMNS), _one_of(names[1:], STATISTIC_COLUMNS)
    numbers = tuple(
        name
        for name in names[1:]
        if name not in {unit, statistic, *_bounds(names)}
        and _is_number_column(name, given, fields.get(name, {}), decimal)
    )
    return Layout(given, fields, names[0], numbers, unit, statistic, decimal)


def columns(layout: Layout) -> tuple[Column, ...]:
    """Return every number column with its statistic, subject and denominator."""
    context = _is_about_persons(layout)
    return tuple(_column(name, layout, context) for name in layout.numbers)


def by_unit(unit: str, named: Statistic | None = None) -> tuple[Statistic, Subject]:
    """Return statistic and subject by a unit.

    'personen' is a count of persons, 'procent van budget' a percentage of things. A unit that is given but unknown is
    not persons. A name may make it a mean or a percentage.
    """
    if words.is_measure(unit):
        is_share = bool({"%", "procent", "percent", "pct", "percentage"} & set(words.tokens(unit)))
        return named or (Statistic.PERCENTAGE if is_share else Statistic.OTHER), words.measured_subject(unit)
    subject = words.subject_of(unit)
    if named in (Statistic.PERCENTAGE, Statistic.MEAN) or (named and subject is not Subject.PERSONS):
        return named, subject
    return Statistic.COUNT, subject if subject is not Subject.UNKNOWN else Subject.THINGS


def _column(name: str, layout: Layout, context: bool) -> Column:
    """Return one number column."""
    field = layout.fields.get(name, {})
    statistic, subject, override = _kind(name, field, layout, context)
    declared = words.declared_statistic(field.get("statistic"))
    if declared is not None and not (declared in (Statistic.COUNT, Statistic.SUM) and statistic is Statistic.OTHER):
        statistic = declared
    if declared is Statistic.SUM and subject is Subject.PERSONS and not words.is_measure(str(field.get("unit") or "")):
        statistic = Statistic.COUNT  # a sum of persons is a count
    elif declared is Statistic.SUM:
        statistic = Statistic.SUM
    return Column(name, statistic, subject, override, _denominator(field, layout), declared is not None)


def _kind(name: str, field: Json, layout: Layout, context: bool) -> tuple[Statistic, Subject, Override]:
    """Return statistic, subject and override of a column by its unit, its name, or its context."""
    unit, table_unit = str(field.get("unit") or ""), str(layout.given.resource.get("unit") or "")
    named = None if _is_scale(layout.numbers) else words.named_statistic(name)
    if words.is_percentile(name, layout.numbers) and words.is_generic(unit):
        return Statistic.OTHER, Subject.UNKNOWN, Override.NOTHING
    if not words.is_generic(unit):
        statistic, subject = by_unit(unit, named)
        is_persons = subject is Subject.PERSONS and statistic is Statistic.COUNT
        override = Override.NAME if words.is_mixed(unit) else Override.UNIT if is_persons else Override.NOTHING
        return statistic, subject, override
    if (words.is_measure(name) and not words.is_class(name)) or named:
        statistic = named or by_unit(name)[0]
        return statistic, _subject_of_measure(name, table_unit), Override.NOTHING
    return _kind_of_count(name, field, layout, context)


def _kind_of_count(name: str, field: Json, layout: Layout, context: bool) -> tuple[Statistic, Subject, Override]:
    """Return the kind of a column without unit or statistic, by its name, its table, or the context."""
    table_unit = str(layout.given.resource.get("unit") or "")
    subject = Subject.UNKNOWN if words.is_class(name) else words.subject_of(name)
    if subject is not Subject.UNKNOWN:
        return Statistic.COUNT, subject, Override.UNIT if subject is Subject.PERSONS else Override.NOTHING
    if not words.is_generic(table_unit):
        return *by_unit(table_unit), Override.NAME
    is_counted = words.has_generic(name) or words.declared_statistic(field.get("statistic")) is Statistic.COUNT
    if not _are_whole(name, layout):
        return Statistic.OTHER, Subject.UNKNOWN, Override.UNIT
    return Statistic.COUNT, Subject.PERSONS if is_counted or context else Subject.UNKNOWN, Override.NAME


def _subject_of_measure(name: str, table_unit: str) -> Subject:
    """Return the subject of a mean, percentage, extreme or amount.

    A table of persons has statistics of persons.
    """
    subject = next(
        (subject for part in words.tokens(name) if (subject := _person_or_core(part)) is not Subject.UNKNOWN), None
    )
    if subject:
        return subject
    return words.measured_subject(table_unit) if words.is_measure(table_unit) else words.subject_of(table_unit)


def _person_or_core(word: str) -> Subject:
    """Return whether a word names persons or things."""
    if word in words.PERSONS:
        return Subject.PERSONS
    return Subject.THINGS if word in words.THINGS and word not in words.MEASURES else Subject.UNKNOWN


def _is_scale(names: Sequence[str]) -> bool:
    """Return whether the columns are a scale: laag, midden, hoog are categories, and no extremes."""
    return bool(
        {"midden", "middel", "gemiddelden", "middelbaar"} & {word for name in names for word in words.tokens(name)}
    )


def _bounds(names: Sequence[str]) -> set[str]:
    """Return the columns with the interval of a protected count, which stand beside a status and count nobody."""
    plain = {words.normalise(name): name for name in names}
    pairs = (pair for pair in _INTERVALS if {"status", *pair} <= plain.keys())
    return {plain[name] for pair in pairs for name in pair}


def _is_about_persons(layout: Layout) -> bool:
    """Return whether numbers without any description count persons.

    The title says so, or the rows are kinds of persons, or it is a cross table with totals both ways and nothing says
    that it is about something else.
    """
    subject = words.subject_of(layout.title)
    if subject is Subject.PERSONS or any(
        words.PERSON_DIMENSIONS.search(words.normalise(name)) for name in layout.texts
    ):
        return True
    # A file is often named after its rows: wijken.csv may count women, and then its columns say so.
    if subject is Subject.THINGS:
        return any(words.subject_of(name) is Subject.PERSONS for name in layout.numbers)
    rows = [str(label or "") for label in layout.values(layout.first)]
    if words.speaks_of_things(layout.title, *rows):
        return False
    return any(map(words.is_total, rows)) and any(map(words.is_total, layout.numbers)) and len(layout.numbers) > 2


def _are_whole(name: str, layout: Layout) -> bool:
    """Return whether all numbers of a column are whole."""
    numbers = [numeral(text, layout.decimal) for text in layout.values(name)]
    return all(number is None or number.value == round(number.value) for number in numbers)


def _is_number_column(name: str, given: Given, field: Json, decimal: str) -> bool:
    """Return whether a column holds numbers, by its declaration or its values."""
    declared = words.declared_statistic(field.get("statistic"))
    if declared is not None:
        return declared is not Statistic.TEXT
    if field.get("categories") or str(field.get("type") or "any") in ("string", "date", "boolean"):
        return bool(field.get("unit")) and are_numbers(given.frame[name].to_list(), decimal)
    values = given.frame[name].to_list()
    # 'trede 1' is a category with counts below it; 'trede' holds categories.
    is_dimension = words.PERSON_DIMENSIONS.search(words.normalise(name)) and not any(map(str.isdigit, name))
    is_dimension = is_dimension and not words.named_statistic(name)
    if is_dimension and len(set(values)) < len(values):
        return False
    return bool(field.get("unit")) or are_numbers(values, decimal)


def _fields(resource: Json) -> dict[str, Json]:
    """Return the declared fields by name."""
    schema = resource.get("schema")
    fields = schema.get("fields", []) if isinstance(schema, dict) else []
    return {str(field.get("name")): field for field in fields if isinstance(field, dict)}


def _one_of(names: Sequence[str], accepted: Sequence[str]) -> str | None:
    """Return the first column with one of these names."""
    return next((name for name in names if words.normalise(name) in accepted), None)


def _denominator(field: Json, layout: Layout) -> str | float | None:
    """Return the declared denominator: a column of the table, or a number, also in words ('ongeveer 300')."""
    declared: Any = next(
        (place[key] for place in (field, layout.given.resource) for key in ("denominator", "noemer") if place.get(key)),
        None,
    )
    if declared is None or isinstance(declared, bool):
        return None
    if isinstance(declared, int | float):
        return float(declared)
    by_name = {words.normalise(name): name for name in layout.given.frame.columns}
    if words.normalise(str(declared)) in by_name:
        return by_name[words.normalise(str(declared))]
    number = re.search(r"\d[\d.,]*", str(declared))
    read = numeral(number[0].rstrip(".,")) if number else None
    return read.value if read else None
