"""A released table as rows and columns of text: the first dimension down, the second across."""

from dataclasses import dataclass

from schemas.specs import TOTAAL, Dimension
from schemas.specs.axes import categories
from transforms.language.language import Language
from transforms.released.content import Cells, Levels
from transforms.released.figures import population_text, share_text

BLANK = "•"


@dataclass(frozen=True)
class Head:
    """A row or column head; `kind` is deel, subtotaal or totaal and gives it its looks."""

    label: str
    kind: str


@dataclass(frozen=True)
class Slot:
    """The text of one cell.

    Attributes:
        spoken: What a screen reader says instead of the dot of a blank cell; else empty.
    """

    text: str
    kind: str
    spoken: str = ""


@dataclass(frozen=True)
class Line:
    head: Head
    slots: tuple[Slot, ...]


@dataclass(frozen=True)
class Grid:
    """A table to print. `across` is the head over all columns, empty if there is none."""

    caption: str
    down: str
    across: str
    columns: tuple[Head, ...]
    lines: tuple[Line, ...]


def grid(cells: Cells, language: Language, peildatum: str) -> Grid:
    """Return the grid of a table of counts: all its cells, blank where a count is not published."""
    first, *rest = cells.spec.dimensions
    single = (Head(language.say("table.count"), "deel"), Head(language.say("table.share"), "deel"))
    columns = tuple(head(rest[0], level, language) for level in rest[0].levels) if rest else single
    return Grid(
        caption=_caption(cells, language, peildatum),
        down=language.declared(first.title),
        across=language.declared(rest[0].title) if rest else "",
        columns=columns,
        lines=tuple(Line(head(first, level, language), _slots(cells, level, language)) for level in first.levels),
    )


def blank_notes(cells: Cells, language: Language) -> tuple[str, ...]:
    """Return how many cells are blank or below the threshold, and why; nothing if none is."""
    number = language.numerals.number
    facts = {
        "cells": number(len(cells.values)),
        "blank": number(cells.hidden),
        "below": number(len(cells.below)),
        "threshold": cells.threshold,
    }
    below = (language.say("table.below", **facts),) if cells.below else ()
    if not cells.hidden:
        return below
    if cells.is_rounded:
        return (*below, language.say("table.blank_round", **facts))
    # Which of them holds for which cell is not told: that would say how small it is.
    reasons = language.say("table.reasons_sensitive" if cells.spec.disclosure.sensitive else "table.reasons")
    return (language.say("table.blank_one" if cells.hidden == 1 else "table.blank", reasons=reasons, **facts),)


def _caption(cells: Cells, language: Language, peildatum: str) -> str:
    spec = cells.spec
    population = population_text(language, spec)
    key = "table.caption_of" if population else "table.caption"
    title = language.declared(spec.title)
    return language.say(key, id=spec.id, title=title, population=population, peildatum=peildatum)


def head(dimension: Dimension, level: str, language: Language) -> Head:
    return Head(language.declared(dimension.label(level)), kind_of(dimension, level))


def kind_of(dimension: Dimension, level: str) -> str:
    """`deel`, `subtotaal` or `totaal`: it gives a row or a column its looks."""
    if level == TOTAAL:
        return "totaal"
    return "deel" if level in categories(dimension) else "subtotaal"


def _slots(cells: Cells, level: str, language: Language) -> tuple[Slot, ...]:
    if len(cells.spec.dimensions) == 1:
        return _count_and_share(cells, level, language)
    across = cells.spec.dimensions[1]
    return tuple(count_slot(cells, (level, other), kind_of(across, other), language) for other in across.levels)


def count_slot(cells: Cells, levels: Levels, kind: str, language: Language) -> Slot:
    """Return the slot of a count, blank where it is not published."""
    value = cells[levels]
    if levels in cells.below:
        return Slot(language.say("number.below_short", threshold=cells.threshold), kind)
    if value is None:
        return blank_slot(language, kind)
    return Slot(language.numerals.number(value), kind)


def blank_slot(language: Language, kind: str) -> Slot:
    return Slot(BLANK, kind, language.say("number.hidden"))


def _count_and_share(cells: Cells, level: str, language: Language) -> tuple[Slot, ...]:
    """Return a count and its share; the share is blank unless the count and the total are published."""
    share = share_text(language, cells, (level,), (TOTAAL,))
    right = blank_slot(language, "deel") if share is None else Slot(share, "deel")
    return count_slot(cells, (level,), "deel", language), right
