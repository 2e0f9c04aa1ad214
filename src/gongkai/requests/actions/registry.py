"""Every action by the name that it has in ``policies.TABLE``: forms, offers and commands are made from here."""

from __future__ import annotations

from collections.abc import Mapping

from gongkai.requests.actions.ask_supplement import AskSupplement
from gongkai.requests.actions.assign import Assign
from gongkai.requests.actions.base import Action
from gongkai.requests.actions.confirm import Confirm
from gongkai.requests.actions.confirm_own import ConfirmOwn
from gongkai.requests.actions.consult_agency import ConsultAgency
from gongkai.requests.actions.consult_third_party import ConsultThirdParty
from gongkai.requests.actions.deliver import Deliver
from gongkai.requests.actions.dispatch import Dispatch
from gongkai.requests.actions.draft import Draft
from gongkai.requests.actions.extend import Extend
from gongkai.requests.actions.propose_extension import ProposeExtension
from gongkai.requests.actions.receive import Receive
from gongkai.requests.actions.return_draft import Return
from gongkai.requests.actions.review import Review
from gongkai.requests.actions.search import Search
from gongkai.requests.actions.sign import Sign
from gongkai.requests.actions.withdraw import Withdraw

ACTIONS: Mapping[str, type[Action]] = {
    action.name: action
    for action in (
        Confirm,
        ConfirmOwn,
        Receive,
        Assign,
        AskSupplement,
        ConsultThirdParty,
        ConsultAgency,
        ProposeExtension,
        Extend,
        Search,
        Draft,
        Review,
        Return,
        Sign,
        Dispatch,
        Deliver,
        Withdraw,
    )
}
"""In the order of ``policies.TABLE``."""
