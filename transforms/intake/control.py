"""Check of a delivery against its supplier's statement (`levering.toml`)."""

import tomllib
from collections.abc import Collection
from datetime import date
from hashlib import sha256
from types import MappingProxyType

import polars as pl

from schemas.control import Control, Totals
from schemas.errors import ControlUnreadable, DeliveryUndeclared, TotalsDiffer
from schemas.sources import SOURCES
from schemas.specs import Field, SourceSpec
from schemas.states import Delivered
from transforms.intake.parse import cent

_MOST_ROWS = 10**9
_KINDS: dict[str, type] = {"regels": int, "bedrag": str, "sha256": str}


def read_control(content: bytes) -> Control:
    """Read what a supplier states about a delivery.

    Raises:
        ControlUnreadable: It is no TOML, or states something that would not be checked.
    """
    try:
        statements = tomllib.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):  # no TOML, no UTF-8, a number without end, or too deep
        statements = {"": ""}
    days = {name: statements.pop(name, None) for name in ("van", "tot")}
    sources = {source.id: source for source in SOURCES}
    is_known = statements.keys() <= sources.keys() and all(day is None or type(day) is date for day in days.values())
    if not is_known or not all(_is_checkable(sources[name], statement) for name, statement in statements.items()):
        raise ControlUnreadable
    return Control(
        **days, totals=MappingProxyType({name: Totals(**statement) for name, statement in statements.items()})
    )


def _is_checkable(source: SourceSpec, statement: object) -> bool:
    """Return whether every statement about a file can be checked."""
    if not isinstance(statement, dict) or not statement.keys() <= _KINDS.keys():
        return False
    if type(statement.get("regels")) is int and not 0 <= statement["regels"] <= _MOST_ROWS:
        return False
    is_amount = "bedrag" not in statement or (source.amount is not None and _cents(statement["bedrag"]) is not None)
    return is_amount and all(type(value) is _KINDS[name] for name, value in statement.items())


def require_period(control: Control, peildatum: date) -> None:
    """Raise unless the peildatum lies in the stated period of the delivery, if any.

    Raises:
        TotalsDiffer: The peildatum lies outside its period.
    """
    if (control.van and peildatum < control.van) or (control.tot and peildatum > control.tot):
        raise TotalsDiffer("period", "and the peildatum lies outside it")


def require_declared(control: Control, absent: Collection[str]) -> None:
    """Raise if the supplier states something of a source that is not delivered: it would be checked against nothing.

    Raises:
        DeliveryUndeclared: Names the source.
    """
    for name in control.totals:
        if name in absent:
            raise DeliveryUndeclared(name)


def require_totals(control: Control, content: bytes, delivered: Delivered, rows: int, source: SourceSpec) -> None:
    """Raise unless a file agrees with all statements about it.

    Args:
        rows: Number of rows of the file, counted from its bytes.

    Raises:
        TotalsDiffer: Names the file and what differs; no amount.
    """
    totals = control.totals.get(source.id, Totals())
    if totals.sha256 is not None and totals.sha256.lower() != sha256(content).hexdigest():
        raise TotalsDiffer(f"SHA-256 of {source.file_name}", "but the file has another one")
    if totals.regels is not None and totals.regels != rows:
        raise TotalsDiffer(f"{totals.regels} rows of {source.file_name}", f"but the file has {rows}")
    if totals.bedrag is not None and (source.amount is None or _sum(delivered, source.amount) != _cents(totals.bedrag)):
        raise TotalsDiffer(f"sum of amounts of {source.file_name}", "but the file adds up to another one")


def _sum(delivered: Delivered, amount: Field) -> int:
    """Return the sum of an amount over all rows, in eurocents."""
    return int(delivered.frame.select(cent(amount.col)).to_series().sum())


def _cents(euros: object) -> int | None:
    """Return a stated amount in eurocent; None if it cannot be read."""
    return pl.select(cent(pl.lit(str(euros)))).item() if isinstance(euros, str) else None
