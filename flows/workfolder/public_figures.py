"""What others publish of the residents, declared once in the work folder: `openbaar.toml`."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from itertools import product
from math import prod
from pathlib import Path
from typing import Any

from flows.workfolder.declarations import parse_declaration, read_declaration
from flows.workfolder.files import write_private
from flows.workfolder.home import Home
from schemas.errors import PublicFiguresUnusable
from schemas.specs import TOTAAL, Dimension, Profile, Subtotal, TableSpec
from schemas.specs.public import PublicStatistic
from schemas.tables.dimensions import IN_STOCK
from schemas.tables.question import ASKABLE, POPULATIONS
from transforms.requests.request import is_sentence

_STATISTIC = "statistiek"
_MOST_CELLS, _MOST = 2_000, 1_000_000
_LONGEST_TEXT = 200
_ORDER = ("titel", "bron", "peildatum", "populatie", "dimensies", "afgerond_op", "marge", "aantallen")
_KEYS = set(_ORDER)
_NUMBER = "aantal"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_BENEFITS = "CBS StatLine, bijstandsuitkeringen, nummer van de tabel te bevestigen"
_WMO = "CBS StatLine, Wmo-cliënten, nummer van de tabel te bevestigen"
_AGES = [["<27"], ["27-44"], ["45-54"], ["55-65"], ["66+"]]
_SEXES = [["1"], ["2"]]
_DIMENSIONS = {entry.dimension.name: entry.dimension for entry in ASKABLE if not entry.dimension.multiple}


def pin_public(home: Home, declaration: Path) -> tuple[PublicStatistic, ...]:
    """Keep a declaration in the work folder in the place of an earlier one.

    Raises:
        PublicFiguresUnusable: It cannot be read.
    """
    content = read_declaration(declaration, PublicFiguresUnusable)
    statistics = parse_public(content)
    write_private(home.public, content)
    return statistics


def with_public(home: Home, profile: Profile, peildatum: date) -> Profile:
    """Return a profile with the statistics of its day; a part of the file goes without those of the whole municipality.

    Raises:
        PublicFiguresUnusable: The declaration in the work folder cannot be read.
    """
    if not home.public.exists():
        return profile
    statistics = parse_public(read_declaration(home.public, PublicFiguresUnusable))
    used = tuple(statistic for statistic in statistics if statistic.peildatum == peildatum and profile.part is None)
    return replace(profile, public=used)


def parse_public(content: bytes) -> tuple[PublicStatistic, ...]:
    """Return the statistics of a declaration; raises `PublicFiguresUnusable`, which names no figure."""
    declaration = parse_declaration(content, PublicFiguresUnusable)
    records = declaration.get(_STATISTIC)
    if declaration.keys() == {_STATISTIC} and isinstance(records, list) and records:
        return statistics_of(records)
    raise PublicFiguresUnusable(f"holds something else than tables that begin with [[{_STATISTIC}]], or nothing")


def statistics_of(records: Sequence[Any]) -> tuple[PublicStatistic, ...]:
    """Return the statistics of these records, which are as `records_of` gives them; raises `PublicFiguresUnusable`."""
    return tuple(_statistic(record, place) for place, record in enumerate(records, start=1))


def records_of(statistics: Iterable[PublicStatistic]) -> list[dict[str, Any]]:
    """Return statistics as they are declared, for JSON or TOML."""
    return [
        {
            "titel": statistic.title,
            "bron": statistic.source,
            "peildatum": statistic.peildatum.isoformat(),
            "populatie": next(
                name for name, fixed in POPULATIONS.items() if statistic.spec.population == (IN_STOCK, *fixed)
            ),
            "dimensies": [dimension.name for dimension in statistic.spec.dimensions],
            "afgerond_op": statistic.rounding,
            "marge": statistic.margin,
            "aantallen": [
                {
                    **{
                        dimension.name: list(dimension.parts(level))
                        for dimension, level in zip(statistic.spec.dimensions, levels, strict=True)
                        if level != TOTAAL
                    },
                    _NUMBER: value,
                }
                for levels, value in zip(_cells(statistic.spec.dimensions), statistic.values, strict=True)
                if value is not None
            ],
        }
        for statistic in statistics
    ]


def toml_of(records: Iterable[Mapping[str, Any]]) -> str:
    """Return records as a declaration."""
    lines = []
    for record in records:
        lines += [f"[[{_STATISTIC}]]", *(f"{key} = {_toml(record[key])}" for key in _ORDER if key != "aantallen")]
        cells = (", ".join(f"{key} = {_toml(value)}" for key, value in cell.items()) for cell in record["aantallen"])
        lines += ["aantallen = [", *(f"  {{{cell}}}," for cell in cells), "]", ""]
    return "\n".join(lines)


def _toml(value: object) -> str:
    """Return a value as TOML; text and lists of it are written as in JSON, and a day as a date."""
    return str(value) if isinstance(value, str) and _DAY.fullmatch(value) else json.dumps(value, ensure_ascii=False)


TEMPLATE: tuple[Mapping[str, Any], ...] = tuple(
    {
        "titel": title,
        "bron": source,
        "peildatum": "2019-07-01",
        "populatie": population,
        "dimensies": [dimension],
        "afgerond_op": rounding,
        "marge": 0,
        "aantallen": [{dimension: categories, _NUMBER: "vul in"} for categories in listed],
    }
    for title, source, population, dimension, rounding, listed in (
        ("Personen met bijstand naar leeftijd", _BENEFITS, "pwet_totaal", "leeftijdsklasse", 10, _AGES),
        ("Personen met bijstand naar geslacht", _BENEFITS, "pwet_totaal", "geslacht", 10, _SEXES),
        ("Personen met Wmo-maatwerk naar leeftijd", _WMO, "wmo_totaal", "leeftijdsklasse", 5, _AGES),
        ("Personen met Wmo-maatwerk naar geslacht", _WMO, "wmo_totaal", "geslacht", 5, _SEXES),
    )
)
"""Tables of CBS that a municipality fills in. Which categories and roundings StatLine has is to be confirmed."""


def _statistic(record: object, number: int) -> PublicStatistic:
    """Return one statistic; `number` counts from 1, in the order of the declaration."""
    if not isinstance(record, dict):
        raise PublicFiguresUnusable(f"has something that is no table in place {number}")
    if record.keys() - _KEYS:
        raise PublicFiguresUnusable(f"has another key than {', '.join(_ORDER)} in table {number}")
    if missing := [key for key in _ORDER if key not in record and key != "marge"]:
        raise PublicFiguresUnusable(f"lacks {', '.join(missing)} in table {number}")
    title, source = (_text(record[key], key, number) for key in ("titel", "bron"))
    if not isinstance(record["populatie"], str) or record["populatie"] not in POPULATIONS:
        raise PublicFiguresUnusable(f"counts no declared populatie ({', '.join(POPULATIONS)}) in table {number}")
    names = record["dimensies"]
    if not isinstance(names, list) or not 1 <= len(names) <= 3 or len({*map(str, names)}) < len(names):
        raise PublicFiguresUnusable(f"has no list of one to three dimensies in table {number}")
    if any(not isinstance(name, str) or name not in _DIMENSIONS for name in names):
        raise PublicFiguresUnusable(f"has another dimensie than {', '.join(_DIMENSIONS)} in table {number}")
    figures = _figures(record["aantallen"], [_DIMENSIONS[name] for name in names], number)
    dimensions = tuple(_shown(_DIMENSIONS[name], [levels[name] for levels, _ in figures]) for name in names)
    rounding = _whole(record["afgerond_op"], "afgerond_op", f"table {number}", least=1)
    values = _values(figures, dimensions, rounding, number)
    if (cells := prod(len(dimension.levels) for dimension in dimensions)) > _MOST_CELLS:
        raise PublicFiguresUnusable(f"has more than {_MOST_CELLS} cells in table {number}: {cells}")
    population = (IN_STOCK, *POPULATIONS[record["populatie"]])
    return PublicStatistic(
        title=title,
        source=source,
        peildatum=_day(record["peildatum"], number),
        spec=TableSpec(f"P{number:02}", title, "", dimensions, population),
        values=tuple(values.get(cell) for cell in _cells(dimensions)),
        rounding=rounding,
        margin=_whole(record.get("marge", 0), "marge", f"table {number}"),
    )


def _values(
    figures: Sequence[tuple[Mapping[str, frozenset[str]], int]],
    dimensions: Sequence[Dimension],
    rounding: int,
    number: int,
) -> dict[tuple[str, ...], int]:
    """Return the figure per cell; refuse one that is no multiple, and a cell that has two."""
    values: dict[tuple[str, ...], int] = {}
    for place, (levels, value) in enumerate(figures, start=1):
        if value % rounding:
            raise PublicFiguresUnusable(f"has a figure that is no multiple of afgerond_op: {place} of table {number}")
        cell = tuple(_code(dimension, levels[dimension.name]) for dimension in dimensions)
        if cell in values:
            raise PublicFiguresUnusable(f"gives a cell twice, with figure {place} of table {number}")
        values[cell] = value
    return values


def _figures(
    listed: object, dimensions: Sequence[Dimension], number: int
) -> list[tuple[dict[str, frozenset[str]], int]]:
    """Return per figure the categories that it adds up, per dimension, and its value."""
    if not isinstance(listed, list) or not listed:
        raise PublicFiguresUnusable(f"has no aantallen in table {number}")
    figures = []
    allowed = {_NUMBER, *(dimension.name for dimension in dimensions)}
    for place, entry in enumerate(listed, start=1):
        where = f"figure {place} of table {number}"
        if not isinstance(entry, dict) or _NUMBER not in entry or entry.keys() - allowed:
            raise PublicFiguresUnusable(f"has no {_NUMBER}, or another dimensie than the table, in {where}")
        levels = {dimension.name: _categories(entry, dimension, where) for dimension in dimensions}
        figures.append((levels, _whole(entry[_NUMBER], _NUMBER, where)))
    return figures


def _categories(entry: Mapping[str, Any], dimension: Dimension, where: str) -> frozenset[str]:
    """Return the categories of a figure; all of them where it names none."""
    if dimension.name not in entry:
        return frozenset(dimension.codes.values)
    named = entry[dimension.name]
    categories = [named] if isinstance(named, str) else named
    if not isinstance(categories, list) or not categories or not {*map(str, categories)} <= {*dimension.codes.values}:
        raise PublicFiguresUnusable(
            f"has another {dimension.name} than {', '.join(dimension.codes.values)} in {where}; for all, leave it out"
        )
    return frozenset(map(str, categories))


def _shown(dimension: Dimension, used: Iterable[frozenset[str]]) -> Dimension:
    """Return a dimension that shows these sets of categories, and its total."""
    everything = frozenset(dimension.codes.values)
    sets = dict.fromkeys(parts for parts in used if parts != everything)
    subtotals = tuple(
        Subtotal(code=_code(dimension, parts), label="", parts=tuple(v for v in dimension.codes.values if v in parts))
        for parts in sets
        if len(parts) > 1
    )
    shown = tuple(_code(dimension, parts) for parts in sets)
    return replace(dimension, subtotals=subtotals, shown=shown or dimension.codes.values)


def _code(dimension: Dimension, parts: frozenset[str]) -> str:
    """Return the level of a set of categories."""
    if parts == frozenset(dimension.codes.values):
        return TOTAAL
    return " + ".join(value for value in dimension.codes.values if value in parts)


def _cells(dimensions: Sequence[Dimension]) -> Iterable[tuple[str, ...]]:
    """Return the cells of a table of these dimensions, in order."""
    return product(*(dimension.levels for dimension in dimensions))


def _text(value: object, key: str, number: int) -> str:
    """Return a title or source, which is printed in dossier and manifest."""
    if not isinstance(value, str) or len(value) > _LONGEST_TEXT or not is_sentence(value):
        raise PublicFiguresUnusable(
            f"has no {key} in table {number} of at most {_LONGEST_TEXT} letters, digits and signs of a sentence"
        )
    return value


def _whole(value: object, key: str, where: str, least: int = 0) -> int:
    """Return a whole number from `least` on."""
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= _MOST:
        raise PublicFiguresUnusable(
            f"has no whole number from {least} to {_MOST}, without quotes or point, under {key} in {where}"
        )
    return value


def _day(value: object, number: int) -> date:
    """Return the day of a statistic: a date in TOML, text in JSON."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    with suppress(ValueError):
        if isinstance(value, str) and _DAY.fullmatch(value):
            return date.fromisoformat(value)
    raise PublicFiguresUnusable(f"has no date under peildatum in table {number}")
