"""Whether a delivery is what its supplier says it is (`levering.toml`)."""

import tomllib
from datetime import date
from hashlib import sha256
from types import MappingProxyType

import polars as pl

from schemas.control import Control, Totals
from schemas.errors import ControlUnreadable, TotalsDiffer
from schemas.sources import SOURCES
from schemas.specs import Field, SourceSpec
from schemas.states import Delivered
from transforms.intake.parse import cent

_KINDS: dict[str, type] = {"regels": int, "bedrag": str, "sha256": str}


def read_control(content: bytes) -> Control:
    """What a supplier says of a delivery.

    Raises:
        ControlUnreadable: It is no TOML, or says something that is not known here and so would not be checked.
    """
    try:
        told = tomllib.loads(content.decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError):
        told = {"": ""}
    days = {name: told.pop(name, None) for name in ("van", "tot")}
    known = {source.id: source for source in SOURCES}
    is_known = told.keys() <= known.keys() and all(day is None or type(day) is date for day in days.values())
    if not is_known or not all(_is_said(known[name], one) for name, one in told.items()):
        raise ControlUnreadable
    return Control(**days, totals=MappingProxyType({name: Totals(**one) for name, one in told.items()}))


def _is_said(source: SourceSpec, told: object) -> bool:
    """Whether everything that is said of a file can be checked."""
    if not isinstance(told, dict) or not told.keys() <= _KINDS.keys():
        return False
    is_amount = "bedrag" not in told or (source.amount is not None and _cents(told["bedrag"]) is not None)
    return is_amount and all(type(value) is _KINDS[name] for name, value in told.items())


def require_period(control: Control, peildatum: date) -> None:
    """Return if the delivery is about the peildatum, as far as is said.

    Raises:
        TotalsDiffer: The peildatum lies outside its period.
    """
    if (control.van and peildatum < control.van) or (control.tot and peildatum > control.tot):
        raise TotalsDiffer("period", "and the peildatum lies outside it")


def require_totals(control: Control, content: bytes, delivered: Delivered, rows: int, source: SourceSpec) -> None:
    """Return if a file is what is said of it.

    Args:
        rows: Of the file, counted from its bytes.

    Raises:
        TotalsDiffer: Names the file and what differs; no amount.
    """
    told = control.totals.get(source.id, Totals())
    if told.sha256 is not None and told.sha256.lower() != sha256(content).hexdigest():
        raise TotalsDiffer(f"SHA-256 of {source.file_name}", "but the file has another one")
    if told.regels is not None and told.regels != rows:
        raise TotalsDiffer(f"{told.regels} rows of {source.file_name}", f"but the file has {rows}")
    if told.bedrag is not None and (source.amount is None or _sum(delivered, source.amount) != _cents(told.bedrag)):
        raise TotalsDiffer(f"sum of amounts of {source.file_name}", "but the file adds up to another one")


def _sum(delivered: Delivered, amount: Field) -> int:
    return int(delivered.frame.select(cent(amount.col)).to_series().sum())


def _cents(euros: object) -> int | None:
    return pl.select(cent(pl.lit(str(euros)))).item() if isinstance(euros, str) else None
