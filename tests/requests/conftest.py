"""The small made-up world, in the database, and the verbs of its people."""

import pytest

from tests.platform_world import World, make_world
from tests.requests.doing import Doing


@pytest.fixture
def world(db) -> World:
    return make_world()


@pytest.fixture
def does(world) -> Doing:
    return Doing(world)
