"""Papers as files: their kind by content, what hides in them, the virus scan, and where they lie encrypted.

What others call: ``store`` for what somebody uploads (``look_into`` before, where it is kept in a transaction with
something else), ``keep`` for what the platform made itself, ``open_paper``, ``words_of`` for the hints, ``served`` for
the way to the browser.
"""

from gongkai.requests.papers.hints import words_of
from gongkai.requests.papers.serving import served
from gongkai.requests.papers.storing import keep, look_into, open_paper, store

__all__ = ["keep", "look_into", "open_paper", "served", "store", "words_of"]
