"""Prefect's embedded server stops with its run, even a killed one.

Prefect loads this module when its server starts (entry point `prefect.collections` in pyproject.toml), and stops the
server at the end of a run; a run that gets SIGKILL has no end. The kernel could signal that (PR_SET_PDEATHSIG), but
only for the thread that started the server, not for the process. A run that is killed in the second in which its server
loads this module leaves the server behind; only the account itself has its login.
"""

import os
import signal
import threading
import time

_EMBEDDED = "PREFECT__SERVER_EPHEMERAL"  # which Prefect sets for the server of a run, and for no other
_LOOK_SECONDS = 1.0
_STOP_SECONDS = 10.0


def end_with_parent(parent: int) -> None:
    """Stop this process soon after its parent process has changed: by SIGTERM, then at once."""
    while os.getppid() == parent:
        time.sleep(_LOOK_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_STOP_SECONDS)
    os._exit(1)


if _EMBEDDED in os.environ:
    threading.Thread(target=end_with_parent, args=(os.getppid(),), daemon=True).start()
