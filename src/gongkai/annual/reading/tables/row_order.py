"""Runs of figures in running text given to the rows of a table, by the labels before them and the form's order."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from gongkai.annual.form import Row
from gongkai.annual.reading.labels import letters
from gongkai.annual.reading.tables.anchors import labels_among
from gongkai.annual.reading.tables.tokens import Run, Token

Placed = tuple[Row, tuple[Token, ...], bool]


def place(
    runs: Sequence[Run],
    named: Sequence[int | None],
    rows: Sequence[Row],
    width: int,
    glued: bool,
    behind: str,
    apart: Collection[int],
) -> list[Placed]:
    """Figures for each row: (row, its figures, whether its own label stands before them). ``behind`` is the text behind
    the last of them, ``apart`` the runs before which other words stand than the label that is nearest.

    Between two anchors lie as many rows as the form has there; if the figures are just enough for them, they are
    theirs in order. If there are figures for the first row only, they are its own. Digits run together are a row's only
    where the next row follows: else they may be those of two. A row named out of order (a part of the table is there
    twice) ends the row before it, and counts beside the row that is in order.

    Where labels stand apart from their figures, several before one row's, and the figures before them were neither one
    row's nor just enough, a label is missing somewhere: then the row named last is not the figures' for sure.
    """
    anchors = _increasing(named)
    placed: list[Placed] = []
    at = 0
    strayed = False
    while at < len(runs):
        anchor = anchors[at]
        if anchor is None:
            at += 1
            continue
        tokens = list(runs[at].tokens)
        own = len(tokens)
        following = at + 1
        while following < len(runs) and named[following] is None and _goes_on(rows[anchor:], runs[following]):
            tokens += runs[following].tokens
            following += 1
        upper = anchors[following] if following < len(runs) else len(rows)
        count = (upper - anchor) if upper is not None else 0
        said = labels_among(runs[at].before, rows) if strayed else []
        strayed = len(tokens) > width and len(tokens) != count * width
        words = runs[following].before if following < len(runs) else behind
        if (count > 1 and glued) or len(said) > 1 or at in apart:
            placed.append((rows[anchor], (), True))
        elif count > 1 and len(tokens) == count * width and _out_of_order(words, rows):
            placed += [(rows[anchor + offset], (), True) for offset in range(count)]
        elif count > 1 and len(tokens) == count * width:
            for offset in range(count):
                chunk = tuple(tokens[offset * width : (offset + 1) * width])
                placed.append((rows[anchor + offset], chunk, offset == 0 and own == width))
        elif own == width or count == 1 or len(tokens) < 2 * width:
            chosen = tokens if count == 1 and own != width else tokens[:own]
            placed.append((rows[anchor], tuple(chosen), chosen is not tokens or own == len(tokens)))
        at = following
    there = {row.key for row, _, _ in placed}
    for index, (run, row, anchor) in enumerate(zip(runs, named, anchors, strict=True)):
        if (
            anchor is None
            and row is not None
            and index not in apart
            and len(run.tokens) == width
            and rows[row].key in there
        ):
            placed.append((rows[row], run.tokens, True))
    return placed


def _increasing(anchors: Sequence[int | None]) -> list[int | None]:
    """The anchors that agree with the form's order: the longest increasing sequence; others count as unknown."""
    best: list[tuple[int, int]] = []
    chains: dict[int, tuple[int, int]] = {}
    for i, row in enumerate(anchors):
        if row is None:
            continue
        length, before = 1, -1
        for j, (size, _) in chains.items():
            other = anchors[j]
            if other is not None and other < row and size + 1 > length:
                length, before = size + 1, j
        chains[i] = (length, before)
    if not chains:
        return list(anchors)
    at = max(chains, key=lambda i: chains[i][0])
    while at >= 0:
        best.append((at, anchors[at] or 0))
        at = chains[at][1]
    kept = dict(best)
    return [kept.get(i) if anchors[i] is not None else None for i in range(len(anchors))]


def _out_of_order(words: str, rows: Sequence[Row]) -> bool:
    """Whether labels stand among the words in another order than the form's: then so may the figures before them."""
    order = {row.key: index for index, row in enumerate(rows)}
    named = [order[key] for key in labels_among(words, rows)]
    return named != sorted(named)


def _goes_on(rows: Sequence[Row], run: Run) -> bool:
    """Whether figures may still be those of these rows: behind the table's last row only if no other words begin."""
    return len(rows) > 1 or any(letters(run.before) in letters(label) for label in rows[0].labels)
