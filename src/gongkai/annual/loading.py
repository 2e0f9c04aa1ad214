"""Reading the forms' files strictly; what is wrong with one is a BrokenForm."""

from __future__ import annotations

from gongkai import loading
from gongkai.loading import BrokenFile, Types

__all__ = ["BrokenForm", "Loader", "Types"]


class BrokenForm(BrokenFile):
    """A form file that does not say what a form must say. The message names the file, the place and what is wrong."""


class Loader(loading.Loader):
    """Takes a form file's data apart and says exactly what is wrong with it."""

    broken = BrokenForm
