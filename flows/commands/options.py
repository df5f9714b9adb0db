"""Options that more than one command has."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

HomeOption = Annotated[
    Path | None, Parameter(help="Work folder with keys and runs; default BESTANDSANALYSE_HOME, or below your home.")
]

PassphraseOption = Annotated[
    int | None,
    Parameter(help="File descriptor with the passphrase of the key store; otherwise credentials folder or prompt."),
]

KeyPassphraseOption = Annotated[
    int | None,
    Parameter(help="File descriptor with the passphrase of the officer's key; otherwise it is asked for."),
]

YesOption = Annotated[bool, Parameter(negative="", help="Do what cannot be undone without asking, as in a script.")]
