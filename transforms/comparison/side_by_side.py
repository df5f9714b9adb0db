"""The report on several municipalities side by side: what each publishes itself, and nothing added up."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from schemas.municipalities import Gemeente
from schemas.specs import TOTAAL, TableSpec
from schemas.tables.counted import caveats_of
from schemas.tables.dimensions import TREDE
from transforms.charts.chart import Chart, drawn, group_of, rows
from transforms.charts.drawing import Bar, Drawing, Panel
from transforms.comparison.side import Column, SideTable
from transforms.comparison.verified_release import VerifiedRelease
from transforms.language.language import Language, language_of
from transforms.released.content import Levels
from transforms.released.figures import count_text, group_text
from transforms.released.grid import Grid, Head, Line, Slot, count_slot, head
from transforms.report.chapter import Chapter, Question
from transforms.report.prose import Point, Prose
from transforms.report.story import UI, Story
from transforms.report.summary import HEADLINES, Paragraph

_ACROSS = 6
"""Municipalities in one grid: more do not fit on a page."""

SlotOf = Callable[[Column, str], Slot]
"""What stands in the column of a municipality at a level of the first dimension."""


@dataclass(frozen=True, eq=False)
class SideContent:
    """Everything that the report on several municipalities is made of. There is no clock in it.

    Attributes:
        members: All municipalities, those without a release too, in order of name.
        left_out: Tables that are not shown, by id with the reason (`transforms.comparison.verified_release`).
    """

    releases: tuple[VerifiedRelease, ...]
    members: tuple[Gemeente, ...]
    peildatum: date
    tables: tuple[SideTable, ...]
    left_out: Mapping[str, str]

    @property
    def is_demo(self) -> bool:
        return any(release.content.profile.demo for release in self.releases)

    @property
    def present(self) -> tuple[Gemeente, ...]:
        return tuple(gemeente for gemeente in self.members if gemeente not in self.absent)

    @property
    def absent(self) -> tuple[Gemeente, ...]:
        present = {release.content.profile.gemeente_code for release in self.releases}
        return tuple(gemeente for gemeente in self.members if gemeente.code not in present)

    def table(self, spec: TableSpec) -> SideTable | None:
        return next((table for table in self.tables if table.spec.id == spec.id), None)


@dataclass(frozen=True)
class SideWriter:
    """Says what the words file holds, filled in with the facts of these municipalities."""

    content: SideContent
    language: Language

    def say(self, key: str, **fields: object) -> str:
        day = self.language.numerals.long_date(self.content.peildatum)
        facts: dict[str, object] = {"peildatum": day, "gemeenten": self.names(self.content.members)}
        return self.language.say(key, **(facts | fields))

    def names(self, gemeenten: tuple[Gemeente, ...]) -> str:
        return self.language.numerals.enumeration([gemeente.name for gemeente in gemeenten])

    def point(self, section: str, name: str) -> Point:
        return Point(self.say(f"{section}.{name}_lead"), self.say(f"{section}.{name}"))

    @property
    def stamp(self) -> str:
        return self.say("title.demo_stamp") if self.content.is_demo else ""


def side_story(content: SideContent, code: str) -> Story:
    """Return the report in a language, one of LANGUAGES.

    Raises:
        NotTranslated: A declared text has no English.
    """
    writer = SideWriter(content, language_of(code))
    rounded = any(release.content.base is not None for release in content.releases)
    names = ("rounded", "no_total") if rounded else ("no_total",)
    questions = tuple(_question(writer, table) for table in content.tables)
    return Story(
        language=code,
        peildatum=content.peildatum,
        document=writer.say("side.document"),
        title=writer.say("side.name"),
        subtitle=writer.say("side.subtitle"),
        stamp=writer.stamp,
        stamp_word=writer.say("title.demo") if content.is_demo else "",
        stamp_text=writer.say("side.demo_text") if content.is_demo else "",
        short_title=writer.say("short.title"),
        findings=_findings(writer),
        notices=(*(writer.point("side", name) for name in names), Point("", writer.say("side.purpose"))),
        chapters=(Chapter("questions", writer.say("side.questions"), questions),),
        sections=(_reading(writer), _left_out(writer), _proof(writer)),
        footer=writer.say("side.footer"),
        ui={name: writer.say(f"ui.{name}") for name in UI},
    )


def _findings(writer: SideWriter) -> tuple[Paragraph, ...]:
    """Return who takes part, and of every municipality the counts that a council asks for first."""
    content = writer.content
    names = {"present": writer.names(content.present), "absent": writer.names(content.absent)}
    sentence = writer.say("side.members_absent" if content.absent else "side.members_all", **names)
    findings = [Paragraph(writer.say("side.members"), (sentence,))]
    for title, spec, shown in HEADLINES:
        table = writer.content.table(spec)
        if table is not None:
            findings.append(Paragraph(writer.say(title), tuple(_sentence(writer, table, levels) for levels in shown)))
    return tuple(findings)


def _sentence(writer: SideWriter, table: SideTable, levels: Levels) -> str:
    """Return one count of every municipality that takes part."""
    dimension = table.spec.dimensions[0]
    label = writer.language.declared(dimension.label(levels[0]))
    label = writer.say("change.trede", label=label) if dimension == TREDE else label
    whole = None if levels[0] == TOTAAL else (TOTAAL, *levels[1:])
    each = "; ".join(
        writer.say("side.one", gemeente=column.gemeente.name, count=_count(writer.language, column, levels, whole))
        for column in table.columns
        if column.gemeente not in writer.content.absent
    )
    return writer.say("side.told", label=label[:1].upper() + label[1:], gemeenten=each)


def _count(language: Language, column: Column, levels: Levels, whole: Levels | None) -> str:
    if column.cells is None or not column.shows(levels):
        return language.say("side.x")
    return count_text(language, column.cells, levels, whole)


def _question(writer: SideWriter, table: SideTable) -> Question:
    spec, language = table.spec, writer.language
    rest = group_of(spec)
    drawing = _chart(writer, table, rest)
    shown = [(level, *rest) for level in spec.dimensions[0].levels]
    blank = sum(not column.shows(levels) for column in table.columns for levels in shown)
    number = language.numerals.number
    note = writer.say("side.blank", blank=number(blank), cells=number(len(shown) * len(table.columns)))
    caveats = tuple(language.declared(caveat) for caveat in caveats_of(spec))
    return Question(
        id=spec.id,
        title=language.declared(spec.question),
        chart=drawing,
        chart_note=writer.say("side.figure_note"),
        grids=(*_counts(writer, table, rest), *_shares(writer, table, rest)),
        blank=(note,) if blank else (),
        caveats=(*((writer.say("side.inside"),) if rest else ()), *caveats),
    )


def _chart(writer: SideWriter, table: SideTable, rest: Levels) -> Chart | None:
    """Draw the shares of every municipality that shows any, on one scale; return None if none does."""
    language, spec = writer.language, table.spec
    levels = [(level, *rest) for level in spec.dimensions[0].levels]
    columns = [column for column in table.columns if any(column.share_of(cell) for cell in levels)]
    if not columns:
        return None
    panels = tuple(Panel(column.gemeente.name, _bars(column, rest, language)) for column in columns)
    population = group_text(language, spec, rest)
    subtitle = writer.say("side.chart_subtitle_of" if population else "side.chart_subtitle", population=population)
    return drawn(
        Drawing(language.declared(spec.title), subtitle, writer.stamp, panels), spec.id, language, has_shares=True
    )


def _bars(column: Column, rest: Levels, language: Language) -> tuple[Bar, ...]:
    if column.cells is None:
        return ()
    dimension = column.cells.spec.dimensions[0]
    bars = []
    for level in rows(column.cells, is_alone=False):
        share = column.share_of((level, *rest))
        text = language.say("side.x") if share is None else language.numerals.whole_percentage(*share)
        kind, length = ("hidden", 0) if share is None else ("shown", 1000 * share[0] // share[1])
        bars.append(Bar(language.declared(dimension.label(level)), kind, length, text))
    return tuple(bars)


def _counts(writer: SideWriter, table: SideTable, rest: Levels) -> tuple[Grid, ...]:
    population = group_text(writer.language, table.spec, rest)
    caption = writer.say(
        "side.caption_of" if population else "side.caption",
        id=table.spec.id,
        title=writer.language.declared(table.spec.title),
        population=population,
    )
    return _grids(writer, table, caption, lambda column, level: _count_slot(column, (level, *rest), writer.language))


def _shares(writer: SideWriter, table: SideTable, rest: Levels) -> tuple[Grid, ...]:
    caption = writer.say("side.caption_share", id=table.spec.id)
    return _grids(writer, table, caption, lambda column, level: _share_slot(column, (level, *rest), writer.language))


def _grids(writer: SideWriter, table: SideTable, caption: str, slot: SlotOf) -> tuple[Grid, ...]:
    """Categories down, municipalities across; as many grids of equal width as a page needs."""
    dimension, language = table.spec.dimensions[0], writer.language
    wide = -(-len(table.columns) // -(-len(table.columns) // _ACROSS))
    parts = [table.columns[first : first + wide] for first in range(0, len(table.columns), wide)]
    return tuple(
        Grid(
            caption=caption,
            down=language.declared(dimension.title),
            across=writer.say("side.across"),
            columns=tuple(Head(column.gemeente.name, "deel") for column in columns),
            lines=tuple(
                Line(head(dimension, level, language), tuple(slot(column, level) for column in columns))
                for level in dimension.levels
            ),
        )
        for columns in parts
    )


def _count_slot(column: Column, levels: Levels, language: Language) -> Slot:
    if column.cells is None or not column.shows(levels):
        return _x(language)
    return count_slot(column.cells, levels, "deel", language)


def _share_slot(column: Column, levels: Levels, language: Language) -> Slot:
    share = column.share_of(levels)
    if share is None or column.cells is None:
        return _x(language)
    write = language.numerals.whole_percentage if column.cells.is_rounded else language.numerals.percentage
    return Slot(write(*share), "deel")


def _x(language: Language) -> Slot:
    return Slot(language.say("side.x"), "deel", language.say("side.x_spoken"))


def _reading(writer: SideWriter) -> Prose:
    points = tuple(writer.point("side_reading", name) for name in ("x", "share", "rank", "moved"))
    return Prose("reading", writer.say("side_reading.title"), "list", (), points)


def _left_out(writer: SideWriter) -> Prose:
    absent, reasons = writer.content.absent, writer.content.left_out
    members = (
        writer.say("side_left_out.members", gemeenten=writer.names(absent))
        if absent
        else writer.say("side_left_out.everybody")
    )
    return Prose(
        id="left_out",
        title=writer.say("side_left_out.title"),
        kind="list",
        before=(members, writer.say("side_left_out.tables" if reasons else "side_left_out.no_tables")),
        points=tuple(Point(f"{table}:", writer.say(f"side_left_out.{reason}")) for table, reason in reasons.items()),
        after=(writer.say("side_left_out.sums"),),
    )


def _proof(writer: SideWriter) -> Prose:
    points = tuple(writer.point("side_proof", name) for name in ("signed", "alone", "nothing_new"))
    return Prose("proof", writer.say("side_proof.title"), "list", (), points)
