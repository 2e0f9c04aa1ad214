"""检索: where, how and by whom the information was looked for, and what was found (《条例》第三十六条第（四）项)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from gongkai.agencies.refusals import NotAllowed
from gongkai.law.words import Said
from gongkai.requests.actions.base import Action
from gongkai.requests.actions.checking import need
from gongkai.requests.actions.fields import Field, Kind, day_of
from gongkai.requests.models import SearchRecord


@dataclass(kw_only=True)
class Search(Action):
    """A search in ``places`` with ``keywords``, and its ``result``; who records it has searched."""

    name: ClassVar[str] = "search"
    label: ClassVar[Said] = Said("记录检索", "Record a search")
    article: ClassVar[Said] = Said(
        "《政府信息公开条例》第三十六条第（四）项",
        "Regulation on the Disclosure of Government Information, art. 36(4)",
    )
    fields: ClassVar[tuple[Field, ...]] = (
        day_of("检索日期", "day of the search"),
        Field(
            "places",
            Said("检索范围", "where"),
            Kind.TEXT,
            help=Said("例如：文书档案库、业务系统、某科室纸质案卷", "Registry, systems, paper files of a unit …"),
        ),
        Field("keywords", Said("检索词和方法", "keywords and method"), Kind.TEXT),
        Field("found", Said("检索到相关信息", "something was found"), Kind.YES_NO),
        Field("result", Said("检索结果", "result"), Kind.TEXT),
    )

    places: str
    keywords: str
    result: str
    found: bool = False

    def check(self) -> None:
        if self.actor.staff is None:
            raise NotAllowed(_("检索由工作人员记录。"))
        need(self.places, "places", _("请写明在哪里检索。"))
        need(self.keywords, "keywords", _("请写明用什么检索词、怎样检索。"))
        need(self.result, "result", _("请写明检索结果。"))

    def execute(self) -> None:
        assert self.actor.staff is not None
        search = SearchRecord.objects.create(
            request=self.request,
            day=self.day,
            places=self.places,
            keywords=self.keywords,
            found=self.found,
            result=self.result,
            searcher=self.actor.staff,
        )
        self.enter("searched", search=search.pk, found=self.found)
