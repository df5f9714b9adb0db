"""A table at two peildata as rows and columns of text."""

from transforms.comparison.change import Change, Changed, Outcome
from transforms.language.language import Language
from transforms.released.content import Levels
from transforms.released.figures import group_text
from transforms.released.grid import Grid, Head, Line, Slot, blank_slot, count_slot, head, kind_of

Days = tuple[str, str]


def main_grid(table: Changed, rest: Levels, days: Days, language: Language) -> Grid:
    """Return the grid of the first dimension: both counts, the change, and the bounds of the change.

    Args:
        rest: The level of the second dimension that is shown; empty for a table of one dimension.
    """
    dimension = table.spec.dimensions[0]
    heads = (*days, language.say("change.column_change"), language.say("change.column_between"))
    return Grid(
        caption=_caption(table, rest, days, language),
        down=language.declared(dimension.title),
        across="",
        columns=tuple(Head(text, "deel") for text in heads),
        lines=tuple(
            Line(head(dimension, level, language), _slots(table, (level, *rest), language))
            for level in dimension.levels
        ),
    )


def inside_grid(table: Changed, days: Days, language: Language) -> Grid:
    """Return the grid of a table of two dimensions, with the change in every cell."""
    first, across = table.spec.dimensions
    before, after = days
    return Grid(
        caption=language.say("change.caption_inside", id=table.spec.id, before=before, after=after),
        down=language.declared(first.title),
        across=language.declared(across.title),
        columns=tuple(head(across, level, language) for level in across.levels),
        lines=tuple(
            Line(
                head(first, level, language),
                tuple(_short(table[level, other], kind_of(across, other), language) for other in across.levels),
            )
            for level in first.levels
        ),
    )


def amount_text(language: Language, change: Change) -> str:
    """'ten minste 22 meer', or '40 minder' where it is exact."""
    way = "more" if change.outcome is Outcome.MORE else "fewer"
    key = "change.exactly" if change.low == change.high else "change.least"
    return language.say(f"{key}_{way}", least=language.numerals.number(change.least))


def _caption(table: Changed, rest: Levels, days: Days, language: Language) -> str:
    spec = table.spec
    population = group_text(language, spec, rest)
    before, after = days
    return language.say(
        "change.caption_of" if population else "change.caption",
        id=spec.id,
        title=language.declared(spec.title),
        population=population,
        before=before,
        after=after,
    )


def _slots(table: Changed, levels: Levels, language: Language) -> tuple[Slot, ...]:
    change = table[levels]
    counts = (count_slot(cells, levels, "deel", language) for cells in (table.before, table.after))
    return (*counts, _change_slot(change, language), _between(change, language))


def _change_slot(change: Change, language: Language) -> Slot:
    """Return the slot of a change: it shows what is proven, and is blank if a count is suppressed."""
    if change.outcome is Outcome.HIDDEN:
        return blank_slot(language, "deel")
    if change.outcome is Outcome.UNPROVEN:
        return Slot(language.say("change.unproven_slot"), "deel")
    return Slot(_proven(change, language), "deel")


def _proven(change: Change, language: Language) -> str:
    """Return the difference where it is exact, or else the smallest change that is certain.

    The difference between two rounded counts is larger than the change that is proven.
    """
    if change.low is None or change.low != change.high:
        return amount_text(language, change)
    return language.numerals.signed(change.low)


def _between(change: Change, language: Language) -> Slot:
    if change.outcome is Outcome.HIDDEN or change.low is None or change.high is None:
        return blank_slot(language, "deel")
    low, high = (language.numerals.signed(end) for end in (change.low, change.high))
    return Slot(low if low == high else language.say("change.between", low=low, high=high), "deel")


def _short(change: Change, kind: str, language: Language) -> Slot:
    """For a table with many columns: a sign where no change can be shown."""
    if change.outcome is Outcome.HIDDEN:
        return blank_slot(language, kind)
    if change.outcome is Outcome.UNPROVEN:
        return Slot(language.say("change.unproven_short"), kind, language.say("change.unproven_slot"))
    return Slot(_proven(change, language), kind)
