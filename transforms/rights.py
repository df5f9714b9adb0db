"""Who is in which delivery, and who is left out: by pseudonym, forward only. Nothing here decodes a pseudonym."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from schemas.fields import BSN
from schemas.names import PERSOON_ID
from schemas.rights import INDEX, LEVERING, QUARANTAINE, RECHT, REGISTER, RIJEN, SINDS, Right
from transforms.contract import Checked
from transforms.elfproef import is_valid_bsn, meant_bsn
from transforms.pseudonymise import PseudonymKey, encode, translate

_AS_DELIVERED = meant_bsn(BSN.col)


def entered(register: pl.DataFrame, pseudonym: bytes, right: Right, day: date) -> pl.DataFrame:
    """The register with a person in it; who was in it for that right stays as of the first day."""
    row = pl.DataFrame({PERSOON_ID: [pseudonym], RECHT: [right.value], SINDS: [day]}, schema=REGISTER)
    both = pl.concat([register, row]).sort(PERSOON_ID, RECHT, SINDS)
    return both.unique([PERSOON_ID, RECHT], keep="first", maintain_order=True)


def rights_of(register: pl.DataFrame, pseudonym: bytes) -> list[tuple[Right, date]]:
    """For which rights a person is left out, and since when; in order of right."""
    rows = register.filter(pl.col(PERSOON_ID) == pseudonym).sort(RECHT)
    return [(Right(right), day) for right, day in rows.select(RECHT, SINDS).iter_rows()]


def lifted(register: pl.DataFrame, pseudonym: bytes, right: Right) -> pl.DataFrame:
    """The register without a person for one right."""
    return register.filter((pl.col(PERSOON_ID) != pseudonym) | (pl.col(RECHT) != right.value))


def translated(register: pl.DataFrame, *, old: PseudonymKey, new: PseudonymKey) -> pl.DataFrame:
    """The register under the next version of its key; raises `ForeignPseudonym` as `translate`."""
    return register.with_columns(translate(register[PERSOON_ID], old=old, new=new)).sort(PERSOON_ID, RECHT)


def registered(delivered: pl.DataFrame, register: pl.DataFrame, key: PseudonymKey) -> pl.Series:
    """BSNs of nine digits in a delivery, as text, that are in the register.

    Args:
        key: Of the register, not of the run.
    """
    bsns = _bsns(delivered)
    return bsns.filter(encode(bsns, key).is_in(register[PERSOON_ID].implode()))


def without(delivered: pl.DataFrame, bsns: pl.Series) -> pl.DataFrame:
    """Rows of a delivery of nobody of these, however their BSN is written; a row without one stays."""
    return delivered.filter(~_AS_DELIVERED.is_in(bsns.implode()).fill_null(False))


def index_of(checked: Sequence[Checked], key: PseudonymKey) -> pl.DataFrame:
    """A row per person and delivery: how many rows there are, and how many of them in quarantine.

    Args:
        key: Of the run.

    Returns:
        Columns of `INDEX`, sorted. A row without a valid BSN is nobody's.
    """
    parts = [
        state.frame.select(
            _AS_DELIVERED.alias(BSN.name), pl.lit(one.source.id).alias(LEVERING), pl.lit(held).alias("_")
        )
        for one in checked
        for state, held in ((one.valid, False), (one.quarantine, True))
    ]
    rows = pl.concat(parts).filter(is_valid_bsn(BSN.col).fill_null(False))
    counted = rows.group_by(BSN.name, LEVERING).agg(pl.len().alias(RIJEN), pl.col("_").sum().alias(QUARANTAINE))
    named = counted.with_columns(encode(counted[BSN.name], key).alias(PERSOON_ID))
    return named.select(pl.col(name).cast(dtype) for name, dtype in INDEX.items()).sort(PERSOON_ID, LEVERING)


def _bsns(delivered: pl.DataFrame) -> pl.Series:
    padded = delivered.select(_AS_DELIVERED.alias(BSN.name)).unique()
    return padded.filter(is_valid_bsn(BSN.col).fill_null(False))[BSN.name]
