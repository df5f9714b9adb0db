"""Two counts of different tables, one of which lies in the other: their difference is a count of persons, too."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import product

import polars as pl
import pytest

from schemas.errors import DisclosureFailure
from schemas.profiles import STANDAARD
from schemas.specs import TOTAAL, Dimension, TableSpec
from schemas.states import Counted, Released
from tests.builders.releases import dimension_of
from transforms.disclosure import audit, protect

OUTSIDER = replace(STANDAARD, pooled=0)
LAW, AGE, STEP = (dimension_of(name, values) for name, values in (("law", "pw"), ("age", "yo"), ("step", "kl")))
SPECS = [TableSpec(f"T{number}", "", "", pair) for number, pair in enumerate(((STEP, LAW), (STEP, AGE), (AGE, LAW)))]

Joint = Mapping[tuple[str, str, str], int]
"""Persons per step, law and age. Nobody who is old ("o") is under the law "p"."""

FEW = {("k", "w", "o"): 12, ("k", "w", "y"): 3, ("k", "p", "y"): 40, ("l", "w", "o"): 30, ("l", "w", "y"): 25,
       ("l", "p", "y"): 50}  # fmt: skip
MANY = {**FEW, ("k", "w", "y"): 14}


def counted(joint: Joint) -> list[Counted]:
    tables = []
    for spec in SPECS:
        rows = [
            (*levels, _count(joint, spec.dimensions, levels))
            for levels in product(*(d.levels for d in spec.dimensions))
        ]
        names = [dimension.name for dimension in spec.dimensions]
        tables.append(Counted(pl.DataFrame(rows, schema=[*names, "aantal"], orient="row"), spec))
    return tables


def _count(joint: Joint, dimensions: tuple[Dimension, ...], levels: tuple[str, ...]) -> int:
    wanted = {one.name: level for one, level in zip(dimensions, levels, strict=True) if level != TOTAAL}
    return sum(
        persons
        for cell, persons in joint.items()
        if all(dict(zip(("step", "law", "age"), cell, strict=True))[name] == level for name, level in wanted.items())
    )


def shown(joint: Joint) -> list[Released]:
    value = pl.col("aantal")
    return [
        Released(
            one.frame.select(pl.exclude("aantal"), value=value, status=pl.lit("A"), low=value, high=value), one.spec
        )
        for one in counted(joint)
    ]


def test_no_cell_is_small_but_the_difference_is():
    """On step k, 15 are under law w, and 12 are old; as no old one is under p, 3 of the 15 are young."""
    assert min(row[-1] for table in counted(FEW) for row in table.frame.rows() if row[-1]) >= 10
    with pytest.raises(DisclosureFailure, match="of a larger count"):
        audit(shown(FEW), STANDAARD)
    assert audit(shown(MANY), STANDAARD).suppressed == 0


def test_the_difference_is_protected():
    protected = protect(counted(FEW), OUTSIDER)
    assert protected.audit.suppressed > 0
    step_law, step_age, _ = protected.released
    fifteen = step_law.frame.filter(step="k", law="w")["value"].item()
    twelve = step_age.frame.filter(step="k", age="o")["value"].item()
    assert fifteen is None or twelve is None
    assert protect(counted(MANY), OUTSIDER).audit.suppressed == 0


def test_nothing_follows_when_some_old_ones_are_under_the_other_law():
    """The 12 need not lie in the 15 then."""
    mixed = {**FEW, ("k", "p", "o"): 11, ("l", "p", "o"): 11}
    assert audit(shown(mixed), STANDAARD).suppressed == 0
