"""Who may open a page, source documents in the editor, and links in texts."""

from typing import Any

from django.http import Http404, HttpRequest
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.models import Page
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.rich_text.pages import PageLinkHandler
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from core.addresses import addresses_of
from core.linked import PAGE, together
from core.provenance import SourceDocument
from core.publication import require_publishable
from core.visibility import live_public, may_open


@hooks.register("before_serve_page", order=-1)
def tell_nobody_of_closed_pages(
    page: Page, request: HttpRequest, args: list[Any], kwargs: dict[str, Any]
) -> None:
    """Answer as for a page that never was, instead of sending strangers to the log-in.

    The log-in would tell that something is there; the 404 page offers it to everybody.
    """
    if not may_open(page, request.user):
        raise Http404


@hooks.register("before_publish_page")
def refuse_before_publishing(request: HttpRequest, page: Page) -> None:
    """Ask before Wagtail begins; `core.blocked` tells the editor why, and the draft is saved."""
    require_publishable(page)


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


class PublicPageLinkHandler(PageLinkHandler):
    """Links in texts to pages: one that not everyone may open is plain text."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        """Return the opening tags, leading to the reader's language where the page exists in it."""
        ids = [attrs.get("id", "") for attrs in attrs_list]
        tags = together(PAGE, {int(each) for each in ids if each.isdecimal()}, _opening_tags)
        return [tags.get(int(each), "<a>") if each.isdecimal() else "<a>" for each in ids]


def _opening_tags(ids: set[int]) -> dict[int, str]:
    """Return the opening tags of links to those pages that everyone may open; one query."""
    linked = Page.objects.filter(pk__in=ids)
    # The versions of the pages in all languages, so that one query is enough.
    versions = list(
        live_public(
            Page.objects.filter(translation_key__in=linked.values("translation_key"))
        ).select_related("locale")
    )
    here = {
        page.translation_key: page
        for page in versions
        if page.locale.language_code == get_language()
    }
    shown = {page.pk: here.get(page.translation_key, page) for page in versions if page.pk in ids}
    addresses = addresses_of(shown.values())
    return {pk: format_html('<a href="{}">', addresses[page.pk]) for pk, page in shown.items()}


@hooks.register("register_rich_text_features", order=1)  # after Wagtail's own, to replace it
def link_public_pages_only(features: FeatureRegistry) -> None:
    """Show links to pages in texts only where everyone may follow them."""
    features.register_link_type(PublicPageLinkHandler)
