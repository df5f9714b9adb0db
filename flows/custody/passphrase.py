"""Reading the key store's passphrase: descriptor, credentials folder or prompt.

A passphrase is never an argument, and nothing here goes into a message, a log or a parameter. What was typed, or read
from a descriptor that cannot be read twice, stays in the memory of this process until it ends; it is not wiped there.
"""

import getpass
import os
import secrets
import shutil
import signal
import stat
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from flows.custody.keyless import require_keys_allowed
from flows.workfolder.files import make_private, write_private
from schemas.errors import OfficerPassphraseMissing, PassphraseMissing, PassphraseWeak

CREDENTIALS_VARIABLE = "CREDENTIALS_DIRECTORY"
"""As systemd names it for a service with LoadCredential= (systemd.exec)."""

CREDENTIAL = "bestandsanalyse-passphrase"
SHORTEST = 12
"""Fewest characters of a new passphrase: a guess costs a tenth of a second (Argon2id), too little for short ones."""

_LONGEST = 4096
_OPTION = "descriptor"
_remembered: dict[str, bytes] = {}


def use_descriptor(number: int | None) -> None:
    """Use the passphrase from this descriptor before any other; None changes nothing.

    Raises:
        PassphraseMissing: The descriptor cannot be read, or is empty.
        KeysBarred: This process is barred from keys.
    """
    if number is not None:
        require_keys_allowed()
        phrase = _read_descriptor(number)
        if not phrase:
            raise PassphraseMissing("cannot be read from the descriptor that was named")
        _remembered[_OPTION] = phrase


def passphrase(*, new: bool = False) -> bytes:
    """Return the passphrase from the first source that has one: descriptor, credentials folder, prompt.

    Args:
        new: True to choose a new one: asked twice at the prompt, and long enough.

    Raises:
        PassphraseMissing: There is none, or others can read the file; the error names the three ways to give it.
        PassphraseWeak: A new one is too short, or was not typed the same twice.
        KeysBarred: This process is barred from keys.
    """
    require_keys_allowed()
    phrase = _normalise(_remembered.get(_OPTION, b"") or credential(CREDENTIAL) or _ask_passphrase(new=new))
    if new and len(phrase.decode("utf-8", "replace")) < SHORTEST:
        raise PassphraseWeak(f"is shorter than {SHORTEST} characters")
    return phrase


def officer_passphrase(descriptor: int | None, *, new: bool = False) -> bytes:
    """Return the passphrase of the officer's own key, from a descriptor or the prompt.

    It is returned byte for byte as OpenSSH takes it, and is not remembered.

    Args:
        descriptor: Number of an open file descriptor; None to ask at the prompt.
        new: True to choose a new one: asked twice at the prompt, and long enough.

    Raises:
        OfficerPassphraseMissing: There is none.
        PassphraseWeak: A new one is too short, or was not typed the same twice.
        KeysBarred: This process is barred from keys.
    """
    require_keys_allowed()
    if descriptor is not None:
        phrase = _read_descriptor(descriptor)
    else:
        is_asked = sys.stdin.isatty()
        phrase = ask_unseen("Passphrase of the officer's key: ").encode() if is_asked else b""
        if phrase and new and phrase != ask_unseen("The same once more: ").encode():
            raise PassphraseWeak("was not typed the same twice")
    if not phrase:
        raise OfficerPassphraseMissing
    if new and len(phrase.decode("utf-8", "replace")) < SHORTEST:
        raise PassphraseWeak(f"is shorter than {SHORTEST} characters")
    return phrase


def credential(name: str) -> bytes:
    """Return a file of the credentials folder, without its line end; empty if there is none.

    Raises:
        PassphraseMissing: The file is a link, or others than its owner can read it.
        KeysBarred: This process is barred from keys.
    """
    require_keys_allowed()
    folder = os.environ.get(CREDENTIALS_VARIABLE)
    path = Path(folder) / name if folder else None
    if path is None or not path.exists():
        return b""
    facts = path.lstat()
    # systemd makes these files 0400, owned by root or by the service's own user.
    is_private = stat.S_ISREG(facts.st_mode) and not facts.st_mode & 0o077 and facts.st_uid in {0, os.getuid()}
    if not is_private or facts.st_size > _LONGEST:
        raise PassphraseMissing("lies in a file that is a link, too long, or open to others than its owner (chmod 600)")
    return path.read_bytes().rstrip(b"\r\n")


def _normalise(phrase: bytes) -> bytes:
    """Return the passphrase in one spelling (NFC): some keyboards type é as one character, others as two."""
    with suppress(UnicodeDecodeError):
        return unicodedata.normalize("NFC", phrase.decode()).encode()
    return phrase


def _read_descriptor(number: int) -> bytes:
    with suppress(OSError, ValueError), os.fdopen(number, "rb") as file:
        return file.read(_LONGEST).rstrip(b"\r\n")
    return b""


def _ask_passphrase(*, new: bool) -> bytes:
    name = "new" if new else "typed"
    if name not in _remembered:
        if not sys.stdin.isatty():
            raise PassphraseMissing
        phrase = ask_unseen("New passphrase of the key store: " if new else "Passphrase of the key store: ")
        if new and phrase != ask_unseen("The same once more: "):
            raise PassphraseWeak("was not typed the same twice")
        if not phrase:
            raise PassphraseMissing
        _remembered[name] = phrase.encode()
    return _remembered[name]


def ask_unseen(prompt: str) -> str:
    """Return what is typed, without showing it; empty at the end of input. Ctrl-C ends it at once.

    Polars restarts a read that a signal interrupts, so that an interrupted prompt would wait for Enter.
    """
    signal.siginterrupt(signal.SIGINT, True)
    with suppress(EOFError):
        return getpass.getpass(prompt)
    return ""


def make_credentials(folder: Path) -> None:
    """Make a credentials folder with a random passphrase, for the demo; what exists stays."""
    make_private(folder)
    if not (folder / CREDENTIAL).exists():
        write_private(folder / CREDENTIAL, secrets.token_urlsafe(32).encode())


@contextmanager
def hand_on_passphrase() -> Iterator[None]:
    """Let processes that are started meanwhile find the passphrase in a credentials folder.

    A credentials folder that holds this passphrase already is used. Otherwise one is made in memory that belongs to
    this user ($XDG_RUNTIME_DIR or /dev/shm), and removed at the end.

    Raises:
        PassphraseMissing: There is no passphrase, or this machine has no such file system in memory.
    """
    phrase = passphrase()
    if _normalise(credential(CREDENTIAL)) == phrase:
        yield
        return
    folder = _memory_folder() / f"bestandsanalyse-{secrets.token_hex(8)}"
    make_private(folder)
    before = os.environ.get(CREDENTIALS_VARIABLE)
    try:
        write_private(folder / CREDENTIAL, phrase)
        os.environ[CREDENTIALS_VARIABLE] = str(folder)
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.environ.pop(CREDENTIALS_VARIABLE, None)
        if before is not None:
            os.environ[CREDENTIALS_VARIABLE] = before


def _memory_folder() -> Path:
    for folder in (os.environ.get("XDG_RUNTIME_DIR"), "/dev/shm"):  # noqa: S108 - a file system in memory
        if folder and os.access(folder, os.W_OK | os.X_OK):
            return Path(folder)
    raise PassphraseMissing("cannot be handed on to a run of the schedule: there is no private memory here")
