"""The section 'Kosten en scenario\'s': tables of sums and the scenarios, from released values only."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from schemas.magnitude import GEMIDDELDE, MONEY_CONTRIBUTORS, ReleasedSums, SumProfile
from schemas.specs import TOTAAL
from schemas.sums import AMOUNTS, SUMS, TRAJECT_KOSTEN, WITHHELD, sums_of
from transforms.disclosure.magnitude import means
from transforms.present import dutch
from transforms.present.content import ReleaseContent, cells_of
from transforms.scenarios import EURO, SHARE, Assumption, Declared, Outcome, Scenarios, Swing, declared, scenarios

_SAME = "\u2013"
"""A dash where a moved assumption changes nothing."""


@dataclass(frozen=True)
class SumRow:
    """One cell of a table of sums in words; None where it is not published."""

    label: str
    is_total: bool
    persons: str | None
    amount: str | None
    mean: str | None


@dataclass(frozen=True)
class SumView:
    """One table of sums as the template prints it."""

    id: str
    title: str
    question: str
    axis: str
    caveats: tuple[str, ...]
    rows: tuple[SumRow, ...]
    suppressed_count: int


@dataclass(frozen=True)
class ScenarioView:
    """The scenarios as the template prints them; `missing` names what is not published, and then there are no rows.

    Attributes:
        rows: Title, explanation, cost, persons, difference from now, and reach of the sensitivity.
        assumptions: Title, value, low and high value, source, and the largest change of any scenario.
        swings: Title of an assumption, and per scenario the costs with its low and its high value.
        scenarios: Titles, in the order of `swings`.
    """

    missing: str
    rows: tuple[tuple[str, ...], ...] = ()
    assumptions: tuple[tuple[str, ...], ...] = ()
    swings: tuple[tuple[str, tuple[str, ...]], ...] = ()
    scenarios: tuple[str, ...] = ()


@dataclass(frozen=True)
class CostSection:
    """All that the section shows."""

    tables: tuple[SumView, ...]
    withheld: tuple[tuple[str, str], ...]
    rules: SumProfile
    usual: int
    scenario: ScenarioView


def cost_section(content: ReleaseContent) -> CostSection:
    """The section of one release; what is withheld is said with its reason."""
    withheld = tuple(
        (amount.title, WITHHELD[content.withheld[amount.id]]) for amount in AMOUNTS if amount.id in content.withheld
    )
    tables = tuple(_view(table, content) for table in content.sums)
    return CostSection(tables, withheld, AMOUNTS[0].profile, MONEY_CONTRIBUTORS, _scenario_view(content))


def found_scenarios(content: ReleaseContent) -> Scenarios | None:
    """The scenarios of a release; None when a number that they need is not published."""
    table = next((one for one in content.sums if one.spec.id == sums_of(TRAJECT_KOSTEN)[0].id), None)
    if table is None:
        return None
    cent, persons = (cells_of(one)[(TOTAAL,)] for one in (table, content.counted(table)))
    return scenarios(cent, persons, declared()) if cent and persons else None


def _view(table: ReleasedSums, content: ReleaseContent) -> SumView:
    spec = next(one for one in SUMS if one.id == table.spec.id)
    counted = content.counted(table)
    (dimension,) = table.spec.dimensions
    amounts, persons = cells_of(table), cells_of(counted)
    mean = dict(zip(dimension.levels, means(table, counted).get_column(GEMIDDELDE), strict=True))
    rows = tuple(
        SumRow(
            dimension.label(level),
            level == TOTAAL,
            _text(persons[(level,)], dutch.number),
            _text(amounts[(level,)], dutch.euro),
            _SAME if persons[(level,)] == 0 else _text(mean[level], dutch.euro),
        )
        for level in dimension.levels
    )
    blank = sum(row.amount is None for row in rows)
    return SumView(spec.id, spec.title, spec.question, dimension.title, spec.caveats, rows, blank)


def _text(value: int | None, as_text: Callable[[int], str]) -> str | None:
    return None if value is None else as_text(value)


def _scenario_view(content: ReleaseContent) -> ScenarioView:
    found, given = found_scenarios(content), declared()
    if found is None:
        return ScenarioView("de totale kosten van trajecten of het aantal inwoners met een traject")
    return ScenarioView(
        "",
        tuple(_scenario_row(name, found, given) for name in given.titles),
        tuple(_assumption_row(swing, found) for swing in found.swings),
        tuple(
            (swing.assumption.title, tuple(_span(*both, " / ") for both in swing.outcomes.values()))
            for swing in found.swings
        ),
        tuple(title for title, _ in given.titles.values()),
    )


def _scenario_row(name: str, found: Scenarios, given: Declared) -> tuple[str, ...]:
    title, explanation = given.titles[name]
    outcome, now = found.outcomes[name], found.outcomes["nu"]
    return (
        title, explanation, dutch.euro(outcome.cent), dutch.number(outcome.persons),
        dutch.difference(outcome.cent - now.cent), _span(*found.reach(name), " tot "),
    )  # fmt: skip


def _assumption_row(swing: Swing, found: Scenarios) -> tuple[str, ...]:
    one = swing.assumption
    change = max(abs(moved.cent - found.outcomes[name].cent) for name, both in swing.outcomes.items() for moved in both)
    reach = f"{value_text(one, swing.low)} tot {value_text(one, swing.high)}"
    return one.title, value_text(one, one.value), reach, one.source, dutch.euro(change)


def _span(low: Outcome, high: Outcome, between: str) -> str:
    """From one outcome to another: in costs, in persons where only those move, or nothing at all."""
    if low.cent != high.cent:
        return f"{dutch.euro(low.cent)}{between}{dutch.euro(high.cent)}"
    if low.persons != high.persons:
        return f"{dutch.number(low.persons)}{between}{dutch.number(high.persons)} inwoners"
    return _SAME


def value_text(one: Assumption, value: Fraction) -> str:
    """The value of an assumption for a reader: 37,5 %, 1,10 or € 55.711."""
    if one.unit == SHARE:
        return dutch.percentage(value.numerator, value.denominator)
    if one.unit == EURO:
        return dutch.euro(int(100 * value))
    hundredths = int(100 * value + Fraction(1, 2))
    return f"{hundredths // 100},{hundredths % 100:02d}"
