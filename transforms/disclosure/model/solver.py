"""HiGHS: how it is asked, and which of its answers are believed."""

import highspy
import numpy as np
import numpy.typing as npt

from schemas.errors import Contradiction, DisclosureFailure

Floats = npt.NDArray[np.float64]
Pattern = npt.NDArray[np.bool_]
Options = dict[str, bool | int | float | str]

CAP = 1_000_000.0
"""No Dutch municipality has more inhabitants (CBS, 1 January 2025), and the attacker knows that."""

UNBOUNDED = CAP / 2
"""A highest possible count from here on follows from nothing but CAP: no table bounds it."""

TOLERANCE = 1e-5
"""Counts are whole numbers, so anything below this is rounding of the solver."""

LOWEST, HIGHEST = 1, -1

_SILENT: Options = {"output_flag": False, "log_to_console": False}
"""Set first, as every later option could be logged: a command prints its own answer and nothing else."""

_SAME: Options = {"threads": 1, "parallel": "off", "random_seed": 0, "mip_rel_gap": 0.0}


def new_solver(model: highspy.HighsLp, options: Options) -> highspy.Highs:
    """Load a model in HiGHS: one thread and no chance, so that equal questions have equal answers."""
    solver = highspy.Highs()  # type: ignore[no-untyped-call]  # highspy types its methods, not this
    for name, value in (_SILENT | _SAME | options).items():
        accept(solver.setOptionValue(name, value))
    accept(solver.passModel(model))
    return solver


def accept(status: highspy.HighsStatus) -> None:
    """Raise `DisclosureFailure` unless the solver took the instruction."""
    if status != highspy.HighsStatus.kOk:
        raise DisclosureFailure("the solver refused the system")


def require_answer(status: highspy.HighsModelStatus, *, allow_nothing: bool = False) -> bool:
    """Return whether something fits; raise `DisclosureFailure` on a status that proves neither."""
    if status == highspy.HighsModelStatus.kOptimal:
        return True
    if status != highspy.HighsModelStatus.kInfeasible:
        raise DisclosureFailure("the solver gave no proven answer")
    if not allow_nothing:
        raise Contradiction("the counts contradict each other")
    return False


def ask_again(solver: highspy.Highs) -> highspy.HighsModelStatus:
    """Solve again from scratch and without presolve, and return the status.

    Presolve has called what fits infeasible, and a program that went on from the answer before had none (HiGHS 1.15.1).
    """
    accept(solver.setOptionValue("presolve", "off"))
    solver.clearSolver()
    solver.run()
    return solver.getModelStatus()
