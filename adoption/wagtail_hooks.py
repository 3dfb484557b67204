"""How the editor's history names what members do to a practice."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogFormatter

from adoption import confirming, crediting


@hooks.register("register_log_actions")
def name_actions(actions: Any) -> None:
    """Give the actions of this app their words."""

    @actions.register_action(confirming.LOGGED_AS)
    class ConfirmedTrue(LogFormatter):
        label = _("Confirm true")
        message = _("Confirmed as still true")

    @actions.register_action(crediting.LOGGED_AS)
    class TookOver(LogFormatter):
        label = _("Take over a suggestion")

        def format_message(self, log_entry: Any) -> str:
            """Name who suggested it."""
            told = _("Takes over a suggestion by %(who)s")
            return str(told % {"who": log_entry.data.get("suggested_by", "")})
