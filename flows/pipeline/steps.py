"""The steps of a run: from staged data to staged data."""

import secrets
import shutil
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from flows.custody.signing import load_public, signer_of
from flows.pipeline import amounts
from flows.pipeline.question import count_refused, make_release, utility_of
from flows.pipeline.receiving import receive
from flows.registers.audit import Role, head_before, record_deed
from flows.registers.ledger import head_at, read_ledger
from flows.release import approval
from flows.release.ledger_entry import earlier_release_names, enter, releases_before, tables_by_release
from flows.release.manifest import manifest_of
from flows.release.proof import prove
from flows.release.publication import publish_pending, write_pending
from flows.runs.context import PERSONEN, RunContext, asked_profile, context_of, custody, occasion
from flows.runs.facts import (
    IntakeFacts,
    LinkFacts,
    Pattern,
    PlausibilityFacts,
    ProtectionFacts,
    read_facts,
    write_facts,
)
from flows.runs.person_index import write_index
from flows.runs.plausibility import require_plausible
from flows.runs.staging import Staging
from flows.workfolder.files import remove_folder, write_private
from flows.workfolder.home import Run
from pia.assess import assess
from pia.checks.custody import require_private_key
from pia.dossier import OverTimeFacts, RunFacts, dossier
from pia.evidence import Evidence
from pia.measures import judge
from pia.register import require_registered
from schemas.errors import ApprovalRefused, RunOutdated
from schemas.sources import SOURCES, absent_sources, delivered_sources
from schemas.states import Counted, Pseudonymised, Released
from schemas.tables import tables_of
from transforms.counting import aggregate
from transforms.disclosure.sums.sum_release import SumRelease
from transforms.intake.contract import enforce_limits, enforce_recency
from transforms.intake.quality import DeliveryQuality, missing_values, quality_of
from transforms.package.files import ReleaseContent, release_files
from transforms.persons import derive as derivation
from transforms.persons import link as linking
from transforms.persons.costs import add_costs
from transforms.persons.derive import has_households, residents
from transforms.persons.link import enforce_link_rate
from transforms.persons.pseudonymise import nobody, pseudonymise

_LINKED_PERSONEN = "personen_gekoppeld"
_SUPPRESSED = "onderdrukking.csv"


def intake(run: Run) -> None:
    """Read, check and pseudonymise the deliveries: identified data never leaves this step.

    Raises:
        DeliveryError, UnknownColumn, WrongColumns: A file as a whole is wrong.
        ContractBreach: More rows break a rule than may; they are in quarantine.
        DeliveriesImplausible: Something of them is not plausible, and the steward gave no reason to believe it.
    """
    context = context_of(run)
    require_registered(SOURCES)
    require_private_key(custody(run))
    checked, facts = receive(context)
    # The index first: every person in a file of this run can be found, whenever the run is killed.
    write_index(run, context.secret, checked)
    for delivery in checked:
        context.quarantine.put(delivery.source.id, delivery.quarantine)
    counts = tuple(count for delivery in checked for count in delivery.counts)
    write_facts(run, IntakeFacts(facts, counts, missing_values(checked)))
    enforce_limits(checked)
    enforce_recency(checked, peildatum=context.peildatum)
    require_plausible(run, checked)
    valid_rows = sum(delivery.valid for delivery in facts)
    record_deed(run.home, "pseudonymise", Role.STEWARD, run.key_id, run=run.run_id, rows=valid_rows)
    key, peildatum = context.secret.pseudonym_key, context.peildatum
    for delivery in checked:
        rows = pseudonymise(delivery.valid, delivery.source, key=key, peildatum=peildatum)
        context.staging.put(delivery.source.id, rows)
    for source in absent_sources(context.profile):
        context.staging.put(source.id, nobody(source, key=key, peildatum=peildatum))


def link(run: Run) -> None:
    """Join the deliveries into one row per person, in stock or gone."""
    context = context_of(run)
    linked = linking.link(_staged_deliveries(context.staging), peildatum=context.peildatum)
    context.staging.put(_LINKED_PERSONEN, linking.restrict_to_part(linked.personen, context.profile.part))
    enforce_link_rate(linked.counts)
    delivered = tuple(count for count in linked.counts if count.source not in context.profile.absent)
    write_facts(run, LinkFacts(delivered))


def derive(run: Run) -> None:
    """Turn ages, dates and codes into the classes that the tables count."""
    context = context_of(run)
    derived = derivation.derive(context.staging.persons(_LINKED_PERSONEN, Pseudonymised), peildatum=context.peildatum)
    personen = add_costs(derived, _staged_deliveries(context.staging), peildatum=context.peildatum)
    context.staging.put(PERSONEN, personen["personen"])
    amounts.stage(context, personen)


def count(run: Run) -> None:
    """Count every declared cell of every table, and add up every declared sum."""
    context = context_of(run)
    personen = context.staging.persons(PERSONEN, Pseudonymised)
    for spec in tables_of(context.profile):
        context.staging.put(spec.id, aggregate.count(personen, spec))
    amounts.add_up(context)


def protect(run: Run) -> None:
    """Apply disclosure control to all tables together, and beside everything that was published before.

    Raises:
        DisclosureFailure: The tables cannot be made safe.
        UnsafeOverTime: They cannot be made safe beside earlier releases; the error says which rounding would do.
        RequestRefused: The table that a researcher asked cannot be made safe; the error gives a coarser one that can.
    """
    context = context_of(run)
    release = make_release(context)
    protected, over_time = release.protected, release.over_time
    write_private(run.staging / _SUPPRESSED, protected.explanation.write_csv().encode())
    suppression = protected.suppression
    facts = ProtectionFacts(
        audit=protected.audit,
        pattern=Pattern(len(suppression.counts), suppression.cost, suppression.bound, suppression.status),
        pairs=over_time.pairs,
        changes=len(over_time.changes),
        small=len(over_time.breaches),
        utility=utility_of(context, suppression),
    )
    write_facts(run, facts)
    for table in protected.released:
        context.staging.put(table.spec.id, table)
    amounts.protect_sums(context, protected.released)


def assess_release(run: Run) -> None:
    """Make the release, let the PIA judge it, and write the dossier; seal what is allowed as pending.

    Raises:
        PiaRefusal: A measure does not hold or has expired; the dossier says why.
    """
    context = context_of(run)
    released, sums = _staged_tables(context), amounts.read_sums(context)
    content = ReleaseContent(
        released, context.profile, context.peildatum, _delivery_qualities(context), sums.released, sums.withheld
    )
    files = release_files(content)
    evidence = _evidence(context, released, sums, files)
    findings = judge(evidence)
    explanation = pl.read_csv(run.staging / _SUPPRESSED)
    protection = read_facts(run, ProtectionFacts)
    judged = len(evidence.earlier)
    is_twin = judged < len(read_ledger(run.home.ledger))
    over_time = OverTimeFacts(
        earlier_release_names(run.home),
        pairs=protection.pairs,
        changes=protection.changes,
        small=protection.small,
        is_twin=is_twin,
        together=protection.audit if evidence.same_day else None,
        refused=count_refused(run.home),
        rejected=approval.earlier_rejections(run.home),
    )
    link_counts, missing = read_facts(run, LinkFacts).counts, read_facts(run, IntakeFacts).missing
    plausibility = read_facts(run, PlausibilityFacts)
    told_elsewhere, mark = protection.audit.told_elsewhere, secrets.token_hex(16)
    facts = RunFacts(
        run.run_id,
        link_counts,
        missing,
        explanation,
        over_time,
        mark,
        sums,
        told_elsewhere,
        protection.utility,
        run.mapping,
        plausibility.doubts,
        plausibility.compared,
        run.reason,
    )
    write_private(run.dossier, dossier(evidence, findings, facts).encode())
    assess(findings, evidence.today)
    manifest = manifest_of(
        content,
        context.secret,
        files,
        protection.audit,
        pattern=asdict(protection.pattern),
        ledger=head_at(run.home.ledger, judged),
        audit_log=head_before(run.home, occasion(run)),
        beside=[publication.release for publication in evidence.same_day],
        mapping=context.run.mapping,
        sums=sums,
    )
    approval.seal(run, context.secret, manifest)
    write_pending(run, files, manifest)


def approve(run: Run, key_path: Path, passphrase: Callable[[], bytes] = bytes) -> None:
    """Sign a pending release with the officer's key, which must belong to the pinned public key.

    Args:
        run: The run that is pending.
        key_path: The officer's key, private or public.
        passphrase: Asks for the passphrase of her key; called only if it has one.

    Raises:
        UnknownRun: Nothing of this run waits for approval.
        ApprovalRefused: The key is not the pinned one, a resident has since asked to be left out, or what is pending
            is not what the run sealed.
        RunOutdated: The run was made with other versions than those installed.
        SigningFailed: The officer's agent or FIDO key did not sign.
    """
    require_private_key(custody(run))
    pinned = load_public(run.home.officer_public_key)
    sign = signer_of(key_path, pinned, passphrase)
    record_deed(run.home, "approve", Role.OFFICER, run.key_id, run=run.run_id)
    approval.approve(run, sign, pinned)


def publish(run: Run) -> Path:
    """Check the signature and what was signed, and publish in one rename.

    The officer's key may have signed files that were changed after the PIA judged them. So the tables are attacked once
    more, and every other file must follow from them.

    Raises:
        ApprovalRefused: There is no valid signature of the pinned officer over these bytes, for this run and in time.
        RunOutdated: With the installed versions it cannot be checked whether the files follow from the tables.
        VerificationFailed: The files are not safe, or not those that follow from the tables.
        DisclosureFailure: A release that was published in between proves a small change together with this one.
        PeildatumReleased: The ledger has a release of this peildatum with other content.
    """
    require_private_key(custody(run))
    record_deed(run.home, "publish", Role.OFFICER, run.key_id, run=run.run_id)
    pinned = load_public(run.home.officer_public_key)
    approval.require_signed(run, pinned)
    proof = prove(run.pending, tables_by_release(read_ledger(run.home.ledger)))
    if not proof.is_redrawn:
        raise RunOutdated
    if proof.content.profile.public != asked_profile(run).public:
        raise ApprovalRefused("other figures of others were declared since; make the run again")
    enter(run)
    return publish_pending(run, pinned)


def close(run: Run) -> None:
    """Remove what was staged and what is pending.

    This is no part of publishing, so that publishing can be tried again.
    """
    shutil.rmtree(run.staging, ignore_errors=True)
    remove_folder(run.pending)


def _staged_deliveries(staging: Staging) -> Mapping[str, Pseudonymised]:
    """Return the pseudonymised rows of every source, by source id."""
    return {source.id: staging.persons(source.id, Pseudonymised) for source in SOURCES}


def _staged_tables(context: RunContext) -> tuple[Released, ...]:
    """Return the released tables of a run, as `protect` staged them."""
    return tuple(context.staging.table(spec, Released) for spec in tables_of(context.profile))


def _evidence(
    context: RunContext, released: tuple[Released, ...], sums: SumRelease, files: Mapping[str, bytes]
) -> Evidence:
    """Collect everything that the PIA judges."""
    intake_facts = read_facts(context.run, IntakeFacts)
    return Evidence(
        profile=context.profile,
        peildatum=context.peildatum,
        today=datetime.now(UTC).date(),
        sources=delivered_sources(context.profile),
        delivered=intake_facts.delivered,
        counts=intake_facts.counts,
        staged=_staged_deliveries(context.staging),
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
        earlier=releases_before(context.run.home.ledger, context.profile, context.peildatum),
        sums=sums.released,
        summed=amounts.true_sums(context),
        rests=amounts.true_rests(context),
        counted=tuple(context.staging.table(spec, Counted) for spec in tables_of(context.profile)),
        households=_true_households(context),
        household_sums=amounts.true_household_sums(context),
    )


def _true_households(context: RunContext) -> tuple[Counted, ...]:
    """Return the households in every cell of every table; none if nothing tells who they are."""
    personen = context.staging.persons(PERSONEN, Pseudonymised)
    if not has_households(personen):
        return ()
    return tuple(aggregate.count_households(personen, spec) for spec in tables_of(context.profile))


def _delivery_qualities(context: RunContext) -> tuple[DeliveryQuality, ...]:
    """Return the share of quarantined rows of every delivery, as far as it may be published."""
    return tuple(
        quality_of(
            delivery.source, rows=delivery.lines, quarantined=delivery.quarantined, threshold=context.profile.threshold
        )
        for delivery in read_facts(context.run, IntakeFacts).delivered
    )
