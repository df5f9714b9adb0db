"""Who is in which delivery, and who is left out: by pseudonym, forward only. Nothing here decodes a pseudonym."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

import polars as pl

from schemas.fields import BSN
from schemas.names import PERSOON_ID
from schemas.rights import INDEX, LEVERING, QUARANTAINE, RECHT, REGISTER, RIJEN, SINDS, Right
from schemas.specs import SourceSpec
from schemas.states import Delivered, Identified
from transforms.intake.contract import Checked
from transforms.intake.delivery import PERSONS, ROW_NUMBER, read_delivery, without_lines
from transforms.persons.pseudonymise import PseudonymKey, encode, translate

Rows = TypeVar("Rows", Delivered, Identified)


def enter_person(register: pl.DataFrame, pseudonym: bytes, right: Right, day: date) -> pl.DataFrame:
    """The register with a person in it; who was in it for that right stays as of the first day."""
    row = pl.DataFrame({PERSOON_ID: [pseudonym], RECHT: [right.value], SINDS: [day]}, schema=REGISTER)
    both = pl.concat([register, row]).sort(PERSOON_ID, RECHT, SINDS)
    return both.unique([PERSOON_ID, RECHT], keep="first", maintain_order=True)


def rights_of(register: pl.DataFrame, pseudonym: bytes) -> list[tuple[Right, date]]:
    """For which rights a person is left out, and since when; in order of right."""
    rows = register.filter(pl.col(PERSOON_ID) == pseudonym).sort(RECHT)
    return [(Right(right), day) for right, day in rows.select(RECHT, SINDS).iter_rows()]


def lift_exclusion(register: pl.DataFrame, pseudonym: bytes, right: Right) -> pl.DataFrame:
    """The register without a person for one right."""
    return register.filter((pl.col(PERSOON_ID) != pseudonym) | (pl.col(RECHT) != right.value))


def translate_register(register: pl.DataFrame, *, old: PseudonymKey, new: PseudonymKey) -> pl.DataFrame:
    """The register under the next version of its key; raises `ForeignPseudonym` as `translate`."""
    return register.with_columns(translate(register[PERSOON_ID], old=old, new=new)).sort(PERSOON_ID, RECHT)


def registered_bsns(delivered: Delivered, register: pl.DataFrame, key: PseudonymKey) -> pl.Series:
    """BSNs of nine digits in a delivery, as text, that are in the register.

    Args:
        key: Of the register, not of the run.
    """
    bsns = delivered.frame[PERSONS].explode(empty_as_null=True).drop_nulls().unique().sort().rename(BSN.name)
    return bsns.filter(encode(bsns, key).is_in(register[PERSOON_ID].implode()))


def without(rows: Rows, bsns: pl.Series) -> Rows:
    """Lines of a delivery about nobody of these; a line without a BSN stays."""
    is_about = pl.col(PERSONS).list.eval(pl.element().is_in(bsns.implode())).list.any()
    return rows.where(~is_about.fill_null(False))


def lines_apart(delivered: Delivered, kept: Delivered) -> set[int]:
    """Lines of a delivery that were taken out of it."""
    return set(delivered.frame[ROW_NUMBER]) - set(kept.frame[ROW_NUMBER])


def without_person(content: bytes, source: SourceSpec, bsn: str) -> bytes:
    """A delivered file without the lines about one person; every other byte stays.

    Raises:
        BestandsanalyseError: It is no delivery that `read_delivery` reads.
    """
    # Lines that may not be read are about somebody, too.
    delivered = read_delivery(content, replace(source, excluded=None))
    return without_lines(content, lines_apart(delivered, without(delivered, pl.Series([bsn]))))


def index_of(checked: Sequence[Checked], key: PseudonymKey) -> pl.DataFrame:
    """A row per person and delivery: how many lines there are, and how many of them in quarantine.

    Args:
        key: Of the run.

    Returns:
        Columns of `INDEX`, sorted. A line without a BSN is nobody's; one with two is of both.
    """
    parts = [
        state.frame.select(PERSONS, pl.lit(one.source.id).alias(LEVERING), pl.lit(held).alias("_"))
        for one in checked
        for state, held in ((one.valid, False), (one.quarantine, True))
    ]
    rows = pl.concat(parts).explode(PERSONS, empty_as_null=True).drop_nulls(PERSONS)
    counted = rows.group_by(PERSONS, LEVERING).agg(pl.len().alias(RIJEN), pl.col("_").sum().alias(QUARANTAINE))
    named = counted.with_columns(encode(counted[PERSONS], key).alias(PERSOON_ID))
    return named.select(pl.col(name).cast(dtype) for name, dtype in INDEX.items()).sort(PERSOON_ID, LEVERING)
