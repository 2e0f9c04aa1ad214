"""Model fields for people's data: text that is encrypted in the database, and its blind index for exact search."""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from typing import Any

from django.db import models

from gongkai.privacy.cipher import decrypt, encrypt
from gongkai.privacy.keys import derived, master_keys


class EncryptedText(models.TextField):
    """Text that the database holds only encrypted. It cannot be searched: that is what BlindIndex is for."""

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return encrypt(value.encode(), "field").decode() if value else value

    def from_db_value(self, value: Any, expression: object, connection: object) -> Any:
        return decrypt(value.encode(), "field").decode() if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        """Only ``isnull``: equal text has a new token each time."""
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None


def normalised(value: str) -> str:
    """As it is compared: full-width as half-width, no spaces, capital letters."""
    return "".join(unicodedata.normalize("NFKC", value).split()).upper()


def blind(value: str) -> str:
    """The keyed digest by which a value is found again, hex; empty for an empty value. Of all keys the oldest is used,
    so that a new key in front leaves the index as it is."""
    plain = normalised(value)
    if not plain:
        return ""
    return hmac.new(derived(master_keys()[-1], "index"), plain.encode(), hashlib.sha256).hexdigest()


class BlindIndex(models.CharField):
    """The blind index of another field of the same row, kept up when the row is saved."""

    def __init__(self, *args: Any, of: str = "", **kwargs: Any) -> None:
        self.of = of
        kwargs.setdefault("max_length", 64)
        kwargs.setdefault("editable", False)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("db_index", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        found = blind(getattr(model_instance, self.of) or "")
        setattr(model_instance, self.attname, found)
        return found
