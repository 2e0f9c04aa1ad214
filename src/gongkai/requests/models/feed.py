"""The secret address by which a person's own calendar reads the due days."""

from __future__ import annotations

import hashlib
import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

TOKEN_BYTES = 32


def digest_of(token: str) -> str:
    """What is stored of a token. It is as long as a key, so that nobody guesses it from the digest."""
    return hashlib.sha256(token.encode()).hexdigest()


class Feed(models.Model):
    """日历订阅. One for each person; the token itself is shown once and stored nowhere. Revoked: the row is gone."""

    staff = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="feed", verbose_name=_("人员")
    )
    digest = models.CharField(_("标识摘要"), max_length=64, unique=True)
    made_at = models.DateTimeField(_("开通时间"))

    class Meta:
        verbose_name = verbose_name_plural = _("日历订阅")

    def __str__(self) -> str:
        return str(self.staff)

    @staticmethod
    def new_token() -> str:
        """A fresh token, as it stands in the address."""
        return secrets.token_urlsafe(TOKEN_BYTES)
