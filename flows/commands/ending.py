"""How a command ends: a word and an exit code, beside what it says."""

from schemas.errors import Exit


class Stopped(SystemExit):
    """The end of a command that leaves something for somebody to do."""

    def __init__(self, word: str, exit_code: Exit) -> None:
        super().__init__(int(exit_code))
        self.word = word
