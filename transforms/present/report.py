"""The report for council and officials: one Dutch HTML file without scripts or links to elsewhere."""

from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from schemas.specs import TOTAAL, Dimension, TableSpec
from schemas.states import Released
from transforms.present import dutch
from transforms.present.content import NOT_PUBLISHED, Cells, ReleaseContent, cells_of, published_value
from transforms.present.summary import summary

COUNT_TITLE = "Aantal inwoners"
SHARE_TITLE = "Aandeel"


@dataclass(frozen=True)
class Heading:
    """A row or column head; `kind` is deel, subtotaal or totaal and gives it its looks."""

    label: str
    kind: str


@dataclass(frozen=True)
class Cell:
    """The text of one cell, None if it is not published."""

    text: str | None
    kind: str


@dataclass(frozen=True)
class TableView:
    """One table as the template prints it: the first dimension down, the second across."""

    spec: TableSpec
    population: tuple[str, ...]
    columns: tuple[Heading, ...]
    rows: tuple[tuple[Heading, tuple[Cell, ...]], ...]
    cell_count: int
    suppressed_count: int

    @property
    def across(self) -> str:
        return self.spec.dimensions[1].title if len(self.spec.dimensions) > 1 else ""


def report_html(content: ReleaseContent, chart_svg: bytes) -> bytes:
    """The report, made from released values only; equal content gives equal bytes.

    Args:
        chart_svg: What `ladder_chart` drew of the same content; it goes in as it is.
    """
    environment = Environment(
        loader=PackageLoader("transforms.present"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    tables = tuple(_view(released) for released in content.released)
    page = environment.get_template("rapport.html.j2").render(
        content=content,
        profile=content.profile,
        chart=Markup(chart_svg.decode()),  # noqa: S704  our own drawing, escaped by chart.py
        summary=summary(content),
        tables=tables,
        cell_count=dutch.number(sum(table.cell_count for table in tables)),
        suppressed_count=dutch.number(sum(table.suppressed_count for table in tables)),
        number=dutch.number,
        not_published=NOT_PUBLISHED,
    )
    return page.encode()


def _view(released: Released) -> TableView:
    spec, cells = released.spec, cells_of(released)
    first, *rest = spec.dimensions
    across = tuple(_heading(rest[0], level) for level in rest[0].levels) if rest else _SINGLE
    return TableView(
        spec=spec,
        population=tuple(dimension.label(level) for dimension, level in spec.population),
        columns=across,
        rows=tuple((_heading(first, level), _row(cells, level)) for level in first.levels),
        cell_count=released.frame.height,
        suppressed_count=released.frame.select(published_value()).to_series().null_count(),
    )


_SINGLE = (Heading(COUNT_TITLE, "deel"), Heading(SHARE_TITLE, "deel"))


def _kind(dimension: Dimension, level: str) -> str:
    if level == TOTAAL:
        return "totaal"
    return "deel" if level in dimension.codes.values else "subtotaal"


def _heading(dimension: Dimension, level: str) -> Heading:
    return Heading(dimension.label(level), _kind(dimension, level))


def _row(cells: Cells, level: str) -> tuple[Cell, ...]:
    if len(cells.spec.dimensions) == 1:
        return _count_and_share(cells[(level,)], cells[(TOTAAL,)])
    across = cells.spec.dimensions[1]
    return tuple(_cell(cells[(level, other)], _kind(across, other)) for other in across.levels)


def _cell(value: int | None, kind: str) -> Cell:
    return Cell(None if value is None else dutch.number(value), kind)


def _count_and_share(value: int | None, whole: int | None) -> tuple[Cell, ...]:
    """A share stands only beside a published count of a published total."""
    share = None if value is None or not whole else dutch.percentage(value, whole)
    return _cell(value, "deel"), Cell(share, "deel")
