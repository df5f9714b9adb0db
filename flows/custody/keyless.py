"""A process that serves a researcher cannot open a key, whatever is in its environment or asked of it later.

The bar is an audit hook of the interpreter (PEP 578): Python has no way to take one out again, and there is
no flag to set back. It holds this program, not code from elsewhere that runs in the same process; and a process
that is started from this one is another process.
"""

import sys
from contextlib import suppress

from schemas.errors import KeysBarred

KEY_MODULES = frozenset(
    {
        *(f"flows.custody.{name}" for name in ("custodians", "keys", "keystore", "passphrase", "wrapping")),
        *("flows.custody.holders.hsm", "flows.custody.holders.openbao", "flows.commands.keys", "hvac", "pkcs11"),
    }
)
"""What such a process does not even import: an `import` of one of these stops, too."""

_OPENING = "bestandsanalyse.key"


def without_keys() -> None:
    """Bar keys from this process for the rest of its life."""
    with suppress(KeysBarred):
        require_keys_allowed()
        sys.addaudithook(_refuse)


def require_keys_allowed() -> None:
    """Return if this process may open keys; whatever opens a store, a secret or a private key asks this first.

    Raises:
        KeysBarred: It said that it would do without.
    """
    sys.audit(_OPENING)


def _refuse(event: str, about: tuple[object, ...]) -> None:
    if event == _OPENING or (event == "import" and about[0] in KEY_MODULES):
        raise KeysBarred
