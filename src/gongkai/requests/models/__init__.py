"""What is stored of a request, a file for each subject."""

from gongkai.requests.models.applicant import Applicant
from gongkai.requests.models.asking import Inquiry, Supplement
from gongkai.requests.models.consulting import Consultation
from gongkai.requests.models.deciding import Decision, DecisionPart, SearchRecord
from gongkai.requests.models.event import Event
from gongkai.requests.models.feed import Feed
from gongkai.requests.models.fees import FeeNotice
from gongkai.requests.models.finding import FindingText
from gongkai.requests.models.papers import Paper
from gongkai.requests.models.records import RecordCorrection
from gongkai.requests.models.request import Request, Serial, Submission
from gongkai.requests.models.sending import Delivery, Rating
from gongkai.requests.models.texts import FormerText, Note

__all__ = [
    "Applicant",
    "Consultation",
    "Decision",
    "DecisionPart",
    "Delivery",
    "Event",
    "FeeNotice",
    "Feed",
    "FindingText",
    "FormerText",
    "Inquiry",
    "Note",
    "Paper",
    "Rating",
    "RecordCorrection",
    "Request",
    "SearchRecord",
    "Serial",
    "Submission",
    "Supplement",
]
