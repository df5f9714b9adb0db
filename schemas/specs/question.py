"""The shape of a question that a researcher asks of the file, after its answers in the main release."""

import hashlib
import json
from dataclasses import dataclass, replace

COUNTS = "aantal"
"""The measure of a table of persons; the only one that a question can have (`schemas.tables.question`)."""

MAXIMUM_DIMENSIONS = 2
"""A table has rows and columns; more than two dimensions leave hardly a cell of 430 residents."""

MINIMUM_PUBLISHED_PCT = 50
"""Share (0-100) of the inner cells of the asked table that must be published, or it is refused. Below it the answer
misleads more than it tells, and each attempt costs later questions precision. Ours, te bevestigen."""

MAXIMUM_TITLE, MAXIMUM_REASON = 80, 500
"""Signs of the texts that a researcher writes herself: enough for a sentence or three, too little for a file."""


@dataclass(frozen=True)
class Question:
    """What is asked, by declared names.

    Attributes:
        title: What the researcher calls it; stands in the release.
        reason: Why she asks; for the officer only, and no part of what is released.
        measure: `COUNTS`.
        population: A name of `schemas.tables.question.POPULATIONS`.
        dimensions: Names of dimensions: rows, then columns.
    """

    title: str
    reason: str
    measure: str
    population: str
    dimensions: tuple[str, ...]

    @property
    def id(self) -> str:
        """Eight hex digits of what a release tells of it: the same request has the same, another one another."""
        return _digest(self.title, *self._definition)[:8]

    @property
    def table(self) -> str:
        """The id of the table: the same for whoever asks for the same cells, whatever she calls them."""
        return f"V{_digest(*self._definition)[:6].upper()}"

    @property
    def _definition(self) -> tuple[str, ...]:
        return self.measure, self.population, *self.dimensions

    def of(self, population: str, *dimensions: str) -> "Question":
        """Return the same question about another population and with other dimensions."""
        return replace(self, population=population, dimensions=dimensions)


def _digest(*parts: str) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
