"""What the officer meets: a run that waits, small or forged, and the real OpenSSH that she signs with."""

import base64
import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from flows.commands.cli import main
from flows.commands.ending import Stopped
from flows.custody import sshsig
from flows.custody.keys import key_for, secret_for
from flows.custody.signing import SIGNER
from flows.registers.audit import Role, record_deed
from flows.release import approval
from flows.release.manifest import versions
from flows.release.publication import SIGNED_FILES, list_files, write_pending
from flows.workfolder.files import write_private
from flows.workfolder.home import Home, Run, new_run_id
from tests.builders.sample import PEILDATUM
from tests.builders.tools import absent

FILES = {"T01.csv": b"regeling,value\nWMO,430\n", "T01.parquet": b"PAR1", "rapport_nl.html": b"<h1>430</h1>"}
PASSPHRASE = b"een zin van de functionaris"


def waiting_run(home: Home, out: Path) -> Run:
    """A run that is sealed and waits; nothing in its files is looked at before it is published."""
    key_id = key_for(home, "0865", PEILDATUM)
    run = Run(new_run_id(), home, Path(), out, PEILDATUM.isoformat(), "standaard", key_id)
    run.record()
    record_deed(home, "run", Role.STEWARD, key_id, run=run.run_id)
    write_private(run.dossier, b"# Dossier\n\n**Let op.** Er is al een uitgifte.\n")
    told = {"peildatum": run.peildatum, "profile": run.profile}
    told |= {"release": "bestandsanalyse-proef", "versions": versions(), "tables": {"T01": ""}, "sums": {"tables": {}}}
    manifest = json.dumps({**told, "files": list_files(FILES)}).encode()
    approval.seal(run, secret_for(home, key_id), manifest)
    write_pending(run, FILES, manifest)
    return run


def list_again(run: Run) -> None:
    """A manifest that lists the changed files as if they had always been so, sealed by who has the run's key."""
    path = run.pending / "manifest.json"
    files = {one.name: one.read_bytes() for one in run.pending.iterdir() if one.name not in SIGNED_FILES}
    path.write_text(json.dumps(json.loads(path.read_text()) | {"files": list_files(files)}))
    seal_again(run)


def seal_again(run: Run) -> None:
    """The seal of what waits, over the manifest as it is now."""
    approval.seal(run, secret_for(run.home, run.key_id), (run.pending / "manifest.json").read_bytes())


def openssh(*words: str | Path, message: bytes = b"", **environment: str) -> "subprocess.CompletedProcess[bytes]":
    """A command of the real OpenSSH."""
    if not shutil.which(words[0]):
        absent(str(words[0]))
    given = {**os.environ, **environment}
    return subprocess.run(words, input=message, env=given, capture_output=True, check=False, timeout=20)


def checked_by_openssh(folder: Path, public: Path, armored: bytes, message: bytes) -> bool:
    """Whether `ssh-keygen -Y verify` accepts a signature, as docs/researcher.md says to do it."""
    signers, signature = folder / "allowed_signers", folder / "gecontroleerd.sig"
    signers.write_text(f'{SIGNER} namespaces="{sshsig.NAMESPACE}" {public.read_text()}')
    signature.write_bytes(armored)
    done = openssh("ssh-keygen", "-Y", "verify", "-f", signers, "-I", SIGNER, "-n", sshsig.NAMESPACE, "-s", signature,
                   message=message)  # fmt: skip
    return done.returncode == 0


@contextmanager
def agent_with(private: Path, folder: Path) -> Iterator[str]:
    """A real ssh-agent that holds a key, of which the file is gone; its socket."""
    socket = folder / "agent"
    openssh("ssh-agent", "-h")
    agent = subprocess.Popen(["ssh-agent", "-D", "-a", socket], stdout=subprocess.PIPE)
    try:
        assert agent.stdout
        agent.stdout.readline()
        added = openssh("ssh-add", private, SSH_AUTH_SOCK=str(socket))
        assert added.returncode == 0, added.stderr
        private.unlink()
        yield str(socket)
    finally:
        agent.terminate()
        agent.wait(10)


class FidoKey:
    """Signs as a FIDO key does for OpenSSH (PROTOCOL.u2f); there is no such key in a test."""

    def __init__(self) -> None:
        self.private = Ed25519PrivateKey.generate()
        self.public = sshsig.PublicKey(b"sk-ssh-ed25519@openssh.com", self.private.public_key(), b"ssh:")

    def sign(self, message: bytes, flags: int = 1, counter: int = 7, application: bytes = b"ssh:") -> bytes:
        touch = bytes([flags]) + counter.to_bytes(4)
        parts = (b"bestandsanalyse", b"", b"sha512", hashlib.sha512(message).digest())
        framed = b"SSHSIG" + b"".join(map(_string, parts))
        signature = self.private.sign(hashlib.sha256(application).digest() + touch + hashlib.sha256(framed).digest())
        signed = _string(self.public.kind) + _string(signature) + touch
        parts = (self.public.wire, b"bestandsanalyse", b"", b"sha512", signed)
        body = base64.encodebytes(b"SSHSIG" + (1).to_bytes(4) + b"".join(map(_string, parts))).decode()
        return f"-----BEGIN SSH SIGNATURE-----\n{body}-----END SSH SIGNATURE-----\n".encode()


def _string(content: bytes) -> bytes:
    return len(content).to_bytes(4) + content


def never() -> bytes:
    raise AssertionError("it was asked for a passphrase")


def word_of(words: list[str]) -> str:
    with pytest.raises(Stopped) as stopped:
        main(words)
    return stopped.value.word


def descriptor_of(content: bytes) -> str:
    reading, writing = os.pipe()
    os.write(writing, content)
    os.close(writing)
    return str(reading)
