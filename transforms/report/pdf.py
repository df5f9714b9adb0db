"""The same report as PDF: tagged (PDF/UA-1), made to last (PDF/A-2a), and the same bytes everywhere.

Typst sets it with the fonts that it carries itself; those of the machine are not looked at, and its only
clock is the peildatum. Nothing is fetched: the template imports no package.
"""

import json
from dataclasses import asdict
from datetime import UTC, datetime, time
from importlib import resources

from transforms.charts.drawing import FONT
from transforms.report.story import Story

_FONT = "Libertinus Serif"


def report_pdf(story: Story) -> bytes:
    """Return the report as PDF; equal stories give equal bytes with the same version of typst."""
    # Imported here: 0.1 s of start-up that commands without a report need not pay.
    import typst

    template = (resources.files("transforms.report") / "templates" / "report.typ").read_bytes()
    return typst.compile(
        template,
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"story": _story_json(story)},
        pdf_standards=["ua-1", "a-2a"],
        timestamp=datetime.combine(story.peildatum, time(), tzinfo=UTC),
    )


def _story_json(story: Story) -> str:
    """Return the story as JSON, with the drawings in a font that typst has."""
    return json.dumps(asdict(story), default=str, ensure_ascii=False).replace(FONT, _FONT)
