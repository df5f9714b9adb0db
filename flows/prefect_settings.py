"""Prefect's settings for this application, set before Prefect is imported."""

import os
import secrets
from functools import cache
from pathlib import Path

from flows.workfolder.home import HOME_VARIABLE, Home
from schemas.errors import ServiceFailure

_PRIVATE = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    # The V2 page asks an outside host for session replay, even with analytics off.
    "PREFECT_SERVER_UI_V2_ENABLED": "false",
    "PREFECT_LOGGING_LEVEL": "INFO",  # DEBUG prints frames
    "PREFECT_LOGGING_LOG_PRINTS": "false",
    "PREFECT_LOGGING_EXTRA_LOGGERS": "bestandsanalyse",
    "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
    "PREFECT_SERVER_CSRF_PROTECTION_ENABLED": "true",
    "PREFECT_CLIENT_CSRF_SUPPORT_ENABLED": "true",
}
_QUIET = {
    # Prefect's own console lines and tracebacks; the same lines stay in its database.
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",
}
_PATHS = (
    *("CREDENTIALS_DIRECTORY", "BESTANDSANALYSE_PKCS11_MODULE", "SOFTHSM2_CONF"),
    *("VAULT_CACERT", "VAULT_CAPATH", "VAULT_CLIENT_CERT", "VAULT_CLIENT_KEY"),
    *("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR"),
)
"""Variables with a path that may have been given relative to the folder that is left."""


_LIBRARY = "BESTANDSANALYSE_PKCS11_MODULE"


def prepare_environment(home: Home, *, quiet: bool = True) -> None:
    """Set what Prefect reads on import: private, on loopback, below the work folder.

    The embedded server gets two minutes to start; its default of 20 seconds is too short on a busy machine. An
    operator's own setting (a database) stays. Every account of the machine can reach loopback, so server and client get
    a login of this process, which is in no argument and no file.
    """
    os.umask(0o077)
    os.environ.update(_PRIVATE | (_QUIET if quiet else {}))
    os.environ[HOME_VARIABLE] = str(home.root)
    os.environ.pop("PREFECT_API_URL", None)
    os.environ["PREFECT_HOME"] = str(home.prefect)
    os.environ.setdefault("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "120")
    require_login(_own_login())


def require_login(login: str) -> None:
    """Require `login` on Prefect servers started by this process, and send it from the client."""
    os.environ["PREFECT_SERVER_API_AUTH_STRING"] = login
    os.environ["PREFECT_API_AUTH_STRING"] = login


@cache  # Prefect may have read it already
def _own_login() -> str:
    return new_login()


def new_login() -> str:
    """Return `user:password`, as Prefect has it; the password is 24 random bytes."""
    return f"steward:{secrets.token_urlsafe(24)}"


def leave_current_folder(home: Home) -> None:
    """Go to a folder of ours for the rest of this process, with all relative paths resolved.

    Call it before Prefect is imported. Prefect reads `.env`, `prefect.toml` and `pyproject.toml` of the current folder,
    which may name code to execute, and starts its server with `python -m`, which imports from there: whoever can write
    to the folder in which a command is given could act as the account that gives it.
    """
    for name in _PATHS:
        value = os.environ.get(name, "")
        # The system looks up the bare name of a library elsewhere, not in this folder.
        if value and (os.sep in value or (name != _LIBRARY and Path(value).exists())):
            os.environ[name] = str(Path(value).absolute())
    os.environ["PYTHONSAFEPATH"] = "1"
    os.chdir(home.prefect)


def require_own_server() -> None:
    """Refuse a Prefect server that a profile or file in Prefect's folder names: it would be told about runs.

    Raises:
        ServiceFailure: There is one. Call this after `prepare_environment`, which removes the variable.
    """
    from prefect.settings import PREFECT_API_URL

    if PREFECT_API_URL.value():
        raise ServiceFailure("another Prefect server is configured in the folder prefect of the work folder; remove it")


def project_folder() -> Path:
    """Return the folder of the packages: the checkout, or where they were installed."""
    return Path(__file__).parent.parent
