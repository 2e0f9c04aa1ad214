"""What stops the clock: a correction, third parties, other agencies, reasons, a fee; and more time."""

from __future__ import annotations

from datetime import date

from gongkai.agencies.actors import Actor
from gongkai.agencies.models import Agency
from gongkai.demo.district.applicants import organisation
from gongkai.demo.district.telling import BY_APPLICANT, Telling
from gongkai.law.fees import fee_by_pages
from gongkai.law.provisions import limits
from gongkai.requests.models import Applicant, Consultation, FeeNotice, Inquiry, Note, Request, Supplement

SUPPLEMENT_DAYS = 10
"""Working days that the agencies of the district give for a correction."""
REASONS_DAYS = 5
EXTENSION_DAYS = 20
DEFERRAL_DAYS = 45
PAGES = (210, 320, 480)
"""Numbers of pages for which a fee is asked."""
HOW_TO_PAY = "凭缴款通知书到区行政审批服务局非税窗口缴纳，或者按通知书上的二维码网上缴纳。"
WHY = "申请内容涉及多个科室多年的案卷，需要逐件核对。"


def _until(told: Telling, working_days: int) -> date:
    return told.calendar.add(told.day, working_days).day


def _by_the_applicant(told: Telling) -> Actor | None:
    return BY_APPLICANT if told.request.channel == Request.Channel.ONLINE else None


def ask_supplement(told: Telling) -> Supplement:
    """The applicant is told what to correct, and until when."""
    asked: Supplement = told.add(
        Supplement(
            points=[{"what": "请写明所需信息的名称或者文号", "why": "现有描述可能指向多份文件，无法确定是哪一份。"}],
            guidance="可以写明文件标题、发文时间，或者所涉及的项目、地点。",
            asked=told.day,
            until=_until(told, SUPPLEMENT_DAYS),
            delivered=told.day,
        )
    )
    told.do("supplement_asked", until=asked.until, delivered=told.day, supplement=asked)
    return asked


def take_supplement(told: Telling, asked: Supplement) -> None:
    """The correction comes in time."""
    told.go(told.dice.randrange(2, SUPPLEMENT_DAYS))
    asked.received, asked.words = told.day, told.request.wanted
    asked.by_applicant = told.request.channel == Request.Channel.ONLINE
    told.do("supplement_received", _by_the_applicant(told), supplement=asked)


def ask_third_party(told: Telling) -> Consultation:
    """A third party is asked in writing, and has the letter on the same day."""
    asked: Consultation = told.add(
        Consultation(
            kind=Consultation.Kind.THIRD_PARTY,
            name=organisation(Applicant.Kind.ENTERPRISE, told.dice),
            is_person=False,
            contact="0500-88000000",
            about=f"拟公开“{told.request.title}”中涉及贵单位的部分",
            sent=told.day,
            delivered=told.day,
        )
    )
    told.do("third_party_asked", who=asked, delivered=told.day)
    return asked


def ask_agency(told: Telling, agency: Agency, *, joint: bool) -> Consultation:
    """Another agency is asked, one that made the document jointly or one concerned."""
    kind = Consultation.Kind.JOINT if joint else Consultation.Kind.AGENCY
    about = f"拟公开“{told.request.title}”"
    asked: Consultation = told.add(
        Consultation(
            kind=kind,
            agency=agency,
            name=agency.name,
            is_person=False,
            about=about,
            sent=told.day,
            delivered=told.day,
        )
    )
    told.do("agency_asked", who=asked, delivered=told.day, joint=joint)
    return asked


def take_answer(told: Telling, asked: Consultation, *, agrees: bool) -> None:
    """The opinion comes, within the time that the law gives."""
    told.go(told.dice.randrange(2, limits()["third_party_answer"].on(told.day).value - 1))
    asked.answered = told.day
    asked.answer = Consultation.Answer.AGREES if agrees else Consultation.Answer.OBJECTS
    if not agrees:
        asked.reasons, asked.reasonable = "涉及商业秘密，公开会影响正常经营。", True
    third = asked.kind == Consultation.Kind.THIRD_PARTY
    told.do("third_party_answered" if third else "agency_answered", who=asked)


def ask_reasons(told: Telling) -> Inquiry:
    """The applicant is asked why there are so many requests, and until when he may say."""
    counts = "当月已向本机关提出申请26件，其中内容相同或者相近的19件。"
    until = _until(told, REASONS_DAYS)
    asked: Inquiry = told.add(Inquiry(counts=counts, asked=told.day, until=until, delivered=told.day))
    told.do("reasons_asked", until=until, delivered=told.day, inquiry=asked)
    return asked


def take_reasons(told: Telling, asked: Inquiry, *, good: bool) -> None:
    """He gives reasons, and the agency says what it thinks of them."""
    told.go(told.dice.randrange(1, REASONS_DAYS))
    asked.given = told.day
    asked.words = "所申请的信息用于同一房屋征收案件，各不相同。" if good else "本人就是想知道。"
    told.do("reasons_given", _by_the_applicant(told), inquiry=asked)
    told.go(1)
    asked.judged, asked.reasonable = told.day, good
    asked.judgement = "理由与所申请的信息有关联。" if good else "说明的理由与所申请的信息没有关联。"
    told.do("reasons_judged", inquiry=asked, reasonable=good)


def defer(told: Telling) -> None:
    """The reply is put off to a day that is told (《条例》第三十五条)."""
    told.do("deferred", told.desk.head, until=_until(told, DEFERRAL_DAYS))


def propose_extension(told: Telling) -> None:
    """The officer proposes more time."""
    note = told.add(Note(of="propose_extension", words=WHY, staff=told.officer.staff))
    told.do("extension_proposed", days=EXTENSION_DAYS, note=note)
    note.moment = told.events[-1].moment


def extend(told: Telling) -> None:
    """The head of the lead office approves it, and the applicant is told."""
    told.do("extended", told.desk.head, days=EXTENSION_DAYS, approved=told.day)


def notify_fee(told: Telling) -> FeeNotice:
    """A fee by pages is notified, and the notice received on the same day."""
    pages = told.dice.choice(PAGES)
    amount = fee_by_pages(pages, told.day).amount
    standard = FeeNotice.Standard.PAGES
    notice = FeeNotice(
        standard=standard, count=pages, amount=amount, how=HOW_TO_PAY, notified=told.day, delivered=told.day
    )
    told.add(notice)
    told.do("fee_notified", delivered=told.day, fee=notice)
    return notice


def take_fee(told: Telling, notice: FeeNotice) -> None:
    """It is paid in time."""
    told.go(told.dice.randrange(1, limits()["fee_payment"].on(told.day).value - 1))
    notice.paid, notice.receipt = told.day, f"{told.dice.randrange(10**10):010}"
    told.do("fee_paid", fee=notice)
