"""The shape of a dimension: an axis of a table, its categories and the sums that it shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from json import dumps

from schemas.codes import CodeList
from schemas.specs.fact import AtMost
from schemas.text import Text

TOTAAL = "totaal"
_TOTAL = Text(nl="Totaal", en="Total")

LATER = "later"
"""Key in the metadata of a field that declarations of before do not have; written only where it says something."""


@dataclass(frozen=True, kw_only=True)
class Subtotal:
    """A published sum of categories, such as trede 5 and 6 together."""

    code: str
    label: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Family:
    """Columns that depend on each other, such as neighbourhood and district, or code and name of an area.

    Everybody knows which of their categories go together, so an attacker adds up the ones to subtract
    from the others. To him they are one dimension, of which each column shows subtotals.

    Attributes:
        columns: Their names.
        combinations: Which combinations of categories can exist, one category per column.
    """

    columns: tuple[str, ...]
    combinations: tuple[tuple[str, ...], ...]

    @property
    def name(self) -> str:
        return " + ".join(self.columns)

    @cached_property
    def categories(self) -> tuple[str, ...]:
        """A name per combination."""
        return tuple(dumps(combination, ensure_ascii=False) for combination in self.combinations)

    def of(self, column: str) -> Mapping[str, frozenset[str]]:
        """Return the combinations, by name, that each category of a column is a part of."""
        place = self.columns.index(column)
        by_category: dict[str, set[str]] = {}
        for combination, category in zip(self.combinations, self.categories, strict=True):
            by_category.setdefault(combination[place], set()).add(category)
        return {value: frozenset(categories) for value, categories in by_category.items()}


@dataclass(frozen=True, kw_only=True)
class Dimension:
    """An axis of a table: a derived column with closed categories.

    Attributes:
        name: Column of the personen frame.
        multiple: A person may be in several categories at once: they add up to more than the total.
        facts: How its categories follow from those of other dimensions (`schemas.implied`); an attacker uses
            them, so disclosure control must.
        shown: The levels that a coarser table shows instead of every category, without the total;
            empty is all. To the attacker a level is the categories that it adds up, in any table.
        family: The columns that depend on this one, and this one among them; None if there are none.
        occurring: Categories that are named because somebody is in them, as those that are read from a file: everybody
            knows that they are not empty. None of a closed list.
    """

    name: str
    title: str
    codes: CodeList
    subtotals: tuple[Subtotal, ...] = ()
    multiple: bool = False
    facts: tuple[AtMost, ...] = ()
    shown: tuple[str, ...] = ()
    family: Family | None = field(default=None, metadata={LATER: True})
    occurring: tuple[str, ...] = field(default=(), metadata={LATER: True})

    @property
    def axis(self) -> str:
        """Name of the dimension that an attacker sees; the columns of a family share one."""
        return self.family.name if self.family else self.name

    @cached_property
    def everything(self) -> tuple[str, ...]:
        """All categories of the axis."""
        return self.family.categories if self.family else self.codes.values

    @cached_property
    def sums(self) -> Mapping[str, frozenset[str]]:
        """Per level the categories of the axis that it adds up."""
        every = (*self.levels, *self.codes.values, *(subtotal.code for subtotal in self.subtotals))
        parts = {level: frozenset(self.parts(level)) for level in every}
        if not self.family:
            return parts
        of = self.family.of(self.name)
        sums = {level: frozenset().union(*(of.get(value, ()) for value in values)) for level, values in parts.items()}
        # An earlier version of a code list lacks categories, and its total does not.
        return sums | {TOTAAL: frozenset(self.everything)}

    @property
    def levels(self) -> tuple[str, ...]:
        """Every value a published cell can have on this axis: categories, subtotals, total."""
        every = (*self.codes.values, *(subtotal.code for subtotal in self.subtotals))
        return (*(self.shown or every), TOTAAL)

    def parts(self, level: str) -> tuple[str, ...]:
        """Return the categories that a level adds up; for a category, only itself."""
        if level == TOTAAL:
            return self.codes.values
        for subtotal in self.subtotals:
            if subtotal.code == level:
                return subtotal.parts
        return (level,)

    def label(self, level: str) -> str:
        if level == TOTAAL:
            return _TOTAL
        for subtotal in self.subtotals:
            if subtotal.code == level:
                return subtotal.label
        return self.codes.label(level)
