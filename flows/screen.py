"""The screen: what others wrote (file names, headers, a manifest) is shown, and never acts on the terminal."""

import io
import json
import re
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from typing import Any

from rich.console import Console
from rich.text import Text

_UNSHOWN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""Categories of Unicode that move the cursor, turn the text around, or have no sign of their own."""


_COLOUR = re.compile("\x1b\\[[0-9;]*m")


class Screen(Console):
    """A console on which control characters of what is printed are written out, as `\\u001b`."""

    def render_str(self, text: str, **options: Any) -> Text:  # noqa: ANN401 - as rich declares them
        """Render a line or a cell with control characters written out; rich calls this for every `str` it prints."""
        return super().render_str(escape_controls(text), **options)


def escape_controls(text: str) -> str:
    """Return the text with control and invisible characters written out as in JSON; line feeds and tabs stay."""
    return "".join(
        character if character in "\n\t" or unicodedata.category(character) not in _UNSHOWN else _code(character)
        for character in text
    )


def shown_name(name: str) -> str:
    """Return a file name from outside in ASCII on one line, cut off after 80 characters."""
    return ascii(name)[1:-1][:80]


class Captured(io.StringIO):
    """What is printed, kept instead of shown."""

    def text(self) -> str:
        """Return what was printed, without the colour that rich adds if it was started on a terminal."""
        return _COLOUR.sub("", self.getvalue())


@contextmanager
def capture() -> Iterator[Captured]:
    """Keep what is printed on stdout, in this process."""
    with redirect_stdout(Captured()) as captured:
        yield captured


def is_captured() -> bool:
    """Return whether nobody sees now what is printed on stdout."""
    return isinstance(sys.stdout, Captured)


def _code(character: str) -> str:
    """As JSON writes it, so that JSON stays JSON."""
    return json.dumps(character)[1:-1]
