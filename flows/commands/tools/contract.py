"""`bestandsanalyse contract`: the specification of the deliveries, for whoever makes them."""

from pathlib import Path

from flows.commands.ending import Data
from flows.commands.output import require_new, write_new
from flows.screen import Screen
from transforms.intake.specification import DOCUMENT, specification_files


def contract(*, out: Path) -> Data:
    """Write what every delivery must look like: in Dutch, as empty CSV templates, and as Frictionless schema.

    Parameters
    ----------
    out:
        New folder for it.
    """
    require_new(out)
    files = specification_files()
    write_new(out, files)
    Screen(soft_wrap=True).print(f"Specification of the deliveries: {out / DOCUMENT}", markup=False)
    return {"folder": out, "files": sorted(files)}
