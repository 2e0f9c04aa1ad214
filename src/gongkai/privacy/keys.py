"""The keys: from each master key that the settings give, one key for each use."""

from __future__ import annotations

import base64
import binascii
from functools import cache

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

KEY_BYTES = 32


def master_keys() -> tuple[bytes, ...]:
    """The master keys, newest first: the first encrypts, all decrypt. Raises ImproperlyConfigured."""
    return _decoded(tuple(settings.GONGKAI_KEYS))


@cache
def _decoded(given: tuple[str, ...]) -> tuple[bytes, ...]:
    if not given:
        raise ImproperlyConfigured("GONGKAI_KEYS 未设置：个人信息无法加密 (not set: personal data cannot be encrypted)")
    keys = []
    for number, text in enumerate(given, start=1):
        try:
            key = base64.urlsafe_b64decode(text)
        except (binascii.Error, ValueError):
            key = b""
        if len(key) != KEY_BYTES:
            raise ImproperlyConfigured(
                f"GONGKAI_KEYS 第{number}个密钥不是32字节的 base64 (key {number} is no base64 of 32 bytes)"
            )
        keys.append(key)
    return tuple(keys)


@cache
def derived(master: bytes, use: str, length: int = KEY_BYTES) -> bytes:
    """The key for one use (``field``, ``file``, ``index``), so that none serves two."""
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=None, info=f"gongkai/{use}".encode()).derive(master)


def new_key() -> str:
    """A fresh master key, as GONGKAI_KEYS takes it."""
    import secrets

    return base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode()
