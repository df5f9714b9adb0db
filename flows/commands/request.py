"""The command `request`: a researcher's own question, through the same flow as the analysis."""

from pathlib import Path

from flows.commands.cli import run_and_wait
from flows.commands.options import HomeOption, PassphraseOption, RunOptions
from flows.custody.passphrase import use_descriptor


def request(
    file: Path,
    *,
    options: RunOptions,
    home: HomeOption = None,
    passphrase_fd: PassphraseOption = None,
) -> None:
    """Answer a researcher's own question, up to the officer's approval; or refuse it and say what would pass.

    Peildatum, deliveries and profile are those of the release that it follows.

    Parameters
    ----------
    file:
        The request (TOML): title, reason, measure, population, dimensions.
    """
    use_descriptor(passphrase_fd)
    run_and_wait(home, request=file.absolute(), **options.parameters())
