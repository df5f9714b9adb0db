"""`bestandsanalyse municipality`: declare whose work folder this is."""

from pathlib import Path

from flows.commands.ending import Data
from flows.commands.options import HomeOption
from flows.screen import Screen
from flows.workfolder.home import find_home
from flows.workfolder.municipality import pin, profile_for
from schemas.profiles import STANDAARD


def municipality(declaration: Path, /, *, home: HomeOption = None) -> Data:
    """Declare the municipality of a new work folder: its name, CBS code and postcodes. Without it, Vught.

    Parameters
    ----------
    declaration:
        TOML with gemeente, gemeente_code and postcodes; docs/steward.md shows one.
    """
    work = find_home(home)
    pin(work, declaration)
    pinned = profile_for(work, STANDAARD.id)
    Screen(soft_wrap=True).print(
        f"This work folder is of {pinned.gemeente} ({pinned.gemeente_code}), with {len(pinned.postcodes)} postcodes.",
        markup=False,
        highlight=False,
    )
    return {"gemeente": pinned.gemeente, "gemeente_code": pinned.gemeente_code, "postcodes": len(pinned.postcodes)}
