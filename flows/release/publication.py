"""Release folders: written as pending, then published in one rename."""

import hashlib
import json
import os
import re
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from flows.custody.signing import Statement, require_signature
from flows.custody.sshsig import PublicKey
from flows.release.untrusted_folder import first_problems
from flows.screen import shown_name
from flows.workfolder.files import sync_folder, write_folder
from flows.workfolder.home import Run
from schemas.errors import ApprovalRefused, FolderUnusable, ReleaseExists

MANIFEST = "manifest.json"
STATEMENT = "akkoord.json"
SIGNATURE = "akkoord.sig"
SIGNED_FILES = (MANIFEST, STATEMENT, SIGNATURE)


def sha256(content: bytes) -> str:
    """Return the hash in lower-case hex, as in the manifest."""
    return hashlib.sha256(content).hexdigest()


def list_files(files: Mapping[str, bytes]) -> dict[str, dict[str, object]]:
    """Return hash and size of every file, by name."""
    return {name: {"sha256": sha256(files[name]), "bytes": len(files[name])} for name in sorted(files)}


def release_id(facts: Mapping[str, object], *, demo: bool) -> str:
    """Return a name that follows from the content, so that publishing again gives the same release."""
    digest = sha256(json.dumps(facts, sort_keys=True).encode())[:12]
    # 'Nuenen c.a.' would be no safe name of a folder.
    gemeente = re.sub(r"[^a-z0-9]+", "-", str(facts["gemeente"]).lower()).strip("-")
    kind = "-verzoek" if "question" in facts else ""
    stem = f"bestandsanalyse-{gemeente}-{facts['peildatum']}{kind}-{digest}"
    return f"DEMO-{stem}" if demo else stem


def write_pending(run: Run, files: Mapping[str, bytes], manifest: bytes) -> None:
    """Write the files that await approval into the run's folder, readable by its owner only."""
    write_folder(run.pending, {**files, MANIFEST: manifest})


def require_approved(folder: Path, pinned: PublicKey) -> Statement:
    """Return the officer's statement, if it covers exactly the files of this folder.

    Checks the signature against the pinned key and hashes every byte again.

    Raises:
        ApprovalRefused: The signature is missing or of another key, or a file was changed, removed or added.
    """
    missing = [name for name in SIGNED_FILES if not (folder / name).is_file()]
    if missing:
        raise ApprovalRefused(f"{' and '.join(missing)} is missing")
    statement = require_signature((folder / STATEMENT).read_bytes(), (folder / SIGNATURE).read_bytes(), pinned)
    manifest = (folder / MANIFEST).read_bytes()
    if statement.manifest_sha256 != sha256(manifest) or statement.release != json.loads(manifest)["release"]:
        raise ApprovalRefused("the manifest is not the one that was signed")
    if not statement.release or Path(statement.release).name != statement.release:
        raise ApprovalRefused("the release has a name that is no folder name")
    require_listed(folder, json.loads(manifest))
    return statement


def require_listed(folder: Path, manifest: Mapping[str, object]) -> None:
    """Return if a folder holds exactly the files of its manifest, byte for byte.

    Raises:
        ApprovalRefused: A file was changed, removed or added; the error names it.
    """
    present, listed = list_files(_read_files(folder)), manifest["files"]
    if present != listed:
        raise ApprovalRefused("; ".join(differences(present, dict(listed) if isinstance(listed, Mapping) else {})))


def differences(present: Mapping[str, object], listed: Mapping[str, object]) -> tuple[str, ...]:
    """Return which files were added, changed or removed since the manifest was made; the first few only."""
    added = [f"{shown_name(name)} was added" for name in sorted(present.keys() - listed.keys())]
    missing = [f"{shown_name(name)} is missing" for name in sorted(listed.keys() - present.keys())]
    changed = [
        f"{name} was changed" for name in sorted(present.keys() & listed.keys()) if present[name] != listed[name]
    ]
    return first_problems([*missing, *changed, *added])


def publish_pending(run: Run, pinned: PublicKey) -> Path:
    """Move the approved release to the output folder in one rename.

    Returns:
        The release folder. One that exists already with the same manifest is left as it is.

    Raises:
        ApprovalRefused: See `require_approved`.
        ReleaseExists: The folder exists with other content.
        FolderUnusable: The output folder cannot be written.
    """
    statement = require_approved(run.pending, pinned)
    target = run.out / statement.release
    if target.exists():
        if require_approved(target, pinned).manifest_sha256 != statement.manifest_sha256:
            raise ReleaseExists(statement.release)
    else:
        _publish(run, target, pinned)
    return target


def _publish(run: Run, target: Path, pinned: PublicKey) -> None:
    """Move the release, or leave nothing behind.

    Raises:
        FolderUnusable: The output folder cannot be written, or its disk is full.
    """
    with suppress(OSError):
        _move(run, target, pinned)
        return
    shutil.rmtree(run.out / f".{run.run_id}.partial", ignore_errors=True)
    raise FolderUnusable("output", "cannot be written or is full")


def _move(run: Run, target: Path, pinned: PublicKey) -> None:
    """Copy beside the target, check the copy, and rename: the output may be on another disk."""
    run.out.mkdir(parents=True, exist_ok=True)
    partial = run.out / f".{run.run_id}.partial"
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(mode=0o755)
    for path in sorted(run.pending.iterdir()):
        copy = partial / path.name
        with copy.open("wb") as file:
            file.write(path.read_bytes())
            file.flush()
            os.fsync(file.fileno())
        copy.chmod(0o644)
    require_approved(partial, pinned)
    partial.chmod(0o755)
    partial.rename(target)
    sync_folder(run.out)


def _read_files(folder: Path) -> dict[str, bytes]:
    """Read every file of a release but its seals.

    Raises `ApprovalRefused` if a folder or a link lies among them.
    """
    paths = [path for path in sorted(folder.iterdir()) if path.name not in SIGNED_FILES]
    if any(path.is_symlink() or not path.is_file() for path in folder.iterdir()):
        raise ApprovalRefused("the folder holds something that is not a file")
    return {path.name: path.read_bytes() for path in paths}
