"""What an operator sets, from the environment; each with what it is for. ``gongkai serve`` says what is missing."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


class BadSetting(Exception):
    """A variable of the environment that does not say what it must. The message names it, in both languages."""


@dataclass(frozen=True, slots=True)
class Environment:
    """The variables, read once. ``data`` holds the database, papers and collected static files."""

    variables: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))

    def text(self, name: str, default: str = "") -> str:
        return self.variables.get(name, default).strip()

    def words(self, name: str) -> list[str]:
        """A list, separated by commas."""
        return [word.strip() for word in self.text(name).split(",") if word.strip()]

    def flag(self, name: str, default: bool = False) -> bool:
        value = self.text(name).lower()
        if value in ("", "0", "1", "true", "false", "yes", "no"):
            return default if value == "" else value in ("1", "true", "yes")
        raise BadSetting(f"{name} 应为 1 或 0，现为 {value!r} (must be 1 or 0)")

    def number(self, name: str, default: int) -> int:
        value = self.text(name)
        if value and not value.isdigit():
            raise BadSetting(f"{name} 应为整数，现为 {value!r} (must be a whole number)")
        return int(value) if value else default

    def one_of(self, name: str, *words: str) -> str:
        """One of these words, the first where nothing is set."""
        value = self.text(name, words[0])
        if value not in words:
            raise BadSetting(f"{name} 应为 {'、'.join(words)} 之一，现为 {value!r} (must be one of {', '.join(words)})")
        return value

    @property
    def data(self) -> Path:
        """GONGKAI_DATA, else ``gongkai-data`` in the working directory."""
        return Path(self.text("GONGKAI_DATA") or "gongkai-data").resolve()

    def database(self) -> dict[str, Any]:
        """DATABASE_URL (postgresql://user:password@host:port/name) as Django takes it; SQLite in ``data`` without."""
        url = self.text("DATABASE_URL")
        if not url:
            return sqlite(self.data / "gongkai.sqlite3")
        parts = urlsplit(url)
        if parts.scheme == "sqlite":
            return sqlite(Path("/" + unquote(parts.path).lstrip("/")))
        if parts.scheme not in ("postgres", "postgresql"):
            raise BadSetting(
                "DATABASE_URL 应以 postgresql:// 或 sqlite:/// 开头 (must begin with postgresql:// or sqlite:///)"
            )
        try:
            port = str(parts.port or "")
        except ValueError as error:
            raise BadSetting("DATABASE_URL 的端口不是数字 (its port is no number)") from error
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": port,
            "OPTIONS": dict(parse_qsl(parts.query)),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }


def sqlite(path: Path) -> dict[str, Any]:
    """SQLite as it must be opened for several writers: WAL, each write transaction begun as one, nothing lost that was
    acknowledged (synchronous FULL)."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "timeout": 30,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;",
        },
        "TEST": {"NAME": None},
    }
