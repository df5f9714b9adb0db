"""A release beside those that were published before it: the ledger of this work folder."""

import json
from contextlib import suppress
from datetime import date
from itertools import takewhile
from pathlib import Path

from flows.registers.ledger import append, read_ledger
from flows.release.proof import read_release
from flows.release.publication import MANIFEST
from flows.workfolder.home import Home, Run
from schemas.errors import LedgerMoved, PeildatumReleased
from schemas.profiles import profile_by_id
from schemas.specs import Profile
from transforms.disclosure.over_time.history import History, Publication
from transforms.disclosure.over_time.over_time import audit_over_time
from transforms.disclosure.sums.sum_release import why_none


def earlier_releases(home: Home) -> tuple[str, ...]:
    """Names of the releases of this work folder, with their peildatum, in order of publication."""
    return tuple(f"{one.release} (peildatum {one.peildatum})" for one in read_ledger(home.ledger))


def before(ledger: Path, profile: Profile, peildatum: date) -> tuple[Publication, ...]:
    """What was published before this release: of other days, of other persons, and of other questions.

    One that is made again is judged beside what there was the first time, and so is the same again.

    Raises:
        LedgerDamaged, LedgerUnknown: Nobody can tell what was published before.
    """
    return tuple(takewhile(lambda one: not _is_twin(one, profile, peildatum), read_ledger(ledger)))


def _is_twin(one: Publication, profile: Profile, peildatum: date) -> bool:
    """Whether a release answers the same question about the same persons."""
    return (one.peildatum, one.population, one.question) == (peildatum, profile.population, profile.asked)


def is_entered(run: Run) -> bool:
    """Whether what waits was approved before and stands in the ledger, so that only its publication is left."""
    name = ""
    with suppress(OSError, ValueError, KeyError, TypeError):
        name = json.loads((run.pending / MANIFEST).read_bytes())["release"]
    return name in {one.release for one in read_ledger(run.home.ledger)}


def enter(run: Run) -> None:
    """Attack what waits beside everything that was published since it was made, and enter it in the ledger.

    What is in the ledger and was not published after all costs precision; the reverse would
    cost privacy. So this comes before publication; entering the same release again changes nothing.

    Raises:
        PeildatumReleased: There is a release of this peildatum and question with other content, or of the
            whole of which this is a part: a part comes first.
        LedgerMoved: A release with sums was entered since, and this one holds sums, too.
        DisclosureFailure: Together, releases prove that few persons came or left.
        LedgerDamaged, LedgerUnknown: Nobody can tell what was published before.
    """
    earlier = read_ledger(run.home.ledger)
    released, sums, profile = read_release(run.pending)
    name = str(json.loads((run.pending / MANIFEST).read_bytes())["release"])
    peildatum = date.fromisoformat(run.peildatum)
    for one in earlier:
        is_whole = one.peildatum == peildatum and one.population == "" != profile.population
        is_twin = (is_whole or _is_twin(one, profile, peildatum)) and one.release != name
        # The demo may be made again and again; nobody is in it.
        if is_twin and not profile_by_id(run.profile).demo:
            raise PeildatumReleased(one.release)
    if sums and why_none(profile, earlier, peildatum):
        raise LedgerMoved  # one with sums, and sums of two releases can be subtracted
    published = tuple(table.spec.id for table in sums)
    publication = Publication(
        name, peildatum, profile.population, released, profile.threshold, sums=published, question=profile.asked
    )
    audit_over_time(publication, History(earlier), profile)
    append(run.home.ledger, publication, len(earlier))
