"""Numbers of requests and replies, without a gap in a year; tracking codes."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import date

from django.conf import settings

from gongkai.agencies.models import Agency
from gongkai.requests.models import Serial

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Letters and digits that nobody takes for another: no 0, 1, I, L, O."""
CODE_LENGTH = 10
REQUESTS = "request"
"""The series of the numbers of requests."""


def next_number(agency: Agency, series: str, day: date) -> int:
    """The next number of the series in the year of that day; inside a transaction, which holds it until its end."""
    serial = hold(agency, series, day)
    serial.last += 1
    serial.save(update_fields=["last"])
    return serial.last


def hold(agency: Agency, series: str, day: date) -> Serial:
    """Holds the series until the transaction ends. Whoever needs numbers and an agency's log takes the numbers first:
    in two orders two people would wait for each other."""
    Serial.objects.get_or_create(agency=agency, series=series, year=day.year)
    return Serial.objects.select_for_update().get(agency=agency, series=series, year=day.year)


def request_number(agency: Agency, day: date) -> str:
    """The next number of a request."""
    return request_number_as(agency, day.year, next_number(agency, REQUESTS, day))


def request_number_as(agency: Agency, year: int, serial: int) -> str:
    """``HRSS-2026-0012``: the agency's code, the year, the serial number."""
    return f"{agency.code.upper()}-{year}-{serial:04}"


def correction_number(agency: Agency, day: date) -> str:
    """The next number of a correction of records."""
    return correction_number_as(agency, day.year, next_number(agency, "correction", day))


def correction_number_as(agency: Agency, year: int, serial: int) -> str:
    """``HRSS-G-2026-0003``: the agency's code, 更正, the year, the serial number."""
    return f"{agency.code.upper()}-G-{year}-{serial:04}"


def letter_number(agency: Agency, day: date) -> str:
    """The next number of a letter."""
    return letter_number_as(agency, day.year, next_number(agency, "letter", day))


def letter_number_as(agency: Agency, year: int, serial: int) -> str:
    """``棠人社公开〔2026〕12号``."""
    return f"{agency.mark}公开〔{year}〕{serial}号"


def new_code() -> str:
    """A tracking code; about 49 bits, told to the applicant once and never stored."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def code_digest(of: object, code: str) -> str:
    """What is stored of a tracking code: keyed to what it opens, the key of a submission or the number of a correction,
    so that equal codes do not look equal."""
    plain = f"{of}|{code.strip().upper()}"
    return hmac.new(settings.SECRET_KEY.encode(), plain.encode(), hashlib.sha256).hexdigest()


def code_fits(of: object, code: str, stored: str) -> bool:
    """Whether the code is the one stored, in constant time."""
    return bool(stored) and hmac.compare_digest(code_digest(of, code), stored)
