"""What the entries of the platform's log say, in words. An action that is not named here is shown as it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from gongkai.law.words import Said

ACTIONS: dict[str, Said] = {
    "sign_in": Said("登录", "signed in"),
    "sign_in.locked": Said("账号锁定", "account locked"),
    "sign_in.provider": Said("统一身份认证登录", "signed in through the provider"),
    "sign_in.ended_elsewhere": Said("结束其他地方的登录", "signed out elsewhere"),
    "sign_out": Said("退出", "signed out"),
    "password.changed": Said("修改密码", "password changed"),
    "second_factor.enrolled": Said("启用动态口令", "second factor enrolled"),
    "second_factor.codes_renewed": Said("重新生成恢复码", "recovery codes renewed"),
    "access.refused": Said("访问被拒绝", "access refused"),
    "log.read": Said("查看日志", "log read"),
    "log.exported": Said("导出日志", "log exported"),
    "log.proved": Said("核验日志", "log proved"),
    "admin.add_agency": Said("新设机关", "agency set up"),
    "admin.edit_agency": Said("修改机关信息", "agency edited"),
    "admin.save_guide": Said("修订公开指南", "guide revised"),
    "admin.save_remedy_body": Said("登记复议机关和法院", "reconsideration body and court recorded"),
    "admin.rename": Said("机关更名", "agency renamed"),
    "admin.merge": Said("机关合并", "agencies merged"),
    "admin.split": Said("机关分立", "agency split"),
    "admin.move": Said("机关改变隶属关系", "agency moved"),
    "admin.dissolve": Said("机关撤销", "agency dissolved"),
    "admin.load_notice": Said("载入放假安排", "holiday notice loaded"),
    "admin.open_account": Said("开设账号", "account opened"),
    "admin.edit_account": Said("修改账号信息", "account edited"),
    "admin.close_account": Said("停用账号", "account closed"),
    "admin.reopen_account": Said("启用账号", "account opened again"),
    "admin.appoint": Said("任命角色", "role given"),
    "admin.end_appointment": Said("免去角色", "role ended"),
    "admin.give_password": Said("重设密码", "password reset"),
    "admin.reset_second_factor": Said("重置动态口令", "second factor reset"),
    "admin.unlock": Said("解除锁定", "account unlocked"),
    "admin.end_sessions": Said("结束他人的登录", "sessions ended"),
    "admin.see_agencies": Said("查看机关", "agencies viewed"),
    "admin.see_staff": Said("查看人员", "staff viewed"),
    "admin.see_notices": Said("查看放假安排", "holiday notices viewed"),
    "admin.read_log": Said("查看日志", "log read"),
}
"""By the word that is stored. Rooms above add theirs with ``add`` when they are ready."""
RESULTS: dict[str, Said] = {
    "done": Said("完成", "done"),
    "refused": Said("拒绝", "refused"),
    "failed": Said("失败", "failed"),
}
KINDS: dict[str, Said] = {
    "staff": Said("人员", "person"),
    "agency": Said("机关", "agency"),
    "request": Said("申请", "request"),
}
"""What a subject is, by the word before its number."""


BEARING: dict[str, Callable[[Iterable[str]], Mapping[str, str]]] = {}
"""By kind of subject: from their numbers to the names or numbers that people know them by, in one query."""


def add(
    actions: Mapping[str, Said],
    subjects: Mapping[str, Said],
    bearing: Mapping[str, Callable[[Iterable[str]], Mapping[str, str]]] | None = None,
) -> None:
    """Names further actions and what they may be about; ``bearing`` as in ``BEARING``."""
    ACTIONS.update(actions)
    KINDS.update(subjects)
    BEARING.update(bearing or {})


def action_words(action: str) -> Said:
    """The words for an action; itself where it has none."""
    return ACTIONS.get(action, Said(action, action))


def result_words(result: str) -> Said:
    """The words for a result; itself where it has none."""
    return RESULTS.get(result, Said(result, result))


def subject_words(subject: str) -> Said:
    """The words for a subject: what it is and its number; itself where its kind has no words."""
    kind, colon, number = subject.partition(":")
    if not colon or kind not in KINDS:
        return Said(subject, subject)
    return Said(f"{KINDS[kind].zh} {number}", f"{KINDS[kind].en} {number}")
