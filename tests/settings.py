"""The platform's settings as tests have them: a place of their own, keys of their own, quick passwords."""

# ruff: noqa: F403
from __future__ import annotations

import base64
import os
import tempfile

# Before the settings read it. What is set on this machine must not reach a test.
os.environ |= {
    "GONGKAI_SECRET": "for tests alone",
    "GONGKAI_KEYS": base64.urlsafe_b64encode(b"for tests alone, 32 bytes long.!").decode(),
    "GONGKAI_DATA": tempfile.mkdtemp(prefix="gongkai-tests-"),
    "GONGKAI_HOSTS": "testserver,localhost,127.0.0.1",
    "GONGKAI_SECOND_FACTOR": "offered",
    "DATABASE_URL": os.environ.get("GONGKAI_TEST_DATABASE", ""),
}

from gongkai.config.settings import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
