"""A language of the report: its words, its numbers and dates, and what it makes of declared texts.

The words stand in `words/nl.toml` and `words/en.toml`, with equal keys; those of comparisons in files of
their own. Declarations are Dutch; their English
stands in `schemas.english`, which fails closed: nothing is ever silently Dutch in an English report.
"""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from importlib import resources
from typing import Protocol

from schemas.english import english
from transforms.present import dutch
from transforms.present import english as english_numerals

LANGUAGES = ("nl", "en")
_WORDS = ("", "compare_")
"""Files with words by what comes before the language: of a release, and of releases beside each other."""


class Numerals(Protocol):
    """How a language writes numbers, dates and lists; the modules `dutch` and `english`."""

    def number(self, value: int) -> str: ...
    def percentage(self, part: int, whole: int) -> str: ...
    def whole_percentage(self, part: int, whole: int) -> str: ...
    def euro(self, cents: int) -> str: ...
    def difference(self, cents: int) -> str: ...
    def signed(self, value: int) -> str: ...
    def factor(self, value: Fraction) -> str: ...
    def long_date(self, day: date) -> str: ...
    def enumeration(self, words: Sequence[str]) -> str: ...


@dataclass(frozen=True, eq=False)
class Language:
    """What a report needs to be written in a language.

    Attributes:
        code: BCP 47 tag.
        words: Sentences with {fields} by key, such as `short.title`.
        declared: A declared Dutch text in this language.
    """

    code: str
    words: Mapping[str, str]
    numerals: Numerals
    declared: Callable[[str], str]

    def say(self, key: str, **fields: object) -> str:
        return self.words[key].format(**fields)


@cache
def language(code: str) -> Language:
    """The language of that code, one of LANGUAGES."""
    if code == "nl":
        return Language(code, words(code), dutch, lambda text: text)
    return Language(code, words(code), english_numerals, english)


def words(code: str) -> Mapping[str, str]:
    """The sentences of a language by key: section and name with a dot between."""
    folder = resources.files("transforms.present") / "words"
    texts = [(folder / f"{name}{code}.toml").read_text(encoding="utf-8") for name in _WORDS]
    sections = tomllib.loads("\n".join(texts))
    return {f"{section}.{name}": text for section, texts in sections.items() for name, text in texts.items()}
