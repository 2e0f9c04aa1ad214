"""The form for sending a reply: as the applicant wanted to have it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from gongkai.requests.actions.dispatch import CAME_BACK, ELECTRONIC
from gongkai.requests.desk.forms.base import StepForm
from gongkai.requests.models import Request


class DispatchForm(StepForm):
    """Where the reply is wanted online it is put at his disposal here: the platform is the system that he chose, and
    what is sent has entered it at once (国办公开办函〔2016〕235号). What was sent before is sent again only where it
    came back: then the day is asked first."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        online = kwargs["story"].request.way == Request.Way.ONLINE
        if online:
            kwargs["initial"] = {"way": ELECTRONIC, "entered": True, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        if not self.about.file.days("dispatched"):
            del self.fields[CAME_BACK]
        else:
            self.fields[CAME_BACK].required = True
            self.order_fields([CAME_BACK])
        if online:
            self.fields["entered"].help_text = _(
                "申请人选择网上获取：本平台就是他指定的系统，答复发出即进入，他凭查询码随时可以查看。"
            )
