"""What is encrypted: readable with the keys alone, also after a new key came and with 国密 ciphers."""

import base64

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from gongkai.agencies.models import Role
from gongkai.audit.models import Entry
from gongkai.audit.verifying import verify
from gongkai.audit.writing import record
from gongkai.privacy.cipher import Unreadable, decrypt, encrypt
from gongkai.privacy.fields import blind
from gongkai.privacy.keys import new_key
from gongkai.requests.models import Applicant
from tests.platform_world import at

OLD, NEW = (base64.urlsafe_b64encode(letter * 32).decode() for letter in (b"o", b"n"))


@pytest.mark.parametrize("cipher", ["fernet", "sm4"])
def test_an_old_key_still_opens_and_the_new_one_closes(settings, cipher):
    settings.GONGKAI_CIPHER, settings.GONGKAI_KEYS = cipher, [OLD]
    before = encrypt("赵某某".encode(), "field")
    settings.GONGKAI_KEYS = [NEW, OLD]
    after = encrypt("赵某某".encode(), "field")
    assert decrypt(before, "field") == decrypt(after, "field") == "赵某某".encode()
    settings.GONGKAI_KEYS = [NEW]
    assert decrypt(after, "field") == "赵某某".encode()
    with pytest.raises(Unreadable):
        decrypt(before, "field")


def test_what_was_written_with_one_cipher_is_read_after_changing_to_the_other(settings):
    settings.GONGKAI_CIPHER = "fernet"
    token = encrypt(b"x", "field")
    settings.GONGKAI_CIPHER = "sm4"
    assert decrypt(token, "field") == b"x" and encrypt(b"x", "field").startswith(b"sm4:")


@given(plain=st.binary(max_size=200), cipher=st.sampled_from(["fernet", "sm4"]))
def test_everything_comes_back_as_it_was_and_never_looks_the_same_twice(plain, cipher):
    from django.test import override_settings

    with override_settings(GONGKAI_CIPHER=cipher):
        first, second = encrypt(plain, "field"), encrypt(plain, "field")
    assert decrypt(first, "field") == decrypt(second, "field") == plain
    assert first != second


@pytest.mark.parametrize("cipher", ["fernet", "sm4"])
def test_a_changed_letter_is_noticed(settings, cipher):
    settings.GONGKAI_CIPHER = cipher
    token = encrypt("听松路1号".encode(), "field")
    for at_letter in range(len(cipher) + 1, len(token), 7):
        changed = bytearray(token)
        changed[at_letter] = ord("A") if changed[at_letter] != ord("A") else ord("B")
        with pytest.raises(Unreadable):
            decrypt(bytes(changed), "field")


def test_a_key_serves_one_use(settings):
    with pytest.raises(Unreadable):
        decrypt(encrypt(b"x", "field"), "file")


@pytest.mark.parametrize("token", [b"", b"plain text", b"fernet:", b"sm4:", b"sm4:AAAA", b"none:x", b"\xff:\xff"])
def test_what_is_no_token_is_unreadable_and_not_taken_for_text(token):
    with pytest.raises(Unreadable):
        decrypt(token, "field")


@pytest.mark.parametrize("keys", [[], ["short"], [new_key(), "中文"], [base64.b64encode(b"x" * 31).decode()]])
def test_wrong_keys_are_named_by_their_place(settings, keys):
    settings.GONGKAI_KEYS = keys
    with pytest.raises(ImproperlyConfigured, match="GONGKAI_KEYS"):
        encrypt(b"x", "field")


@pytest.mark.parametrize(
    ("stored", "sought"),
    [
        ("11010119900307109X", "１１０１０１１９９００３０７１０９Ｘ"),
        ("11010119900307109X", " 110101 19900307 109x "),
        ("13800000000", "138 0000 0000"),
        ("赵某某", "赵 某某"),
        ("ＡＢＣ公司", "abc公司"),
    ],
)
def test_the_blind_index_finds_what_is_written_differently(stored, sought):
    assert blind(stored) == blind(sought) != ""
    assert blind(stored) != blind(stored + "1")
    assert stored not in blind(stored)


def test_the_blind_index_outlives_a_new_key_and_needs_the_key(settings):
    settings.GONGKAI_KEYS = [OLD]
    before = blind("11010119900307109X")
    settings.GONGKAI_KEYS = [NEW, OLD]
    assert blind("11010119900307109X") == before
    settings.GONGKAI_KEYS = [NEW]
    assert blind("11010119900307109X") != before
    assert blind(" 　") == ""


@pytest.mark.parametrize("cipher", ["fernet", "sm4"])
def test_the_database_holds_no_plain_word_of_a_person(world, settings, cipher):
    settings.GONGKAI_CIPHER = cipher
    officer = world.person(Role.OFFICER)
    officer.phone = "13911112222"
    officer.save()
    request = world.received(at_day())
    plain = ["赵某某", "11010119900307109X", "13800000000", "听松路", "13911112222"]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            stored = repr(cursor.fetchall())
            assert not [word for word in plain if word in stored], table
    assert Applicant.objects.get(pk=request.applicant_id).phone == "13800000000"


@pytest.mark.parametrize("algorithm", ["sha256", "sm3"])
def test_the_chain_holds_with_either_digest_and_across_a_change_of_it(db, settings, algorithm):
    settings.GONGKAI_DIGEST = algorithm
    first = record("a", now=at(at_day()))
    settings.GONGKAI_DIGEST = "sm3" if algorithm == "sha256" else "sha256"
    record("b", now=at(at_day()))
    assert first.digest.startswith(f"{algorithm}:") and Entry.objects.count() == 2
    assert [verdict.broken for verdict in verify()] == [None]


def at_day():
    """Some day."""
    from datetime import date

    return date(2026, 3, 2)
