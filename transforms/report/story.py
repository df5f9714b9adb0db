"""What a report says, in one language and in the order of reading; HTML and PDF only give it looks.

Made from released values and declarations only. Everything in it is text, ready to print.
"""

from dataclasses import dataclass
from datetime import date

from schemas.states import Released
from schemas.tables.counted import caveats_of
from transforms.charts.chart import chart, group_of
from transforms.language.language import Language, language_of
from transforms.released.content import ReleaseContent, cells_of
from transforms.released.grid import blank_notes, grid
from transforms.report.chapter import Chapter, Question
from transforms.report.costs import cost_chapters
from transforms.report.evaluation_report import evaluation_sections
from transforms.report.lead import lead
from transforms.report.prose import Point, Prose, Writer, notices, sections
from transforms.report.summary import Paragraph, findings

UI = ("skip", "contents", "page", "left_out_link")
"""Words of the page itself."""


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
    findings: tuple[Paragraph, ...]
    notices: tuple[Point, ...]
    chapters: tuple[Chapter, ...]
    sections: tuple[Prose, ...]
    footer: str
    ui: dict[str, str]

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for chapter in self.chapters for question in chapter.questions)


def story(content: ReleaseContent, code: str) -> Story:
    """Return the report of a release in a language, one of LANGUAGES.

    Raises:
        NotTranslated: A declared text has no English.
    """
    language = language_of(code)
    writer = Writer(content, language)
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
        findings=findings(content, language),
        notices=notices(writer),
        chapters=(_counts(content, writer), *cost_chapters(content, writer)),
        sections=(*sections(writer), *evaluation_sections(writer)),
        footer=writer.say("title.footer"),
        ui={name: writer.say(f"ui.{name}") for name in UI},
    )


def _counts(content: ReleaseContent, writer: Writer) -> Chapter:
    """Return the chapter with a question per released table of counts."""
    questions = tuple(_question(content, released, writer.language) for released in content.released)
    return Chapter("questions", writer.say("ui.questions"), questions)


def _question(content: ReleaseContent, released: Released, language: Language) -> Question:
    spec, cells = released.spec, cells_of(released, content.profile.threshold)
    drawn = chart(content, cells, language)
    answer = lead(cells, language, group_of(spec))
    return Question(
        id=spec.id,
        title=language.declared(spec.question),
        before=(answer,) if answer else (),
        grids=(grid(cells, language, language.numerals.long_date(content.peildatum)),),
        chart=drawn,
        chart_note=language.say("ui.figure_note_shares" if drawn.has_shares else "ui.figure_note"),
        blank=blank_notes(cells, language),
        caveats=tuple(language.declared(caveat) for caveat in caveats_of(spec)),
    )
