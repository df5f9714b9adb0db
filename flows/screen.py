"""The screen: what others wrote (file names, headers, a manifest) is shown, and never acts on the terminal."""

import json
import unicodedata
from typing import Any

from rich.console import Console
from rich.text import Text

_UNSHOWN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""Categories of Unicode that move the cursor, turn the text around, or have no sign of their own."""


class Screen(Console):
    """A console on which control characters of what is printed are written out, as `\\u001b`."""

    def render_str(self, text: str, **options: Any) -> Text:  # noqa: ANN401 - as rich declares them
        """The text of a line or of a cell; whatever rich prints of a `str` passes here."""
        return super().render_str(escape_controls(text), **options)


def escape_controls(text: str) -> str:
    """The text with every character that is no sign written out; line feeds and tabs stay."""
    return "".join(one if one in "\n\t" or unicodedata.category(one) not in _UNSHOWN else _code(one) for one in text)


def shown_name(name: str) -> str:
    """A file name from outside, in ASCII on one line, cut off where it is too long to be one."""
    return ascii(name)[1:-1][:80]


def _code(character: str) -> str:
    """As JSON writes it, so that JSON stays JSON."""
    return json.dumps(character)[1:-1]
