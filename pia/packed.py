"""What is packed in a file of a release: archives, workbooks, Parquet and PDF, down to their bytes."""

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
    """The file itself, and everything readable that is packed in it, however deep."""
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
        for shown in (_shown(stream) for stream in streams if b"BT" in stream):
            yield from (_text(shown, table) for table in glyphs)


def _streams(content: bytes) -> Iterator[bytes]:
    """Every compressed stream of a PDF; one that is not compressed stands in the file itself."""
    for found in _STREAM.finditer(content):
        try:
            yield zlib.decompressobj().decompress(content[found.end() :])
        except zlib.error:
            continue


def _glyphs(cmap: bytes) -> dict[int, str]:
    """Two-byte glyph to text, from a ToUnicode map (ISO 32000-1, 9.10.3)."""
    table: dict[int, str] = {}
    for kind, body in _BLOCK.findall(cmap):
        values = [bytes.fromhex(one.decode()) for one in _HEX.findall(body)]
        step = 2 if kind == b"char" else 3
        for place in range(0, len(values) - step + 1, step):
            first, last, text = values[place], values[place + step - 2], values[place + step - 1]
            start = int.from_bytes(text)
            for offset in range(int.from_bytes(last) - int.from_bytes(first) + 1):
                told = (start + offset).to_bytes(len(text)) if offset else text
                table[int.from_bytes(first) + offset] = told.decode("utf-16-be", "replace")
    return table


def _shown(stream: bytes) -> list[tuple[int, ...]]:
    """The two-byte glyphs that a content stream shows, per operator; kerning within it is left out."""
    lines = []
    for many, one in _SHOWN.findall(stream):
        codes = b"".join(_unescaped(part) for part in _STRING.findall(many or one))
        lines.append(struct.unpack(f">{len(codes) // 2}H", codes[: len(codes) // 2 * 2]))
    return lines


def _text(shown: list[tuple[int, ...]], glyphs: dict[int, str]) -> bytes:
    """The same in one font, a line per operator."""
    return "\n".join("".join([glyphs.get(code, " ") for code in line]) for line in shown).encode("utf-8", "replace")


def _unescaped(part: bytes) -> bytes:
    return _ESCAPED.sub(_plain, part) if b"\\" in part else part


def _plain(found: re.Match[bytes]) -> bytes:
    code = found[1]
    return bytes([int(code, 8) & 255]) if code[:1].isdigit() else _PLAIN.get(code, code)
