"""What a verified release tells: its tables, and how it declares them itself."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from schemas.errors import VerificationFailed
from schemas.states import Released
from transforms.released.content import ReleaseContent, stem

ABSENT, DIFFERENT, ALONE = "ontbreekt", "anders", "een"
"""Why a table is left out: not in every release, declared differently, or shown by one municipality only."""

_OF_THE_FILE = {"name", "path", "format", "mediatype", "bytes", "hash", "encoding"}


@dataclass(frozen=True, eq=False)
class VerifiedRelease:
    """One verified release.

    Attributes:
        manifest_sha256: What the officer signed.
        declared: By id of the table, its declaration as the release itself gives it: title, description,
            categories. Compared as text, so that a word that changed is a change.
    """

    release: str
    manifest_sha256: str
    content: ReleaseContent
    declared: Mapping[str, str]

    def table(self, table_id: str) -> Released:
        """Return the table with that id; raise `StopIteration` if the release does not declare it."""
        return next(released for released in self.content.released if released.spec.id == table_id)


def declarations(package: bytes, content: ReleaseContent) -> dict[str, str]:
    """Return the declaration of every table of counts in the data package of a release, by table id.

    Raises:
        VerificationFailed: The package does not describe one of its tables.
    """
    resources = {str(resource.get("path")): resource for resource in _resources(package)}
    declared = {}
    for released in content.released:
        resource = resources.get(content.file_name(f"{stem(released.spec)}.csv"))
        if resource is None:
            raise VerificationFailed(("its data package does not describe its tables",))
        declaration = {name: value for name, value in resource.items() if name not in _OF_THE_FILE}
        declared[released.spec.id] = json.dumps(declaration, sort_keys=True, ensure_ascii=False)
    return declared


def incomparable_tables(releases: Sequence[VerifiedRelease], *, is_needed_in_all: bool) -> dict[str, str]:
    """Tables that cannot be compared, by id with the reason, in order of publication.

    Args:
        is_needed_in_all: A table must be in every release; otherwise in two.
    """
    ids = sorted({table_id for release in releases for table_id in release.declared})
    reasons = {}
    for table_id in ids:
        texts = [release.declared[table_id] for release in releases if table_id in release.declared]
        if len(set(texts)) > 1:
            reasons[table_id] = DIFFERENT
        elif is_needed_in_all and len(texts) < len(releases):
            reasons[table_id] = ABSENT
        elif len(texts) < 2:
            reasons[table_id] = ALONE
    return reasons


def _resources(package: bytes) -> list[dict[str, Any]]:
    with suppress(ValueError, RecursionError):
        document = json.loads(package)
        resources = document.get("resources") if isinstance(document, dict) else None
        if isinstance(resources, list) and all(isinstance(resource, dict) for resource in resources):
            return resources
    raise VerificationFailed(("its data package cannot be read",))
