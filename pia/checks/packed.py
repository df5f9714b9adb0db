"""Content of packed files of a release, down to their bytes.

Archives, workbooks, Parquet and PDF.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator

import polars as pl

_PDF, _ZIP, _PARQUET = b"%PDF", b"PK\x03\x04", b"PAR1"
_STREAM = re.compile(rb"stream\r?\n")
_CMAP = re.compile(rb"begincmap")
_BLOCK = re.compile(rb"beginbf(char|range)(.*?)endbf", re.DOTALL)
_HEX = re.compile(rb"<([0-9A-Fa-f]+)>")
_SHOWN = re.compile(rb"\[((?:\\.|[^\]\\])*)\]\s*TJ|(\((?:\\.|[^)\\])*\))\s*Tj", re.DOTALL)
_STRING = re.compile(rb"\(((?:\\.|[^)\\])*)\)", re.DOTALL)
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_PLAIN = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def unpack(content: bytes) -> Iterator[bytes]:
    """Yield the file itself, and everything readable that is packed in it, however deep."""
    yield content
    if content.startswith(_ZIP):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield name.encode()
                yield from unpack(archive.read(name))
    elif content.startswith(_PARQUET):
        yield pl.read_parquet(io.BytesIO(content)).write_csv().encode()
    elif content.startswith(_PDF):
        streams = list(_streams(content))
        yield from streams
        glyphs = [_glyphs(stream) for stream in streams if _CMAP.search(stream)]
        for runs in (_glyph_runs(stream) for stream in streams if b"BT" in stream):
            yield from (_text(runs, table) for table in glyphs)


def _streams(content: bytes) -> Iterator[bytes]:
    """Yield every compressed stream of a PDF; an uncompressed one is readable in the file itself."""
    for match in _STREAM.finditer(content):
        try:
            yield zlib.decompressobj().decompress(content[match.end() :])
        except zlib.error:
            continue


def _glyphs(cmap: bytes) -> dict[int, str]:
    """Return the text per two-byte glyph, from a ToUnicode map (ISO 32000-1, 9.10.3)."""
    table: dict[int, str] = {}
    for kind, body in _BLOCK.findall(cmap):
        values = [bytes.fromhex(digits.decode()) for digits in _HEX.findall(body)]
        step = 2 if kind == b"char" else 3
        for place in range(0, len(values) - step + 1, step):
            first, last, text = values[place], values[place + step - 2], values[place + step - 1]
            start = int.from_bytes(text)
            for offset in range(int.from_bytes(last) - int.from_bytes(first) + 1):
                code = (start + offset).to_bytes(len(text)) if offset else text
                table[int.from_bytes(first) + offset] = code.decode("utf-16-be", "replace")
    return table


def _glyph_runs(stream: bytes) -> list[tuple[int, ...]]:
    """Return the two-byte glyphs that a content stream shows, per operator, without the kerning in between."""
    lines = []
    for array, string in _SHOWN.findall(stream):
        codes = b"".join(_unescape(part) for part in _STRING.findall(array or string))
        lines.append(struct.unpack(f">{len(codes) // 2}H", codes[: len(codes) // 2 * 2]))
    return lines


def _text(runs: list[tuple[int, ...]], glyphs: dict[int, str]) -> bytes:
    """Return the text of glyphs in one font, a line per operator."""
    return "\n".join("".join([glyphs.get(code, " ") for code in line]) for line in runs).encode("utf-8", "replace")


def _unescape(part: bytes) -> bytes:
    """Return a PDF string without its escapes."""
    return _ESCAPED.sub(_plain, part) if b"\\" in part else part


def _plain(match: re.Match[bytes]) -> bytes:
    code = match[1]
    return bytes([int(code, 8) & 255]) if code[:1].isdigit() else _PLAIN.get(code, code)
