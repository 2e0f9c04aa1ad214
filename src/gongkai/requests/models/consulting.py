"""Those who are asked: third parties and other agencies, each a thing of its own with its own period."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.models import Agency
from gongkai.privacy.fields import EncryptedText
from gongkai.privacy.masking import masked_name
from gongkai.requests.models.request import Request


class Consultation(models.Model):
    """A consultation (《条例》第十一条、第三十二条、第三十四条). Its id is the ``who`` of the law's events."""

    class Kind(models.TextChoices):
        THIRD_PARTY = "third_party", _("第三方")
        JOINT = "joint", _("共同制作机关")
        AGENCY = "agency", _("其他机关")

    class Answer(models.TextChoices):
        AGREES = "agrees", _("同意公开")
        OBJECTS = "objects", _("不同意公开")
        PARTLY = "partly", _("部分同意公开")
        SILENT = "silent", _("逾期未提出意见")

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="consultations", verbose_name=_("申请"))
    kind = models.CharField(_("征求对象"), max_length=20, choices=Kind.choices)
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("机关")
    )
    name = EncryptedText(_("姓名或名称"))
    is_person = models.BooleanField(_("是自然人"), default=True)
    contact = EncryptedText(_("联系方式"), blank=True)
    about = models.TextField(_("征求意见的事项"))
    sent = models.DateField(_("发函日"))
    delivered = models.DateField(_("收到函件之日"), null=True, blank=True)
    answered = models.DateField(_("答复日"), null=True, blank=True)
    answer = models.CharField(_("意见"), max_length=10, choices=Answer.choices, blank=True)
    reasons = EncryptedText(_("理由"), blank=True)
    reasonable = models.BooleanField(_("理由合理"), null=True, blank=True)
    told = models.DateField(_("书面告知第三方之日"), null=True, blank=True)
    told_what = models.TextField(_("告知第三方的内容和理由"), blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("征求意见")
        ordering = ("sent", "pk")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.sent}"

    @property
    def shown(self) -> str:
        """Who was asked, as pages of the desk show it: a person's name masked, an organisation's whole."""
        if self.agency is not None:
            return str(self.agency)
        return masked_name(self.name) if self.is_person else self.name
