"""A release folder that somebody made to do harm is refused with what is wrong in it, before it is read."""

import json
import os
import random
import socket
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from flows.commands.cli import main
from flows.custody.signing import make_officer_key
from flows.release.publication import SIGNED_FILES, list_files
from flows.release.untrusted_folder import LARGEST_FILE, MOST_FILES, require_plain
from flows.release.verification import verify_release
from schemas.errors import VerificationFailed
from schemas.profiles import STANDAARD
from tests.builders.compared import BEFORE, released, signed
from tests.project import PROJECT

MUTATIONS = 300
ESCAPES = "\x1b[2J\x9b31m\u202egevaar"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A signed release of few tables."""
    root = tmp_path_factory.mktemp("uitgifte")
    make_officer_key(root / "officer.pem", root / "officer.pub")
    return signed(root / "uitgifte", released(BEFORE, STANDAARD), root / "officer.pem")


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """The same files in a folder of their own."""
    copy = tmp_path / "uitgifte"
    copy.mkdir()
    for path in made.iterdir():
        os.link(path, copy / path.name)
    return copy


@pytest.fixture
def _unread(monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(path: Path, *_: object) -> bytes:
        pytest.fail(f"{path.name} was opened")

    monkeypatch.setattr(Path, "read_bytes", opened)
    monkeypatch.setattr(Path, "read_text", opened)


def _socket(folder: Path) -> None:
    os.chdir(folder)
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("vreemd")


def _large(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(1 << 40)


HOSTILE: dict[str, tuple[Callable[[Path], object], str]] = {
    "a link": (lambda folder: (folder / "vreemd").symlink_to("/etc/passwd"), "vreemd is a link"),
    "a link to nothing": (lambda folder: (folder / "vreemd").symlink_to("nergens"), "vreemd is a link"),
    "a link to a device": (lambda folder: (folder / "vreemd").symlink_to("/dev/zero"), "vreemd is a link"),
    "a named pipe": (lambda folder: os.mkfifo(folder / "vreemd"), "vreemd is a named pipe"),
    "a folder": (lambda folder: (folder / "vreemd" / "dieper").mkdir(parents=True), "vreemd is a folder"),
    "a socket": (_socket, "vreemd is a socket"),
    "a terabyte": (lambda folder: _large(folder / "vreemd"), "vreemd is larger than 16 MB"),
    "a manifest of a terabyte": (
        lambda folder: ((folder / "manifest.json").unlink(), _large(folder / "manifest.json")),
        "manifest.json is larger than 16 MB",
    ),
    "a name that moves the cursor": (
        lambda folder: (folder / ESCAPES).symlink_to("x"),
        r"\x1b[2J\x9b31m\u202egevaar is a link",
    ),
    "a name that is no text": (
        lambda folder: (folder / os.fsdecode(b"\xff")).symlink_to("x"),
        r"\udcff is a link",
    ),
    "too many files": (
        lambda folder: [(folder / f"{number}").touch() for number in range(MOST_FILES)],
        "more than 1000 files",
    ),
    "too much together": (
        lambda folder: [os.truncate(_new(folder / f"{number}"), LARGEST_FILE) for number in range(9)],
        "larger than 128 MB together",
    ),
}


def _new(path: Path) -> Path:
    path.touch()
    return path


@pytest.mark.usefixtures("_unread")
@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_plain_file_is_refused_before_anything_is_opened(name: str, folder: Path) -> None:
    harm, told = HOSTILE[name]
    harm(folder)
    with pytest.raises(VerificationFailed) as refused:
        verify_release(folder, None)
    assert told in str(refused.value)
    assert str(refused.value).isascii()


@pytest.mark.usefixtures("_unread")
@pytest.mark.parametrize("kind", [stat.S_IFCHR, stat.S_IFBLK])
def test_a_device_is_refused(kind: int, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only root makes one."""
    device = os.stat_result((kind | 0o666, *range(9)))
    monkeypatch.setattr("flows.release.untrusted_folder._entries", lambda _: {"vreemd": device})
    with pytest.raises(VerificationFailed, match="vreemd is a device"):
        require_plain(folder)


@pytest.mark.parametrize("key", [None, "officer.pub"])
def test_a_file_that_was_added_changed_or_lost_is_named(key: str | None, folder: Path, made: Path) -> None:
    public = made.parent / key if key else None
    verify_release(folder, public)
    (folder / "namen\x1b.csv").write_text("x")
    (folder / "dcat.jsonld").unlink()
    report = folder / "rapport_nl.html"
    content = report.read_bytes() + b" "
    report.unlink()
    report.write_bytes(content)
    with pytest.raises(VerificationFailed) as refused:
        verify_release(folder, public)
    told = "dcat.jsonld is missing; rapport_nl.html was changed; namen\\x1b.csv was added"
    assert told in str(refused.value)


@pytest.mark.parametrize("seal", SIGNED_FILES)
def test_a_seal_that_is_missing_is_named(seal: str, folder: Path, made: Path) -> None:
    (folder / seal).unlink()
    with pytest.raises(VerificationFailed, match=f"{seal} is missing"):
        verify_release(folder, made.parent / "officer.pub")


def _nested(depth: int) -> Any:
    told: Any = 1
    for _ in range(depth):
        told = [told]
    return told


VALUES: tuple[Any, ...] = (
    None, "", "x", ESCAPES, "\ud800", "../../etc", "a\nb", -1, 0, 7, 10**400, 1e308, float("nan"), True, [], {},
    [None], {"x": None}, {"": ESCAPES}, _nested(200), "9" * 5_000,
)  # fmt: skip


def _places(told: Any) -> list[tuple[Any, Any]]:
    """Every place of a manifest: what it is in, and its name or number there."""
    inside = list(told.items()) if isinstance(told, dict) else list(enumerate(told)) if isinstance(told, list) else []
    return [(told, name) for name, _ in inside] + [place for _, one in inside for place in _places(one)]


def _mutated(manifest: bytes, chance: random.Random) -> bytes:
    """One thing changed: a value, a name, a part that is gone or twice, or bytes."""
    told = json.loads(manifest)
    kind = chance.randrange(6)
    if kind < 4:
        outer, name = chance.choice([place for place in _places(told) if place[0] is not told["files"]])
        if kind == 0 or not isinstance(outer, dict):
            outer[name] = chance.choice(VALUES)
        elif kind == 1:
            del outer[name]
        elif kind == 2:
            outer[chance.choice(["x", ESCAPES, ""])] = outer.pop(name)
        else:
            outer["extra"] = chance.choice(VALUES)
        return json.dumps(told, indent=2).encode("utf-8", "surrogatepass")
    place = chance.randrange(len(manifest))
    if kind == 4:
        return manifest[:place]
    junk = (b"\xff", b"\x00", b"[" * 100_000, b'{"a":' * 100_000, b"\xef\xbb\xbf", b"1e999", b'"x": 1,')
    return manifest[:place] + chance.choice(junk) + manifest[place:]


def test_no_manifest_does_anything_but_verify_or_not(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is drawn again is the same for all of them, and is left out: it takes seconds."""
    monkeypatch.setattr("flows.release.proof._is_redrawn", lambda *_: True)
    whole = (folder / "manifest.json").read_bytes()
    (folder / "manifest.json").unlink()
    chance, refused = random.Random(13), 0  # noqa: S311 - the same each time
    for _ in range(MUTATIONS):
        mutated = _mutated(whole, chance)
        (folder / "manifest.json").write_bytes(mutated)
        try:
            verify_release(folder, None)
        except VerificationFailed as error:
            refused += str(error).isascii()
    assert refused > MUTATIONS * 2 // 3


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe", b"\x00" * 100, b"regeling\n", b"a,b\n" * 100_000, b'"' + b"x" * 200_000, ESCAPES.encode(),
     b"regeling,value,status,low,high\n" + b"pwet,9e999,A,1,1\n" * 4],
)  # fmt: skip
def test_a_table_that_is_none_is_refused_by_name(content: bytes, folder: Path) -> None:
    table = folder / "T01_regeling.csv"
    table.unlink()
    table.write_bytes(content)
    manifest = json.loads((folder / "manifest.json").read_bytes())
    files = {path.name: path.read_bytes() for path in folder.iterdir() if path.name not in SIGNED_FILES}
    (folder / "manifest.json").unlink()
    (folder / "manifest.json").write_text(json.dumps(manifest | {"files": list_files(files)}))
    with pytest.raises(VerificationFailed, match="T01"):
        verify_release(folder, None)


def test_nothing_from_a_folder_acts_on_the_terminal(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    manifest = json.loads((folder / "manifest.json").read_bytes())
    manifest["deliveries"], manifest["release"] = [], "\x1b]0;x\x07"
    (folder / "manifest.json").unlink()
    (folder / "manifest.json").write_text(json.dumps(manifest))
    (folder / ESCAPES).write_text(f"{ESCAPES},aantal\n{ESCAPES},3\n")
    for words in (["verify", str(folder)], ["verify", ESCAPES], [ESCAPES], ["inspect", str(folder / ESCAPES)]):
        with pytest.raises(SystemExit):
            main(words)
    (folder / f"{ESCAPES}.csv").write_text(f"{ESCAPES},aantal\n{ESCAPES},3\nb,40\n")
    for words in (["inspect", str(folder / f"{ESCAPES}.csv")], ["inspect", "--json", str(folder / f"{ESCAPES}.csv")]):
        with pytest.raises(SystemExit):
            main(words)
    told = capsys.readouterr()
    assert "gevaar" in told.out + told.err
    for screen in (told.out, told.err):
        assert not {one for one in screen if ord(one) < 32 or 127 <= ord(one) < 160 or one == "\u202e"} - {"\n"}


def test_every_screen_is_one_that_writes_control_characters_out() -> None:
    modules = (PROJECT / "flows").rglob("*.py")
    assert [path.name for path in modules if "rich.console" in path.read_text()] == ["screen.py"]
