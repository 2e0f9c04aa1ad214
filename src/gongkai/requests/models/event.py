"""The log of a request: what happened on which day. It only grows; the law's clock reads it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.audit.models import Link
from gongkai.requests.models.request import Request


class Event(Link):
    """An entry. ``name`` is a step of law/data/procedure or one of ``stories.NOTES``; ``details`` are plain JSON with
    days in ISO 8601 and never name a person: who is meant is said by the id of a row that can be erased."""

    class By(models.TextChoices):
        STAFF = "staff", _("工作人员")
        APPLICANT = "applicant", _("申请人")
        SYSTEM = "system", _("系统")

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="events", verbose_name=_("申请"))
    name = models.CharField(_("事项"), max_length=40)
    day = models.DateField(_("发生日期"))
    details = models.JSONField(_("详情"), default=dict, blank=True)
    by = models.CharField(_("记录者"), max_length=10, choices=By.choices)
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("人员"),
    )
    key = models.UUIDField(_("提交标识"), null=True, blank=True, unique=True)

    class Meta:
        verbose_name = verbose_name_plural = _("办理记录")
        ordering = ("request", "id")
        constraints = (models.UniqueConstraint(fields=["chain", "number"], name="event_once"),)

    def __str__(self) -> str:
        return f"{self.request_id} {self.day} {self.name}"

    def content(self) -> dict[str, Any]:
        return {
            **super().content(),
            "request": self.request_id,
            "name": self.name,
            "day": self.day.isoformat(),
            "details": self.details,
            "by": self.by,
            "staff": self.staff_id,
        }
