"""The small made-up world, in the database, and the verbs of its people."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from tests.platform_world import World, make_world
from tests.requests.doing import Doing


@pytest.fixture(autouse=True)
def in_chinese() -> Iterator[None]:
    """Each test begins in Chinese, whatever language the one before it had asked a page in."""
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def world(db) -> World:
    return make_world()


@pytest.fixture
def does(world) -> Doing:
    return Doing(world)
