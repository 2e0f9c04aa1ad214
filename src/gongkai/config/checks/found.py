"""A condition of serving: whether it holds, and if not, what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from gongkai.config.environment import Environment
from gongkai.law.words import Said


@dataclass(frozen=True, slots=True)
class Found:
    """One condition: its name, whether it holds, whether it is required; what is wrong and what to do about it."""

    name: Said
    required: bool = True
    wrong: Said | None = None
    remedy: Said | None = None

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return self.wrong is None

    def but(self, zh: str, en: str, remedy: str, remedy_en: str) -> Found:
        """The same, with what is wrong."""
        return Found(self.name, self.required, Said(zh, en), Said(remedy, remedy_en))


Check = Callable[[Environment, datetime], Found]
