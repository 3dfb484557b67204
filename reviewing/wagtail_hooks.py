"""The editor's side: the countries' rules for clearance, and what the log says of reviews."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from members.roles import is_secretariat
from reviewing.events import EVENTS, PREFIX
from reviewing.models import ClearanceRule


class SecretariatPolicy(ModelPermissionPolicy):
    """Lets the secretariat do everything, and nobody else anything, whatever their groups."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Return whether somebody is of the secretariat today."""
        return is_secretariat(user)

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        """Return the same for several actions."""
        return is_secretariat(user)


register_permission_policy(ClearanceRule, SecretariatPolicy(ClearanceRule), exact_class=True)


class ClearanceRuleViewSet(SnippetViewSet):
    """Which countries demand that an institution clears what its officials say."""

    model = ClearanceRule
    icon = "clipboard-list"
    menu_label = _("Clearance")
    menu_order = 216
    add_to_admin_menu = True
    list_display = ["__str__", "required", "note"]
    list_filter = ["required"]


register_snippet(ClearanceRuleViewSet)


@hooks.register("register_log_actions")
def register_events(actions: LogActionRegistry) -> None:
    """Name the events of reviews in the histories of the editor's interface."""
    for name, label, message in EVENTS:
        actions.register_action(f"{PREFIX}{name}", label, message)
