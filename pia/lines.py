"""The PIA's own look at a delivered file: lines counted from its bytes, by another hand than the reader's."""

_EMPTY = b' \t\x1a;"'
_MARK = b"\xef\xbb\xbf"


def counted_rows(content: bytes) -> int:
    """Lines below the header with anything on them but separators and spaces.

    Knows no cells and no quotes, so that a row that another one swallows is counted. A line may end in CR, LF, or both.
    """
    lines = [line for line in content.removeprefix(_MARK).replace(b"\r", b"\n").split(b"\n") if line.strip(_EMPTY)]
    above = 2 if lines and lines[0].lower().startswith(b"sep=") else 1
    return max(0, len(lines) - above)
