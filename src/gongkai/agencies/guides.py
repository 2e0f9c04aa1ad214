"""Whether an agency's guide says all that the Regulation wants of it (《条例》第十二条)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Guide
from gongkai.agencies.refusals import Words

REQUIRED: dict[str, Words] = {
    "classification": _("政府信息的分类"),
    "arrangement": _("编排体系"),
    "ways": _("获取方式"),
    "lead_office": _("政府信息公开工作机构的名称"),
    "address": _("办公地址"),
    "hours": _("办公时间"),
    "phone": _("联系电话"),
    "fax": _("传真号码"),
    "online": _("互联网联系方式"),
}
"""What the second paragraph of article 12 lists, in its order, by the field that holds it."""


def missing(guide: Guide | None) -> list[Words]:
    """What the guide does not say yet; all of it where there is none."""
    return [words for field, words in REQUIRED.items() if guide is None or not getattr(guide, field).strip()]
