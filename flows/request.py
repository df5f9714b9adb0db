"""The command `request`: a researcher's own question, through the same flow as the analysis."""

from datetime import date
from pathlib import Path

from flows.cli import run_and_wait
from flows.options import HomeOption, PassphraseOption
from flows.passphrase import use_descriptor


def request(
    file: Path,
    *,
    deliveries: Path,
    peildatum: date,
    out: Path,
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
        Folder with the deliveries of the release that it follows.
    peildatum:
        Reference date of that release, such as 2019-07-01.
    out:
        Folder in which the release will appear.
    profile:
        Profile of the release that it follows.
    """
    use_descriptor(passphrase_fd)
    run_and_wait(
        home, request=file.absolute(), deliveries=deliveries.absolute(), peildatum=peildatum, out=out.absolute(),
        profile=profile,
    )  # fmt: skip
