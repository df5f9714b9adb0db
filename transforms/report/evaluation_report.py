"""What stands beside the counts: what of the evaluation report is withheld, and the municipality's own figures."""

from schemas.reference import GEMEENTE_CODE, REFERENCE_FIGURES, ReferenceFigure
from schemas.withheld import WITHHELD
from transforms.released.grid import Grid, Head, Line, Slot
from transforms.report.prose import Point, Prose, Writer


def evaluation_sections(writer: Writer) -> tuple[Prose, ...]:
    """Both sections; none for a municipality that the evaluation report is not about, or beside one question."""
    profile = writer.content.profile
    if profile.question or profile.gemeente_code != GEMEENTE_CODE:
        return ()
    return withheld(writer), reference(writer)


def withheld(writer: Writer) -> Prose:
    """Return per analysis of the evaluation report: the rule that withholds it, and what is published instead."""
    language = writer.language
    points = tuple(
        Point(
            language.say(
                "withheld.lead", subject=language.declared(analysis.subject), table=language.declared(analysis.table)
            ),
            language.say(
                "withheld.rule", rule=language.declared(analysis.rule), instead=language.declared(analysis.instead)
            ),
        )
        for analysis in WITHHELD
    )
    return Prose("withheld", writer.say("withheld.title"), "terms", (writer.say("withheld.before"),), points)


def reference(writer: Writer) -> Prose:
    """Figures that no client record can give, with what they are about."""
    columns = tuple(Head(writer.say(f"reference.{name}"), "deel") for name in ("period", "value", "unit"))
    lines = tuple(_line(writer, figure) for figure in REFERENCE_FIGURES)
    grid = Grid(writer.say("reference.caption"), writer.say("reference.subject"), "", columns, lines)
    return Prose("reference", writer.say("reference.title"), "list", (writer.say("reference.before"),), (), grid=grid)


def _line(writer: Writer, figure: ReferenceFigure) -> Line:
    language = writer.language
    period = language.declared(figure.period)
    words = (
        language.say("reference.forecast", period=period) if figure.forecast else period,
        language.numerals.number(figure.value),
        language.declared(figure.unit),
    )
    return Line(Head(language.declared(figure.subject), "deel"), tuple(Slot(text, "deel") for text in words))
