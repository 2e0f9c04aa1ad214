"""Accounts: opened, corrected, closed and opened again by the system administrator, who gives no rights with them."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gongkai.agencies.actions.base import Administration
from gongkai.agencies.models import Agency, Role, SignIn, Staff
from gongkai.agencies.refusals import Refused
from gongkai.agencies.signing_in.entering import leave_everywhere
from gongkai.agencies.signing_in.passwords import give_password

USERNAME = re.compile(r"[a-z][a-z0-9._-]{2,29}", re.IGNORECASE)
LETTERS = "abcdefghijkmnpqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789", "-+=@"
FIRST_PASSWORD_LENGTH = 14
PARTICULARS = ("name", "email", "phone")


def first_password() -> str:
    """A password for the first sign-in: a letter of each class, the rest by chance, nothing that looks like another."""
    letters = [secrets.choice(group) for group in LETTERS]
    letters += [secrets.choice("".join(LETTERS)) for _letter in range(FIRST_PASSWORD_LENGTH - len(letters))]
    secrets.SystemRandom().shuffle(letters)
    return "".join(letters)


@dataclass(kw_only=True)
class OpenAccount(Administration[tuple[Staff, str]]):
    """A new account without any role. Gives the person and the first password, which is shown once and must be
    changed; ``password`` sets it (for a demonstration)."""

    name = "open_account"

    agency: Agency
    username: str
    person: str
    email: str = ""
    phone: str = ""
    password: str = ""
    _made: Staff | None = field(default=None, init=False, repr=False)

    def concerns(self) -> Agency:
        return self.agency

    def check(self) -> None:
        if not USERNAME.fullmatch(self.username):
            raise Refused(_("用户名应为3至30位字母、数字或 . _ -，以字母开头。"), "username")
        if Staff.objects.filter(username__iexact=self.username).exists():
            raise Refused(_("这个用户名已经有人使用。"), "username")
        if not self.person.strip():
            raise Refused(_("请填写姓名。"), "person")
        if not self.agency.exists_on(self.today):
            raise Refused(_("该机关已经撤销。"), "agency")

    def execute(self) -> tuple[Staff, str]:
        self._made = Staff(
            username=self.username, name=self.person.strip(), agency=self.agency, email=self.email, phone=self.phone
        )
        password = self.password or first_password()
        try:
            validate_password(password, self._made)
        except ValidationError as error:
            raise Refused(" ".join(error.messages), "password") from error
        self._made.save()
        give_password(self._made, password, self.now)
        return self._made, password

    def told(self) -> dict[str, Any]:
        return {"account": self._made.pk if self._made else None}


@dataclass(kw_only=True)
class OfPerson(Administration[Staff]):
    """An act that concerns one account."""

    staff: Staff

    def concerns(self) -> Staff:
        return self.staff


@dataclass(kw_only=True)
class EditAccount(OfPerson):
    """Name, e-mail, telephone, agency of the person. Roles stay as they are: they are appointed."""

    name = "edit_account"

    agency: Agency
    particulars: dict[str, Any]

    def check(self) -> None:
        if not self.actor.administers(Role.SYSTEM_ADMIN, str(self.agency.path)):
            raise Refused(_("该机关不在您管理的范围内。"), "agency")

    def execute(self) -> Staff:
        for key in PARTICULARS:
            if key in self.particulars:
                setattr(self.staff, key, self.particulars[key])
        self.staff.agency = self.agency
        self.staff.save(update_fields=[*PARTICULARS, "agency"])
        return self.staff


@dataclass(kw_only=True)
class CloseAccount(OfPerson):
    """停用: the person no longer signs in, and is signed out wherever he is. Nothing that he did is lost."""

    name = "close_account"

    def execute(self) -> Staff:
        self.staff.is_active = False
        self.staff.save(update_fields=["is_active"])
        leave_everywhere(self.staff, SignIn.Ended.ENDED_BY_ADMINISTRATOR, self.now)
        return self.staff


@dataclass(kw_only=True)
class ReopenAccount(OfPerson):
    """启用 again."""

    name = "reopen_account"

    def execute(self) -> Staff:
        self.staff.is_active = True
        self.staff.save(update_fields=["is_active"])
        return self.staff
