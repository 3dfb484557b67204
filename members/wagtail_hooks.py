"""What the secretariat does with people, as Wagtail's log names it."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

ACTIONS = {
    "members.give": (_("Give a role"), _("Gave a role")),
    "members.extend": (_("Change the last day of a role"), _("Changed the last day of a role")),
    "members.end": (_("End a role"), _("Ended a role")),
    "members.ask": (_("Ask an applicant"), _("Asked an applicant")),
    "members.accept": (_("Accept an application"), _("Accepted an application")),
    "members.decline": (_("Decline an application"), _("Declined an application")),
    "members.erase": (_("Erase an account"), _("Erased an account")),
}


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """Name the actions of this app."""
    for name, (label, message) in ACTIONS.items():
        actions.register_action(name, label, message)
