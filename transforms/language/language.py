"""A language of the report: its words, its numbers and dates, and what it makes of declared texts.

The words stand in `words/nl.toml` and `words/en.toml`, with equal keys; those of comparisons in files of
their own. A declared text has both languages (`schemas.text`), and one without English stops the report: nothing is
ever silently Dutch in an English one.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from schemas.text import english
from transforms.language.numerals import DUTCH, ENGLISH, Numerals

LANGUAGES = ("nl", "en")
_WORDS = ("", "compare_")
"""Files with words by what comes before the language: of a release, and of releases beside each other."""


@dataclass(frozen=True, eq=False)
class Language:
    """What a report needs to be written in a language.

    Attributes:
        code: BCP 47 tag.
        words: Sentences with {fields} by key, such as `short.title`.
        declared: A declared text in this language.
    """

    code: str
    words: Mapping[str, str]
    numerals: Numerals
    declared: Callable[[str], str]

    def say(self, key: str, **fields: object) -> str:
        return self.words[key].format(**fields)


@cache
def language_of(code: str) -> Language:
    """Return the language with that code, one of LANGUAGES."""
    if code == "nl":
        return Language(code, words(code), DUTCH, lambda text: text)
    return Language(code, words(code), ENGLISH, english)


def words(code: str) -> Mapping[str, str]:
    """Read the sentences of a language by key: section and name with a dot between."""
    folder = resources.files("transforms.language") / "words"
    texts = [(folder / f"{name}{code}.toml").read_text(encoding="utf-8") for name in _WORDS]
    sections = tomllib.loads("\n".join(texts))
    return {f"{section}.{name}": text for section, texts in sections.items() for name, text in texts.items()}
