"""The folder in which a demonstration lives: its database, its secrets, and the settings with which it runs."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from gongkai.privacy.keys import new_key

SECRETS = "secrets.json"
PORT = 8000
ONLY_OWNER = 0o600
FOLDER_OF_OWNER = 0o700
LONG_ENOUGH = "100000"
"""Days after which a password must be changed: not in a demonstration."""
A_WORKING_DAY = "480"
"""Minutes after which one who does nothing is signed out."""


def is_there(folder: Path) -> bool:
    """Whether a demonstration lives in that folder."""
    return (folder / SECRETS).is_file()


def environment(folder: Path, port: int = PORT) -> Mapping[str, str]:
    """The variables with which the demonstration of that folder runs; its secrets are made when there are none yet.
    Whatever else this machine sets for a real installation is put out of force. Raises OSError."""
    folder.mkdir(mode=FOLDER_OF_OWNER, parents=True, exist_ok=True)
    known = _secrets(folder / SECRETS)
    address = f"http://localhost:{port}"
    others = dict.fromkeys((name for name in os.environ if name.startswith("GONGKAI_")), "")
    return others | {
        "DATABASE_URL": "",
        "GONGKAI_SECRET": known["secret"],
        "GONGKAI_KEYS": known["key"],
        "GONGKAI_DATA": str(folder.resolve()),
        "GONGKAI_HOSTS": "localhost,127.0.0.1",
        "GONGKAI_URL": address,
        "GONGKAI_SECOND_FACTOR": "offered",
        "GONGKAI_SCAN": "offered",
        "GONGKAI_PASSWORD_DAYS": LONG_ENOUGH,
        "GONGKAI_IDLE_MINUTES": A_WORKING_DAY,
        "GONGKAI_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "gongkai.config.settings",
    }


def _secrets(path: Path) -> dict[str, str]:
    if not path.exists():
        made = {"secret": secrets.token_urlsafe(48), "key": new_key()}
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, ONLY_OWNER), "w") as file:
            json.dump(made, file)
    read: dict[str, str] = json.loads(path.read_text())
    return read
