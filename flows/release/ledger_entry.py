"""Entry of a new release in the ledger, judged beside the earlier ones."""

import json
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from itertools import takewhile
from pathlib import Path

from flows.registers.ledger import append, read_ledger
from flows.release.proof import read_manifest, read_release
from flows.release.publication import MANIFEST
from flows.workfolder.home import Home, Run
from schemas.errors import LedgerMoved, PeildatumReleased
from schemas.profiles import profile_by_id
from schemas.specs import Profile
from schemas.states import Released
from transforms.disclosure.over_time.history import History, Publication
from transforms.disclosure.over_time.over_time import audit_over_time
from transforms.disclosure.sums.sum_release import why_none


def earlier_release_names(home: Home) -> tuple[str, ...]:
    """Return names and peildatums of the releases of this work folder, in order of publication."""
    return tuple(
        f"{publication.release} (peildatum {publication.peildatum})" for publication in read_ledger(home.ledger)
    )


def releases_before(ledger: Path, profile: Profile, peildatum: date) -> tuple[Publication, ...]:
    """Return what was published before this release: of other days, other persons and other questions.

    A release that is made again is judged beside what was published before its first version, and so gives the same
    tables.

    Raises:
        LedgerDamaged, LedgerUnknown: The ledger does not show what was published before.
    """
    return tuple(takewhile(lambda publication: not _is_twin(publication, profile, peildatum), read_ledger(ledger)))


def tables_by_release(publications: Iterable[Publication]) -> dict[str, tuple[Released, ...]]:
    """Return the tables of counts of each release, by its name."""
    return {publication.release: publication.tables for publication in publications}


def _is_twin(publication: Publication, profile: Profile, peildatum: date) -> bool:
    """Return whether a release answers the same question about the same persons."""
    return (publication.peildatum, publication.population, publication.question) == (
        peildatum,
        profile.population,
        profile.question_id,
    )


def is_entered(run: Run) -> bool:
    """Return whether a pending release was approved before and is in the ledger, so that only publication is left."""
    name = ""
    with suppress(OSError, ValueError, KeyError, TypeError):
        name = json.loads((run.pending / MANIFEST).read_bytes())["release"]
    return name in {publication.release for publication in read_ledger(run.home.ledger)}


def enter(run: Run) -> None:
    """Attack what is pending beside everything that was published since it was made, and enter it in the ledger.

    A release that is in the ledger but was never published costs precision; one that was published but is not in the
    ledger would cost privacy. So this comes before publication. Entering the same release again changes nothing.

    Raises:
        PeildatumReleased: The ledger has a release of this peildatum and question with other content, or one of
            the whole file: a part must be published before the whole.
        LedgerMoved: A release of the same residents and day was entered since, or one that this release was judged
            with is missing from the ledger; or one with sums was entered, and this one holds sums, too.
        DisclosureFailure: Together, the releases prove that few persons came or left.
        LedgerDamaged, LedgerUnknown: The ledger does not show what was published before.
    """
    earlier = read_ledger(run.home.ledger)
    released, sums, profile = read_release(run.pending)
    manifest = read_manifest(run.pending)
    name = str(manifest["release"])
    peildatum = date.fromisoformat(run.peildatum)
    for other in earlier:
        is_whole = other.peildatum == peildatum and other.population == "" != profile.population
        is_in_the_way = (is_whole or _is_twin(other, profile, peildatum)) and other.release != name
        # The demo may be published again and again: its residents do not exist.
        if is_in_the_way and not profile_by_id(run.profile).demo:
            raise PeildatumReleased(other.release)
    if sums and why_none(profile, earlier, peildatum):
        raise LedgerMoved  # sums of two releases could be subtracted from each other
    before = releases_before(run.home.ledger, profile, peildatum)
    # To an attacker all releases of these residents and this day are one, so it must have been judged with them.
    same_persons = peildatum, profile.population
    if (manifest.get("beside") or []) != [other.release for other in before if other.persons == same_persons]:
        raise LedgerMoved
    published = tuple(table.spec.id for table in sums)
    publication = Publication(
        name, peildatum, profile.population, released, profile.threshold, sums=published, question=profile.question_id
    )
    audit_over_time(publication, History(earlier), profile)
    append(run.home.ledger, publication, len(earlier))
