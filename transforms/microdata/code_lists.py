"""Code lists of a file of persons.

They declare order, hierarchy, impossible combinations, and the changes of categories since earlier lists.

```toml
[wijk]
values = ["A", "B", "C", "D", "E"]      # all categories, in order
[wijk.was]                              # only for categories of earlier lists that changed
D = ["D", "E"]                          # D was split
F = ["A"]                               # F was merged into A

[buurt.determines.wijk]                 # every neighbourhood lies in one district
BU01 = "A"

[[impossible]]                          # nobody can be in all of these
geslacht = ["m"]
zwanger = ["ja"]
```
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product

import polars as pl

from schemas.errors import CodesUnusable
from schemas.specs import TOTAAL

_IMPOSSIBLE = "impossible"

Values = tuple[str, ...]


@dataclass(frozen=True)
class CodeLists:
    """Declarations about the categories of columns, by name of the column.

    Attributes:
        values: All categories in order.
        was: Present categories of each category of an earlier list that changed.
        determines: Per pair of columns, fine and coarse, the coarse category of each fine one.
        impossible: Combinations of categories that nobody can be in.
    """

    values: Mapping[str, Values] = field(default_factory=dict)
    was: Mapping[str, Mapping[str, Values]] = field(default_factory=dict)
    determines: Mapping[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)
    impossible: tuple[Mapping[str, Values], ...] = ()

    @property
    def columns(self) -> set[str]:
        pairs = {name for pair in self.determines for name in pair}
        return {*self.values, *pairs, *(name for combination in self.impossible for name in combination)}

    def named(self, column: str) -> set[str]:
        """Return the categories of a column that the lists name, whether or not anybody is in them."""
        fine = {value for pair, texts in self.determines.items() if pair[0] == column for value in texts}
        coarse = {value for pair, texts in self.determines.items() if pair[1] == column for value in texts.values()}
        return {*self.values.get(column, ()), *fine, *coarse}


def read_code_lists(text: str) -> CodeLists:
    """Read the code lists of a TOML file.

    Raises:
        CodesUnusable: It is no TOML, or holds something that is not understood.
    """
    declared = _parse(text)
    impossible = declared.pop(_IMPOSSIBLE, [])
    if not isinstance(impossible, list) or not all(
        isinstance(combination, dict) and len(combination) > 1 for combination in impossible
    ):
        raise CodesUnusable("[[impossible]] names two columns or more, each with a list of categories")
    tables = {name: _table(name, content) for name, content in declared.items()}
    for name, table in tables.items():
        if unknown := table.keys() - {"values", "was", "determines"}:
            raise CodesUnusable(f"[{name}] has {sorted(unknown)[0]}, which is not known")
    pairs = [(name, coarse, texts) for name, table in tables.items() for coarse, texts in _pairs(name, table)]
    if any(coarse == name or not texts for name, coarse, texts in pairs):
        raise CodesUnusable("something determines itself, or nothing")
    if lists := [name for name, table in tables.items() if "was" in table and "values" not in table]:
        raise CodesUnusable(f"[{lists[0]}.was] needs the values of [{lists[0]}]")
    return CodeLists(
        {name: _values(name, table["values"]) for name, table in tables.items() if "values" in table},
        {name: _lists(f"{name}.was", table["was"]) for name, table in tables.items() if "was" in table},
        {(name, coarse): _texts(f"{name}.determines.{coarse}", texts) for name, coarse, texts in pairs},
        tuple(_lists(_IMPOSSIBLE, combination) for combination in impossible),
    )


def impossible_combinations(lists: CodeLists, categories: Mapping[str, Values]) -> list[pl.DataFrame]:
    """Return the possible combinations per declaration of impossible ones.

    Raises `CodesUnusable` if a declaration names an unknown column or category.
    """
    possible = []
    for excluded in lists.impossible:
        if any(not {*values} <= {*categories[name]} for name, values in excluded.items()):
            raise CodesUnusable("[[impossible]] names a column or category that is nowhere else")
        every = product(*(categories[name] for name in excluded))
        rows = [row for row in every if not all(v in excluded[n] for n, v in zip(excluded, row, strict=True))]
        possible.append(pl.DataFrame(rows, schema=dict.fromkeys(excluded, pl.String), orient="row"))
    return possible


def _parse(text: str) -> dict[str, object]:
    """Return the content of a TOML file.

    Raises `CodesUnusable` without any of it.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        pass
    raise CodesUnusable("it is no TOML")


def _pairs(name: str, table: dict[str, object]) -> list[tuple[str, object]]:
    """Return the columns that one column determines, each with its declaration."""
    return list(_table(f"{name}.determines", table.get("determines", {})).items())


def _table(name: str, content: object) -> dict[str, object]:
    """Return content that is a table, or raise."""
    if not isinstance(content, dict):
        raise CodesUnusable(f"{name} is no table")
    return content


def _values(name: str, listed: object) -> Values:
    """Return a list of categories, or raise."""
    if not isinstance(listed, list) or not listed or not all(isinstance(value, str) for value in listed):
        raise CodesUnusable(f"{name} holds something else than a list of categories in quotes")
    if any(value.casefold() == TOTAAL for value in listed):
        raise CodesUnusable(f"{name} has 'totaal', which is the name of the margin")
    if len(set(listed)) < len(listed):
        raise CodesUnusable(f"{name} names a category twice")
    return tuple(listed)


def _lists(name: str, content: object) -> dict[str, Values]:
    """Return a list of categories per key."""
    return {str(key): _values(f"{name}.{key}", listed) for key, listed in _table(name, content).items()}


def _texts(name: str, content: object) -> dict[str, str]:
    """Return a category per key, or raise."""
    table = _table(name, content)
    if not all(isinstance(text, str) for text in table.values()):
        raise CodesUnusable(f"{name} gives something else than one category in quotes for each")
    return {str(key): str(text) for key, text in table.items()}
