"""Doing things with a request in tests: each verb by the person whose verb it is, on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.agencies.actors import Actor, applicant
from gongkai.agencies.models import Role
from gongkai.requests.actions.base import Action
from gongkai.requests.actions.registry import ACTIONS
from gongkai.requests.models import Request
from gongkai.requests.offers import Offer, offers
from tests.platform_world import World, at

BY = {
    "review": Role.REVIEWER,
    "return": Role.REVIEWER,
    "sign": Role.SIGNATORY,
    "extend": Role.LEAD_HEAD,
    "defer": Role.LEAD_HEAD,
}
"""Whose verb it is, where it is not the officer's."""
OF_APPLICANT = frozenset({"confirm_receipt", "rate"})


@dataclass
class Doing:
    """The verbs of one world: ``does("search", request, day, places=…)``."""

    world: World

    def actor(self, name: str, request: Request, day: date) -> Actor:
        if name in OF_APPLICANT:
            return applicant(request.pk)
        return self.world.actor(BY.get(name, Role.OFFICER), day=day)

    def made(self, name: str, request: Request, day: date, actor: Actor | None = None, **values: Any) -> Action:
        return ACTIONS[name](request=request, actor=actor or self.actor(name, request, day), day=day, **values)

    def __call__(self, name: str, request: Request, day: date, actor: Actor | None = None, **values: Any) -> Request:
        return self.made(name, request, day, actor, **values).run(at(day))

    def searched(self, request: Request, day: date, found: bool = False) -> Request:
        told: dict[str, Any] = {
            "places": "文书档案库",
            "keywords": "某地块、征收、公告",
            "result": "检索到" if found else "未检索到",
        }
        return self("search", request, day, found=found, **told)

    def drafted(self, request: Request, day: date, outcome: str = "granted.provided", **values: Any) -> Request:
        if outcome == "granted.provided":
            values.setdefault("contents", {"0": "附件：某地块征收土地公告及附图"})
        return self("draft", request, day, outcome=outcome, **values)

    def signed(self, request: Request, day: date, outcome: str = "granted.provided", **values: Any) -> Request:
        """Drafted, reviewed and signed on that day."""
        self.drafted(request, day, outcome, **values)
        self("review", request, day)
        return self("sign", request, day)

    def answered(self, request: Request, day: date, outcome: str = "granted.provided", **values: Any) -> Request:
        """Signed and sent electronically on that day."""
        self.signed(request, day, outcome, **values)
        return self("dispatch", request, day, way="electronic")

    def offers(self, request: Request, day: date, actor: Actor | None = None) -> dict[str, Offer]:
        """What is offered (to the officer where nobody else is named), by name, in order."""
        who = actor or self.world.actor(Role.OFFICER, day=day)
        found = Request.objects.select_related("agency").get(pk=request.pk)
        return {offer.name: offer for offer in offers(found, None, who, day)}
