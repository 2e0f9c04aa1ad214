"""From a file to a report: file → document (lines and grids) → cells, narrative, identity."""

from __future__ import annotations

from gongkai.annual.reading.assembling import assemble, read
from gongkai.annual.reading.document import Document, Unreadable

__all__ = ["Document", "Unreadable", "assemble", "read"]
