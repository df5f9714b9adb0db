"""A text in both languages of the report, declared once."""

from typing import Self

from schemas.errors import NotTranslated


class Text(str):
    """A declared text: a `str` of its Dutch, with its English beside it.

    Tables, the ledger and the DPIA are Dutch, and take it as any other text. What is made of it with `+` or an
    f-string is a plain `str` without English, so that no half translated text gets into an English report.

    Raises:
        NotTranslated: One of both is empty.
    """

    __slots__ = ("_en",)
    _en: str

    def __new__(cls, *, nl: str, en: str) -> Self:
        if not (nl.strip() and en.strip()):
            raise NotTranslated(nl or en)
        text = super().__new__(cls, nl)
        text._en = en
        return text

    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, str]]:
        """Return the arguments from which a copy is made."""
        return (), {"nl": str(self), "en": self._en}

    @property
    def en(self) -> str:
        return self._en

    def capital(self) -> "Text":
        """Return the text with a capital first letter, to begin a sentence."""
        return Text(nl=f"{self[0].upper()}{self[1:]}", en=f"{self.en[0].upper()}{self.en[1:]}")

    def fill(self, **parts: str) -> "Text":
        """Fill the {fields} of the text with other declared texts, in both languages.

        Raises:
            NotTranslated: A part has no English.
        """
        return Text(nl=self.format(**parts), en=self.en.format(**{name: english(part) for name, part in parts.items()}))


def unchanged(text: str) -> Text:
    """Return a text that is the same in both languages, such as a name, a year or the number of a table."""
    return Text(nl=text, en=text)


def english(text: str) -> str:
    """Return the English of a declared text.

    Raises:
        NotTranslated: It is a plain `str`: declared without English, or made of declared texts with `+` or an f-string.
    """
    if not isinstance(text, Text):
        raise NotTranslated(text)
    return text.en
