"""Prefect's embedded server ends with the run that started it, also if that run was killed.

Prefect loads this module when its server starts (entry point `prefect.collections` in pyproject.toml), and stops the
server at the end of a run; a run that gets SIGKILL has no end. The kernel could tell (PR_SET_PDEATHSIG), but of the
thread that started the server, not of the process. A run that is killed in the second in which its server loads
this leaves it behind; nobody but the account itself has its login.
"""

import os
import signal
import threading
import time

_EMBEDDED = "PREFECT__SERVER_EPHEMERAL"  # which Prefect sets for the server of a run, and for no other
_LOOK_SECONDS = 1.0
_STOP_SECONDS = 10.0


def end_with(parent: int) -> None:
    """Stop this process soon after its parent is another one than this: by SIGTERM, then at once."""
    while os.getppid() == parent:
        time.sleep(_LOOK_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_STOP_SECONDS)
    os._exit(1)


if _EMBEDDED in os.environ:
    threading.Thread(target=end_with, args=(os.getppid(),), daemon=True).start()
