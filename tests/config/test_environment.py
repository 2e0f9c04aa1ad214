"""What an operator sets is understood, or refused with the variable's name."""

from pathlib import Path

import pytest

from gongkai.config.environment import BadSetting, Environment


def test_without_anything_the_data_lies_in_the_working_directory():
    env = Environment({})
    assert env.data == Path("gongkai-data").resolve()
    assert env.database()["NAME"] == str(env.data / "gongkai.sqlite3")
    assert env.text("GONGKAI_SECRET") == ""
    assert env.words("GONGKAI_HOSTS") == []


def test_lists_flags_and_numbers_are_read():
    env = Environment({"HOSTS": " a.example , b.example ,", "ON": "Yes", "OFF": "0", "NUMBER": "15"})
    assert env.words("HOSTS") == ["a.example", "b.example"]
    assert env.flag("ON") and not env.flag("OFF") and env.flag("UNSET", True)
    assert (env.number("NUMBER", 3), env.number("UNSET", 3)) == (15, 3)


def test_a_database_address_is_taken_apart_with_its_escapes():
    url = "postgresql://gongkai:p%40ss%2Fword@db.example:5433/gong%20kai?sslmode=verify-full"
    made = Environment({"DATABASE_URL": url}).database()
    assert (made["USER"], made["PASSWORD"]) == ("gongkai", "p@ss/word")
    assert (made["HOST"], made["PORT"]) == ("db.example", "5433")
    assert made["NAME"] == "gong kai"
    assert made["OPTIONS"] == {"sslmode": "verify-full"}
    assert Environment({"DATABASE_URL": "sqlite:////data/x.sqlite3"}).database()["NAME"] == "/data/x.sqlite3"


def test_sqlite_is_opened_so_that_nothing_acknowledged_is_lost():
    options = Environment({}).database()["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in options["init_command"] and "journal_mode=WAL" in options["init_command"]


@pytest.mark.parametrize(
    ("name", "value", "ask"),
    [
        ("GONGKAI_DEMO", "perhaps", lambda env: env.flag("GONGKAI_DEMO")),
        ("GONGKAI_TRIES", "-1", lambda env: env.number("GONGKAI_TRIES", 5)),
        ("GONGKAI_TRIES", "five", lambda env: env.number("GONGKAI_TRIES", 5)),
        ("DATABASE_URL", "mysql://x/y", lambda env: env.database()),
        ("DATABASE_URL", "postgresql://x:notaport/y", lambda env: env.database()),
    ],
)
def test_a_wrong_value_names_its_variable(name, value, ask):
    with pytest.raises(BadSetting, match=name):
        ask(Environment({name: value}))


def test_a_word_that_is_none_of_those_asked_for_is_refused_and_all_are_named():
    env = Environment({"FACTOR": "maybe"})
    assert Environment({}).one_of("FACTOR", "required", "offered") == "required"
    with pytest.raises(BadSetting, match=r"FACTOR.*required.*offered"):
        env.one_of("FACTOR", "required", "offered")
