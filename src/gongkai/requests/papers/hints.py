"""What a file holds beside what one sees, in words: a hint on the paper for whoever opens or passes it on."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongkai.requests.models import Paper

HINTS: dict[str, str | Promise] = {
    "macros": _("含有宏程序，请勿启用宏"),
    "script": _("含有脚本"),
    "embedded": _("嵌有其他文件"),
    "external": _("引用了外部链接"),
    "location": _("照片含有拍摄地点（GPS）"),
    "hidden_sheets": _("含有隐藏的工作表"),
    "hidden_cells": _("含有隐藏的行或列"),
    "hidden_text": _("含有隐藏文字"),
    "tracked_changes": _("含有修订痕迹"),
    "comments": _("含有批注"),
    "restricted": _("设有打印或复制限制"),
    "not_inspected": _("这种格式的隐藏内容无法检查"),
}
"""By the code that ``Paper.warnings`` holds."""

SCANS: dict[str, str | Promise] = {
    "clean": _("病毒扫描未发现问题"),
    "not_scanned": _("未做病毒扫描"),
    "made_here": _("由本平台生成"),
}
"""By what ``Paper.scanned`` holds."""


def words_of(paper: Paper) -> list[str]:
    """The hints on a paper in the language of the page."""
    return [str(HINTS[code]) for code in paper.warnings if code in HINTS]


def scan_words(paper: Paper) -> str:
    """What the virus scan said."""
    return str(SCANS.get(paper.scanned, SCANS["not_scanned"]))
