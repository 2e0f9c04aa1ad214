"""What is offered on the page of a request: the likely step first, what is not possible with its reason."""

from datetime import date

from gongkai.agencies.models import Role
from gongkai.requests.models import Request

DAY = date(2026, 3, 2)


def likely(offers):
    return next((name for name, offer in offers.items() if offer.likely), None)


def test_the_next_step_comes_first_all_the_way(world, does):
    request = world.filed(DAY, Request.Channel.ONLINE).requests[0]
    officer = world.actor(Role.OFFICER)
    assert likely(does.offers(request, DAY)) == "confirm"
    does("confirm", request, DAY)
    assert likely(does.offers(request, DAY)) == "search"
    does.searched(request, DAY, found=True)
    assert likely(does.offers(request, DAY)) == "draft"
    does.drafted(request, DAY)
    assert likely(does.offers(request, DAY, world.actor(Role.REVIEWER))) == "review"
    does("review", request, DAY)
    assert likely(does.offers(request, DAY, world.actor(Role.SIGNATORY))) == "sign"
    does("sign", request, DAY)
    assert next(iter(does.offers(request, DAY, officer))) == "dispatch"


def test_what_the_law_forbids_is_offered_with_its_words(world, does):
    offers = does.offers(world.received(DAY), date(2026, 3, 20))
    assert not offers["ask_supplement"].allowed
    assert "7个工作日" in str(offers["ask_supplement"].why)
    assert offers["consult_third_party"].allowed
    assert offers["ask_supplement"].basis.zh.endswith("第三十条")
    assert offers["ask_supplement"].letter.zh == "补正告知书"


def test_a_page_of_offers_costs_three_queries(world, does, django_assert_max_num_queries):
    request = world.received(DAY)
    officer = world.actor(Role.OFFICER)
    request = Request.objects.select_related("agency").get(pk=request.pk)
    does.offers(request, DAY, officer)
    with django_assert_max_num_queries(4):  # three, and the helper's own look at the request
        does.offers(request, DAY, officer)
