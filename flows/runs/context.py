"""The context of a run: profile, peildatum, key, and where what is staged lies."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from flows.custody.keys import secret_for
from flows.custody.secret import Secret
from flows.custody.store_access import custody_of
from flows.runs.staging import Staging
from flows.workfolder.home import Run
from flows.workfolder.municipality import profile_for
from flows.workfolder.public_figures import with_public
from pia.evidence import KeyCustody
from schemas.specs import Profile

PERSONEN = "personen"


@dataclass(frozen=True)
class RunContext:
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


def context_of(run: Run) -> RunContext:
    """Profile, peildatum and key of a run.

    Raises:
        KeyStoreMissing, KeyStoreError, PassphraseMissing, KeyDestroyed: See `flows.custody.keys.secret_for`.
        MunicipalityUnusable, UnknownProfile: See `flows.workfolder.municipality.profile_for`.
        PublicFiguresUnusable: See `flows.workfolder.public_figures.with_public`.
    """
    profile = asked_profile(run)
    return RunContext(run, profile, date.fromisoformat(run.peildatum), secret_for(run.home, run.key_id))


def asked_profile(run: Run) -> Profile:
    """Return the profile of a run, with its question, what is not delivered, and statistics of others of its day."""
    profile = with_public(run.home, profile_for(run.home, run.profile), date.fromisoformat(run.peildatum))
    return replace(profile, question=run.question, absent=run.absent)


def occasion(run: Run) -> str:
    """Which release a run is for, in names: what the audit log calls it."""
    profile = asked_profile(run)
    return "|".join((run.peildatum, profile.id, profile.gemeente_code, profile.question_id))


def custody(run: Run) -> KeyCustody:
    """Where the keys of a run lie; the store is not opened for it."""
    keys, out = run.home.keys, run.out.resolve()
    places = (keys, run.home.custody, custody_of(run.home).second_half)
    return KeyCustody(keys.stat().st_mode, any(_is_inside(place, out) for place in places))


def _is_inside(place: Path, folder: Path) -> bool:
    return place.resolve().is_relative_to(folder)
