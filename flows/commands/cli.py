"""The command line: `bestandsanalyse COMMAND`. Every error of ours is one message and an exit code."""

import logging
import re
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any, NoReturn

from cyclopts import App, CycloptsError, CycloptsPanel, Parameter
from rich.measure import Measurement
from rich.table import Column, Table

from flows.commands.ending import Data, Ending, Stopped, ending_of, outcome, plain
from flows.commands.options import PROGRAM, HomeOption, PassphraseOption, RunOptions, role_group
from flows.custody.roles import admit
from flows.guard import disable_core_files, value_free
from flows.prefect_settings import leave_current_folder, prepare_environment, require_own_server
from flows.screen import Screen, capture, escape_controls
from flows.workfolder.home import Home, find_home
from schemas.errors import OUTCOMES, AwaitingApproval, BestandsanalyseError, Exit, SignatureUnchecked

JsonOption = Annotated[
    bool,
    Parameter(group="Output", negative="", help="Print one JSON object, of code, message and data, instead of words."),
]
_NUMBER = re.compile(r"(?:[0-9][ .]?){8}")  # may be a BSN, which an error about it would leave on the screen
_UNUSED = "This command takes no such thing. Nothing was done; see --help. A BSN never stands in a command."
_INTERRUPTED = "Interrupted. What was begun may be done: see the output and keys audit, and give it again."
app = App(
    name="bestandsanalyse",
    help="Records of residents in, anonymised and signed population insights out.",
    help_format="plaintext",
    version=lambda: version("bestandsanalyse"),
    # `main` says what an interruption or a wrong word means.
    suppress_keyboard_interrupt=False,
    exit_on_error=False,
    print_error=False,
)

app["--help"].group = app["--version"].group = PROGRAM
app.register_install_completion_command(
    group=PROGRAM, help="Let the shell complete commands and options, and say which file it wrote for that."
)
_ELSEWHERE = {
    "inspect": ("tools.inspection:inspect", "Inspect tables that others made for what they give away of a person."),
    "protect": (
        "protection.command:protect",
        "Make tables of anyone's file of persons that give no small number away.",
    ),
    "keys": ("keys:app", "Make, list, rotate, destroy, split and restore the keys."),
    "rights": ("rights:app", "Do what a resident asks under the AVG, and write it."),
    "officer-key": ("officer:officer_key", "Make the officer's key pair, or pin her own public key."),
    "approve": ("officer:approve", "Show what awaits approval, have the officer sign, and publish it."),
    "reject": ("officer:reject", "Reject what awaits approval, signed by the officer."),
    "bewaartermijnen": ("retention:remove", "Remove what is past its term, and its keys."),
    "request": ("request:request", "Answer a researcher's own question, or refuse it and say what would pass."),
    "package": ("tools.package:package", "Encrypt an approved release to the age key of one researcher."),
    "dummy": ("tools.package:dummy", "Write dummy tables, made from the declarations alone, to write scripts with."),
    "compare": ("tools.compare:compare", "Tell what changed between two releases of one municipality, safely."),
    "side-by-side": ("tools.side_by_side:side_by_side", "Put the releases of several municipalities side by side."),
    "check": ("tools.check:check", "Say what is wrong with deliveries, before a run and without a key."),
    "map": ("tools.map:map_examples", "Propose how files of suppliers become deliveries, from examples."),
    "mapping": ("declarations:mapping", "Declare how files of suppliers become deliveries."),
    "contract": ("tools.contract:contract", "Write what every delivery must look like, with templates."),
    "public": (
        "declarations:public",
        "Declare what others publish of the residents, such as CBS; or print a template.",
    ),
    "municipality": (
        "declarations:municipality",
        "Declare the municipality of a new work folder; without it, Vught.",
    ),
}
"""Where a command is, and what it does in a line: named, not imported, as each loads only what it needs."""

for _name, (_place, _help) in _ELSEWHERE.items():
    app.command(f"flows.commands.{_place}", name=_name, help=_help, group=role_group(_name))

_MEANING, _WIDEST = 30, 1000
"""Fewest columns of a terminal that the meaning of a rule takes, and most that a table does."""

_out = Screen(soft_wrap=True)
_err = Screen(stderr=True, soft_wrap=True, markup=False, highlight=False)


@app.command(group=role_group("run"))
def run(
    *,
    options: RunOptions,
    home: HomeOption = None,
    passphrase_fd: PassphraseOption = None,
) -> None:
    """Run the bestandsanalyse up to the officer's approval; nothing is published without a signature."""
    from flows.custody.passphrase import use_descriptor

    use_descriptor(passphrase_fd)
    run_and_wait(home, **options.parameters())


@app.command(group=role_group("demo"))
def demo(*, folder: Path = Path("demo")) -> Data:
    """Make sample deliveries of 430 residents and run everything on them, stamped DEMO.

    Parameters
    ----------
    folder:
        Where deliveries, work folder and release go.
    """
    from flows.commands.demo import PEILDATUM, prepare

    work, deliveries, key = prepare(folder)
    result = _run_flow(
        work,
        deliveries=deliveries,
        peildatum=PEILDATUM,
        out=(folder / "uitgifte").absolute(),
        profile="demo",
        demo_key=key,
    )
    counts = _show_quarantine_counts(work, result.run_id)
    _out.print(f"Dossier for the privacy officer: {result.dossier}", markup=False)
    _out.print(f"Release: {result.release}", markup=False)
    return {"run_id": result.run_id, "dossier": result.dossier, "release": result.release, "quarantine": counts}


@app.command(group=role_group("verify"))
def verify(release: Path, /, *beside: Path, key: Path | None = None) -> Data:
    """Prove who signed a release, that no file changed, and that no small count follows from its tables.

    Without --key everything but the signature is proven, and the exit code is 4.

    Parameters
    ----------
    release:
        The release folder.
    beside:
        Other releases of the same residents and day, which are attacked with it as one; an answer to a question needs
        those that it followed.
    key:
        The officer's public key, from the officer and not from who gave the release.
    """
    from flows.commands.verify_wording import verified_data, verified_text
    from flows.release.verification import verify_release

    verified = verify_release(release, key, beside)
    _out.print(verified_text(verified), markup=False)
    data = verified_data(verified)
    if verified.statement is None:
        raise SignatureUnchecked().about(**data)
    return data


@app.command(group=role_group("quarantine"))
def quarantine(run_id: str, *, home: HomeOption = None, passphrase_fd: PassphraseOption = None) -> list[Data]:
    """List the quarantined rows of a run: file, line and rule, never a value.

    Parameters
    ----------
    run_id:
        As `run` or `demo` printed it.
    """
    from flows.custody.passphrase import use_descriptor
    from flows.runs.quarantine import quarantined_rows

    use_descriptor(passphrase_fd)
    names = ("file", "line", "column", "rule", "meaning")
    rows = quarantined_rows(find_home(home), run_id)
    _show_rows(names, rows)
    return [dict(zip(names, row, strict=True)) for row in rows]


@app.command(group=role_group("serve"))
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


@app.command(group=role_group("trigger"))
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


@app.command(group=role_group("dpia"))
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
    result = _run_flow(work, **parameters)
    counts = _show_quarantine_counts(work, result.run_id)
    if not work.officer_public_key.exists():
        _err.print(f"No officer's key is pinned yet: bestandsanalyse officer-key --out FILE --home {work.root}")
    raise AwaitingApproval(result.run_id, str(result.dossier), str(work.root)).about(quarantine=counts)


def _run_flow(work: Home, **parameters: Any) -> Any:  # noqa: ANN401 - flow parameters pass through
    """Run the flow in this process, with Prefect's embedded server, and give its outcome."""
    from flows.custody.store_access import require_open

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


def _show_quarantine_counts(work: Home, run_id: str) -> list[Data]:
    from flows.runs.quarantine import rule_counts

    names = ("file", "column", "rule", "meaning", "rows", "allowed")
    rows = [
        (count.source, count.column, count.rule, count.text, count.rows, count.allowed)
        for count in rule_counts(work, run_id)
    ]
    _show_rows(names, rows, title="Rows in quarantine")
    return [dict(zip(names, row, strict=True)) for row in rows]


def _show_rows(names: Sequence[str], rows: Sequence[tuple[object, ...]], title: str = "") -> None:
    """Print a table in which only the meaning of a rule is broken over lines."""
    columns = (
        Column(name, no_wrap=name != "meaning", min_width=_MEANING if name == "meaning" else None) for name in names
    )
    table = Table(*columns, box=None, title=title or None)
    for row in rows:
        table.add_row(*map(str, row))
    # Wider than a narrow terminal or a pipe, rather than without a column.
    least = Measurement.get(_out, _out.options.update(width=_WIDEST), table).minimum
    _out.print(table, width=max(_out.width, least), crop=False)


@app.meta.default
def launch(
    *words: Annotated[str, Parameter(show=False, allow_leading_hyphen=True)],
    json: JsonOption = False,
) -> None:
    """Carry out a command, and say how it ended.

    Parameters
    ----------
    words:
        The command, and what belongs to it.
    """
    if not json:
        _show(_ending(list(words)))
        return
    with capture() as printed:
        ending = _ending(list(words))
    sys.stdout.write(ending.as_json(printed.text()))
    sys.stdout.flush()
    _stop(ending)


def main(tokens: list[str] | None = None) -> None:
    """Entry point: every ending but a good one is a message and an exit code, and with --json all are one object."""
    disable_core_files()
    arguments = sys.argv[1:] if tokens is None else tokens

    def line() -> Ending:
        try:
            call, bound, _ = app.meta.parse_args(arguments, exit_on_error=False, print_error=False)
        except CycloptsError as error:
            return _wrong_words(error)
        call(*bound.args, **bound.kwargs)  # `launch`, or what shows help
        return outcome("done")

    try:
        ending = value_free(line)()
    except BestandsanalyseError as error:
        ending = ending_of(error)
    _show(ending)


def _ending(words: list[str]) -> Ending:
    """Carry out a command, and give how it ended, whatever went wrong."""

    def command() -> Ending:
        try:
            admit(app, words)
            return outcome("done", data=plain(app(words, result_action="return_value")))
        except CycloptsError as error:
            return _wrong_words(error)

    try:
        return value_free(command)()
    except BestandsanalyseError as error:
        return ending_of(error)
    except KeyboardInterrupt:
        return outcome("interrupted", _INTERRUPTED)


def _wrong_words(error: CycloptsError) -> Ending:
    message = str(error)
    return outcome("command-line", _UNUSED if _NUMBER.search(message) else escape_controls(message))


def _show(ending: Ending) -> None:
    if ending.exit_code is Exit.COMMAND and ending.code in OUTCOMES:
        Screen(stderr=True).print(CycloptsPanel(ending.message))
    elif ending.message:
        _err.print(ending.message)
    _stop(ending)


def _stop(ending: Ending) -> None:
    if ending.exit_code:
        raise Stopped(ending.code, ending.exit_code)


if __name__ == "__main__":
    main()
