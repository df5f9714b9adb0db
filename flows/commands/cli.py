"""The command line: `bestandsanalyse COMMAND`. Every error of ours is one message and an exit code."""

import logging
import re
import sys
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from cyclopts import App, CycloptsError, CycloptsPanel
from rich.table import Table

from flows.commands.ending import Stopped
from flows.commands.options import HomeOption, PassphraseOption
from flows.custody.roles import admit
from flows.guard import value_free, without_core_files
from flows.prefect_settings import leave_current_folder, prepare_environment, require_own_server
from flows.screen import Screen, escape_controls
from flows.workfolder.home import Home, find_home
from schemas.errors import AwaitingApproval, BestandsanalyseError, Exit, SignatureUnchecked

_NUMBER = re.compile(r"(?:[0-9][ .]?){8}")  # may be a BSN, which an error about it would leave on the screen
_UNUSED = "This command takes no such thing. Nothing was done; see --help. A BSN never stands in a command."
_INTERRUPTED = "Interrupted. What was begun may be done: see the output and keys audit, and give it again."
app = App(
    name="bestandsanalyse",
    help="Records of residents in, anonymised and signed population insights out.",
    help_format="plaintext",
    # `main` says what an interruption or a wrong word means.
    suppress_keyboard_interrupt=False,
    exit_on_error=False,
    print_error=False,
)

# Named, not imported: a command loads only what it needs.
app.command(
    "flows.commands.inspection:inspect", help="Inspect tables that others made for what they give away of a person."
)
app.command(
    "flows.commands.protection.command:protect",
    help="Make tables of anyone's file of persons that give no small number away.",
)
app.command("flows.commands.keys:app", name="keys", help="Make, list, rotate, destroy, split and restore the keys.")
app.command("flows.commands.rights:app", name="rights", help="Do what a resident asks under the AVG, and write it.")
app.command("flows.commands.officer:officer_key", help="Make the officer's key pair, or pin her own public key.")
app.command("flows.commands.officer:approve", help="Show what awaits approval, have the officer sign, and publish it.")
app.command("flows.commands.officer:reject", help="Reject what awaits approval, signed by the officer.")
app.command(
    "flows.commands.retention:remove", name="bewaartermijnen", help="Remove what is past its term, and its keys."
)
app.command(
    "flows.commands.request:request", help="Answer a researcher's own question, or refuse it and say what would pass."
)
app.command("flows.commands.package:package", help="Encrypt an approved release to the age key of one researcher.")
app.command(
    "flows.commands.package:dummy", help="Write dummy tables, made from the declarations alone, to write scripts with."
)
app.command(
    "flows.commands.compare:compare", help="Tell what changed between two releases of one municipality, safely."
)
app.command("flows.commands.side_by_side:side_by_side", help="Put the releases of several municipalities side by side.")
app.command("flows.commands.contract:contract", help="Write what every delivery must look like, with templates.")
app.command(
    "flows.commands.municipality:municipality",
    help="Declare the municipality of a new work folder; without it, Vught.",
)
_out = Screen(soft_wrap=True)
_err = Screen(stderr=True, soft_wrap=True, markup=False, highlight=False)


@app.command
def run(
    *,
    peildatum: date,
    out: Path,
    deliveries: Path | None = None,
    archived: str = "",
    profile: str = "standaard",
    home: HomeOption = None,
    passphrase_fd: PassphraseOption = None,
) -> None:
    """Run the bestandsanalyse up to the officer's approval; nothing is published without a signature.

    Parameters
    ----------
    deliveries:
        Folder with the delivered files; by default `inbox` in the work folder, from which they move to the archive.
    archived:
        Id of an earlier run from the inbox, of which the archived deliveries are read again.
    peildatum:
        Reference date, such as 2019-07-01.
    out:
        Folder in which the release will appear.
    profile:
        Profile that the run is held to.
    """
    from flows.custody.passphrase import use_descriptor

    use_descriptor(passphrase_fd)
    given = deliveries.absolute() if deliveries else None
    run_and_wait(home, deliveries=given, archived=archived, peildatum=peildatum, out=out.absolute(), profile=profile)


@app.command
def demo(*, folder: Path = Path("demo")) -> None:
    """Make sample deliveries of 430 residents and run everything on them, stamped DEMO.

    Parameters
    ----------
    folder:
        Where deliveries, work folder and release go.
    """
    from flows.commands.demo import PEILDATUM, prepare

    work, deliveries, key = prepare(folder)
    outcome = _run_flow(
        work,
        deliveries=deliveries,
        peildatum=PEILDATUM,
        out=(folder / "uitgifte").absolute(),
        profile="demo",
        demo_key=key,
    )
    _show_quarantine_counts(work, outcome.run_id)
    _out.print(f"Dossier for the privacy officer: {outcome.dossier}", markup=False)
    _out.print(f"Release: {outcome.release}", markup=False)


@app.command
def verify(release: Path, *, key: Path | None = None) -> None:
    """Prove who signed a release, that no file changed, and that no small count follows from its tables.

    Without --key everything but the signature is proven, and the exit code is 4.

    Parameters
    ----------
    release:
        The release folder.
    key:
        The officer's public key, from the officer and not from who gave the release.
    """
    from flows.commands.wording import verified_text
    from flows.release.verification import verify_release

    verified = verify_release(release, key)
    _out.print(verified_text(verified), markup=False)
    if verified.statement is None:
        raise SignatureUnchecked


@app.command
def quarantine(run_id: str, *, home: HomeOption = None, passphrase_fd: PassphraseOption = None) -> None:
    """List the quarantined rows of a run: file, line and rule, never a value.

    Parameters
    ----------
    run_id:
        As `run` or `demo` printed it.
    """
    from flows.custody.passphrase import use_descriptor
    from flows.runs.quarantine import quarantined_rows

    use_descriptor(passphrase_fd)
    table = Table("file", "line", "column", "rule", box=None)
    for row in quarantined_rows(find_home(home), run_id):
        table.add_row(*row)
    _out.print(table)


@app.command
def serve(*, home: HomeOption = None, port: int = 4200, passphrase_fd: PassphraseOption = None) -> None:
    """Run server, schedule and worker on this machine, on loopback, until interrupted.

    Parameters
    ----------
    port:
        Port of the server on 127.0.0.1.
    """
    from flows.custody.passphrase import use_descriptor
    from flows.service.serve import serve_until_interrupted

    use_descriptor(passphrase_fd)
    serve_until_interrupted(find_home(home), port, _err.print)


@app.command
def trigger(*, home: HomeOption = None, port: int = 4200) -> None:
    """Start the scheduled run now, on a machine where `serve` runs.

    Parameters
    ----------
    port:
        Port that `serve` was given.
    """
    from flows.service.serve import trigger_run

    trigger_run(find_home(home), port)
    _out.print("The run is on its way; the screen of `serve` and the work folder show how it ends.", markup=False)


@app.command
def dpia(*, update: bool = False) -> None:
    """Print the DPIA with its generated tables; with --update write them into pia/dpia.md.

    Parameters
    ----------
    update:
        Write the file instead of printing it (in a checkout).
    """
    from flows.prefect_settings import project_folder
    from pia.dpia import render

    path = project_folder() / "pia" / "dpia.md"
    text = render(path.read_text(encoding="utf-8"))
    if update:
        path.write_text(text, encoding="utf-8")
    else:
        _out.print(text, markup=False, highlight=False)


def run_and_wait(home: Path | None, **parameters: Any) -> NoReturn:  # noqa: ANN401 - flow parameters pass through
    """Run the flow up to the officer's approval, which is how a run ends that nobody signed yet."""
    work = find_home(home)
    outcome = _run_flow(work, **parameters)
    _show_quarantine_counts(work, outcome.run_id)
    if not work.officer_public_key.exists():
        _err.print("No officer's key is pinned yet: bestandsanalyse officer-key --out FILE")
    raise AwaitingApproval(outcome.run_id, str(outcome.dossier), str(work.root))


def _run_flow(work: Home, **parameters: Any) -> Any:  # noqa: ANN401 - flow parameters pass through
    """Run the flow in this process, with Prefect's embedded server, and give its outcome."""
    from flows.custody.custodians import require_open

    require_open(work)
    prepare_environment(work)
    leave_current_folder(work)
    _log_progress()
    require_own_server()
    # After the environment: Prefect reads its settings on import.
    from flows.pipeline.bestandsanalyse import bestandsanalyse

    state: Any = bestandsanalyse(**parameters, return_state=True)
    return state.result()


def _log_progress() -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    logging.getLogger("bestandsanalyse").addHandler(handler)


def _show_quarantine_counts(work: Home, run_id: str) -> None:
    from flows.runs.quarantine import rule_counts

    table = Table("file", "column", "rule", "rows", "allowed", box=None, title="Rows in quarantine")
    for count in rule_counts(work, run_id):
        table.add_row(count.source, count.column, count.rule, str(count.rows), str(count.allowed))
    _out.print(table)


def main(tokens: list[str] | None = None) -> None:
    """Entry point: a message on stderr and an exit code for every error of ours."""

    try:
        wrong = value_free(_carry_out)(tokens)
    except BestandsanalyseError as error:
        _err.print(str(error))
        raise Stopped(error.code, error.exit_code) from None
    except KeyboardInterrupt:
        _err.print(_INTERRUPTED)
        raise Stopped("interrupted", Exit.INTERRUPTED) from None
    if wrong:
        Screen(stderr=True).print(CycloptsPanel(wrong))
        raise Stopped("command-line", Exit.COMMAND)


def _carry_out(tokens: list[str] | None) -> str:
    """Carry out a command; empty, or what is wrong with the words of it."""
    without_core_files()
    try:
        admit(app, tokens)
        app(tokens, result_action="return_value")
    except CycloptsError as error:
        return _UNUSED if _NUMBER.search(str(error)) else escape_controls(str(error))
    return ""


if __name__ == "__main__":
    main()
