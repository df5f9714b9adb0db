"""`bestandsanalyse side-by-side`: releases of several municipalities, each signed by its own officer."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from flows.commands.ending import Data
from flows.commands.output import require_new, write_new
from flows.commands.tools.comparison import read_proven_release
from flows.release.manifest import versions
from flows.release.proof import read_manifest
from flows.screen import Screen
from schemas.errors import FolderUnusable, NotComparable, OfficerKeyMissing, VerificationFailed
from schemas.municipalities import find_municipality, is_code
from transforms.comparison.compared import side_files
from transforms.comparison.side import require_together
from transforms.comparison.side import side_by_side as one_table
from transforms.comparison.side_by_side import SideContent
from transforms.comparison.verified_release import VerifiedRelease, incomparable_tables


def side_by_side(
    *releases: Path,
    keys: Path,
    out: Path,
    x: Annotated[list[str] | None, Parameter(negative=())] = None,
) -> Data:
    """Put the releases of several municipalities side by side: what each shows itself, and an x for the rest.

    Parameters
    ----------
    releases:
        A release folder of every municipality that delivers, all of one peildatum.
    keys:
        Folder with the public key of every officer, each named after the CBS code of her municipality: 0865.pub.
    out:
        Folder for the outcome; it may not exist yet.
    x:
        Municipality of WSD that does not deliver, by name or code; repeat it for more.
    """
    require_new(out)
    absent = x or []
    if not keys.is_dir():
        raise FolderUnusable("keys", "does not exist")
    _require_nobody_forgotten(releases, keys, absent)
    content = together([_verified_release(release, keys) for release in releases], absent)
    write_new(out, side_files(content, versions()))
    Screen(soft_wrap=True).print(_summary(content, out), markup=False, highlight=False)
    return {
        "folder": out,
        "tables": len(content.tables),
        "municipalities": len(content.releases),
        "x": [municipality.name for municipality in content.absent],
        "left_out": list(content.left_out),
    }


def _summary(content: SideContent, out: Path) -> str:
    """Return the summary for the steward: how much stands side by side, and what is absent or left out."""
    sentence = f"Side by side: {out}\n{len(content.tables)} tables of {len(content.releases)} municipalities."
    absent = ", ".join(municipality.name for municipality in content.absent)
    skipped = ", ".join(content.left_out)
    return sentence + (f" x: {absent}." if absent else "") + (f" Left out: {skipped}." if skipped else "")


def together(releases: Sequence[VerifiedRelease], absent: Sequence[str]) -> SideContent:
    """Return every table that two municipalities or more have and declare alike.

    Raises:
        NotComparable: The releases are not of several municipalities on one day, or have no such table.
    """
    members, peildatum = require_together(releases, absent)
    skipped = incomparable_tables(releases, is_needed_in_all=False)
    ids = sorted({table for release in releases for table in release.declared} - set(skipped))
    if not ids:
        raise NotComparable("they have no table that two declare alike", "Make them with one version of this program.")
    tables = tuple(one_table(releases, members, table) for table in ids)
    ordered = tuple(sorted(releases, key=lambda release: release.content.profile.gemeente_code))
    return SideContent(ordered, members, peildatum, tables, skipped)


def _verified_release(release: Path, keys: Path) -> VerifiedRelease:
    """Read a release and verify it with the key of the municipality that its manifest names."""
    manifest = _manifest(release)
    code, name = str(manifest.get("gemeente_code")), str(manifest.get("gemeente"))
    key = keys / f"{code}.pub"
    if not is_code(code):
        raise VerificationFailed(("its manifest names no municipality",))
    if not key.is_file():
        raise OfficerKeyMissing(name, code)
    return read_proven_release(release, [key])


def _manifest(release: Path) -> dict[str, object]:
    return read_manifest(release)


def _require_nobody_forgotten(releases: Sequence[Path], keys: Path, absent: Sequence[str]) -> None:
    """Raise unless every municipality with a key has a release or an x, so that none drops out unnoticed.

    Raises:
        NotComparable: A municipality has a key, but neither a release nor an x.
    """
    absent_codes = {municipality.code for municipality in map(find_municipality, absent) if municipality}
    release_codes = {str(_manifest(release).get("gemeente_code")) for release in releases}
    for path in sorted(keys.glob("*.pub")):
        if is_code(path.stem) and path.stem not in absent_codes | release_codes:
            municipality = find_municipality(path.stem)
            raise NotComparable(
                f"there is a key of {municipality.name if municipality else path.stem} and no release",
                f"Give its release, or say that it has none with --x {path.stem}."
                if municipality
                else "Give its release, or take its key out of the folder.",
            )
