"""Institutions in the editor."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from users.models import Institution


class InstitutionViewSet(SnippetViewSet):
    """The bodies that stand behind practices."""

    model = Institution
    icon = "group"
    menu_label = _("Institutions")
    menu_order = 215
    add_to_admin_menu = True
    list_display = ["name", "acronym", "get_kind_display", "country"]
    list_filter = ["kind"]
    list_per_page = 50


register_snippet(InstitutionViewSet)
