"""Facts that a step notes for the steps after it and for the dossier: counts of rows and cells, as typed records.

A record lies in the folder of its run, with the number of its form. Raise `FORM` whenever a record changes: a run that
was made with another one is made again, not read by guess.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol, TypeVar

from pydantic import TypeAdapter, ValidationError

from flows.workfolder.files import write_private
from flows.workfolder.home import Run
from pia.evidence import DeliveryFacts
from schemas.errors import RunOutdated
from transforms.disclosure import Audit
from transforms.disclosure.sums.magnitude_audit import SumAudit
from transforms.disclosure.suppression.utility import Utility
from transforms.intake.contract import RuleCount
from transforms.intake.plausibility import Doubt, Shape
from transforms.intake.quality import Missing
from transforms.persons.link import LinkCount

FORM = 6


class Record(Protocol):
    """What one step notes; `FILE` is its name in the folder of the run."""

    FILE: ClassVar[str]
    __dataclass_fields__: ClassVar[dict[str, Any]]


@dataclass(frozen=True)
class IntakeFacts:
    """What the deliveries held, per delivery, per rule and per field."""

    FILE: ClassVar[str] = "intake.json"
    delivered: tuple[DeliveryFacts, ...]
    counts: tuple[RuleCount, ...]
    missing: tuple[Missing, ...]


@dataclass(frozen=True)
class PlausibilityFacts:
    """The shape of every delivery, what of them was not plausible, and which had one before to be compared with."""

    FILE: ClassVar[str] = "aannemelijk.json"
    shapes: tuple[Shape, ...]
    doubts: tuple[Doubt, ...]
    compared: tuple[str, ...]


@dataclass(frozen=True)
class LinkFacts:
    """How many rows of each delivery belong to somebody in stock."""

    FILE: ClassVar[str] = "koppeling.json"
    counts: tuple[LinkCount, ...]


@dataclass(frozen=True)
class Pattern:
    """What the blank cells cost, as in `Suppression`; `counts` is how many there are."""

    counts: int
    cost: int
    bound: int
    status: str


@dataclass(frozen=True)
class ProtectionFacts:
    """What an attacker is left with, of this release and beside the earlier ones.

    Attributes:
        pairs: Pairs of releases that were attacked together.
        changes: Cells of which it can be proven that persons joined or left.
        small: Those of which it can be proven that they were few.
        utility: What each attacker costs; empty of a release that does not stand by itself.
    """

    FILE: ClassVar[str] = "aanval.json"
    audit: Audit
    pattern: Pattern
    pairs: int
    changes: int
    small: int
    utility: tuple[Utility, ...] = ()


@dataclass(frozen=True)
class SumFacts:
    """Per amount: why it is not released, and else what an attacker is left with."""

    FILE: ClassVar[str] = "bedragen.json"
    withheld: Mapping[str, str]
    audits: Mapping[str, SumAudit]


_Record = TypeVar("_Record", bound=Record)


def write_facts(run: Run, facts: Record) -> None:
    """Note what a step found."""
    noted = TypeAdapter(type(facts)).dump_python(facts, mode="json")
    write_private(run.folder / facts.FILE, json.dumps({"form": FORM, "facts": noted}, indent=2).encode())


def read_facts(run: Run, kind: type[_Record]) -> _Record:
    """Read the facts that a step noted.

    Raises:
        RunOutdated: They were noted in another form, or the file is damaged.
        FileNotFoundError: The step has not run.
    """
    adapter = TypeAdapter(kind)
    try:
        noted = json.loads((run.folder / kind.FILE).read_bytes())
        facts = adapter.validate_python(noted["facts"])
        if noted == {"form": FORM, "facts": adapter.dump_python(facts, mode="json")}:
            return facts
    except (ValidationError, ValueError, TypeError, KeyError, RecursionError):
        pass  # raised below, without what the file holds
    raise RunOutdated
