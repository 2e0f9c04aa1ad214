"""Figures of the running text: what is counted, of which whole, of which year; and what must get no name."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.annual.finding import Where
from gongkai.annual.form import forms
from gongkai.annual.phrases import phrases
from gongkai.annual.reading.document import Document, Line
from gongkai.annual.reading.labels import half_width
from gongkai.annual.reading.words.narrative import read_narrative
from gongkai.annual.report import Figure
from gongkai.demo.making import make
from tests.annual.reading.words.prose_documents import document

TITLE = "青禾县数据资源局2023年政府信息公开工作年度报告"
REQUESTS = "（二）依申请公开情况"

Said = list[tuple[str | None, int | float]]


def figures(sentence: str, heading: str = REQUESTS) -> tuple[Figure, ...]:
    return read_narrative(document(TITLE, "一、总体情况", heading, sentence, kind="docx"), year=2023).figures


def said(sentence: str, heading: str = REQUESTS) -> Said:
    """Name and number of every figure that is no percentage."""
    return [(one.what, float(one.value)) for one in figures(sentence, heading) if not one.percent]


def named(sentence: str, heading: str = REQUESTS) -> dict[str, float]:
    return {what: value for what, value in said(sentence, heading) if what}


# ── Requests ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "sentence",
    [
        "2023年，我局共收到政府信息公开申请12件。",
        "全年新收政府信息公开申请12件，全部办结。",
        "2023 年度本机关受理依申请公开事项共 12 件。",
        "我局共收到依申请公开１２宗。",
        "通过依申请公开平台共收到12宗政府信息依申请公开。",
        "2023年，收到并答复政府信息公开申请12件。",
        "2023年本機關共收到政府信息公開申請12件。",
        "2023年1月1日至2023年12月31日，共收到政府信息公开申请12件。",
        "截至2023年12月31日，共收到政府信息公开申请12件。",
        "本年度收到申请12件，较上年增加5件，增长70%。",
        "我局收到的12件依申请公开中，有8件要求提供土地审批文件。",
        "共收到十二件政府信息公开申请。",
        "去年收到申请9件，2023年收到申请12件。",
        "全年接收处理依申请公开12件。",
        "全年收到依申請(qǐng)公開信息12條，答復(fù)率100%。",
        "全街共受理政府信息公开申请总数12件。",
    ],
)
def test_requests_received(sentence: str) -> None:
    assert named(sentence) == {"requests_received": 12}


@pytest.mark.parametrize(
    "sentence",
    [
        "2022年收到政府信息公开申请12件。",
        "去年受理申请12件。",
        "今年受理申请较多。去年受理12件。",
        "2024年计划收到政府信息公开申请12件。",
        "近三年来共收到政府信息公开申请12件。",
        "上半年收到政府信息公开申请12件。",
        "截至9月底，收到政府信息公开申请12件。",
        "全县共受理网络问政12件，处理信访投诉12件，办理人大建议12件。",
        "全年受理行政许可申请12件，办结12件。",
        "受理行政复议申请12件，其中政府信息公开类12件。",
        "县政府本级收到政府信息公开申请12件。",
        "各镇街共收到政府信息公开申请12件。",
        "收到省数据局转来的政府信息公开申请12件。",
        "收到涉及征地拆迁的政府信息公开申请12件。",
        "收到政府信息公开申请12 345件。",
        "对12件申请作出第三方意见征求。",
        "收到行政复议后重新作出答复12件。",
        "平均每月收到政府信息公开申请12件。",
    ],
)
def test_what_may_not_be_taken_for_requests(sentence: str) -> None:
    assert named(sentence) == {}


def test_the_course_of_requests() -> None:
    assert said("全年新收政府信息公开申请35件，上年度结转2件，办结36件，结转下年度继续办理1件。") == [
        ("requests_received", 35),
        ("carried_in", 2),
        ("requests_answered", 36),
        ("carried_out", 1),
    ]


def test_years_beside_what_is_carried_over() -> None:
    assert named("2022年结转申请2件，结转至2024年办理3件。") == {"carried_in": 2, "carried_out": 3}


def test_carried_over_in_brackets_and_beside() -> None:
    sentence = (
        "全市共受理政府信息公开申请3119件，答复3050件（含上年度结转申请34件，另有103件顺延到下年度答复），均按期答复。"
    )
    found = figures(sentence)
    assert [(one.what, one.value, one.whole) for one in found] == [
        ("requests_received", 3119, None),
        ("requests_answered", 3050, None),
        ("carried_in", 34, 1),
        ("carried_out", 103, None),
    ]


def test_answered_in_time_is_not_answered() -> None:
    assert said("收到申请18件，按时办结17件，延期答复1件。") == [
        ("requests_received", 18),
        ("requests_answered_in_time", 17),
        ("requests_answered_late", 1),
    ]


def test_applicants_are_parts_of_the_requests() -> None:
    found = figures("全县全年共受理政府信息公开申请749件，其中自然人申请741件，法人或其他组织申请8件；共办理718件。")
    assert [(one.what, one.whole) for one in found] == [
        ("requests_received", None),
        ("requests_received.natural_person", 0),
        ("requests_received.organisations", 0),
        ("requests_handled", None),
    ]


def test_a_part_that_says_the_same_words_has_no_name() -> None:
    assert said("全县共收到政府信息公开申请749件，其中县政府办公室收到申请30件。") == [
        ("requests_received", 749),
        (None, 30),
    ]


def test_the_whole_area_before_one_office_of_it() -> None:
    assert said("全市共收到政府信息公开申请3119件。市政府办公室收到政府信息公开申请215件。") == [
        ("requests_received", 3119),
        (None, 215),
    ]


def test_channels() -> None:
    found = figures(
        "收到申请13件，其中：网络申请9件，占69.2%；信函申请3件，占23.1%；当面申请1件，占7.7%；传真申请0件。"
    )
    assert [(one.what, one.whole, one.percent) for one in found[:4]] == [
        ("requests_received", None, False),
        ("requests_received.online", 0, False),
        (None, 0, True),
        ("requests_received.mail", 0, False),
    ]
    assert found[2].phrase == "网络申请"
    assert found[-1].what == "requests_received.fax"


# ── Outcomes ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_outcomes_with_their_grounds_nested() -> None:
    found = figures(
        "共收到并答复政府信息公开申请6宗。其中：部分公开2宗；不予公开2宗，其中属于其他法律行政法规禁止公开1宗，"
        "三类内部事务信息1宗；无法提供2宗，其中本机关不掌握相关政府信息2宗。"
    )
    assert [(one.what, one.value, one.whole) for one in found] == [
        ("requests_received", 6, None),
        ("partial", 2, 0),
        ("refused", 2, 0),
        ("refused.prohibited_by_law", 1, 2),
        ("refused.internal_affairs", 1, 2),
        ("unavailable", 2, 0),
        ("unavailable.not_held", 2, 5),
    ]


def test_outcomes_in_brackets() -> None:
    found = figures("答复申请共7件，其中公开6件（主动公开1件、依申请公开1件、部分公开4件），不予公开1件。")
    assert [(one.what, one.value, one.whole) for one in found] == [
        ("requests_answered", 7, None),
        ("granted_in_whole_or_part", 6, 0),
        ("granted_already_public", 1, 1),
        ("granted_provided", 1, 1),
        ("partial", 4, 1),
        ("refused", 1, 0),
    ]


def test_outcomes_behind_a_colon() -> None:
    found = figures("答复申请25件：予以公开10件、部分公开3件、不予公开4件、无法提供6件、不予处理1件、其他处理1件。")
    assert [one.whole for one in found] == [None, 0, 0, 0, 0, 0, 0]
    assert [one.what for one in found[1:]] == ["granted", "partial", "refused", "unavailable", "declined", "other"]


def test_outcomes_among_those_answered() -> None:
    found = figures("办结的18件中，予以公开10件，部分公开3件，不予公开5件。")
    assert [(one.what, one.whole) for one in found[:2]] == [("requests_answered", None), ("granted", 0)]


@pytest.mark.parametrize(
    ("label", "key"),
    [
        (row.label.partition("（")[0], row.key)
        for row in forms()["2021"].tables["requests"].outcomes
        if row.key != "other.remaining"  # 「其他」 says nothing by itself
    ],
)
def test_every_outcome_of_the_form_by_its_label(label: str, key: str) -> None:
    found = figures(f"答复申请9件，其中{label}3件，撤回6件。")
    assert (found[1].what, found[1].value, found[1].whole) == (key, 3, 0)


def test_outcomes_are_none_of_published_items() -> None:
    assert named("全年制发政策文件20件，予以公开18件，不予公开2件。", "（一）主动公开情况") == {}


# ── Reconsideration and litigation ───────────────────────────────────────────────────────────────────────────────


def test_the_nearest_word_tells_reconsideration_from_litigation() -> None:
    sentence = "政府信息公开类行政诉讼复议4宗，结果维持；行政诉讼1宗，因当事人提供了新证据被纠正。"
    assert said(sentence) == [("reconsideration.total", 4), ("litigation.total", 1)]


def test_dispute_outcomes() -> None:
    found = figures(
        "政府信息公开行政复议351件，其中结果维持72件，结果纠正64件，其他结果178件，尚未审结37件；"
        "政府信息公开行政诉讼46件，其中结果维持25件，结果纠正5件，其他结果9件，尚未审结7件。"
    )
    assert [one.what for one in found] == [
        *("reconsideration." + key for key in ("total", "upheld", "corrected", "other", "pending")),
        *("litigation." + key for key in ("total", "upheld", "corrected", "other", "pending")),
    ]
    assert [one.whole for one in found] == [None, 0, 0, 0, 0, None, 5, 5, 5, 5]


def test_outcomes_without_their_cases_are_parts_all_the_same() -> None:
    sentence = "发生针对本单位政府信息公开事务的行政复议案0宗；撤销、变更或确认违法的0宗；其他情形10宗，占100%。"
    assert [(one.what, one.whole, one.percent) for one in figures(sentence)] == [
        ("reconsideration.total", None, False),
        ("reconsideration.corrected", 0, False),
        ("reconsideration.other", 0, False),
        (None, 0, True),
    ]


def test_direct_suits_and_suits_after_reconsideration() -> None:
    assert named("因政府信息公开被提起行政诉讼5件，其中未经复议直接起诉3件，复议后起诉2件。") == {
        "litigation.total": 5,
        "litigation_direct.total": 3,
        "litigation_after_reconsideration.total": 2,
    }


def test_all_disputes_together() -> None:
    sentence = "依法做好相关行政复议、行政诉讼案件的应诉工作，全县共办理相关案件74件。"
    assert named(sentence) == {"disputes_total": 74}


@pytest.mark.parametrize(
    "sentence",
    [
        "全市行政复议机构共受理行政复议案件120件，审结118件。",
        "行政机关负责人出庭应诉12件。",
        "举办行政复议培训3次。",
        "全年行政诉讼案件纠错率12%。",
    ],
)
def test_other_cases_are_not_taken_for_disputes(sentence: str) -> None:
    assert named(sentence, "（五）监督保障") == {}


# ── None at all, said in words ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("sentence", "what"),
    [
        ("2023年未收到有关政府信息公开申请。", "requests_received"),
        ("街道办事处未接收到政府信息公开申请。", "requests_received"),
        ("我办全年未接到信息公开申请", "requests_received"),
        ("全年没有收到公民、法人和其他组织的政府信息公开申请。", "requests_received"),
        ("未收到有关政府信息公开行政复议的申请。", "reconsideration.total"),
        ("我局未发生政府信息公开行政复议案件。", "reconsideration.total"),
        ("无政府信息公开行政诉讼案件。", "litigation.total"),
        ("未发生因政府信息公开申请行政复议、提起行政诉讼的情况。", "disputes_total"),
        ("没有因政府信息公开被申请行政复议或者提起行政诉讼的案件。", "disputes_total"),
        ("本单位2023年未收取信息处理费。", "fees_yuan"),
        ("2023年，无收取信息处理费情况。", "fees_yuan"),
        ("县数据资源局政府信息公开未发生收费情况。", "fees_yuan"),
        ("依申请提供政府信息暂不收费。", "fees_yuan"),
    ],
)
def test_none_in_words_is_zero(sentence: str, what: str) -> None:
    found = figures(sentence)
    assert [(one.what, one.value, one.in_words) for one in found] == [(what, 0, True)]


@pytest.mark.parametrize(
    "sentence",
    [
        "2022年未收到政府信息公开申请。",
        "未收到要求公开商业秘密的政府信息公开申请。",
        "未发生行政复议被纠错的情况。",
        "没有出现因收费引起的投诉。",
        "未出现逾期答复。",
    ],
)
def test_none_of_something_narrower_is_not_none(sentence: str) -> None:
    assert named(sentence) == {}


# ── Fees, documents, publication ─────────────────────────────────────────────────────────────────────────────────


def test_fees() -> None:
    found = read_narrative(
        document(
            TITLE, "六、其他需要报告的事项", "共发出收费通知2件，涉及收费金额1,200元，实际收取信息处理费0.08万元。"
        )
    )
    assert [one.what for one in found.figures] == ["fee_notices", "fees_notified_yuan", "fees_yuan"]
    assert found.summary == {"fee_notices": 2, "fees_notified_yuan": 1200, "fees_yuan": 800}


def test_documents_only_where_the_sentence_clearly_says_so() -> None:
    publication = "（一）主动公开情况"
    assert named("制发行政规范性文件8件。", publication) == {"normative_documents_issued": 8}
    assert named("现行有效行政规范性文件32件。", publication) == {"normative_documents_in_force": 32}
    assert named("公开政策文件8件，刊载规范性文件15件，新增公开市政府规章1件。", publication) == {}
    assert named("全年作出行政许可决定640件。", publication) == {"licences_decisions": 640}
    assert named("公开行政许可决定640件。", publication) == {}


def test_published_by_kind_and_channel() -> None:
    narrative = read_narrative(
        document(
            "青禾县数据资源局2017年政府信息公开年度报告",
            "二、主动公开政府信息情况",
            "我局2017年全年主动公开政府信息59条，其中：1.组织机构类信息0条；2.部门文件类（包括规章、规范性文件等）信息40条；"
            "3.动态类信息17条；4.其他信息3条。",
            "政府网站公开信息59条，微博微信公开信息24条，新闻发布会公开信息0条，政府公报公开信息0条。",
            "回应公众关注热点或重大舆情9次，发布政策解读稿8篇，通过微博微信回应事件1次。",
        )
    )
    assert narrative.summary == {
        "published": 59,
        "published_by_kind": {"组织机构类": 0, "部门文件类": 40, "动态类": 17, "其他": 3},
        "published_by_channel": {"政府网站": 59, "微博微信": 24, "新闻发布会": 0, "政府公报": 0},
        "responses_to_public_concern": 9,
        "interpretation_articles": 8,
        "responses_by_social_media": 1,
    }
    assert [one.whole for one in narrative.figures[:5]] == [None, 0, 0, 0, 0]


def test_a_list_of_kinds_without_a_total() -> None:
    sentence = "主要类别有：机构职能类信息20条，政策、规范性文件类信息9条，其他信息11条。"
    assert [one.what for one in figures(sentence, "（二）主动公开政府信息的主要类别")] == ["published_by_kind"] * 3


def test_shares_that_go_on_in_the_next_sentence() -> None:
    found = figures(
        "2023年全县主动公开政府信息2543条。其中，县直各部门主动公开政府信息1687条，占66%。各乡镇主动公开政府信息856条，占34%。",
        "（一）主动公开情况",
    )
    assert [one.whole for one in found] == [None, 0, 0, 0, 0]
    assert [one.what for one in found] == ["published", None, None, None, None]


def test_a_numbered_subheading_says_what_the_sentences_below_speak_of() -> None:
    text = "2.依申请公开。规范办理流程。全年共收到申请12件。3.政策解读。全年收到申请5件。"
    assert named(text, "（一）主动公开情况") == {"requests_received": 12}


# ── Wholes that are not clear ────────────────────────────────────────────────────────────────────────────────────


def test_of_which_after_two_numbers_belongs_to_the_one_that_fits() -> None:
    assert [one.whole for one in figures("收到申请10件，办结9件，其中予以公开5件，不予公开4件。")] == [None, None, 1, 1]
    assert [one.whole for one in figures("收到申请10件，办结9件，其中网络申请7件，信函申请3件。")] == [None, None, 0, 0]
    assert [one.whole for one in figures("收到申请10件，办结9件，其中涉及土地2件，涉及房屋3件。")] == [None] * 4


def test_a_list_ends_where_the_next_total_begins() -> None:
    found = figures("收到申请7件，其中网络申请5件，办结6件，结转下年度1件。")
    assert [(one.what, one.whole) for one in found] == [
        ("requests_received", None),
        ("requests_received.online", 0),
        ("requests_answered", None),
        ("carried_out", None),
    ]


def test_parts_are_counted_like_their_whole() -> None:
    assert [one.whole for one in figures("举办培训3次，其中参训人员200人。", "（五）监督保障")] == [None, None]


@pytest.mark.parametrize(
    "sentence",
    [
        "编制公开目录1份，包括事项26项。",
        "制定清单1张，其中事项26项。",
        "办结5件，信访、热线分别为3件、9件。",
        "受理7件，解读9件。",
    ],
)
def test_what_stands_beside_is_no_part(sentence: str) -> None:
    assert {one.whole for one in figures(sentence)} == {None}


def test_a_remark_in_brackets_is_no_part() -> None:
    assert [one.whole for one in figures("共收到申请12件（日均3件），办结12件。")] == [None, None, None]


def test_respectively() -> None:
    found = figures("收到申请7件，自然人、商业企业申请分别为5件、2件。")
    assert [(one.phrase, one.value) for one in found[1:]] == [("自然人", 5), ("商业企业申请", 2)]


# ── Places, sections, sentences ──────────────────────────────────────────────────────────────────────────────────


def test_a_number_keeps_its_line_where_the_sentence_runs_over_several() -> None:
    found = read_narrative(
        document(
            TITLE,
            "一、总体情况",
            "（二）依申请公开情况。2023年，我局共收到政府信息公开",
            "申请 12 件，办",
            "结 11 件。",
        )
    )
    assert [(one.what, one.where.line, one.section) for one in found.figures] == [
        ("requests_received", 4, 1),
        ("requests_answered", 5, 1),
    ]
    assert found.figures[0].sentence == "2023年，我局共收到政府信息公开申请12件，办结11件。"
    assert [heading.section for heading in found.headings] == [1]
    assert found.paragraphs[-1][0] == 1


def test_a_text_without_lines_and_with_its_tables() -> None:
    text = (
        f"{TITLE} 根据条例编制。一、总体情况2023年，我局共收到政府信息公开申请12件。三、收到和处理政府信息公开申请情况"
        "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）申请人情况自然人法人或其他组织总计商业企业科研机构"
        "社会公益组织法律服务机构其他一、本年新收政府信息公开申请数量120000012二、上年结转政府信息公开申请数量0000000"
        "六、其他需要报告的事项收取信息处理费0元。"
    )
    found = read_narrative(document(text))
    assert [(one.what, one.value, one.section) for one in found.figures] == [
        ("requests_received", 12, 1),
        ("fees_yuan", 0, 6),
    ]


def test_percentages_and_rounded_figures_are_not_in_the_summary() -> None:
    narrative = read_narrative(document(TITLE, "主动公开政府信息5500余条，收到政府信息公开申请12件，办结率100%。"))
    assert narrative.summary == {"requests_received": 12}
    assert narrative.figures[0].approximate
    assert narrative.figures[0].what == "published"


def test_without_a_year_nothing_of_a_year_is_named() -> None:
    found = read_narrative(document("2022年收到政府信息公开申请12件，2023年收到政府信息公开申请14件。"))
    assert [one.what for one in found.figures] == [None, None]
    assert [one.year for one in found.figures] == [2022, 2023]


# ── Made-up reports and real ones ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("seed", range(20))
def test_what_made_up_reports_say_is_read_and_agrees_with_their_tables(seed: int) -> None:
    made = make(Random(seed))
    lines = [made.title]
    heading = None
    for section, text, _ in made.narrative.paragraphs:
        if section != heading:
            lines += [one.text for one in made.narrative.headings if one.section == section]
            heading = section
        lines.append(text)
    found = read_narrative(document(*lines, kind="docx"), forms()[made.form or ""], made.year)
    told = [one.value for one in made.narrative.figures]
    assert [one.value for one in found.figures if not one.percent and not one.in_words] == told
    for one in found.figures:
        if one.what and phrases()[one.what].cells and not one.percent:
            sums = [
                sum(int(made.value(cell) or 0) for cell in cells)
                for cells in phrases()[one.what].cells
                if all(made.cell(cell) for cell in cells)
            ]
            assert not sums or one.value in sums, (one.what, one.sentence, sums)


def test_the_real_report_of_2017(shared_reports: Path) -> None:
    name = "huadu_hrss_2017.txt"
    expected = json.loads((shared_reports / "expected.json").read_text(encoding="utf-8"))[name]["narrative"]
    lines = (shared_reports / name).read_text(encoding="utf-8").split("\n")
    summary = read_narrative(document(*lines)).summary
    assert {key: summary.get(key) for key in expected} == expected


def test_no_figure_of_a_real_report_gets_a_wrong_name(shared_reports: Path) -> None:
    expected = json.loads((shared_reports / "expected.json").read_text(encoding="utf-8"))
    wrong = []
    for name, report in expected.items():
        if not name.endswith(".txt") or not report.get("requests"):
            continue
        lines = (shared_reports / name).read_text(encoding="utf-8").split("\n")
        for one in read_narrative(document(*lines), year=report["year"]).figures:
            if not one.what or one.percent or one.approximate:
                continue
            sums = []
            for cells in phrases()[one.what].cells:
                values = [report.get(table, {}).get(cell) for table, cell in (full.split("/") for full in cells)]
                sums += [sum(values)] if None not in values else []
            if sums and one.value not in sums:
                wrong.append((name, one.what, one.value, sums))
    assert wrong == []


# ── Whatever comes ───────────────────────────────────────────────────────────────────────────────────────────────

SCRAPS = st.sampled_from(
    [
        "收到政府信息公开申请",
        "95件",
        "，其中",
        "予以公开",
        "12宗",
        "（",
        "）",
        "；不予公开",
        "。",
        "占66%",
        "行政复议",
        "行政诉讼",
        "3件",
        "：",
        "、",
        "2023年",
        "去年",
        "分别为",
        "万元",
        "两次",
        "一、总体情况",
        "（一）",
        "1.",
        "未收到",
        "0",
        "1,234条",
        "结果维持",
        "共",
        "含",
        "另有",
        " ",
        "\n",
    ]
)


@given(st.lists(st.lists(SCRAPS, max_size=30).map("".join), max_size=6), st.sampled_from(["text", "html"]))
def test_a_figures_number_stands_in_the_text_at_its_place(lines: list[str], kind: str) -> None:
    given_lines = [Line(text, Where(line=number)) for number, text in enumerate(lines, 1)]
    narrative = read_narrative(Document(kind, tuple(given_lines)), year=2023)
    for index, one in enumerate(narrative.figures):
        assert one.where.line is not None
        assert one.whole is None or one.whole < index
        if not one.in_words:
            there = half_width(lines[one.where.line - 1]).replace(",", "").replace("，", "").replace(" ", "")
            assert f"{one.value}{one.unit}" in there


@given(st.text(max_size=300))
def test_it_never_raises_on_any_text(text: str) -> None:
    read_narrative(document(*text.split("\n")))


@pytest.mark.slow
@pytest.mark.parametrize(
    "scrap", ["收到政府信息公开申请95件，其中", "（1件", "一、总体情况\n", "未收到", "结果维持", "2023年"]
)
def test_a_large_text_is_read_to_its_end(scrap: str) -> None:
    text = scrap * (1_000_000 // len(scrap))
    narrative = read_narrative(document(*text.split("\n")))
    assert len(narrative.figures) <= 20_000


def test_cases_that_a_justice_bureau_decides_are_not_cases_about_disclosure():
    found = figures("全市司法行政机关共收到行政复议申请120件，受理100件，审结95件，其中维持60件。")
    assert [figure.value for figure in found] == [120, 100, 95, 60]
    assert {figure.what for figure in found} == {None}
