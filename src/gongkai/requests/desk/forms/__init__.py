"""The forms with which staff act: one for each action, by its name in policies.TABLE."""

from gongkai.requests.desk.forms.base import StepForm
from gongkai.requests.desk.forms.receipt import ConfirmForm

FORMS: dict[str, type[StepForm]] = {"confirm": ConfirmForm}
