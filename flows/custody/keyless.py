"""Barring keys from a process that serves a researcher.

Whatever is in its environment or asked of it later, such a process cannot open a key. The bar is an audit hook of the
interpreter (PEP 578): Python cannot remove one, and there is no flag to reset. It holds for this program, not for
foreign code in the same process; and a process that is started from this one is another process.
"""

import sys
from contextlib import suppress

from schemas.errors import KeysBarred

KEY_MODULES = frozenset(
    {
        *(f"flows.custody.{name}" for name in ("store_access", "keys", "keystore", "passphrase", "wrapping")),
        *("flows.custody.holders.hsm", "flows.custody.holders.openbao", "flows.commands.keys", "hvac", "pkcs11"),
    }
)
"""Modules that such a process cannot even import."""

_OPENING = "bestandsanalyse.key"


def bar_keys() -> None:
    """Bar keys from this process for the rest of its life."""
    with suppress(KeysBarred):
        require_keys_allowed()
        sys.addaudithook(_refuse)


def require_keys_allowed() -> None:
    """Return if this process may open keys; everything that opens a store, secret or private key calls this first.

    Raises:
        KeysBarred: `bar_keys` was called in this process.
    """
    sys.audit(_OPENING)


def _refuse(event: str, about: tuple[object, ...]) -> None:
    if event == _OPENING or (event == "import" and about[0] in KEY_MODULES):
        raise KeysBarred
