"""The municipality of a work folder, declared once for all its runs."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from flows.workfolder.declarations import parse_declaration, read_declaration
from flows.workfolder.files import write_private
from flows.workfolder.home import Home
from schemas.errors import MunicipalityPinned, MunicipalityUnusable, UnknownProfile
from schemas.municipalities import agree, is_code, is_name
from schemas.profiles import PROFILES, STANDAARD, profile_by_id
from schemas.sources import REQUIRED, SOURCES
from schemas.specs import Profile
from schemas.specs.area import Postcode4

_ALWAYS = date(1900, 1, 1)
_PC4 = re.compile(r"[1-9][0-9]{3}")
_KEYS = {"gemeente", "gemeente_code", "postcodes", "sinds", "leveringen"}


def pin(home: Home, declaration: Path) -> None:
    """Keep a declaration in the work folder; what is delivered may be declared anew, and nothing else.

    Raises:
        MunicipalityUnusable: The declaration cannot be read.
        MunicipalityPinned: The folder is of another municipality or has other postcodes, or was used for Vught.
    """
    content = read_declaration(declaration, MunicipalityUnusable)
    declared = parse_municipality(content, STANDAARD)
    if home.municipality.exists():
        is_other = replace(profile_for(home, STANDAARD.id), absent=declared.absent) != declared
    else:
        is_other = declared.gemeente_code != STANDAARD.gemeente_code and _is_used(home)
    if is_other:
        raise MunicipalityPinned
    write_private(home.municipality, content)


def _is_used(home: Home) -> bool:
    """Return whether there was a run or a right; a key store that was begun does not yet name a municipality."""
    return home.ledger.exists() or home.rights.exists() or any((home.root / "runs").iterdir())


def profile_for(home: Home, profile_id: str) -> Profile:
    """Return the profile with this id for the municipality of a work folder.

    A part of the file is declared with postcodes of one municipality, and exists for no other.

    Raises:
        UnknownProfile: There is no such profile, or not for this municipality.
        MunicipalityUnusable: The folder's declaration cannot be read.
    """
    profile = profile_by_id(profile_id)
    if not home.municipality.exists():
        return profile
    declared = parse_municipality(read_declaration(home.municipality, MunicipalityUnusable), profile)
    if declared.part and declared.gemeente_code != profile.gemeente_code:
        raise UnknownProfile(tuple(profile.id for profile in PROFILES if profile.part is None))
    return declared


def parse_municipality(content: bytes, profile: Profile) -> Profile:
    """Return a profile with the declared municipality; raises `MunicipalityUnusable`, which names no value."""
    declaration = parse_declaration(content, MunicipalityUnusable)
    code, name, areas, since = (declaration.get(key) for key in ("gemeente_code", "gemeente", "postcodes", "sinds"))
    if not declaration.keys() <= _KEYS:
        raise MunicipalityUnusable(f"has another key than {', '.join(sorted(_KEYS))}")
    if not isinstance(code, str) or not is_code(code):
        raise MunicipalityUnusable("has no gemeente_code of four digits between quotes")
    if not isinstance(name, str) or not is_name(name):
        raise MunicipalityUnusable("has no gemeente with a name")
    if not agree(code, name):
        raise MunicipalityUnusable("has a name and a code of two municipalities")
    if (
        not isinstance(areas, list)
        or not areas
        or not all(isinstance(pc4, str) and _PC4.fullmatch(pc4) for pc4 in areas)
    ):
        raise MunicipalityUnusable("has no postcodes of four digits, each between quotes")
    begins = {} if since is None else since
    if not isinstance(begins, dict) or not all(type(day) is date for day in begins.values()) or begins.keys() - areas:
        raise MunicipalityUnusable("has a [sinds] that is no date per postcode of the list (it comes last)")
    postcodes = tuple(Postcode4(pc4, begins.get(pc4, _ALWAYS)) for pc4 in dict.fromkeys(areas))
    absent = _absent(declaration.get("leveringen"))
    return replace(profile, gemeente=name, gemeente_code=code, postcodes=postcodes, absent=absent)


def _absent(deliveries: object) -> tuple[str, ...]:
    """Return the sources that are not among the declared deliveries; none if nothing is declared of them."""
    sources = {source.id for source in SOURCES}
    if deliveries is None:
        return ()
    if not isinstance(deliveries, list):
        raise MunicipalityUnusable(f"has leveringen that are no list of {', '.join(sorted(sources))}")
    for place, name in enumerate(deliveries, start=1):
        if not isinstance(name, str) or name not in sources:
            raise MunicipalityUnusable(f"has leveringen with as number {place} none of {', '.join(sorted(sources))}")
    if not {*REQUIRED} <= {*deliveries}:
        raise MunicipalityUnusable(f"has leveringen without {' and '.join(REQUIRED)}, which say who is in the file")
    return tuple(sorted(sources - {*deliveries}))
