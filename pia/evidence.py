"""Evidence for the PIA: outcomes of one run before publication."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from schemas.specs import Profile, SourceSpec
from schemas.states import Counted, Pseudonymised, Released, ReleasedSums, Summed
from transforms.disclosure.over_time.history import Publication
from transforms.intake.contract import RuleCount


@dataclass(frozen=True)
class MappedFacts:
    """What of a supplier's file became no row, as a mapping declares.

    Attributes:
        above: Lines above the header.
        aside: Lines below it with nothing in any column that is read.
        totals: Lines that add up others.
        unmeasured: Lines of a person of whom no measurement was made.
        unread: Columns that were not read.
    """

    above: int
    aside: int
    totals: int
    unmeasured: int
    unread: int


@dataclass(frozen=True)
class DeliveryFacts:
    """One delivery in numbers, without the rows of excluded residents.

    Attributes:
        lines: Rows, counted from the bytes by the PIA (`pia.checks.lines`).
        excluded: Rows that may not be read, and versions that another row replaces.
        unregistered_columns: Number of headers that the register does not know.
        months_behind: Whole months between its newest date and the peildatum; 0 if it runs on.
        mapped: What its mapping left out; None if it was a delivery of ours.
    """

    source: str
    lines: int
    valid: int
    quarantined: int
    excluded: int
    unregistered_columns: int
    months_behind: int
    mapped: MappedFacts | None = None


@dataclass(frozen=True)
class KeyCustody:
    """Mode of the key store, and whether the output folder holds it.

    `is_inside_output` is also true if the folder holds the second half.
    """

    mode: int
    is_inside_output: bool


@dataclass(frozen=True, eq=False)
class Evidence:
    """Outcomes of a run.

    Frames are in their states, so nothing shows in a repr.

    Attributes:
        staged: Pseudonymised rows by source id, as they stand in staging.
        residents: Number of persons in stock.
        stored: Bytes of every file with persons that the run has on disk, by file name.
        files: The release as it would be published, by file name.
        today: Day of the judgement, for measures that expire.
        earlier: Earlier publications of this work folder: for other peildata, and as answers about this one.
        sums: The tables of sums that would be published.
        summed: The true figures of every declared table of sums; confidential.
        rests: The same of each table for each supplier, without what he was paid.
        counted: The true counts of the released tables; confidential.
        households: Households in every cell of the released tables; empty if nothing tells who they are.
        household_sums: The true figures of the tables of sums with a household as one contributor; empty likewise.
    """

    profile: Profile
    peildatum: date
    today: date
    sources: tuple[SourceSpec, ...]
    delivered: tuple[DeliveryFacts, ...]
    counts: tuple[RuleCount, ...]
    staged: Mapping[str, Pseudonymised]
    stored: Mapping[str, bytes] = field(repr=False)
    pseudonym_prefix: str
    residents: int
    released: tuple[Released, ...]
    files: Mapping[str, bytes]
    custody: KeyCustody
    earlier: tuple[Publication, ...] = ()
    sums: tuple[ReleasedSums, ...] = ()
    summed: tuple[Summed, ...] = ()
    rests: tuple[Summed, ...] = ()
    counted: tuple[Counted, ...] = ()
    households: tuple[Counted, ...] = ()
    household_sums: tuple[Summed, ...] = ()

    @property
    def same_day(self) -> tuple[Publication, ...]:
        """Earlier publications of the same residents and peildatum: to an attacker they are one with this release."""
        return tuple(
            publication
            for publication in self.earlier
            if publication.persons == (self.peildatum, self.profile.population)
        )


@dataclass(frozen=True)
class Finding:
    """Result of a check: holds or not, and what was seen.

    In Dutch, without values.
    """

    holds: bool
    observation: str
