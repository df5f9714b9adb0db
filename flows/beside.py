"""A release beside those that were published before it: the ledger of this work folder."""

import json
from datetime import date
from pathlib import Path

from flows.home import Home, Run
from flows.ledger import append, read
from flows.proof import read_release
from flows.publication import MANIFEST
from schemas.errors import DisclosureFailure, PeildatumReleased
from schemas.profiles import profile_by_id
from schemas.specs import Profile
from transforms.disclosure.history import History, Publication
from transforms.disclosure.over_time import audit_over_time
from transforms.disclosure.sum_release import why_none


def published_earlier(home: Home) -> tuple[str, ...]:
    """Names of the releases of this work folder, with their peildatum, in order of publication."""
    return tuple(f"{one.release} (peildatum {one.peildatum})" for one in read(home.ledger))


def others(ledger: Path, profile: Profile, peildatum: date) -> tuple[Publication, ...]:
    """What was published of another day or of other persons: another release of the same is the same file.

    Raises:
        LedgerDamaged, LedgerUnknown: Nobody can tell what was published before.
    """
    return tuple(one for one in read(ledger) if (one.peildatum, one.population) != (peildatum, profile.population))


def enter(run: Run) -> None:
    """Attack what waits beside everything that was published since it was made, and enter it in the ledger.

    What is in the ledger and was not published after all costs precision; the reverse would
    cost privacy. So this comes before publication; entering the same release again changes nothing.

    Raises:
        PeildatumReleased: There is a release of this peildatum with other content, or of the whole
            of which this is a part: a part comes first.
        DisclosureFailure: Together, releases prove that few persons came or left, or both hold sums.
        LedgerDamaged, LedgerUnknown: Nobody can tell what was published before.
    """
    earlier = read(run.home.ledger)
    released, sums, profile = read_release(run.pending)
    name = str(json.loads((run.pending / MANIFEST).read_bytes())["release"])
    peildatum = date.fromisoformat(run.peildatum)
    for one in earlier:
        is_twin = one.peildatum == peildatum and one.population in {"", profile.population} and one.release != name
        # The demo may be made again and again; nobody is in it.
        if is_twin and not profile_by_id(run.profile).demo:
            raise PeildatumReleased(one.release)
    if sums and why_none(profile, earlier, peildatum):
        raise DisclosureFailure("another release with sums came between; sums of two releases can be subtracted")
    published = tuple(table.spec.id for table in sums)
    publication = Publication(name, peildatum, profile.population, released, profile.threshold, sums=published)
    audit_over_time(publication, History(earlier), profile)
    append(run.home.ledger, publication, len(earlier))
