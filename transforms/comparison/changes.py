"""The report on what changed between two peildata: per policy question, and only what the released values prove."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from schemas.specs import TOTAAL, TableSpec
from schemas.tables.counted import caveats_of
from schemas.tables.dimensions import TREDE
from transforms.charts.chart import Chart, bar, drawn, group_of, rows
from transforms.charts.drawing import Bar, Drawing, Panel
from transforms.comparison.change import Changed, Outcome
from transforms.comparison.change_grid import amount_text, inside_grid, main_grid
from transforms.comparison.pair import PairProof
from transforms.comparison.verified_release import VerifiedRelease
from transforms.language.language import Language, language_of
from transforms.released.content import Cells, Levels
from transforms.released.figures import count_text, group_text, place_text
from transforms.report.chapter import Chapter, Question
from transforms.report.prose import Point, Prose
from transforms.report.story import UI, Story
from transforms.report.summary import HEADLINES, Paragraph


@dataclass(frozen=True, eq=False)
class ChangeContent:
    """Everything that the comparison of two peildata is made of. There is no clock in it.

    Attributes:
        changed: The tables that both releases declare alike, in order of publication.
        left_out: Other tables, by id with the reason (`transforms.comparison.verified_release`).
    """

    before: VerifiedRelease
    after: VerifiedRelease
    changed: tuple[Changed, ...]
    left_out: Mapping[str, str]
    proof: PairProof

    @property
    def is_demo(self) -> bool:
        return self.after.content.profile.demo

    def number(self, outcome: Outcome) -> int:
        return sum(table.number(outcome) for table in self.changed)

    def table(self, spec: TableSpec) -> Changed | None:
        return next((table for table in self.changed if table.spec.id == spec.id), None)


@dataclass(frozen=True)
class ChangeWriter:
    """Says what the words file holds, filled in with the facts of a comparison."""

    content: ChangeContent
    language: Language

    def say(self, key: str, **fields: object) -> str:
        return self.language.say(key, **(self._facts | fields))

    def point(self, section: str, name: str) -> Point:
        return Point(self.say(f"{section}.{name}_lead"), self.say(f"{section}.{name}"))

    @property
    def is_rounded(self) -> bool:
        return any(release.content.base is not None for release in (self.content.before, self.content.after))

    @property
    def days(self) -> tuple[str, str]:
        """Both reference dates in words."""
        before, after = self.content.before.content, self.content.after.content
        return self.language.numerals.long_date(before.peildatum), self.language.numerals.long_date(after.peildatum)

    @property
    def _facts(self) -> dict[str, object]:
        before, after = self.days
        return {
            "gemeente": place_text(self.language, self.content.after.content.profile),
            "before": before,
            "after": after,
            "first": self.content.before.release,
            "second": self.content.after.release,
            "threshold": self.content.proof.threshold,
            "solved": self.language.numerals.number(self.content.proof.solved),
        }


def change_story(content: ChangeContent, code: str) -> Story:
    """Return the report of a comparison in a language, one of LANGUAGES.

    Raises:
        NotTranslated: A declared text has no English.
    """
    writer = ChangeWriter(content, language_of(code))
    questions = tuple(_question(writer, table) for table in content.changed)
    purpose = Point("", writer.say("change.purpose"))
    return Story(
        language=code,
        peildatum=content.after.content.peildatum,
        document=writer.say("change.document"),
        title=writer.say("change.name"),
        subtitle=writer.say("change.subtitle"),
        stamp=writer.say("title.demo_stamp") if content.is_demo else "",
        stamp_word=writer.say("title.demo") if content.is_demo else "",
        stamp_text=writer.say("title.demo_text") if content.is_demo else "",
        short_title=writer.say("short.title"),
        findings=_findings(writer),
        notices=(writer.point("change", "rounded"), purpose) if writer.is_rounded else (purpose,),
        chapters=(Chapter("questions", writer.say("change.questions"), questions),),
        sections=(_reading(writer), _left_out(writer), _proof(writer)),
        footer=writer.say("change.footer"),
        ui={name: writer.say(f"ui.{name}") for name in UI},
    )


def _findings(writer: ChangeWriter) -> tuple[Paragraph, ...]:
    """Return how much changed at all and what, and the counts that a council asks for first."""
    number = writer.language.numerals.number
    outcomes = {outcome.name.lower(): number(writer.content.number(outcome)) for outcome in Outcome}
    cells, tables = sum(len(table.changes) for table in writer.content.changed), len(writer.content.changed)
    overall = (
        writer.say("change.counted", cells=number(cells), tables=number(tables)),
        writer.say("change.outcomes", **outcomes),
    )
    findings = [Paragraph(writer.say("change.overall"), overall)]
    for title, spec, levels in HEADLINES:
        table = writer.content.table(spec)
        if table is not None:
            findings.append(Paragraph(writer.say(title), grouped(writer, table, levels)))
    return tuple(findings)


def grouped(writer: ChangeWriter, table: Changed, shown: Sequence[Levels]) -> tuple[str, ...]:
    """Return a sentence per outcome, which names the counts with that outcome."""
    sentences = []
    for outcome in Outcome:
        cells = [_cell(writer, table, levels) for levels in shown if table[levels].outcome is outcome]
        if cells:
            sentences.append(writer.say(f"change.{outcome.name.lower()}", cells="; ".join(cells)))
    return tuple(sentences)


def _counts(writer: ChangeWriter, table: Changed, levels: Levels) -> tuple[str, str]:
    return count_text(writer.language, table.before, levels), count_text(writer.language, table.after, levels)


def _question(writer: ChangeWriter, table: Changed) -> Question:
    spec, language = table.spec, writer.language
    rest = group_of(spec)
    grids = (main_grid(table, rest, writer.days, language),)
    # Of a breakdown in which nothing can be shown, a sentence is enough.
    tells = rest and any(change.outcome not in {Outcome.UNPROVEN, Outcome.HIDDEN} for change in table)
    inside = (inside_grid(table, writer.days, language),) if tells else ()
    return Question(
        id=spec.id,
        title=language.declared(spec.question),
        before=_sentences(writer, table, rest),
        chart=_chart(writer, table, rest),
        chart_note=writer.say("change.figure_note"),
        grids=(*grids, *inside),
        blank=_blank(writer, table),
        caveats=(
            *((writer.say("change.legend"),) if inside else ()),
            *(language.declared(caveat) for caveat in caveats_of(spec)),
        ),
    )


def _sentences(writer: ChangeWriter, table: Changed, rest: Levels) -> tuple[str, ...]:
    """Return sentences on the proven changes in the chart and its totals, and in the breakdown."""
    shown = [(level, *rest) for level in table.spec.dimensions[0].levels]
    proven = [levels for levels in shown if table[levels].is_proven]
    is_hidden = all(table[levels].outcome is Outcome.HIDDEN for levels in shown)
    nothing = (writer.say("change.nothing_shown" if is_hidden else "change.nothing"),)
    sentences = grouped(writer, table, proven) if proven else nothing
    if not rest:
        return sentences
    inside = sum(change.is_proven for levels, change in table.changes.items() if levels not in shown)
    key = "change.inside" if inside else "change.inside_nothing"
    return *sentences, writer.say(key, count=writer.language.numerals.number(inside))


def _cell(writer: ChangeWriter, table: Changed, levels: Levels) -> str:
    """Describe a count: its label, its values on both days, and the change if it is proven."""
    change, dimension = table[levels], table.spec.dimensions[0]
    label = writer.language.declared(dimension.label(levels[0]))
    if dimension == TREDE and levels[0] != TOTAAL:
        label = writer.say("change.trede", label=label)
    if change.outcome is Outcome.HIDDEN:
        return label
    before, after = _counts(writer, table, levels)
    if change.outcome is Outcome.EQUAL:
        return writer.say("change.cell_equal", label=label, after=after)
    if not change.is_proven:
        return writer.say("change.cell_unproven", label=label, before=before, after=after)
    amount = amount_text(writer.language, change)
    return writer.say("change.cell", label=label, before=before, after=after, amount=amount)


def _chart(writer: ChangeWriter, table: Changed, rest: Levels) -> Chart:
    """Draw the same rows for both days, beside each other on one scale."""
    spec, language = table.spec, writer.language
    panels = tuple(
        Panel(day, _bars(cells, rest, language))
        for day, cells in zip(writer.days, (table.before, table.after), strict=True)
    )
    population = group_text(language, spec, rest)
    subtitle = writer.say("change.chart_subtitle_of" if population else "change.chart_subtitle", population=population)
    stamp = writer.say("title.demo_stamp") if writer.content.is_demo else ""
    return drawn(Drawing(language.declared(spec.title), subtitle, stamp, panels), spec.id, language, has_shares=False)


def _bars(cells: Cells, rest: Levels, language: Language) -> tuple[Bar, ...]:
    return tuple(bar(cells, language, (level, *rest), None) for level in rows(cells, is_alone=False))


def _blank(writer: ChangeWriter, table: Changed) -> tuple[str, ...]:
    """Return how many counts are not shown on both days, and why; which reason holds where is not told."""
    hidden = table.number(Outcome.HIDDEN)
    if not hidden:
        return ()
    if table.before.is_rounded and table.after.is_rounded:
        reasons = writer.say("change.reasons_round")
    else:
        reasons = writer.say("table.reasons_sensitive" if table.spec.disclosure.sensitive else "table.reasons")
    number = writer.language.numerals.number
    return (writer.say("change.blank", blank=number(hidden), cells=number(len(table.changes)), reasons=reasons),)


def _reading(writer: ChangeWriter) -> Prose:
    points = tuple(writer.point("change_reading", name) for name in ("net", "between", "cause", "moment"))
    return Prose("reading", writer.say("change_reading.title"), "list", (), points)


def _left_out(writer: ChangeWriter) -> Prose:
    reasons = writer.content.left_out
    points = tuple(Point(f"{table}:", writer.say(f"change_left_out.{reason}")) for table, reason in reasons.items())
    names = ("blank", "tables") if reasons else ("blank", "no_tables")
    return Prose(
        id="left_out",
        title=writer.say("change_left_out.title"),
        kind="list",
        before=tuple(writer.say(f"change_left_out.{name}") for name in names),
        points=points,
        after=(writer.say("change_left_out.sums"),),
    )


def _proof(writer: ChangeWriter) -> Prose:
    points = tuple(writer.point("change_proof", name) for name in ("signed", "alone", "pair", "only"))
    return Prose("proof", writer.say("change_proof.title"), "list", (), points)
