"""The platform served by gunicorn, until it is told to end."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

from gunicorn.app.base import BaseApplication

THREADS = 4
"""Of each worker: most of a request is waiting for the database."""
SECONDS = 60
"""After so long without a sign of life a worker is replaced."""
RECYCLED_AFTER = 5000
"""Requests after which a worker is replaced, so that nothing piles up; and how far apart the workers' ends lie."""


class Server(BaseApplication):
    """The application of ``config/wsgi.py`` under gunicorn. ``ready`` is called once it listens."""

    def __init__(self, bind: str, workers: int, ready: Callable[[], None] = lambda: None) -> None:
        self.bind, self.workers, self.ready = bind, workers, ready
        super().__init__()

    def load_config(self) -> None:
        """What gunicorn is told."""
        chosen: dict[str, Any] = {
            "bind": self.bind,
            "workers": self.workers,
            "worker_class": "gthread",
            "threads": THREADS,
            "timeout": SECONDS,
            "max_requests": RECYCLED_AFTER,
            "max_requests_jitter": RECYCLED_AFTER // 10,
            "loglevel": "warning",
            "proc_name": "gongkai",
            "when_ready": lambda server: self.ready(),
        }
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The WSGI application."""
        from gongkai.config.wsgi import application

        return application


def is_free(host: str, port: int) -> bool:
    """Whether nobody listens there yet, and we may."""
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError:
            return False
    return True
