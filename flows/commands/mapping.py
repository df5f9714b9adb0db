"""`bestandsanalyse mapping`: declare how files of suppliers become deliveries."""

from pathlib import Path

from flows.commands.ending import Data
from flows.commands.options import HomeOption
from flows.screen import Screen
from flows.workfolder.home import find_home
from flows.workfolder.mapping import pin_mapping


def mapping(declaration: Path, /, *, home: HomeOption = None) -> Data:
    """Declare how files of suppliers become deliveries, for every later run; in the place of an earlier declaration.

    Parameters
    ----------
    declaration:
        TOML with a [[bestand]] per kind of file, such as `map` proposes.
    """
    work = find_home(home)
    mappings = pin_mapping(work, declaration)
    sources = [file.source.id for file in mappings.files]
    Screen(soft_wrap=True).print(
        f"Declared in {work.mapping}, in the place of any before: {', '.join(sources)}. SHA-256, which the dossier and "
        f"the manifest of every later run have: {mappings.sha256}",
        markup=False,
        highlight=False,
    )
    return {"sources": sources, "sha256": mappings.sha256}
