"""A released table as a bar chart: an SVG of released values only, for any table of one or two dimensions.

A suppressed count gets a hatched band with words, as wide for every count: neither its length nor its
colour says anything about the number behind it. A rounded count below the threshold gets an open bar with
a dashed edge, as long as the threshold, and words as well.
"""

from dataclasses import dataclass

from schemas.codes import ONBEKEND
from schemas.specs import TOTAAL, Dimension, TableSpec
from schemas.specs.axes import categories, subtotals
from schemas.tables.dimensions import TREDE
from transforms.charts.drawing import Bar, Bracket, Drawing, Panel, draw
from transforms.language.language import Language
from transforms.released.content import Cells, Levels, ReleaseContent
from transforms.released.figures import count_text, group_text, persons_text, place_text, share_text


def group_of(spec: TableSpec) -> Levels:
    """Return the level of the second dimension to show: the one in focus, or the total; empty if there is none."""
    return (spec.focus or TOTAAL,) if len(spec.dimensions) > 1 else ()


@dataclass(frozen=True)
class Chart:
    """A drawing and the same in words, for whoever does not see it.

    Attributes:
        has_shares: Percentages stand beside the counts.
    """

    svg: str
    description: str
    has_shares: bool = False


def chart(content: ReleaseContent, cells: Cells, language: Language) -> Chart:
    """Return the chart of one table: SVG without scripts, fonts or links; equal content gives equal bytes."""
    return drawn(_drawing(content, cells, language), cells.spec.id, language, has_shares=_has_shares(cells, language))


def drawn(drawing: Drawing, question: str, language: Language, *, has_shares: bool) -> Chart:
    """Draw a chart, and describe it in words.

    Args:
        question: Id of the question that it belongs to, unique within its page.
    """
    description = _description(drawing, language)
    return Chart(draw(drawing, f"grafiek-{question.lower()}", description), description, has_shares)


def _has_shares(cells: Cells, language: Language) -> bool:
    """Only a chart of one panel has room for shares, and only a published whole has any."""
    (rest, *others) = _panel_levels(cells)
    texts = (share_text(language, cells, (row, *rest), (TOTAAL, *rest)) for row in rows(cells, is_alone=True))
    return not others and any(text is not None for text in texts)


def _drawing(content: ReleaseContent, cells: Cells, language: Language) -> Drawing:
    title = language.declared(cells.spec.title)
    levels = _panel_levels(cells)
    stamp = language.say("title.demo_stamp") if content.profile.demo else ""
    is_alone = len(levels) == 1
    panels = tuple(_panel(cells, language, rest, is_alone=is_alone) for rest in levels)
    brackets = _brackets(cells, language, levels[0]) if is_alone else ()
    return Drawing(title, _subtitle(content, cells, language, levels), stamp, panels, brackets)


def _panel_levels(cells: Cells) -> tuple[Levels, ...]:
    """Return the levels of the second dimension that get a panel each; one empty level without such a dimension."""
    _, *rest = cells.spec.dimensions
    if not rest:
        return ((),)
    if cells.spec.focus:
        return ((cells.spec.focus,),)
    (across,) = rest
    levels = tuple(subtotal.code for subtotal in subtotals(across)) or categories(across)
    # 'Onbekend', and a category with nobody in it, stand in the table and need no panel.
    shown = tuple((level,) for level in levels if level != ONBEKEND and cells[(TOTAAL, level)] != 0)
    return shown or ((TOTAAL,),)


def rows(cells: Cells, *, is_alone: bool) -> tuple[str, ...]:
    """Return the rows from top to bottom: categories, and subtotals that no bracket can show."""
    dimension = cells.spec.dimensions[0]
    values = categories(dimension)
    if dimension == TREDE:
        # The highest rung first, as on a ladder; onbekend stays last.
        *treden, onbekend = values
        values = (*reversed(treden), onbekend)
    extra = (
        () if _has_brackets(dimension) or not is_alone else tuple(subtotal.code for subtotal in subtotals(dimension))
    )
    return (*values, *extra)


def _has_brackets(dimension: Dimension) -> bool:
    """Subtotals that do not overlap, of rows that are all there."""
    parts = [part for subtotal in subtotals(dimension) for part in subtotal.parts]
    return len(parts) == len(set(parts)) and set(parts) <= set(categories(dimension))


def _panel(cells: Cells, language: Language, rest: Levels, *, is_alone: bool) -> Panel:
    whole = (TOTAAL, *rest)
    # Shares only where there is room for them.
    of = whole if is_alone else None
    bars = tuple(bar(cells, language, (level, *rest), of) for level in rows(cells, is_alone=is_alone))
    if is_alone:
        return Panel("", bars)
    label = language.declared(cells.spec.dimensions[1].label(*rest))
    return Panel(language.say("chart.total", label=label, count=count_text(language, cells, whole)), bars)


def bar(cells: Cells, language: Language, levels: Levels, whole: Levels | None) -> Bar:
    """Return the bar of one count, hidden if the count is not published.

    Args:
        whole: The cell of which the bar shows the share; None for no share.
    """
    dimension, level = cells.spec.dimensions[0], levels[0]
    is_below, value = levels in cells.below, cells[levels]
    kind = "below" if is_below else "hidden" if value is None else "shown"
    return Bar(
        label=language.declared(dimension.label(level)),
        kind=kind,
        value=cells.threshold if is_below else value or 0,
        text=count_text(language, cells, levels, whole),
        is_category=level in categories(dimension) and level != ONBEKEND,
    )


def _brackets(cells: Cells, language: Language, rest: Levels) -> tuple[Bracket, ...]:
    """Return a bracket per subtotal that is published."""
    dimension = cells.spec.dimensions[0]
    if not _has_brackets(dimension):
        return ()
    shown = rows(cells, is_alone=True)
    brackets = []
    for subtotal in subtotals(dimension):
        levels = (subtotal.code, *rest)
        if cells[levels] is not None:
            places = [shown.index(part) for part in subtotal.parts]
            count = count_text(language, cells, levels, (TOTAAL, *rest))
            text = language.say("chart.together", label=language.declared(subtotal.label), count=count)
            brackets.append(Bracket(min(places), max(places), text))
    return tuple(sorted(brackets, key=lambda bracket: bracket.first))


def _subtitle(content: ReleaseContent, cells: Cells, language: Language, levels: tuple[Levels, ...]) -> str:
    """Municipality, day, who is counted, and how many they are where the chart is about one group."""
    population = group_text(language, cells.spec, group_of(cells.spec))
    key = "chart.subtitle_of" if population else "chart.subtitle"
    day = language.numerals.long_date(content.peildatum)
    text = language.say(key, gemeente=place_text(language, content.profile), peildatum=day, population=population)
    if len(levels) > 1:
        return text
    return f"{text} · {persons_text(language, cells, (TOTAAL, *levels[0]))}"


def _description(drawing: Drawing, language: Language) -> str:
    """Describe the chart in words; a panel without a title is the only one."""
    panels = []
    for panel in drawing.panels:
        phrases = [f"{bar.label}: {bar.text}" for bar in panel.bars]
        phrases += [bracket.text.replace("\n", " ") for bracket in drawing.brackets]
        text = "; ".join(phrases)
        panels.append(f"{panel.title}. {text}." if panel.title else f"{text}.")
    description = language.say(
        "chart.description", title=drawing.title, subtitle=drawing.subtitle, panels=" ".join(panels)
    )
    return f"{drawing.stamp}. {description}" if drawing.stamp else description
