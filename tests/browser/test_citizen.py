"""The long way of a citizen, in a browser: from the public form to the reply, at a desk and on a phone."""

import pytest

pytestmark = pytest.mark.slow


def test_an_address_that_leads_nowhere_says_so_on_a_laptop_and_on_a_phone(page, phone, axe):
    for window in (page, phone):
        assert window.goto("/nowhere").status == 404
        assert window.get_by_role("heading", level=1).inner_text() == "没有这个页面"
        axe(window)
