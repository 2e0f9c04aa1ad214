"""Papers of a request: what the applicant gave, scans, proofs, letters. Stored encrypted outside the web root."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.privacy.fields import EncryptedText
from gongkai.requests.models.records import RecordCorrection
from gongkai.requests.models.request import Request


class Paper(models.Model):
    """A file. ``name`` is what it was called, for people only, and often bears theirs; where it lies says ``key``."""

    class Kind(models.TextChoices):
        APPLICATION = "application", _("申请书或扫描件")
        IDENTITY = "identity", _("身份证明")
        AUTHORISATION = "authorisation", _("授权委托书")
        SUPPLEMENT = "supplement", _("补正材料")
        SEARCH = "search", _("检索截图")
        OPINION = "opinion", _("意见函件")
        PROVIDED = "provided", _("提供的政府信息")
        LETTER = "letter", _("文书")
        PROOF = "proof", _("送达凭证")
        OTHER = "other", _("其他")

    request = models.ForeignKey(
        Request, on_delete=models.PROTECT, related_name="papers", null=True, blank=True, verbose_name=_("申请")
    )
    correction = models.ForeignKey(
        RecordCorrection,
        on_delete=models.PROTECT,
        related_name="papers",
        null=True,
        blank=True,
        verbose_name=_("更正申请"),
    )
    kind = models.CharField(_("种类"), max_length=20, choices=Kind.choices)
    key = models.UUIDField(_("存放标识"), unique=True, default=uuid.uuid4, editable=False)
    name = EncryptedText(_("文件名"))
    media_type = models.CharField(_("类型"), max_length=100)
    size = models.PositiveBigIntegerField(_("字节数"))
    digest = models.CharField(_("摘要"), max_length=80)
    warnings = models.JSONField(_("提示"), default=list, blank=True)
    scanned = models.CharField(_("病毒扫描"), max_length=20, default="not_scanned")
    by_applicant = models.BooleanField(_("申请人提交"), default=False)
    for_applicant = models.BooleanField(_("申请人可见"), default=False)
    uploaded_at = models.DateTimeField(_("上传时间"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("上传人"),
    )
    erased_at = models.DateTimeField(_("删除时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("材料")
        ordering = ("uploaded_at", "pk")

    def __str__(self) -> str:
        return self.name

    @property
    def tells_of_person(self) -> bool:
        """Whether people's numbers and addresses may stand in it in full: whatever the applicant gave, and each paper
        of those kinds. Its name is as telling as the paper."""
        kinds = (self.Kind.IDENTITY, self.Kind.AUTHORISATION, self.Kind.APPLICATION)
        return self.by_applicant or self.kind in kinds
