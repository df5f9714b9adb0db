"""A release folder: made in the work folder, signed, and published at once or not at all."""

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
from flows.release.untrusted_folder import first
from flows.screen import shown_name
from flows.workfolder.files import sync_folder, write_folder
from flows.workfolder.home import Run
from schemas.errors import ApprovalRefused, FolderUnusable, ReleaseExists

MANIFEST = "manifest.json"
STATEMENT = "akkoord.json"
SIGNATURE = "akkoord.sig"
SEALS = (MANIFEST, STATEMENT, SIGNATURE)


def sha256(content: bytes) -> str:
    """Hash in lower-case hex, as in the manifest."""
    return hashlib.sha256(content).hexdigest()


def list_files(files: Mapping[str, bytes]) -> dict[str, dict[str, object]]:
    """Hash and size of every file, by name."""
    return {name: {"sha256": sha256(files[name]), "bytes": len(files[name])} for name in sorted(files)}


def release_id(facts: Mapping[str, object], *, demo: bool) -> str:
    """A name that follows from the content, so that publishing again is the same release."""
    digest = sha256(json.dumps(facts, sort_keys=True).encode())[:12]
    # 'Nuenen c.a.' is no name for a folder.
    gemeente = re.sub(r"[^a-z0-9]+", "-", str(facts["gemeente"]).lower()).strip("-")
    asked = "-verzoek" if "question" in facts else ""
    stem = f"bestandsanalyse-{gemeente}-{facts['peildatum']}{asked}-{digest}"
    return f"DEMO-{stem}" if demo else stem


def write_pending(run: Run, files: Mapping[str, bytes], manifest: bytes) -> None:
    """Put what awaits approval in the run's folder, readable by its owner only."""
    write_folder(run.pending, {**files, MANIFEST: manifest})


def require_approved(folder: Path, pinned: PublicKey) -> Statement:
    """The officer's statement, if it covers exactly the files of this folder.

    The last step before publication: the signature is checked against the pinned key and
    every byte is hashed again.

    Raises:
        ApprovalRefused: No signature, another key, or a file changed, missing or added.
    """
    missing = [name for name in SEALS if not (folder / name).is_file()]
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
    """Return if a folder holds the files of its manifest and no others, byte for byte.

    Raises:
        ApprovalRefused: A file changed, or is missing or added; which.
    """
    there, told = list_files(_files(folder)), manifest["files"]
    if there != told:
        raise ApprovalRefused("; ".join(differences(there, dict(told) if isinstance(told, Mapping) else {})))


def differences(there: Mapping[str, object], told: Mapping[str, object]) -> tuple[str, ...]:
    """Which files were added, changed or are missing since the manifest was made."""
    added = [f"{shown_name(name)} was added" for name in sorted(there.keys() - told.keys())]
    missing = [f"{shown_name(name)} is missing" for name in sorted(told.keys() - there.keys())]
    changed = [f"{name} was changed" for name in sorted(there.keys() & told.keys()) if there[name] != told[name]]
    return first([*missing, *changed, *added])


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
    """Move, or leave nothing behind.

    Raises:
        FolderUnusable: The output folder cannot be written, or its disk is full.
    """
    with suppress(OSError):
        _move(run, target, pinned)
        return
    shutil.rmtree(run.out / f".{run.run_id}.partial", ignore_errors=True)
    raise FolderUnusable("output", "cannot be written or is full")


def _move(run: Run, target: Path, pinned: PublicKey) -> None:
    """Copy beside the target, check the copy, rename: the output may be on another disk."""
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


def _files(folder: Path) -> dict[str, bytes]:
    """Everything in a release but its seals; a folder or a link in it is no release."""
    paths = [path for path in sorted(folder.iterdir()) if path.name not in SEALS]
    if any(path.is_symlink() or not path.is_file() for path in folder.iterdir()):
        raise ApprovalRefused("the folder holds something that is not a file")
    return {path.name: path.read_bytes() for path in paths}
