"""Breaking lines as Chinese is set: between any two characters, but no line begins with a closing mark."""

from __future__ import annotations

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.text import Text

_NEVER_FIRST = frozenset("，。、；：？！）」』》〉】〕”’％%…—·,.;:?!)]}")
_NEVER_LAST = frozenset("（「『《〈【〔“‘([{")


def wrapped(text: Text, width: int) -> list[Text]:
    """The text in lines of at most ``width`` columns. A longer word is cut; blanks at a break go."""
    words = text.plain
    cuts: list[int] = []
    begin = chance = used = 0
    for at, character in enumerate(words):
        columns = cell_len(character)
        while used + columns > width and at > begin and character != " ":
            begin = chance if chance > begin else at
            cuts.append(begin)
            used = cell_len(words[begin:at])
        used += columns
        if _may_break(words, at):
            chance = at + 1
    lines = text.divide(cuts)
    for line in lines:
        line.rstrip()
    return list(lines)


class Broken:
    """Words in a cell of a table, broken to its width as ``wrapped`` breaks them: 年报.docx never within docx."""

    def __init__(self, text: Text) -> None:
        self._text = text

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement(1, cell_len(self._text.plain)).with_maximum(options.max_width)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield Text("\n").join(wrapped(self._text, options.max_width))


def packed(parts: list[Text], between: str, width: int) -> list[Text]:
    """The parts in lines of at most ``width`` columns, each whole where it fits into a line of its own."""
    lines: list[Text] = []
    for part in parts:
        last = lines[-1] if lines else None
        if last is not None and cell_len(last.plain) + cell_len(between) + cell_len(part.plain) <= width:
            last.append(between)
            last.append_text(part)
        else:
            lines.extend(wrapped(part, width))
    return lines


def _may_break(words: str, at: int) -> bool:
    """Whether a line may end after that character."""
    before, after = words[at], words[at + 1 : at + 2]
    if not after or after in _NEVER_FIRST or before in _NEVER_LAST or after == " ":
        return False
    return before == " " or cell_len(before) == 2 or cell_len(after) == 2
