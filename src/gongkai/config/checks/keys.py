"""The secrets and the names under which the site may be called."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ImproperlyConfigured

from gongkai.config.checks.found import Found
from gongkai.config.environment import Environment
from gongkai.law.words import Said
from gongkai.privacy.keys import master_keys

SECRET_LENGTH = 40


def secret(env: Environment, now: datetime) -> Found:
    """GONGKAI_SECRET."""
    found = Found(Said("签名密钥 GONGKAI_SECRET", "signing secret GONGKAI_SECRET"))
    given = env.text("GONGKAI_SECRET")
    if len(given) >= SECRET_LENGTH:
        return found
    remedy = ("用 gongkai new-key 生成一个，写入环境变量。", "Make one with gongkai new-key and set the variable.")
    if not given:
        return found.but("没有设置", "not set", *remedy)
    return found.but(f"少于{SECRET_LENGTH}个字符", f"shorter than {SECRET_LENGTH} characters", *remedy)


def keys(env: Environment, now: datetime) -> Found:
    """GONGKAI_KEYS."""
    found = Found(Said("个人信息密钥 GONGKAI_KEYS", "keys of personal data GONGKAI_KEYS"))
    try:
        master_keys()
    except ImproperlyConfigured:
        return found.but(
            "没有设置，或者其中有的不是32字节的 base64",
            "not set, or one of them is no base64 of 32 bytes",
            "用 gongkai new-key 生成，妥善另存一份：丢失则加密的个人信息无法读出。",
            "Make one with gongkai new-key and keep a copy safe: without it encrypted data is lost.",
        )
    return found


def hosts(env: Environment, now: datetime) -> Found:
    """GONGKAI_HOSTS."""
    found = Found(Said("网站域名 GONGKAI_HOSTS", "host names GONGKAI_HOSTS"))
    given = env.words("GONGKAI_HOSTS")
    if given and "*" not in given:
        return found
    wrong = ("不能写 *", "must not be *") if given else ("没有设置", "not set")
    remedy = ("写明网站的域名，用逗号隔开。", "Name the site's host names, separated by commas.")
    return found.but(*wrong, *remedy)
