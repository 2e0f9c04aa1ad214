"""English second, and complete: every word of ours has its English, and no word escapes translation."""

from __future__ import annotations

import pytest

from tools.bare_words import bare_words
from tools.catalogues import broken_places, compiled, key_of, read, texts
from tools.extracting import files_of
from tools.installed_messages import asked_for
from tools.messages import (
    CHINESE,
    CHINESE_OR_ITS_POINTS,
    LOCALE,
    ROOMS,
    ROOT,
    applications,
    borrowed,
    catalogue_of,
    ours,
    spoken,
)

UPDATE = "run python -m tools.messages and write the English"
OWN_NAMES = {"简体中文"}
"""Written in its own language everywhere."""
UNTRANSLATED = {
    "agencies/administration/noticing.py",  # how a notice of holidays writes days
    "audit/reading.py",  # both languages side by side
    *(f"config/checks/{name}.py" for name in ("around", "keys", "stored")),
    "config/environment.py",  # an operator's errors say both languages at once
    "pages/templatetags/written.py",  # how days are written in Chinese
    "privacy/keys.py",
    "requests/actions/deciding.py",  # what a letter says
    "requests/desk/forms/base.py",  # how a day may be typed
    "requests/desk/forms/kinds.py",
    "requests/numbering.py",  # the number of a letter
    "requests/templatetags/timeline.py",
}
"""Sources that have Chinese which is no message."""


@pytest.fixture(scope="module")
def said():
    """What the sources say, by application."""
    return spoken()


def test_every_message_has_its_english(said):
    lacking = [
        (application.name, key_of(message))
        for application, catalog in said.items()
        for message in ours(catalog)
        if message.id
        and key_of(message) not in {key_of(m) for m in read(catalogue_of(application)) if m.id and all(texts(m))}
    ]
    assert lacking == [], UPDATE


def test_no_catalogue_keeps_what_nobody_says(said):
    for application, catalog in said.items():
        kept = {key_of(message) for message in read(catalogue_of(application)) if message.id}
        assert kept <= {key_of(message) for message in ours(catalog)}, UPDATE


def test_english_keeps_every_place_for_a_value_and_has_no_chinese_left():
    for application in applications():
        for message in read(catalogue_of(application)):
            if message.id:
                assert broken_places(message) == []
                left = [text for text in texts(message) if CHINESE_OR_ITS_POINTS.search(text)]
                assert set(left) <= OWN_NAMES, message.id


def test_one_message_has_one_english():
    """Django throws all catalogues together: of two translations one would be lost."""
    known: dict[tuple[str, str], list[str]] = {}
    for application in applications():
        for message in read(catalogue_of(application)):
            if message.id:
                assert known.setdefault(key_of(message), texts(message)) == texts(message)


def test_what_is_compiled_is_what_was_written():
    for application in applications():
        path = catalogue_of(application)
        if path.is_file():
            assert path.with_suffix(".mo").read_bytes() == compiled(read(path, LOCALE)), UPDATE


def test_english_messages_are_those_of_a_package_that_has_them_in_chinese(said):
    theirs = asked_for("django")
    assert [key_of(m) for catalog in said.values() for m in borrowed(catalog) if key_of(m) not in theirs] == []


def test_no_chinese_word_stands_outside_translation():
    found = [
        f"{name}:{line}: {words}"
        for room in ROOMS
        for path in files_of(ROOT / room)
        if (name := path.relative_to(ROOT).as_posix()) not in UNTRANSLATED
        for line, words in bare_words(path)
    ]
    assert found == []


@pytest.mark.parametrize("room", ROOMS)
def test_scripts_and_styles_say_nothing_themselves(room):
    """Their words stand in the page that calls them, where they are translated."""
    for path in files_of(ROOT / room, (".js", ".css")):
        lines = path.read_text("utf-8").splitlines()
        code = [line for line in lines if not line.lstrip().startswith(("//", "/*", "*"))]
        assert [line for line in code if CHINESE.search(line)] == [], path.name


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('_("好")', []),
        ('x = "好"', ["好"]),
        ('f"{x}好"', ["好"]),
        ('Said("好", "good")', []),
        ('"""好"""', []),
    ],
)
def test_bare_words_in_python_are_found(tmp_path, source, found):
    path = tmp_path / "source.py"
    path.write_text(source, encoding="utf-8")
    assert [words for _line, words in bare_words(path)] == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('{% translate "好" %}', []),
        ("{% blocktranslate %}好{% endblocktranslate %}", []),
        ('{{ x|default:_("好") }}', []),
        ('{{ x|default:"好" }}', ['x|default:"好"']),
        ("<p>好</p>", ["<p>好</p>"]),
        ('<a lang="zh-hans" href="#">中文</a>', []),
        ("{# 好 #}{% comment %}好{% endcomment %}", []),
    ],
)
def test_bare_words_in_templates_are_found(tmp_path, source, found):
    path = tmp_path / "page.html"
    path.write_text(source, encoding="utf-8")
    assert [words for _line, words in bare_words(path)] == found
