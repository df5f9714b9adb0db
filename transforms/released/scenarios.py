"""Financing scenarios: a small declared model on released aggregates, and how much each assumption matters.

The model knows two published numbers, what trajectories cost and how many persons had one, and the
assumptions of `schemas/scenarios.toml`. Prices are relative to the present mean per person. The
local price follows from the others, so that the present mix costs exactly what was published.
All arithmetic is in fractions; only what is shown is rounded.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

from schemas.errors import AssumptionImpossible
from schemas.text import Text

SHARE, EURO = "aandeel", "euro"

Values = Mapping[str, Fraction]


@dataclass(frozen=True)
class Assumption:
    """One declared assumption; `source` says where it is from, or begins with `aanname`."""

    id: str
    title: Text
    value: Fraction
    unit: str
    source: Text


@dataclass(frozen=True)
class Declared:
    """What `schemas/scenarios.toml` declares.

    Attributes:
        titles: Title and explanation per scenario, in order.
        step: How far each assumption is moved in the sensitivity, as a share of it.
    """

    assumptions: tuple[Assumption, ...]
    titles: Mapping[str, tuple[Text, Text]]
    step: Fraction

    @property
    def values(self) -> Values:
        return {assumption.id: assumption.value for assumption in self.assumptions}


@dataclass(frozen=True)
class Outcome:
    """What a scenario costs a year, in eurocent, and for how many persons; rounded half up."""

    cent: int
    persons: int


@dataclass(frozen=True)
class Swing:
    """What becomes of every scenario when one assumption is a step lower and a step higher.

    Attributes:
        low, high: The moved values; a share stays a share (1 at most).
        outcomes: Per scenario what it gives with the low and with the high value.
    """

    assumption: Assumption
    low: Fraction
    high: Fraction
    outcomes: Mapping[str, tuple[Outcome, Outcome]]


@dataclass(frozen=True)
class Scenarios:
    """All scenarios of two published numbers, with their sensitivity."""

    outcomes: Mapping[str, Outcome]
    swings: tuple[Swing, ...]

    def reach(self, scenario: str) -> tuple[Outcome, Outcome]:
        """Return the lowest and highest cost and number of persons that moving any one assumption gives."""
        moved = [outcome for swing in self.swings for outcome in swing.outcomes[scenario]]
        cents, persons = [outcome.cent for outcome in moved], [outcome.persons for outcome in moved]
        return Outcome(min(cents), min(persons)), Outcome(max(cents), max(persons))


@cache
def shipped_assumptions() -> Declared:
    """Read the assumptions that the package ships.

    Raises:
        AssumptionImpossible: A share is more than 1, or a value is negative.
    """
    content: dict[str, Any] = tomllib.loads((files("schemas") / "scenarios.toml").read_text(encoding="utf-8"))
    assumptions = tuple(
        Assumption(name, Text(**entry["titel"]), Fraction(entry["waarde"]), entry["eenheid"], Text(**entry["bron"]))
        for name, entry in content["aanname"].items()
    )
    titles = {name: (Text(**entry["titel"]), Text(**entry["uitleg"])) for name, entry in content["scenario"].items()}
    declared = Declared(assumptions, titles, Fraction(content["gevoeligheid_pct"], 100))
    for assumption in assumptions:
        if assumption.value < 0 or (assumption.unit == SHARE and assumption.value > 1):
            raise AssumptionImpossible(assumption.id)
    return declared


def compute_scenarios(cent: int, persons: int, declared: Declared) -> Scenarios:
    """Return every scenario, as declared and with each assumption moved by itself.

    Args:
        cent: Published cost of trajectories, in eurocent.
        persons: Published number of persons with one; 1 or more.

    Raises:
        AssumptionImpossible: Shares and prices contradict each other, so that local work would cost
            nothing or less.
    """
    outcomes = {name: _rounded(cent, persons, model(declared.values)) for name, model in MODELS.items()}
    return Scenarios(
        outcomes, tuple(_swing(cent, persons, assumption, declared) for assumption in declared.assumptions)
    )


def _swing(cent: int, persons: int, assumption: Assumption, declared: Declared) -> Swing:
    highest = assumption.value * (1 + declared.step)
    low, high = (
        assumption.value * (1 - declared.step),
        min(highest, Fraction(1)) if assumption.unit == SHARE else highest,
    )
    outcomes = {
        name: (
            _rounded(cent, persons, model({**declared.values, assumption.id: low})),
            _rounded(cent, persons, model({**declared.values, assumption.id: high})),
        )
        for name, model in MODELS.items()
    }
    return Swing(assumption, low, high, outcomes)


@dataclass(frozen=True)
class Relative:
    """A scenario relative to now: cost and persons as shares of the published ones, and euros on top."""

    cost: Fraction
    persons: Fraction = Fraction(1)
    extra_euro: Fraction = Fraction(0)


def _rounded(cent: int, persons: int, relative: Relative) -> Outcome:
    return Outcome(_half_up(cent * relative.cost + 100 * relative.extra_euro), _half_up(persons * relative.persons))


def _half_up(number: Fraction) -> int:
    return (2 * number.numerator + number.denominator) // (2 * number.denominator)


def price(values: Values, share: Fraction) -> Fraction:
    """Return the mean cost of a trajectory if this share is at WSD, relative to that at the present share.

    Raises:
        AssumptionImpossible: WSD's present share and price leave nothing for local work.
    """
    now, wsd = values["wsd_aandeel"], values["wsd_prijs"]
    if now * wsd >= 1:
        raise AssumptionImpossible("wsd_prijs")
    local = (1 - now * wsd) / (1 - now)
    return share * wsd + (1 - share) * local


def present(_values: Values) -> Relative:
    """Return the scenario of the present: cost and persons as published."""
    return Relative(Fraction(1))


def all_to_wsd(values: Values) -> Relative:
    """Return every trajectory at WSD, for as many persons."""
    return Relative(price(values, Fraction(1)))


def budget_neutral(values: Values) -> Relative:
    """Return the scenario of equal cost with another share at WSD, for more persons or for fewer."""
    return Relative(Fraction(1), 1 / price(values, values["neutraal_aandeel"]))


def local_plus(values: Values) -> Relative:
    """Local work with fixed costs, and a part bought at WSD."""
    return Relative(price(values, values["inkoop_aandeel"]), extra_euro=values["lokale_vaste_kosten"])


def eighty(values: Values) -> Relative:
    """Return the scenario in which a part of the present work of WSD stays there and the rest becomes local.

    There are fewer persons: the target group has shrunk by 2030.
    """
    persons = 1 - values["krimp"]
    return Relative(persons * price(values, values["behoud"] * values["wsd_aandeel"]), persons)


MODELS: dict[str, Callable[[Values], Relative]] = {
    "nu": present,
    "alles_wsd": all_to_wsd,
    "budgetneutraal": budget_neutral,
    "lokaal_plus": local_plus,
    "tachtig": eighty,
}
"""How each scenario of `schemas/scenarios.toml` is computed."""
