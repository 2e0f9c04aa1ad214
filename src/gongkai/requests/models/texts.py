"""Texts beside the log: what people wrote at a step, and how the request read before it was changed."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.privacy.fields import EncryptedText
from gongkai.requests.models.request import Request


class Note(models.Model):
    """What somebody wrote at a step; an event names it by id. Not in the event itself, which outlives the erasure of
    people's data: free text may name a person."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="notes", verbose_name=_("申请"))
    of = models.CharField(_("所属事项"), max_length=40)
    words = EncryptedText(_("内容"))
    moment = models.DateTimeField(_("记录时间"))
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("人员"),
    )

    class Meta:
        verbose_name = verbose_name_plural = _("备注")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.words[:30]


class FormerText(models.Model):
    """How the request read before a correction or a split: what was first asked is kept word for word."""

    class Because(models.TextChoices):
        SUPPLEMENT = "supplement", _("补正")
        SPLIT = "split", _("拆分")

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="former_texts", verbose_name=_("申请"))
    because = models.CharField(_("改变原因"), max_length=10, choices=Because.choices)
    until = models.DateField(_("使用至"))
    title = models.CharField(_("信息名称"), max_length=200)
    document_number = models.CharField(_("文号"), max_length=100, blank=True)
    wanted = models.TextField(_("所需信息的内容描述"))

    class Meta:
        verbose_name = verbose_name_plural = _("原申请内容")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.title

    @classmethod
    def keep(cls, request: Request, because: str, until: date) -> FormerText:
        """Keeps the text that the request has now."""
        texts = {"title": request.title, "document_number": request.document_number, "wanted": request.wanted}
        return cls.objects.create(request=request, because=because, until=until, **texts)
