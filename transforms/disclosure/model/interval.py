"""Interval of a count."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Interval:
    """The smallest and the largest count that fit everything published."""

    low: int
    high: int

    @property
    def width(self) -> int:
        return self.high - self.low
