"""`bestandsanalyse public`: declare what others publish of the residents."""

from pathlib import Path

from flows.commands.ending import Data
from flows.commands.options import HomeOption
from flows.screen import Screen
from flows.workfolder.home import find_home
from flows.workfolder.public_figures import TEMPLATE, pin_public, toml_of


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
