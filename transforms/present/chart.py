"""The participatieladder of the inwoners under the Participatiewet, as an SVG of released values.

A suppressed trede gets a hatched band with words, as wide for every count: neither its
length nor its colour says anything about the number behind it.
"""

from collections.abc import Iterator
from html import escape
from typing import Any

import altair as alt
import vl_convert

from schemas.specs import TOTAAL
from schemas.tables import trede_by_regeling
from transforms.present.content import NOT_PUBLISHED, Cells, ReleaseContent, cells_of, count_text

_REGELING = "pwet_totaal"
_FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
_INK, _BLUE, _GREY, _RED = "#1a1a1a", "#1f4e79", "#5f6b76", "#a3001b"
_HATCH = "url(#onderdrukt)"
# All sizes in pixels and fixed, so that no font of the machine moves anything.
_LEFT, _TOP, _WIDTH, _HEIGHT = 248, 76, 510, 300
_BAND, _BAR, _BRACKET = 366, 280, 384
_PATTERN = (
    '<defs><pattern id="onderdrukt" width="7" height="7" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect width="7" height="7" fill="#ffffff"/>'
    '<rect width="1.2" height="7" fill="#c3cad1"/></pattern></defs>'
)

Row = dict[str, str | int | None]


def ladder_chart(content: ReleaseContent) -> bytes:
    """The chart as one SVG without scripts, fonts or links; equal content gives equal bytes."""
    svg = vl_convert.vegalite_to_svg(_specification(content), vl_version="6.4", allowed_base_urls=[])
    return _accessible(svg, content).encode()


def _treden(cells: Cells) -> list[Row]:
    """One row per trede, the highest first as on a ladder, onbekend last."""
    dimension = cells.spec.dimensions[0]
    *treden, onbekend = dimension.codes.values
    whole = cells[(TOTAAL, _REGELING)]
    return [
        {
            "trede": dimension.label(level),
            "aantal": (value := cells[(level, _REGELING)]),
            "tekst": f"{NOT_PUBLISHED} (onderdrukt)" if value is None else count_text(value, whole),
            "kleur": _GREY if level == onbekend else _BLUE,
        }
        for level in (*reversed(treden), onbekend)
    ]


def _samen(cells: Cells) -> list[Row]:
    """One row per published subtotal, from its highest to its lowest trede."""
    dimension = cells.spec.dimensions[0]
    whole = cells[(TOTAAL, _REGELING)]
    return [
        {
            "van": dimension.label(subtotal.parts[-1]),
            "tot": dimension.label(subtotal.parts[0]),
            "tekst": f"{subtotal.label}:\n{count_text(value, whole)}",
        }
        for subtotal in reversed(dimension.subtotals)
        if (value := cells[(subtotal.code, _REGELING)]) is not None
    ]


def _subtitle(content: ReleaseContent, cells: Cells) -> str:
    total = count_text(cells[(TOTAAL, _REGELING)])
    return f"Inwoners: {total} · {content.profile.gemeente} · peildatum {content.peildatum_text}"


def _specification(content: ReleaseContent) -> dict[str, Any]:
    cells = cells_of(content.table(trede_by_regeling.TABLE))
    treden = _treden(cells)
    order = [str(row["trede"]) for row in treden]
    layers = (*_bars(treden, order), *_brackets(_samen(cells), order), *_heading(content, _subtitle(content, cells)))
    chart = alt.layer(*layers).properties(
        width=_WIDTH,
        height=_HEIGHT,
        autosize="none",
        padding={"left": _LEFT, "top": _TOP, "right": 12, "bottom": 12},
    )
    # No validation: the shape of the specification is fixed and the tests draw it.
    specification: dict[str, Any] = (
        chart.configure(aria=False, font=_FONT).configure_view(stroke=None).to_dict(validate=False)
    )
    return specification


def _data(rows: list[Row]) -> alt.Chart:
    return alt.Chart({"values": rows})


def _bars(treden: list[Row], order: list[str]) -> Iterator[alt.Chart]:
    """Per trede a bar with its count, or a hatched band that says that there is none."""
    axis = alt.Axis(
        title=None, domain=False, ticks=False, labelFontSize=13, labelLimit=0, labelColor=_INK, labelPadding=8
    )
    y = alt.Y("trede:N", sort=None, axis=axis, scale=alt.Scale(domain=order, paddingInner=0.3, paddingOuter=0.15))
    published = [row for row in treden if row["aantal"] is not None]
    longest = max((int(row["aantal"] or 0) for row in published), default=0) or 1
    # The scale ends at the pixel of the last column; the longest bar leaves room for its text.
    scale = alt.Scale(domain=[0, longest * _WIDTH / _BAR], nice=False)
    x = alt.X("aantal:Q", axis=None, scale=scale)
    label: dict[str, Any] = {"align": "left", "baseline": "middle", "fontSize": 13, "color": _INK}
    yield _data(published).mark_bar().encode(x=x, y=y, color=alt.Color("kleur:N", scale=None))
    yield _data(published).mark_text(dx=6, **label).encode(x=x, y=y, text="tekst:N")
    hidden = _data([row for row in treden if row["aantal"] is None])
    edge: dict[str, Any] = {"stroke": _GREY, "strokeDash": [4, 3], "strokeWidth": 1}
    yield hidden.mark_bar(color=_HATCH, **edge).encode(x=alt.value(0), x2=alt.value(_BAND), y=y)
    halo: dict[str, Any] = {"stroke": "#ffffff", "strokeWidth": 6, "strokeJoin": "round"}
    yield hidden.mark_text(**label, **halo).encode(x=alt.value(12), y=y, text="tekst:N")
    yield hidden.mark_text(**label).encode(x=alt.value(12), y=y, text="tekst:N")


def _brackets(samen: list[Row], order: list[str]) -> Iterator[alt.Chart]:
    """Per subtotal a line along its treden, with the number they have together."""
    scale = alt.Scale(domain=order)
    data, start, end = _data(samen), alt.Y("van:N", sort=None, scale=scale), alt.Y2("tot:N")
    x = alt.value(_BRACKET)
    yield data.mark_rule(color=_GREY, strokeWidth=2).encode(x=x, y=start, y2=end)
    for edge in ("van:N", "tot:N"):
        yield data.mark_rule(color=_GREY, strokeWidth=2).encode(
            x=alt.value(_BRACKET - 6), x2=x, y=alt.Y(edge, sort=None)
        )
    middle = alt.Y("van:N", sort=None, scale=scale, bandPosition=1)
    text: dict[str, Any] = {"align": "left", "baseline": "middle", "fontSize": 13, "color": _INK, "lineBreak": "\n"}
    yield data.mark_text(dx=10, **text).encode(x=x, y=middle, text="tekst:N")


def _heading(content: ReleaseContent, subtitle: str) -> Iterator[alt.Chart]:
    """Title, subtitle and, over a demo, the stamp; drawn as text because a title moves with the fonts."""
    left = {"x": 12 - _LEFT, "align": "left", "color": _INK}
    right = {"x": _WIDTH, "align": "right", "color": _RED}
    title = "Participatieladder van inwoners met Participatiewet"
    yield _words(title, {**left, "y": 14 - _TOP, "fontSize": 17, "fontWeight": "bold"})
    yield _words(subtitle, {**left, "y": 38 - _TOP, "fontSize": 13})
    if content.profile.demo:
        stamp = "DEMO: verzonnen gegevens"
        yield _words(stamp, {**right, "y": 14 - _TOP, "fontSize": 14, "fontWeight": "bold"})


def _words(text: str, style: dict[str, Any]) -> alt.Chart:
    words: alt.Chart = _data([{"tekst": text}]).mark_text(baseline="top", text=text, **style)
    return words


def _description(content: ReleaseContent) -> str:
    """The chart in words, for whoever does not see it."""
    cells = cells_of(content.table(trede_by_regeling.TABLE))
    treden = [f"{row['trede']}: {row['tekst']}" for row in _treden(cells)]
    samen = [str(row["tekst"]).replace("\n", " ") for row in _samen(cells)]
    demo = "DEMO, verzonnen gegevens. " if content.profile.demo else ""
    return f"{demo}{_subtitle(content, cells)}. Per trede: {'; '.join(treden)}. Treden samen: {'; '.join(samen)}."


def _accessible(svg: str, content: ReleaseContent) -> str:
    """The SVG with a role, a title, a description and the pattern of a suppressed band."""
    start, rest = svg.split(">", 1)
    role = 'role="img" aria-labelledby="ladder-titel ladder-beschrijving"'
    title = f'<title id="ladder-titel">Staafdiagram van de participatieladder, {escape(content.title)}</title>'
    description = f'<desc id="ladder-beschrijving">{escape(_description(content))}</desc>'
    return f"{start} {role}>{title}{description}{_PATTERN}{rest}\n"
