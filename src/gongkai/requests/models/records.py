"""更正申请: somebody shows that an agency's record of himself is wrong (《条例》第四十一条). Not in table three."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency
from gongkai.privacy.fields import EncryptedText
from gongkai.requests.models.applicant import Applicant


class RecordCorrection(models.Model):
    """A demand to correct a record. ``tracking`` as with a request. What was passed on stands a second time, at the
    agency in charge: its ``origin`` is the first of the line, with the code and the papers of the applicant."""

    class State(models.TextChoices):
        OPEN = "open", _("核实中")
        CORRECTED = "corrected", _("已更正并告知")
        REFUSED = "refused", _("不予更正并告知")
        FORWARDED = "forwarded", _("已转送有权机关并告知")
        REFERRED = "referred", _("已告知向有权机关提出")

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name=_("受理机关"))
    number = models.CharField(_("编号"), max_length=40, unique=True)
    applicant = models.ForeignKey(Applicant, on_delete=models.PROTECT, related_name="+", verbose_name=_("申请人"))
    record = EncryptedText(_("需更正的信息"))
    wrong = EncryptedText(_("不准确之处"))
    evidence = EncryptedText(_("证据说明"))
    tracking = models.CharField(_("查询码摘要"), max_length=128, blank=True, editable=False)
    received = models.DateField(_("收到日"))
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.OPEN)
    forwarded_to = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("有权机关")
    )
    origin = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="forwarded", verbose_name=_("转自")
    )
    answer = EncryptedText(_("处理情况"), blank=True)
    ended = models.DateField(_("办结日"), null=True, blank=True)
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("经办人")
    )
    key = models.UUIDField(_("提交标识"), null=True, blank=True, unique=True)

    class Meta:
        verbose_name = verbose_name_plural = _("更正申请")
        ordering = ("-received", "-pk")

    def __str__(self) -> str:
        return self.number

    @property
    def first(self) -> RecordCorrection:
        """As it was first put: to that agency, under that number and code."""
        return self.origin or self
