"""Zip archives without clock and compression.

The same content gives the same bytes whatever zlib is at hand, and whoever looks for traces of
persons in a release (PIA measure M11, the canary suite) can read every byte of it.
"""

import io
import zipfile
from collections.abc import Mapping

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first time that a zip can hold."""


def zip_files(files: Mapping[str, bytes]) -> bytes:
    """Return an archive of these files, by name and in their order."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as zipped:
        for name, content in files.items():
            zipped.writestr(zipfile.ZipInfo(name, _EPOCH), content)
    return archive.getvalue()


def stored_again(archive: bytes) -> bytes:
    """Rewrite an archive that somebody else made, without its compression and clock."""
    with zipfile.ZipFile(io.BytesIO(archive)) as zipped:
        return zip_files({name: zipped.read(name) for name in zipped.namelist()})
