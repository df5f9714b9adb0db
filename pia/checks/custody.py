"""Judgement of the place of a key; the key file belongs to flows."""

import stat

from pia.evidence import KeyCustody
from schemas.errors import KeyStoreError

PRIVATE_MODE = 0o600


def require_private_key(custody: KeyCustody) -> None:
    """Refuse a key that others can read, or that would be handed out with the output.

    Raises:
        KeyStoreError: The mode is not 0600, or the file lies inside the output folder.
    """
    if stat.S_IMODE(custody.mode) != PRIVATE_MODE:
        raise KeyStoreError("is open to others than its owner (it must be mode 0600)")
    if custody.is_inside_output:
        raise KeyStoreError("lies inside the output folder; choose another --out or --home")
