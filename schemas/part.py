"""The shape of a declared part of the file."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """A declared part of the file that is analysed before the whole.

    Attributes:
        id: Name of this population in the ledger of releases.
        title: Who is counted, in Dutch.
        postcodes: Four-digit postcodes in which everybody counted lives.
    """

    id: str
    title: str
    postcodes: tuple[str, ...]
