"""How files of suppliers become deliveries, declared in the work folder: `omzetting.toml`."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from flows.workfolder.declarations import parse_declaration, read_declaration
from flows.workfolder.files import write_private
from flows.workfolder.home import Home, Run
from schemas.errors import MappingUnusable
from transforms.intake.mapping.declaration import FileMapping, parse_mappings


@dataclass(frozen=True)
class Mappings:
    """The mappings of a declaration, and its bytes; without a declaration both are empty."""

    files: Sequence[FileMapping] = ()
    content: bytes = b""

    @property
    def sha256(self) -> str:
        """The SHA-256 of the declaration; empty if there is none."""
        return sha256(self.content).hexdigest() if self.content else ""


def pin_mapping(home: Home, declaration: Path) -> Mappings:
    """Keep a declaration in the work folder in the place of an earlier one.

    Raises:
        MappingUnusable: It cannot be read, or says something that a mapping cannot say.
    """
    mappings = read_mapping(declaration)
    write_private(home.mapping, mappings.content)
    return mappings


def read_mapping(declaration: Path) -> Mappings:
    """Return the mappings of a declaration; raise `MappingUnusable` as `pin_mapping`."""
    return _parse(read_declaration(declaration, MappingUnusable))


def keep_mapping(run: Run, mappings: Mappings) -> None:
    """Keep the declaration in the folder of a run that reads by it, as the one of the work folder may be replaced."""
    if mappings.content:
        write_private(run.mapping_file, mappings.content)


def mappings_of_run(run: Run) -> Mappings:
    """Return the mappings that a run read by; none if its files were ours, or their declaration is not there."""
    return read_mapping(run.mapping_file) if run.mapping_file.exists() else Mappings()


def mappings_of(home: Home) -> Mappings:
    """Return the mappings of a work folder; none if it has no declaration.

    Raises:
        MappingUnusable: The declaration in the work folder cannot be read.
    """
    return read_mapping(home.mapping) if home.mapping.exists() else Mappings()


def _parse(content: bytes) -> Mappings:
    return Mappings(parse_mappings(parse_declaration(content, MappingUnusable)), content)
