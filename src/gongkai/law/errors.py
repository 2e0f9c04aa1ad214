"""What can go wrong when law is applied to a case; every message in Chinese and English."""

from __future__ import annotations


class LawError(Exception):
    """Something that the law, the log or our data does not allow. ``message`` and ``message_en`` say what and why."""

    def __init__(self, message: str, message_en: str) -> None:
        super().__init__(message)
        self.message = message
        self.message_en = message_en

    def words(self, lang: str) -> str:
        """The message in that language."""
        return self.message_en if lang == "en" else self.message


class NotLawful(LawError):
    """A step that the law does not allow. ``basis`` is the article, ``event`` the step's name."""

    def __init__(self, message: str, message_en: str, *, basis: str, basis_en: str, event: str = "") -> None:
        super().__init__(f"{message}（{basis}）", f"{message_en} ({basis_en})")
        self.basis = basis
        self.basis_en = basis_en
        self.event = event


class Contradiction(LawError):
    """Entries of a log that cannot all be true. ``event`` is the entry at which it shows."""

    def __init__(self, message: str, message_en: str, *, event: str = "") -> None:
        super().__init__(message, message_en)
        self.event = event


class NotCovered(LawError):
    """A day, or a thing, for which there is no law in our data; nothing is computed rather than guessed."""


class Malformed(LawError):
    """A log that does not say what a log must say. ``place`` is the way to it: keys and positions."""

    def __init__(self, place: tuple[str | int, ...], message: str, message_en: str) -> None:
        super().__init__(message, message_en)
        self.place = place
