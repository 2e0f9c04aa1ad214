"""What a stolen copy of the database tells of the people who ask: nothing that they gave of themselves."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.test import Client
from django.utils import timezone

from gongkai.agencies.models import Role
from gongkai.requests.actions.ask_supplement import Point
from gongkai.requests.models import Paper, RecordCorrection
from tests.requests import files
from tests.requests.citizen import PERSON, WISH, Citizen

OF_THE_PERSON = {
    **PERSON,
    "name": "欧阳鹬蚌",
    "phone": "13912345678",
    "email": "yubang@example.com",
    "address": "青禾市棠湾区鹬蚌巷77号",
}
SECRETS = ("鹬蚌", "缶罍", "yubang", "13912345678", PERSON["document_number"])
"""缶罍 stands for what somebody writes of himself."""


def everything() -> str:
    """Every row of every table, as the database gives it."""
    rows = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            rows += [f"{table}: {row}" for row in cursor.fetchall()]
    return "\n".join(rows)


def test_nothing_that_people_gave_of_themselves_stands_in_the_database(world, does, client, settings, tmp_path):
    settings.GONGKAI_PAPERS = tmp_path
    now, today = timezone.now(), timezone.localdate()
    citizen = Citizen(client, world)
    citizen.answer_all(who=OF_THE_PERSON, wish={**WISH, "purpose": "缶罍诉讼"})
    citizen.answer("papers", identity=files.upload(files.pdf(), "鹬蚌的身份证.pdf"))
    citizen.answer("papers", go="1")
    assert not [secret for secret in SECRETS if secret in everything()], "while it is typed"
    citizen.send()
    page = client.get("/apply/sent/")
    request, code = page.context["requests"][0], page.context["code"]
    officer = world.actor(Role.OFFICER, day=today)
    does.made("confirm", request, today, officer).run(now)
    asked = {"points": (Point("名称", "不明"),), "guidance": "请写明", "until": today + timedelta(days=10)}
    does.made("ask_supplement", request, today, officer, delivered=today, **asked).run(now)
    does.made("note", request, today, officer, words="缶罍来电").run(now)
    citizen.track(request.number, code)
    client.post("/track/do/receive_supplement/", {"words": "缶罍补正"})
    demand = {"kind": "natural_person", "agency": world.bureau.pk, "true": "on"}
    texts = {"record": "缶罍的缴费记录", "wrong": "缶罍不是我", "evidence": "缶罍证明"}
    client.post("/correct/", {**OF_THE_PERSON, **demand, **texts})
    Client().post("/desk/login/", {"username": "缶罍password", "password": "x"})
    kept = everything()
    assert not [secret for secret in SECRETS if secret in kept]
    assert request.supplements.get().words == "缶罍补正" and RecordCorrection.objects.get().record == texts["record"]
    assert Paper.objects.get().name == "鹬蚌的身份证.pdf"
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and b"%PDF" in path.read_bytes()]
