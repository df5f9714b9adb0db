"""What the command line says of a release that was verified: one screen, what is proven and what is not.

A line under `Proven` is good news; what an attacker does reach, or only the manifest says, stands under `Not proven`.
"""

from collections.abc import Iterator

from flows.commands.ending import Data
from flows.custody.signing import SIGNER
from flows.release.verification import Verified
from transforms.disclosure.sums.magnitude_audit import SumAudit

_UNPROVEN = (
    "that the deliveries were right, or that nothing else was published elsewhere",
    "anything against who knows how the program chooses what else to blank (docs/proven.md)",
)


def verified_text(verified: Verified) -> str:
    """Return the text that `verify` prints: what is proven, and what is not."""
    lines = (
        f"{verified.release}",
        "Proven:",
        *(f"  {subject:<12}{sentence}" for subject, sentence in _proven(verified)),
        "Not proven:",
        *(f"  {sentence}" for sentence in _unproven(verified)),
    )
    return "\n".join(lines)


def verified_data(verified: Verified) -> Data:
    """Return the result of `verify` as data for a script."""
    audit, stated = verified.proof.audit, verified.statement
    return {
        "release": verified.release,
        "files": verified.files,
        "signed_by": stated.officer_fingerprint if stated else None,
        "signed_at": stated.stated_at if stated else None,
        "is_redrawn": verified.proof.is_redrawn,
        "cells": audit.cells,
        "suppressed": audit.suppressed,
        "provably_small": audit.provably_small,
        "narrowest_width": verified.narrowest.interval.width if verified.narrowest else None,
        "lowest_upper_bound": audit.lowest_high,
        "public_statistics": len(verified.proof.content.profile.public),
        "beside": [name for name, _ in verified.same_day],
        "not_given": list(verified.proof.missing),
        "told_elsewhere": audit.told_elsewhere,
        "own_record": verified.own_record.below,
    }


def _unproven(verified: Verified) -> Iterator[str]:
    if verified.statement is None:
        yield "WHO SIGNED: no --key was given"
    if not verified.proof.is_redrawn:
        yield "that report and package follow from the tables: they were made with other versions than are here"
    proof = verified.proof
    if proof.missing:
        clause = ", which was not given" if len(proof.missing) == 1 else ", which were not given"
        yield f"that low and high are what follows together with {', '.join(proof.missing)}{clause}"
    if verified.own_record.below:
        yield (
            "that somebody who is in a suppressed cell himself gets no further: he comes below those limits for "
            f"{verified.own_record.below} of {verified.own_record.blank} suppressed counts"
        )
    if proof.audit.told_elsewhere:
        yield (
            "how small the true count can be behind blanks of which statistics of others tell more than the release: "
            f"{proof.audit.told_elsewhere} of them, to which the release adds nothing"
        )
    if proof.audit.provably_small:
        yield f"that no rounded count is provably small: {proof.audit.provably_small} of {proof.audit.cells} are"
    if verified.same_day and proof.content.sums:
        yield "anything of sums of several releases: they are judged in each release by itself"
    times_given = len({*(proof.manifest.get("beside") or [])} & {name for name, _ in verified.same_day})
    earlier = proof.manifest["ledger"]["releases"] - times_given
    kind = "other earlier release" if times_given else "earlier release"
    claim = f"it is safe beside the {earlier} {kind}{'s' * (earlier > 1)}" if earlier else f"there are no {kind}s"
    yield f"that {claim} of its work folder: only the manifest says so"
    yield from _UNPROVEN


def _proven(verified: Verified) -> Iterator[tuple[str, str]]:
    proof = verified.proof
    if verified.statement:
        stated = verified.statement
        yield "signature", f"by the {SIGNER}, key {stated.officer_fingerprint}, {stated.stated_at}"
        for name, statement in verified.same_day:
            if statement:
                yield "signature", f"key {statement.officer_fingerprint}, {statement.stated_at}, of {name}"
    yield "files", f"{verified.files}, every hash as in the manifest, nothing added"
    if proof.is_redrawn:
        yield "content", "made again from the tables, equal"
    below = proof.content.profile.threshold - 1
    yield "tables", f"{proof.audit.cells} cells, {proof.audit.suppressed} suppressed; none published from 1 to {below}"
    yield from _attack(verified)
    if verified.same_day:
        names = ", ".join(name for name, _ in verified.same_day)
        yield "beside", f"attacked as one with {names}: no blank count follows more closely than promised"
    for name, audit in proof.amounts.items():
        yield "sums", f"{name}: {_sums(audit)}"


def _attack(verified: Verified) -> Iterator[tuple[str, str]]:
    """Yield the lines on the attack: how closely a reader of the tables can compute the suppressed cells.

    The bounds come from linear and integer programs over the tables together.
    """
    proof, narrowest = verified.proof, verified.narrowest
    if narrowest is None or proof.audit.lowest_high is None:
        small = "" if proof.audit.provably_small else ", and no rounded count is provably small"
        yield "attack", f"nothing is suppressed{small}"
        return
    profile, interval = proof.content.profile, narrowest.interval
    public = len(profile.public)
    statistics = f" and {public} statistics of others" if public else ""
    tables = "its own tables" if proof.missing else "all tables"
    yield "attack", f"{proof.audit.solved} linear and integer programs over {tables}{statistics} together"
    reached = f"{interval.low}-{interval.high}, {interval.width} wide (at least {profile.minimum_width})"
    yield "narrowest", f"{reached}: {narrowest.cell}"
    yield "lowest", f"upper bound of a suppressed cell {proof.audit.lowest_high:.0f} (at least {profile.threshold})"
    if not verified.own_record.below and not proof.missing:
        yield "own record", "somebody who is in a suppressed cell himself gets no further"


def _sums(audit: SumAudit) -> str:
    """Return how many sums are blank, and how far the best guess of one may be off."""
    summary = f"{audit.cells} cells, {audit.suppressed} suppressed"
    if audit.narrowest_pct is None:
        return summary
    return f"{summary}; the narrowest interval leaves {audit.narrowest_pct:.0f} % either way"
