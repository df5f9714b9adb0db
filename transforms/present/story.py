"""What a report says, in one language and in the order of reading; HTML and PDF only give it looks.

Made from released values and declarations only. Everything in it is text, ready to print.
"""

from dataclasses import dataclass
from datetime import date

from schemas.states import Released
from transforms.present.chart import Chart, chart
from transforms.present.content import ReleaseContent, cells_of
from transforms.present.grid import Grid, blank_notes, grid
from transforms.present.language import Language, language
from transforms.present.prose import Point, Prose, Writer, notices, sections
from transforms.present.summary import Finding, findings

_UI = ("skip", "contents", "questions", "page", "left_out_link")


@dataclass(frozen=True)
class Question:
    """A policy question with its chart, its table, what is blank and why, and what to keep in mind."""

    id: str
    title: str
    chart: Chart
    chart_note: str
    grid: Grid
    blank: tuple[str, ...]
    caveats: tuple[str, ...]


@dataclass(frozen=True)
class Story:
    """The whole report. The three texts of the stamp are empty if it is no demo."""

    language: str
    peildatum: date
    document: str
    title: str
    subtitle: str
    stamp: str
    stamp_word: str
    stamp_text: str
    short_title: str
    findings: tuple[Finding, ...]
    notices: tuple[Point, ...]
    questions: tuple[Question, ...]
    sections: tuple[Prose, ...]
    footer: str
    ui: dict[str, str]


def story(content: ReleaseContent, code: str) -> Story:
    """The report of a release in a language, one of LANGUAGES.

    Raises:
        NotTranslated: A declared text has no English.
    """
    told = language(code)
    writer = Writer(content, told)
    is_demo = content.profile.demo
    return Story(
        language=code,
        peildatum=content.peildatum,
        document=writer.say("title.document"),
        title=writer.say("title.name"),
        subtitle=writer.say("title.subtitle"),
        stamp=writer.say("title.demo_stamp") if is_demo else "",
        stamp_word=writer.say("title.demo") if is_demo else "",
        stamp_text=writer.say("title.demo_text") if is_demo else "",
        short_title=writer.say("short.title"),
        findings=findings(content, told),
        notices=notices(writer),
        questions=tuple(_question(content, released, told) for released in content.released),
        sections=sections(writer),
        footer=writer.say("title.footer"),
        ui={name: writer.say(f"ui.{name}") for name in _UI},
    )


def _question(content: ReleaseContent, released: Released, told: Language) -> Question:
    spec, cells = released.spec, cells_of(released, content.profile.threshold)
    drawn = chart(content, cells, told)
    has_shares = "%" in drawn.description
    return Question(
        id=spec.id,
        title=told.declared(spec.question),
        chart=drawn,
        chart_note=told.say("ui.figure_note_shares" if has_shares else "ui.figure_note"),
        grid=grid(cells, told, told.numerals.long_date(content.peildatum)),
        blank=blank_notes(cells, told),
        caveats=tuple(told.declared(caveat) for caveat in spec.caveats),
    )
