"""What each task of the flow does: read from staging, call pure functions, write to staging."""

import secrets
import shutil
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import polars as pl

from flows.custody.signing import load_public, signer_of
from flows.pipeline import amounts
from flows.pipeline.question import count_refused, make_release
from flows.registers.audit import Role, head_before, record_deed
from flows.registers.ledger import head_at, read_ledger
from flows.release import approval
from flows.release.earlier import before, earlier_releases, enter
from flows.release.manifest import manifest_of
from flows.release.proof import prove
from flows.release.publication import publish_pending, write_pending
from flows.rights.exclusions import exclusion_filter
from flows.runs.archive import archived_files, is_from_inbox, keep, note_read
from flows.runs.context import PERSONEN, RunContext, context_of, custody, occasion
from flows.runs.facts import IntakeFacts, LinkFacts, Pattern, ProtectionFacts, read_facts, write_facts
from flows.runs.person_index import write_index
from flows.runs.staging import Staging
from flows.workfolder import inbox
from flows.workfolder.files import remove_folder, write_private
from flows.workfolder.home import Run
from pia.assess import assess
from pia.custody import require_private_key
from pia.evidence import DeliveryFacts, Evidence
from pia.lines import count_rows
from pia.measures import judge
from pia.register import require_registered
from pia.report import OverTimeFacts, RunFacts, dossier
from schemas.control import CONTROL_FILE, Control
from schemas.errors import BestandsanalyseError, DeliveriesRefused, RunOutdated
from schemas.sources import SOURCES
from schemas.specs import SourceSpec
from schemas.states import Delivered, Pseudonymised, Released
from schemas.tables import tables_of
from transforms.counting import aggregate
from transforms.disclosure.sums.sum_release import SumRelease
from transforms.intake.contract import Checked, check_contract, enforce_limits, enforce_recency, months_behind
from transforms.intake.control import require_period, require_totals
from transforms.intake.delivery import (
    blank_unread_cells,
    drop_lines,
    read_delivery,
    require_all_rows,
    unregistered_columns,
)
from transforms.intake.quality import DeliveryQuality, missing_values, quality_of
from transforms.package.files import ReleaseContent, release_files
from transforms.persons import derive as derivation
from transforms.persons import link as linking
from transforms.persons.costs import add_costs
from transforms.persons.derive import residents
from transforms.persons.exclusion import drop_lines_about, removed_lines
from transforms.persons.link import enforce_link_rate
from transforms.persons.pseudonymise import pseudonymise

_LINKED_PERSONEN = "personen_gekoppeld"
_SUPPRESSED = "onderdrukking.csv"


def intake(run: Run) -> None:
    """Receive, contract and pseudonymise: identified data never leaves this step.

    Raises:
        DeliveryError, UnknownColumn, WrongColumns: A file as a whole is wrong.
        ContractBreach: More rows break a rule than may; they are in quarantine.
    """
    context = context_of(run)
    require_registered(SOURCES)
    require_private_key(custody(run))
    if not run.archived:
        inbox.require_deliveries(run.deliveries)
    of_them = exclusion_filter(run.home, context.profile.gemeente_code)
    checked: list[Checked] = []
    facts: list[DeliveryFacts] = []
    said, control = (b"", Control()) if run.archived else inbox.control_of(run.deliveries)
    require_period(control, context.peildatum)
    for source, content, delivered in _read_all(_deliveries(run), control):
        rows = drop_lines_about(delivered, of_them(delivered))
        absent = removed_lines(delivered, rows)
        if is_from_inbox(run):
            readable = drop_lines(content, {*absent, *delivered.excluded})
            keep(run, context.secret, source, content, blank_unread_cells(readable, source))
        one = check_contract(rows, source, profile=context.profile, peildatum=context.peildatum)
        checked.append(one)
        facts.append(_delivered(one, drop_lines(content, absent), context.peildatum))
    if said and is_from_inbox(run):
        note_read(run, CONTROL_FILE, said)
    # The index first: whoever is in a file of this run is found, whenever the run is killed.
    write_index(run, context.secret, checked)
    for one in checked:
        context.quarantine.put(one.source.id, one.quarantine)
    counts = tuple(count for one in checked for count in one.counts)
    write_facts(run, IntakeFacts(tuple(facts), counts, missing_values(checked)))
    enforce_limits(checked)
    enforce_recency(checked, peildatum=context.peildatum)
    valid = sum(one.valid for one in facts)
    record_deed(run.home, "pseudonymise", Role.STEWARD, run.key_id, run=run.run_id, rows=valid)
    for one in checked:
        key = context.secret.pseudonym_key
        context.staging.put(one.source.id, pseudonymise(one.valid, one.source, key=key, peildatum=context.peildatum))


def link(run: Run) -> None:
    """Join the deliveries into a row per person, whether in stock or gone."""
    context = context_of(run)
    linked = linking.link(_staged(context.staging), peildatum=context.peildatum)
    context.staging.put(_LINKED_PERSONEN, linking.restrict_to_part(linked.personen, context.profile.part))
    enforce_link_rate(linked.counts)
    write_facts(run, LinkFacts(linked.counts))


def derive(run: Run) -> None:
    """Turn ages, dates and codes into the classes that the tables count."""
    context = context_of(run)
    derived = derivation.derive(context.staging.persons(_LINKED_PERSONEN, Pseudonymised), peildatum=context.peildatum)
    made = add_costs(derived, _staged(context.staging), peildatum=context.peildatum)
    context.staging.put(PERSONEN, made["personen"])
    amounts.put(context.staging, made)


def count(run: Run) -> None:
    """Count every declared cell of every table, and add up every declared sum."""
    context = context_of(run)
    personen = context.staging.persons(PERSONEN, Pseudonymised)
    for spec in tables_of(context.profile):
        context.staging.put(spec.id, aggregate.count(personen, spec))
    amounts.add_up(context.staging, context.profile)


def protect(run: Run) -> None:
    """Disclosure control over all tables together, and beside everything that was published before.

    Raises:
        DisclosureFailure: The tables cannot be made safe.
        UnsafeOverTime: They cannot be made safe beside earlier releases; the error says what would be.
        RequestRefused: The table that a researcher asked cannot; the error says which coarser one could.
    """
    context = context_of(run)
    made = make_release(context)
    protected, over_time = made.protected, made.over_time
    write_private(run.staging / _SUPPRESSED, protected.explanation.write_csv().encode())
    found = protected.suppression
    facts = ProtectionFacts(
        audit=protected.audit,
        pattern=Pattern(len(found.counts), found.cost, found.bound, found.status),
        pairs=over_time.pairs,
        changes=len(over_time.changes),
        small=len(over_time.breaches),
        together=protected.together,
    )
    write_facts(run, facts)
    for table in protected.released:
        context.staging.put(table.spec.id, table)
    amounts.protect_sums(run, context.staging, context.profile, context.peildatum, protected.released)


def assess_release(run: Run) -> None:
    """Make the release, let the PIA judge it, write the dossier; what is allowed is sealed and awaits approval.

    Raises:
        PiaRefusal: A measure does not hold or has expired; the dossier says why.
    """
    context = context_of(run)
    released, sums = _released(context), amounts.read_sums(run, context.staging, context.profile)
    content = ReleaseContent(
        released, context.profile, context.peildatum, _qualities(context), sums.released, sums.withheld
    )
    files = release_files(content)
    evidence = _evidence(context, released, sums, files)
    findings = judge(evidence)
    explanation = pl.read_csv(run.staging / _SUPPRESSED)
    found = read_facts(run, ProtectionFacts)
    judged = len(evidence.earlier)
    is_twin = judged < len(read_ledger(run.home.ledger))
    beside = OverTimeFacts(
        earlier_releases(run.home),
        pairs=found.pairs,
        changes=found.changes,
        small=found.small,
        is_twin=is_twin,
        together=found.together,
        refused=count_refused(run.home),
        rejected=approval.earlier_rejections(run.home),
    )
    linked, missing = read_facts(run, LinkFacts).counts, read_facts(run, IntakeFacts).missing
    facts = RunFacts(run.run_id, linked, missing, explanation, beside, secrets.token_hex(16), sums)
    write_private(run.dossier, dossier(evidence, findings, facts).encode())
    assess(findings, evidence.today)
    manifest = manifest_of(
        content,
        context.secret,
        files,
        found.audit,
        pattern=asdict(found.pattern),
        ledger=head_at(run.home.ledger, judged),
        audit_log=head_before(run.home, occasion(run)),
        sums=sums,
    )
    approval.seal(run, context.secret, manifest)
    write_pending(run, files, manifest)


def approve(run: Run, key_path: Path, passphrase: Callable[[], bytes] = bytes) -> None:
    """Sign a pending release with the officer's key; the pinned public key must be its other half.

    Args:
        passphrase: Asks for that of her key, if it has one.

    Raises:
        UnknownRun: Nothing of this run waits for approval.
        ApprovalRefused: Another key than the pinned one, or somebody asked meanwhile to be left out, or what waits
            is not what the run sealed.
        RunOutdated: It was made with other versions than are here.
        SigningFailed: Her agent or FIDO key did not sign.
    """
    require_private_key(custody(run))
    pinned = load_public(run.home.officer_public_key)
    sign = signer_of(key_path, pinned, passphrase)
    record_deed(run.home, "approve", Role.OFFICER, run.key_id, run=run.run_id)
    approval.approve(run, sign, pinned)


def publish(run: Run) -> Path:
    """Check the signature and what was signed, and publish in one rename.

    The officer's key may have signed files that were changed after the PIA judged them, so the
    tables are attacked once more and everything else must follow from them.

    Raises:
        ApprovalRefused: There is no valid signature of the pinned officer over these bytes, of this run and in time.
        RunOutdated: Whether the files follow from the tables cannot be seen with the versions that are here.
        VerificationFailed: The files are not safe, or not those that follow from the tables.
        DisclosureFailure: A release that came between proves, with this one, a small change.
        PeildatumReleased: There is a release of this peildatum with other content.
    """
    require_private_key(custody(run))
    record_deed(run.home, "publish", Role.OFFICER, run.key_id, run=run.run_id)
    pinned = load_public(run.home.officer_public_key)
    approval.require_signed(run, pinned)
    if not prove(run.pending).is_redrawn:
        raise RunOutdated
    enter(run)
    return publish_pending(run, pinned)


def close(run: Run) -> None:
    """Remove what was staged and what waited; not part of publishing, so that publishing can be tried again."""
    shutil.rmtree(run.staging, ignore_errors=True)
    remove_folder(run.pending)


def _deliveries(run: Run) -> Callable[[SourceSpec], bytes]:
    return archived_files(run.home, run.archived) if run.archived else partial(inbox.read_file, run.deliveries)


def _read_all(delivery: Callable[[SourceSpec], bytes], control: Control) -> list[tuple[SourceSpec, bytes, Delivered]]:
    """Every delivery with its rows; the problems of all files are told together.

    Raises:
        BestandsanalyseError: What is wrong with the one file that cannot be read.
        DeliveriesRefused: Several cannot.
    """
    read: list[tuple[SourceSpec, bytes, Delivered]] = []
    problems: list[BestandsanalyseError] = []
    for source in SOURCES:
        try:
            content = delivery(source)
            delivered = read_delivery(content, source)
            rows = count_rows(content)
            require_all_rows(delivered, rows, source)
            require_totals(control, content, delivered, rows, source)
            read.append((source, content, delivered))
        except BestandsanalyseError as error:
            problems.append(error)
    if problems:
        raise problems[0] if len(problems) == 1 else DeliveriesRefused(tuple(problems))
    return read


def _delivered(one: Checked, kept: bytes, peildatum: date) -> DeliveryFacts:
    """Of a delivery without who is left out."""
    return DeliveryFacts(
        source=one.source.id,
        lines=count_rows(kept),
        valid=one.valid.frame.height,
        quarantined=one.quarantine.frame.height,
        excluded=one.excluded,
        unregistered_columns=unregistered_columns(kept, one.source),
        months_behind=months_behind(one, peildatum=peildatum),
    )


def _staged(staging: Staging) -> Mapping[str, Pseudonymised]:
    return {source.id: staging.persons(source.id, Pseudonymised) for source in SOURCES}


def _released(context: RunContext) -> tuple[Released, ...]:
    return tuple(context.staging.table(spec, Released) for spec in tables_of(context.profile))


def _evidence(
    context: RunContext, released: tuple[Released, ...], sums: SumRelease, files: Mapping[str, bytes]
) -> Evidence:
    intake_facts = read_facts(context.run, IntakeFacts)
    return Evidence(
        profile=context.profile,
        peildatum=context.peildatum,
        today=datetime.now(UTC).date(),
        sources=SOURCES,
        delivered=intake_facts.delivered,
        counts=intake_facts.counts,
        staged=_staged(context.staging),
        residents=residents(context.staging.persons(PERSONEN, Pseudonymised)),
        stored={
            **context.staging.sealed_files(),
            **context.quarantine.sealed_files(),
            context.run.index.name: context.run.index.read_bytes(),
        },
        pseudonym_prefix=context.secret.pseudonym_key.prefix,
        released=released,
        files=files,
        custody=custody(context.run),
        earlier=before(context.run.home.ledger, context.profile, context.peildatum),
        sums=sums.released,
        summed=amounts.added_up(context.staging, context.profile),
    )


def _qualities(context: RunContext) -> tuple[DeliveryQuality, ...]:
    return tuple(
        quality_of(one.source, rows=one.lines, quarantined=one.quarantined, threshold=context.profile.threshold)
        for one in read_facts(context.run, IntakeFacts).delivered
    )
