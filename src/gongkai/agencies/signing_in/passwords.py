"""Passwords: what a good one is, when it is due for a change, and changing it."""

from __future__ import annotations

import string
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from gongkai.agencies.models import PastPassword, Staff
from gongkai.audit.writing import record

CLASSES = (
    lambda letter: letter.islower(),
    lambda letter: letter.isupper(),
    lambda letter: letter.isdigit(),
    lambda letter: letter in string.punctuation or not letter.isalnum(),
)
"""Small letters, capital letters, figures, signs."""


class SeveralClasses:
    """At least so many of the four classes of letters."""

    def __init__(self, at_least: int = 3) -> None:
        self.at_least = at_least

    def validate(self, password: str, user: Staff | None = None) -> None:
        found = sum(any(belongs(letter) for letter in password) for belongs in CLASSES)
        if found < self.at_least:
            raise ValidationError(self.get_help_text(), code="too_few_classes")

    def get_help_text(self) -> str:
        return _("密码应含大写字母、小写字母、数字、符号中的%(number)s种。") % {"number": self.at_least}


class NotUsedLately:
    """None of the last passwords of the person."""

    def __init__(self, last: int = 5) -> None:
        self.last = last

    def validate(self, password: str, user: Staff | None = None) -> None:
        if user is None or user.pk is None:
            return
        past = user.past_passwords.values_list("digest", flat=True)[: self.last]
        if any(check_password(password, digest) for digest in {user.password, *past} if digest):
            raise ValidationError(self.get_help_text(), code="used_lately")

    def get_help_text(self) -> str:
        return _("密码不能与最近%(number)s次用过的相同。") % {"number": self.last}


def is_due(staff: Staff, now: datetime) -> bool:
    """Whether the password must be changed before anything else: it was given by an administrator, or is too old."""
    since = staff.password_changed_at or staff.date_joined
    return staff.must_change_password or now - since > timedelta(days=settings.GONGKAI_PASSWORD_DAYS)


@transaction.atomic
def change_password(staff: Staff, password: str, now: datetime, address: str | None = None) -> None:
    """The person's own new password, which has been validated. Logged."""
    _store(staff, password, now, must_change=False)
    record("password.changed", now=now, staff=staff.pk, subject=f"staff:{staff.pk}", address=address)


def give_password(staff: Staff, password: str, now: datetime) -> None:
    """A first password from an administrator: it must be changed at the first sign-in."""
    _store(staff, password, now, must_change=True)


def _store(staff: Staff, password: str, now: datetime, must_change: bool) -> None:
    staff.set_password(password)
    staff.must_change_password, staff.password_changed_at = must_change, now
    staff.save(update_fields=["password", "must_change_password", "password_changed_at"])
    PastPassword.objects.create(staff=staff, digest=staff.password, set_at=now)
