"""What is stored of a log: the chains, and the entry that every log shares."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC
from typing import Any, ClassVar, TypeVar

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from gongkai.audit.digest import digest

L = TypeVar("L", bound="Link")


class AppendOnly(Exception):
    """Somebody tried to change or remove an entry of a log. It is mended by a further entry."""


class Chain(models.Model):
    """A chain and its last link: how long it is and with which digest it ends, so that a cut end shows too."""

    name = models.CharField(_("日志"), max_length=100, unique=True)
    length = models.PositiveBigIntegerField(_("条数"), default=0)
    digest = models.CharField(_("末条摘要"), max_length=80, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("日志链")

    def __str__(self) -> str:
        return self.name


class LinkQuerySet(models.QuerySet["Link"]):
    """Entries: to be read and added to, nothing else."""

    def update(self, **kwargs: Any) -> int:
        raise AppendOnly

    def delete(self) -> tuple[int, dict[str, int]]:
        raise AppendOnly


class Link(models.Model):
    """An entry of a log. ``content`` says what is digested: all that must not change."""

    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="+", verbose_name=_("日志"))
    number = models.PositiveBigIntegerField(_("序号"))
    moment = models.DateTimeField(_("记录时间"))
    previous = models.CharField(_("上一条摘要"), max_length=80, blank=True)
    digest = models.CharField(_("摘要"), max_length=80)

    objects: ClassVar[models.Manager[Any]] = LinkQuerySet.as_manager()

    class Meta:
        abstract = True

    def content(self) -> dict[str, Any]:
        """What the digest is over, as plain JSON. Each log adds its own."""
        return {"chain": self.chain.name, "number": self.number, "moment": self.moment.astimezone(UTC).isoformat()}

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise AppendOnly
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise AppendOnly


@transaction.atomic
def append(chain: str, links: Iterable[L]) -> list[L]:
    """Adds the entries, which must be of one log, to the end of the chain of that name; gives them as stored.

    The chain's row is held until the transaction ends: two writers add one after the other.
    """
    given = list(links)
    Chain.objects.get_or_create(name=chain)
    held = Chain.objects.select_for_update().get(name=chain)
    for link in given:
        link.chain, link.number, link.previous = held, held.length + 1, held.digest
        link.digest = digest(link.content(), link.previous, settings.GONGKAI_DIGEST)
        held.length, held.digest = link.number, link.digest
    if len(given) == 1:
        given[0].save(force_insert=True)
    elif given:
        type(given[0])._default_manager.bulk_create(given, batch_size=2000)
    held.save(update_fields=["length", "digest"])
    return given


class Entry(Link):
    """The log of the platform: sign-ins, who looked at people's data, what was refused, who changed whose rights."""

    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("人员"),
    )
    action = models.CharField(_("事项"), max_length=60)
    subject = models.CharField(_("对象"), max_length=100, blank=True)
    result = models.CharField(_("结果"), max_length=20, default="done")
    address = models.GenericIPAddressField(_("网络地址"), null=True, blank=True)
    details = models.JSONField(_("详情"), default=dict, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("审计记录")
        constraints = (models.UniqueConstraint(fields=["chain", "number"], name="audit_entry_once"),)
        indexes = (
            models.Index(fields=["action", "moment"], name="audit_entry_action"),
            models.Index(fields=["subject", "moment"], name="audit_entry_subject"),
        )

    def __str__(self) -> str:
        return f"{self.chain_id}/{self.number} {self.action}"

    def content(self) -> dict[str, Any]:
        return {
            **super().content(),
            "staff": self.staff_id,
            "action": self.action,
            "subject": self.subject,
            "result": self.result,
            "address": self.address,
            "details": self.details,
        }
