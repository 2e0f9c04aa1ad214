"""Requests that a visitor may follow as their applicant: some of each sort, with their codes."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.demo.district.staff import SHOWN
from gongkai.demo.district.storing import code_of
from gongkai.law.words import Said
from gongkai.requests.models import Request

STATES = {
    "awaiting_supplement": Said("待申请人补正", "to be corrected by the applicant"),
    "awaiting_fee": Said("待申请人缴费", "a fee is awaited"),
    "consulting": Said("正在征求意见", "others are consulted"),
    "running": Said("办理中", "in hand"),
    "answered": Said("已答复", "answered"),
}


def to_follow(lang: str) -> Iterator[tuple[str, str, str]]:
    """Number, code and state of one request of each of these states, at the agency that is shown where it has one."""
    for state, said in STATES.items():
        found = Request.objects.filter(state=state, channel=Request.Channel.ONLINE).order_by("-pk")
        one = found.filter(agency__code=SHOWN).first() or found.first()
        if one is not None:
            yield one.number, code_of(one.number), said.words(lang)
