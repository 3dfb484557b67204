"""Source documents in the editor."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from core.provenance import SourceDocument


class SourceDocumentViewSet(SnippetViewSet):
    """The published documents that pages cite."""

    model = SourceDocument
    icon = "doc-full-inverse"
    menu_label = _("Source documents")
    menu_order = 210
    add_to_admin_menu = True
    list_display = ["title", "year", "publisher", "file"]
    list_filter = ["year"]


register_snippet(SourceDocumentViewSet)
