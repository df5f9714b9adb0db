"""The shapes of a declaration: Field, SourceSpec, Rule, Dimension, TableSpec, Profile."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import cached_property
from json import dumps

import polars as pl

from schemas.codes import CodeList
from schemas.known import AtMost
from schemas.part import Part, Postcode4
from schemas.question import Question

TOTAAL = "totaal"


class Kind(Enum):
    """How the delivered text is read (`transforms.intake.parse`)."""

    TEXT = "tekst"
    BSN = "burgerservicenummer"
    DATE = "datum dd-mm-jjjj"
    END_DATE = "datum dd-mm-jjjj; 31-12-9999 is geen einde"
    BIRTH_DATE = "datum dd-mm-jjjj, onbekende dag of maand als 00"
    INTEGER = "geheel getal"
    CENT = "bedrag met decimale komma, gelezen als eurocent"
    PERCENT = "percentage met decimale komma"
    POSTCODE = "postcode 1234 AB"


class Category(Enum):
    """Kind of personal data, point 2.1.4 of the Model DPIA Rijksdienst."""

    GEEN = "geen persoonsgegeven"
    GEWOON = "gewoon"
    GEVOELIG = "gevoelig"
    BIJZONDER = "bijzonder"
    NATIONAAL_NUMMER = "nationaal identificatienummer"


class Treatment(Enum):
    """What pseudonymisation does with a field; nothing else passes that step."""

    KEEP = "blijft"
    DROP = "vervalt"
    UNREAD = "wordt niet gelezen"
    PSEUDONYM = "wordt pseudoniem"
    AGE = "wordt leeftijd op de peildatum"
    PC4 = "wordt viercijferige postcode"
    NUMBER = "wordt volgnummer binnen de levering"


@dataclass(frozen=True)
class Field:
    """One column, declared once: it feeds the contract, the PIA and the data dictionary.

    Attributes:
        name: Our name: snake_case, Dutch noun, unit suffix.
        meaning: Dutch, for the data dictionary.
        unit: Unit or format of a value.
        category: Kind of personal data.
        purpose: Why the analysis reads it (AVG art. 5 lid 1 onder b).
        source: Standard that defines it.
        retention_months: Months that identified or staged values may be kept.
        codes: Closed list, if the values are codes.
    """

    name: str
    meaning: str
    kind: Kind
    unit: str
    category: Category
    treatment: Treatment
    purpose: str
    source: str
    retention_months: int = 3
    codes: CodeList | None = None

    @property
    def col(self) -> pl.Expr:
        return pl.col(self.name)


@dataclass(frozen=True)
class Column:
    """A field as one delivery names it.

    Attributes:
        required: Every row has a value.
        may_be_absent: The delivery may leave the whole column out.
    """

    header: str
    field: Field
    required: bool = True
    may_be_absent: bool = False


@dataclass(frozen=True, eq=False)
class Rule:
    """A row rule of a contract: a name, a Dutch text and an expression that is true when a row is good.

    Attributes:
        column: The field that the steward should look at.
        valid: Boolean expression over the typed columns. Null counts as a breach.
        limit_pct: Share of rows (0-100) that may break it before the run stops.
    """

    id: str
    column: str
    text: str
    valid: pl.Expr = field(repr=False)
    limit_pct: float = 5.0


@dataclass(frozen=True, eq=False)
class SourceSpec:
    """One kind of delivery: a file with these columns in this order.

    Attributes:
        grain: What one row is, in Dutch.
        key: Fields that name what a row is about: unequal rows with the same key are versions of one thing.
        order: Fields that say which version is the latest; the first one decides first.
        closing: Fields in which a row may differ from the version that it closes; the first one is its end.
        excluded: True for a row that may not be read: it is counted, and written nowhere.
    """

    id: str
    file_name: str
    title: str
    grain: str
    columns: tuple[Column, ...]
    key: tuple[Field, ...]
    order: tuple[Field, ...] = ()
    closing: tuple[Field, ...] = ()
    rules: tuple[Rule, ...] = ()
    excluded: pl.Expr | None = field(default=None, repr=False)

    @property
    def headers(self) -> tuple[str, ...]:
        return tuple(column.header for column in self.columns)

    @property
    def fields(self) -> tuple[Field, ...]:
        return tuple(column.field for column in self.columns)

    @property
    def read(self) -> tuple[Column, ...]:
        """The columns that the analysis reads."""
        return tuple(column for column in self.columns if column.field.treatment is not Treatment.UNREAD)


@dataclass(frozen=True)
class Subtotal:
    """A published sum of categories, such as trede 5 and 6 together."""

    code: str
    label: str
    parts: tuple[str, ...]


LATER = "later"
"""Key in the metadata of a field that declarations of before do not have; written only where it says something."""


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
        """Per category of a column the combinations, by name, that it is a part of."""
        place = self.columns.index(column)
        found: dict[str, set[str]] = {}
        for combination, category in zip(self.combinations, self.categories, strict=True):
            found.setdefault(combination[place], set()).add(category)
        return {value: frozenset(categories) for value, categories in found.items()}


@dataclass(frozen=True)
class Dimension:
    """An axis of a table: a derived column with closed categories.

    Attributes:
        name: Column of the personen frame.
        multiple: A person may be in several categories at once: they add up to more than the total.
        facts: How its categories follow from those of other dimensions (`schemas.facts`, `schemas.implied`);
            an attacker uses them, so disclosure control must.
        shown: The levels that a coarser table shows instead of every category, without the total;
            empty is all. To the attacker a level is the categories that it adds up, in any table.
        family: The columns that depend on this one, and this one among them; None if there are none.
    """

    name: str
    title: str
    codes: CodeList
    subtotals: tuple[Subtotal, ...] = ()
    multiple: bool = False
    facts: tuple[AtMost, ...] = ()
    shown: tuple[str, ...] = ()
    family: Family | None = field(default=None, metadata={LATER: True})

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
        found = {level: frozenset().union(*(of.get(value, ()) for value in values)) for level, values in parts.items()}
        # An earlier version of a code list lacks categories, and its total does not.
        return found | {TOTAAL: frozenset(self.everything)}

    @property
    def levels(self) -> tuple[str, ...]:
        """Every value a published cell can have on this axis: categories, subtotals, total."""
        every = (*self.codes.values, *(subtotal.code for subtotal in self.subtotals))
        return (*(self.shown or every), TOTAAL)

    def parts(self, level: str) -> tuple[str, ...]:
        """The categories that a level adds up; a category is its own single part."""
        if level == TOTAAL:
            return self.codes.values
        for subtotal in self.subtotals:
            if subtotal.code == level:
                return subtotal.parts
        return (level,)

    def label(self, level: str) -> str:
        if level == TOTAAL:
            return "Totaal"
        for subtotal in self.subtotals:
            if subtotal.code == level:
                return subtotal.label
        return self.codes.label(level)


class Weight(Enum):
    """What it costs a reader that a cell is blank; the search spends as little as it can."""

    CELLS = "elke cel telt even zwaar"
    COUNT = "naar het aantal personen"
    LOG = "naar de logaritme van het aantal personen"


class Method(Enum):
    """How a table is made safe."""

    SUPPRESS = "onderdrukken"
    ROUND = "afronden"


@dataclass(frozen=True)
class DisclosureProfile:
    """How disclosure control treats one table; its numbers stand in the PIA.

    Attributes:
        method: Leave out what is small and what would give it away, or round everything.
        base: What rounded counts are multiples of. With base 5 a count can be provably from 1
            to 9; with base 10 none can (`transforms.disclosure.rounding.rounding`).
        weight: What a blank cell costs.
        margin_factor: How many times dearer a total by one dimension at most is than a cell
            inside: it is what most readers come for.
        totals: Subtotals that count as totals in that.
        sensitive: Dimensions of which a category says something that nobody may learn of a
            whole group (group disclosure, ESSnet guidelines 2015, 'class disclosure').
        zeros: Nobody in a category of a sensitive dimension is a disclosure in a group of any size.
        steady: Rounded beside other releases. A count that is a multiple itself may then go to the next one, so that
            none is left blank because of what it was before: a blank would tell that.
    """

    method: Method = Method.SUPPRESS
    base: int = 10
    weight: Weight = Weight.CELLS
    margin_factor: int = 3
    totals: tuple[str, ...] = ()
    sensitive: tuple[Dimension, ...] = ()
    zeros: bool = False
    steady: bool = field(default=False, metadata={LATER: True})

    @property
    def reach(self) -> int:
        """Most that a published count is off the true one."""
        if self.method == Method.SUPPRESS:
            return 0
        return self.base if self.steady else self.base - 1


@dataclass(frozen=True)
class TableSpec:
    """One output table: persons counted over the levels of its dimensions.

    Attributes:
        id: The order of publication: `T` and two digits for counts, `K` and two digits for sums (`schemas.sums`), `V`
            and six hex digits for what a researcher asked (`schemas.question`).
        question: The policy question that the table answers, in Dutch.
        population: Dimension and level that fix who is counted; empty is everybody.
            A population is a cell of another table, so disclosure control knows its total.
        only_exact: Rounded releases go without it: a breakdown of other tables, most of it by coarser levels.
        focus: Level of the second dimension that a chart shows alone; empty is the total.
    """

    id: str
    title: str
    question: str
    dimensions: tuple[Dimension, ...]
    population: tuple[tuple[Dimension, str], ...] = ()
    caveats: tuple[str, ...] = ()
    disclosure: DisclosureProfile = DisclosureProfile()
    only_exact: bool = field(default=False, metadata={LATER: True})
    focus: str = field(default="", metadata={LATER: True})

    @property
    def slug(self) -> str:
        return "_x_".join(dimension.name for dimension in self.dimensions)


@dataclass(frozen=True)
class Profile:
    """What a run is held to; its numbers stand in the PIA and in the manifest.

    Attributes:
        threshold: No count below it, except 0, is published or provable.
        minimum_width: Width of the interval that an attacker keeps for a suppressed cell.
        group_pct: Share (0-100) of a group in one category of a sensitive dimension from
            which on it is disclosed about the group.
        own_record: The attacker may be in a cell of one or two himself, and subtract himself.
        method: How all tables are made safe, whatever they declare; None leaves it to each.
        base: What rounded counts are multiples of, if the method is to round.
        demo: Stamp everything DEMO.
        part: Count this part of the file only; None is everybody.
        question: What a researcher asked: its table comes in the place of the declared ones.
    """

    id: str
    gemeente: str
    gemeente_code: str
    postcodes: tuple[Postcode4, ...]
    threshold: int
    minimum_width: int
    group_pct: int = 90
    own_record: bool = True
    method: Method | None = None
    base: int = 10
    demo: bool = False
    part: Part | None = None
    question: Question | None = None

    @property
    def asked(self) -> str:
        """Name in the ledger of what was asked; empty is the analysis itself."""
        return self.question.id if self.question else ""

    @property
    def population(self) -> str:
        """Name in the ledger of who is counted; empty is everybody."""
        return self.part.id if self.part else ""

    def pc4_on(self, peildatum: date) -> tuple[str, ...]:
        """The postcode areas of the municipality on a day; areas came with mergers."""
        return tuple(area.pc4 for area in self.postcodes if area.since <= peildatum)
