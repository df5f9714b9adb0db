"""An OpenBao or Vault server whose engine `transit` wraps.

The key never comes here. A generation is a transit key of its own (`aes256-gcm96`, not exportable, no plaintext
backup), so that deleting it removes a whole key. That proves nothing about older snapshots of the server's storage,
which still hold the key: whoever runs the server keeps those, and must say so.

Reference: https://openbao.org/api-docs/secret/transit/
"""

import base64
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urlsplit

from schemas.errors import CustodianFailure, KeyStoreError

OPENBAO = "openbao"
_ALGORITHM = "aes256-gcm96"
_SECONDS = 15
_LOOPBACK = ("127.0.0.1", "::1", "localhost")

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class OpenBao:
    """Transit keys of one store, by generation.

    Attributes:
        name: Name of the store, in the names of the keys.
        client: Client of `hvac`, with address and token; repr shows neither.
    """

    name: str
    client: Any = field(repr=False)

    @property
    def kind(self) -> str:
        return OPENBAO

    def description(self) -> dict[str, Any]:
        return {"kind": self.kind}

    def key(self, generation: int) -> str:
        return f"bestandsanalyse-{self.name}-{generation}"

    def make(self, generation: int) -> None:
        if self._exists(generation):
            raise KeyStoreError("has a wrapping key of that name already; a key is never overwritten")
        _ask(
            lambda: self._transit.create_key(
                self.key(generation), exportable=False, allow_plaintext_backup=False, key_type=_ALGORITHM
            )
        )

    def wrap(self, generation: int, clear: bytes, bound_to: str) -> bytes:
        key = self._existing_key(generation)
        answer = _ask(
            lambda: self._transit.encrypt_data(key, plaintext=_text(clear), associated_data=_text(bound_to.encode()))
        )
        return str(answer["data"]["ciphertext"]).encode()

    def unwrap(self, generation: int, wrapped: bytes, bound_to: str) -> bytes | None:
        key = self._existing_key(generation)
        refusal = _library().exceptions.InvalidRequest
        answer: Any = None
        with suppress(refusal):  # 400: another key, other data, or changed bytes
            answer = _ask(
                lambda: self._transit.decrypt_data(
                    key, ciphertext=wrapped.decode("ascii", "replace"), associated_data=_text(bound_to.encode())
                ),
                passes=refusal,
            )
        return base64.b64decode(answer["data"]["plaintext"]) if answer else None

    def destroy(self, generation: int) -> None:
        if self._exists(generation):
            _ask(lambda: self._transit.update_key_configuration(self.key(generation), deletion_allowed=True))
            _ask(lambda: self._transit.delete_key(self.key(generation)))

    @property
    def _transit(self) -> Any:  # noqa: ANN401 - hvac has no types
        return self.client.secrets.transit

    def _existing_key(self, generation: int) -> str:
        """Return the key's name; raise if absent, because OpenBao silently creates unknown keys."""
        if not self._exists(generation):
            raise KeyStoreError("has no wrapping key of its generation on the server; it was destroyed, or never there")
        return self.key(generation)

    def _exists(self, generation: int) -> bool:
        absent = _library().exceptions.InvalidPath
        with suppress(absent):
            _ask(lambda: self._transit.read_key(self.key(generation)), passes=absent)
            return True
        return False


def openbao(name: str, address: str, token: str) -> OpenBao:
    """Return the custodian at an address; it is not contacted yet.

    Raises:
        CustodianFailure: The library is not installed, or the address is not encrypted and not of this machine.
    """
    place = urlsplit(address)
    if place.scheme != "https" and not (place.scheme == "http" and place.hostname in _LOOPBACK):
        raise CustodianFailure("(OpenBao) has an address without https, over which token and secrets would go in clear")
    return OpenBao(name, _library().Client(url=address, token=token, timeout=_SECONDS))


def _ask(request: Callable[[], Answer], passes: type[Exception] | None = None) -> Answer:
    """Return the answer to a request.

    An error of the library may quote what was sent, so only its kind gets out; one of type `passes` is raised as it is.
    """
    failure: Exception
    try:
        return request()
    except Exception as error:  # noqa: BLE001 - see above
        is_passed = passes is not None and isinstance(error, passes)
        failure = error if is_passed and passes is not None else CustodianFailure(_problem(error))
    raise failure


def _problem(error: Exception) -> str:
    kind = type(error).__name__
    return {
        "Forbidden": "(OpenBao) does not allow this with the token that was given",
        "InvalidPath": "(OpenBao) has no engine transit; mount it first",
        "VaultDown": "(OpenBao) is sealed",
    }.get(kind, f"(OpenBao) gave no answer that can be used ({kind})")


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _library() -> Any:  # noqa: ANN401 - hvac has no types
    with suppress(ImportError):
        import hvac
        import hvac.exceptions

        return hvac
    raise CustodianFailure(
        "needs the library hvac, which is not installed: .tools/bin/uv sync --frozen --inexact --extra vault"
    )
