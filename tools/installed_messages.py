"""What the installed packages say in English alone, and what we therefore say in Chinese for them.

python -m tools.installed_messages    adds what is new to config/locale/zh_Hans, to be translated there, and compiles
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from tools.catalogues import compiled, key_of, read, texts, write
from tools.extracting import extracted, files_of

OURS = Path(__file__).resolve().parent.parent / "src" / "gongkai" / "config" / "locale" / "zh_Hans" / "LC_MESSAGES"
DOMAINS = ("django", "djangojs")
PACKAGES = (
    "django.conf",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "wagtail",
    "wagtail.admin",
    "wagtail.documents",
    "wagtail.embeds",
    "wagtail.images",
    "wagtail.locales",
    "wagtail.search",
    "wagtail.sites",
    "wagtail.snippets",
    "wagtail.users",
    "modelsearch",
    "taggit",
    "treebeard",
    "axes",
    "django_otp",
    "mozilla_django_oidc",
)
"""Those whose words staff may see; each has its catalogues in a folder ``locale`` of its own."""


def folder_of(package: str) -> Path:
    """Where the package is installed."""
    spec = importlib.util.find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


def english(package: str, domain: str) -> Catalog:
    """All messages of a package: from its English catalogue, from its sources where it has none."""
    folder = folder_of(package)
    catalogue = folder / "locale" / "en" / "LC_MESSAGES" / f"{domain}.po"
    if catalogue.is_file():
        return read(catalogue)
    if domain != "django" or (folder / "locale" / "en").is_dir() or package.startswith("wagtail"):
        return Catalog(locale="zh_Hans")
    return extracted(files_of(folder), folder, "zh_Hans")


def chinese(package: str, domain: str) -> Catalog:
    """The package's own simplified Chinese; empty where it has none."""
    path = folder_of(package) / "locale" / "zh_Hans" / "LC_MESSAGES" / f"{domain}.po"
    return read(path) if path.is_file() else Catalog(locale="zh_Hans")


def asked_for(domain: str) -> dict[tuple[str, str], Message]:
    """Every message of every package."""
    return {key_of(message): message for package in PACKAGES for message in english(package, domain) if message.id}


def translated(domain: str) -> set[tuple[str, str]]:
    """The messages for which a package has Chinese of its own."""
    return {
        key_of(message)
        for package in PACKAGES
        for message in chinese(package, domain)
        if message.id and all(texts(message)) and not message.fuzzy
    }


def main() -> int:
    for domain in DOMAINS:
        path = OURS / f"{domain}.po"
        ours, asked, theirs = read(path), asked_for(domain), translated(domain)
        known = {key_of(message) for message in ours if message.id}
        new = [message for key, message in asked.items() if key not in known | theirs]
        for message in new:
            ours.add(message.id, context=message.context)
        for message in [message for message in ours if message.id and key_of(message) not in asked]:
            ours.delete(message.id, message.context)
        write(ours, path)
        path.with_suffix(".mo").write_bytes(compiled(ours))
        print(f"{domain}: {len(new)} new to translate")
    return 0


if __name__ == "__main__":
    sys.exit(main())
