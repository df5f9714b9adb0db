"""SSHSIG: signatures that `ssh-keygen -Y verify` checks.

Framing only, after PROTOCOL.sshsig and PROTOCOL.u2f of openssh-portable. The signature itself is Ed25519 of
`cryptography`, over the framed SHA-512 of the message.
"""

import base64
import binascii
import hashlib
import textwrap
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

NAMESPACE = "bestandsanalyse"
"""Namespace of our signatures; a signature made for another purpose (git, mail) is not accepted."""

_MAGIC = b"SSHSIG"
_VERSION = (1).to_bytes(4)
_HASH = b"sha512"
_ED25519, _FIDO = b"ssh-ed25519", b"sk-ssh-ed25519@openssh.com"
_SIGNATURE_BYTES = 64
_TOUCHED = 1
"""Flag of a FIDO key: somebody touched it for this signature. `ssh-keygen -Y verify` ignores it; we require it."""

_TOUCH_BYTES = 5
"""Bytes that a FIDO key adds to its signature: one of flags and a counter of four."""

_BEGIN, _END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"
_LINE = 70
"""Characters per line of base64, as ssh-keygen writes them."""


@dataclass(frozen=True)
class PublicKey:
    """An Ed25519 public key of OpenSSH, in a file or on FIDO.

    Attributes:
        kind: Name of the key type, as OpenSSH has it.
        application: Application that a FIDO key signs for, such as `ssh:`; empty for a key in a file.
    """

    kind: bytes
    key: Ed25519PublicKey
    application: bytes = b""

    @property
    def wire(self) -> bytes:
        """The key as it stands in a signature, and, in base64, on the line of its file."""
        raw = self.key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
        parts = (self.kind, raw, self.application) if self.application else (self.kind, raw)
        return b"".join(map(_string, parts))

    @property
    def line(self) -> bytes:
        """`ssh-ed25519 AAAA...`, without a comment."""
        return self.kind + b" " + base64.b64encode(self.wire)

    @property
    def fingerprint(self) -> str:
        """`SHA256:...`, as `ssh-keygen -l` prints it."""
        return "SHA256:" + base64.b64encode(hashlib.sha256(self.wire).digest()).decode().rstrip("=")


def public_key(private: Ed25519PrivateKey) -> PublicKey:
    """Return the public half of a key in a file."""
    return PublicKey(_ED25519, private.public_key())


def read_public_key(content: bytes) -> PublicKey:
    """Parse a public key from the line of its file.

    Raises:
        ValueError: It is no Ed25519 key of OpenSSH, in a file (`ssh-ed25519`) or on a FIDO key (`sk-ssh-ed25519@...`).
    """
    try:
        key = serialization.load_ssh_public_key(content)
    except (ValueError, UnsupportedAlgorithm):
        key = None
    kind, encoded, *_ = [*content.split(maxsplit=2), b"", b""]
    if isinstance(key, Ed25519PublicKey) and kind in {_ED25519, _FIDO}:
        wire = base64.b64decode(encoded)
        public = PublicKey(kind, key, wire[len(PublicKey(kind, key).wire) + 4 :])
        if public.wire == wire and bool(public.application) == (kind == _FIDO):
            return public
    raise ValueError("no Ed25519 public key of OpenSSH")


def sign(key: Ed25519PrivateKey, message: bytes) -> bytes:
    """Return the armored signature of a message, as `ssh-keygen -Y sign -n bestandsanalyse` makes it."""
    blob = _blob(public_key(key), key.sign(_frame(message)))
    lines = textwrap.wrap(base64.b64encode(blob).decode(), _LINE)
    return "\n".join((_BEGIN, *lines, _END, "")).encode()


def require_signed(armored: bytes, message: bytes, pinned: PublicKey) -> None:
    """Return if the pinned key signed this message for our namespace, a FIDO key with a touch.

    The counter of a FIDO key is covered by its signature and compared with nothing, as in OpenSSH.

    Raises:
        InvalidSignature: The key, namespace, hash or message differs, a touch is missing, or it is no SSHSIG at all.
    """
    blob = _unarmor(armored)
    length = _SIGNATURE_BYTES + (_TOUCH_BYTES if pinned.application else 0)
    signature, touch = blob[-length:][:_SIGNATURE_BYTES], blob[-length:][_SIGNATURE_BYTES:]
    # The rest of the blob is made anew from the pinned key and compared, so nothing in it is trusted.
    if blob != _blob(pinned, signature, touch):
        raise InvalidSignature
    covered = _frame(message)
    if pinned.application:
        if not touch[0] & _TOUCHED:
            raise InvalidSignature
        covered = hashlib.sha256(pinned.application).digest() + touch + hashlib.sha256(covered).digest()
    pinned.key.verify(signature, covered)


def _frame(message: bytes) -> bytes:
    """Return the bytes that are signed: section 3 of PROTOCOL.sshsig."""
    return _MAGIC + b"".join(map(_string, (NAMESPACE.encode(), b"", _HASH, hashlib.sha512(message).digest())))


def _blob(key: PublicKey, signature: bytes, touch: bytes = b"") -> bytes:
    """Return the bytes that are armored: section 2 of PROTOCOL.sshsig."""
    signature_field = _string(key.kind) + _string(signature) + touch
    return _MAGIC + _VERSION + b"".join(map(_string, (key.wire, NAMESPACE.encode(), b"", _HASH, signature_field)))


def _string(content: bytes) -> bytes:
    """Return a string of the SSH protocol: length in four bytes, then the bytes (RFC 4251 section 5)."""
    return len(content).to_bytes(4) + content


def _unarmor(armored: bytes) -> bytes:
    """Return the blob between header and footer; empty if there is none."""
    text = armored.decode("ascii", errors="replace").strip()
    body = text.removeprefix(_BEGIN).removesuffix(_END)
    is_armored = text == f"{_BEGIN}{body}{_END}"
    try:
        blob = base64.b64decode("".join(body.split()), validate=True) if is_armored else b""
    except binascii.Error:
        blob = b""
    return blob
