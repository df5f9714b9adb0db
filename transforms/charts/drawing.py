"""Bars, bands and brackets as an SVG: nothing here knows what they mean, and vl-convert (Vega) draws them.

All sizes are in pixels and fixed, so that no font of the machine moves anything.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from textwrap import fill, wrap
from typing import Any

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
_INK, _BLUE, _GREY, _RED = "#1a1a1a", "#1f4e79", "#5f6b76", "#a3001b"
_WIDTH, _LEFT, _MARGIN, _LINE = 790, 254, 12, 17
_AREA = _WIDTH - _LEFT - _MARGIN
_BAR, _BAND, _BRACKET = 240, 366, 384
_MANY, _PANEL_HEADING = 10, 46
_WORDS = 100
_LABEL_CHARACTERS, _TITLE_CHARACTERS, _SUBTITLE_CHARACTERS, _CHARACTER = 37, 84, 125, 7.8
_BRACKET_CHARACTERS, _TEXT_LINE = 20, 15

Mark = dict[str, Any]


@dataclass(frozen=True)
class Bar:
    """One count: `kind` is shown, below or hidden; what is hidden has a length that says nothing.

    Attributes:
        value: Length of the bar in units of the chart; 0 if hidden.
        reach: From where to where the bar may move, in units of the chart; drawn as a line with ends.
        is_category: A category, not a subtotal and not 'onbekend'; those are grey.
    """

    label: str
    kind: str
    value: int
    text: str
    is_category: bool = True
    reach: tuple[int, int] | None = None

    @property
    def furthest(self) -> int:
        return max(self.value, *(self.reach or (0, 0)))


@dataclass(frozen=True)
class Panel:
    """Bars below each other; the rows of all panels are the same."""

    title: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Bracket:
    """A line along rows, from the first to the last, with words beside it."""

    first: int
    last: int
    text: str


@dataclass(frozen=True)
class Drawing:
    """Everything that a chart shows. Brackets go with a single panel."""

    title: str
    subtitle: str
    stamp: str
    panels: tuple[Panel, ...]
    brackets: tuple[Bracket, ...] = ()

    @property
    def columns(self) -> int:
        """Panels beside each other: two or four make pairs, others rows of three."""
        count = len(self.panels)
        return 2 if count in (2, 4) else min(count, 3)


@lru_cache(maxsize=1024)  # a release has some 140; a service, and the tests, make several
def draw(drawing: Drawing, identifier: str, description: str) -> str:
    """Return the SVG of a drawing, without scripts, fonts or links; equal drawings give equal text.

    Args:
        identifier: Prefix of the ids in it, unique within the page that it stands in.
        description: The drawing in words.
    """
    # Imported here: it costs start-up that commands without a chart need not pay.
    import vl_convert

    svg: str = vl_convert.vega_to_svg(_specification(drawing, f"url(#{identifier}-arcering)"), allowed_base_urls=[])
    return _accessible(svg, identifier, drawing.title, description)


def _accessible(svg: str, identifier: str, title: str, description: str) -> str:
    """Add a role, a title, a description and the pattern of a hidden band to an SVG."""
    start, rest = svg.split(">", 1)
    role = f'role="img" aria-labelledby="{identifier}-titel {identifier}-beschrijving"'
    words = f'<title id="{identifier}-titel">{escape(title)}</title>'
    words += f'<desc id="{identifier}-beschrijving">{escape(description)}</desc>'
    pattern = (
        f'<defs><pattern id="{identifier}-arcering" width="7" height="7" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><rect width="7" height="7" fill="#ffffff"/>'
        '<rect width="1.2" height="7" fill="#c3cad1"/></pattern></defs>'
    )
    return f"{start} {role}>{words}{pattern}{rest}\n"


def _specification(drawing: Drawing, hatch: str) -> dict[str, Any]:
    lines_above = len(_lines(drawing.title, _TITLE_CHARACTERS)) + len(_lines(drawing.subtitle, _SUBTITLE_CHARACTERS))
    heading = _LINE * (lines_above + 1) + (_LINE + 4 if drawing.stamp else 0)
    is_alone, rows = len(drawing.panels) == 1, len(drawing.panels[0].bars)
    looks = _ROOMY if is_alone and rows <= _MANY else _DENSE
    row = looks.pitch(drawing)
    above = 0 if is_alone else _PANEL_HEADING
    each = above + row * rows + _MARGIN
    marks, scale = [*_heading(drawing)], _Scale.of(drawing, hatch)
    for number, panel in enumerate(drawing.panels):
        line, column = divmod(number, drawing.columns)
        top, wide = heading + line * each, _AREA / drawing.columns
        left = _LEFT + column * wide
        if panel.title:
            title = fill(panel.title, int(wide / _CHARACTER))
            bottom = top + above - 8 - (_LINE - 2) * title.count("\n")
            marks.append(_text(left, bottom, title, fontSize=13, fontWeight="bold", baseline="bottom"))
        marks += _bars(panel, left, top + above, row, scale)
        if column == 0:
            marks += _labels(panel, top + above, row, looks)
    marks += [mark for bracket in drawing.brackets for mark in _bracket(bracket, heading, row)]
    lines = -(-len(drawing.panels) // drawing.columns)
    return {
        "width": _WIDTH,
        "height": heading + lines * each,
        "padding": 0,
        "autosize": "none",
        "marks": [mark | {"aria": False} for mark in marks],
    }


@dataclass(frozen=True)
class _Scale:
    """Pixels of a bar: the longest one leaves room for its text. `band` and `hatch` are of what is hidden."""

    longest: int
    bar: float
    band: float
    hatch: str

    @classmethod
    def of(cls, drawing: Drawing, hatch: str) -> "_Scale":
        longest = max((bar.furthest for panel in drawing.panels for bar in panel.bars), default=0) or 1
        if len(drawing.panels) == 1:
            return cls(longest, _BAR, _BAND, hatch)
        wide = _AREA / drawing.columns
        return cls(longest, wide - 66, wide - 20, hatch)

    def pixels(self, value: int) -> float:
        return round(value * self.bar / self.longest, 1)


def _lines(words: str, characters: int) -> list[str]:
    """Split a text into its lines, and wrap every line that is too long."""
    return [line for paragraph in words.split("\n") for line in wrap(paragraph, characters)]


@dataclass(frozen=True)
class _Rows:
    """Looks of the labels, and how far rows are apart where every label is one line."""

    apart: int
    font: int
    line: int

    def pitch(self, drawing: Drawing) -> int:
        """Return how far rows are apart, so that the label with most lines fits."""
        labels = (bar.label for panel in drawing.panels for bar in panel.bars)
        lines = max((len(_lines(label, _LABEL_CHARACTERS)) for label in labels), default=1)
        return max(self.apart, self.line * lines + 2)


_ROOMY, _DENSE = _Rows(31, 13, _TEXT_LINE), _Rows(24, 12, 12)


def _heading(drawing: Drawing) -> Iterator[Mark]:
    """Stamp, title and subtitle."""
    top = 6
    if drawing.stamp:
        yield _text(_WIDTH - _MARGIN, top, drawing.stamp, align="right", fill=_RED, fontSize=13, fontWeight="bold")
        top += _LINE + 4
    lines = _lines(drawing.title, _TITLE_CHARACTERS)
    yield _text(_MARGIN, top, "\n".join(lines), fontSize=16, fontWeight="bold")
    subtitle = "\n".join(_lines(drawing.subtitle, _SUBTITLE_CHARACTERS))
    yield _text(_MARGIN, top + _LINE * len(lines) + 4, subtitle, fill=_GREY, fontSize=13)


def _labels(panel: Panel, top: float, row: int, looks: _Rows) -> Iterator[Mark]:
    for number, bar in enumerate(panel.bars):
        lines = _lines(bar.label, _LABEL_CHARACTERS)
        middle = top + row * (number + 0.5) - looks.line / 2 * (len(lines) - 1)
        style = {"fontSize": looks.font, "lineHeight": looks.line}
        yield _text(_LEFT - 8, middle, "\n".join(lines), align="right", baseline="middle", **style)


def _bars(panel: Panel, left: float, top: float, row: int, scale: _Scale) -> Iterator[Mark]:
    """Yield per row a bar with its count, an open bar, or a hatched band that says that there is no count."""
    for number, bar in enumerate(panel.bars):
        y, height = top + row * number + row * 0.15, row * 0.7
        box: dict[str, float] = {"x": left, "y": y, "height": height, "width": scale.pixels(bar.value)}
        edge: dict[str, object] = {"stroke": _GREY, "strokeWidth": 1, "strokeDash": [4, 3]}
        middle: dict[str, object] = {"baseline": "middle", "fontSize": 13}
        if bar.kind == "shown":
            yield _mark("rect", **box, fill=_BLUE if bar.is_category else _GREY)
            if bar.reach:
                low, high = (left + scale.pixels(end) for end in bar.reach)
                yield from _reach(low, high, y, height)
            yield _text(left + scale.pixels(bar.furthest) + 6, y + height / 2, bar.text, **middle)
            continue
        if bar.kind == "hidden":
            box |= {"width": scale.band}
        elif box["width"] + _WORDS < scale.band:
            yield _mark("rect", **box, **edge, fill="#ffffff")
            yield _text(left + box["width"] + 6, y + height / 2, bar.text, **middle)
            continue
        yield _mark("rect", **box, **edge, fill=scale.hatch if bar.kind == "hidden" else "#ffffff")
        # A halo below the words keeps them apart from what they stand on.
        yield _text(left + 8, y + height / 2, bar.text, **middle, stroke="#ffffff", strokeWidth=5, strokeJoin="round")
        yield _text(left + 8, y + height / 2, bar.text, **middle)


def _reach(low: float, high: float, y: float, height: float) -> Iterator[Mark]:
    """Yield the marks of a line with ends along the middle of a bar; a white edge sets it off from the bar."""
    middle = y + height / 2
    for colour, width in (("#ffffff", 6), (_INK, 2)):
        yield _mark("rule", x=low, x2=high, y=middle, stroke=colour, strokeWidth=width)
    for x in (low, high):
        yield _mark("rule", x=x, y=middle - height / 4, y2=middle + height / 4, stroke=_INK, strokeWidth=2)


def _bracket(bracket: Bracket, top: float, row: int) -> Iterator[Mark]:
    first, last = (top + row * (number + 0.5) for number in (bracket.first, bracket.last))
    x, line = _LEFT + _BRACKET, {"stroke": _GREY, "strokeWidth": 2}
    yield _mark("rule", x=x, y=first, y2=last, **line)
    for y in (first, last):
        yield _mark("rule", x=x - 6, x2=x, y=y, **line)
    lines = _lines(bracket.text, _BRACKET_CHARACTERS)
    middle = (first + last) / 2 - _TEXT_LINE / 2 * (len(lines) - 1)
    yield _text(x + 10, middle, "\n".join(lines), baseline="middle", fontSize=13)


def _text(x: float, y: float, words: str, **style: object) -> Mark:
    defaults: dict[str, object] = {
        "fill": _INK,
        "align": "left",
        "baseline": "top",
        "font": FONT,
        "lineBreak": "\n",
        "lineHeight": _TEXT_LINE,
    }
    return _mark("text", x=x, y=y, text=words, **(defaults | style))


def _mark(kind: str, **encoded: object) -> Mark:
    return {"type": kind, "encode": {"enter": {name: {"value": value} for name, value in encoded.items()}}}
