"""Our own words in English: a catalogue for each application, kept up with what its sources say in Chinese.

python -m tools.messages    takes up what is new, drops what is gone, compiles; names what is still to be translated
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from tools.catalogues import compiled, key_of, read, texts, write
from tools.extracting import extracted, files_of

ROOT = Path(__file__).resolve().parent.parent / "src" / "gongkai"
ROOMS = ("agencies", "audit", "config", "pages", "privacy", "requests")
CHINESE = re.compile(r"[\u3400-\u9fff]")
CHINESE_OR_ITS_POINTS = re.compile(r"[\u3001-\u303f\u3400-\u9fff\uff00-\uffef]")
"""Characters; and with 、，（）and their like, which are translated too where they stand alone."""
LOCALE = "en"


def applications() -> list[Path]:
    """The folders of our applications."""
    return sorted(path.parent for room in ROOMS for path in (ROOT / room).rglob("apps.py"))


def application_of(path: Path) -> Path:
    """The application to which a source belongs; what belongs to none is the configuration's."""
    known = set(applications())
    return next((folder for folder in path.parents if folder in known), ROOT / "config")


def catalogue_of(application: Path) -> Path:
    """The file of an application's English words."""
    return application / "locale" / LOCALE / "LC_MESSAGES" / "django.po"


def spoken() -> dict[Path, Catalog]:
    """What the sources of each application say, not yet translated. Messages in English are another package's."""
    sources: dict[Path, list[Path]] = {application: [] for application in applications()}
    for room in ROOMS:
        for path in files_of(ROOT / room):
            sources[application_of(path)].append(path)
    return {application: extracted(paths, ROOT, LOCALE) for application, paths in sources.items()}


def ours(catalog: Catalog) -> list[Message]:
    """The messages of a catalogue that are ours: those in Chinese."""
    return [message for message in catalog if message.id and CHINESE_OR_ITS_POINTS.search(key_of(message)[1])]


def borrowed(catalog: Catalog) -> list[Message]:
    """The messages in English, which the package that has them must have in Chinese."""
    return [message for message in catalog if message.id and not CHINESE_OR_ITS_POINTS.search(key_of(message)[1])]


def main() -> int:
    found = spoken()
    known = {
        key_of(message): message.string
        for application in applications()
        for message in read(catalogue_of(application))
        if message.id and all(texts(message))
    }
    missing = 0
    for application, catalog in found.items():
        path = catalogue_of(application)
        new = Catalog(locale=LOCALE, fuzzy=False)
        for message in ours(catalog):
            string = known.get(key_of(message))
            if string is None or isinstance(string, str) is not isinstance(message.id, str):
                string = "" if isinstance(message.id, str) else ("", "")
                missing += 1
                print(f"{path.relative_to(ROOT)}: {key_of(message)[1]}")
            new.add(message.id, string, message.locations, context=message.context)
        if not ours(new) and not path.exists():
            continue
        write(new, path)
        path.with_suffix(".mo").write_bytes(compiled(new))
    print(f"{missing} to translate")
    return 0


if __name__ == "__main__":
    sys.exit(main())
