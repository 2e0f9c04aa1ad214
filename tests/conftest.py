"""What all tests share: the real reports where they are at hand, and how hard properties are tried."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent

# Every run tries the same examples, so that a red run can be repeated; --all tries more, and new ones each time.
# No deadline: a busy machine must not fail a test.
settings.register_profile(
    "default",
    max_examples=50,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "all",
    max_examples=1000,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all", action="store_true", help="slow tests too, and many more examples for each property")


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("all" if config.getoption("--all") else "default")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves slow tests out, unless --all is given or -m chooses for itself."""
    if config.getoption("--all") or config.getoption("markexpr"):
        return
    slow = [item for item in items if item.get_closest_marker("slow")]
    if slow:
        config.hook.pytest_deselected(items=slow)
        items[:] = [item for item in items if not item.get_closest_marker("slow")]


@pytest.fixture(scope="session")
def shared_reports() -> Path:
    """The folder of real reports, which are no part of the project: ``shared/reports`` beside the repository.

    GONGKAI_SHARED names another ``shared``. Tests that need it are skipped where it is missing.
    """
    given = os.environ.get("GONGKAI_SHARED")
    places = [Path(given)] if given else [parent / "shared" for parent in ROOT.parents]
    for place in places:
        if (place / "reports" / "expected.json").is_file():
            return place / "reports"
    pytest.skip("no real reports here (shared/reports beside the repository, or GONGKAI_SHARED)")
