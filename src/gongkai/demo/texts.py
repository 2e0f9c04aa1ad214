"""The running text of a made-up report, with the figures of its tables in it.

A slip is a deliberate mistake of the kinds that real reports make: a figure that is not the table's, parts that do not
make the whole, last year's number or another agency's name left standing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from gongkai.annual.finding import Number, Where
from gongkai.annual.form import Form
from gongkai.annual.report import Figure, Heading, Narrative
from gongkai.demo import sentences
from gongkai.demo.agencies import Agency

SLIPS = (
    "text_not_table",
    "parts_not_whole",
    "cases_without_outcomes",
    "percent_not_hundred",
    "other_year",
    "other_agency",
    "fees_silent",
)
"""What may be wrong in a text: see ``_Teller`` where each is acted out."""

_Said = tuple[str | None, str, Number, str]
"""A figure as a sentence says it: what it counts (a name of the forms' phrases), in words, the number, its unit."""


@dataclass
class _Teller:
    """Collects headings, paragraphs and figures while the text is told."""

    agency: Agency
    year: int
    form: Form
    tables: Mapping[str, Mapping[str, Number | None]]
    rng: Random
    slips: frozenset[str]
    others: str
    paragraphs: list[tuple[int | None, str, Where]] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    section: int | None = None

    def head(self, number: int) -> None:
        found = next(section for section in self.form.sections if section.number == number)
        self.section = number
        self.headings.append(Heading(found.heading, number, Where()))

    def say(self, *said: str) -> None:
        self.paragraphs.append((self.section, "".join(said), Where()))

    def count(self, sentence: str, *figures: _Said, parts: bool = False) -> str:
        """The sentence, with its figures (what, phrase, value, unit) put on record; ``parts``: of the first one."""
        whole = len(self.figures)
        for index, (what, phrase, value, unit) in enumerate(figures):
            part_of = whole if parts and index else None
            self.figures.append(
                Figure(what, phrase, value, unit, sentence, Where(), section=self.section, whole=part_of)
            )
        return sentence

    def some(self, sentences: tuple[str, ...], most: int = 3) -> str:
        """One to ``most`` of these sentences, as one."""
        return "；".join(self.rng.sample(sentences, self.rng.randint(1, most))) + "。"

    def table(self, name: str) -> int:
        """The whole number in that cell (0 where blank or absent)."""
        table, _, cell = name.partition("/")
        return int(self.tables.get(table, {}).get(cell) or 0)

    def outcome_sums(self) -> list[tuple[str, str, int]]:
        """Result groups (key, label, total of their rows), as the text counts them."""
        table = self.form.tables["requests"]
        sums: dict[str, int] = {}
        for row in table.outcomes:
            group = row.under if row.under not in (None, "results") else row.key
            sums[str(group)] = sums.get(str(group), 0) + self.table(f"requests/{table.cell(row, 'total')}")
        labels = {row.key: row.label for block in table.blocks for row in block.rows}
        return [(key, labels[key].partition("（")[0], value) for key, value in sums.items()]


def tell(
    agency: Agency,
    year: int,
    form: Form,
    tables: Mapping[str, Mapping[str, Number | None]],
    rng: Random,
    *,
    slips: frozenset[str] = frozenset(),
    others: str = "",
) -> Narrative:
    """The narrative of a report with these tables. ``others`` is the name that the slip ``other_agency`` leaves."""
    teller = _Teller(agency, year, form, tables, rng, slips, others)
    named_year = year - 1 if "other_year" in slips else year
    name = others if "other_agency" in slips and others else agency.name
    teller.say(
        f"按照《中华人民共和国政府信息公开条例》的要求，{name}编制了{year}年政府信息公开工作年度报告。",
        f"本报告的统计期限为{named_year}年1月1日至{named_year}年12月31日。",
    )
    if "indicators" in form.tables:
        _old(teller)
    else:
        _new(teller)
    return Narrative(tuple(teller.paragraphs), tuple(teller.headings), tuple(teller.figures))


def _published(teller: _Teller) -> None:
    """How many items were published, by kind; the parts make the whole unless the slip says otherwise."""
    *named, rest = sentences.KINDS
    kinds = [*teller.rng.sample(named, 3), rest]
    parts = [teller.rng.randint(1, 40 * (index + 1)) for index in range(len(kinds))]
    whole = sum(parts) - (1 if "parts_not_whole" in teller.slips else 0)
    listed = "，".join(f"{kind}{part}条" for kind, part in zip(kinds, parts, strict=True))
    figures: list[_Said] = [("published", "主动公开政府信息", whole, "条")]
    figures += [("published_by_kind", kind, part, "条") for kind, part in zip(kinds, parts, strict=True)]
    teller.say(
        "（一）主动公开。",
        teller.some(sentences.PUBLISHING, 4),
        teller.count(f"全年主动公开政府信息{whole}条，其中：{listed}。", *figures, parts=True),
    )


def _requests(teller: _Teller) -> None:
    received = teller.table("requests/received:total") + (3 if "text_not_table" in teller.slips else 0)
    carried_in = teller.table("requests/carried_in:total")
    total = teller.table("requests/total:total")
    carried_out = teller.table("requests/carried_out:total")
    groups = [(key, label, value) for key, label, value in teller.outcome_sums() if value]
    first = teller.count(
        f"{teller.year}年，新收政府信息公开申请{received}件，上年结转{carried_in}件，"
        f"办结{total}件，结转下年度继续办理{carried_out}件。",
        ("requests_received", "新收政府信息公开申请", received, "件"),
        ("carried_in", "上年结转", carried_in, "件"),
        ("requests_handled", "办结", total, "件"),
        ("carried_out", "结转下年度继续办理", carried_out, "件"),
    )
    second = ""
    if groups:
        listed = "，".join(f"{label}{value}件" for _, label, value in groups)
        figures: list[_Said] = [("requests_handled", "办结", total, "件")]
        figures += [(key, label, value, "件") for key, label, value in groups]
        second = teller.count(f"办结的{total}件中，{listed}。", *figures, parts=True)
    teller.say("（二）依申请公开。", first, second, teller.some(sentences.HANDLING))


def _disputes(teller: _Teller) -> None:
    parts = {
        name: teller.table(f"disputes/{name}.total")
        for name in ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
    }
    reconsideration = parts["reconsideration"]
    litigation = parts["litigation_direct"] + parts["litigation_after_reconsideration"]
    figures: list[_Said] = [
        ("reconsideration.total", "行政复议", reconsideration, "件"),
        ("litigation.total", "行政诉讼", litigation, "件"),
    ]
    sentence = f"因政府信息公开工作被申请行政复议{reconsideration}件，被提起行政诉讼{litigation}件。"
    if "cases_without_outcomes" in teller.slips:
        sentence = "因政府信息公开工作被申请行政复议0件，其中维持4件，占40%；其他情形6件，占60%。"
        figures = [("reconsideration.total", "行政复议", 0, "件"), (None, "维持", 4, "件"), (None, "其他情形", 6, "件")]
    teller.say("（三）监督救济。", teller.count(sentence, *figures, parts="cases_without_outcomes" in teller.slips))


def _management(teller: _Teller) -> None:
    trained, pages = teller.rng.randint(1, 6), teller.rng.randint(3, 30)
    online = teller.rng.randint(50, 90)
    in_person = 100 - online - (12 if "percent_not_hundred" in teller.slips else 0)
    teller.say(
        "（四）政府信息管理和平台建设。",
        teller.some(sentences.MANAGEMENT),
        teller.some(sentences.PLATFORM, 2),
        teller.count(f"全年整理公开栏目{pages}个。", (None, "整理公开栏目", pages, "个")),
        f"收到的申请中，网上提出的占{online}%，当面提出的占{in_person}%。",
    )
    teller.say(
        "（五）监督保障。",
        teller.some(sentences.SUPERVISION),
        teller.count(f"举办业务培训{trained}期。", (None, "举办业务培训", trained, "期")),
    )


def _problems(teller: _Teller) -> None:
    problems = teller.rng.sample(sentences.PROBLEMS, 2)
    remedies = teller.rng.sample(sentences.REMEDIES, 2)
    teller.say(f"{teller.year}年工作中还有两点不足：一是{problems[0]}；二是{problems[1]}。")
    teller.say(f"{teller.year + 1}年，准备从两个方面改进：一是{remedies[0]}；二是{remedies[1]}。")


def _new(teller: _Teller) -> None:
    """The six sections of the forms of 2019 and 2021; sections two to four are the tables."""
    teller.head(1)
    for part in (_published, _requests, _disputes, _management):
        part(teller)
    for number in (2, 3, 4):
        teller.head(number)
    teller.head(5)
    _problems(teller)
    teller.head(6)
    if teller.form.first_year < 2021 or "fees_silent" in teller.slips:
        teller.say("没有其他需要报告的事项。")
        return
    notices = max(teller.table("requests/other.fee_overdue:total"), teller.rng.choice((0, 0, 0, 2)))
    amount = notices * 30
    paid = 30 * (notices - teller.table("requests/other.fee_overdue:total"))
    teller.say(
        teller.count(
            f"{teller.year}年共发出信息处理费收费通知{notices}件，通知收费总金额{amount}元，实际收取{paid}元。",
            ("fee_notices", "发出信息处理费收费通知", notices, "件"),
            ("fees_notified_yuan", "通知收费总金额", amount, "元"),
            ("fees_yuan", "实际收取", paid, "元"),
        )
    )


def _old(teller: _Teller) -> None:
    """The heads of the reports before 2019."""
    teller.head(1)
    teller.say(f"{teller.year}年，{teller.agency.short}继续推进政府信息公开。", teller.some(sentences.MANAGEMENT))
    teller.head(2)
    published = teller.table("indicators/published")
    wrong = 1 if "parts_not_whole" in teller.slips else 0
    website = published // 3
    teller.say(
        teller.count(
            f"全年主动公开政府信息{published}条，其中：政策法规类{website}条，"
            f"工作动态类{published - website + wrong}条。",
            ("published", "主动公开政府信息", published, "条"),
            ("published_by_kind", "政策法规类", website, "条"),
            ("published_by_kind", "工作动态类", published - website + wrong, "条"),
            parts=True,
        )
    )
    teller.head(3)
    received = teller.table("indicators/received") + (3 if "text_not_table" in teller.slips else 0)
    teller.say(
        teller.count(
            f"全年收到政府信息公开申请{received}件，均已登记。", ("requests_received", "收到申请", received, "件")
        )
    )
    teller.head(4)
    teller.say("全年未就提供政府信息收取费用的情况另行说明，数额见统计表。")
    teller.head(5)
    reconsideration, litigation = teller.table("indicators/reconsideration"), teller.table("indicators/litigation")
    sentence = f"被申请行政复议{reconsideration}件，被提起行政诉讼{litigation}件。"
    figures: list[_Said] = [
        ("reconsideration.total", "行政复议", reconsideration, "件"),
        ("litigation.total", "行政诉讼", litigation, "件"),
    ]
    if "cases_without_outcomes" in teller.slips:
        sentence = "被申请行政复议0件，其中维持4件，占40%；其他情形6件，占60%。"
        figures = [("reconsideration.total", "行政复议", 0, "件"), (None, "维持", 4, "件"), (None, "其他情形", 6, "件")]
    teller.say(teller.count(sentence, *figures))
    teller.head(6)
    _problems(teller)
    teller.head(7)
