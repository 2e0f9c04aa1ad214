"""The running text of a report: its paragraphs, headings, and every figure in it with what it counts."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from gongkai.annual.form import Form
from gongkai.annual.phrases import Phrase, phrases, wording
from gongkai.annual.reading.document import Document
from gongkai.annual.reading.words.clauses import Clause, clauses, clean
from gongkai.annual.reading.words.counts import Count, counts
from gongkai.annual.reading.words.frame import frame_of
from gongkai.annual.reading.words.identity import identify
from gongkai.annual.reading.words.naming import (
    OWN,
    Setting,
    in_years,
    name,
    none_of,
    topic_of,
    topics_at,
    topics_in,
    years_named,
)
from gongkai.annual.reading.words.prose import Prose
from gongkai.annual.reading.words.sections import Part, divide
from gongkai.annual.reading.words.summary import summary
from gongkai.annual.reading.words.wholes import shares, wholes
from gongkai.annual.report import Figure, Narrative

LONGEST = 1500
"""A sentence of more characters than this is cut: no writer's sentence is as long."""

MOST = 20_000
"""So many figures are read of one text; a report has some hundred."""

LEAD = 300
"""So many characters before a clause may say what list it stands in."""

HEAD = 14
"""A year stands within so many characters at the head of a clause, or the clause does not speak of it."""

_SENTENCE = re.compile(rf"[^。！？\n]{{1,{LONGEST}}}[。！？]?")
_SUBHEADING = re.compile(
    r"^(?:（[一二三四五六七八九十]{1,2}）|[一二三四五六七八九十]{1,2}、|\d{1,2}[.、](?=[^，。；：\d]{2,20}[。\n]))([^，。；：\d]{2,40})"
)
_SEGMENT = re.compile(r"[，；：]")


def read_narrative(
    document: Document, form: Form | None = None, year: int | None = None, title: str | None = None
) -> Narrative:
    """The narrative of a document.

    ``form`` is the form whose headings to look for (None: the one that fits best), ``year`` the report's year and
    ``title`` its title, which is no paragraph (None: as the document states them): a figure of another year is never
    named. Never raises.
    """
    if year is None or title is None:
        identity = identify(document)
        year, title = year if year is not None else identity.year, title if title is not None else identity.title
    prose = Prose(document, frame_of(document, title))
    division = divide(prose, form)
    headings = {heading.section: heading.text for heading in division.headings}
    paragraphs, figures = [], _Figures(prose, year)
    for part in division.parts:
        figures.begin(headings.get(part.section, ""))
        for start, end in _paragraphs(prose.text, part):
            paragraphs.append((part.section, prose.printed[start:end], prose.where(start)))
            for match in _SENTENCE.finditer(prose.text, start, end):
                figures.read(match.start(), match[0], part.section)
    found = tuple(_distinct(figures.found))
    return Narrative(tuple(paragraphs), division.headings, found, summary(found))


def _paragraphs(text: str, part: Part) -> Iterator[tuple[int, int]]:
    at = part.start
    for piece in text[part.start : part.end].split("\n"):
        if piece.strip():
            yield at, at + len(piece)
        at += len(piece) + 1


@dataclass(slots=True)
class _Before:
    """What the sentence before leaves to the next one: its counts outside of lists, and the whole of its last share."""

    tops: list[tuple[int, Count]]
    whole: int | None = None


class _Sentence:
    """A sentence with its matters and its year words, found once for all its clauses."""

    def __init__(self, text: str, year: int | None) -> None:
        self.text = text
        self._topics = topics_at(text)
        self._years: list[tuple[int, tuple[str, int | None]]] = []
        words = wording().words
        start = 0
        for segment in _SEGMENT.split(text):
            if not any(word in segment for word in (*words["compared"], *words["carried"])):
                named = years_named(segment, year, HEAD)
                if named != (OWN, None):
                    self._years.append((start, named))
            start += len(segment) + 1

    def topic_before(self, at: int) -> str | None:
        """The matter that the words before that place speak of last."""
        place = bisect_right(self._topics, at, key=lambda found: found[0]) - 1
        return self._topics[place][1] if place >= 0 else None

    def year_before(self, at: int) -> tuple[str, int | None]:
        """The year that the words before that place speak of: at the head of a clause, and not to compare with."""
        place = bisect_left(self._years, at, key=lambda found: found[0]) - 1
        return self._years[place][1] if place >= 0 else (OWN, None)


class _Figures:
    """Reads sentence after sentence and keeps what the next one needs to be understood."""

    def __init__(self, prose: Prose, year: int | None) -> None:
        self.prose = prose
        self.year = year
        self.found: list[Figure] = []
        self.topics: dict[int, str | None] = {}
        self.section_heading = self.heading = ""
        self.before = _Before([])

    def begin(self, heading: str) -> None:
        """A new section begins under that heading."""
        self.section_heading, self.heading, self.before = heading, heading, _Before([])

    def read(self, at: int, sentence: str, section: int | None) -> None:
        """Reads the sentence that stands at that offset."""
        if subheading := _SUBHEADING.match(sentence):
            self.heading = (
                subheading[1] if topic_of(subheading[1]) or topics_in(subheading[1]) else self.section_heading
            )
        counted = counts(sentence)[: MOST - len(self.found)] if len(self.found) < MOST else []
        if not counted and not _said_none(sentence):
            return
        within = topics_in(sentence) | _heading_topics(self.heading) | _heading_topics(self.section_heading)
        about = _Sentence(sentence, self.year)
        first = len(self.found)
        made = clauses(sentence, counted)
        whole = self._wholes(made)
        for i in range(len(made)):
            self.found.append(self._figure(at, sentence, section, made, whole, i, within, first, about))
        self._nothing(at, about, section, counted, within)
        if made:
            tops = [(first + i, c.count) for i, c in enumerate(made) if not c.count.percent and whole[i] is None]
            shared = [self.found[first + i].whole for i, c in enumerate(made) if c.count.percent]
            self.before = _Before(tops, shared[-1] if shared else None)

    def _wholes(self, made: Sequence[Clause]) -> list[int | None]:
        """For each clause the index (in the figures of the text) of the figure it is a part of."""
        first = len(self.found)
        tops = self.before.tops[-8:]
        keys = {-1 - place: index for place, (index, _) in enumerate(tops)}
        local = wholes(made, list(keys), [count for _, count in tops])
        found = [None if one is None else keys[one] if one < 0 else first + one for one in local]
        for i, clause in enumerate(made):
            if not clause.count.percent or i == 0 or made[i - 1].count.percent or not shares(clause.gap):
                continue
            if i == 1 and found[0] is None and self.before.whole is not None:
                found[0] = self.before.whole  # 「…1687 条，占 66%。各乡镇…856 条，占 34%」
            found[i] = found[i - 1]
        return found

    def _figure(
        self,
        at: int,
        sentence: str,
        section: int | None,
        made: Sequence[Clause],
        whole: list[int | None],
        i: int,
        within: frozenset[str],
        first: int,
        about: _Sentence,
    ) -> Figure:
        clause, count = made[i], made[i].count
        index = first + i
        figure = Figure(
            what=None,
            phrase=clause.phrase,
            value=count.value,
            unit=count.unit,
            sentence=self.prose.printed[at : at + len(sentence)],
            where=self.prose.where(at + count.start),
            section=section,
            whole=whole[i],
            percent=count.percent,
            approximate=count.approximate,
            in_words=count.in_words,
        )
        around, number = about.year_before(clause.start)
        own, own_number = years_named(sentence[clause.start : count.start], self.year)
        figure = replace(figure, year=own_number if own_number is not None else number)
        if count.percent:
            self.topics[index] = None
            if i and not made[i - 1].count.percent and shares(clause.gap):
                item = self.found[index - 1]
                figure = replace(figure, phrase=item.phrase, whole=item.whole)
            return figure
        text = in_years(clause.text, self.year)
        over = self.found[figure.whole] if figure.whole is not None else None
        topic = self.topics[figure.whole] if figure.whole is not None else about.topic_before(clause.start)
        setting = Setting(
            topic=topic or topic_of(self.heading) or topic_of(self.section_heading),
            within=within,
            lead=sentence[max(0, clause.start - LEAD) : clause.start],
            year=OWN if own != OWN or own_number is not None else around,
            whole=over.what if over else None,
        )
        self.topics[index] = topic_of(text) if figure.whole is None else self.topics[figure.whole]
        self.topics[index] = self.topics[index] or setting.topic
        if any(word in text.partition("#")[0] for word in wording().words["compared"]):
            return figure
        found = name(text, count.unit, setting)
        if over and over.what:
            alone = name(text, count.unit, replace(setting, whole=None))
            if alone and over.what in alone.not_part_of and whole.index(figure.whole) < i:
                # 「收到 7 件，其中网上 5 件，办结 6 件」: the list has ended
                for later in range(i, len(made)):
                    if whole[later] == figure.whole:
                        whole[later] = None
                return replace(figure, what=alone.what, whole=None)
            if found and found.what == over.what:
                return figure
        if found is None:
            return figure
        if found.whole and figure.whole is None:
            figure = replace(figure, whole=self._named(found.whole, first, index))
        if found.whole and figure.whole is None and self._of_other_cases(found, first, index):
            return figure
        carried = any(word in text for word in wording().words["carried"])
        return replace(figure, what=found.what, year=number if carried else figure.year)

    def _of_other_cases(self, phrase: Phrase, first: int, index: int) -> bool:
        """Whether the sentence counts cases of that matter before, but not those of this report: a justice bureau's
        120 reconsideration cases, of which 60 were upheld, are not about disclosure."""
        before = self.found[first:index]
        return any(one.what is None and topic_of(one.phrase) in phrase.topic for one in before)

    def _named(self, what: str, first: int, index: int) -> int | None:
        """The last figure of that name in the sentence before that index."""
        return next((one for one in range(index - 1, first - 1, -1) if self.found[one].what == what), None)

    def _nothing(
        self, at: int, about: _Sentence, section: int | None, counted: Sequence[Count], within: frozenset[str]
    ) -> None:
        """The figures that the sentence says are none, without a number: 未收到…申请 is 0."""
        sentence = about.text
        if not _said_none(sentence) or len(self.found) >= MOST:
            return
        start = 0
        for piece in _SEGMENT.split(sentence):
            end = start + len(piece)
            if not any(start <= count.start < end for count in counted):
                text = in_years(clean(piece.strip("。！？")), self.year)
                year, _ = about.year_before(start)
                setting = Setting(None, within, "", year)
                if phrase := none_of(text, setting):
                    self.found.append(
                        Figure(
                            what=phrase.what,
                            phrase=clean(piece.strip("。！？")),
                            value=0,
                            unit="",
                            sentence=self.prose.printed[at : at + len(sentence)],
                            where=self.prose.where(at + start),
                            section=section,
                            in_words=True,
                        )
                    )
            start = end + 1


@lru_cache(maxsize=64)
def _heading_topics(heading: str) -> frozenset[str]:
    return topics_in(heading)


def _said_none(sentence: str) -> bool:
    return any(char in sentence for char in "未没无不")


def _distinct(figures: Sequence[Figure]) -> Iterator[Figure]:
    """Without the names of figures that must be of different things: 「全县 749 件」 and 「县政府办公室 30 件」.

    Where the same thing is said twice with different numbers, and only some say that they are of the whole area, the
    others lose their name. Words for a number that count nothing known are no figures (「一次」).
    """
    areas = wording().words["whole_area"]
    said: dict[str, list[Figure]] = {}
    for figure in figures:
        if figure.what and figure.whole is None:
            said.setdefault(figure.what, []).append(figure)
    unclear = set()
    for what, some in said.items():
        wide = [one for one in some if any(word in one.phrase for word in areas)]
        if wide and len({one.value for one in some}) > 1:
            unclear |= {id(one) for one in some if one not in wide and one.value not in {w.value for w in wide}}
        if not phrases()[what].cells:
            unclear -= {id(one) for one in some}
    for figure in figures:
        yield replace(figure, what=None) if id(figure) in unclear else figure
