"""The sections of words: caveats, what was left out, how privacy is protected, glossary."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from schemas.sources import absent_sources, delivered_sources, participatieladder
from schemas.specs import SourceSpec
from schemas.states import Released
from transforms.language.language import Language
from transforms.released.content import ReleaseContent, cells_of
from transforms.released.figures import place_text
from transforms.released.grid import Grid, Head, Line, Slot


@dataclass(frozen=True)
class Point:
    """One item of a list; `lead` is its first words or the term that it explains, or empty."""

    lead: str
    text: str


@dataclass(frozen=True)
class Prose:
    """A section of words.

    Attributes:
        kind: Of its points: `list`, `steps` (numbered) or `terms` (a glossary).
    """

    id: str
    title: str
    kind: str
    before: tuple[str, ...]
    points: tuple[Point, ...]
    after: tuple[str, ...] = ()
    grid: Grid | None = None


@dataclass(frozen=True)
class Writer:
    """Says what the words file holds, filled in with the facts of a release."""

    content: ReleaseContent
    language: Language

    @property
    def is_rounded(self) -> bool:
        return self.content.base is not None

    def say(self, key: str) -> str:
        return self.language.say(key, **self._facts)

    def points(self, section: str, names: Iterable[str]) -> tuple[Point, ...]:
        return tuple(self.point(section, name) for name in names)

    def point(self, section: str, name: str, lead: str = "") -> Point:
        """Return the point with that name; its lead is its own, unless `lead` names another point."""
        return Point(self.say(f"{section}.{lead or name}_lead"), self.say(f"{section}.{name}"))

    @cached_property
    def _facts(self) -> dict[str, object]:
        """Names, days, thresholds, and how many cells are shown."""
        number = self.language.numerals.number
        profile, threshold = self.content.profile, self.content.profile.threshold
        tables = [cells_of(released, threshold) for released in self.content.released]
        return {
            "gemeente": place_text(self.language, profile),
            "peildatum": self.language.numerals.long_date(self.content.peildatum),
            "threshold": threshold,
            "small": threshold - 1,
            "width": profile.minimum_width,
            "base": self.content.base,
            "asked": profile.question.title if profile.question else "",
            "absent": self._titles(absent_sources(profile)),
            "delivered": self._titles(delivered_sources(profile)),
            "cells": number(sum(len(cells.values) for cells in tables)),
            "blank": number(sum(cells.hidden for cells in tables)),
            "below": number(sum(len(cells.below) for cells in tables)),
        }

    def _titles(self, sources: Iterable[SourceSpec]) -> str:
        return "; ".join(self.language.declared(source.title) for source in sources)


def notices(writer: Writer) -> tuple[Point, ...]:
    """Return the notices that stand below the findings."""
    profile = writer.content.profile
    says = {"asked": profile.question is not None, "rounded": writer.is_rounded, "absent": bool(profile.absent)}
    names = (name for name, is_said in says.items() if is_said)
    return (*writer.points("short", names), Point("", writer.say("short.purpose")))


def sections(writer: Writer) -> tuple[Prose, ...]:
    """Return the sections after the questions, in order of reading."""
    return _caveats(writer), _left_out(writer), _privacy(writer), _glossary(writer)


def _caveats(writer: Writer) -> Prose:
    names = ("moment", "cause", "records", "sums", "use")
    shown = ("demo", *names) if writer.content.profile.demo else names
    points = tuple(Point("", writer.say(f"caveats.{name}")) for name in shown)
    return Prose("caveats", writer.say("caveats.title"), "list", (), points)


def _left_out(writer: Writer) -> Prose:
    before = ("rounded", "total_rounded") if writer.is_rounded else ("total", "why")
    points = () if writer.is_rounded else ("small", "group", "other")
    return Prose(
        id="left_out",
        title=writer.say("left_out.title"),
        kind="steps",
        before=tuple(writer.say(f"left_out.{name}") for name in before),
        points=writer.points("left_out", points),
        after=(writer.say("left_out.bounds"), writer.say("left_out.together")),
        grid=_shown_per_table(writer),
    )


def _shown_per_table(writer: Writer) -> Grid:
    """Return how many cells each table shows, and how many it does not."""
    names = ["cells", "published", *(["below"] if writer.is_rounded else []), "blank"]
    return Grid(
        caption=writer.say("left_out.table"),
        down=writer.say("left_out.column_table"),
        across="",
        columns=tuple(Head(writer.say(f"left_out.column_{name}"), "deel") for name in names),
        lines=tuple(_counted(writer, released) for released in writer.content.released),
    )


def _counted(writer: Writer, released: Released) -> Line:
    cells = cells_of(released, writer.content.profile.threshold)
    below, blank, count = len(cells.below), cells.hidden, len(cells.values)
    counts = (count, count - below - blank, *([below] if writer.is_rounded else []), blank)
    title = f"{cells.spec.id} · {writer.language.declared(cells.spec.title)}"
    return Line(Head(title, "deel"), tuple(Slot(writer.language.numerals.number(number), "deel") for number in counts))


def _privacy(writer: Writer) -> Prose:
    small = writer.point("privacy", "small_rounded" if writer.is_rounded else "small", lead="small")
    return Prose(
        id="privacy",
        title=writer.say("privacy.title"),
        kind="list",
        before=(writer.say("privacy.method"),),
        points=(*writer.points("privacy", ("needed", "bsn", "counts")), small, writer.point("privacy", "proof")),
        after=(writer.say("privacy.basis"),),
    )


def _glossary(writer: Writer) -> Prose:
    ladder = () if participatieladder.SOURCE.id in writer.content.profile.absent else ("ladder", "trede")
    names = ("peildatum", "pwet", "wmo", *ladder, "hidden", *(("rounded",) if writer.is_rounded else ()))
    return Prose("glossary", writer.say("glossary.title"), "terms", (), writer.points("glossary", names))
