"""What else an entry says, in words: the details that are ours by name and value; any other as it is stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from gongkai.audit.actions import RESULTS, action_words, subject_words
from gongkai.law.words import Said, fill

NAMES: dict[str, Said] = {
    "account": Said("账号", "account"),
    "action": Said("事项", "action"),
    "after": Said("变更后的机关", "agencies after"),
    "agency": Said("机关", "agency"),
    "before": Said("变更前的机关", "agencies before"),
    "broken": Said("不符的记录数", "broken entries"),
    "changed": Said("修改的项目", "changed"),
    "code": Said("编号代码", "code"),
    "day": Said("日期", "day"),
    "document": Said("文件", "document"),
    "filtered": Said("筛选条件", "filtered by"),
    "format": Said("文件格式", "format"),
    "known": Said("用户名存在", "user name exists"),
    "moved": Said("改变的到期日数", "due days changed"),
    "name": Said("名称", "name"),
    "network": Said("网段", "network"),
    "person": Said("人员", "person"),
    "region": Said("地区", "region"),
    "result": Said("结果", "result"),
    "role": Said("角色", "role"),
    "since": Said("自", "from"),
    "sought": Said("查找条件", "sought"),
    "status": Said("状态码", "status"),
    "subject": Said("对象", "subject"),
    "until": Said("至", "until"),
    "way": Said("方式", "way"),
    "why": Said("原因", "why"),
}
"""By the name that is stored."""
ROLES: Mapping[str, Said] = {
    "officer": Said("经办人", "officer"),
    "reviewer": Said("审核人", "reviewer"),
    "signatory": Said("签发人", "signatory"),
    "lead_head": Said("公开工作机构负责人", "head of the lead office"),
    "secrecy_reviewer": Said("保密审查员", "secrecy reviewer"),
    "publisher": Said("信息发布员", "publisher"),
    "supervisor": Said("主管部门督导员", "supervisor"),
    "system_admin": Said("系统管理员", "system administrator"),
    "security_admin": Said("安全管理员", "security administrator"),
    "audit_admin": Said("审计管理员", "audit administrator"),
}
VALUES: Mapping[str, Mapping[str, Said]] = {
    "role": ROLES,
    "way": {"password": Said("用户名和密码", "password"), "provider": Said("统一身份认证", "identity provider")},
    "result": RESULTS,
    "filtered": {
        "search": Said("查找", "search"),
        "state": Said("状态", "state"),
        "group": Said("期限", "period"),
        "channel": Said("提交渠道", "channel"),
        "kind": Said("申请人类型", "kind of applicant"),
        "result": Said("处理结果", "outcome"),
        "agency": Said("受理机关", "agency"),
        "handler": Said("经办人", "officer"),
        "received_from": Said("收到日，自", "received from"),
        "received_to": Said("收到日，至", "received to"),
        "due_from": Said("到期日，自", "due from"),
        "due_to": Said("到期日，至", "due to"),
        "answered_from": Said("答复日，自", "answered from"),
        "answered_to": Said("答复日，至", "answered to"),
    },
    "changed": {
        "mark": Said("机关代字", "mark"),
        "level": Said("层级", "level"),
        "kind": Said("机关类型", "kind of agency"),
        "region": Said("地区", "region"),
        "supervises": Said("主管部门", "supervises"),
    },
    "format": {"csv": Said("CSV", "CSV"), "xlsx": Said("XLSX", "XLSX")},
    "why": {
        "NotAllowed": Said("没有权限", "not allowed"),
        "Conflict": Said("他人已先办理", "somebody else was faster"),
    },
}
"""By the name, then by the value that is stored."""
THINGS: Mapping[str, Callable[[str], Said]] = {"action": action_words, "subject": subject_words}
"""Details that name something of the log itself."""
YES, NO = Said("是", "yes"), Said("否", "no")
COLON = Said("：", ": ")
BETWEEN = Said("；", "; ")
AND = Said("、", ", ")


Named = Mapping[str, Mapping[Any, str]]
"""By the name of a detail: from the number that is stored to the name of what bears it."""


def details_words(told: Mapping[str, Any], lang: str, named: Named | None = None) -> str:
    """All of an entry's details in one line; what is empty is left out. ``named``: who and what the numbers are."""
    held = ((name, value) for name, value in told.items() if value not in (None, "", [], {}))
    return BETWEEN.words(lang).join(_one(name, value, lang, named or {}) for name, value in held)


def _one(name: str, value: Any, lang: str, named: Named) -> str:
    if name not in NAMES:
        return f"{name}={value}"
    return NAMES[name].words(lang) + COLON.words(lang) + _value(name, value, lang, named)


def _value(name: str, value: Any, lang: str, named: Named) -> str:
    if isinstance(value, bool):
        return (YES if value else NO).words(lang)
    if isinstance(value, list):
        return AND.words(lang).join(_value(name, one, lang, named) for one in value)
    if isinstance(value, dict):
        return details_words(value, lang, named)
    if isinstance(value, int) and value in named.get(name, {}):
        return named[name][value]
    if name in THINGS:
        return THINGS[name](str(value)).words(lang)
    found = VALUES.get(name, {}).get(str(value))
    return found.words(lang) if found is not None else _day(str(value), lang)


def _day(value: str, lang: str) -> str:
    """A day as days are written; anything else as it is."""
    try:
        return fill("{day}", "{day}", {"day": date.fromisoformat(value)}).words(lang)
    except ValueError:
        return value
