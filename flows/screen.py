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
        """The text of a line or of a cell; whatever rich prints of a `str` passes here."""
        return super().render_str(escape_controls(text), **options)


def escape_controls(text: str) -> str:
    """The text with every character that is no sign written out; line feeds and tabs stay."""
    return "".join(
        character if character in "\n\t" or unicodedata.category(character) not in _UNSHOWN else _code(character)
        for character in text
    )


def shown_name(name: str) -> str:
    """A file name from outside, in ASCII on one line, cut off where it is too long to be one."""
    return ascii(name)[1:-1][:80]


class Captured(io.StringIO):
    """What is printed, kept instead of shown."""

    def text(self) -> str:
        """The words of it, without colour, which rich adds where it was started on a terminal."""
        return _COLOUR.sub("", self.getvalue())


@contextmanager
def capture() -> Iterator[Captured]:
    """Keep what is printed on stdout, in this process."""
    with redirect_stdout(Captured()) as captured:
        yield captured


def is_captured() -> bool:
    """Whether nobody sees now what is printed on stdout."""
    return isinstance(sys.stdout, Captured)


def _code(character: str) -> str:
    """As JSON writes it, so that JSON stays JSON."""
    return json.dumps(character)[1:-1]
