"""A search on the screen: how far it is, and what Ctrl-C does while it runs."""

import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from transforms.disclosure.suppression.progress import Progress

_QUIET_SECONDS = 2.0
"""A search that takes no longer says nothing."""

_TERMINAL_SECONDS, _LINES_SECONDS = 0.2, 5.0
"""Between two lines: on a terminal, where one takes the place of the other, and elsewhere."""


class Search:
    """What is said of a search, and whether somebody ended it."""

    def __init__(self) -> None:
        self.is_interrupted = False
        self._is_terminal = sys.stderr.isatty()
        self._next = time.monotonic() + _QUIET_SECONDS
        self._is_announced, self._is_shown = False, False

    def watch(self, progress: Progress) -> bool:
        """Say how far it is, if it is time to; whether the search goes on."""
        if self.is_interrupted and not self._is_announced:
            self._is_announced = True
            self.close()
            sys.stderr.write(f"Interrupted: {_outcome(progress)} Ctrl-C again ends it without tables.\n")
        elif time.monotonic() >= self._next and not self.is_interrupted:
            self._next = time.monotonic() + (_TERMINAL_SECONDS if self._is_terminal else _LINES_SECONDS)
            self._show(_progress_line(progress))
        return not self.is_interrupted

    def close(self) -> None:
        """Take the line from the terminal."""
        if self._is_shown and self._is_terminal:
            sys.stderr.write("\r\x1b[K")
        self._is_shown = False
        sys.stderr.flush()

    def interrupt(self, *_: int | FrameType | None) -> None:
        """End the search; from here on Ctrl-C means what it always does."""
        self.is_interrupted = True
        signal.signal(signal.SIGINT, signal.default_int_handler)

    def _show(self, line: str) -> None:
        sys.stderr.write(f"\r\x1b[K{line}" if self._is_terminal else f"{line}\n")
        sys.stderr.flush()
        self._is_shown = True


@contextmanager
def watch_search() -> Iterator[Search]:
    """Yield a search that shows its progress on stderr and that Ctrl-C can end early.

    The first Ctrl-C keeps the best safe pattern so far, or else the first one that is found; the second ends the
    command without tables. Outside the main thread, and where Ctrl-C is ignored or handled otherwise already, Ctrl-C
    does what it did before.
    """
    search = Search()
    before = signal.getsignal(signal.SIGINT)
    is_ours = threading.current_thread() is threading.main_thread() and before is signal.default_int_handler
    if is_ours:
        signal.signal(signal.SIGINT, search.interrupt)
    try:
        yield search
    finally:
        if is_ours:
            signal.signal(signal.SIGINT, before)
        search.close()


def _progress_line(progress: Progress) -> str:
    if progress.blank is None or progress.gap is None:
        return "Searching for a first safe pattern (Ctrl-C: stop there)"
    pattern = f"{progress.blank} cells blank, at most {progress.gap:.1%} above the least"
    return f"Searching: {pattern} (Ctrl-C: keep the best so far)"


def _outcome(progress: Progress) -> str:
    return "going on to the first safe pattern." if progress.blank is None else "keeping the best safe pattern so far."
