"""Where a passphrase comes from, in which order, and what is refused."""

import os
import pty
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from flows.custody import passphrase as source
from flows.custody.passphrase import CREDENTIAL, CREDENTIALS_VARIABLE, hand_on_passphrase, passphrase
from schemas.errors import PassphraseMissing, PassphraseWeak
from tests.project import PROJECT


@pytest.fixture(autouse=True)
def nothing_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "_remembered", {})
    monkeypatch.delenv(CREDENTIALS_VARIABLE, raising=False)


@pytest.fixture
def credentials(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / CREDENTIAL).write_bytes("een zin met é uit een bestand\n".encode())
    (tmp_path / CREDENTIAL).chmod(0o400)
    monkeypatch.setenv(CREDENTIALS_VARIABLE, str(tmp_path))
    return tmp_path / CREDENTIAL


def piped(content: bytes) -> int:
    read, write = os.pipe()
    os.write(write, content)
    os.close(write)
    return read


def test_without_any_the_error_names_three_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", open(os.devnull))  # noqa: SIM115, PTH123
    with pytest.raises(PassphraseMissing) as caught:
        passphrase()
    assert all(way in str(caught.value) for way in ("prompt", "--passphrase-fd", CREDENTIALS_VARIABLE))


def test_a_descriptor_comes_first_and_is_read_once(credentials: Path) -> None:
    source.use_descriptor(piped(b"een zin uit een pijp\n"))
    assert passphrase() == b"een zin uit een pijp"
    assert passphrase() == b"een zin uit een pijp"
    source._remembered.clear()
    assert passphrase() == "een zin met é uit een bestand".encode()


@pytest.mark.parametrize("number", [9999, -1])
def test_a_descriptor_that_cannot_be_read_is_refused_and_nothing_else_is_tried(credentials: Path, number: int) -> None:
    with pytest.raises(PassphraseMissing, match="descriptor"):
        source.use_descriptor(number)


def test_an_empty_descriptor_is_refused() -> None:
    with pytest.raises(PassphraseMissing, match="descriptor"):
        source.use_descriptor(piped(b"\n"))


def test_an_accent_is_the_same_however_the_keyboard_writes_it() -> None:
    source.use_descriptor(piped("een zin met e\u0301".encode()))
    assert passphrase() == "een zin met \u00e9".encode()
    source.use_descriptor(piped(b"een zin met \xff"))
    assert passphrase() == b"een zin met \xff"


def test_what_opened_the_store_is_handed_on_and_not_what_lies_in_the_folder(credentials: Path) -> None:
    source.use_descriptor(piped(b"een andere zin dan in het bestand"))
    with hand_on_passphrase():
        folder = Path(os.environ[CREDENTIALS_VARIABLE])
        assert (folder / CREDENTIAL).read_bytes() == b"een andere zin dan in het bestand"
    assert os.environ[CREDENTIALS_VARIABLE] == str(credentials.parent)


def test_a_credentials_file_that_others_can_read_or_that_is_a_link_is_refused(credentials: Path) -> None:
    credentials.chmod(0o440)
    with pytest.raises(PassphraseMissing, match="open to others"):
        passphrase()
    credentials.chmod(0o600)
    credentials.rename(credentials.with_name("elders"))
    credentials.symlink_to(credentials.with_name("elders"))
    with pytest.raises(PassphraseMissing, match="link"):
        passphrase()


def test_a_new_passphrase_has_twelve_characters_not_bytes(credentials: Path) -> None:
    credentials.chmod(0o600)
    credentials.write_text("é" * 11)
    with pytest.raises(PassphraseWeak):
        passphrase(new=True)
    credentials.write_text("é" * 12)
    assert passphrase(new=True) == ("é" * 12).encode()


@pytest.mark.parametrize(
    ("typed", "outcome"),
    [
        ("een lange zin\neen lange zin\n", "ok 13"),
        ("een lange zin\neen andere zin\n", "PassphraseWeak"),
        ("kort\nkort\n", "PassphraseWeak"),
        ("\n\n", "PassphraseMissing"),
    ],
)
def test_at_the_prompt_a_new_passphrase_is_typed_twice_and_not_shown(typed: str, outcome: str) -> None:
    """In a terminal of its own: getpass asks there, and the terminal does not echo."""
    code = (
        "from flows.custody.passphrase import passphrase\n"
        "try: print('ok', len(passphrase(new=True)))\n"
        "except Exception as error: print(type(error).__name__)"
    )
    screen = _in_terminal(code, typed)
    assert outcome in screen
    assert "lange zin" not in screen


def test_ctrl_c_at_a_prompt_ends_the_command_at_once() -> None:
    """Polars restarts an interrupted read, so that without more it would wait for Enter."""
    code = "import polars\nfrom flows.commands import cli, rights\nfrom flows.custody import passphrase\n"
    code += "cli.main(['rights', 'access'])\n"
    child, terminal = pty.fork()
    if not child:
        os.chdir(PROJECT)
        os.execv(sys.executable, [sys.executable, "-c", code])  # noqa: S606
    screen = b""
    begun = time.monotonic()
    with suppress(OSError):
        while part := os.read(terminal, 1000):
            screen += part
            if part.rstrip().endswith(b":"):
                os.write(terminal, b"\x03")
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 130, screen
    assert b"Interrupted." in screen
    assert time.monotonic() - begun < 60


def _in_terminal(code: str, typed: str) -> str:
    clean = {name: value for name, value in os.environ.items() if name != CREDENTIALS_VARIABLE}
    child, terminal = pty.fork()
    if not child:
        os.chdir(PROJECT)
        os.execve(sys.executable, [sys.executable, "-c", code], clean)  # noqa: S606
    screen = b""
    answers = iter(typed.splitlines(keepends=True))
    try:
        while part := os.read(terminal, 1000):
            screen += part
            if part.rstrip().endswith(b":"):
                os.write(terminal, next(answers).encode())
    except OSError:  # the child closed its end
        pass
    os.waitpid(child, 0)
    return screen.decode()


def test_what_was_typed_is_handed_on_in_private_memory_and_gone_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    source.use_descriptor(piped(b"een zin uit een pijp"))
    with hand_on_passphrase():
        folder = Path(os.environ[CREDENTIALS_VARIABLE])
        assert folder.stat().st_mode & 0o777 == 0o700
        code = "from flows.custody.passphrase import passphrase; print(passphrase().decode())"
        told = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
        assert told.stdout == "een zin uit een pijp\n"
    assert not folder.exists()
    assert CREDENTIALS_VARIABLE not in os.environ


def test_a_credentials_folder_that_is_there_is_handed_on_as_it_is(credentials: Path) -> None:
    with hand_on_passphrase():
        assert os.environ[CREDENTIALS_VARIABLE] == str(credentials.parent)
    assert credentials.exists()
