"""Encryption of what is kept: Fernet by default, SM4-GCM where 国密 is asked for; each token says which it is."""

from __future__ import annotations

import base64
import os
from functools import cache
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.ciphers import Cipher as Primitive
from cryptography.hazmat.primitives.ciphers import algorithms, modes
from django.conf import settings

from gongkai.privacy.keys import derived, master_keys

NONCE_BYTES, TAG_BYTES, SM4_KEY_BYTES = 12, 16, 16


class Unreadable(Exception):
    """What is stored cannot be decrypted with any key given: a key is missing, or the value was changed."""


class Cipher(Protocol):
    """One way of encrypting, made from one master key for one use."""

    def encrypt(self, plain: bytes) -> bytes: ...
    def decrypt(self, token: bytes) -> bytes: ...


class FernetCipher:
    """AES-128-CBC with HMAC-SHA256, as the library has it."""

    def __init__(self, master: bytes, use: str) -> None:
        self._fernet = Fernet(base64.urlsafe_b64encode(derived(master, use)))

    def encrypt(self, plain: bytes) -> bytes:
        return self._fernet.encrypt(plain)

    def decrypt(self, token: bytes) -> bytes:
        try:
            return self._fernet.decrypt(token)
        except InvalidToken as error:
            raise Unreadable from error


class Sm4Cipher:
    """SM4-GCM (GB/T 32907): nonce, ciphertext and tag, in URL-safe base64."""

    def __init__(self, master: bytes, use: str) -> None:
        self._key = derived(master, f"{use}/sm4", SM4_KEY_BYTES)

    def encrypt(self, plain: bytes) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        encryptor = Primitive(algorithms.SM4(self._key), modes.GCM(nonce)).encryptor()
        return base64.urlsafe_b64encode(nonce + encryptor.update(plain) + encryptor.finalize() + encryptor.tag)

    def decrypt(self, token: bytes) -> bytes:
        try:
            raw = base64.urlsafe_b64decode(token)
            nonce, sealed, tag = raw[:NONCE_BYTES], raw[NONCE_BYTES:-TAG_BYTES], raw[-TAG_BYTES:]
            decryptor = Primitive(algorithms.SM4(self._key), modes.GCM(nonce, tag)).decryptor()
            return decryptor.update(sealed) + decryptor.finalize()
        except (InvalidTag, ValueError) as error:
            raise Unreadable from error


CIPHERS: dict[str, type[FernetCipher] | type[Sm4Cipher]] = {"fernet": FernetCipher, "sm4": Sm4Cipher}
"""By the word that settings.GONGKAI_CIPHER takes and that each token begins with."""


@cache
def _cipher(name: str, master: bytes, use: str) -> Cipher:
    return CIPHERS[name](master, use)


def encrypt(plain: bytes, use: str) -> bytes:
    """The token of these bytes: ``fernet:…`` or ``sm4:…``, under the newest key."""
    name: str = settings.GONGKAI_CIPHER
    return name.encode() + b":" + _cipher(name, master_keys()[0], use).encrypt(plain)


def decrypt(token: bytes, use: str) -> bytes:
    """The bytes of a token, under whichever key it was made with. Raises Unreadable."""
    name, colon, sealed = token.partition(b":")
    if not colon or name.decode("ascii", "replace") not in CIPHERS:
        raise Unreadable("no token of ours")
    for master in master_keys():
        try:
            return _cipher(name.decode(), master, use).decrypt(sealed)
        except Unreadable:
            continue
    raise Unreadable("no key given opens this token")
