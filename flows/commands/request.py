"""The command `request`: a researcher's own question, through the same flow as the analysis."""

from datetime import date
from pathlib import Path

from flows.commands.cli import run_and_wait
from flows.commands.options import HomeOption, PassphraseOption
from flows.custody.passphrase import use_descriptor


def request(
    file: Path,
    *,
    peildatum: date,
    out: Path,
    deliveries: Path | None = None,
    archived: str = "",
    profile: str = "standaard",
    home: HomeOption = None,
    passphrase_fd: PassphraseOption = None,
) -> None:
    """Answer a researcher's own question, up to the officer's approval; or refuse it and say what would pass.

    Parameters
    ----------
    file:
        The request (TOML): title, reason, measure, population, dimensions.
    deliveries:
        Folder with the deliveries of the release that it follows; by default `inbox` in the work folder.
    archived:
        Id of the run of that release, if its deliveries are in the archive.
    peildatum:
        Reference date of that release, such as 2019-07-01.
    out:
        Folder in which the release will appear.
    profile:
        Profile of the release that it follows.
    """
    use_descriptor(passphrase_fd)
    given = deliveries.absolute() if deliveries else None
    run_and_wait(
        home, request=file.absolute(), deliveries=given, archived=archived, peildatum=peildatum, out=out.absolute(),
        profile=profile,
    )  # fmt: skip
