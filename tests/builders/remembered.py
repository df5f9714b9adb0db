"""Pure functions that work once for equal arguments, as dozens of runs here search and typeset the same sample."""

import io
import os
import pickle
import sys
from collections.abc import Callable
from functools import cache, partial
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any

import typst
import vl_convert

from tests.project import PROJECT

FOLDER_VARIABLE = "REMEMBERED"
"""Names the folder in which processes with the same code keep results for each other; without it each has its own."""
_IN_MEMORY: dict[bytes, Any] = {}
_FORGOTTEN: set[str] = set()
"""The folders that this process no longer looks into."""


class _Ordered(pickle._Pickler):  # type: ignore[name-defined]  # the one in C asks nobody about sets
    """Equal sets are equal bytes, whatever order this process holds them in."""

    dispatch = pickle._Pickler.dispatch.copy()  # type: ignore[attr-defined]

    def _save_set(self, values: frozenset[object]) -> None:
        self.save((type(values).__name__, sorted(values, key=repr)))

    dispatch[frozenset] = dispatch[set] = _save_set


def digest(value: object) -> bytes:
    """The same for equal values, in every process; raises what `pickle` does."""
    buffer = io.BytesIO()
    _Ordered(buffer).dump(value)
    return sha256(buffer.getvalue()).digest()


def remember() -> None:
    """Let the search for a pattern, the attack by insiders, and the drawing and typesetting of a report work once."""
    # Their package has functions of these names.
    protect, utility = (import_module(f"transforms.disclosure.suppression.{name}") for name in ("protect", "utility"))
    protect.suppress = utility.suppress = _remembered(protect.suppress)  # type: ignore[attr-defined]
    protect._require_nothing_for_insiders = _once_per_release(protect._require_nothing_for_insiders)  # type: ignore[attr-defined]
    typst.compile = _remembered(typst.compile)
    vl_convert.vega_to_svg = _remembered(vl_convert.vega_to_svg)


def forget() -> None:
    """Let every function work again from now on, for a test of whether it does the same."""
    _FORGOTTEN.add(os.environ.get(FOLDER_VARIABLE, ""))
    _IN_MEMORY.clear()


def _once_per_release(function: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    """Remember an attack, and how many programs it solves, by what it knows of a release: the solver is no argument."""

    def once(attack: Any, records: Any) -> None:
        def programs(*_: object) -> int:
            function(attack, records)
            return attack.solved - before

        intervals = [attack.interval_of(count) for count in range(len(attack.system.keys))]
        before = attack.solved
        known = (attack.system, attack.suppressed, attack.limits, intervals, records)
        attack._program.solved = before + _remembered(programs)(*known)

    return once


def _remembered(function: Callable[..., Any]) -> Callable[..., Any]:
    def remembered(*args: Any, **kwargs: Any) -> Any:
        try:
            key = digest((function.__qualname__, args, kwargs))
        except (pickle.PicklingError, AttributeError, TypeError):
            return function(*args, **kwargs)  # who watches a search is no argument
        if key not in _IN_MEMORY:
            _IN_MEMORY[key] = _kept(key, partial(function, *args, **kwargs))
        return _IN_MEMORY[key]

    return remembered


def _kept(key: bytes, work: Callable[[], Any]) -> Any:
    """Do the work, unless another process with the same code did."""
    folder = os.environ.get(FOLDER_VARIABLE, "")
    if not folder or folder in _FORGOTTEN:
        return work()
    path = Path(folder) / sha256(key + _code()).hexdigest()
    if path.exists():
        return pickle.loads(path.read_bytes())  # noqa: S301 - written below, in a folder of this session
    result = work()
    written = path.with_suffix(f".{os.getpid()}")
    written.write_bytes(pickle.dumps(result))
    written.replace(path)
    return result


@cache
def _code() -> bytes:
    """Return the hash of everything that the functions are made of."""
    files = [PROJECT / "uv.lock"]
    files += sorted(path for room in ("schemas", "transforms") for path in (PROJECT / room).rglob("*.*"))
    return sha256(
        b"".join(path.read_bytes() for path in files if path.suffix in {".py", ".toml", ".typ", ".lock"})
    ).digest()


if __name__ == "__main__":  # the command line, with what other processes of these tests worked out
    import flows.commands.cli as command_line
    from flows.prefect_settings import prepare_environment
    from flows.workfolder.home import Home
    from tests.builders.prefect_database import put_database

    def _prepare(home: Home) -> None:
        prepare_environment(home)
        put_database(home)

    command_line.prepare_environment = _prepare  # type: ignore[attr-defined]
    remember()
    sys.exit(command_line.main())
