"""The shape of what a run is held to."""

from dataclasses import dataclass
from datetime import date

from schemas.specs.area import Part, Postcode4
from schemas.specs.disclosure import Method
from schemas.specs.public import PublicStatistic
from schemas.specs.question import Question


@dataclass(frozen=True)
class Profile:
    """What a run is held to; its numbers stand in the PIA and in the manifest.

    Attributes:
        threshold: No count below it, except 0, is published or provable.
        minimum_width: Width of the interval that an attacker keeps for a suppressed cell.
        group_pct: Share (0-100) of a group in one category of a sensitive dimension from
            which on it is disclosed about the group.
        pooled: How many whole records of people in the file an attacker may have: 0, 1 (he is in it himself) or
            2 (two who know each other, such as a household).
        method: How all tables are made safe, whatever they declare; None leaves it to each.
        base: What rounded counts are multiples of, if the method is to round.
        demo: Stamp everything DEMO.
        part: Count this part of the file only; None is everybody.
        question: What a researcher asked: its table comes in the place of the declared ones.
        public: What others publish of these residents on this peildatum; an attacker has it, too.
        absent: Ids of the sources that the municipality does not deliver, sorted; tables that need one are not made.
    """

    id: str
    gemeente: str
    gemeente_code: str
    postcodes: tuple[Postcode4, ...]
    threshold: int
    minimum_width: int
    group_pct: int
    pooled: int
    method: Method | None = None
    base: int = 10
    demo: bool = False
    part: Part | None = None
    question: Question | None = None
    public: tuple[PublicStatistic, ...] = ()
    absent: tuple[str, ...] = ()

    @property
    def question_id(self) -> str:
        """Name in the ledger of what was asked; empty is the analysis itself."""
        return self.question.id if self.question else ""

    @property
    def population(self) -> str:
        """Name in the ledger of who is counted; empty is everybody."""
        return self.part.id if self.part else ""

    def pc4_on(self, peildatum: date) -> tuple[str, ...]:
        """Return the postcode areas of the municipality on a day, without those that a later merger brought."""
        return tuple(area.pc4 for area in self.postcodes if area.since <= peildatum)
