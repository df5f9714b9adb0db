"""What a supplier says beside a delivery of what is in it, so that half a file is seen."""

from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

CONTROL_FILE = "levering.toml"


@dataclass(frozen=True)
class Totals:
    """What is said of one file; None is not said.

    Attributes:
        regels: Rows below the header.
        bedrag: Sum of the amounts as they stand there, in euros with a decimal comma.
        sha256: Of the whole file, as 64 hexadecimal digits.
    """

    regels: int | None = None
    bedrag: str | None = None
    sha256: str | None = None


@dataclass(frozen=True)
class Control:
    """The whole of `levering.toml`.

    Attributes:
        van, tot: First and last day that the delivery is about; None if not said.
        totals: By source id.
    """

    van: date | None = None
    tot: date | None = None
    totals: MappingProxyType[str, Totals] = field(default_factory=lambda: MappingProxyType({}))
