"""Labels as reports print them, matched tolerantly with labels as the form prints them.

Real reports drop characters, put spaces between them, use half-width brackets, traditional characters and short forms
(layouts.md §F). A label is recognised only where one label of the form is clearly nearer than every other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from opencc import OpenCC
from rapidfuzz import fuzz, process

NEAR = 80.0
"""From this similarity (0–100) on a label counts as a misprint of another; 其他法律行政止公开 has 86."""

AHEAD = 8.0
"""By so much the best label must beat the second best."""

SHORT = 3
"""Labels of at most so many characters (其他, 总计, 规章) are recognised only to the letter."""

NUMBERING = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}\s*[、,.:]|[(\[]\s*(?:[一二三四五六七八九十]{1,3}|\d{1,2})\s*[)\]]"
    r"|[一二三四五六七八九十]{1,3}\s*\)|\d{1,2}\s*[、.,)](?!\d))\s*"
)
OF_WHICH = re.compile(r"^\s*其中\s*[:,]?\s*")
_CIRCLED = re.compile(r"^\s*[①-⑳⑴-⒇㈠-㈩]\s*")
_PINYIN = re.compile(r"(?<=[\u3400-\u9fff])\([a-zü\u00e0-\u01dc]{1,7}\)")
_KEPT = re.compile(r"[^0-9A-Za-z\u3400-\u9fff]+")


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


@lru_cache(maxsize=8192)
def simplified(text: str) -> str:
    """The text in simplified characters."""
    return str(_converter().convert(text)) if not text.isascii() else text


def half_width(text: str) -> str:
    """Full-width digits, letters and punctuation made half-width (NFKC), so that ``（１）`` is ``(1)``.

    Pinyin that mirror sites print behind characters, 數(shù), is taken out.
    """
    if text.isascii():
        return text
    return _PINYIN.sub("", unicodedata.normalize("NFKC", text))


def tidy_label(text: str) -> str:
    """A label to show: as printed, without spaces and mirror sites' pinyin, in simplified characters."""
    return simplified(_PINYIN.sub("", re.sub(r"\s+", "", text)))


@lru_cache(maxsize=16384)
def bare(text: str) -> str:
    """What remains of a label for comparison: simplified, no spaces, no punctuation, no numbering in front."""
    text = half_width(_CIRCLED.sub("", text))
    while True:
        shorter = OF_WHICH.sub("", NUMBERING.sub("", text, count=1), count=1)
        if shorter == text:
            break
        text = shorter
    return letters(text)


@lru_cache(maxsize=16384)
def letters(text: str) -> str:
    """Only the characters and digits of a text, simplified, half-width; numbering kept."""
    return simplified(_KEPT.sub("", half_width(text)))


@dataclass(frozen=True)
class Labels:
    """A set of labels, each with the key it stands for. Several labels may stand for one key."""

    keys: tuple[str, ...]
    forms: tuple[str, ...]

    @staticmethod
    def of(pairs: Iterable[tuple[str, str]]) -> Labels:
        """From (key, label as printed) pairs."""
        listed = list(dict.fromkeys((key, bare(label)) for key, label in pairs if bare(label)))
        return Labels(tuple(key for key, _ in listed), tuple(form for _, form in listed))

    def find(self, text: str) -> str | None:
        """The key of the label that the text is, or None if it is none of them or could be two."""
        return _find(self, bare(text))

    def exact(self, text: str) -> str | None:
        """The key of the label that the text is to the letter."""
        wanted = bare(text)
        return next((key for key, form in zip(self.keys, self.forms, strict=True) if form == wanted), None)

    def __hash__(self) -> int:
        return hash((self.keys, self.forms))


@lru_cache(maxsize=16384)
def _find(labels: Labels, wanted: str) -> str | None:
    if not wanted:
        return None
    for key, form in zip(labels.keys, labels.forms, strict=True):
        if form == wanted:
            return key
    if len(wanted) <= SHORT:
        return None
    scored: dict[str, float] = {}
    for form, score, index in process.extract(wanted, labels.forms, scorer=fuzz.ratio, limit=4, score_cutoff=60):
        if len(form) <= SHORT:
            continue
        # A label cut short, or one with a note behind it, is as good as the label itself.
        if len(wanted) >= 5 and (form.startswith(wanted) or wanted.startswith(form)) and len(form) >= 5:
            score = max(score, 90.0)
        scored[labels.keys[index]] = max(score, scored.get(labels.keys[index], 0.0))
    for index, form in enumerate(labels.forms):
        if len(form) >= 5 and len(wanted) >= 5 and (form.startswith(wanted) or wanted.startswith(form)):
            scored[labels.keys[index]] = max(90.0, scored.get(labels.keys[index], 0.0))
    ranked = sorted(scored.items(), key=lambda item: -item[1])
    if not ranked or ranked[0][1] < NEAR:
        return None
    if len(ranked) > 1 and ranked[0][1] - ranked[1][1] < AHEAD:
        return None
    return ranked[0][0]
