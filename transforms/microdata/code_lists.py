"""Read the code lists of a file of persons: order, hierarchy, what cannot exist, and what categories were before.

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
    """What is declared of the categories of columns, by name of the column.

    Attributes:
        values: All categories in order.
        was: Per category of an earlier list those that it is now, if it changed.
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
        return {*self.values, *pairs, *(name for one in self.impossible for name in one)}


def read_code_lists(text: str) -> CodeLists:
    """The code lists of a TOML file.

    Raises:
        CodesUnusable: It is no TOML, or says something that is not understood.
    """
    declared = _parsed(text)
    impossible = declared.pop(_IMPOSSIBLE, [])
    if not isinstance(impossible, list) or not all(isinstance(one, dict) and len(one) > 1 for one in impossible):
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
        tuple(_lists(_IMPOSSIBLE, one) for one in impossible),
    )


def impossible_combinations(lists: CodeLists, categories: Mapping[str, Values]) -> list[pl.DataFrame]:
    """Per declaration of what cannot exist, the combinations that can."""
    found = []
    for excluded in lists.impossible:
        if any(not {*values} <= {*categories[name]} for name, values in excluded.items()):
            raise CodesUnusable("[[impossible]] names a column or category that is nowhere else")
        every = product(*(categories[name] for name in excluded))
        rows = [row for row in every if not all(v in excluded[n] for n, v in zip(excluded, row, strict=True))]
        found.append(pl.DataFrame(rows, schema=dict.fromkeys(excluded, pl.String), orient="row"))
    return found


def _parsed(text: str) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        pass
    raise CodesUnusable("it is no TOML")


def _pairs(name: str, table: dict[str, object]) -> list[tuple[str, object]]:
    """Per column that one determines, what it says of it."""
    return list(_table(f"{name}.determines", table.get("determines", {})).items())


def _table(name: str, content: object) -> dict[str, object]:
    if not isinstance(content, dict):
        raise CodesUnusable(f"{name} is no table")
    return content


def _values(name: str, listed: object) -> Values:
    if not isinstance(listed, list) or not listed or not all(isinstance(one, str) for one in listed):
        raise CodesUnusable(f"{name} holds something else than a list of categories in quotes")
    if any(one.casefold() == TOTAAL for one in listed):
        raise CodesUnusable(f"{name} has 'totaal', which is the name of the margin")
    if len(set(listed)) < len(listed):
        raise CodesUnusable(f"{name} names a category twice")
    return tuple(listed)


def _lists(name: str, content: object) -> dict[str, Values]:
    return {str(key): _values(f"{name}.{key}", listed) for key, listed in _table(name, content).items()}


def _texts(name: str, content: object) -> dict[str, str]:
    table = _table(name, content)
    if not all(isinstance(one, str) for one in table.values()):
        raise CodesUnusable(f"{name} gives something else than one category in quotes for each")
    return {str(key): str(one) for key, one in table.items()}
