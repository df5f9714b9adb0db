"""How files of suppliers become deliveries, declared in the work folder: `omzetting.toml`."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from flows.workfolder.declarations import parse_declaration, read_declaration
from flows.workfolder.files import write_private
from flows.workfolder.home import Home
from schemas.errors import MappingUnusable
from transforms.intake.mapping.declaration import FileMapping, parse_mappings


@dataclass(frozen=True)
class Mappings:
    """The mappings of a declaration, and the SHA-256 of it; without a declaration both are empty."""

    files: Sequence[FileMapping] = ()
    sha256: str = ""


def pin_mapping(home: Home, declaration: Path) -> Mappings:
    """Keep a declaration in the work folder in the place of an earlier one.

    Raises:
        MappingUnusable: It cannot be read, or says something that a mapping cannot say.
    """
    content = read_declaration(declaration, MappingUnusable)
    mappings = _parse(content)
    write_private(home.mapping, content)
    return mappings


def read_mapping(declaration: Path) -> Mappings:
    """Return the mappings of a declaration; raise `MappingUnusable` as `pin_mapping`."""
    return _parse(read_declaration(declaration, MappingUnusable))


def mappings_of(home: Home) -> Mappings:
    """Return the mappings of a work folder; none if it has no declaration.

    Raises:
        MappingUnusable: The declaration in the work folder cannot be read.
    """
    return read_mapping(home.mapping) if home.mapping.exists() else Mappings()


def _parse(content: bytes) -> Mappings:
    return Mappings(parse_mappings(parse_declaration(content, MappingUnusable)), sha256(content).hexdigest())
