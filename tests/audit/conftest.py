"""The small made-up world, in the database."""

import pytest

from tests.platform_world import World, make_world


@pytest.fixture
def world(db) -> World:
    return make_world()
