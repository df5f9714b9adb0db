"""SSHSIG: the signature that `ssh-keygen -Y verify` checks (openssh-portable, PROTOCOL.sshsig).

Framing only. The signature itself is Ed25519 of `cryptography`, over the framed SHA-512 of the message.
"""

import base64
import binascii
import hashlib
import textwrap

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

NAMESPACE = "bestandsanalyse"
"""What the signature is for; one made for another purpose (git, mail) does not hold here."""

_MAGIC = b"SSHSIG"
_VERSION = (1).to_bytes(4)
_HASH = b"sha512"
_ALGORITHM = b"ssh-ed25519"
_SIGNATURE_BYTES = 64
_BEGIN, _END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"
_LINE = 70
"""Characters per line of base64, as ssh-keygen writes them."""


def sign(key: Ed25519PrivateKey, message: bytes) -> bytes:
    """The armored signature of a message, as `ssh-keygen -Y sign -n bestandsanalyse` makes it."""
    blob = _blob(key.public_key(), key.sign(_framed(message)))
    lines = textwrap.wrap(base64.b64encode(blob).decode(), _LINE)
    return "\n".join((_BEGIN, *lines, _END, "")).encode()


def require_signed(armored: bytes, message: bytes, pinned: Ed25519PublicKey) -> None:
    """Return if the pinned key signed this message for our namespace.

    Raises:
        InvalidSignature: Another key, namespace, hash or message, or no SSHSIG at all.
    """
    blob = _unarmored(armored)
    signature = blob[-_SIGNATURE_BYTES:]
    # Everything but the signature follows from the pinned key, so nothing of the blob is believed.
    if blob != _blob(pinned, signature):
        raise InvalidSignature
    pinned.verify(signature, _framed(message))


def _framed(message: bytes) -> bytes:
    """What is signed: section 3 of PROTOCOL.sshsig."""
    return _MAGIC + b"".join(map(_string, (NAMESPACE.encode(), b"", _HASH, hashlib.sha512(message).digest())))


def _blob(key: Ed25519PublicKey, signature: bytes) -> bytes:
    """What is armored: section 2 of PROTOCOL.sshsig."""
    line = key.public_bytes(serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH)
    wire = base64.b64decode(line.split()[1])
    signed = _string(_ALGORITHM) + _string(signature)
    return _MAGIC + _VERSION + b"".join(map(_string, (wire, NAMESPACE.encode(), b"", _HASH, signed)))


def _string(content: bytes) -> bytes:
    """A string of the SSH protocol: length in four bytes, then the bytes (RFC 4251 section 5)."""
    return len(content).to_bytes(4) + content


def _unarmored(armored: bytes) -> bytes:
    """The blob between header and footer; empty if there is none."""
    text = armored.decode("ascii", errors="replace").strip()
    body = text.removeprefix(_BEGIN).removesuffix(_END)
    is_armored = text == f"{_BEGIN}{body}{_END}"
    try:
        blob = base64.b64decode("".join(body.split()), validate=True) if is_armored else b""
    except binascii.Error:
        blob = b""
    return blob
