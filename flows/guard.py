"""The wrapper around every task and flow: whatever breaks leaves as a value-free error of ours, and no core file."""

import functools
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import ParamSpec, TypeVar

from schemas.errors import BestandsanalyseError, UnexpectedFailure

P = ParamSpec("P")
R = TypeVar("R")

_PROJECT = Path(__file__).parent.parent
_NO_CORE = (1, 0)
"""One byte holds no core file, and is what Linux takes for 'do not start the program of core_pattern' either, which a
limit of 0 does not stop (fs/coredump.c); 0 where a lower limit was set before, which nobody but root can raise."""


def without_core_files() -> None:
    """From here on a crash of this process, or of one that it starts, writes nothing of its memory to a disk."""
    try:
        import resource
    except ModuleNotFoundError:  # Windows, which writes no core files
        return
    for size in _NO_CORE:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CORE, (size, size))
            return


def value_free(step: Callable[P, R]) -> Callable[P, R]:
    """Catch everything a step raises and raise a value-free error outside the `except` block.

    A library's error quotes the value it fell over, its context and traceback keep it, and
    Prefect stores all of them. So an unknown error is replaced by its type and place, and an
    error of ours loses its context.
    """

    @functools.wraps(step)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return step(*args, **kwargs)
        except BestandsanalyseError as error:
            failure = error
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:
            if _is_stop(error):
                raise
            failure = UnexpectedFailure(step.__name__, type(error).__name__, _place(error))
        failure.__context__ = failure.__cause__ = None
        failure.__dict__.pop("__notes__", None)
        raise failure.with_traceback(None)

    return guarded


def _is_stop(error: BaseException) -> bool:
    """Whether somebody stops the run (SIGTERM): no failure, and not to be tried again.

    Prefect is imported only when its settings stand, so not by this module.
    """
    known = sys.modules.get("prefect.exceptions")
    return known is not None and isinstance(error, known.TerminationSignal)


def _place(error: BaseException) -> str:
    """File and line of the last frame that is ours."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if _is_ours(frame.filename)]
    return f"{Path(frames[-1].filename).relative_to(_PROJECT)}:{frames[-1].lineno}" if frames else "a library"


def _is_ours(filename: str) -> bool:
    path = Path(filename)
    return path.is_relative_to(_PROJECT) and ".venv" not in path.parts and path.name != Path(__file__).name
