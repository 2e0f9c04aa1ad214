"""The decision guided in the order in which it is taught: 补不补、是不是、谁负责、有没有、给不给、怎么给、怎么答."""

from gongkai.requests.guiding.closing import notice
from gongkai.requests.guiding.following import Where, begin, follow
from gongkai.requests.guiding.proving import proved
from gongkai.requests.guiding.questions import STAGES, Answer, Question, questions
from gongkai.requests.guiding.replying import Reply, reply

__all__ = [
    "STAGES",
    "Answer",
    "Question",
    "Reply",
    "Where",
    "begin",
    "follow",
    "notice",
    "proved",
    "questions",
    "reply",
]
