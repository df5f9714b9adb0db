"""The financing scenarios as an SVG: a bar per scenario, and how far one assumption can move it.

Shape and words carry the message, colour does not: every bar has its amount beside it, and the
reach of the sensitivity is a line with ends.
"""

from html import escape
from typing import Any

import altair as alt
import vl_convert

from transforms.present import dutch
from transforms.present.content import ReleaseContent
from transforms.present.costs import found_scenarios
from transforms.scenarios import Scenarios, declared

_FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
_INK, _BLUE, _GREY, _RED = "#1a1a1a", "#1f4e79", "#5f6b76", "#a3001b"
# All sizes in pixels and fixed, so that no font of the machine moves anything.
_LEFT, _TOP, _WIDTH, _HEIGHT, _BAR = 190, 62, 560, 250, 360
_ABSENT = "Niet te berekenen: een bedrag of aantal dat de scenario's nodig hebben, is niet gepubliceerd."

Row = dict[str, str | int]


def scenario_chart(content: ReleaseContent) -> bytes:
    """The chart as one SVG without scripts, fonts or links; equal content gives equal bytes."""
    found = found_scenarios(content)
    rows = _rows(found) if found else []
    svg = vl_convert.vegalite_to_svg(_specification(content, rows), vl_version="6.4", allowed_base_urls=[])
    return _accessible(svg, content, rows).encode()


def _rows(found: Scenarios) -> list[Row]:
    rows: list[Row] = []
    for name, (title, _) in declared().titles.items():
        cent = found.outcomes[name].cent
        low, high = (one.cent for one in found.reach(name))
        reach = "" if low == high else f" ({dutch.euro(low)} tot {dutch.euro(high)})"
        rows.append({"naam": title, "euro": cent // 100, "laag": low // 100, "hoog": high // 100,
                     "tekst": dutch.euro(cent), "woorden": f"{title}: {dutch.euro(cent)}{reach}"})  # fmt: skip
    return rows


def _specification(content: ReleaseContent, rows: list[Row]) -> dict[str, Any]:
    layers = [*(_bars(rows) if rows else [_words(_ABSENT, {"x": 12 - _LEFT, "y": 20, "fontSize": 13, "color": _INK})])]
    layers += _heading(content)
    chart = alt.layer(*layers).properties(
        width=_WIDTH,
        height=_HEIGHT,
        autosize="none",
        padding={"left": _LEFT, "top": _TOP, "right": 12, "bottom": 12},
    )
    specification: dict[str, Any] = (
        chart.configure(aria=False, font=_FONT).configure_view(stroke=None).to_dict(validate=False)
    )
    return specification


def _bars(rows: list[Row]) -> list[alt.Chart]:
    """A bar with its amount above the line that the sensitivity reaches."""
    axis = alt.Axis(
        title=None, domain=False, ticks=False, labelFontSize=13, labelLimit=0, labelColor=_INK, labelPadding=8
    )
    order = [str(row["naam"]) for row in rows]
    y = alt.Y("naam:N", sort=None, axis=axis, scale=alt.Scale(domain=order, paddingInner=0.45, paddingOuter=0.2))
    largest = max(int(row["hoog"]) for row in rows) or 1
    scale = alt.Scale(domain=[0, largest * _WIDTH / _BAR], nice=False)
    data, start = alt.Chart({"values": rows}), alt.Scale(domain=order)
    x, low, high = (alt.X(f"{name}:Q", axis=None, scale=scale) for name in ("euro", "laag", "hoog"))
    middle = alt.Y("naam:N", sort=None, scale=start, bandPosition=0.5)
    label: dict[str, Any] = {"align": "left", "baseline": "middle", "fontSize": 13, "color": _INK}
    moved = alt.Chart({"values": [row for row in rows if row["laag"] != row["hoog"]]})
    ends = [moved.mark_tick(color=_INK, thickness=2, size=16).encode(x=end, y=middle) for end in (low, high)]
    reach = moved.mark_rule(color=_INK, strokeWidth=2).encode(x=low, x2="hoog:Q", y=middle)
    halo = moved.mark_rule(color="#ffffff", strokeWidth=5).encode(x=low, x2="hoog:Q", y=middle)
    text = data.mark_text(dx=10, **label).encode(x=high, y=middle, text="tekst:N")
    return [data.mark_bar(color=_BLUE).encode(x=x, y=y), halo, reach, *ends, text]


def _heading(content: ReleaseContent) -> list[alt.Chart]:
    left = {"x": 12 - _LEFT, "align": "left", "color": _INK}
    heading = [
        _words("Kosten van trajecten per scenario", {**left, "y": 10 - _TOP, "fontSize": 17, "fontWeight": "bold"}),
        _words(_subtitle(content), {**left, "y": 34 - _TOP, "fontSize": 13}),
    ]
    if content.profile.demo:
        stamp: dict[str, Any] = {"x": _WIDTH, "align": "right", "color": _RED, "y": 10 - _TOP, "fontSize": 14}
        heading.append(_words("DEMO: verzonnen gegevens", {**stamp, "fontWeight": "bold"}))
    return heading


def _subtitle(content: ReleaseContent) -> str:
    pct = declared().step * 100
    return f"Trajecten van twaalf maanden · {content.profile.gemeente} · lijn: een aanname {pct} % lager of hoger"


def _words(text: str, style: dict[str, Any]) -> alt.Chart:
    words: alt.Chart = alt.Chart({"values": [{"tekst": text}]}).mark_text(baseline="top", text=text, **style)
    return words


def _accessible(svg: str, content: ReleaseContent, rows: list[Row]) -> str:
    """The SVG with a role, a title and the chart in words."""
    start, rest = svg.split(">", 1)
    demo = "DEMO, verzonnen gegevens. " if content.profile.demo else ""
    words = "; ".join(str(row["woorden"]) for row in rows) or _ABSENT
    title = f'<title id="scenario-titel">Staafdiagram van de financieringsscenario\'s, {escape(content.title)}</title>'
    description = f'<desc id="scenario-beschrijving">{escape(f"{demo}{_subtitle(content)}. {words}.")}</desc>'
    return f'{start} role="img" aria-labelledby="scenario-titel scenario-beschrijving">{title}{description}{rest}\n'
