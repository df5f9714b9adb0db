"""The bench of a run: profile, peildatum, key, and where what is staged lies; and the names of its facts."""

import json
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flows.home import Run, write_private
from flows.keys import Secret, secret_for
from flows.municipality import profile_for
from flows.staging import Staging
from pia.evidence import KeyCustody
from schemas.specs import Profile

PERSONEN = "personen"
INTAKE = "intake.json"


@dataclass(frozen=True)
class Bench:
    """What every step needs of its run. Made inside the step: a key never crosses a task boundary."""

    run: Run
    profile: Profile
    peildatum: date
    secret: Secret

    @property
    def staging(self) -> Staging:
        return Staging(self.run.staging, self.run.run_id, self.secret.staging_key)

    @property
    def quarantine(self) -> Staging:
        return Staging(self.run.quarantine, self.run.run_id, self.secret.quarantine_key)

    @property
    def custody(self) -> KeyCustody:
        keys = self.run.home.keys
        return KeyCustody(keys.stat().st_mode, keys.resolve().is_relative_to(self.run.out.resolve()))


def bench_of(run: Run) -> Bench:
    """Profile, peildatum and key of a run; raises `KeyStoreError`, `MunicipalityUnusable` or `UnknownProfile`."""
    profile = replace(profile_for(run.home, run.profile), question=run.question)
    peildatum = date.fromisoformat(run.peildatum)
    return Bench(run, profile, peildatum, secret_for(run.home.keys, profile, peildatum))


def write_facts(run: Run, name: str, facts: object) -> None:
    """Note what a step found: counts of rows and cells, for the steps after it and the dossier."""
    write_private(run.folder / name, json.dumps(facts, indent=2).encode())


def read_facts(run: Run, name: str) -> dict[str, list[dict[str, Any]]]:
    """What a step noted."""
    facts: dict[str, list[dict[str, Any]]] = json.loads((run.folder / name).read_bytes())
    return facts
