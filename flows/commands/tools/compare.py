"""`bestandsanalyse compare`: what changed between two releases of one municipality, as far as they prove it."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from flows.commands.ending import Data
from flows.commands.output import require_new, write_new
from flows.commands.tools.comparison import read_proven_release
from flows.release.manifest import versions
from flows.screen import Screen
from schemas.errors import NotComparable
from transforms.comparison.change import Changed, Outcome, compare_tables
from transforms.comparison.changes import ChangeContent
from transforms.comparison.compared import change_files
from transforms.comparison.pair import in_order, require_no_small_change, require_safe
from transforms.comparison.verified_release import VerifiedRelease, incomparable_tables


def compare(one: Path, other: Path, /, *, key: Annotated[list[Path], Parameter(negative=())], out: Path) -> Data:
    """Tell what changed between two releases of one municipality, if together they give nobody away.

    Parameters
    ----------
    one:
        A release folder.
    other:
        A release folder of another peildatum.
    key:
        The officer's public key; repeat it if she changed it in between.
    out:
        Folder for the comparison; it may not exist yet.
    """
    require_new(out)
    before, after = in_order(read_proven_release(one, key), read_proven_release(other, key))
    content = compare_releases(before, after)
    write_new(out, change_files(content, versions()))
    summary = _summary(content, out)
    sentence = "Comparison: {folder}\nOf {counts} counts, {higher} are provably higher and {lower} provably lower."
    left_out = f" Left out: {', '.join(content.left_out)}." if content.left_out else ""
    Screen(soft_wrap=True).print(sentence.format(**summary) + left_out, markup=False, highlight=False)
    return summary


def _summary(content: ChangeContent, out: Path) -> Data:
    """Return the summary for the steward: how many changes are proven, and which tables are left out."""
    return {
        "folder": out,
        "counts": sum(len(table.changes) for table in content.changed),
        "higher": content.number(Outcome.MORE),
        "lower": content.number(Outcome.FEWER),
        "left_out": list(content.left_out),
    }


def compare_releases(before: VerifiedRelease, after: VerifiedRelease) -> ChangeContent:
    """Return what changed between two releases, after an attack on both together.

    Raises:
        PairUnsafe: Together they give residents away.
        NotComparable: They have no table in common.
        DisclosureFailure: The attack has no proven answer.
    """
    proof = require_safe(before, after)
    skipped = incomparable_tables((before, after), is_needed_in_all=True)
    tables = tuple(_changed(before, after, table) for table in before.declared if table not in skipped)
    if not tables:
        raise NotComparable("they have no table that both declare alike", "Make both with one version of this program.")
    require_no_small_change(tables, proof.threshold)
    return ChangeContent(before, after, tables, skipped, proof)


def _changed(before: VerifiedRelease, after: VerifiedRelease, table: str) -> Changed:
    thresholds = before.content.profile.threshold, after.content.profile.threshold
    return compare_tables(before.table(table), after.table(table), thresholds=thresholds)
