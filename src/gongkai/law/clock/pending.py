"""What is still awaited on a day, and up to when: said while it may come, and said otherwise once its last day passed.

A last day that has passed moves nothing by itself: who was asked may be silent, and the officer has to act.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.law.clock.common import label
from gongkai.law.clock.standing import Pause, Standing
from gongkai.law.provisions import limits
from gongkai.law.words import Said, say
from gongkai.law.workdays import Calendar

OVERDUE = {"supplement": "supplement_not_here", "fee": "fee_not_here"}
"""What is said once the applicant's last day has passed."""
CONSEQUENCES = {
    "third_party_asked": "silent_third_party",
    "agency_asked": "silent_agency",
    "reasons_asked": "silent_applicant",
}
"""What follows where who was asked said nothing in time."""


@dataclass(frozen=True, slots=True)
class Pending:
    """``told``: what people should know of it. ``passed``: the applicant's last day, where that is over."""

    told: tuple[Said, ...] = ()
    passed: date | None = None


def pending(standing: Standing, at: date, counting: Sequence[Pause], calendar: Calendar) -> Pending:
    """What is awaited on that day, of a request that has not ended; ``counting``: the questions that move the due day.

    Raises NotCovered.
    """
    of_applicant = _applicant(standing, at, calendar)
    told = [_asked(pause, at, pause in counting) for pause in standing.pauses if not _is_over(pause, standing)]
    return Pending((*of_applicant.told, *(one for one in told if one is not None)), of_applicant.passed)


def _applicant(standing: Standing, at: date, calendar: Calendar) -> Pending:
    """A correction or a fee that is awaited."""
    last, since = standing.wait_until, standing.wait_since
    if not standing.waiting or since is None:
        return Pending()
    if last is not None:
        if at > last:
            return Pending((say(OVERDUE[standing.waiting], last=last),), last)
        supplement = standing.waiting == "supplement"
        return Pending((say("supplement_by", until=last) if supplement else say("pay_by", last=last),))
    if standing.waiting == "supplement":
        return Pending()
    last = calendar.add(since, limits()["fee_payment"].on(since).value).day
    return Pending((say("fee_not_here_assumed", last=last),), last) if at > last else Pending()


def _is_over(pause: Pause, standing: Standing) -> bool:
    """Whether nothing is awaited any more: answered, without a last day, or asked again since."""
    again = any(p.event == pause.event and p.who == pause.who and p.since > pause.since for p in standing.pauses)
    return pause.until is not None or pause.expires is None or again


def _asked(pause: Pause, at: date, counting: bool) -> Said | None:
    """A third party, another agency or the applicant's reasons; None where the day the letter arrived is not known."""
    name = label(pause.event)
    step = Said(f"{name.zh}（{pause.who}）", f"{name.en} ({pause.who})") if pause.who else name
    told = {"step": step, "since": pause.since, "expires": pause.expires}
    if pause.is_open(at):
        if not pause.sure or pause.event == "reasons_asked":
            return None
        said, more = say("answer_by", **told), say("else_runs_on")
    else:
        said, more = say("answer_not_here" if pause.sure else "answer_not_here_assumed", **told), say("runs_on")
        consequence = say(CONSEQUENCES[pause.event])
        said = Said(said.zh + consequence.zh, said.en + consequence.en)
    return Said(said.zh + more.zh, said.en + more.en) if counting else said
