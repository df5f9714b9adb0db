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
    scenarios,
    shipped_assumptions,
)
from transforms.report.chapter import Chapter, Question
from transforms.report.prose import Writer

_SAME = "\u2013"
"""A dash where a moved assumption changes nothing, or where there is nobody to share an amount."""


def cost_chapters(content: ReleaseContent, writer: Writer) -> tuple[Chapter, ...]:
    """One chapter that says why what is withheld is; none if nobody decided about sums."""
    if not content.sums and not content.withheld:
        return ()
    told = writer.language
    withheld = tuple(
        told.say(
            "costs.withheld",
            title=told.declared(amount.title),
            reason=told.declared(WITHHELD[content.withheld[amount.id]]),
        )
        for amount in AMOUNTS
        if amount.id in content.withheld
    )
    tables = tuple(_sum_question(table, content, told) for table in content.sums)
    before = (*withheld, *((_rules(told),) if tables else ()))
    # Their assumptions are of the evaluation report, which is about one municipality.
    is_ours = content.profile.gemeente_code == GEMEENTE_CODE
    asked = _scenario_questions(content, told) if is_ours else ()
    return (Chapter("costs", told.say("costs.title"), (*tables, *asked), before),)


def found_scenarios(content: ReleaseContent) -> Scenarios | None:
    """The scenarios of a release; None when a number that they need is not published."""
    table = next((one for one in content.sums if one.spec.id == sums_of(TRAJECT_KOSTEN)[0].id), None)
    if table is None:
        return None
    threshold = content.profile.threshold
    cent, persons = (cells_of(one, threshold)[(TOTAAL,)] for one in (table, content.counted(table)))
    return scenarios(cent, persons, shipped_assumptions()) if cent and persons else None


def _rules(told: Language) -> str:
    rules = AMOUNTS[0].profile
    return told.say(
        "costs.rules",
        contributors=rules.contributors,
        dominance=rules.dominance_pct,
        interval=rules.interval_pct,
        usual=MONEY_CONTRIBUTORS,
    )


def _sum_question(table: ReleasedSums, content: ReleaseContent, told: Language) -> Question:
    spec = next(one for one in SUMS if one.id == table.spec.id)
    sheet = _sum_grid(table, content, told)
    blank = sum(line.slots[1].text == BLANK for line in sheet.lines)
    note = told.say("costs.blank", blank=told.numerals.number(blank), cells=told.numerals.number(len(sheet.lines)))
    return Question(
        id=spec.id,
        title=told.declared(spec.question),
        grids=(sheet,),
        blank=(note,) if blank else (),
        caveats=tuple(told.declared(caveat) for caveat in spec.caveats),
    )


def _sum_grid(table: ReleasedSums, content: ReleaseContent, told: Language) -> Grid:
    """Persons, amount and mean per category; a mean stands only where both of its numbers do."""
    counted, threshold = content.counted(table), content.profile.threshold
    (dimension,) = table.spec.dimensions
    amounts, persons = cells_of(table, threshold), cells_of(counted, threshold)
    mean = dict(zip(dimension.levels, means(table, counted).get_column(GEMIDDELDE), strict=True))
    return Grid(
        caption=told.say(
            "costs.caption",
            id=table.spec.id,
            title=told.declared(table.spec.title),
            peildatum=told.numerals.long_date(content.peildatum),
        ),
        down=told.declared(dimension.title),
        across="",
        columns=_heads(told, "persons", "amount", "mean"),
        lines=tuple(
            Line(
                Head(told.declared(dimension.label(level)), "totaal" if level == TOTAAL else "deel"),
                (
                    count_slot(persons, (level,), "deel", told),
                    _amount(amounts[(level,)], told),
                    _mean(persons, level, mean[level], told),
                ),
            )
            for level in dimension.levels
        ),
    )


def _amount(cents: int | None, told: Language) -> Slot:
    return blank_slot(told, "deel") if cents is None else Slot(told.numerals.euro(cents), "deel")


def _mean(persons: Cells, level: str, mean: int | None, told: Language) -> Slot:
    return Slot(_SAME, "deel") if persons[(level,)] == 0 else _amount(mean, told)


def _heads(told: Language, *names: str) -> tuple[Head, ...]:
    return tuple(Head(told.say(f"costs.column_{name}"), "deel") for name in names)


def _scenario_questions(content: ReleaseContent, told: Language) -> tuple[Question, ...]:
    found, title = found_scenarios(content), told.say("costs.scenarios")
    if found is None:
        return (Question("scenarios", title, (), before=(told.say("costs.missing"),)),)
    explained = tuple(
        told.say("costs.explained", title=told.declared(name), text=told.declared(text))
        for name, text in shipped_assumptions().titles.values()
    )
    outcome = Question(
        id="scenarios",
        title=title,
        grids=(_outcome_grid(found, told),),
        chart=scenario_chart(content, found, told),
        chart_note=told.say("costs.figure_note", step=_step()),
        before=(told.say("costs.model"),),
        caveats=explained,
    )
    sources = tuple(
        told.say(
            "costs.source", title=told.declared(swing.assumption.title), text=told.declared(swing.assumption.source)
        )
        for swing in found.swings
    )
    grids = (_assumption_grid(found, told), _swing_grid(found, told))
    assumed = Question("assumptions", told.say("costs.assumptions"), grids, caveats=sources)
    return outcome, assumed


def _step() -> str:
    return str(int(100 * shipped_assumptions().step))


def _outcome_grid(found: Scenarios, told: Language) -> Grid:
    return Grid(
        caption=told.say("costs.outcome_caption"),
        down=told.say("costs.scenario"),
        across="",
        columns=_heads(told, "cost", "change", "residents", "reach"),
        lines=tuple(_outcome_line(name, found, told) for name in shipped_assumptions().titles),
    )


def _outcome_line(name: str, found: Scenarios, told: Language) -> Line:
    outcome, now, write = found.outcomes[name], found.outcomes["nu"], told.numerals
    cells = (
        write.euro(outcome.cent),
        write.difference(outcome.cent - now.cent),
        write.number(outcome.persons),
        _span(*found.reach(name), told, "costs.reach"),
    )
    return _line(shipped_assumptions().titles[name][0], cells, told)


def _assumption_grid(found: Scenarios, told: Language) -> Grid:
    moved = Head(told.say("costs.column_moved", step=_step()), "deel")
    value, change = _heads(told, "value", "largest")
    return Grid(
        caption=told.say("costs.assumption_caption"),
        down=told.say("costs.assumption"),
        across="",
        columns=(value, moved, change),
        lines=tuple(_assumption_line(swing, found, told) for swing in found.swings),
    )


def _assumption_line(swing: Swing, found: Scenarios, told: Language) -> Line:
    one = swing.assumption
    change = max(abs(moved.cent - found.outcomes[name].cent) for name, both in swing.outcomes.items() for moved in both)
    low, high = (value_text(one, value, told) for value in (swing.low, swing.high))
    cells = value_text(one, one.value, told), told.say("costs.reach", low=low, high=high), told.numerals.euro(change)
    return _line(one.title, cells, told)


def _swing_grid(found: Scenarios, told: Language) -> Grid:
    """Costs of every scenario with the low and the high value of each assumption."""
    return Grid(
        caption=told.say("costs.swing_caption", step=_step()),
        down=told.say("costs.assumption"),
        across=told.say("costs.scenario"),
        columns=tuple(Head(told.declared(title), "deel") for title, _ in shipped_assumptions().titles.values()),
        lines=tuple(
            _line(
                swing.assumption.title,
                tuple(_span(*both, told, "costs.low_high") for both in swing.outcomes.values()),
                told,
            )
            for swing in found.swings
        ),
    )


def _line(title: str, cells: tuple[str, ...], told: Language) -> Line:
    return Line(Head(told.declared(title), "deel"), tuple(Slot(text, "deel") for text in cells))


def _span(low: Outcome, high: Outcome, told: Language, words: str) -> str:
    """From one outcome to another: in costs, in persons where only those move, or nothing at all."""
    write = told.numerals
    if low.cent != high.cent:
        return told.say(words, low=write.euro(low.cent), high=write.euro(high.cent))
    if low.persons != high.persons:
        both = told.say(words, low=write.number(low.persons), high=write.number(high.persons))
        return told.say("number.persons", count=both)
    return _SAME


def value_text(one: Assumption, value: Fraction, told: Language) -> str:
    """The value of an assumption for a reader: 37,5 %, 1,10 or € 55.711."""
    if one.unit == SHARE:
        return told.numerals.percentage(value.numerator, value.denominator)
    return told.numerals.euro(int(100 * value)) if one.unit == EURO else told.numerals.factor(value)
