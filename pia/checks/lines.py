"""The PIA's own count of lines, from the bytes of a file.

Independent of the reader.
"""

_EMPTY = b' \t\x1a;"'
_MARK = b"\xef\xbb\xbf"


def count_rows(content: bytes) -> int:
    """Count lines below the header with more on them than separators and spaces.

    Cells and quotes are not parsed, so that a row that another one swallows is counted. A line may end in CR, LF, or
    both.
    """
    lines = [line for line in content.removeprefix(_MARK).replace(b"\r", b"\n").split(b"\n") if line.strip(_EMPTY)]
    above = 2 if lines and lines[0].lower().startswith(b"sep=") else 1
    return max(0, len(lines) - above)
