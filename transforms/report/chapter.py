"""The parts of a report: questions with their chart and tables, in chapters. Everything in them is text."""

from dataclasses import dataclass

from transforms.charts.chart import Chart
from transforms.released.grid import Grid


@dataclass(frozen=True)
class Question:
    """A policy question with its chart, its tables, what is blank and why, and what to keep in mind.

    Attributes:
        before: Paragraphs above the chart.
        chart: None if a table says it better.
        blank: How many cells are not shown, and why.
    """

    id: str
    title: str
    grids: tuple[Grid, ...]
    chart: Chart | None = None
    chart_note: str = ""
    before: tuple[str, ...] = ()
    blank: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chapter:
    """Questions that belong together."""

    id: str
    title: str
    questions: tuple[Question, ...]
    before: tuple[str, ...] = ()
