"""The shape of a fact: what everybody knows of counts without seeing a file."""

from dataclasses import dataclass

Count = tuple[tuple[str, tuple[str, ...]], ...]
"""A count of persons: per dimension, by name, the categories that it adds up."""


@dataclass(frozen=True)
class AtMost:
    """What everybody knows without seeing a file, because a rule says so: these persons are at most those.

    `left` and `right` are sums of counts. Whoever is in A is in B or C: A is at most B + C. A count
    may stand there twice.
    """

    left: tuple[Count, ...]
    right: tuple[Count, ...]
