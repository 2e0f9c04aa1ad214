"""Made-up applicants of every kind. Numbers have right check digits and belong to nobody: no such region is."""

from __future__ import annotations

from random import Random

from gongkai.demo.district.data import read
from gongkai.privacy.identity import CHECKS, CODE_LETTERS, CODE_MODULUS, WEIGHTS
from gongkai.requests.models import Applicant

NO_REGION = "990103"
"""Six digits that stand for no region, at the head of every identity number made here."""
AGENT_SHARE = 0.04


def made_up(kind: str, dice: Random) -> Applicant:
    """An applicant of that kind, not stored."""
    street = dice.choice(read("wishes.toml")["places"])
    common = {
        "kind": kind,
        "phone": f"1990000{dice.randrange(10**4):04}",
        "address": f"青禾市棠湾区{street}{dice.randrange(1, 300)}号",
        "postcode": "000000",
    }
    if kind == Applicant.Kind.NATURAL_PERSON:
        applicant = Applicant(
            name=name(dice),
            document=Applicant.Document.IDENTITY_CARD,
            document_number=identity_number(dice),
            email=f"user{dice.randrange(10**5)}@example.com",
            **common,
        )
        if dice.random() < AGENT_SHARE:
            applicant.agent_name, applicant.agent_document_number = name(dice), identity_number(dice)
            applicant.agent_phone = f"1990000{dice.randrange(10**4):04}"
        return applicant
    return Applicant(
        name=organisation(kind, dice),
        document=Applicant.Document.CREDIT_CODE,
        document_number=credit_code(dice),
        representative=name(dice),
        contact=name(dice),
        **common,
    )


def again(applicant: Applicant) -> Applicant:
    """The same applicant once more: each submission has a row of its own."""
    fields = [field.attname for field in Applicant._meta.concrete_fields if not field.primary_key]
    return Applicant(**{field: getattr(applicant, field) for field in fields})


def name(dice: Random) -> str:
    """A person's name, put together at random."""
    people = read("people.toml")
    return str(dice.choice(people["surnames"]) + dice.choice(people["given"]))


def organisation(kind: str, dice: Random) -> str:
    """The name of an organisation of that kind."""
    organisations = read("people.toml")["organisations"]
    return str(dice.choice(organisations[kind]).format(place=dice.choice(organisations["words"])))


def identity_number(dice: Random) -> str:
    """An identity number with its right last character."""
    born = f"{dice.randrange(1950, 2004)}{dice.randrange(1, 13):02}{dice.randrange(1, 29):02}"
    body = f"{NO_REGION}{born}{dice.randrange(1000):03}"
    return body + CHECKS[sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % 11]


def credit_code(dice: Random) -> str:
    """A credit code with its right last character."""
    body = "91" + NO_REGION + "".join(dice.choice(CODE_LETTERS) for _ in range(9))
    total = sum(CODE_LETTERS.index(letter) * pow(3, place, CODE_MODULUS) for place, letter in enumerate(body))
    return body + CODE_LETTERS[-total % CODE_MODULUS]
