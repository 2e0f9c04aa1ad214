"""The words for what requests enter into the platform's log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gongkai.law.words import Said
from gongkai.requests.actions.record_correction import CORRECTION_ACTIONS
from gongkai.requests.actions.registry import ACTIONS
from gongkai.requests.models import Request

OTHERS: Mapping[str, Said] = {
    "request.submit": Said("登记申请", "request registered"),
    "request.viewed": Said("查看申请", "request viewed"),
    "request.code_renewed": Said("重新生成查询码", "tracking code renewed"),
    "requests.exported": Said("导出申请清单", "list of requests exported"),
    "person.viewed": Said("查看申请人信息", "applicant's data viewed"),
    "paper.opened": Said("打开材料", "paper opened"),
    "feed.opened": Said("开通日历订阅", "calendar subscription opened"),
    "feed.closed": Said("停用日历订阅", "calendar subscription closed"),
    "correction.file": Said("提出更正要求", "correction of a record demanded"),
    "public.filed": Said("网上提交申请", "request filed online"),
    "public.uploaded": Said("网上提交材料", "files sent online"),
    "public.tracking": Said("凭查询码查询", "request tracked by its code"),
    "public.paper": Said("申请人下载材料", "paper downloaded by the applicant"),
}
"""What is no action with a request."""
SUBJECTS: Mapping[str, Said] = {
    "paper": Said("材料", "paper"),
    "correction": Said("更正申请", "correction of records"),
    "number": Said("申请编号", "request number"),
}
"""What an entry may be about, beside those of audit/actions.py."""


def numbers(pks: Iterable[str]) -> dict[str, str]:
    """The numbers that people know those requests by. One query."""
    wanted = [int(pk) for pk in pks if pk.isdigit()]
    return {str(pk): number for pk, number in Request.objects.filter(pk__in=wanted).values_list("pk", "number")}


def words() -> dict[str, Said]:
    """Every action, by the word that the log stores."""
    of_requests = {f"request.{name}": action.label for name, action in ACTIONS.items()}
    of_corrections = {f"correction.{name}": action.label for name, action in CORRECTION_ACTIONS.items()}
    return {**of_requests, **of_corrections, **OTHERS}
