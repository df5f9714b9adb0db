"""Where the passphrase of the key store comes from: a descriptor, a credentials folder, or a prompt; never an argument.

Nothing here goes into a message, a log or a parameter. What was typed, or read from a descriptor that
cannot be read twice, is held in the memory of this process until it ends; it is not wiped there.
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
"""Characters of a new passphrase: a guess costs a tenth of a second (Argon2id), and short ones are guessed still."""

_LONGEST = 4096
_OPTION = "descriptor"
_held: dict[str, bytes] = {}


def use_descriptor(number: int | None) -> None:
    """Use the passphrase that this descriptor gives, before any other; None changes nothing.

    Raises:
        PassphraseMissing: It cannot be read, or gives nothing.
        KeysBarred: This process does without keys.
    """
    if number is not None:
        require_keys_allowed()
        found = _described(number)
        if not found:
            raise PassphraseMissing("cannot be read from the descriptor that was named")
        _held[_OPTION] = found


def passphrase(*, new: bool = False) -> bytes:
    """The passphrase, from the first of the three that is there.

    Args:
        new: It is being chosen: asked twice at the prompt, and long enough.

    Raises:
        PassphraseMissing: There is none, or it lies where others can read it; the error says the three ways.
        PassphraseWeak: A new one is too short, or was not typed the same twice.
        KeysBarred: This process does without keys.
    """
    require_keys_allowed()
    found = _normalised(_held.get(_OPTION, b"") or credential(CREDENTIAL) or _typed(new=new))
    if new and len(found.decode("utf-8", "replace")) < SHORTEST:
        raise PassphraseWeak(f"is shorter than {SHORTEST} characters")
    return found


def officer_passphrase(descriptor: int | None, *, new: bool = False) -> bytes:
    """The passphrase of the officer's own key, from a descriptor or typed, byte for byte as OpenSSH takes it; not held.

    Args:
        new: It is being chosen: asked twice at the prompt, and long enough.

    Raises:
        OfficerPassphraseMissing: There is none.
        PassphraseWeak: A new one is too short, or was not typed the same twice.
        KeysBarred: This process does without keys.
    """
    require_keys_allowed()
    if descriptor is not None:
        found = _described(descriptor)
    else:
        is_asked = sys.stdin.isatty()
        found = ask_unseen("Passphrase of the officer's key: ").encode() if is_asked else b""
        if found and new and found != ask_unseen("The same once more: ").encode():
            raise PassphraseWeak("was not typed the same twice")
    if not found:
        raise OfficerPassphraseMissing
    if new and len(found.decode("utf-8", "replace")) < SHORTEST:
        raise PassphraseWeak(f"is shorter than {SHORTEST} characters")
    return found


def credential(name: str) -> bytes:
    """A file of the credentials folder, without its line end; empty if there is none.

    Raises:
        PassphraseMissing: It is a link, or others than its owner can read it.
        KeysBarred: This process does without keys.
    """
    require_keys_allowed()
    folder = os.environ.get(CREDENTIALS_VARIABLE)
    path = Path(folder) / name if folder else None
    if path is None or not path.exists():
        return b""
    found = path.lstat()
    # systemd makes them 0400, of root or of the service's own user.
    is_private = stat.S_ISREG(found.st_mode) and not found.st_mode & 0o077 and found.st_uid in {0, os.getuid()}
    if not is_private or found.st_size > _LONGEST:
        raise PassphraseMissing("lies in a file that is a link, too long, or open to others than its owner (chmod 600)")
    return path.read_bytes().rstrip(b"\r\n")


def _normalised(found: bytes) -> bytes:
    """One way of writing: é is one character or two, as the keyboard has it, and the same to who types it (NFC)."""
    with suppress(UnicodeDecodeError):
        return unicodedata.normalize("NFC", found.decode()).encode()
    return found


def _described(number: int) -> bytes:
    with suppress(OSError, ValueError), os.fdopen(number, "rb") as file:
        return file.read(_LONGEST).rstrip(b"\r\n")
    return b""


def _typed(*, new: bool) -> bytes:
    name = "new" if new else "typed"
    if name not in _held:
        if not sys.stdin.isatty():
            raise PassphraseMissing
        found = ask_unseen("New passphrase of the key store: " if new else "Passphrase of the key store: ")
        if new and found != ask_unseen("The same once more: "):
            raise PassphraseWeak("was not typed the same twice")
        if not found:
            raise PassphraseMissing
        _held[name] = found.encode()
    return _held[name]


def ask_unseen(prompt: str) -> str:
    """What is typed, unseen; nothing at the end of input. Ctrl-C ends it at once.

    Polars restarts a read that a signal interrupts, so that an interrupted prompt would wait for Enter.
    """
    signal.siginterrupt(signal.SIGINT, True)
    with suppress(EOFError):
        return getpass.getpass(prompt)
    return ""


def make_credentials(folder: Path) -> None:
    """A credentials folder with a random passphrase, for the demo; what is there already stays."""
    make_private(folder)
    if not (folder / CREDENTIAL).exists():
        write_private(folder / CREDENTIAL, secrets.token_urlsafe(32).encode())


@contextmanager
def handed_on() -> Iterator[None]:
    """For as long as this lasts, processes that are started find the passphrase in a credentials folder.

    One that is there already and holds this passphrase is used. Otherwise it is kept in memory that belongs to this
    user ($XDG_RUNTIME_DIR or /dev/shm), which goes when this ends.

    Raises:
        PassphraseMissing: There is none to hand on, or no such memory on this machine.
    """
    found = passphrase()
    if _normalised(credential(CREDENTIAL)) == found:
        yield
        return
    folder = _memory() / f"bestandsanalyse-{secrets.token_hex(8)}"
    make_private(folder)
    before = os.environ.get(CREDENTIALS_VARIABLE)
    try:
        write_private(folder / CREDENTIAL, found)
        os.environ[CREDENTIALS_VARIABLE] = str(folder)
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.environ.pop(CREDENTIALS_VARIABLE, None)
        if before is not None:
            os.environ[CREDENTIALS_VARIABLE] = before


def _memory() -> Path:
    for folder in (os.environ.get("XDG_RUNTIME_DIR"), "/dev/shm"):  # noqa: S108 - a file system in memory
        if folder and os.access(folder, os.W_OK | os.X_OK):
            return Path(folder)
    raise PassphraseMissing("cannot be handed on to a run of the schedule: there is no private memory here")
