"""Who asks, and who acts for him. Encrypted by field; found by blind index; may be erased while the request stands."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongkai.privacy.fields import BlindIndex, EncryptedText
from gongkai.privacy.masking import masked_name


class Applicant(models.Model):
    """申请人. One row for each submission: what he gave then is what the file must show."""

    class Kind(models.TextChoices):
        """The columns of table three, in the form's order."""

        NATURAL_PERSON = "natural_person", _("自然人")
        ENTERPRISE = "enterprise", _("商业企业")
        RESEARCH = "research", _("科研机构")
        PUBLIC_WELFARE = "public_welfare", _("社会公益组织")
        LEGAL_SERVICE = "legal_service", _("法律服务机构")
        OTHER = "other", _("其他")

    class Document(models.TextChoices):
        """证件类型."""

        IDENTITY_CARD = "identity_card", _("居民身份证")
        PASSPORT = "passport", _("护照")
        PERMIT = "permit", _("港澳台居民居住证或通行证")
        MILITARY = "military", _("军官证、士兵证")
        CREDIT_CODE = "credit_code", _("统一社会信用代码证书")
        OTHER = "other", _("其他证件")

    kind = models.CharField(_("申请人类型"), max_length=20, choices=Kind.choices)
    name = EncryptedText(_("姓名或名称"))
    name_index = BlindIndex(of="name")
    document = models.CharField(_("证件类型"), max_length=20, choices=Document.choices)
    document_number = EncryptedText(_("证件号码"), blank=True)
    document_number_index = BlindIndex(of="document_number")
    representative = EncryptedText(_("法定代表人"), blank=True)
    contact = EncryptedText(_("联系人"), blank=True)
    phone = EncryptedText(_("联系电话"), blank=True)
    phone_index = BlindIndex(of="phone")
    email = EncryptedText(_("电子邮箱"), blank=True)
    fax = EncryptedText(_("传真"), blank=True)
    address = EncryptedText(_("通信地址"), blank=True)
    postcode = models.CharField(_("邮政编码"), max_length=10, blank=True)
    agent_name = EncryptedText(_("代理人姓名"), blank=True)
    agent_document_number = EncryptedText(_("代理人证件号码"), blank=True)
    agent_phone = EncryptedText(_("代理人联系电话"), blank=True)
    erased_at = models.DateTimeField(_("个人信息删除时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("申请人")

    def __str__(self) -> str:
        return self.shown

    @property
    def is_person(self) -> bool:
        """Whether it is a natural person, whose name lists mask."""
        return self.kind == self.Kind.NATURAL_PERSON

    @property
    def shown(self) -> str:
        """The name as lists and exports show it."""
        return masked_name(self.name) if self.is_person else self.name
