"""A package for one researcher, opened as she opens it: with the age command."""

import io
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pyrage
import pytest

from flows.commands.cli import main
from flows.commands.tools.package import encrypted_to, package_release, release_tar
from flows.pipeline import steps
from flows.release.verification import verify_release
from flows.workfolder.home import Home, Run
from schemas import errors


@pytest.fixture
def release(pending: Run, officer: Path) -> Path:
    steps.approve(pending, officer)
    return steps.publish(pending)


@pytest.fixture
def identity(tmp_path: Path) -> tuple[Path, str]:
    """Her key in a file, as age-keygen writes it, and its public half."""
    path, made = tmp_path / "onderzoeker.key", pyrage.x25519.Identity.generate()
    path.write_text(f"# public key: {made.to_public()}\n{made}\n")
    return path, str(made.to_public())


def opened(package: Path, key: Path) -> bytes | None:
    """What the age command makes of a package, or the library where age is not installed; None if it does not open."""
    if shutil.which("age"):
        done = subprocess.run(["age", "-d", "-i", key, package], capture_output=True, check=False, timeout=20)
        return done.stdout if done.returncode == 0 else None
    try:
        return pyrage.decrypt(package.read_bytes(), [pyrage.x25519.Identity.from_str(key.read_text().split()[-1])])
    except pyrage.DecryptError:
        return None


def test_she_opens_the_package_with_age_and_it_verifies(
    release: Path, home: Home, identity: tuple[Path, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key, recipient = identity
    out = tmp_path / "uitgifte.tar.age"
    main(["package", str(release), "--recipient", recipient, "--out", str(out), "--home", str(home.root)])
    assert "age -d" in capsys.readouterr().out
    assert out.stat().st_mode & 0o777 == 0o600
    content = opened(out, key)
    assert content == release_tar(release)
    with tarfile.open(fileobj=io.BytesIO(content)) as tar:
        tar.extractall(tmp_path / "bij_haar", filter="data")
    verified = verify_release(tmp_path / "bij_haar" / release.name, home.officer_public_key)
    assert verified.statement
    assert verified.proof.is_redrawn


def test_another_key_does_not_open_it(identity: tuple[Path, str], tmp_path: Path) -> None:
    package = tmp_path / "pakket.age"
    package.write_bytes(encrypted_to(str(pyrage.x25519.Identity.generate().to_public()), b"tabellen"))
    assert opened(package, identity[0]) is None
    assert b"tabellen" not in package.read_bytes()
    package.write_bytes(encrypted_to(identity[1], b"tabellen"))
    assert opened(package, identity[0]) == b"tabellen"


@pytest.mark.parametrize("recipient", ["", "age1", "age1onzin", "AGE-SECRET-KEY-1QQQQ", "ssh-ed25519 AAAA"])
def test_what_is_no_age_key_is_refused_and_not_repeated(
    recipient: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "uitgifte").mkdir()
    with pytest.raises(SystemExit) as ended:
        main(["package", str(tmp_path / "uitgifte"), "--recipient", recipient, "--out", str(tmp_path / "x.age"),
              "--home", str(tmp_path / "werkmap")])  # fmt: skip
    assert ended.value.word == "package-refused"
    said = capsys.readouterr().err
    assert "age key" in said
    assert "SECRET" not in said
    assert not (tmp_path / "x.age").exists()


def test_what_the_officer_did_not_sign_is_not_packed(release: Path, home: Home, tmp_path: Path) -> None:
    recipient = str(pyrage.x25519.Identity.generate().to_public())
    (release / "akkoord.sig").write_bytes(b"")
    with pytest.raises(errors.ApprovalRefused):
        package_release(release, recipient, tmp_path / "x.age", home.officer_public_key, {})
    assert not (tmp_path / "x.age").exists()


def test_a_file_is_not_overwritten(release: Path, home: Home, tmp_path: Path) -> None:
    recipient = str(pyrage.x25519.Identity.generate().to_public())
    (tmp_path / "x.age").write_text("van iemand anders")
    with pytest.raises(errors.FolderUnusable):
        package_release(release, recipient, tmp_path / "x.age", home.officer_public_key, {})
    assert (tmp_path / "x.age").read_text() == "van iemand anders"


def test_the_library_is_optional(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyrage", None)
    with pytest.raises(errors.PackageRefused, match="extra `age`"):
        encrypted_to("age1", b"")
