"""Our own engine on the same file, in the same shape as the others."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product

import numpy as np
import polars as pl

from schemas.codes import Code, CodeList
from schemas.names import STATUS, SUPPRESSED
from schemas.profiles import STANDAARD
from schemas.specs import Dimension, DisclosureProfile, Profile, TableSpec
from schemas.states import Counted
from tests.oracles.shape import LARGE, Kolom, counts
from tests.oracles.tauargus import Pattern, cpu_seconds
from transforms.disclosure import protect
from transforms.disclosure.suppression.task import EFFORT, OPTIMAL

PEER = replace(STANDAARD, pooled=0)
"""What a peer can promise: it knows no attacker who is in a cell himself."""


def ours(
    persons: Mapping[str, Sequence[str]],
    kolommen: Sequence[Kolom] = LARGE,
    profile: Profile = PEER,
    effort: float = EFFORT,
) -> Pattern:
    """Protect one table, its attack and audit included."""
    table = counts(persons, kolommen)
    counted = _counted(table, kolommen)
    before = cpu_seconds()
    protected = protect([counted], profile, effort)
    seconds = cpu_seconds() - before
    hidden = protected.released[0].frame.get_column(STATUS) == SUPPRESSED
    return Pattern(hidden.to_numpy().reshape(table.shape), seconds, protected.suppression.status == OPTIMAL)


def _counted(table: np.ndarray, kolommen: Sequence[Kolom]) -> Counted:
    spec = TableSpec("T01", "", "", tuple(map(_dimension, kolommen)), disclosure=DisclosureProfile(margin_factor=1))
    cells = product(*(dimension.levels for dimension in spec.dimensions))
    names = dict.fromkeys((kolom.name for kolom in kolommen), pl.String)
    frame = pl.DataFrame(list(cells), schema=names, orient="row")
    return Counted(frame.with_columns(aantal=pl.Series(table.ravel(), dtype=pl.Int64)), spec)


def _dimension(kolom: Kolom) -> Dimension:
    codes = CodeList(
        id=kolom.name, codes=tuple(Code(code=value, label=value) for value in kolom.categories), source="test"
    )
    return Dimension(name=kolom.name, title=kolom.name, codes=codes)
