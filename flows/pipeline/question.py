"""A researcher's request: checked before any delivery, answered beside the ledger."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from flows.release.ledger_entry import releases_before
from flows.runs.context import PERSONEN, RunContext
from flows.workfolder.files import write_private
from flows.workfolder.home import Home
from pia.question import require_askable
from schemas.errors import RequestRefused, RequestUnreadable
from schemas.names import HUISHOUDEN
from schemas.sources import delivered_sources
from schemas.specs import Profile
from schemas.specs.question import MINIMUM_PUBLISHED_PCT, Question
from schemas.states import Counted, Pseudonymised
from schemas.tables import tables_of
from transforms.counting.aggregate import count
from transforms.disclosure.over_time.history import History
from transforms.disclosure.over_time.next_release import NextRelease, Occasion, make_next, protect_next, same_day
from transforms.disclosure.suppression.job import SameFile
from transforms.disclosure.suppression.task import Suppression
from transforms.disclosure.suppression.utility import Utility, utility_by_attacker
from transforms.persons.derive import has_households
from transforms.requests.answer import answer, published_by
from transforms.requests.request import MAXIMUM_BYTES, read_request, toml_of

_REFUSED = "geweigerd"


def read_question(path: Path, peildatum: date, profile: Profile) -> Question:
    """Return the question in a file, if the register and what is delivered allow it; no delivery is read for it.

    Raises:
        RequestUnreadable, RequestUnknown, RequestNamesPerson: See `transforms.requests.request`.
        RequestNotAllowed: See `pia.question.require_askable`.
    """
    request = read_request(_read_bounded(path))
    if request.peildatum not in {None, peildatum}:
        raise RequestUnreadable("is about another peildatum than --peildatum")
    require_askable(request.question, delivered_sources(profile))
    return request.question


def _read_bounded(path: Path) -> bytes:
    """Read at most one byte more than a request may have, so that an endless file is refused."""
    try:
        if path.is_file():
            with path.open("rb") as file:
                return file.read(MAXIMUM_BYTES + 1)
    except OSError:
        pass
    raise RequestUnreadable("is missing, or no file that can be read")


def make_release(context: RunContext) -> NextRelease:
    """Protect the tables of a run beside everything that was published before.

    Raises:
        UnsafeOverTime, DisclosureFailure: The tables of the analysis cannot be made safe.
        RequestPublished: A published table answers the question already.
        RequestRefused: The table that was asked cannot be made safe; the error gives a coarser one that can.
        DeliveriesDiffer, DeclarationsDiffer, MethodsDiffer: The release contradicts what was published of the same
            persons.
        UnknownCategory: A row has a category that is not declared.
        PublicFiguresDiffer: The file does not go with what others publish of it.
        LedgerDamaged, LedgerUnknown: The ledger does not show what was published before.
    """
    run, profile = context.run, context.profile
    occasion = Occasion(lambda _: run.run_id, context.peildatum, profile.population)
    history = History(releases_before(run.home.ledger, profile, context.peildatum))
    personen = context.staging.persons(PERSONEN, Pseudonymised)
    file = _same_file(context)
    published = same_day(history, occasion)
    recounted = [count(personen, table.spec) for table in published]
    if profile.question is None:
        counted = [context.staging.table(spec, Counted) for spec in tables_of(profile)]
        return protect_next(counted, profile, history, occasion, again=recounted, file=file)

    def ask(question: Question) -> NextRelease:
        specs = tables_of(replace(profile, question=question))
        counted: Sequence[Counted] = [count(personen, spec) for spec in specs]
        return make_next(counted, profile, history, occasion, again=recounted, file=file)

    response = answer(
        profile.question,
        ask,
        allow=lambda question: require_askable(question, delivered_sources(profile)),
        published=lambda question: published_by(tables_of(replace(profile, question=question)), published),
    )
    if isinstance(response, NextRelease):
        return response
    write_private(run.folder / _REFUSED, b"")
    raise RequestRefused(
        MINIMUM_PUBLISHED_PCT, toml_of(response.coarser) if response.coarser else "", response.published
    )


def utility_of(context: RunContext, chosen: Suppression) -> tuple[Utility, ...]:
    """Return what each attacker costs; nothing of an answer, of rounded tables, or beside releases of the same persons.

    Args:
        context: Context of the run.
        chosen: The pattern of its release.
    """
    profile = context.profile
    occasion = Occasion(lambda _: context.run.run_id, context.peildatum, profile.population)
    history = History(releases_before(context.run.home.ledger, profile, context.peildatum))
    if profile.question or profile.method is not None or same_day(history, occasion):
        return ()
    counted = [context.staging.table(spec, Counted) for spec in tables_of(profile)]
    return utility_by_attacker(counted, profile, chosen, _same_file(context))


def _same_file(context: RunContext) -> SameFile:
    """Return what else is counted in the file of a run."""
    personen = context.staging.persons(PERSONEN, Pseudonymised)
    public = [count(personen, statistic.spec) for statistic in context.profile.public]
    households = personen.frame[HUISHOUDEN] if has_households(personen) else None
    return SameFile(public, personen.frame, households)


def count_refused(home: Home) -> int:
    """Return how many requests of this work folder were refused.

    Each refusal tells a little about small counts, so the officer sees their number.
    """
    return sum(1 for _ in (home.root / "runs").glob(f"*/{_REFUSED}"))
