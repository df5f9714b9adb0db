"""Register of excluded persons, and index of persons per delivery.

Both by pseudonym, which is only made here: nothing decodes one.
"""

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
from transforms.intake.delivery import BSNS, ROW_NUMBER, drop_lines, read_delivery
from transforms.persons.pseudonymise import PseudonymKey, encode, translate

Rows = TypeVar("Rows", Delivered, Identified)


def enter_person(register: pl.DataFrame, pseudonym: bytes, right: Right, day: date) -> pl.DataFrame:
    """Return the register with a person in it.

    A person who was in it for that right keeps the first day.
    """
    row = pl.DataFrame({PERSOON_ID: [pseudonym], RECHT: [right.value], SINDS: [day]}, schema=REGISTER)
    rows = pl.concat([register, row]).sort(PERSOON_ID, RECHT, SINDS)
    return rows.unique([PERSOON_ID, RECHT], keep="first", maintain_order=True)


def rights_of(register: pl.DataFrame, pseudonym: bytes) -> list[tuple[Right, date]]:
    """Return the rights for which a person is left out, in order, each with its first day."""
    rows = register.filter(pl.col(PERSOON_ID) == pseudonym).sort(RECHT)
    return [(Right(right), day) for right, day in rows.select(RECHT, SINDS).iter_rows()]


def lift_exclusion(register: pl.DataFrame, pseudonym: bytes, right: Right) -> pl.DataFrame:
    """Return the register without a person for one right."""
    return register.filter((pl.col(PERSOON_ID) != pseudonym) | (pl.col(RECHT) != right.value))


def translate_register(register: pl.DataFrame, *, old: PseudonymKey, new: PseudonymKey) -> pl.DataFrame:
    """Return the register under the next version of its key; raises `ForeignPseudonym` as `translate`."""
    return register.with_columns(translate(register[PERSOON_ID], old=old, new=new)).sort(PERSOON_ID, RECHT)


def registered_bsns(delivered: Delivered, register: pl.DataFrame, key: PseudonymKey) -> pl.Series:
    """Return the BSNs in a delivery that are in the register: nine digits, as text.

    Args:
        key: Key of the register, not of the run.
    """
    bsns = delivered.frame[BSNS].explode(empty_as_null=True).drop_nulls().unique().sort().rename(BSN.name)
    return bsns.filter(encode(bsns, key).is_in(register[PERSOON_ID].implode()))


def drop_lines_about(rows: Rows, bsns: pl.Series) -> Rows:
    """Return a delivery without its lines about these persons; a line without a BSN stays."""
    is_about = pl.col(BSNS).list.eval(pl.element().is_in(bsns.implode())).list.any()
    return rows.where(~is_about.fill_null(False))


def removed_lines(delivered: Delivered, remaining: Delivered) -> set[int]:
    """Return the numbers of the lines that were taken out of a delivery."""
    return set(delivered.frame[ROW_NUMBER]) - set(remaining.frame[ROW_NUMBER])


def drop_lines_of_person(content: bytes, source: SourceSpec, bsn: str) -> bytes:
    """Return a delivered file without the lines about one person; every other byte stays.

    Raises:
        BestandsanalyseError: `read_delivery` refuses the file.
    """
    # Lines that the analysis may not read are about somebody, too.
    delivered = read_delivery(content, replace(source, excluded=None))
    return drop_lines(content, removed_lines(delivered, drop_lines_about(delivered, pl.Series([bsn]))))


def index_of(checked: Sequence[Checked], key: PseudonymKey) -> pl.DataFrame:
    """Return a row per person and delivery: number of lines, and how many of them in quarantine.

    Args:
        key: Key of the run.

    Returns:
        Columns of `INDEX`, sorted. A line without a BSN is left out; one with two BSNs counts for both persons.
    """
    parts = [
        state.frame.select(BSNS, pl.lit(delivery.source.id).alias(LEVERING), pl.lit(is_quarantined).alias("_"))
        for delivery in checked
        for state, is_quarantined in ((delivery.valid, False), (delivery.quarantine, True))
    ]
    rows = pl.concat(parts).explode(BSNS, empty_as_null=True).drop_nulls(BSNS)
    counted = rows.group_by(BSNS, LEVERING).agg(pl.len().alias(RIJEN), pl.col("_").sum().alias(QUARANTAINE))
    named = counted.with_columns(encode(counted[BSNS], key).alias(PERSOON_ID))
    return named.select(pl.col(name).cast(dtype) for name, dtype in INDEX.items()).sort(PERSOON_ID, LEVERING)
