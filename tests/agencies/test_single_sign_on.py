"""Single sign-on: a provider says who somebody is, with a token that only it can have made; rights stay ours."""

import time
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.utils import timezone

import requests
from gongkai.agencies.models import Appointment, Role, SecondFactor, Staff
from gongkai.audit.models import Entry
from tests.agencies.test_second_factor import code_of

ISSUER = "https://provider.example"
BACK = "/desk/login/provider/return/"
KEY, OTHER_KEY = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _key in range(2))


class Provider:
    """The provider, in place of the network: gives out tokens for whoever it is told to name."""

    def __init__(self) -> None:
        self.claims = {"sub": "1", "preferred_username": "officer-HRSS"}
        self.token = {"iss": ISSUER, "aud": "gongkai"}
        self.told = {"sub": "1"}
        self.key, self.algorithm, self.nonce = KEY, "RS256", ""

    def post(self, url, data=None, **kwargs):
        assert url == f"{ISSUER}/token" and data["code"] == "the-code" and data["code_verifier"]
        payload = {"nonce": self.nonce, "exp": time.time() + 60, **self.token, **self.claims}
        signed = jwt.encode(payload, self.key, algorithm=self.algorithm, headers={"kid": "k"})
        return answer({"access_token": "a", "id_token": signed})

    def get(self, url, **kwargs):
        if url == f"{ISSUER}/keys":
            return answer(
                {"keys": [{**jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key(), as_dict=True), "kid": "k"}]}
            )
        return answer(self.told)


def answer(data):
    class Answer(requests.Response):
        def json(self, **kwargs):
            return data

    made = Answer()
    made.status_code = 200
    return made


@pytest.fixture
def provider(settings, monkeypatch, world):
    world.person(Role.OFFICER)
    settings.OIDC_RP_CLIENT_ID = "gongkai"
    settings.OIDC_RP_CLIENT_SECRET = "s"
    settings.OIDC_OP_AUTHORIZATION_ENDPOINT = f"{ISSUER}/authorize"
    settings.OIDC_OP_TOKEN_ENDPOINT = f"{ISSUER}/token"
    settings.OIDC_OP_USER_ENDPOINT = f"{ISSUER}/me"
    settings.OIDC_OP_JWKS_ENDPOINT = f"{ISSUER}/keys"
    settings.GONGKAI_OIDC_ISSUER = ISSUER
    settings.AUTHENTICATION_BACKENDS = [
        *settings.AUTHENTICATION_BACKENDS,
        "gongkai.agencies.signing_in.single_sign_on.ProviderBackend",
    ]
    made = Provider()
    monkeypatch.setattr(requests, "post", made.post)
    monkeypatch.setattr(requests, "get", made.get)
    return made


def through(client, provider, **changed):
    """To the provider and back."""
    sent = client.get("/desk/login/provider/?next=/desk/account/")
    asked = {name: value for name, [value] in parse_qs(urlsplit(sent["Location"]).query).items()}
    assert sent["Location"].startswith(f"{ISSUER}/authorize?") and asked["code_challenge_method"] == "S256"
    provider.nonce = asked["nonce"]
    return client.get(BACK, {"code": "the-code", "state": asked["state"], **changed})


def test_whom_the_provider_names_comes_in_with_his_own_rights(client, provider):
    assert through(client, provider)["Location"] == "/desk/account/"
    assert client.get("/desk/account/").status_code == 200
    entry = Entry.objects.get(action="sign_in")
    assert (entry.staff, entry.details) == (Staff.objects.get(username="officer-HRSS"), {"way": "provider"})


@pytest.mark.parametrize(
    "wrong",
    [
        {"claims": {"sub": "1", "preferred_username": "nobody"}},
        {"claims": {"sub": "1"}},
        {"told": {"sub": "2"}},
        {"token": {"iss": ISSUER, "aud": "another"}},
        {"token": {"iss": "https://another.example", "aud": "gongkai"}},
        {"token": {"iss": ISSUER, "aud": "gongkai", "exp": 1}},
        {"token": {"iss": ISSUER, "aud": "gongkai", "nonce": "old"}},
        {"key": OTHER_KEY},
        {"key": "s" * 32, "algorithm": "HS256"},
    ],
)
def test_a_token_that_is_not_right_in_everything_opens_nothing(client, provider, wrong):
    for name, value in wrong.items():
        setattr(provider, name, value)
    answer = through(client, provider)
    assert answer["Location"] == "/desk/login/?ended=provider"
    assert "_auth_user_id" not in client.session and Staff.objects.count() == 1
    assert Entry.objects.get().result == "failed"


@pytest.mark.parametrize("changed", [{"state": "forged"}, {"error": "denied"}, {"code": ""}])
def test_an_answer_that_nobody_asked_for_opens_nothing(client, provider, changed):
    assert through(client, provider, **changed)["Location"] == "/desk/login/?ended=provider"
    assert "_auth_user_id" not in client.session


def test_who_holds_no_role_does_not_come_in_by_the_provider_either(client, provider):
    Appointment.objects.update(until=timezone.localdate().replace(year=2020))
    assert through(client, provider)["Location"] == "/desk/login/?ended=provider"


def test_the_second_factor_is_asked_unless_the_provider_is_trusted_with_it(client, provider, settings):
    factor = SecondFactor.objects.create(user=Staff.objects.get(), confirmed=True)
    assert through(client, provider)["Location"] == "/desk/login/code/"
    assert client.post("/desk/login/code/", {"code": code_of(factor)})["Location"] == "/desk/account/"
    client.post("/desk/logout/")
    settings.GONGKAI_SECOND_FACTOR, settings.GONGKAI_OIDC_TRUSTED = "required", True
    assert through(client, provider)["Location"] == "/desk/account/"
    assert client.get("/desk/account/").status_code == 200


def test_without_a_provider_there_is_neither_button_nor_address(world, client):
    assert "provider" not in client.get("/desk/login/").content.decode()
    for path in ("/desk/login/provider/", BACK):
        assert client.get(path).status_code == 404


def test_with_a_provider_the_sign_in_page_offers_it(client, provider):
    assert "用统一身份认证登录" in client.get("/desk/login/?next=/desk/").content.decode()
