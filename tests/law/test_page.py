"""The page of the rules says what the data says, in both languages, and what is to be confirmed."""

from __future__ import annotations

from pathlib import Path

from gongkai.law.page import page, sections
from gongkai.law.provisions import limits

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_page_is_up_to_date():
    assert (DOCS / "law.md").read_text(encoding="utf-8") == page(), "run: python -m gongkai.law.page > docs/law.md"


def test_every_rule_stands_in_both_halves_with_its_article_and_day():
    zh, _, en = page().partition("\n---\n")
    for section in sections():
        for line in section.lines:
            assert line.basis.words in zh
            assert line.basis.words_en in en
            assert line.span.since.isoformat() in zh
            assert line.span.since.isoformat() in en
            assert line.rule.zh in zh
            assert line.rule.en in en
    assert "| 答复期限 | 20 个工作日 | 2019-05-15 起 | 《政府信息公开条例》第三十三条第二款 | 已读 |" in zh


def test_what_is_to_be_confirmed_is_listed_at_the_end():
    unread = [line for section in sections() for line in section.lines if not line.basis.confirmed]
    last = page().partition("\n---\n")[0].partition("## 待核实")[2]
    assert len(last.strip().splitlines()) == len(unread)
    payment = limits()["fee_payment"]
    assert f"- {payment.label}（2021-01-01 起）" in last
