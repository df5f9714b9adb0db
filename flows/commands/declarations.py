"""`bestandsanalyse municipality`, `public` and `mapping`: what a municipality declares of a work folder, once."""

from pathlib import Path

from flows.commands.ending import Data
from flows.commands.options import HomeOption
from flows.screen import Screen
from flows.workfolder.home import find_home
from flows.workfolder.mapping import pin_mapping
from flows.workfolder.municipality import pin, profile_for
from flows.workfolder.public_figures import TEMPLATE, pin_public, toml_of
from schemas.profiles import STANDAARD
from schemas.sources import delivered_sources


def municipality(declaration: Path, /, *, home: HomeOption = None) -> Data:
    """Declare the municipality of a new work folder: its name, CBS code and postcodes. Without it, Vught.

    What it delivers may be declared anew at any time, for later runs.

    Parameters
    ----------
    declaration:
        TOML with gemeente, gemeente_code and postcodes, and with leveringen if it does not deliver every source;
        docs/steward.md shows one.
    """
    work = find_home(home)
    pin(work, declaration)
    pinned = profile_for(work, STANDAARD.id)
    deliveries = [source.id for source in delivered_sources(pinned)]
    said = f" It delivers {', '.join(deliveries)}; tables of what it does not are not made." if pinned.absent else ""
    Screen(soft_wrap=True).print(
        f"This work folder is of {pinned.gemeente} ({pinned.gemeente_code}), with {len(pinned.postcodes)} postcodes."
        f"{said}",
        markup=False,
        highlight=False,
    )
    return {
        "gemeente": pinned.gemeente,
        "gemeente_code": pinned.gemeente_code,
        "postcodes": len(pinned.postcodes),
        "deliveries": deliveries,
    }


def public(declaration: Path | None = None, /, *, home: HomeOption = None) -> Data:
    """Declare what others publish of the residents, such as CBS, for every later run; without a file, print a template.

    An attacker has those figures beside a release, so a release is protected against both together.

    Parameters
    ----------
    declaration:
        TOML with a [[statistiek]] per table of CBS or another publisher; docs/steward.md shows one.
    """
    screen = Screen(soft_wrap=True)
    if declaration is None:
        template = toml_of(TEMPLATE)
        screen.print(template, markup=False, highlight=False)
        return {"template": template}
    work = find_home(home)
    statistics = pin_public(work, declaration)
    figures = sum(value is not None for statistic in statistics for value in statistic.values)
    days = sorted({statistic.peildatum.isoformat() for statistic in statistics})
    screen.print(
        f"Declared in {work.public}, in the place of any before: tables {len(statistics)}, figures {figures}, of "
        f"{', '.join(days)}. Later runs of those days are protected against whoever has them, too; make a run "
        "that waits for the officer again.",
        markup=False,
        highlight=False,
    )
    return {"statistics": len(statistics), "figures": figures, "peildata": days}


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
