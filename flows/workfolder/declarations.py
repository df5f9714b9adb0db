"""Declarations of the municipality as TOML: read with a bound, and refused without a word of what they hold."""

import re
import stat
import tomllib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from schemas.errors import BestandsanalyseError

LONGEST = 1_000_000
"""Bytes of a declaration, at most."""

Unusable = Callable[[str], BestandsanalyseError]
"""Makes the error about a declaration of what is wrong with it."""


def read_declaration(path: Path, unusable: Unusable) -> bytes:
    """Return the bytes of a declaration; raise the error if it is missing, too long or cannot be read."""
    with suppress(OSError):
        facts = path.stat()
        if stat.S_ISREG(facts.st_mode) and facts.st_size <= LONGEST:  # a pipe would be waited for
            return path.read_bytes()
    raise unusable("is missing, too long or cannot be read")


def parse_declaration(content: bytes, unusable: Unusable) -> dict[str, Any]:
    """Return what a declaration holds; raise the error that says where it is no TOML.

    The place is a line number only, as the library's error quotes the text.
    """
    line = ""
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        problem = "is not in UTF-8"
    except (ValueError, RecursionError) as error:
        place = re.search(r"at line ([0-9]+), column", str(error))
        line = f" from line {place[1]} on" if place else ""
        problem = "is no TOML"
    raise unusable(problem + line)
