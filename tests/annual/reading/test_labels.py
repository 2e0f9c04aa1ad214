"""Labels are recognised as agencies really print them, and never taken for one another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.annual.form import forms
from gongkai.annual.reading.labels import bare, letters
from gongkai.annual.reading.tables.catalogue import catalogue


@pytest.mark.parametrize(
    ("printed", "row"),
    [
        ("一、本年新收政府信息公开申请数量", "received"),
        ("一、本年新收政府信息公開申請數量", "received"),
        ("本年 新收 政府信息公开申请数量", "received"),
        ("二、上年结转政府信息公开申请数量", "carried_in"),
        ("（一）予以公开", "granted"),
        ("(二)部分公开(区分处理的, 只计这一情形, 不计其他情形)", "partial"),
        ("（二）部分公开（区分处理的，只计这一", "partial"),
        ("2.其他法律行政止公开", "refused.prohibited_by_law"),
        ('3.危及"三安全一稳定"', "refused.security_and_stability"),
        ("2.没有现成信息需另行制作", "unavailable.must_be_created"),
        ("5.要求行政机关确认或重 新出具已获取信息", "declined.confirmation"),
        ("1.逾期不补正", "other.supplement_overdue"),
        ("2、逾期不缴费", "other.fee_overdue"),
        ("四、结轉下年度繼續辦(bàn)理", "carried_out"),
        ("（七）总 计", "total"),
    ],
)
def test_a_row_is_known_by_its_label_however_it_is_printed(printed: str, row: str) -> None:
    assert catalogue("requests").row_labels.find(printed) == row


@pytest.mark.parametrize("printed", ["", "三、本年度办理结果", "申请人情况", "上年结转", "不予公开", "说明", "公开"])
def test_what_is_no_row_is_not_taken_for_one(printed: str) -> None:
    assert catalogue("requests").row_labels.find(printed) is None


@pytest.mark.parametrize("name", ["requests", "publication", "indicators"])
def test_every_label_of_every_form_is_its_own_row(name: str) -> None:
    known = catalogue(name)
    for table in known.tables.values():
        for row in table.rows:
            for label in row.labels:
                found = known.row_labels.find(row.number + label)
                twins = {
                    key
                    for key, form in zip(known.row_labels.keys, known.row_labels.forms, strict=True)
                    if form == bare(label)
                }
                assert found == row.key or {found, row.key} <= twins


@given(st.sampled_from([row for row in forms()["2021"].tables["requests"].rows if len(bare(row.label)) > 6]), st.data())
def test_a_lost_character_never_makes_another_row_of_it(row, data) -> None:
    gone = data.draw(st.integers(0, len(row.label) - 1))
    found = catalogue("requests").row_labels.find(row.label[:gone] + row.label[gone + 1 :])
    assert found in (row.key, None)


@given(st.text(max_size=60))
def test_any_text_can_be_asked(text: str) -> None:
    catalogue("requests").row_labels.find(text)
    assert letters(bare(text)) == bare(bare(text)) or bare(text)
