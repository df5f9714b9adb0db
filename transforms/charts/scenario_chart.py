"""The financing scenarios as a bar chart: a bar per scenario, and how far one assumption can move it.

Shape and words carry the message, colour does not: every bar has its amount beside it, and the
reach of the sensitivity is a line with ends.
"""

from transforms.charts.chart import Chart
from transforms.charts.drawing import Bar, Drawing, Panel, draw
from transforms.language.language import Language
from transforms.released.content import ReleaseContent
from transforms.released.figures import place_text
from transforms.released.scenarios import Scenarios, shipped_assumptions


def scenario_chart(content: ReleaseContent, scenarios: Scenarios, language: Language) -> Chart:
    """Return the chart of the scenarios in a language; equal content gives equal bytes."""
    bars = tuple(_bar(name, title, scenarios, language) for name, (title, _) in shipped_assumptions().titles.items())
    subtitle = language.say(
        "costs.chart_subtitle",
        gemeente=place_text(language, content.profile),
        step=int(100 * shipped_assumptions().step),
    )
    stamp = language.say("title.demo_stamp") if content.profile.demo else ""
    drawing = Drawing(language.say("costs.chart_title"), subtitle, stamp, (Panel("", bars),))
    titles = shipped_assumptions().titles
    words = "; ".join(_words(bar, name, scenarios, language) for bar, name in zip(bars, titles, strict=True))
    description = language.say("chart.description", title=drawing.title, subtitle=subtitle, panels=words + ".")
    description = f"{stamp}. {description}" if stamp else description
    return Chart(draw(drawing, "grafiek-scenarios", description), description)


def _bar(name: str, title: str, scenarios: Scenarios, language: Language) -> Bar:
    cent, (low, high) = scenarios.outcomes[name].cent, scenarios.reach(name)
    reach = None if low.cent == high.cent else (low.cent, high.cent)
    return Bar(language.declared(title), "shown", cent, language.numerals.euro(cent), reach=reach)


def _words(bar: Bar, name: str, scenarios: Scenarios, language: Language) -> str:
    low, high = scenarios.reach(name)
    if bar.reach is None:
        return f"{bar.label}: {bar.text}"
    span = language.say("costs.reach", low=language.numerals.euro(low.cent), high=language.numerals.euro(high.cent))
    return f"{bar.label}: {bar.text} ({span})"
