"""What is stored of agencies and people, a file for each subject."""

from gongkai.agencies.models.agency import Agency, AgencyName
from gongkai.agencies.models.guide import Guide, HolidayNotice, RemedyBody
from gongkai.agencies.models.reorganisation import Reorganisation
from gongkai.agencies.models.signing_in import PastPassword, RecoveryCode, SecondFactor, SignIn
from gongkai.agencies.models.staff import Appointment, Role, Staff

__all__ = [
    "Agency",
    "AgencyName",
    "Appointment",
    "Guide",
    "HolidayNotice",
    "PastPassword",
    "RecoveryCode",
    "RemedyBody",
    "Reorganisation",
    "Role",
    "SecondFactor",
    "SignIn",
    "Staff",
]
