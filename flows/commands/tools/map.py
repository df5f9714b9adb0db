"""`bestandsanalyse map`: a mapping of suppliers' files, proposed from examples."""

from contextlib import suppress
from pathlib import Path

from flows.commands.ending import Data
from flows.commands.output import require_new
from flows.screen import Screen
from flows.workfolder.home import home_as_it_is
from flows.workfolder.inbox import read_bounded
from flows.workfolder.municipality import profile_for
from schemas.errors import ExamplesUnknown, FolderUnusable
from schemas.profiles import STANDAARD
from transforms.intake.mapping.propose import Proposal, propose
from transforms.intake.mapping.toml import toml_of

_screen = Screen(soft_wrap=True)


def map_examples(*examples: Path, out: Path, home: Path | None = None) -> Data:
    """Propose how files of suppliers become deliveries, from an example of each; you correct it.

    Of an example its headers are written, and words of our own lists; no value of it. Try the outcome with
    `check --mapping`, and declare it with `mapping`.

    Parameters
    ----------
    examples:
        A file of every kind: CSV or XLSX, with the titles and totals that it always has.
    out:
        New file for the mapping (TOML).
    home:
        Work folder of which the municipality is; default BESTANDSANALYSE_HOME, or below your home. Without one: Vught.
    """
    require_new(out)
    profile = profile_for(home_as_it_is(home), STANDAARD.id)
    gemeente_code = profile.gemeente_code
    proposals = [propose(read_bounded(path, "example"), gemeente_code=gemeente_code) for path in examples]
    known = [proposal for of_example in proposals for proposal in of_example]
    if not all(proposals) or not known:
        raise ExamplesUnknown([place for place, of_example in enumerate(proposals, start=1) if not of_example])
    _write(out, toml_of(known).encode())
    for place, of_example in enumerate(proposals, start=1):
        for proposal in of_example:
            _screen.print(f"Example {place}: {_said_of(proposal)}", markup=False, highlight=False)
    _screen.print(f"For {profile.gemeente} ({gemeente_code}), as --home says.", markup=False, highlight=False)
    _screen.print(f"\nMapping, to be read and corrected: {out}", markup=False, highlight=False)
    facts = [
        {
            "source": proposal.source.id,
            "missing": proposal.missing,
            "unread_columns": proposal.unread,
            "unknown_words": proposal.unknown_words,
        }
        for proposal in known
    ]
    return {"mapping": out, "examples": facts}


def _said_of(proposal: Proposal) -> str:
    """Return what was found in an example, and what is left to do."""
    said = [f"{proposal.source.id}, columns read {len(proposal.columns)}, not read {len(proposal.unread)}"]
    said += [f"measurements on a line {len(proposal.wide.rows)}"] if proposal.wide.rows else []
    said += [f"still to be filled: {', '.join(proposal.missing)}"] if proposal.missing else []
    said += [f"more than one column could be {ours}" for ours in proposal.rivals]
    said += [f"doubts {len(proposal.doubts)}, which the mapping has as comments"] if proposal.doubts else []
    said += [f"words without a code in {name}: {words}" for name, words in proposal.unknown_words.items()]
    return "; ".join(said)


def _write(out: Path, content: bytes) -> None:
    """Write a file that was not there; raises `FolderUnusable`."""
    with suppress(OSError):
        with out.open("xb") as file:
            file.write(content)
        return
    raise FolderUnusable("output", "cannot be written or is full")
