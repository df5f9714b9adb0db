"""The shape of a closed code list. A code that is not in its list never passes a contract."""

from dataclasses import dataclass

ONBEKEND = "onbekend"
GEEN = "geen"


@dataclass(frozen=True, kw_only=True)
class Code:
    """One value of a closed list, as delivered, with its label.

    Attributes:
        label: In both languages (`Text`) where a table counts it; of a list that is only delivered it is Dutch.
        up_to: For a class of years: the highest completed year in it; the last class has none.
    """

    code: str
    label: str
    up_to: int | None = None


@dataclass(frozen=True, kw_only=True)
class CodeList:
    """A closed list of codes and where it comes from.

    `source` ends in 'te bevestigen' when nobody read the list in its own source yet.
    """

    id: str
    codes: tuple[Code, ...]
    source: str

    @property
    def values(self) -> tuple[str, ...]:
        return tuple(code.code for code in self.codes)

    def label(self, value: str) -> str:
        return next(code.label for code in self.codes if code.code == value)
