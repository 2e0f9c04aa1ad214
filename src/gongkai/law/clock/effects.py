"""What each effect of the steps (data/procedure) does: one small function for each."""

from __future__ import annotations

from collections.abc import Mapping

from gongkai.law.clock.awaiting import close, restart, wait
from gongkai.law.clock.common import Handler, Outcome, label
from gongkai.law.clock.consulting import ASKED_BY, pause, resume
from gongkai.law.clock.extending import defer, extend
from gongkai.law.clock.receiving import begin, record
from gongkai.law.clock.sending import reply, send
from gongkai.law.clock.standing import Standing
from gongkai.law.events import Event
from gongkai.law.procedure import Effect, StepRule
from gongkai.law.words import say
from gongkai.law.workdays import Calendar


def nothing(standing: Standing, event: Event, rule: StepRule, calendar: Calendar) -> Outcome:
    """A step without effect on the period; of a question so asked, the answer has none either."""
    values: dict[str, object] = {}
    if event.name == "corrected":
        values = {"event": label(event.entry), "was": event.was, "now": event.now or say("withdrawn_entry")}
    elif event.name in ASKED_BY.values():
        standing = standing.having(uncounted=(*standing.uncounted, event.name))
    return standing, values


HANDLERS: Mapping[Effect, Handler] = {
    Effect.NONE: nothing,
    Effect.FACT: record,
    Effect.BEGIN: begin,
    Effect.WAIT: wait,
    Effect.RESTART: restart,
    Effect.CLOSE: close,
    Effect.PAUSE: pause,
    Effect.RESUME: resume,
    Effect.EXTEND: extend,
    Effect.DEFER: defer,
    Effect.REPLY: reply,
    Effect.SEND: send,
}
