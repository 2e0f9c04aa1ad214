"""What stands around it: static files, fonts, the virus scanner, the second factor, the address."""

from __future__ import annotations

import shutil
import subprocess
from datetime import datetime

from django.conf import settings

from gongkai.config import preparing
from gongkai.config.checks.found import Found
from gongkai.config.environment import Environment
from gongkai.law.words import Said
from gongkai.requests.papers.scanning import Unreachable, asked

FONT = "CJK"
SECONDS = 60
"""That the list of fonts may take, the first time on a machine."""


def static_files(env: Environment, now: datetime) -> Found:
    """They are collected, from what is installed now."""
    found = Found(Said("页面文件", "static files"))
    if preparing.static_is_current():
        return found
    return found.but(
        "没有整理，或不是当前版本的",
        "not collected, or of another version",
        "运行 gongkai serve --migrate。",
        "Run gongkai serve --migrate.",
    )


def fonts(env: Environment, now: datetime) -> Found:
    """A Chinese font is there: without it letters have no Chinese characters."""
    found = Found(Said("中文字体", "Chinese font"))
    lister = shutil.which("fc-list")
    if lister is not None:
        command = [lister, ":lang=zh", "family"]
        told = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False).stdout
        if FONT in told:
            return found
    return found.but(
        "没有找到 Noto CJK 字体，文书里会缺字",
        "no Noto CJK font: letters would lack their characters",
        "apt install fonts-noto-cjk fontconfig",
        "apt install fonts-noto-cjk fontconfig",
    )


def clamd(env: Environment, now: datetime) -> Found:
    """The virus scanner answers where one is set; without one files are taken unscanned."""
    found = Found(Said("病毒扫描 GONGKAI_CLAMD", "virus scan GONGKAI_CLAMD"), required=bool(settings.GONGKAI_CLAMD))
    if not settings.GONGKAI_CLAMD:
        return found.but(
            "没有设置，上传的文件不扫描",
            "not set: uploads are not scanned",
            "安装 clamav-daemon，设为 unix:///run/clamav/clamd.ctl。",
            "Install clamav-daemon and set unix:///run/clamav/clamd.ctl.",
        )
    try:
        asked(settings.GONGKAI_CLAMD, b"gongkai")
    except (OSError, Unreachable) as error:
        reason = str(error) or type(error).__name__
        return found.but(
            f"没有应答：{reason}",
            f"no answer: {reason}",
            "启动 clamd，检查地址和权限。",
            "Start clamd; check the address and its rights.",
        )
    return found


def second_factor(env: Environment, now: datetime) -> Found:
    """Everybody at the desk has one."""
    found = Found(Said("动态口令 GONGKAI_SECOND_FACTOR", "second factor GONGKAI_SECOND_FACTOR"), required=False)
    if settings.GONGKAI_SECOND_FACTOR == "required":
        return found
    return found.but("没有要求", "not required", "设为 required。", "Set it to required.")


def https(env: Environment, now: datetime) -> Found:
    """The site is reached by https, and a proxy in front is told of."""
    found = Found(Said("网址 GONGKAI_URL", "address GONGKAI_URL"), required=False)
    if settings.BASE_URL.startswith("https://"):
        return found
    return found.but(
        f"{settings.BASE_URL} 不是 https",
        f"{settings.BASE_URL} is no https",
        "在前面设带 TLS 的反向代理，GONGKAI_URL 写 https 网址，GONGKAI_BEHIND_PROXY 设为 1。",
        "Put a reverse proxy with TLS in front, give the https address in GONGKAI_URL, set GONGKAI_BEHIND_PROXY to 1.",
    )
