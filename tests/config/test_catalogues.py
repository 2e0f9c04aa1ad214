"""Chinese first: what the installed packages leave in English, our own catalogue says in Chinese."""

from __future__ import annotations

import json
import re

import pytest
from django.utils import translation

from tools.catalogues import PLACES, broken_places, compiled, key_of, read, texts
from tools.installed_messages import DOMAINS, OURS, asked_for, translated

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def words_of(text: str) -> list[str]:
    """The Latin words of a translation; those of values and tags left out."""
    return re.findall("[A-Za-z]+", PLACES.sub("", text))


@pytest.mark.parametrize("domain", DOMAINS)
def test_nothing_of_the_installed_packages_is_left_in_english(domain):
    ours = {key_of(message) for message in read(OURS / f"{domain}.po") if message.id and all(texts(message))}
    asked = set(asked_for(domain))
    assert sorted(asked - translated(domain) - ours) == [], "run python -m tools.installed_messages and translate"
    assert sorted(ours - asked) == [], "no package asks for these any more: run python -m tools.installed_messages"


@pytest.mark.parametrize("domain", DOMAINS)
def test_our_chinese_keeps_every_place_for_a_value_and_every_tag(domain):
    ours = [message for message in read(OURS / f"{domain}.po") if message.id]
    assert [broken for message in ours for broken in broken_places(message)] == []
    assert [text for message in ours for text in texts(message) if not CHINESE.search(text) and words_of(text)] == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_what_is_compiled_is_what_was_written(domain):
    path = OURS / f"{domain}.po"
    assert path.with_suffix(".mo").read_bytes() == compiled(read(path))


def test_our_words_win_over_those_of_the_package():
    with translation.override("zh-hans"):
        assert translation.gettext("Saved") == "已保存"
        assert translation.gettext("Workflows") == "审批流程"
        assert translation.ngettext("%(num_child_objects)d child page", "%(num_child_objects)d child pages", 3) % {
            "num_child_objects": 3
        } == ("3个下级页面")
    with translation.override("en"):
        assert translation.gettext("Saved") == "Saved"


def test_the_scripts_of_the_staff_shell_speak_chinese_too(client):
    catalogue = client.get("/desk/jsi18n/", headers={"Accept-Language": "zh-CN"}).content.decode()
    assert json.dumps("正在自动保存…") in catalogue
