"""What is asked for: a made-up request to an agency, with its applicant, channel and wish, not stored yet."""

from __future__ import annotations

from random import Random

from gongkai.demo.district.agencies import House
from gongkai.demo.district.applicants import made_up
from gongkai.demo.district.data import read
from gongkai.requests.models import Applicant, Request, Submission

KINDS = {
    Applicant.Kind.NATURAL_PERSON: 82,
    Applicant.Kind.ENTERPRISE: 10,
    Applicant.Kind.LEGAL_SERVICE: 4,
    Applicant.Kind.OTHER: 2,
    Applicant.Kind.RESEARCH: 1,
    Applicant.Kind.PUBLIC_WELFARE: 1,
}
CHANNELS = {
    Request.Channel.ONLINE: 50,
    Request.Channel.REGISTERED_MAIL: 20,
    Request.Channel.IN_PERSON: 12,
    Request.Channel.EMAIL: 10,
    Request.Channel.ORDINARY_MAIL: 5,
    Request.Channel.FAX: 3,
}
"""How many of a hundred."""
WAYS = {
    Request.Channel.ONLINE: (Request.Way.ONLINE, Request.Way.ONLINE, Request.Way.EMAIL, Request.Way.MAIL),
    Request.Channel.EMAIL: (Request.Way.EMAIL, Request.Way.EMAIL, Request.Way.MAIL),
}
OTHER_WAYS = (Request.Way.MAIL, Request.Way.MAIL, Request.Way.IN_PERSON, Request.Way.EMAIL, Request.Way.FAX)
FORMS = {Request.Form.ELECTRONIC: 60, Request.Form.PAPER: 34, Request.Form.DISC: 3, Request.Form.INSPECTION: 3}
BY_WIRE = (Request.Way.ONLINE, Request.Way.EMAIL)
BY_MAIL = (Request.Form.PAPER, Request.Form.DISC)
GENERAL = 0.15
"""How many wishes could be made to any agency."""
NEEDS_HELP = 0.02


def ask(house: House, kind: str, dice: Random) -> Request:
    """A request of an applicant of that kind; of any kind where none is named."""
    channel = _one(CHANNELS, dice)
    form = _one(FORMS, dice)
    way = dice.choice(WAYS.get(Request.Channel(channel), OTHER_WAYS))
    title, wanted = _wish(house.topics, dice)
    return Request(
        agency=house.agency,
        submission=Submission(),
        applicant=made_up(kind or _one(KINDS, dice), dice),
        channel=channel,
        title=title,
        wanted=wanted,
        purpose=dice.choice(read("wishes.toml")["purposes"]),
        form=_fitting(form, way),
        way=way,
        needs_help=dice.random() < NEEDS_HELP,
    )


def _fitting(form: str, way: str) -> str:
    """The form, or the next that can come by that way."""
    if way in BY_WIRE:
        return Request.Form.ELECTRONIC
    if way == Request.Way.FAX:
        return Request.Form.PAPER
    return Request.Form.PAPER if way == Request.Way.MAIL and form not in BY_MAIL else form


def _one(weights: dict, dice: Random) -> str:
    return str(dice.choices(list(weights), list(weights.values()))[0])


def _wish(topics: str, dice: Random) -> tuple[str, str]:
    """Title and description. ``{year}`` stays until the day is known."""
    known = read("wishes.toml")
    title, wanted = dice.choice(known["topics"]["general" if dice.random() < GENERAL else topics])
    place = dice.choice(known["places"])
    return title.replace("{place}", place), wanted.replace("{place}", place)
