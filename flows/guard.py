"""Guard around tasks and flows: every error leaves value-free.

It also keeps crashes from writing core files.
"""

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
"""Limits to try for the size of a core file, in bytes. No core file fits in one byte, and Linux takes that limit for
'do not start the program of core_pattern' too, which a limit of 0 does not stop (fs/coredump.c). Where a lower limit
was set before, only root can raise it; then 0 is used."""


def disable_core_files() -> None:
    """Keep this process and those it starts from writing their memory to disk when they crash."""
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
            failure = UnexpectedFailure(step.__name__, type(error).__name__, _error_place(error))
        failure.__context__ = failure.__cause__ = None
        failure.__dict__.pop("__notes__", None)
        raise failure.with_traceback(None)

    return guarded


def _is_stop(error: BaseException) -> bool:
    """Return whether the error is a stop of the run (SIGTERM): no failure, and not to be retried.

    Prefect must be imported only after its settings are made, so this module does not import it.
    """
    prefect_exceptions = sys.modules.get("prefect.exceptions")
    return prefect_exceptions is not None and isinstance(error, prefect_exceptions.TerminationSignal)


def _error_place(error: BaseException) -> str:
    """Return file and line of the last frame in our own code."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if _is_ours(frame.filename)]
    return f"{Path(frames[-1].filename).relative_to(_PROJECT)}:{frames[-1].lineno}" if frames else "a library"


def _is_ours(filename: str) -> bool:
    path = Path(filename)
    return path.is_relative_to(_PROJECT) and ".venv" not in path.parts and path.name != Path(__file__).name
