"""A hardware token (PKCS#11) that wraps with its own key.

The key never leaves the token. A generation is an AES key of 256 bits on it: sensitive, not extractable, and destroyed
with C_DestroyObject. Wrapping is CKM_AES_GCM, with the key id as additional data.

Reference: OASIS PKCS #11 Mechanisms 3.0, section 2.12.3 (AES-GCM).
"""

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from flows.custody.wrapping import NONCE_BYTES
from schemas.errors import BestandsanalyseError, CustodianFailure, KeyStoreError

PKCS11 = "pkcs11"
_BITS, _TAG_BITS = 256, 128
_ONE_AT_A_TIME = threading.Lock()
"""A process has one login to a token for all its sessions, so only one session is open at a time."""


@dataclass(frozen=True)
class Token:
    """AES keys of one store on a token, by generation.

    `repr` shows no PIN.

    Attributes:
        name: Name of the store, in the labels of the keys.
        module: Path of the library of the token's maker.
        label: Label of the token.
    """

    name: str
    module: str
    label: str
    pin: str = field(repr=False)

    @property
    def kind(self) -> str:
        return PKCS11

    def description(self) -> dict[str, Any]:
        return {"kind": self.kind}

    def key(self, generation: int) -> str:
        return f"bestandsanalyse-{self.name}-{generation}"

    def make(self, generation: int) -> None:
        with self._session() as session:
            if self._find_keys(session, generation):
                raise KeyStoreError("has a wrapping key of that name already; a key is never overwritten")
            attribute = _library().Attribute
            session.generate_key(
                _library().KeyType.AES,
                _BITS,
                label=self.key(generation),
                store=True,
                template={attribute.SENSITIVE: True, attribute.EXTRACTABLE: False},
            )

    def wrap(self, generation: int, clear: bytes, bound_to: str) -> bytes:
        nonce = secrets.token_bytes(NONCE_BYTES)
        with self._session() as session:
            key = self._existing_key(session, generation)
            return nonce + bytes(key.encrypt(clear, mechanism=_gcm(), mechanism_param=_parameters(nonce, bound_to)))

    def unwrap(self, generation: int, wrapped: bytes, bound_to: str) -> bytes | None:
        nonce, sealed = wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:]
        with self._session() as session:
            key = self._existing_key(session, generation)
            # Tokens report a wrong tag by different errors.
            with suppress(*_refusals()):
                return bytes(key.decrypt(sealed, mechanism=_gcm(), mechanism_param=_parameters(nonce, bound_to)))
        return None

    def destroy(self, generation: int) -> None:
        with self._session() as session:
            for key in self._find_keys(session, generation):
                key.destroy()

    def _existing_key(self, session: Any, generation: int) -> Any:  # noqa: ANN401 - pkcs11 has no types
        keys = self._find_keys(session, generation)
        if len(keys) != 1:
            raise KeyStoreError("has no wrapping key of its generation on the token; it was destroyed, or never there")
        return keys[0]

    def _find_keys(self, session: Any, generation: int) -> list[Any]:  # noqa: ANN401 - pkcs11 has no types
        library = _library()
        attributes = {
            library.Attribute.CLASS: library.ObjectClass.SECRET_KEY,
            library.Attribute.LABEL: self.key(generation),
        }
        return list(session.get_objects(attributes))

    @contextmanager
    def _session(self) -> Iterator[Any]:
        """Open a session of the user on the token; of a library's error only its kind gets out."""
        library = _library()
        problem = ""
        with _ONE_AT_A_TIME:
            try:
                token = library.lib(self.module).get_token(token_label=self.label)
                with token.open(rw=True, user_pin=self.pin) as session:
                    yield session
            except BestandsanalyseError:
                raise
            except (library.PKCS11Error, RuntimeError, OSError) as error:
                problem = type(error).__name__
        if problem:
            raise CustodianFailure(_problem(problem))


def _problem(kind: str) -> str:
    return {
        "NoSuchToken": "(PKCS#11) has no token of that label",
        "PinIncorrect": "(PKCS#11) does not accept the PIN",
        "PinLocked": "(PKCS#11) locked the PIN after too many wrong ones",
    }.get(kind, f"(PKCS#11) cannot be used ({kind})")


def _gcm() -> Any:  # noqa: ANN401 - pkcs11 has no types
    return _library().Mechanism.AES_GCM


def _parameters(nonce: bytes, bound_to: str) -> Any:  # noqa: ANN401 - pkcs11 has no types
    return _library().GCMParams(nonce, aad=bound_to.encode(), tag_bits=_TAG_BITS)


def _refusals() -> tuple[type[Exception], ...]:
    errors = _library().exceptions
    return (
        errors.EncryptedDataInvalid,
        errors.EncryptedDataLenRange,
        errors.DataInvalid,
        errors.DataLenRange,
        errors.GeneralError,
        errors.MechanismParamInvalid,
    )


def _library() -> Any:  # noqa: ANN401 - pkcs11 has no types
    with suppress(ImportError):
        import pkcs11
        import pkcs11.exceptions

        return pkcs11
    raise CustodianFailure(
        "needs the library python-pkcs11, which is not installed: .tools/bin/uv sync --frozen --inexact --extra hsm"
    )
