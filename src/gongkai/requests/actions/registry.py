"""Every action by the name that it has in ``policies.TABLE``: forms, offers and commands are made from here."""

from __future__ import annotations

from collections.abc import Mapping

from gongkai.requests.actions.archive import Archive
from gongkai.requests.actions.ask_reasons import AskReasons
from gongkai.requests.actions.ask_supplement import AskSupplement
from gongkai.requests.actions.assign import Assign
from gongkai.requests.actions.base import Action
from gongkai.requests.actions.confirm import Confirm
from gongkai.requests.actions.confirm_own import ConfirmOwn
from gongkai.requests.actions.confirm_receipt import ConfirmReceipt
from gongkai.requests.actions.consult_agency import ConsultAgency
from gongkai.requests.actions.consult_third_party import ConsultThirdParty
from gongkai.requests.actions.correct_entry import CorrectEntry
from gongkai.requests.actions.defer import Defer
from gongkai.requests.actions.deliver import Deliver
from gongkai.requests.actions.dispatch import Dispatch
from gongkai.requests.actions.draft import Draft
from gongkai.requests.actions.ending import EndWithoutFee, EndWithoutSupplement
from gongkai.requests.actions.extend import Extend
from gongkai.requests.actions.judge_reasons import JudgeReasons
from gongkai.requests.actions.note import TakeNote
from gongkai.requests.actions.notify_fee import NotifyFee
from gongkai.requests.actions.propose_extension import ProposeExtension
from gongkai.requests.actions.rate import Rate
from gongkai.requests.actions.receive import Receive
from gongkai.requests.actions.receive_reasons import ReceiveReasons
from gongkai.requests.actions.receive_supplement import ReceiveSupplement
from gongkai.requests.actions.record_letter import RecordLetter
from gongkai.requests.actions.record_opinion import RecordOpinion
from gongkai.requests.actions.record_payment import RecordPayment
from gongkai.requests.actions.return_draft import Return
from gongkai.requests.actions.review import Review
from gongkai.requests.actions.search import Search
from gongkai.requests.actions.sign import Sign
from gongkai.requests.actions.split import Split
from gongkai.requests.actions.suggest_publication import SuggestPublication
from gongkai.requests.actions.tell_third_party import TellThirdParty
from gongkai.requests.actions.transfer import Transfer
from gongkai.requests.actions.withdraw import Withdraw

ACTIONS: Mapping[str, type[Action]] = {
    action.name: action
    for action in (
        Confirm,
        ConfirmOwn,
        Receive,
        Assign,
        Split,
        TakeNote,
        AskSupplement,
        ReceiveSupplement,
        EndWithoutSupplement,
        AskReasons,
        ReceiveReasons,
        JudgeReasons,
        Defer,
        ConsultThirdParty,
        ConsultAgency,
        RecordOpinion,
        RecordLetter,
        TellThirdParty,
        ProposeExtension,
        Extend,
        NotifyFee,
        RecordPayment,
        EndWithoutFee,
        Search,
        Transfer,
        Draft,
        Review,
        Return,
        Sign,
        Dispatch,
        Deliver,
        Withdraw,
        ConfirmReceipt,
        Rate,
        SuggestPublication,
        CorrectEntry,
        Archive,
    )
}
"""In the order of ``policies.TABLE``."""
