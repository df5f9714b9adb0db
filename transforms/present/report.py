"""The report for council and officials: one Dutch HTML file without scripts or links to elsewhere."""

from dataclasses import dataclass

import polars as pl
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from schemas.names import STATUS, SUPPRESSED
from schemas.specs import TOTAAL, Dimension, Profile, TableSpec
from schemas.states import Released
from transforms.present import dutch
from transforms.present.content import NOT_PUBLISHED, Cells, ReleaseContent, cells_of
from transforms.present.costs import cost_section
from transforms.present.summary import summary
from transforms.scenarios import declared

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


def report_html(content: ReleaseContent, chart_svg: bytes, scenario_svg: bytes | None = None) -> bytes:
    """The report, made from released values only; equal content gives equal bytes.

    Args:
        chart_svg: What `ladder_chart` drew of the same content; it goes in as it is.
        scenario_svg: What `scenario_chart` drew, if the release holds sums.
    """
    environment = Environment(
        loader=PackageLoader("transforms.present"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    tables = tuple(_view(released, content.profile) for released in content.released)
    page = environment.get_template("rapport.html.j2").render(
        content=content,
        profile=content.profile,
        chart=Markup(chart_svg.decode()),  # noqa: S704  our own drawing, escaped by chart.py
        summary=summary(content),
        tables=tables,
        cell_count=dutch.number(sum(table.cell_count for table in tables)),
        suppressed_count=dutch.number(sum(table.suppressed_count for table in tables)),
        number=dutch.number,
        costs=cost_section(content),
        scenario_chart=Markup((scenario_svg or b"").decode()),  # noqa: S704  our own drawing, as above
        step=declared().step * 100,
        not_published=NOT_PUBLISHED,
    )
    return page.encode()


def _view(released: Released, profile: Profile) -> TableView:
    spec, cells = released.spec, cells_of(released)
    first, *rest = spec.dimensions
    across = tuple(_heading(rest[0], level) for level in rest[0].levels) if rest else _SINGLE
    return TableView(
        spec=spec,
        population=tuple(dimension.label(level) for dimension, level in spec.population),
        columns=across,
        rows=tuple((_heading(first, level), _row(cells, level, f"<{profile.threshold}")) for level in first.levels),
        cell_count=released.frame.height,
        suppressed_count=released.frame.filter(pl.col(STATUS) == SUPPRESSED).height,
    )


_SINGLE = (Heading(COUNT_TITLE, "deel"), Heading(SHARE_TITLE, "deel"))


def _kind(dimension: Dimension, level: str) -> str:
    if level == TOTAAL:
        return "totaal"
    return "deel" if level in dimension.codes.values else "subtotaal"


def _heading(dimension: Dimension, level: str) -> Heading:
    return Heading(dimension.label(level), _kind(dimension, level))


def _row(cells: Cells, level: str, below: str) -> tuple[Cell, ...]:
    if len(cells.spec.dimensions) == 1:
        return _count_and_share(cells, (level,), below)
    across = cells.spec.dimensions[1]
    return tuple(_cell(cells, (level, other), _kind(across, other), below) for other in across.levels)


def _cell(cells: Cells, levels: tuple[str, ...], kind: str, below: str) -> Cell:
    value = cells[levels]
    if levels in cells.below:
        return Cell(below, kind)
    return Cell(None if value is None else dutch.number(value), kind)


def _count_and_share(cells: Cells, levels: tuple[str, ...], below: str) -> tuple[Cell, ...]:
    """A share stands only beside a published count of a published total."""
    value, whole = cells[levels], cells[(TOTAAL,)]
    share = None if value is None or not whole else dutch.percentage(value, whole)
    return _cell(cells, levels, "deel", below), Cell(share, "deel")
