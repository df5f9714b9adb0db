"""The chapter on costs and scenarios: tables of sums and what follows from them, from released values only."""

from fractions import Fraction

from schemas.reference import GEMEENTE_CODE
from schemas.specs import TOTAAL
from schemas.specs.sums import GEMIDDELDE, MONEY_CONTRIBUTORS
from schemas.states import ReleasedSums
from schemas.tables.sums import AMOUNTS, SUMS, TRAJECT_KOSTEN, WITHHELD, sums_of
from transforms.charts.scenario_chart import scenario_chart
from transforms.disclosure.sums.magnitude import means
from transforms.language.language import Language
from transforms.released.content import Cells, ReleaseContent, cells_of
from transforms.released.grid import BLANK, Grid, Head, Line, Slot, blank_slot, count_slot
from transforms.released.scenarios import (
    EURO,
    SHARE,
    Assumption,
    Outcome,
    Scenarios,
    Swing,
    compute_scenarios,
    shipped_assumptions,
)
from transforms.report.chapter import Chapter, Question
from transforms.report.prose import Writer

_SAME = "\u2013"
"""A dash where a moved assumption changes nothing, or where there is nobody to share an amount."""


def cost_chapters(content: ReleaseContent, writer: Writer) -> tuple[Chapter, ...]:
    """Return one chapter that says why what is withheld is; none if nobody decided about sums."""
    if not content.sums and not content.withheld:
        return ()
    language = writer.language
    withheld = tuple(
        language.say(
            "costs.withheld",
            title=language.declared(amount.title),
            reason=language.declared(WITHHELD[content.withheld[amount.id]]),
        )
        for amount in AMOUNTS
        if amount.id in content.withheld
    )
    tables = tuple(_sum_question(table, content, language) for table in content.sums)
    before = (*withheld, *((_rules(language),) if tables else ()))
    # Their assumptions are of the evaluation report, which is about one municipality.
    is_ours = content.profile.gemeente_code == GEMEENTE_CODE
    scenario_questions = _scenario_questions(content, language) if is_ours else ()
    return (Chapter("costs", language.say("costs.title"), (*tables, *scenario_questions), before),)


def scenarios_of(content: ReleaseContent) -> Scenarios | None:
    """Return the scenarios of a release; None if a number that they need is not published."""
    table = next((table for table in content.sums if table.spec.id == sums_of(TRAJECT_KOSTEN)[0].id), None)
    if table is None:
        return None
    threshold = content.profile.threshold
    cent, persons = (cells_of(released, threshold)[(TOTAAL,)] for released in (table, content.counted(table)))
    return compute_scenarios(cent, persons, shipped_assumptions()) if cent and persons else None


def _rules(language: Language) -> str:
    rules = AMOUNTS[0].profile
    return language.say(
        "costs.rules",
        contributors=rules.contributors,
        dominance=rules.dominance_pct,
        interval=rules.interval_pct,
        usual=MONEY_CONTRIBUTORS,
    )


def _sum_question(table: ReleasedSums, content: ReleaseContent, language: Language) -> Question:
    spec = next(spec for spec in SUMS if spec.id == table.spec.id)
    sheet = _sum_grid(table, content, language)
    blank = sum(line.slots[1].text == BLANK for line in sheet.lines)
    note = language.say(
        "costs.blank", blank=language.numerals.number(blank), cells=language.numerals.number(len(sheet.lines))
    )
    return Question(
        id=spec.id,
        title=language.declared(spec.question),
        grids=(sheet,),
        blank=(note,) if blank else (),
        caveats=tuple(language.declared(caveat) for caveat in spec.caveats),
    )


def _sum_grid(table: ReleasedSums, content: ReleaseContent, language: Language) -> Grid:
    """Persons, amount and mean per category; a mean stands only where both of its numbers do."""
    counted, threshold = content.counted(table), content.profile.threshold
    (dimension,) = table.spec.dimensions
    amounts, persons = cells_of(table, threshold), cells_of(counted, threshold)
    mean = dict(zip(dimension.levels, means(table, counted).get_column(GEMIDDELDE), strict=True))
    return Grid(
        caption=language.say(
            "costs.caption",
            id=table.spec.id,
            title=language.declared(table.spec.title),
            peildatum=language.numerals.long_date(content.peildatum),
        ),
        down=language.declared(dimension.title),
        across="",
        columns=_heads(language, "persons", "amount", "mean"),
        lines=tuple(
            Line(
                Head(language.declared(dimension.label(level)), "totaal" if level == TOTAAL else "deel"),
                (
                    count_slot(persons, (level,), "deel", language),
                    _amount(amounts[(level,)], language),
                    _mean(persons, level, mean[level], language),
                ),
            )
            for level in dimension.levels
        ),
    )


def _amount(cents: int | None, language: Language) -> Slot:
    return blank_slot(language, "deel") if cents is None else Slot(language.numerals.euro(cents), "deel")


def _mean(persons: Cells, level: str, mean: int | None, language: Language) -> Slot:
    return Slot(_SAME, "deel") if persons[(level,)] == 0 else _amount(mean, language)


def _heads(language: Language, *names: str) -> tuple[Head, ...]:
    return tuple(Head(language.say(f"costs.column_{name}"), "deel") for name in names)


def _scenario_questions(content: ReleaseContent, language: Language) -> tuple[Question, ...]:
    scenarios, title = scenarios_of(content), language.say("costs.scenarios")
    if scenarios is None:
        return (Question("scenarios", title, (), before=(language.say("costs.missing"),)),)
    explained = tuple(
        language.say("costs.explained", title=language.declared(name), text=language.declared(text))
        for name, text in shipped_assumptions().titles.values()
    )
    outcome = Question(
        id="scenarios",
        title=title,
        grids=(_outcome_grid(scenarios, language),),
        chart=scenario_chart(content, scenarios, language),
        chart_note=language.say("costs.figure_note", step=_step()),
        before=(language.say("costs.model"),),
        caveats=explained,
    )
    sources = tuple(
        language.say(
            "costs.source",
            title=language.declared(swing.assumption.title),
            text=language.declared(swing.assumption.source),
        )
        for swing in scenarios.swings
    )
    grids = (_assumption_grid(scenarios, language), _swing_grid(scenarios, language))
    assumed = Question("assumptions", language.say("costs.assumptions"), grids, caveats=sources)
    return outcome, assumed


def _step() -> str:
    return str(int(100 * shipped_assumptions().step))


def _outcome_grid(scenarios: Scenarios, language: Language) -> Grid:
    return Grid(
        caption=language.say("costs.outcome_caption"),
        down=language.say("costs.scenario"),
        across="",
        columns=_heads(language, "cost", "change", "residents", "reach"),
        lines=tuple(_outcome_line(name, scenarios, language) for name in shipped_assumptions().titles),
    )


def _outcome_line(name: str, scenarios: Scenarios, language: Language) -> Line:
    outcome, now, write = scenarios.outcomes[name], scenarios.outcomes["nu"], language.numerals
    cells = (
        write.euro(outcome.cent),
        write.difference(outcome.cent - now.cent),
        write.number(outcome.persons),
        _span(*scenarios.reach(name), language, "costs.reach"),
    )
    return _line(shipped_assumptions().titles[name][0], cells, language)


def _assumption_grid(scenarios: Scenarios, language: Language) -> Grid:
    moved = Head(language.say("costs.column_moved", step=_step()), "deel")
    value, change = _heads(language, "value", "largest")
    return Grid(
        caption=language.say("costs.assumption_caption"),
        down=language.say("costs.assumption"),
        across="",
        columns=(value, moved, change),
        lines=tuple(_assumption_line(swing, scenarios, language) for swing in scenarios.swings),
    )


def _assumption_line(swing: Swing, scenarios: Scenarios, language: Language) -> Line:
    assumption = swing.assumption
    change = max(
        abs(moved.cent - scenarios.outcomes[name].cent) for name, both in swing.outcomes.items() for moved in both
    )
    low, high = (value_text(assumption, value, language) for value in (swing.low, swing.high))
    cells = (
        value_text(assumption, assumption.value, language),
        language.say("costs.reach", low=low, high=high),
        language.numerals.euro(change),
    )
    return _line(assumption.title, cells, language)


def _swing_grid(scenarios: Scenarios, language: Language) -> Grid:
    """Costs of every scenario with the low and the high value of each assumption."""
    return Grid(
        caption=language.say("costs.swing_caption", step=_step()),
        down=language.say("costs.assumption"),
        across=language.say("costs.scenario"),
        columns=tuple(Head(language.declared(title), "deel") for title, _ in shipped_assumptions().titles.values()),
        lines=tuple(
            _line(
                swing.assumption.title,
                tuple(_span(*both, language, "costs.low_high") for both in swing.outcomes.values()),
                language,
            )
            for swing in scenarios.swings
        ),
    )


def _line(title: str, cells: tuple[str, ...], language: Language) -> Line:
    return Line(Head(language.declared(title), "deel"), tuple(Slot(text, "deel") for text in cells))


def _span(low: Outcome, high: Outcome, language: Language, words: str) -> str:
    """From one outcome to another: in costs, in persons where only those move, or nothing at all."""
    write = language.numerals
    if low.cent != high.cent:
        return language.say(words, low=write.euro(low.cent), high=write.euro(high.cent))
    if low.persons != high.persons:
        both = language.say(words, low=write.number(low.persons), high=write.number(high.persons))
        return language.say("number.persons", count=both)
    return _SAME


def value_text(assumption: Assumption, value: Fraction, language: Language) -> str:
    """Return the value of an assumption for a reader: 37,5 %, 1,10 or € 55.711."""
    if assumption.unit == SHARE:
        return language.numerals.percentage(value.numerator, value.denominator)
    return language.numerals.euro(int(100 * value)) if assumption.unit == EURO else language.numerals.factor(value)
