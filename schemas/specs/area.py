"""Areas: of a municipality, and of a declared part of the file."""

from dataclasses import dataclass
from datetime import date

from schemas.text import Text


@dataclass(frozen=True)
class Postcode4:
    """A four-digit postcode area and the first day that it belongs to the municipality."""

    pc4: str
    since: date


@dataclass(frozen=True, kw_only=True)
class Part:
    """A declared part of the file that is analysed before the whole.

    Attributes:
        id: Name of this population in the ledger of releases.
        title: Who is counted.
        postcodes: Four-digit postcodes in which everybody counted lives.
    """

    id: str
    title: Text
    postcodes: tuple[str, ...]
